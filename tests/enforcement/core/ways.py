"""How a thing comes to where a verb can be taken on it."""

from __future__ import annotations

from datetime import date
from typing import Final

from enforcement.models import Case
from tests.course import do, initiated, later
from tests.office import DAY, arrive, paper, receive

#: The verdict that each verb of intake answers.
ARRIVING: Final = {
    "initiate": "accept",
    "return_defective": "defective",
    "refuse_late": "late",
    "send_on": "wrong_territory",
    "record_already_received": "already_received",
    "correct_intake": "accept",
    "record_address": "accept",
    "record_submission": "accept",
    "supervise": "accept",
    "engage": "accept",
    "end_engagement": "accept",
    "assign_bailiff": "accept",
    "show_file": "accept",
    "take_statement": "accept",
    "correct_record": "accept",
    "add_restored_term": "late",
}
#: What was done before the verb to the arrival that it is taken on.
FIRST: Final = {
    "end_engagement": "engage",
    "correct_record": "show_file",
    "add_restored_term": "refuse_late",
}
#: What was done to the thing before the verb; where nothing is named it has just begun.
BEFORE: Final[dict[str, tuple[str, ...]]] = {
    "resume": ("suspend",),
    "correct": ("suspend",),
    "serve_freeze": ("grant_sanction",),
    "record_answer": ("grant_sanction", "serve_freeze"),
    "lift": ("grant_sanction", "serve_freeze"),
    "replace": ("grant_sanction", "serve_freeze"),
    "end_deferral": ("record_deferral",),
    "reimburse_cost": ("record_cost",),
    "return_surplus": ("overpay",),
}
#: How a thing comes about that is not the proceeding itself.
BORN: Final = {"measure": "request_freeze", "postponement": "postpone", "letter": "send_letter"}
#: How that comes about which is taken on the arrival.
LODGED: Final = "submission"
#: Who decides; the bailiff does all the rest.
DECIDERS: Final = {
    **dict.fromkeys(("grant_sanction", "refuse_sanction"), "prosecutor.ala"),
    **dict.fromkeys(("approve", "decline"), "senior.ala"),
}
#: What is put right of an arrival, handed in or shown, whatever became of it.
AT_ANY_TIME: Final = {
    *("put_right", "record_address", "attach", "record_submission", "supervise"),
    *("assign_bailiff", "show_file", "take_statement", "engage", "end_engagement"),
    "correct_record",
}


def with_somebody() -> tuple[Case, date]:
    """A representative takes part."""
    proceeding = initiated()
    told = {"authority_basis": "law", "authority": "№ 1", "barred": "none"}
    given = {"whom": "debtors[0]", "name": "Өкілов", "evidence": told}
    do(proceeding.presentation, "engage", role="representative", **given)
    return proceeding.case, later(1)


def refused_late() -> tuple[Case, date]:
    """A document came too late and was refused."""
    late = arrive("late")
    do(late, "refuse_late")
    return late.case, later(1)


def twice() -> tuple[Case, date]:
    """A second copy of a paper that is here already."""
    first = arrive("accept", 7)
    again = receive(paper(7, ref="T-7-2"), on=DAY, by="court.system")
    assert again.case_id == first.case_id
    return again.case, later(0)

"""A complaint is recorded whenever it came, against what it is about, and the court decides it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from enforcement.case.file import read
from enforcement.case.submissions import handed_in
from enforcement.models import Proceeding, Submission
from tests.course import COMPLAINTS, do, evidence, hand_in, initiated, kinds, later, now, person_of
from tests.desk import Desk
from tests.office import NEXT, refused, user

COURT: dict[str, Any] = {"act_number": "7514-26-00-4а/17"}


def complaint(proceeding: Proceeding, event: str, *, on: date = NEXT, **given: Any) -> Submission:
    """A complaint of the debtor against a line of this kind."""
    line = proceeding.case.stream.entries.get(kind=event)
    return hand_in(proceeding, "complaint_line", line=line, on=on, **given)


def by_both(proceeding: Proceeding, event: str, *, on: date = NEXT, **given: Any) -> Submission:
    """The claimant complains of it too, then the debtor."""
    claimant = person_of(proceeding.presentation, "claimant")
    complaint(proceeding, event, on=on, author=claimant, **given)
    return complaint(proceeding, event, on=on, **given)


def decided(asked: Submission, outcome: str, *, on: date) -> Submission:
    """The court's act came into force on that day."""
    told = {**COURT, "act_on": on, "in_force_on": on, "outcome": outcome}
    do(now(asked), "answer_submission", on=on, **told)
    found: Submission = now(asked)
    return found


def term_of(proceeding: Proceeding, event: str) -> Any:
    """The term for a complaint of the line of this kind."""
    line = proceeding.case.stream.entries.get(kind=event)
    return proceeding.case.stream.deadlines.get(rule="TERM-COMPLAINT-10D", started_by=line.seq)


@pytest.mark.rule("COMPL-WHO-01", "TERM-COMPLAINT-10D", "RIGHT-09")
@pytest.mark.parametrize(
    ("days", "told_after", "status"),
    [(0, 0, "met"), (1, 0, "expired"), (0, 5, "met"), (30, 0, "expired")],
    ids=["last day", "a day late", "told later than it came", "a month late"],
)
def test_a_complaint_meets_its_term_or_is_late_and_recorded_all_the_same(
    offices: None, days: int, told_after: int, status: str
) -> None:
    proceeding = initiated()
    last: date = term_of(proceeding, "initiated").due_on
    came = later(days, since=last)
    on = later(told_after, since=came)
    asked = by_both(proceeding, "initiated", on=on, received_on=came)
    asked = now(asked)
    told = (asked.state, asked.received_on, asked.author_id)
    assert told == ("lodged", came, proceeding.debtor_id)
    assert term_of(proceeding, "initiated").status == status


@pytest.mark.rule("TERM-COMPLAINT-10D")
def test_a_complaint_meets_also_the_term_of_who_learnt_later(offices: None) -> None:
    proceeding = initiated()
    begun = proceeding.case.stream.entries.get(kind="initiated")
    do(proceeding, "record_knowledge", on=later(20), line=begun, known_on=later(19))
    complaint(proceeding, "initiated", on=later(25))
    assert term_of(proceeding, "initiated").status == "expired"
    assert term_of(proceeding, "act_became_known").status == "met"


@pytest.mark.rule("COMPL-SUSP-01", "COMPL-WHO-01")
@pytest.mark.parametrize("verb", ["suspend", "terminate", "return_to_claimant"])
@pytest.mark.parametrize("role", ["claimant", "debtor"])
def test_either_party_complains_of_how_the_proceedings_stand_or_ended(
    offices: None, verb: str, role: str
) -> None:
    proceeding = initiated()
    do(proceeding, verb)
    event = {"suspend": "suspended", "terminate": "terminated"}.get(verb, "returned_to_claimant")
    author = person_of(proceeding.presentation, role)
    asked = complaint(proceeding, event, on=later(2), author=author)
    assert (asked.proceeding_id, asked.kind) == (proceeding.pk, "complaint_line")
    assert term_of(proceeding, event).status == "running", "the other party may still complain"


@pytest.mark.rule("SUSP-OPT-04", "SUSP-MAND-05")
@pytest.mark.parametrize("ground", COMPLAINTS)
def test_nothing_stands_still_for_a_complaint_that_nobody_lodged(
    offices: None, ground: str
) -> None:
    proceeding = initiated()
    told = {"ground": ground, "evidence": evidence(ground)}
    with refused("nothing_handed_in", status=422) as found:
        do(proceeding, "suspend", **told)
    assert (found.value.rule, found.value.possible) == (ground, ("record_submission",))
    asked = hand_in(proceeding, COMPLAINTS[ground])
    do(now(proceeding), "suspend", **told)
    assert now(proceeding).state == "suspended"
    if ground == "SUSP-MAND-05":
        with refused("complaint_waits", status=409) as found:
            do(now(proceeding), "resume", ground=ground, proof="№ 1")
        assert (found.value.rule, found.value.possible[0]) == (ground, "answer_submission")
    else:
        do(now(proceeding), "resume", ground=ground, proof="№ 1")
    decided(asked, "refused", on=later(3))
    if ground == "SUSP-MAND-05":
        do(now(proceeding), "resume", ground=ground, proof="№ 1", on=later(3))
    with refused("nothing_handed_in", status=422):
        do(now(proceeding), "suspend", on=later(3), **told)


@pytest.mark.rule("COMPL-SUSP-01", "RIGHT-09")
def test_a_complaint_upheld_brings_back_what_was_terminated(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "terminate")
    asked = decided(complaint(proceeding, "terminated"), "granted", on=later(20))
    assert asked.court_act == {
        "number": COURT["act_number"],
        "on": str(later(20)),
        "in_force_on": str(later(20)),
    }
    named = {"authority": "court", "act_number": COURT["act_number"], "act_on": later(20)}
    do(now(proceeding), "correct", on=later(21), line=asked.line, reason="№ 1", **named)
    assert now(proceeding).state == "initiated"
    assert [kind for kind in kinds(proceeding.case) if kind != "expired"][-3:] == [
        *("submitted", "submission_answered", "corrected"),
    ]


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("complaint_line", {"line": None}, "evidence_missing"),
    ("complaint_inaction", {"told": {}}, "evidence_missing"),
    ("complaint_inaction", {"told": {"court": "А", "judge": "Б"}}, "invalid"),
    ("petition_postpone", {"told": {"court": "А"}}, "invalid"),
    ("petition_secure", {}, "not_his_to_lodge"),
    ("petition_of_another_kind", {}, "invalid"),
    ("petition_other", {"received_on": later(1)}, "wrong_period"),
    ("petition_other", {"text": " "}, "evidence_missing"),
]


@pytest.mark.parametrize(("kind", "given", "code"), WRONG)
def test_what_is_not_told_as_it_must_be_is_not_recorded(
    offices: None, kind: str, given: dict[str, Any], code: str
) -> None:
    proceeding = initiated()
    with refused(code, status=422):
        hand_in(proceeding, kind, **given)


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ({"act_number": ""}, "evidence_missing"),
        ({"act_on": None}, "evidence_missing"),
        ({"in_force_on": None}, "evidence_missing"),
        ({"in_force_on": later(2)}, "wrong_period"),
        ({"outcome": "withdrawn"}, "invalid"),
    ],
)
def test_the_court_s_act_is_named_and_in_force(
    offices: None, missing: dict[str, Any], code: str
) -> None:
    asked = complaint(initiated(), "initiated")
    on = later(3)
    told = {**COURT, "act_on": on, "in_force_on": on, "outcome": "granted", **missing}
    with refused(code, status=422):
        do(asked, "answer_submission", on=on, **told)


@pytest.mark.rule("TERM-COMPLAINT-10D", "COMPL-WHO-01")
def test_the_complaint_of_one_party_does_not_meet_the_term_of_the_other(offices: None) -> None:
    proceeding = initiated()
    complaint(proceeding, "initiated", on=later(2))
    assert term_of(proceeding, "initiated").status == "running"
    claimant = person_of(proceeding.presentation, "claimant")
    complaint(proceeding, "initiated", on=later(4), author=claimant)
    assert term_of(proceeding, "initiated").status == "met"


@pytest.mark.rule("TERM-COMPLAINT-10D")
def test_what_was_set_anew_is_complained_of_in_the_term_of_the_new_paper(offices: None) -> None:
    proceeding = initiated()
    first = term_of(proceeding, "initiated").due_on
    told = {"field": "debtors[0].name", "value": "Мысалов Мысал", "reason": "Теру қатесі"}
    do(proceeding.presentation, "correct_intake", on=later(8), **told)
    anew = term_of(proceeding, "papers_replaced")
    assert (term_of(proceeding, "initiated").status, anew.status) == ("cancelled", "running")
    assert anew.due_on > first
    by_both(proceeding, "initiated", on=later(1, since=first))
    assert term_of(proceeding, "papers_replaced").status == "met"
    rows = handed_in(read(proceeding.case), set(), set(), {})
    assert {(row["in_time"], row["last_on"]) for row in rows} == {(True, anew.due_on)}


def test_with_an_annulled_line_its_papers_set_anew_have_no_term(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "suspend")
    told = {"field": "debtors[0].name", "value": "Мысалов Мысал", "reason": "Теру қатесі"}
    do(proceeding.presentation, "correct_intake", on=later(1), **told)
    entries = proceeding.case.stream.entries
    line = entries.get(kind="suspended").seq
    own = entries.filter(kind="papers_replaced", body__contains=f'"act":{line},').get().seq
    found = proceeding.case.stream.deadlines.filter(rule="TERM-COMPLAINT-10D", started_by=own)
    assert found.get().status == "running"
    given = {"line": line, "authority": "senior", "reason": "Қате", "by": "senior.ala"}
    do(now(proceeding), "correct", on=later(2), **given)
    assert not found.exists()


@pytest.mark.rule("TERMN-EFF-01", "BAIL-DUTY-03")
@pytest.mark.parametrize("verb", ["terminate", "return_to_claimant"])
def test_before_an_end_is_signed_it_says_what_still_waits_and_that_is_answered_after_it(
    offices: None, verb: str
) -> None:
    proceeding = initiated()
    asked = hand_in(proceeding, "petition_other")
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    ground = {"terminate": "TERMN-01", "return_to_claimant": "RET-01"}[verb]
    page = desk.get(f"/cases/{proceeding.case_id}/{verb}?ground={ground}").content.decode()
    assert page.count("data-unanswered") == 1
    do(now(proceeding), verb, on=later(1))
    assert (
        f'data-submission="{asked.pk}" data-state="lodged"'
        in desk.get(f"/cases/{proceeding.case_id}").content.decode()
    )
    do(asked, "answer_submission", on=later(2), outcome="refused")
    assert now(asked).state == "refused"

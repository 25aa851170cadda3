"""Until when a paper can be presented: from which day, and what begins the term anew."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from django.http import QueryDict

from documents.executive_document import Unreadable
from enforcement.intake.form import document as typed
from enforcement.limitation import Earlier
from tests.course import begun, do, initiated, now, ready
from tests.examples.papers import judged, shape
from tests.office import paper, receive

OWED: Final = {"claimant": 0, "debtors": [0]}
SUM: Final = {**OWED, "amount": "1000.00"}
ALIMONY: Final = {**OWED, "periodic": {"kind": "alimony", "share": "1/4"}}
PROOF: Final = "2024 жылғы 1 желтоқсандағы № 118 төлем тапсырмасы"
ON: Final = date(2026, 3, 10)


def paid(*days: str) -> list[dict[str, str]]:
    """What the debtor performed in part on these days, as it is told at intake."""
    return [{"on": on, "kind": "part_performance", "proof": PROOF} for on in days]


# --- Which rule says from when (Q8) --------------------------------------------------------------

#: In force on 2023-02-10, issued on 2023-03-27: claims -> rule, last day.
STARTS: Final[list[tuple[str, list[dict[str, Any]], str, str]]] = [
    ("DOC-TYPE-01", [SUM], "PRES-START-01", "2026-02-10"),
    ("DOC-TYPE-01", [{**OWED, "act": "handing_over"}], "PRES-START-01", "2026-02-10"),
    ("DOC-TYPE-01", [{**OWED, "act": "valuation"}], "PRES-START-01", "2026-02-10"),
    ("DOC-TYPE-01", [{**OWED, "act": "auction"}], "PRES-START-01", "2026-02-10"),
    ("DOC-TYPE-01", [{**OWED, "act": "property_search"}], "PRES-START-01", "2026-02-10"),
    ("DOC-TYPE-01", [{**OWED, "act": "demolition"}], "PRES-START-05", "2026-03-27"),
    ("DOC-TYPE-01", [{**OWED, "act": "technological"}], "PRES-START-05", "2026-03-27"),
    ("DOC-TYPE-01", [{**OWED, "act": "examination"}], "PRES-START-05", "2026-03-27"),
    ("DOC-TYPE-01", [{**OWED, "act": "eviction"}], "PRES-START-05", "2026-03-27"),
    ("DOC-TYPE-01", [{**OWED, "act": "moving_in"}], "PRES-START-05", "2026-03-27"),
    ("DOC-TYPE-01", [{**OWED, "act": "reinstatement"}], "PRES-START-05", "2026-03-27"),
    ("DOC-TYPE-01", [{**OWED, "act": "child"}], "PRES-START-05", "2026-03-27"),
    ("DOC-TYPE-02", [SUM], "PRES-START-05", "2026-03-27"),
    ("DOC-TYPE-03", [SUM], "PRES-START-05", "2026-03-27"),
    ("DOC-TYPE-08", [SUM], "PRES-START-05", "2026-03-27"),
]


@pytest.mark.parametrize(("kind", "debts", "rule", "last"), STARTS)
@pytest.mark.rule("PRES-START-01", "PRES-START-05")
def test_the_term_runs_from_force_for_property_and_from_issue_for_the_rest(
    kind: str, debts: list[dict[str, Any]], rule: str, last: str
) -> None:
    found = judged(shape(type=kind, debts=debts, in_force_on="2023-02-10", issued_on="2023-03-27"))
    assert (found.start_rule, str(found.presentation_last_day)) == (rule, last)
    assert rule in found.rules


# --- What the debtor performed in part (INTERR-02, -03) ------------------------------------------

#: In force on 2022-01-10, so that the term ends on 2025-01-10: days -> verdict, last day, rule.
#: Three years from 2022-03-01 end on a Saturday, which moves to Monday the 3rd.
INTERRUPTED: Final[list[tuple[list[str], str, str, str]]] = [
    ([], "late", "2025-01-10", "PRES-START-01"),
    (["2024-12-01"], "accept", "2027-12-01", "INTERR-02"),
    (["2025-01-10"], "accept", "2028-01-10", "INTERR-02"),
    (["2025-01-14"], "late", "2025-01-10", "PRES-START-01"),
    (["2023-03-10"], "accept", "2026-03-10", "INTERR-02"),
    (["2023-03-07"], "accept", "2026-03-10", "INTERR-02"),
    (["2023-03-06"], "late", "2026-03-06", "INTERR-02"),
    (["2022-06-01", "2024-12-01"], "accept", "2027-12-01", "INTERR-02"),
    (["2024-12-01", "2022-06-01"], "accept", "2027-12-01", "INTERR-02"),
    (["2024-12-01", "2024-12-01"], "accept", "2027-12-01", "INTERR-02"),
    (["2022-03-01", "2025-03-02"], "accept", "2028-03-02", "INTERR-02"),
    (["2022-03-01", "2025-03-03"], "accept", "2028-03-03", "INTERR-02"),
    (["2022-03-01", "2025-03-04"], "late", "2025-03-03", "INTERR-02"),
    (["2021-12-20"], "late", "2025-01-10", "PRES-START-01"),
    (["2024-02-29"], "accept", "2027-03-01", "INTERR-02"),
    (["2026-03-10"], "late", "2025-01-10", "PRES-START-01"),
]


@pytest.mark.parametrize(("days", "verdict", "last", "rule"), INTERRUPTED)
@pytest.mark.rule("INTERR-02", "INTERR-03", "PRES-MISSED-01")
def test_a_part_performed_in_time_begins_the_term_anew_and_revives_none(
    days: list[str], verdict: str, last: str, rule: str
) -> None:
    arrived = shape(in_force_on="2022-01-10", issued_on="2022-01-11", interruptions=paid(*days))
    found = judged(arrived, on=ON)
    told = (found.verdict, str(found.presentation_last_day), found.start_rule)
    assert told == (verdict, last, rule)
    began = ("PRES-3Y", "INTERR-02", "PRES-START-01", "INTERR-03")
    assert (found.rules[:4] == began) is (rule == "INTERR-02")
    assert found.disputed_day is None


def test_on_the_day_read_both_ways_a_part_performance_leaves_the_bailiff_to_decide() -> None:
    arrived = shape(in_force_on="2022-02-10", interruptions=paid("2025-02-11"))
    found = judged(arrived, on=ON)
    assert (found.verdict, found.disputed_day) == ("accept", True)
    assert (str(found.presentation_last_day), found.start_rule) == ("2025-02-10", "PRES-START-01")


@pytest.mark.parametrize(
    ("kind", "dates", "day", "last"),
    [
        ("DOC-TYPE-02", {"issued_on": "2022-06-01"}, "2025-05-20", "2028-05-22"),
        ("DOC-TYPE-04", {"decision_on": "2024-06-03"}, "2025-06-03", "2026-06-03"),
        ("DOC-TYPE-06", {"issued_on": "2025-12-01"}, "2026-02-01", "2026-05-04"),
        ("DOC-TYPE-08", {"issued_on": "2022-06-01"}, "2025-05-20", "2028-05-22"),
        ("DOC-TYPE-09", {"decision_on": "2022-06-01"}, "2025-05-20", "2028-05-22"),
    ],
)
def test_every_kind_of_paper_gets_its_own_whole_term_anew(
    kind: str, dates: dict[str, str], day: str, last: str
) -> None:
    whole = shape(type=kind, **dates, interruptions=paid(day))
    found = judged(whole, on=ON)
    assert (found.verdict, str(found.presentation_last_day)) == ("accept", last)


def test_after_a_return_only_what_came_later_begins_the_term_anew() -> None:
    returned = Earlier(returned_on=date(2022, 5, 16))
    before = judged(shape(interruptions=paid("2022-05-01")), on=ON, earlier=returned)
    after = judged(shape(interruptions=paid("2024-05-01")), on=ON, earlier=returned)
    known = Earlier(returned_on=date(2022, 5, 16), performed_on=(date(2024, 5, 1),))
    read = judged(shape(), on=ON, earlier=known)
    assert (before.verdict, before.start_rule) == ("late", "INTERR-04")
    assert (after.verdict, after.start_rule) == ("accept", "INTERR-02")
    assert read == after
    assert "INTERR-04" in after.rules


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        ({"on": "2024-12-01"}, "interruptions[0].proof", "required"),
        ({"proof": PROOF}, "interruptions[0].on", "required"),
        ({"on": "01.12.2024", "proof": PROOF}, "interruptions[0].on", "format"),
        ({"on": "2024-12-01", "proof": PROOF, "kind": "x"}, "interruptions[0].kind", "unknown"),
        ({"on": "2024-12-01", "proof": PROOF, "sum": "1"}, "interruptions[0].sum", "unknown_field"),
    ],
)
def test_an_interruption_is_told_with_its_day_and_what_shows_it(
    row: dict[str, str], field: str, code: str
) -> None:
    with pytest.raises(Unreadable) as found:
        shape(interruptions=[row])
    assert [(error.field, error.code) for error in found.value.errors] == [(field, code)]


# --- In the office -------------------------------------------------------------------------------


@pytest.mark.rule("INTERR-02", "INTERR-03")
def test_what_was_paid_before_the_paper_came_is_kept_and_it_is_initiated(offices: None) -> None:
    late = {"decision_on": "2021-12-01", "in_force_on": "2022-01-10", "issued_on": "2022-01-11"}
    arrived = receive(paper(8, **late, interruptions=paid("2024-12-01")))
    assert arrived.verdict["verdict"] == "accept"
    assert arrived.document.beside["interruptions"] == paid("2024-12-01")
    presented = arrived.case.stream.deadlines.get(rule="PRES-3Y")
    told = (str(presented.starts_on), str(presented.due_on), presented.status)
    assert told == ("2024-12-01", "2027-12-01", "met")
    [proceeding] = begun(arrived, on=date(2026, 3, 10))
    assert proceeding.state == "initiated"


@pytest.mark.rule("LOST-01", "TERMN-EFF-03", "TERMN-07")
def test_a_duplicate_of_an_executed_paper_is_told_and_not_accepted(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "record_recovery", amount="1900659.00", on=date(2026, 3, 12))
    do(proceeding, "terminate", ground="TERMN-07", on=date(2026, 3, 20))
    copy = paper(1, ref="T-1-copy", duplicate="телнұсқа")
    again = receive(copy, on=date(2026, 6, 1))
    told = {key: again.verdict.get(key) for key in ("verdict", "of", "ended_by", "executed")}
    assert told == {
        "verdict": "already_received",
        "of": proceeding.presentation.ref,
        "ended_by": "TERMN-07",
        "executed": True,
    }
    assert again.verdict["rules"] == ["LOST-01", "TERMN-EFF-03", "TERMN-07"]
    assert not again.case.stream.deadlines.filter(status="running", rule="TERM-OFFER-3D").exists()


@pytest.mark.parametrize("ground", ["TERMN-01", "TERMN-02", "TERMN-05", "TERMN-08"])
@pytest.mark.rule("TERMN-EFF-03")
def test_a_duplicate_of_a_paper_that_ended_for_good_is_not_begun_anew(
    offices: None, ground: str
) -> None:
    proceeding = initiated()
    ready(proceeding, ground)
    do(now(proceeding), "terminate", ground=ground, on=date(2026, 3, 20))
    again = receive(paper(1, ref="T-1-copy", duplicate=True), on=date(2026, 3, 25))
    assert (again.verdict["verdict"], again.verdict["ended_by"]) == ("already_received", ground)
    assert "executed" not in again.verdict


def test_a_duplicate_of_a_returned_paper_is_accepted_and_a_part_is_another_paper(
    offices: None,
) -> None:
    returned = initiated(1)
    do(returned, "return_to_claimant", on=date(2026, 3, 20))
    copy = receive(paper(1, ref="T-1-copy", duplicate=True), on=date(2026, 3, 25))
    assert (copy.verdict["verdict"], copy.verdict["start_rule"]) == ("accept", "INTERR-04")
    ended = initiated(2)
    do(ended, "terminate", on=date(2026, 3, 20))
    part = receive(paper(2, ref="T-2-part", part="2/2"), on=date(2026, 3, 25))
    assert part.verdict["verdict"] == "accept"


@pytest.mark.rule("LOST-01", "TERM-OFFER-3D")
def test_an_arrival_admitted_without_a_proceeding_leaves_nothing_to_offer(offices: None) -> None:
    """A duplicate of a paper that is being executed replaces the lost one; nothing new begins."""
    initiated()
    copy = receive(paper(1, ref="T-1-copy", duplicate=True), on=date(2026, 3, 12))
    assert begun(copy, on=date(2026, 3, 12)) == []
    offers = copy.case.stream.deadlines.filter(scope=f"presentation:{copy.pk}")
    assert [term.status for term in offers.filter(rule="TERM-OFFER-3D")] == ["cancelled"]


def test_the_form_hands_in_what_was_paid_before() -> None:
    posted = QueryDict(mutable=True)
    posted["interruptions[0].on"] = "2024-12-01"
    posted["interruptions[0].proof"] = PROOF
    posted["interruptions[1].on"] = ""
    assert typed(posted)["interruptions"] == [{"on": "2024-12-01", "proof": PROOF}]

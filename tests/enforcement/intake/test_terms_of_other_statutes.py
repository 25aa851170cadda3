"""Terms that another statute sets are told at intake with their ground, and stand in the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from django.test import Client

from documents.executive_document import Unreadable
from tests.course import begun, do, sound, terms_of
from tests.examples.papers import judged, shape
from tests.office import DAY, NEXT, paper, receive, terms, user

STATUTE: Final = {"act": "Әкімшілік құқық бұзушылық туралы кодекс", "article": "890"}
ON: Final = date(2026, 3, 10)


def until(day: str) -> dict[str, str]:
    """A term that the statute lets end on this day."""
    return {**STATUTE, "last_on": day}


@pytest.mark.parametrize("kind", ["DOC-TYPE-01", "DOC-TYPE-04", "DOC-TYPE-06", "DOC-TYPE-08"])
@pytest.mark.parametrize(
    ("last_on", "verdict", "told"),
    [
        ("2026-03-06", "late", "2026-03-06"),
        # The ninth is the day off moved from Women's Day: what ends on it ends on the tenth.
        ("2026-03-09", "accept", "2026-03-10"),
        ("2026-09-14", "accept", "2026-09-14"),
        ("2027-09-13", "accept", "2027-09-13"),
    ],
)
@pytest.mark.rule("PRES-1Y-COURT", "PRES-MISSED-01")
def test_a_paper_is_in_time_until_the_day_another_statute_sets(
    kind: str, last_on: str, verdict: str, told: str
) -> None:
    dates = {"decision_on": "2020-01-15", "in_force_on": "2020-02-19", "issued_on": "2020-02-20"}
    found = judged(shape(type=kind, **dates, other_presentation=until(last_on)), on=ON)
    assert (found.verdict, str(found.presentation_last_day)) == (verdict, told)
    assert found.disputed_day is None


ELEVEN_YEARS_AGO: Final = {
    "decision_on": "2015-01-15",
    "in_force_on": "2015-02-19",
    "issued_on": "2015-02-20",
}
OLD: Final = {"code": "other_presentation", "field": "other_presentation", "rule": "PRES-3Y"}


@pytest.mark.rule("PRES-1Y-COURT", "PRES-3Y")
@pytest.mark.parametrize(("dates", "told"), [(ELEVEN_YEARS_AGO, True), ({}, False)])
def test_what_is_in_time_only_by_another_statute_is_accepted_and_said(
    offices: None, dates: dict[str, str], told: bool
) -> None:
    arrived = receive(paper(**dates, other_presentation=until("2027-09-13")))
    found = arrived.verdict
    assert (found["verdict"], OLD in found.get("remarks", ())) == ("accept", told)
    said = {**until("2027-09-13"), "ordinary_last_day": "2018-02-19"}
    assert found.get("other_presentation") == (said if told else None)
    assert STATUTE["act"] not in str(arrived.case.stream.entries.get().body)
    client = Client()
    client.force_login(user("bailiff.ala"))
    page = client.get(f"/cases/{arrived.case_id}").content.decode()
    assert ("19.02.2018" in page) is told


@pytest.mark.rule("TERM-EXEC-EXC")
def test_the_execution_term_of_another_statute_takes_the_place_of_two_months(
    offices: None,
) -> None:
    arrived = receive(paper(other_execution=until("2026-06-15")))
    assert arrived.verdict["ends"] == {"TERM-EXEC-EXC": "2026-06-15"}
    assert "completion_months" not in arrived.verdict
    [proceeding] = begun(arrived, on=NEXT)
    told = terms_of(proceeding)
    assert told["TERM-EXEC-EXC"] == ("2026-06-15", "running")
    assert "TERM-EXEC-2M" not in told
    do(proceeding, "suspend", on=date(2026, 4, 1))
    assert terms_of(proceeding)["TERM-EXEC-EXC"] == (None, "paused")
    do(proceeding, "resume", on=date(2026, 4, 11))
    assert terms_of(proceeding)["TERM-EXEC-EXC"] == ("2026-06-25", "running")
    sound()


@pytest.mark.rule("PRES-1Y-COURT")
def test_the_ledger_and_the_page_say_whose_term_it_is(offices: None) -> None:
    arrived = receive(paper(other_presentation=until("2027-09-13")))
    assert terms(arrived)["PRES-3Y"] == ("2027-09-13", "met")
    client = Client()
    client.force_login(user("bailiff.ala"))
    page = client.get(f"/cases/{arrived.case_id}").content.decode()
    assert STATUTE["act"] in page
    row = arrived.case.stream.deadlines.get(rule="PRES-3Y")
    ledger = client.get(f"/cases/{arrived.case_id}/deadlines/{row.pk}").content.decode()
    assert "өзге заңда белгіленген" in ledger
    assert 'data-due="2027-09-13"' in ledger


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"act": ""}, "act", "required"),
        ({"article": ""}, "article", "required"),
        ({"last_on": None}, "last_on", "required"),
        ({"last_on": "soon"}, "last_on", "format"),
    ],
)
@pytest.mark.parametrize("term", ["other_presentation", "other_execution"])
def test_a_term_of_another_statute_names_its_ground_and_its_last_day(
    term: str, change: dict[str, Any], field: str, code: str
) -> None:
    with pytest.raises(Unreadable) as found:
        shape(**{term: {**until("2027-09-13"), **change}})
    assert [(each.field, each.code) for each in found.value.errors] == [(f"{term}.{field}", code)]


@pytest.mark.rule("TERM-EXEC-EXC", "PERIOD-01")
def test_payments_that_come_again_have_no_term_of_another_statute(offices: None) -> None:
    debts = [{"claimant": 0, "debtors": [0], "periodic": {"kind": "alimony", "share": "1/4"}}]
    arrived = receive(paper(debts=debts, other_execution=until("2026-06-15")), on=DAY)
    assert "ends" not in arrived.verdict
    [proceeding] = begun(arrived, on=NEXT)
    assert not {rule for rule in terms_of(proceeding) if rule.startswith("TERM-EXEC")}

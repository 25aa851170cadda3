"""A deferral that the document itself names stands from the beginning, and each debtor's terms are
those of what he owes."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from tests.course import admitted, do, initiated, terms_of
from tests.office import DAY, NEXT, example, refused

OWED: Final = {"claimant": 0, "debtors": [0]}
ALIMONY: Final = {"kind": "alimony", "share": "1/4", "since": "2026-01-25"}


@pytest.mark.rule("COURT-DEFER-01", "TERM-EXEC-2M")
def test_terms_stand_still_until_the_last_day_the_document_names(offices: None) -> None:
    proceeding = initiated(deferred_until="2026-05-04")
    [held] = proceeding.deferrals.all()
    assert (held.since, held.until, held.kind) == (NEXT, date(2026, 5, 5), "deferral")
    assert terms_of(proceeding)["TERM-EXEC-2M"] == (None, "paused")
    with refused("execution_deferred", status=409):
        do(proceeding, "foreclose", on=date(2026, 4, 1))
    do(proceeding, "end_deferral", on=date(2026, 5, 5))
    # 11 March + 2 months, moved by the 54 days from 12 March to 4 May, over Capital Day.
    assert terms_of(proceeding)["TERM-EXEC-2M"] == ("2026-07-07", "running")


@pytest.mark.parametrize("until", ["2026-03-10", "2026-03-11", "2026-03-12"])
def test_a_deferral_that_is_over_by_then_holds_nothing(offices: None, until: str) -> None:
    proceeding = initiated(deferred_until=until)
    assert proceeding.deferrals.exists() is (until > DAY.isoformat())


@pytest.mark.rule("TERM-EXEC-EXC", "TERM-EXEC-4M", "TERM-EXEC-2M")
def test_each_debtor_has_the_term_of_what_he_himself_owes(offices: None) -> None:
    debtors = example("12")["debtors"][:1] * 4
    people = [
        {**person, "name": f"Үлгіев Мысал {n}", "iin": "", "iin_missing_reason": "көрсетілмеген"}
        for n, person in enumerate(debtors)
    ]
    debts: list[dict[str, Any]] = [
        {"claimant": 0, "debtors": [0], "amount": "1000.00"},
        {"claimant": 0, "debtors": [1], "periodic": ALIMONY},
        {"claimant": 0, "debtors": [2], "act": "demolition"},
        {"claimant": 0, "debtors": [3], "act": "eviction"},
    ]
    begun = admitted(debtors=people, debts=debts)
    assert [each.completion_months for each in begun] == [2, None, 4, 2]
    terms = [set(terms_of(each)) & {"TERM-EXEC-2M", "TERM-EXEC-4M"} for each in begun]
    assert terms == [{"TERM-EXEC-2M"}, set(), {"TERM-EXEC-4M"}, {"TERM-EXEC-2M"}]

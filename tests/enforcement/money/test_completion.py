"""A sum and payments that come again in one document: the sum is completed in its months, the
payments run on (TERM-EXEC-2M, TERM-EXEC-EXC, PERIOD-01)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from enforcement.core.sweep import sweep
from enforcement.models import Presentation, Proceeding
from tests.course import (
    ALIMONY,
    WITH_ALIMONY,
    begun,
    do,
    initiated,
    kinds,
    later,
    now,
    sound,
    terms_of,
    told_in_three_languages,
)
from tests.office import paper, receive, refused

SUM = "1900659.00"
TWO, FOUR = "TERM-EXEC-2M", "TERM-EXEC-4M"


def paid(proceeding: Proceeding, amount: str = SUM, *, days: int = 5, **given: Any) -> Any:
    return do(proceeding, "record_recovery", amount=amount, on=later(days), **given)


def term(proceeding: Proceeding, rule: str = TWO) -> tuple[str, date | None]:
    row = proceeding.case.stream.deadlines.get(rule=rule)
    return row.status, row.ended_on


@pytest.mark.rule("TERM-EXEC-2M", "TERM-EXEC-EXC", "PERIOD-01")
def test_the_sum_is_paid_in_time_and_the_payments_run_on(offices: None) -> None:
    proceeding = initiated(debts=WITH_ALIMONY)
    paid(proceeding, "1900658.99", days=4)
    assert term(proceeding) == ("running", None)
    paid(proceeding, "0.01", days=5)
    assert term(proceeding) == ("met", later(5))
    assert now(proceeding).state == "initiated"
    assert kinds(proceeding.case)[-2:] == ["recovered", "sums_executed"]
    sweep(on=later(200))
    assert term(proceeding) == ("met", later(5)), "nothing runs out of what was completed"
    sound()


def test_it_is_met_on_the_day_on_which_the_money_came_whenever_it_was_told(offices: None) -> None:
    proceeding = initiated(debts=WITH_ALIMONY)
    sweep(on=later(100))
    assert term(proceeding)[0] == "expired"
    paid(proceeding, days=101, received_on=later(20))
    assert term(proceeding) == ("met", later(20))
    sound()


def test_paid_after_its_last_day_it_stays_overdue(offices: None) -> None:
    proceeding = initiated(debts=WITH_ALIMONY)
    paid(proceeding, days=100)
    assert term(proceeding)[0] == "expired"
    sound()


def test_an_annulled_payment_lets_the_months_run_again(offices: None) -> None:
    proceeding = initiated(debts=WITH_ALIMONY)
    due = terms_of(proceeding)[TWO]
    part = paid(proceeding, "900659.00", days=3)
    paid(proceeding, "1000000.00", days=4)
    assert term(proceeding)[0] == "met"
    senior = {"authority": "senior", "reason": "№ 1", "by": "senior.ala"}
    do(proceeding, "correct", line=part.seq, on=later(6), **senior)
    assert terms_of(proceeding)[TWO] == due
    assert kinds(proceeding.case)[-2:] == ["corrected", "sums_owed_again"]
    paid(proceeding, "900659.00", days=7)
    assert term(proceeding) == ("met", later(7))
    sound()


def test_a_payment_told_late_moves_the_day_on_which_the_sum_was_executed(offices: None) -> None:
    proceeding = initiated(debts=WITH_ALIMONY)
    paid(proceeding, days=9)
    paid(proceeding, days=10, received_on=later(2))
    assert term(proceeding) == ("met", later(2))
    sound()


@pytest.mark.rule("TERM-EXEC-4M")
def test_four_months_are_met_too_and_none_are_set_once_the_sum_is_paid(offices: None) -> None:
    proceeding, other = initiated(1, debts=WITH_ALIMONY), initiated(2, debts=WITH_ALIMONY)
    do(proceeding, "set_four_months", on=later(1))
    paid(proceeding)
    assert term(proceeding, FOUR) == ("met", later(5))
    paid(other)
    with refused("sums_executed", status=409) as caught:
        do(other, "set_four_months", on=later(6))
    told_in_three_languages(caught.value)
    sound()


def test_an_act_beside_the_payments_is_completed_by_its_performance(offices: None) -> None:
    demolition = {"claimant": 0, "debtors": [0], "act": "demolition"}
    proceeding = initiated(debts=[demolition, ALIMONY])
    claim = proceeding.debtor.debts.get(periodic_kind="")
    do(proceeding, "record_performance", claim=claim, extent="part", on=later(1))
    assert term(proceeding, FOUR)[0] == "running"
    do(proceeding, "record_performance", claim=claim, extent="full", on=later(2))
    assert term(proceeding, FOUR) == ("met", later(2))
    sound()


def test_a_sum_alone_is_completed_by_the_end_of_its_proceeding(offices: None) -> None:
    proceeding = initiated()
    paid(proceeding)
    assert term(proceeding)[0] == "running"
    assert kinds(proceeding.case)[-1] == "recovered"


def test_what_comes_for_the_months_completes_no_sum(offices: None) -> None:
    proceeding = initiated(debts=WITH_ALIMONY)
    months = proceeding.debtor.debts.get(amount=None)
    paid(proceeding, debt=months)
    assert term(proceeding)[0] == "running"


def test_who_pays_for_another_completes_the_term_of_whoever_owes_the_months_too(
    offices: None,
) -> None:
    two = paper()["debtors"] + [{**paper()["debtors"][0], "iin": ""}]
    two[1] |= {"name": "Екінші Үлгі", "iin_missing_reason": "жоқ"}
    joint = {"claimant": 0, "debtors": [0, 1], "amount": SUM, "joint": True}
    arrival = receive(paper(debtors=two, debts=[joint, ALIMONY]))
    first, second = begun(arrival, on=later(0))
    paid(second)
    rows = first.case.stream.deadlines.filter(rule=TWO)
    assert {row.scope: row.status for row in rows} == {
        f"proceeding:{first.pk}": "met",
        f"proceeding:{second.pk}": "running",
    }
    sound()


def test_a_document_that_comes_again_with_its_sum_paid_has_only_months_left(offices: None) -> None:
    proceeding = initiated(debts=WITH_ALIMONY)
    paid(proceeding)
    do(proceeding, "return_to_claimant", on=later(9))
    arrival = receive(paper(ref="T-1-again", debts=WITH_ALIMONY), on=later(20))
    assert arrival.case == proceeding.case
    [again] = begun(Presentation.objects.get(pk=arrival.pk), on=later(21))
    rows = again.case.stream.deadlines.filter(rule=TWO, scope=f"proceeding:{again.pk}")
    assert [(row.status, row.ended_on) for row in rows] == [("met", later(21))]
    sound()

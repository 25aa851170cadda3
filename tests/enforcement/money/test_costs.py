"""Costs of enforcement acts: beside the debt, never in its balance, paid back once at most."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from enforcement.models import Cost, Evidence, Proceeding, Reimbursement, Reversal
from law.refusal import Refusal
from law.statute import statute
from tests import standing as money
from tests.at_once import at_once
from tests.course import PROOF, do, initiated, kinds, later, now, sound, told_in_three_languages
from tests.enforcement.signing.test_views import at_desk
from tests.office import NEXT, open_offices, refused, refused_by_the_database
from tests.platform.database import FreshDatabase
from tests.standing import lines, unpaid

WHOLE = "1900659.00"


def spent(proceeding: Proceeding, amount: str = "500.00", **given: Any) -> Cost:
    entry = do(proceeding, "record_cost", amount=Decimal(amount), **given)
    return Cost.objects.get(entry=entry)


def paid_back(cost: Cost, amount: str, **given: Any) -> Any:
    return do(cost.proceeding, "reimburse_cost", cost=cost, amount=Decimal(amount), **given)


def annul(proceeding: Proceeding, line: int) -> Any:
    given = {"line": line, "authority": "own", "reason": "Қате"}
    return do(now(proceeding), "correct", **given)


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("SEARCH-COST-01", marks=pytest.mark.rule("SEARCH-COST-01")),
        pytest.param("BAIL-PWR-12", marks=pytest.mark.rule("BAIL-PWR-12")),
        "other",
    ],
)
def test_a_cost_stands_beside_the_debt_and_hinders_no_end(offices: None, kind: str) -> None:
    proceeding = initiated()
    cost = spent(proceeding, kind=kind)
    line = proceeding.case.stream.entries.get(kind="cost_recorded")
    assert line.facts == {"cost": str(cost.pk), "kind": kind, "amount": "500.00"}
    assert Evidence.objects.get(entry=line).text == PROOF
    assert str(money.balance(proceeding)) == WHOLE
    paid_back(cost, "200.00", on=later(1))
    assert (unpaid(cost), str(money.balance(proceeding))) == (Decimal("300.00"), WHOLE)
    do(proceeding, "record_recovery", on=later(2), amount=WHOLE)
    do(proceeding, "terminate", on=later(2), ground="TERMN-07")
    assert now(proceeding).state == "terminated"
    sound()


def test_the_kinds_of_cost_that_a_rule_names_bear_its_id() -> None:
    kinds_of_cost = statute("lecture").list("cost_kinds")
    assert list(kinds_of_cost) == ["SEARCH-COST-01", "BAIL-PWR-12", "other"]
    assert set(kinds_of_cost) - set(statute("lecture").ids()) == {"other"}


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "1e20", "10000000000000.00"])
def test_a_cost_is_a_sum_that_can_be_paid(offices: None, amount: str) -> None:
    proceeding = initiated()
    with refused("invalid", status=422) as caught:
        spent(proceeding, amount)
    assert [error.field for error in caught.value.errors] == ["amount"]
    told_in_three_languages(caught.value)


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [({"kind": "bribe"}, "invalid", "kind"), ({"proof": " "}, "evidence_missing", "proof")],
)
def test_a_cost_has_its_kind_and_its_proof(
    offices: None, given: dict[str, str], code: str, field: str
) -> None:
    proceeding = initiated()
    with refused(code, status=422) as caught:
        spent(proceeding, **given)
    assert [error.field for error in caught.value.errors] == [field]
    told_in_three_languages(caught.value)


@pytest.mark.parametrize("amount", ["300.01", "0", "-5", "0.005"])
def test_no_more_is_paid_back_than_is_left(offices: None, amount: str) -> None:
    cost = spent(initiated())
    paid_back(cost, "200.00")
    with refused("above_cost", status=422) as caught:
        paid_back(cost, amount)
    assert caught.value.facts[0].needed == "0.01 – 300.00"
    told_in_three_languages(caught.value)
    paid_back(cost, "300.00")
    assert unpaid(cost) == 0


def test_a_cost_of_another_proceeding_is_not_paid_back_here(offices: None) -> None:
    cost, other = spent(initiated(1)), initiated(2)
    with refused("not_found", status=404):
        do(other, "reimburse_cost", cost=cost)


# --- Corrections ----------------------------------------------------------------------------------


def test_both_are_annulled_in_the_open_the_payment_before_its_cost(offices: None) -> None:
    proceeding = initiated()
    cost = spent(proceeding)
    back = paid_back(cost, "500.00")
    assert cost.entry.seq not in lines(proceeding), "what was paid back is annulled first"
    annul(proceeding, back.seq)
    assert unpaid(cost) == Decimal("500.00")
    annul(proceeding, cost.entry.seq)
    assert unpaid(Cost.objects.get()) == 0
    with refused("above_cost", status=422):
        paid_back(cost, "1.00")
    assert (Reversal.objects.count(), kinds(proceeding.case)[-2:]) == (2, ["corrected"] * 2)
    sound()


def test_the_senior_bailiff_is_offered_exactly_the_lines_that_can_be_annulled(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = initiated()
    cost = spent(proceeding)
    paid_back(spent(proceeding, "70.00"), "70.00")
    do(proceeding, "record_deferral", ruled_on=NEXT)
    do(proceeding, "end_deferral")
    do(proceeding, "record_deferral", ruled_on=NEXT)
    set_clock(NEXT)
    page = at_desk("senior.ala").get("/approvals").content.decode()
    offered = sorted(
        int(line) for line in re.findall(r"&amp;line=(\d+)&amp;authority=senior", page)
    )
    # The initiation is annulled from its case alone.
    begun = proceeding.case.stream.entries.get(kind="initiated").seq
    assert sorted([begun, *offered]) == lines(now(proceeding))
    assert cost.entry.seq in offered


# --- The database ---------------------------------------------------------------------------------


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def slip(cost: Cost, amount: str) -> None:
    """Insert a payment as no verb does."""
    run(
        'INSERT INTO enforcement_reimbursement (id, cost_id, entry_id, amount, "on")'
        " VALUES (%s, %s, %s, %s, %s)",
        *(uuid4(), cost.pk, cost.entry_id, amount, NEXT),
    )


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("300.01", "paid back 500.01 of a cost of 500.00"),
        ("-1", "reimbursement_above_zero"),
        ("0", "reimbursement_above_zero"),
    ],
)
def test_the_database_holds_no_more_paid_back_than_spent(
    offices: None, amount: str, words: str
) -> None:
    cost = spent(initiated())
    paid_back(cost, "200.00")
    with refused_by_the_database(words):
        slip(cost, amount)


def test_the_database_annuls_no_cost_of_which_something_was_paid_back(offices: None) -> None:
    cost = spent(initiated())
    back = paid_back(cost, "200.00")
    insert = "INSERT INTO enforcement_reversal (cost_id, entry_id) VALUES (%s, %s)"
    with refused_by_the_database("paid back 200.00 of a cost of 0"):
        run(insert, cost.pk, back.pk)
    both = "INSERT INTO enforcement_reversal (cost_id, reimbursement_id, entry_id)"
    with refused_by_the_database("reversal_of_one_sum"):
        run(f"{both} VALUES (%s, %s, %s)", cost.pk, Reimbursement.objects.get().pk, back.pk)


@pytest.mark.parametrize("table", ["enforcement_cost", "enforcement_reimbursement"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET amount = 1", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_costs_once_written_are_not_rewritten(offices: None, table: str, statement: str) -> None:
    paid_back(spent(initiated()), "200.00")
    with pytest.raises(DatabaseError), transaction.atomic():
        run(statement.format(table))


def test_of_two_who_record_the_same_payment_one_wins(fresh_database: FreshDatabase) -> None:
    open_offices()
    for number in range(5):
        cost = spent(initiated(number))
        both = [partial(paid_back, cost, "400.00", by=by) for by in ("bailiff.ala", "head.ala")]
        lost = [each for each in at_once(*both) if isinstance(each, Exception)]
        assert [type(each) for each in lost] == [Refusal]
        assert (lost[0].code, lost[0].facts[0].needed) == ("above_cost", "0.01 – 100.00")
    sound()


# --- The page -------------------------------------------------------------------------------------


@pytest.mark.rule("SEARCH-COST-01", "BAIL-PWR-12")
def test_the_case_page_shows_costs_beside_the_balance(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = initiated()
    set_clock(NEXT)
    address = f"/cases/{proceeding.case_id}"
    own = {"proceeding": str(proceeding.pk), "on": NEXT.isoformat(), "proof": PROOF}
    typed = {"kind": "BAIL-PWR-12", "amount": "1500.50", **own}
    assert at_desk().post(f"{address}/record_cost", typed).status_code == 302
    form = at_desk().get(f"{address}/reimburse_cost").content.decode()
    assert str(Cost.objects.get().pk) in form
    typed = {"cost": str(Cost.objects.get().pk), "amount": "500.50", **own}
    assert at_desk().post(f"{address}/reimburse_cost", typed).status_code == 302
    page = at_desk().get(address).content.decode()
    assert 'data-left="1000.00"' in page
    assert f'data-balance="{WHOLE}"' in page
    assert 'data-cost="BAIL-PWR-12"' in page
    assert 'data-rule="BAIL-PWR-12"' in page

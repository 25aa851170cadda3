"""Money: exact tenge, one balance for joint debtors, nothing above the debt, also by raw SQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from enforcement.models import Proceeding, Recovery, Reversal
from tests import standing as money
from tests.course import begun, do, initiated, kinds, now, sound
from tests.desk import Desk
from tests.office import (
    NEXT,
    example,
    receive,
    received_on,
    refused,
    refused_by_the_database,
    user,
)

JOINT_ON = received_on("12")


def joint(**changes: Any) -> tuple[Proceeding, Proceeding]:
    """The two proceedings of paper 12: two claimants, two debtors who owe each of them jointly."""
    paper = example("12") | changes
    one, other = begun(receive(paper, on=JOINT_ON, by="clerk"), on=JOINT_ON)
    return one, other


def pay(proceeding: Proceeding, amount: str, *, debt: int = 0, **given: Any) -> Any:
    owed = proceeding.debtor.debts.get(position=debt)
    return do(proceeding, "record_recovery", amount=amount, debt=owed, **given)


def balances(*proceedings: Proceeding) -> list[str]:
    return [str(money.balance(each)) for each in proceedings]


@pytest.mark.parametrize("amount", ["0.01", "999.99", "1900659.00"])
def test_a_sum_recovered_is_taken_off_to_the_tiyn(offices: None, amount: str) -> None:
    proceeding = initiated()
    pay(proceeding, amount)
    assert money.balance(proceeding) == Decimal("1900659.00") - Decimal(amount)
    assert money.account(proceeding).recovered == Decimal(amount)
    assert kinds(proceeding.case)[-1] == "recovered"


@pytest.mark.parametrize("typed", ["1 000,50", "1\u00a0000,50", "1000,50", "1000.50"])
def test_a_sum_is_typed_as_papers_print_it(
    offices: None, set_clock: Callable[[date], None], typed: str
) -> None:
    set_clock(NEXT)
    proceeding, page = initiated(), Desk()
    page.force_login(user("bailiff.ala"))
    claim = str(proceeding.debtor.debts.get().pk)
    given = {"debt": claim, "amount": typed, "on": NEXT.isoformat()}
    assert page.post(f"/cases/{proceeding.case_id}/record_recovery", given).status_code == 302
    assert money.account(proceeding).recovered == Decimal("1000.50")


@pytest.mark.parametrize("amount", ["0", "0.00", "-5", "0.001", "10.005", "1e20"])
def test_a_sum_that_cannot_be_is_refused(offices: None, amount: str) -> None:
    proceeding = initiated()
    with refused("invalid", status=422) as caught:
        pay(proceeding, amount)
    assert caught.value.errors[0].code == "out_of_range"


def test_a_debt_of_another_case_is_not_paid_here(offices: None) -> None:
    proceeding, other = initiated(1), initiated(2)
    with refused("not_found", status=404):
        do(proceeding, "record_recovery", debt=other.debtor.debts.get(), amount="1.00")


def test_what_is_no_sum_has_no_balance(offices: None) -> None:
    on = received_on("02")
    [proceeding] = begun(receive(example("02"), on=on, by="clerk"), on=on, by="bailiff.trz")
    debt = proceeding.debtor.debts.get()
    assert (money.balance(proceeding), money.account(proceeding).claimed) == (None, None)
    do(proceeding, "record_recovery", debt=debt, amount="1.00", on=on, by="bailiff.trz")
    assert (money.balance(proceeding), money.account(proceeding).surplus) == (None, 0)


@pytest.mark.rule("PARTY-MULTI-01")
def test_joint_debtors_have_one_balance_whoever_pays(offices: None) -> None:
    one, other = joint()
    assert balances(one, other) == ["5200000.00", "5200000.00"]
    pay(one, "3000000.00", on=JOINT_ON)
    pay(other, "1500000.00", on=JOINT_ON)
    assert balances(one, other) == ["700000.00", "700000.00"]
    pay(one, "0.01", on=JOINT_ON)
    assert [str(money.account(each).surplus) for each in (one, other)] == ["0.01", "0.00"]
    pay(other, "700000.00", debt=1, on=JOINT_ON)
    assert balances(one, other) == ["0.00", "0.00"]
    assert [str(money.account(each).recovered) for each in (one, other)] == [
        "3000000.00",
        "2200000.00",
    ]
    for each in (one, other):
        do(each, "terminate", ground="TERMN-07", on=JOINT_ON)
        assert now(each).state == "terminated"


def test_a_joint_debtor_s_case_is_not_ended_by_payment_while_something_is_left(
    offices: None,
) -> None:
    one, other = joint()
    pay(one, "4500000.00", on=JOINT_ON)
    with refused("balance_left", status=422):
        do(other, "terminate", ground="TERMN-07", on=JOINT_ON)


def test_a_recovery_annulled_counts_no_more_and_stays_to_be_seen(offices: None) -> None:
    one, other = joint()
    entry = pay(one, "4500000.00", on=JOINT_ON)
    annulled = {"line": entry.seq, "authority": "senior", "reason": "Қате"}
    do(one, "correct", on=JOINT_ON, by="senior.ala", **annulled)
    assert balances(one, other) == ["5200000.00", "5200000.00"]
    assert Recovery.objects.get().reversal.entry.corrects == entry.seq
    pay(other, "4500000.00", on=JOINT_ON)
    assert balances(one, other) == ["700000.00", "700000.00"]
    sound()


# --- The database ---------------------------------------------------------------------------------


def slip(paid: Recovery, amount: str) -> None:
    """Give back a sum as no verb does."""
    line = paid.entry.stream.entries.order_by("-seq")[0]
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO enforcement_refund (id, recovery_id, entry_id, amount, "on")'
            " VALUES (%s, %s, %s, %s, %s)",
            [uuid4(), paid.pk, line.pk, amount, NEXT],
        )


@pytest.mark.parametrize("amount", ["100.01", "1900759.01", "-1", "0"])
def test_the_database_gives_back_nothing_that_counts_to_a_claim(offices: None, amount: str) -> None:
    proceeding = initiated()
    pay(proceeding, "1900759.00")
    words = "given back .* of a debt" if amount.startswith("1") else "refund_above_zero"
    with refused_by_the_database(words):
        slip(Recovery.objects.get(), amount)


def test_the_database_counts_what_two_proceedings_took_of_one_debt(offices: None) -> None:
    one, other = joint()
    pay(one, "4000000.00", on=JOINT_ON)
    pay(other, "600000.00", on=JOINT_ON)
    with refused_by_the_database("of a debt of 4500000.00 is left paid 4499999.99"):
        slip(Recovery.objects.get(proceeding=other), "100000.01")


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize("table", ["enforcement_recovery", "enforcement_reversal"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_money_once_written_is_not_rewritten(offices: None, table: str, statement: str) -> None:
    proceeding = initiated()
    entry = pay(proceeding, "1000.00")
    do(proceeding, "correct", line=entry.seq, authority="own", reason="Қате")
    assert Reversal.objects.count() == 1
    column = "entry_id"
    with pytest.raises(DatabaseError), transaction.atomic():
        run(statement.format(table, column, column))


def test_a_debt_cannot_be_made_smaller_than_what_was_paid(offices: None) -> None:
    proceeding = initiated()
    pay(proceeding, "1000.00")
    with pytest.raises(DatabaseError), transaction.atomic():
        run("UPDATE enforcement_debt SET amount = 1")

"""Money: what is claimed, what came in, what is left. Exact tenge; a joint balance is one."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Sum

from accounts.models import User
from enforcement.models import Debt, Proceeding, Recovery
from enforcement.steps import step
from journal.models import Entry
from law.refusal import Fact, FieldError, Refusal

ZERO = Decimal("0.00")


def debts_of(proceeding: Proceeding) -> list[Debt]:
    """The debts the proceeding's debtor owes, alone or jointly."""
    found = proceeding.debtor.debts.select_related("presentation__document")
    return list(found.order_by("position"))


def left(debt: Debt) -> Decimal | None:
    """What is left of a debt in tenge, whoever paid and whenever; None for what is no fixed sum."""
    if debt.amount is None:
        return None
    return debt.amount - _paid(Recovery.objects.filter(debt__in=_same(debt)))


def _same(debt: Debt) -> QuerySet[Debt]:
    """The debt on every arrival of its paper: presented again, it is still one debt (REPRES-01)."""
    arrival = debt.presentation
    return Debt.objects.filter(
        presentation__case=arrival.case_id,
        presentation__document__part=arrival.document.part,
        position=debt.position,
        amount=debt.amount,
    )


def _paid(recoveries: Any) -> Decimal:
    """The sum of recoveries that stand."""
    standing = recoveries.filter(reversal=None)
    return standing.aggregate(paid=Sum("amount"))["paid"] or ZERO


def claimed(proceeding: Proceeding) -> str | None:
    """The sum claimed from the debtor, in tenge; None where no money is claimed."""
    sums = [debt.amount for debt in debts_of(proceeding) if debt.amount is not None]
    return str(sum(sums, ZERO)) if sums else None


def recovered(proceeding: Proceeding) -> str:
    """What was recovered through this proceeding, in tenge."""
    return str(_paid(proceeding.recoveries))


def balance(proceeding: Proceeding) -> Decimal | None:
    """What is left of all sums the debtor owes, in tenge; None where no sum is claimed."""
    sums = [each for debt in debts_of(proceeding) if (each := left(debt)) is not None]
    return sum(sums, ZERO) if sums else None


@transaction.atomic
def record_recovery(
    proceeding: Proceeding, *, debt: Debt, amount: Decimal, on: date, by: User
) -> Entry:
    """Record a sum recovered of a debt; never more than is left, whoever of joint debtors pays."""
    with step(proceeding, "record_recovery", on=on, by=by) as act:
        owed = act.subject.debtor.debts.filter(pk=debt.pk).first()
        if owed is None:
            raise Refusal("not_found", status=404, errors=(FieldError("debt", "unknown"),))
        remains = left(owed)
        if remains is None:
            raise Refusal("no_sum", rule="TERMN-07", errors=(FieldError("debt", "unknown"),))
        if amount <= 0 or amount > remains or amount != amount.quantize(ZERO):
            fact = Fact("amount", str(amount), f"0.01 – {remains}")
            error = FieldError("amount", "out_of_range")
            raise Refusal("above_balance", rule="TERMN-07", facts=(fact,), errors=(error,))
        entry = act.record("recovered", debt=str(owed.pk), amount=str(amount))
        Recovery.objects.create(
            debt=owed, proceeding=act.subject, entry=entry, amount=amount, on=on
        )
        return entry

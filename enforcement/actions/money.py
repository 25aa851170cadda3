"""Money: what is claimed, what came in, what is left. Exact tenge; a joint balance is one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from enforcement.models import Debt, Proceeding, Recovery
from enforcement.queries import steps
from enforcement.steps import one_at_a_time, step
from journal.models import Entry
from law.refusal import Fact, FieldError, Kind, Refusal

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Account:
    """All sums a debtor owes together, in tenge; None where no sum is claimed."""

    claimed: Decimal | None
    #: What came in through his own proceeding.
    recovered: Decimal
    left: Decimal | None
    #: Which kinds of claims are still owed: `sum`, `periodic`, `act`.
    owed: frozenset[str]


def debts_of(proceeding: Proceeding) -> list[Debt]:
    """The debts the proceeding's debtor owes, alone or jointly, each with what was `paid` of its
    claim by anybody, what of that came in `here`, through this proceeding, and whether what is no
    sum was `performed` in full."""
    standing = Recovery.objects.filter(reversal=None).order_by()
    of_claim = standing.filter(debt__claim=OuterRef("claim")).values("debt__claim")
    own = standing.filter(debt=OuterRef("pk"), proceeding=proceeding).values("debt")
    found = proceeding.debtor.debts.annotate(
        paid=_sum(of_claim), here=_sum(own), performed=steps.performed()
    )
    return list(found.select_related("claimant").order_by("position"))


def _sum(recoveries: QuerySet[Recovery, Any]) -> Coalesce:
    return Coalesce(Subquery(recoveries.annotate(all=Sum("amount")).values("all")), ZERO)


def left(debt: Any) -> Decimal | None:
    """What is left of one of `debts_of`, in tenge, whoever paid and whenever; None for what is no
    fixed sum."""
    return None if debt.amount is None else debt.amount - debt.paid


def account(proceeding: Proceeding) -> Account:
    """The sums of the proceeding's debtor, and what he still owes."""
    debts: list[Any] = debts_of(proceeding)
    sums = [debt for debt in debts if debt.amount is not None]
    recovered = sum((debt.here for debt in sums), ZERO)
    owed = frozenset(kind for debt in debts if (kind := still(debt)))
    if not sums:
        return Account(None, recovered, None, owed)
    claimed = sum((debt.amount for debt in sums), ZERO)
    paid = sum((debt.paid for debt in sums), ZERO)
    return Account(claimed, recovered, claimed - paid, owed)


def still(debt: Any) -> str:
    """Which kind of claim one of `debts_of` still is; empty where nothing is left of it."""
    if debt.amount is not None:
        return "sum" if left(debt) else ""
    if debt.performed:
        return ""
    return "periodic" if debt.periodic_kind else "act"


def balance(proceeding: Proceeding) -> Decimal | None:
    """What is left of all sums the debtor owes, in tenge; None where no sum is claimed."""
    return account(proceeding).left


def refuse_paid(proceeding: Proceeding) -> Account:
    """Nothing is secured or enforced where nothing is owed any more (TERMN-07); what is owed."""
    sums = account(proceeding)
    if not sums.owed:
        fact = Fact("balance", str(sums.left), "> 0")
        raise Refusal("debt_paid", rule="TERMN-07", facts=(fact,), possible=("terminate",))
    return sums


@transaction.atomic
def record_recovery(
    proceeding: Proceeding, *, debt: Debt, amount: Decimal, on: date, by: User
) -> Entry:
    """Record a sum recovered of a debt; never more than is left, whoever of joint debtors pays."""
    with step(proceeding, "record_recovery", on=on, by=by) as act:
        # Another office may hold the same joint claim.
        one_at_a_time(f"claim {debt.claim}")
        owed = next((each for each in debts_of(act.subject) if each.pk == debt.pk), None)
        if owed is None:
            raise Refusal("not_found", kind=Kind.UNSEEN, errors=(FieldError("debt", "unknown"),))
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

"""What enforcement acts cost, and what of it was paid back; never a part of the debt."""

from datetime import date
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import Sum

from accounts.models import User
from enforcement.actions.money import ZERO
from enforcement.models import Cost, Proceeding, Reimbursement
from enforcement.steps import keep, refuse_unknown, refuse_unproven, step
from journal.models import Entry
from law.refusal import Fact, FieldError, Kind, Refusal

RULE: Final = "SEARCH-COST-01"
#: The largest sum a cost can be, in tenge.
LARGEST: Final = Decimal("9999999999999.99")


def unpaid(cost: Cost) -> Decimal:
    """What of a cost was not paid back yet, in tenge; nothing of one that was annulled."""
    if hasattr(cost, "reversal"):
        return ZERO
    paid = cost.reimbursements.filter(reversal=None).aggregate(all=Sum("amount"))["all"]
    return cost.amount - (paid or ZERO)


@transaction.atomic
def record_cost(
    proceeding: Proceeding, *, kind: str, amount: Decimal, proof: str, on: date, by: User
) -> Entry:
    """Record what was spent on enforcement acts, in tenge (SEARCH-COST-01, BAIL-PWR-12)."""
    with step(proceeding, "record_cost", on=on, by=by) as act:
        refuse_unknown(act.law, kind, "cost_kinds", "kind")
        _within("invalid", amount, LARGEST)
        refuse_unproven("proof", proof)
        cost = Cost(proceeding=act.subject, kind=kind, amount=amount, on=on)
        cost.entry = act.record("cost_recorded", cost=str(cost.pk), kind=kind, amount=str(amount))
        cost.save(force_insert=True)
        keep(cost.entry, {"proof": proof})
        return cost.entry


@transaction.atomic
def reimburse_cost(
    proceeding: Proceeding, *, cost: Cost, amount: Decimal, proof: str, on: date, by: User
) -> Entry:
    """Record that a cost was paid back; never more than is left of it."""
    with step(proceeding, "reimburse_cost", on=on, by=by) as act:
        spent = act.subject.costs.filter(pk=cost.pk).first()
        if spent is None:
            raise Refusal("not_found", kind=Kind.UNSEEN, errors=(FieldError("cost", "unknown"),))
        _within("above_cost", amount, unpaid(spent))
        refuse_unproven("proof", proof)
        told = {"cost": str(spent.pk), "kind": spent.kind, "amount": str(amount)}
        entry = act.record("cost_reimbursed", **told)
        Reimbursement.objects.create(cost=spent, entry=entry, amount=amount, on=on)
        keep(entry, {"proof": proof})
        return entry


def _within(code: str, amount: Decimal, most: Decimal) -> None:
    """422 unless the sum is above nothing, no more than `most`, and of whole tiyn."""
    if not 0 < amount <= most or amount != amount.quantize(ZERO):
        fact = Fact("amount", str(amount), f"0.01 – {most}")
        error = FieldError("amount", "out_of_range")
        raise Refusal(code, rule=RULE, facts=(fact,), errors=(error,))

"""Money: sums recovered of a claim, what the acts cost, what was paid back of that."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from enforcement.core import shared_guards
from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Annulled, Line
from enforcement.core.facts import Facts
from enforcement.core.fields import LARGEST, Choice, Option, Sum, Text, Thing, within
from enforcement.core.roles import BAILIFFS
from enforcement.core.step import one_at_a_time
from enforcement.core.verb import verb
from enforcement.core.words import reading
from enforcement.facts.balance import TIYN
from enforcement.facts.queries import paid_back, read
from enforcement.lifecycle.proceeding import INITIATED
from enforcement.models import (
    Cost,
    Debt,
    Participant,
    Proceeding,
    Recovery,
    Reimbursement,
    Reversal,
)
from journal.models import Entry
from law.refusal import Fact, FieldError, Refusal

# --- A sum recovered ------------------------------------------------------------------------------


def _grouped(amount: Decimal | None) -> str:
    return number_format(amount or 0, 2, force_grouping=True)


def _sums(now: Facts, option: Option | None) -> Iterator[tuple[Debt, str]]:
    """The debtor's sums, with what is left of each."""
    claims = {claim.id: claim for claim in now.running.claims}
    debts = now.thing.debtor.debts.select_related("claimant").order_by("position")
    for debt in debts:
        claim = claims.get(str(debt.pk))
        if claim and debt.claimant and claim.amount is not None:
            left = f"{_now('left:')} {_grouped(claim.left)}"
            yield debt, f"{debt.claimant.name(reading())} · {left}"


def debt_named(now: Facts, text: str, *, money: bool = True) -> Debt | None:
    """A debt by its place in the document or its id; the first when none is named."""
    debtor: Participant = now.thing.debtor
    debts = debtor.debts.order_by("position")
    if not text:
        return debts.filter(amount__isnull=not money).first()
    if text.isascii() and text.isdigit():
        return debts.filter(position=int(text[:9])).first()
    return debts.filter(pk=text).first() if _is_id(text) else None


def owed_here(now: Facts, debt: Debt) -> bool:
    """Whether a debt is one of this debtor's."""
    return str(debt.pk) in {claim.id for claim in now.running.claims}


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _nothing_to_recover(now: Facts) -> Refusal | None:
    if now.running.left is not None:
        return shared_guards.nothing_left(now)
    rule, error = now.law.role("full_performance"), FieldError("debt", "unknown")
    return Refusal("no_sum", rule=rule, errors=(error,), says="no_sum_claimed")


def _to_recover(now: Facts) -> Mapping[str, str] | None:
    freeze = now.running.freeze
    served = freeze is not None and freeze.state == "served"
    return {} if now.running.state == INITIATED and now.running.owed and served else None


def _reversal_of(name: str, model: Any) -> Any:
    """Undo of a line that wrote a sum: a reversal, so that both stay to be seen."""

    def undo(act: Act[Proceeding], wrong: Entry, entry: Entry) -> None:
        Reversal.objects.create(entry=entry, **{name: model.objects.get(entry=wrong)})

    return undo


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="plus",
    asks=(
        Thing("debt", label=_("Claim"), among=_sums, named=debt_named, belongs=owed_here),
        Sum("amount", label=_("Sum recovered, tenge"), most=lambda now, given: None, judged=True),
    ),
    writes=(Line("recovered", Annulled.ANY, undo=_reversal_of("recovery", Recovery)),),
    unless=_nothing_to_recover,
    due=_to_recover,
)
def record_recovery(act: Act[Proceeding], *, debt: Debt, amount: Decimal) -> Entry:
    """Record a sum recovered of a debt; never more than is left, whoever of joint debtors pays."""
    # Another office may hold the same joint claim.
    one_at_a_time(f"claim {debt.claim}")
    owed = next(each for each in read(act.subject).claims if each.id == str(debt.pk))
    rule = act.law.role("full_performance")
    if owed.left is None:
        raise Refusal("no_sum", rule=rule, errors=(FieldError("debt", "unknown"),))
    if not within(amount, owed.left):
        fact = Fact("amount", str(amount), f"{TIYN} – {owed.left}")
        error = FieldError("amount", "out_of_range")
        raise Refusal("above_balance", rule=rule, facts=(fact,), errors=(error,))
    entry = act.record("recovered", debt=owed.id, amount=str(amount))
    Recovery.objects.create(
        debt_id=debt.pk, proceeding=act.subject, entry=entry, amount=amount, on=act.on
    )
    return entry


# --- What the acts cost ---------------------------------------------------------------------------


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="plus",
    asks=(
        Choice("kind", label=_("Kind"), among="cost_kinds"),
        Sum("amount", label=_("Sum, tenge"), most=lambda now, given: LARGEST, rule="costs"),
        Text("proof", label=_("What proves it")),
    ),
    writes=(
        Line(
            "cost_recorded",
            Annulled.ANY,
            undo=_reversal_of("cost", Cost),
            stays=lambda now, line, left: _was_paid_back(line, left),
        ),
    ),
)
def record_cost(act: Act[Proceeding], *, kind: str, amount: Decimal, proof: str) -> Entry:
    """Record what was spent on enforcement acts, in tenge (SEARCH-COST-01, BAIL-PWR-12)."""
    cost = Cost(proceeding=act.subject, kind=kind, amount=amount, on=act.on)
    cost.entry = act.record("cost_recorded", cost=str(cost.pk), kind=kind, amount=str(amount))
    cost.save(force_insert=True)
    keep_evidence(cost.entry, {"proof": proof})
    return cost.entry


def _was_paid_back(line: Entry, left: Any) -> bool:
    """What was paid back is annulled before the cost it was paid for."""
    return any(
        other.kind == "cost_reimbursed" and other.facts["cost"] == line.facts["cost"]
        for other in left
    )


def _no_cost_waits(now: Facts) -> Refusal | None:
    if now.running.spent:
        return None
    fact = Fact("amount", "-", f"{TIYN} – 0.00")
    rule = now.law.role("costs")
    return Refusal("above_cost", rule=rule, facts=(fact,), says="no_cost_waits")


def _spent(proceeding: Proceeding) -> Any:
    """The costs of a proceeding with what was `back` of each."""
    standing = proceeding.costs.filter(reversal=None).annotate(back=paid_back())
    return standing.order_by("on", "entry__seq")


def _spent_here(now: Facts, cost: Cost) -> bool:
    return bool(cost.proceeding_id == now.thing.pk)


def _costs(now: Facts, option: Option | None) -> Iterator[tuple[Cost, str]]:
    """The costs not paid back yet."""
    for cost in _spent(now.thing):
        if waits := cost.amount - cost.back:
            kind = now.law.word("cost_kinds", cost.kind).in_(reading())
            day = date_format(cost.on, "SHORT_DATE_FORMAT")
            yield cost, f"{_now('left:')} {_grouped(waits)} · {kind} · {day}"


def _cost_named(now: Facts, text: str) -> Cost | None:
    """A cost by its id; the oldest one not paid back when none is named."""
    own = now.thing.costs.order_by("on", "entry__seq")
    if text:
        return own.filter(pk=text).first() if _is_id(text) else None
    waiting = [cost for cost, _name in _costs(now, None)]
    return waiting[0] if waiting else own.first()


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="plus",
    asks=(
        Thing("cost", label=_("Cost"), among=_costs, named=_cost_named, belongs=_spent_here),
        Sum("amount", label=_("Sum, tenge"), most=lambda now, given: None, judged=True),
        Text("proof", label=_("What proves it")),
    ),
    writes=(
        Line("cost_reimbursed", Annulled.ANY, undo=_reversal_of("reimbursement", Reimbursement)),
    ),
    unless=_no_cost_waits,
)
def reimburse_cost(act: Act[Proceeding], *, cost: Cost, amount: Decimal, proof: str) -> Entry:
    """Record that a cost was paid back; never more than is left of it."""
    spent = _spent(act.subject).filter(pk=cost.pk).first()
    left = spent.amount - spent.back if spent else Decimal("0.00")
    if not within(amount, left):
        fact = Fact("amount", str(amount), f"{TIYN} – {left}")
        error = FieldError("amount", "out_of_range")
        rule = act.law.role("costs")
        raise Refusal("above_cost", rule=rule, facts=(fact,), errors=(error,))
    told: dict[str, Any] = {"cost": str(cost.pk), "kind": cost.kind, "amount": str(amount)}
    entry = act.record("cost_reimbursed", **told)
    Reimbursement.objects.create(cost_id=cost.pk, entry=entry, amount=amount, on=act.on)
    keep_evidence(entry, {"proof": proof})
    return entry

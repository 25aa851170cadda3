"""What the acts cost, and what was paid back of that; no part of the debt."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Annulled, Line
from enforcement.core.facts import Facts
from enforcement.core.fields import LARGEST, Choice, Option, Sum, Text, Thing, within
from enforcement.core.roles import BAILIFFS
from enforcement.core.verb import verb
from enforcement.core.words import reading
from enforcement.facts.balance import TIYN
from enforcement.facts.queries import paid_back
from enforcement.models import Cost, Proceeding, Reimbursement
from enforcement.money.sums import grouped, is_id, reversal_of
from journal.models import Entry
from law.refusal import Fact, FieldError, Refusal


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
            undo=reversal_of("cost", Cost),
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
            yield cost, f"{_now('left:')} {grouped(waits)} · {kind} · {day}"


def _cost_named(now: Facts, text: str) -> Cost | None:
    """A cost by its id; the oldest one not paid back when none is named."""
    own = now.thing.costs.order_by("on", "entry__seq")
    if text:
        return own.filter(pk=text).first() if is_id(text) else None
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
        Line("cost_reimbursed", Annulled.ANY, undo=reversal_of("reimbursement", Reimbursement)),
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

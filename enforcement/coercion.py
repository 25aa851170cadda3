"""Coercive acts: what follows when the debtor did not comply in the time given to him."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from enforcement.core import papers, shared_guards
from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Annulled, Line
from enforcement.core.details import NOTHING, bounded_texts, refuse_gaps
from enforcement.core.facts import Facts
from enforcement.core.fields import Chosen, Given, Option, Thing
from enforcement.core.roles import BAILIFFS
from enforcement.core.verb import verb
from enforcement.core.witnesses import (
    SEATS,
    Picked,
    asks_witnesses,
    present,
    refuse_too_few,
    spare,
)
from enforcement.facts.balance import ZERO
from enforcement.facts.proceeding import COERCIVE, VOLUNTARY, Running
from enforcement.facts.queries import people_of
from enforcement.lifecycle.measure import SERVED
from enforcement.lifecycle.proceeding import INITIATED
from enforcement.measures.papers import paper_of
from enforcement.models import Measure, Proceeding
from enforcement.models.measure import BANK_MONEY
from exchange.outbox import post
from journal.models import Entry
from law.model import CoerciveAct
from law.refusal import Fact, FieldError, Kind, Refusal
from law.statute import Statute

NEXT_DAY: Final = timedelta(days=1)


# --- What closes it -------------------------------------------------------------------------------


def _only_secures(now: Facts) -> Refusal | None:
    """The document only secures a claim (Q9): it is carried out by securing measures."""
    if not now.law.kind(now.running.kind).secures:
        return None
    says, kind = "secures_only", now.running.kind
    return Refusal("only_secures", kind=Kind.STATE, rule=kind, says=says)


def held_up(running: Running, on: date) -> tuple[str, date] | None:
    """What keeps the debtor from being forced on that day, and the day on which it is over.

    A court's deferral or instalment (COURT-DEFER-01), an approved postponement (POSTP-01).
    """
    waits = {"deferral": running.deferred_until, "postponement": running.postponed_until}
    held = ((role, until) for role, until in waits.items() if until and on < until)
    return next(held, None)


#: What is said while acts wait for their day, by the part of the rule they wait by.
HELD_UP: Final = {"deferral": "execution_deferred", "postponement": "acts_postponed"}


def _held_up(now: Facts) -> Refusal | None:
    """A court's deferral holds or an approved postponement is in force."""
    held = held_up(now.running, now.on)
    if held is None:
        return None
    role, until = held
    facts = (
        Fact("until", until.isoformat(), ""),
        Fact("on", now.on.isoformat(), f">= {until}"),
    )
    return Refusal(HELD_UP[role], kind=Kind.STATE, rule=now.law.role(role), facts=facts)


def _voluntary(now: Facts) -> Refusal | None:
    """The debtor may still comply: not offered yet, or the last day is not over."""
    if now.running.stage(now.on) == COERCIVE:
        return None
    facts = [Fact("stage", VOLUNTARY, COERCIVE)]
    if last := now.running.voluntary_until:
        facts.append(Fact("last_day", last.isoformat(), ""))
        facts.append(Fact("on", now.on.isoformat(), f">= {(last + NEXT_DAY).isoformat()}"))
    rule = now.law.role("coercion")
    return Refusal("voluntary_stage", kind=Kind.STATE, rule=rule, facts=tuple(facts))


def _not_forced(now: Facts) -> Refusal | None:
    return _only_secures(now) or _held_up(now) or _voluntary(now) or shared_guards.debt_paid(now)


def _to_force(now: Facts) -> Mapping[str, str] | None:
    """The voluntary term is over, nothing was forced yet, and no freeze waits for its sanction."""
    running, freeze = now.running, now.running.freeze
    waits = freeze is not None and freeze.state not in ("sanctioned", "served")
    free = running.state == INITIATED and not running.foreclosed and not waits
    return {} if free and _not_forced(now) is None else None


# --- What is chosen -------------------------------------------------------------------------------


def _ways(law: Statute, verb: str) -> Iterator[Option]:
    for each in law.coercive.values():
        own = (each.id, each.rule.id, each.title, each.rule.text, "details", each.asks)
        # Witnesses may be picked: the verb says if too few are there.
        yield Option(*own, secured=each.secured, optional=each.optional | set(SEATS))


def _before_witnesses(now: Facts, option: Option | None) -> bool:
    """Whether the act is done before witnesses (BAIL-PWR-09)."""
    return option is not None and asks_witnesses(option.asks)


def _for_what_is_owed(now: Facts, option: Option) -> bool:
    return bool(now.running.account.owed & set(now.law.coercive[option.id].claims))


def _rests(now: Facts, option: Option | None) -> bool:
    """Whether there is something to choose between; the verb says what is missing."""
    return option is not None and any(_among(now, option))


def _among(now: Facts, option: Option | None) -> Iterator[tuple[Measure, str]]:
    if option is not None and option.secured:
        for each in resting(now.thing, option.secured):
            yield each, each.name


def resting(proceeding: Proceeding, secured: tuple[str, ...]) -> list[Measure]:
    """The measures in force on what an act needs to be secured before."""
    found = proceeding.measures.filter(state=SERVED, target__in=secured)
    return list(found.order_by("requested_on", "id"))


def _named(now: Facts, text: str) -> Measure | None:
    found = resting(now.thing, tuple(now.law.list("targets")))
    return next((each for each in found if str(each.pk) == text), None)


def _take_back(act: Act[Proceeding], wrong: Entry, entry: Entry) -> None:
    """Tell the bank that an order to pay is annulled by the line `entry`."""
    if "amount" in wrong.facts:
        held = act.subject.measures.get(pk=wrong.facts["measure"])
        told = {"measure": str(held.pk), "annuls": wrong.papers.get().label}
        post(entry, kind="collect_annulled", to=held.bank, body=told)


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="alert",
    asks=(
        Chosen(
            "way",
            label=_("Coercive act"),
            texts="details",
            among=_ways,
            fits=_for_what_is_owed,
        ),
        Thing(
            "measure",
            label=_("Securing measure"),
            among=_among,
            named=_named,
            required=False,
            when=_rests,
            must=_rests,
        ),
        Picked(
            "witnesses",
            label=_("Witnesses who take part in the case"),
            required=False,
            when=_before_witnesses,
        ),
    ),
    writes=(Line("foreclosed", Annulled.ANY, undo=_take_back),),
    issues=("foreclose",),
    unless=_not_forced,
    due=_to_force,
)
def foreclose(
    act: Act[Proceeding],
    *,
    way: str,
    details: Given = NOTHING,
    measure: Measure | None = None,
    witnesses: Sequence[str] = (),
) -> Entry:
    """Take a coercive act once the voluntary term is over (BASIS-COERCE-01, ELEM-STD-04).

    `way` is one of the law's coercive acts; what it asks stands in `details`, the measure it
    rests on need be named only where several would do.
    """
    known = act.law.coercive.get(way)
    if known is None:
        raise Refusal("invalid", errors=(FieldError("way", "unknown"),))
    _refuse_unfit(act, known)
    held = _resting_on(act, known, measure)
    _refuse_ordered(act, known, held)
    if asks_witnesses(known.asks):
        details = present(details, witnesses)
    told = {name for name, text in details.items() if text.strip()}
    free = known.optional - {needed for name, needed in known.together.items() if name in told}
    free |= spare(act.law)
    refuse_gaps(known.asks, details, rule=known.rule.id, optional=free)
    if asks_witnesses(known.asks):
        rule, free_of = known.rule.id, set(SEATS) <= known.optional
        refuse_too_few(act.law, details, rule, prefix="details.", spared=free_of)
    said = bounded_texts("details", details)
    ordered = _ordered(act, known, held)
    act.issue("foreclose", {**_paper_of(act, known, held, ordered), "details": said})
    body: dict[str, Any] = {"measure": str(held.pk)} if held else {}
    body |= {"amount": str(ordered)} if ordered else {}
    entry = act.record("foreclosed", way=way, **body)
    keep_evidence(entry, said)
    if held and ordered:
        _order(act, entry, held, ordered)
    return entry


def _refuse_ordered(act: Act[Proceeding], known: CoerciveAct, held: Measure | None) -> None:
    """409 where the bank was ordered already to pay what is frozen there, and the order stands."""
    standing = [line for line in act.now.standing("foreclosed") if "amount" in line.facts]
    if held is not None and str(held.pk) in [line.facts.get("measure") for line in standing]:
        raise Refusal("ordered_already", kind=Kind.STATE, rule=known.rule.id)


def _refuse_unfit(act: Act[Proceeding], way: CoerciveAct) -> None:
    """The act must be one for a claim that is still owed."""
    owed = act.running.account.owed
    if not owed & set(way.claims):
        fact = Fact("claim", ", ".join(sorted(owed)), ", ".join(way.claims))
        error = FieldError("way", "unknown")
        raise Refusal("claim_unfit", rule=way.rule.id, facts=(fact,), errors=(error,))


def _resting_on(act: Act[Proceeding], way: CoerciveAct, named: Measure | None) -> Measure | None:
    if not way.secured:
        return None
    live = resting(act.subject, way.secured)
    if named is not None:
        live = [each for each in live if each.pk == named.pk]
    if not live:
        says = "nothing_secured.bank" if BANK_MONEY in way.secured else "nothing_secured"
        fact, rule = Fact("secured", "-", ", ".join(way.secured)), way.rule.id
        raise Refusal("nothing_secured", kind=Kind.STATE, rule=rule, facts=(fact,), says=says)
    if len(live) > 1:
        raise Refusal("which_one", errors=(FieldError("measure", "required"),))
    return live[0]


def _ordered(act: Act[Proceeding], way: CoerciveAct, held: Measure | None) -> Decimal | None:
    """The sum a bank is ordered to pay: what is frozen, at most what is left and no bank was
    ordered to pay yet (tenge); 409 where all of it was ordered."""
    if held is None or held.cap is None:
        return None
    left = act.running.due(act.on)
    if left is None:
        error = FieldError("way", "unknown")
        raise Refusal("claim_unfit", rule=way.rule.id, says="arrears_not_reckoned", errors=(error,))
    free = left - _awaited(act)
    if free <= 0:
        fact = Fact("amount", str(left), f"{left - free}")
        raise Refusal("ordered_enough", kind=Kind.STATE, rule=way.rule.id, facts=(fact,))
    return min(held.cap, free)


def _awaited(act: Act[Proceeding]) -> Decimal:
    """What banks are still to pay by orders that stand (tenge): of this debtor, and of whoever owes
    the same joint claims with him, as far as those go."""
    own = outstanding(act.now, of=act.running.id, live=[each.id for each in act.running.freezes])
    orders = [line for line in act.lines if line.kind == "foreclosed" and "amount" in line.facts]
    if {str(line.subject) for line in orders} <= {act.running.id}:
        return own
    joint = {
        str(pk) for pk in act.subject.debtor.debts.filter(joint=True).values_list("pk", flat=True)
    }
    shared = sum((each.left or ZERO for each in act.running.claims if each.id in joint), ZERO)
    others = (
        outstanding(act.now, of=str(each.pk), live=[str(m.pk) for m in each.measures.all()])
        for each in _owing_with(act.subject)
    )
    return own + min(sum(others, ZERO), shared)


def _owing_with(proceeding: Proceeding) -> QuerySet[Proceeding]:
    """The other proceedings of the case on the same joint claims, with their live measures."""
    debts = proceeding.debtor.debts.filter(joint=True)
    others = Proceeding.objects.filter(case=proceeding.case_id, debtor__debts__in=debts)
    live = Prefetch("measures", Measure.objects.filter(state=SERVED))
    return others.exclude(pk=proceeding.pk).distinct().prefetch_related(live)


def outstanding(now: Facts, *, of: str, live: Collection[str]) -> Decimal:
    """What banks still owe by orders on measures that are live (tenge): what came in since is
    taken from the oldest order first."""
    orders: list[tuple[str, Decimal]] = []
    for line in now.standing("foreclosed", "recovered", of=of):
        amount = Decimal(line.facts.get("amount", ZERO))
        if line.kind == "recovered":
            orders = list(_met(orders, amount))
        elif amount:
            orders.append((line.facts["measure"], amount))
    return sum((amount for measure, amount in orders if measure in live), ZERO)


def _met(orders: Iterable[tuple[str, Decimal]], paid: Decimal) -> Iterator[tuple[str, Decimal]]:
    """What is left of the orders once a sum came in."""
    for measure, amount in orders:
        met = min(amount, paid)
        paid -= met
        yield measure, amount - met


def _order(act: Act[Proceeding], entry: Entry, held: Measure, ordered: Decimal) -> None:
    """Order the bank that holds frozen money to pay it (BODY-MONEY-01)."""
    [paper] = act.filed
    told = {"measure": str(held.pk), "account": held.account, "amount": str(ordered)}
    post(
        entry,
        kind="collect",
        to=held.bank,
        body={**told, "paper": str(paper.pk), "number": paper.label},
    )


def _paper_of(
    act: Act[Proceeding], way: CoerciveAct, held: Measure | None, ordered: Decimal | None
) -> dict[str, Any]:
    """What the ruling on a coercive act says, with the measure it rests on."""
    people = people_of(act.subject)
    accounts = [each["iban"] for each in people if each["role"] == "claimant"]
    until = act.running.voluntary_until
    return {
        **(paper_of(act, held) if held else papers.proceeding(act, act.subject)),
        "way": way.id,
        "way_rule": way.rule.id,
        "claimant_accounts": list(filter(None, accounts)),
        "ordered": papers.text_of(ordered),
        "voluntary_until": until and until.isoformat(),
    }

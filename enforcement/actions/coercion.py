"""Coercive acts: what follows when the debtor did not comply in the time given to him."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from accounts.models import User
from enforcement.actions import money, papers
from enforcement.actions.measures import refuse_gaps
from enforcement.actions.property import refuse_one_witness
from enforcement.lifecycle.measures import SERVED
from enforcement.models import Measure, Proceeding
from enforcement.models.measures import BANK_MONEY
from enforcement.queries import steps
from enforcement.steps import NOTHING, Act, Given, keep, step
from exchange.actions import post
from journal.models import Entry
from law.model import CoerciveAct
from law.refusal import Fact, FieldError, Kind, Refusal

COERCION_RULE: Final = "BASIS-COERCE-01"
#: What can be done while the debtor may still comply by himself.
MEANWHILE: Final = ("inventory", "secure")
FOR_MONEY: Final = ("request_freeze", "record_recovery")
NEXT_DAY: Final = timedelta(days=1)
#: What is said while acts wait for their day, by the rule they wait by, and what is possible.
HELD_UP: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "COURT-DEFER-01": ("execution_deferred", ("end_deferral",)),
    "POSTP-01": ("acts_postponed", ()),
}


@transaction.atomic
def foreclose(
    proceeding: Proceeding,
    *,
    way: str,
    details: Given = NOTHING,
    measure: Measure | None = None,
    on: date,
    by: User,
) -> Entry:
    """Take a coercive act once the voluntary term is over (BASIS-COERCE-01, ELEM-STD-04).

    `way` is one of the law's coercive acts; what it asks stands in `details`, the measure it
    rests on need be named only where several would do.
    """
    with step(proceeding, "foreclose", on=on, by=by) as act:
        told = steps.told(act.subject)
        _refuse_securing(told)
        _refuse_held_up(act, told)
        _refuse_voluntary(act, told)
        known = act.law.coercive.get(way)
        if known is None:
            raise Refusal("invalid", errors=(FieldError("way", "unknown"),))
        sums = _refuse_unfit(act, known)
        held = _resting_on(act, known, measure)
        _refuse_ordered(act, known, held)
        refuse_gaps(known.asks, details, rule=known.rule.id)
        refuse_one_witness(details, known.rule.id, prefix="details.")
        ordered = _ordered(sums, held)
        said = papers.coercion(act, known, told, sums=sums, held=held, ordered=ordered)
        act.issue("foreclose", {**said, "details": dict(details)})
        on_what = {"measure": str(held.pk)} if held else {}
        sums = {"amount": str(ordered)} if ordered else {}
        entry = act.record("foreclosed", way=way, **on_what, **sums)
        keep(entry, details)
        if held and ordered:
            _order(act, entry, held, ordered)
        return entry


def _refuse_ordered(act: Act[Proceeding], known: Any, held: Measure | None) -> None:
    """409 where the bank was ordered already to pay what is frozen there, and the order stands."""
    gone = {line.corrects for line in act.lines}
    standing = [
        line.facts.get("measure")
        for line in act.lines
        if line.kind == "foreclosed" and line.seq not in gone and "amount" in line.facts
    ]
    if held is not None and str(held.pk) in standing:
        possible = ("record_recovery", "correct")
        raise Refusal("ordered_already", kind=Kind.STATE, rule=known.rule.id, possible=possible)


def _refuse_securing(told: Mapping[str, Any]) -> None:
    """409 where the document only secures a claim (Q9): it is carried out by securing measures."""
    if steps.only_secures(told):
        possible = ("secure", "request_freeze")
        raise Refusal("only_secures", kind=Kind.STATE, rule=told["kind"], possible=possible)


def _refuse_held_up(act: Act[Proceeding], told: Mapping[str, Any]) -> None:
    """409 while a court's deferral holds or an approved postponement is in force."""
    if held := steps.held_up(told, act.on):
        rule, until = held
        facts = (
            Fact("until", until.isoformat(), ""),
            Fact("on", act.on.isoformat(), f">= {until}"),
        )
        code, instead = HELD_UP[rule]
        raise Refusal(code, kind=Kind.STATE, rule=rule, facts=facts, possible=instead)


def _refuse_voluntary(act: Act[Proceeding], told: Mapping[str, Any]) -> None:
    """409 while the debtor may still comply: not offered yet, or the last day is not over."""
    if steps.stage(told, act.on) == steps.COERCIVE:
        return
    facts = [Fact("stage", steps.VOLUNTARY, steps.COERCIVE)]
    if last := steps.voluntary_until(told):
        facts.append(Fact("last_day", last.isoformat(), ""))
        facts.append(Fact("on", act.on.isoformat(), f">= {(last + NEXT_DAY).isoformat()}"))
    offer = () if told["delivered"] else ("deliver_offer",)
    instead = (*offer, *MEANWHILE, *(FOR_MONEY if told["left"] else ()))
    raise Refusal(
        "voluntary_stage", kind=Kind.STATE, rule=COERCION_RULE, facts=tuple(facts), possible=instead
    )


def _refuse_unfit(act: Act[Proceeding], way: CoerciveAct) -> money.Account:
    """The act must be one for a claim that is still owed; the sums of the debtor."""
    sums = money.refuse_paid(act.subject)
    if not sums.owed & set(way.claims):
        fact = Fact("claim", ", ".join(sorted(sums.owed)), ", ".join(way.claims))
        error = FieldError("way", "unknown")
        raise Refusal("claim_unfit", rule=way.rule.id, facts=(fact,), errors=(error,))
    return sums


def resting(proceeding: Proceeding, way: CoerciveAct) -> list[Measure]:
    """The measures in force on what the act needs to be secured before."""
    found = proceeding.measures.filter(state=SERVED, target__in=way.secured)
    return list(found.order_by("requested_on", "id"))


def _resting_on(act: Act[Proceeding], way: CoerciveAct, named: Measure | None) -> Measure | None:
    if not way.secured:
        return None
    live = resting(act.subject, way)
    if named is not None:
        live = [each for each in live if each.pk == named.pk]
    if not live:
        needs_bank = BANK_MONEY in way.secured
        instead = ("request_freeze",) if needs_bank else ("inventory", "secure")
        fact = Fact("secured", "-", ", ".join(way.secured))
        raise Refusal(
            "nothing_secured", kind=Kind.STATE, rule=way.rule.id, facts=(fact,), possible=instead
        )
    if len(live) > 1:
        raise Refusal("which_one", errors=(FieldError("measure", "required"),))
    return live[0]


def _ordered(sums: money.Account, held: Measure | None) -> Decimal | None:
    """The sum a bank is ordered to pay: what is frozen, at most what is left (tenge)."""
    if held is None or held.cap is None or sums.left is None:
        return None
    return min(held.cap, sums.left)


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


def take_back(proceeding: Proceeding, wrong: Entry, entry: Entry) -> None:
    """Tell the bank that an order to pay is annulled by the line `entry`."""
    if "amount" in wrong.facts:
        held = proceeding.measures.get(pk=wrong.facts["measure"])
        told = {"measure": str(held.pk), "annuls": wrong.papers.get().label}
        post(entry, kind="collect_annulled", to=held.bank, body=told)

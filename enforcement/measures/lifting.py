"""Measures lose force: lifted one by one, or with what they secured."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Line
from enforcement.core.facts import Facts
from enforcement.core.fields import Text
from enforcement.core.roles import BAILIFFS
from enforcement.core.verb import verb
from enforcement.facts.queries import with_facts
from enforcement.facts.successors import at_place_of
from enforcement.lifecycle.measure import LIVE, SERVED
from enforcement.lifecycle.proceeding import INITIATED, RETURNED, TRANSFERRED
from enforcement.measures.papers import paper_of
from enforcement.models import Measure, Proceeding
from exchange.outbox import post
from journal.models import Entry
from law.refusal import Fact, Kind, Refusal

#: The paper that lifts a measure.
PAPER: Final = "lift"


def _to_lift(now: Facts) -> Mapping[str, str] | None:
    """Nothing is owed, and what ends the proceeding and lifts all cannot be taken now."""
    live = now.running.live
    due = live and not now.running.owed and now.running.state != INITIATED
    return {Measure.MACHINE: live[0].id} if due else None


@verb(
    on=Measure,
    by=BAILIFFS,
    icon="cross",
    asks=(Text("reason", label=_("Reason")),),
    writes=(Line("measure_lifted"),),
    issues=(PAPER,),
    due=_to_lift,
)
def lift(act: Act[Measure], *, reason: str) -> Entry:
    """Lift one measure, with a paper to its addressee where it had been served."""
    entry = _lift(act, because="", reason=reason)
    keep_evidence(entry, {"reason": reason})
    return entry


def lift_live(act: Act[Any], found: QuerySet[Measure], *, because: str = "") -> list[Entry]:
    """Lift those of these measures that are in force or on their way, inside another step."""
    live = with_facts(Measure).filter(pk__in=found.filter(state__in=LIVE).values("pk"))
    ordered = live.order_by("requested_on", "id")
    return [_lift(act.on_another(measure, lift), because=because) for measure in ordered]


def _lift(act: Act[Measure], *, because: str, reason: str = "") -> Entry:
    served = act.subject.state == SERVED
    if served:
        why = {"lifted_because": because, "reason": reason}
        act.issue(PAPER, {**paper_of(act, act.subject), **why})
    entry = act.record("measure_lifted", because=because, served=served)
    if served:
        notify_lifted(act, entry, act.subject)
    return entry


def notify_lifted(act: Act[Any], entry: Entry, measure: Measure) -> None:
    """Tell whoever carries the measure out that it holds no more."""
    notify_holder(act, entry, measure, lift.name)


def notify_holder(act: Act[Any], entry: Entry, measure: Measure, message: str, **more: str) -> None:
    """Tell whoever beside the debtor carries the measure out, with the paper of this line."""
    if measure.holder:
        [paper] = act.filed
        body = {"measure": str(measure.pk), "paper": str(paper.pk), "number": paper.label}
        post(entry, kind=message, to=measure.holder, body=body | more)


def refuse_secured_elsewhere(act: Act[Proceeding]) -> None:
    """409 while a measure for the same claim holds in another file: there it is lifted first.

    Of an office the document was sent on by, or that returned it to the claimant before.
    """
    debtor = act.subject.debtor
    before = Proceeding.objects.filter(
        at_place_of(debtor),
        debtor__debts__claim__in=debtor.debts.values("claim"),
        state__in=(RETURNED, TRANSFERRED),
    )
    held = Measure.objects.filter(proceeding__in=before.exclude(case=act.case), state__in=LIVE)
    if found := held.select_related("case__office").order_by("requested_on", "id").first():
        fact, rule = Fact("secured", found.case.label, "-"), act.law.role("lifting")
        raise Refusal("secured_elsewhere", kind=Kind.STATE, rule=rule, facts=(fact,))

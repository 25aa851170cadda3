"""Measures that need no sanction: laid at once on anything but money in a bank, replaced."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from enforcement.core import shared_guards
from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Line
from enforcement.core.details import NOTHING, bounded_texts, refuse_gaps
from enforcement.core.facts import Facts
from enforcement.core.fields import (
    LONGEST,
    Choice,
    Chosen,
    Given,
    Option,
    Text,
    bounded,
)
from enforcement.core.roles import BAILIFFS
from enforcement.core.verb import verb
from enforcement.lifecycle.measure import SERVED
from enforcement.lifecycle.proceeding import INITIATED
from enforcement.measures.bank_money import sanction_for
from enforcement.measures.lifting import notify_holder, notify_lifted
from enforcement.measures.papers import replacement_paper, secured_paper
from enforcement.models import Measure, Proceeding
from journal.models import Entry
from law.model import Words
from law.refusal import Fact, FieldError, Refusal
from law.statute import Statute


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a measure is to be."""

    kind: str
    target: str
    object: str
    addressee: str
    initiator: str
    details: Given
    #: The things it is laid on one by one, where they are listed.
    items: tuple[str, ...] = ()


def _kinds(law: Statute, verb: str) -> Iterator[Option]:
    for each in law.securing().values():
        rule = each.rule
        yield Option(rule.id, rule.id, rule.title, rule.text, "details", each.asks)


def _another_kind(now: Facts, option: Option) -> bool:
    """A measure is replaced by one of another kind."""
    return not isinstance(now.thing, Measure) or now.thing.kind != option.id


def _targets(now: Facts, option: Option | None) -> dict[str, Words]:
    """What the chosen kind is laid on, without a sanction."""
    fitting = now.law.securing()[option.id].targets if option else now.law.list("targets")
    return {each: now.law.word("targets", each) for each in fitting if not now.law.sanction(each)}


def _fitting_target(now: Facts, given: Mapping[str, Any]) -> str:
    kind = now.law.securing().get(given.get("kind", ""))
    return next((each for each in kind.targets if not now.law.sanction(each)), "") if kind else ""


def _initiators(verb: str) -> Any:
    """Whose will a step can rest on, as the law's steps say."""

    def known(now: Facts, option: Option | None) -> dict[str, Words]:
        return {each: now.law.word("initiators", each) for each in now.law.steps[verb].initiators}

    return known


def _asked_by_the_kind(name: str) -> Any:
    return lambda now, option: option is not None and name in option.asks


def _of_a_measure(verb: str) -> tuple[Any, ...]:
    """What every measure asks: its kind, on what, who must obey, by whose will."""
    return (
        Chosen(
            "kind",
            label=_("Kind"),
            texts="details",
            among=_kinds,
            fits=_another_kind,
        ),
        Choice(
            "target",
            label=_("On what it is laid"),
            among=_targets,
            judged=True,
            sample=_fitting_target,
        ),
        Text(
            "object",
            label=_("Which property or right"),
            required=False,
            must=_asked_by_the_kind("object"),
            sample=lambda now, given: "…",
        ),
        Text(
            "addressee",
            label=_("Who must obey it, address"),
            hint=_("Empty: the debtor himself."),
            longest=300,
            required=False,
            must=_asked_by_the_kind("addressee"),
            sample=lambda now, given: "…",
        ),
        Choice("initiator", label=_("Proposed by"), among=_initiators(verb), judged=True),
    )


def _to_secure(now: Facts) -> Mapping[str, str] | None:
    """The claimant applied for securing and nothing is secured yet (SEC-DUTY-01)."""
    running = now.running
    due = running.state == INITIATED and running.owed and running.applied and not running.secured
    return {} if due else None


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="lock",
    asks=_of_a_measure("secure"),
    writes=(Line("secured"),),
    issues=("secure",),
    makes=(Measure, SERVED),
    unless=shared_guards.debt_paid,
    due=_to_secure,
)
def secure(
    act: Act[Proceeding],
    *,
    kind: str,
    target: str,
    initiator: str = "bailiff",
    object: str = "",
    addressee: str = "",
    details: Given = NOTHING,
) -> Measure:
    """Lay a measure on anything but money in a bank; it is in force at once (SEC-01..07).

    On the bailiff's own initiative or the claimant's application (SEC-RIGHT-01), beside whatever
    is laid already (SEC-MULTI-01).
    """
    wanted = Wanted(kind, target, object, addressee, initiator, details)
    measure = create_measure(act, act.subject, wanted)
    act.issue("secure", secured_paper(act, measure))
    entry = record_measure(act, measure)
    notify_holder(act, entry, measure, "secure", **_laid_on(measure))
    return measure


def _not_replaced(now: Facts) -> Refusal | None:
    return shared_guards.stands(now, "replacement")


@verb(
    on=Measure,
    by=BAILIFFS,
    icon="copy",
    asks=(*_of_a_measure("replace"), Text("reason", label=_("Reason"))),
    writes=(Line("measure_replaced"), Line("secured")),
    issues=("replace",),
    unless=_not_replaced,
)
def replace(
    act: Act[Measure],
    *,
    kind: str,
    target: str,
    initiator: str,
    reason: str,
    object: str = "",
    addressee: str = "",
    details: Given = NOTHING,
) -> Measure:
    """Put another kind of measure in the place of one in force, by one ruling (SEC-REPL-01).

    Until that ruling the old one holds (SEC-REPL-02); what needs a sanction is asked for first.
    """
    old = act.subject
    if kind == old.kind:
        fact = Fact("kind", kind, ", ".join(sorted(set(act.law.securing()) - {kind})))
        error, rule = FieldError("kind", "unknown"), act.law.role("replacement")
        raise Refusal("same_kind", rule=rule, facts=(fact,), errors=(error,))
    wanted = Wanted(kind, target, object, addressee, initiator, details)
    fresh = create_measure(act, old.proceeding, wanted, replaces=old)
    record_measure(act, fresh)
    act.issue("replace", replacement_paper(act, old, fresh, reason=reason))
    entry = act.record("measure_replaced", measure=str(fresh.pk), initiator=initiator)
    keep_evidence(entry, {"reason": reason})
    notify_lifted(act, entry, old)
    notify_holder(act, entry, fresh, "secure", **_laid_on(fresh))
    return fresh


def _laid_on(measure: Measure) -> dict[str, str]:
    return {"kind": measure.kind, "target": measure.target, "object": measure.object}


def create_measure(
    act: Act[Any], proceeding: Proceeding, wanted: Wanted, *, replaces: Measure | None = None
) -> Measure:
    """The measure as it is laid, once the law has nothing against it; its line is still to come."""
    _refuse_unfit(act, wanted)
    asked = act.law.securing()[wanted.kind].asks
    own = {"object": wanted.object, "addressee": wanted.addressee}
    refuse_gaps(asked, wanted.details, own=own, rule=wanted.kind)
    if paid := shared_guards.debt_paid(act.now):
        raise paid
    details = bounded_texts("details", wanted.details)
    return Measure.objects.create(
        case=act.case,
        proceeding=proceeding,
        state=SERVED,
        kind=wanted.kind,
        target=wanted.target,
        object=bounded("object", wanted.object, LONGEST),
        addressee=bounded("addressee", wanted.addressee, 300),
        details={key: text for key, text in details.items() if text},
        initiator=wanted.initiator,
        replaces=replaces,
        requested_on=act.on,
        requested_by=act.by,
    )


def record_measure(act: Act[Any], measure: Measure) -> Entry:
    """The line of a measure's birth; `act` in it is the verb that laid it."""
    told = {name: getattr(measure, name) for name in ("kind", "target", "initiator")}
    handed_over = {"handed_over": True} if measure.holder else {}
    return act.record_birth(measure, "secured", act=act.verb.name, **told, **handed_over)


def _refuse_unfit(act: Act[Any], wanted: Wanted) -> None:
    """A known kind on a target it is for, none that a sanction is needed for (SANCT-01)."""
    known = act.law.securing().get(wanted.kind)
    if known is None:
        raise Refusal("invalid", errors=(FieldError("kind", "unknown"),))
    said = wanted.items or (wanted.object, *wanted.details.values())
    if rule := sanction_for(act.law, wanted.target, wanted.addressee, said):
        field = "items" if wanted.items else "target"
        raise Refusal("sanction_needed", rule=rule, errors=(FieldError(field, "sanction"),))
    if wanted.target not in known.targets:
        fits = [each for each in known.targets if not act.law.sanction(each)]
        fact = Fact("target", wanted.target or "-", ", ".join(fits))
        error = FieldError("target", "unknown")
        raise Refusal("target_unfit", rule=wanted.kind, facts=(fact,), errors=(error,))
    if wanted.initiator not in act.law.steps[act.verb.name].initiators:
        raise Refusal("invalid", errors=(FieldError("initiator", "unknown"),))

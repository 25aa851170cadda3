"""Grounds of suspension, termination and return: known, proven, of whom they can befall."""

from collections.abc import Collection, Iterator
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enforcement.core.act import Act
from enforcement.core.facts import Facts
from enforcement.core.fields import Chosen, Given, Option, bounded_texts
from enforcement.core.needs import NEEDS
from enforcement.models import Participant, Proceeding
from law.model import Ground
from law.refusal import Fact, FieldError, Refusal
from law.statute import Statute

CLAIMANT: Final = "claimant"


def options(law: Statute, verb: str) -> Iterator[Option]:
    """The grounds of a verb as they are chosen from."""
    for each in law.grounds(verb):
        own = (each.rule.id, each.rule.id, each.rule.title, each.rule.text, "evidence")
        yield Option(
            *own,
            asks=each.evidence,
            kind=each.kind,
            ends_on=each.ends_on,
            dated=each.dated,
        )


#: The ground is chosen first; what proves it is asked then.
GROUND: Final = Chosen("ground", label=_("Ground"), texts="evidence", among=options)


def complete(act: Act[Proceeding], ground: str, evidence: Given) -> tuple[Ground, dict[str, str]]:
    """The ground in its wording of that day with its evidence, complete, or a Refusal naming it."""
    known = {each.rule.id: each for each in act.law.grounds(act.verb.name)}
    if ground not in known:
        fact = Fact("ground", ground or "-", ", ".join(sorted(known)))
        error = FieldError("ground", "unknown")
        rule = act.law.steps[act.verb.name].rule
        raise Refusal("ground_unknown", rule=rule, facts=(fact,), errors=(error,))
    named = act.law.ground(ground, on=act.on)
    _refuse_unproven(act.law, named, evidence)
    for kind, roles in named.befalls.items():
        _refuse_others(act.subject, kind, roles, rule=ground)
    if refused := lacking(named, act.now):
        raise refused
    return named, bounded_texts("evidence", evidence)


def lacking(ground: Ground, now: Facts) -> Refusal | None:
    """Why it can be no ground now, whatever is typed; None where nothing is lacking."""
    refused = next(filter(None, (NEEDS[need](now) for need in ground.needs)), None)
    if refused is not None:
        refused.rule = refused.rule or ground.rule.id
    return refused


def _refuse_others(running: Proceeding, kind: str, roles: Collection[str], *, rule: str) -> None:
    """422 where neither the debtor nor, if he is among the roles, a claimant is such a person."""
    meant = Q(pk=running.debtor_id)
    if CLAIMANT in roles:
        meant |= Q(presentation=running.presentation_id, role=CLAIMANT)
    if not Participant.objects.filter(meant, party__kind=kind).exists():
        other = {"natural": "legal", "legal": "natural"}[kind]
        raise Refusal("other_person", rule=rule, facts=(Fact("person", other, kind),))


def _refuse_unproven(law: Statute, named: Ground, evidence: Given) -> None:
    """422 for evidence the ground does not ask, for what it lacks and for what is no choice."""
    ground = named.rule.id
    if strange := sorted(set(evidence) - set(named.evidence)):
        errors = tuple(FieldError(f"evidence.{key[:48]}", "unknown_field") for key in strange)
        raise Refusal("invalid", rule=ground, errors=errors)
    lacking = [key for key in named.evidence if not evidence.get(key, "").strip()]
    if lacking:
        errors = tuple(FieldError(f"evidence.{key}", "required") for key in lacking)
        raise Refusal("evidence_missing", rule=ground, errors=errors)
    chosen: dict[str, Any] = {k: known for k in named.evidence if (known := law.choices(k))}
    if wrong := [key for key, known in chosen.items() if evidence[key].strip() not in known]:
        errors = tuple(FieldError(f"evidence.{key}", "unknown") for key in wrong)
        raise Refusal("invalid", rule=ground, errors=errors)

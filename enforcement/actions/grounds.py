"""Grounds of suspension, termination and return: known, proven, of whom they can befall."""

from collections.abc import Collection
from datetime import date
from typing import Final

from django.db.models import Q

from enforcement.actions.court import ONE, wrong_period
from enforcement.models import Participant, Proceeding
from enforcement.steps import LONGEST, Act, Given, bounded
from law.model import Dated, Ground
from law.refusal import Fact, FieldError, Refusal
from law.statute import Statute

CLAIMANT: Final = "claimant"


def complete(act: Act[Proceeding], ground: str, evidence: Given) -> Ground:
    """The ground in its wording of that day, its evidence complete, or a Refusal naming it."""
    known = {each.rule.id: each for each in act.law.grounds(act.verb)}
    if ground not in known:
        fact = Fact("ground", ground or "-", ", ".join(sorted(known)))
        error = FieldError("ground", "unknown")
        rule = act.law.steps[act.verb].rule
        raise Refusal("ground_unknown", rule=rule, facts=(fact,), errors=(error,))
    named = act.law.ground(ground, on=act.on)
    _refuse_unproven(act.law, named, evidence)
    for kind, roles in named.befalls.items():
        _refuse_others(act.subject, kind, roles, rule=ground)
    return named


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
    given = {key: bounded(f"evidence.{key}", text, LONGEST) for key, text in evidence.items()}
    lacking = [key for key in named.evidence if not given.get(key)]
    if lacking:
        errors = tuple(FieldError(f"evidence.{key}", "required") for key in lacking)
        raise Refusal("evidence_missing", rule=ground, errors=errors)
    chosen = {key: known for key in named.evidence if (known := law.choices(key))}
    if wrong := [key for key, known in chosen.items() if given[key] not in known]:
        errors = tuple(FieldError(f"evidence.{key}", "unknown") for key in wrong)
        raise Refusal("invalid", rule=ground, errors=errors)


def refuse_wrong_end(named: Ground, until: date | None, on: date) -> None:
    """A date where the ground ends on one, after the day of the resolution; no date elsewhere."""
    rule = named.rule.id
    if until is None and named.dated is Dated.REQUIRED:
        raise Refusal("evidence_missing", rule=rule, errors=(FieldError("until", "required"),))
    if until is not None and named.dated is Dated.NEVER:
        raise Refusal("invalid", rule=rule, errors=(FieldError("until", "unknown_field"),))
    if until is not None and until <= on:
        raise wrong_period("until", until, f">= {on + ONE}", rule=rule)

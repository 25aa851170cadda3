"""What is still to move: the listing of the lifecycle, the arrival a step means."""

from collections.abc import Sequence
from typing import Any

from enforcement.facts.arrivals import current
from enforcement.lifecycle.intake import RECEIVED
from enforcement.models import MACHINES, Case, Presentation
from enforcement.permissions import PERMISSIONS
from law.statute import statute


def transitions() -> list[dict[str, Any]]:
    """Every transition of every machine, births included (an empty source)."""
    rows = []
    for model in MACHINES:
        rows += [_transition(model.MACHINE, "", verb, state) for state, verb in model.INITIAL]
        for each in model().get_all_state_transitions():
            targets = getattr(each.target, "allowed_states", None) or [each.target or each.source]
            rows += [
                _transition(model.MACHINE, each.source, each.custom["verb"], target)
                for target in targets
            ]
    return rows


def _transition(machine: str, source: str, verb: str, target: str) -> dict[str, Any]:
    grounds = [ground.rule.id for ground in statute().grounds(verb)]
    return {
        "machine": machine,
        "source": source,
        "verb": verb,
        "target": target,
        "permission": sorted(PERMISSIONS[verb]),
        "grounds": grounds,
    }


def meant(arrivals: Sequence[Presentation], verdict: str) -> Presentation:
    """The arrival a step means: the waiting one whose verdict it answers, else the current."""
    waiting = [
        each for each in arrivals if each.state == RECEIVED and each.verdict["verdict"] == verdict
    ]
    return waiting[0] if waiting else current(arrivals)


def arrival_for(case: Case, verdict: str) -> Presentation:
    """The arrival of a case that a step answering `verdict` means."""
    found = case.presentations.select_related("document__issuer").order_by("ordinal")
    return meant(list(found), verdict)

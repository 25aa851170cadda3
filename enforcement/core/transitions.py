"""Every transition of every machine, with who may take it and on which grounds."""

from typing import Any

from enforcement.core.card import VERBS, permissions
from enforcement.core.checks import every_transition
from enforcement.models import MACHINES
from law.statute import RULE_SETS, statute


def transitions() -> list[dict[str, Any]]:
    """Every transition of every machine, births included (an empty source)."""
    rows = []
    for model in MACHINES:
        born = [(each.name, each.card.makes) for each in VERBS.values() if each.card.makes]
        rows += [_transition(model.MACHINE, "", verb, at) for verb, (of, at) in born if of is model]
        for each in every_transition(model):
            targets = getattr(each.target, "allowed_states", None) or [each.target or each.source]
            rows += [
                _transition(model.MACHINE, str(each.source), each.custom["verb"], target)
                for target in targets
            ]
    return rows


def _transition(machine: str, source: str, verb: str, target: str) -> dict[str, Any]:
    grounds = [ground.rule.id for name in RULE_SETS for ground in statute(name).grounds(verb)]
    return {
        "machine": machine,
        "source": source,
        "verb": verb,
        "target": target,
        "permission": sorted(permissions()[verb]),
        "grounds": grounds,
    }

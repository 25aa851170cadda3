"""A representative signs for his principal while his authority lasts, and only what it names."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from enforcement.core.facts import Facts
from enforcement.facts.engaged import Engaged, engaged_of
from enforcement.facts.queries import people_of
from law.evidence import Kept
from law.model import Ground
from law.refusal import Fact, FieldError, Refusal
from parties.spelling import name_key

#: Who signed, and when.
AUTHOR: Final = "author"
SIGNED_ON: Final = "on"
CLAIMANT: Final = "claimant"


def names(whole: str, text: str) -> bool:
    """Whether every word of a name stands in a text."""
    words = set(name_key(whole).split())
    return bool(words) and words <= set(name_key(text).split())


def signers(now: Facts, text: str) -> list[Engaged]:
    """The representatives whom a text names."""
    ways = now.law.participations
    serving = (each for each in engaged_of(now.thing) if ways[each.role].serves)
    return [each for each in serving if names(each.name, text)]


def _of_claimants(now: Facts, agents: list[Engaged]) -> list[Engaged]:
    """Those of them who act for a claimant."""
    own = {person["id"] for person in people_of(now.thing) if person["role"] == CLAIMANT}
    return [each for each in agents if each.whom in own]


def _signed_himself(now: Facts, text: str) -> bool:
    """Whether a text names a claimant."""
    own = (person for person in people_of(now.thing) if person["role"] == CLAIMANT)
    return any(names(name, text) for person in own for name in (person["kk"], person["ru"]))


def without_authority(now: Facts, ground: Ground, proof: Mapping[str, Kept]) -> Refusal | None:
    """A representative who signed had no authority any more, none for this, or acts for another
    than the claimant whose will it is (REP-02, REP-04)."""
    for key, kept in proof.items():
        if isinstance(kept, str) or not (found := signers(now, kept.get(AUTHOR, ""))):
            continue
        day = date.fromisoformat(kept[SIGNED_ON]) if kept.get(SIGNED_ON) else now.on
        error = FieldError(f"evidence.{key}.{AUTHOR}", "no_authority")
        rule = now.law.role("authority")
        if key in ground.by_each:
            found = _of_claimants(now, found)
            if not found and not _signed_himself(now, kept.get(AUTHOR, "")):
                return Refusal("other_principal", rule=rule, errors=(error,))
            if not found:
                continue
        lasting = [each for each in found if not each.over(day)]
        if not lasting:
            ends = max(str(each.lasts_until or each.ended_on) for each in found)
            facts = (Fact("until", ends, f">= {day}"),)
            return Refusal("authority_over", rule=rule, facts=facts, errors=(error,))
        if ground.power and not any(_may(now, each, ground.power) for each in lasting):
            facts = (Fact("power", "-", ground.power),)
            return Refusal("power_missing", rule=rule, facts=facts, errors=(error,))
    return None


def _may(now: Facts, agent: Engaged, power: str) -> bool:
    """Whether his authority names it; on some bases nothing need be named."""
    return power in agent.powers or agent.basis in now.law.participations[agent.role].barred

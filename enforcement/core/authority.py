"""A representative signs for his principal while his authority lasts, and only what it names."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from enforcement.core.facts import Facts
from enforcement.facts.engaged import Engaged, engaged_of
from enforcement.facts.queries import Person, people_of
from law.evidence import Kept
from law.model import Ground
from law.refusal import Fact, FieldError, Refusal
from parties.spelling import name_key

#: Who signed, under which names, and when.
AUTHOR: Final = "author"
AUTHORS: Final = (AUTHOR, "concluded_by")
SIGNED_ON: Final = "on"
CLAIMANT: Final = "claimant"
#: What an authority names expressly.
POWERS: Final = "powers"


def names(whole: str, text: str) -> bool:
    """Whether every word of a name stands in a text."""
    words = set(name_key(whole).split())
    return bool(words) and words <= set(name_key(text).split())


def signers(now: Facts, text: str) -> list[Engaged]:
    """The representatives whom a text names."""
    ways = now.law.participations
    serving = (each for each in engaged_of(now.thing) if ways[each.role].serves)
    return [each for each in serving if names(each.name, text)]


def claimants(now: Facts) -> list[Person]:
    """The claimants of a thing's arrival."""
    return [person for person in people_of(now.thing) if person["role"] == CLAIMANT]


def signing_for_claimants(now: Facts) -> list[Engaged]:
    """The representatives of claimants whose authority lasts."""
    ways = now.law.participations
    serving = [each for each in engaged_of(now.thing) if ways[each.role].serves]
    return [each for each in _of_claimants(now, serving) if not each.over(now.on)]


def _of_claimants(now: Facts, agents: list[Engaged]) -> list[Engaged]:
    """Those of them who act for a claimant."""
    own = {person["id"] for person in claimants(now)}
    return [each for each in agents if each.whom in own]


def _signed_himself(now: Facts, text: str) -> bool:
    """Whether a text names a claimant."""
    both = (name for person in claimants(now) for name in (person["kk"], person["ru"]))
    return any(names(name, text) for name in both)


def without_authority(now: Facts, ground: Ground, proof: Mapping[str, Kept]) -> Refusal | None:
    """Who signed had no authority any more, none for this, acts for another than the claimant whose
    will it is, or is nobody of the case where a claimant has to sign (REP-02, REP-04)."""
    for key, kept in proof.items():
        of_claimants = key in ground.by_claimants
        if isinstance(kept, str) and not of_claimants:
            continue
        text, field, day = _signature(now, key, kept)
        found = signers(now, text)
        error = FieldError(field, "no_authority")
        if of_claimants:
            others, found = found, _of_claimants(now, found)
            himself = _signed_himself(now, text)
            if not found and not himself:
                code = "other_principal" if others else "unknown_signer"
                return Refusal(code, rule=now.law.role("authority"), errors=(error,))
        if found and (refused := no_authority(now, found, on=day, power=ground.power, field=field)):
            return refused
    return None


def _signature(now: Facts, key: str, kept: Kept) -> tuple[str, str, date]:
    """Who signed a piece of evidence, as it names him, in which field, and when."""
    if isinstance(kept, str):
        return kept, f"evidence.{key}", now.on
    part = next((each for each in AUTHORS if each in kept), AUTHOR)
    day = date.fromisoformat(kept[SIGNED_ON]) if kept.get(SIGNED_ON) else now.on
    return kept.get(part, ""), f"evidence.{key}.{part}", day


def no_authority(
    now: Facts, found: Sequence[Engaged], *, on: date, power: str, field: str
) -> Refusal | None:
    """Why none of these representatives may act on that day: their authority is over, or does not
    name the power."""
    error, rule = FieldError(field, "no_authority"), now.law.role("authority")
    lasting = [each for each in found if not each.over(on)]
    if not lasting:
        ends = max(str(each.lasts_until or each.ended_on) for each in found)
        facts = (Fact("until", ends, f">= {on}"),)
        return Refusal("authority_over", rule=rule, facts=facts, errors=(error,))
    if power and not any(may(now, each, power) for each in lasting):
        facts = (Fact("power", "-", power),)
        return Refusal("power_missing", rule=rule, facts=facts, errors=(error,))
    return None


def may(now: Facts, agent: Engaged, power: str) -> bool:
    """Whether his authority names it; in some roles and on some bases nothing need be named."""
    way = now.law.participations[agent.role]
    return power in agent.powers or agent.basis in way.barred or POWERS not in way.asks

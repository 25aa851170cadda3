"""One claimant's will is not the others': what ends the recovery of all is signed by each."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from enforcement.core.authority import names, signers
from enforcement.core.facts import Facts
from enforcement.facts.queries import people_of
from enforcement.models import Participant
from law.evidence import Kept
from law.model import Ground
from law.refusal import Fact, FieldError, Refusal

CLAIMANT: Final = "claimant"
SEVERAL: Final = 2


def others_owed(now: Facts, ground: Ground, proof: Mapping[str, Kept]) -> Refusal | None:
    """The claimants who are still owed and whom the author of the evidence does not name, where
    several are (TERMN-01, RET-01)."""
    if not ground.by_each or not _several(now):
        return None
    owed = [UUID(each.id) for each in now.running.claims if each.owed]
    claimants = Participant.objects.filter(claims__in=owed).order_by("position").distinct()
    if len(claimants) < SEVERAL:
        return None
    for piece in ground.by_each:
        # What is told in own words names no author to be held against.
        if isinstance(told := proof[piece], str):
            continue
        author = told.get("author", "")
        signed = {each.whom for each in signers(now, author)}
        named = (each for each in claimants if str(each.pk) not in signed)
        others = [each.name_kk for each in named if not _named(each, author)]
        if others:
            error = FieldError(f"evidence.{piece}.author", "not_each")
            fact = Fact("claimant", ", ".join(others), "-")
            return Refusal("others_owed", rule=ground.rule.id, facts=(fact,), errors=(error,))
    return None


def _several(now: Facts) -> bool:
    """Whether the document names more claimants than one."""
    return sum(person["role"] == CLAIMANT for person in people_of(now.thing)) >= SEVERAL


def _named(person: Participant, text: str) -> bool:
    """Whether every word of a name of the person stands in the text."""
    return any(names(name, text) for name in (person.name_kk, person.name_ru))

"""One claimant's will is not the others': what ends the recovery of all is signed by each."""

from collections.abc import Mapping
from uuid import UUID

from enforcement.core.facts import Facts
from enforcement.models import Participant
from law.evidence import Kept
from law.model import Ground
from law.refusal import Fact, FieldError, Refusal
from parties.spelling import name_key


def others_owed(now: Facts, ground: Ground, proof: Mapping[str, Kept]) -> Refusal | None:
    """The claimants who are still owed and whom the evidence does not name, where several are
    (TERMN-01, RET-01)."""
    if not ground.by_each:
        return None
    owed = [UUID(each.id) for each in now.running.claims if each.owed]
    claimants = Participant.objects.filter(claims__in=owed).order_by("position").distinct()
    if len(claimants) < 2:
        return None
    for piece in ground.by_each:
        told, field = _signed(piece, proof[piece])
        others = [each.name_kk for each in claimants if not _named(each, told)]
        if others:
            fact, error = Fact("claimant", ", ".join(others), "-"), FieldError(field, "not_each")
            return Refusal("others_owed", rule=ground.rule.id, facts=(fact,), errors=(error,))
    return None


def _signed(piece: str, kept: Kept) -> tuple[str, str]:
    """By whom it is signed, or all that is told of it, and the field that says so."""
    if isinstance(kept, str):
        return kept, f"evidence.{piece}"
    return kept.get("author", ""), f"evidence.{piece}.author"


def _named(person: Participant, text: str) -> bool:
    """Whether every word of a name of the person stands in the text."""
    heard = set(name_key(text).split())
    names = filter(None, (person.name_kk, person.name_ru))
    return any(set(name_key(name).split()) <= heard for name in names)

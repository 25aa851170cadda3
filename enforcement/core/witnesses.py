"""Attesting witnesses of an act: as many as the law asks, picked from those who take part in the
case or named for this act alone (BAIL-PWR-09, PARTIC-01)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms

from enforcement.core.facts import Facts
from enforcement.core.fields import Field, Given, Option
from enforcement.facts.engaged import Engaged, engaged_of
from law.model import Participation
from law.refusal import FieldError, Refusal
from law.statute import Statute
from parties.spelling import name_key

#: Under which names an act keeps its witnesses; the last one has all that are left.
SEATS: Final = ("witness_one", "witness_two")


def attesting(law: Statute) -> Participation | None:
    """In which role witnesses take part, and at least how many; None where the law asks none."""
    return next((each for each in law.participations.values() if each.least), None)


def spare(law: Statute) -> frozenset[str]:
    """The places of witnesses that may stay empty."""
    way = attesting(law)
    return frozenset(SEATS[way.least :] if way else ())


def engaged_witnesses(now: Facts) -> list[Engaged]:
    """The witnesses who take part in the case on the day."""
    way = attesting(now.law)
    here = (each for each in engaged_of(now.thing) if way and each.role == way.id)
    return [each for each in here if each.stands(now.on)]


@dataclass(frozen=True, kw_only=True)
class Picked(Field):
    """Witnesses who take part in the case, each a mark; the verb takes their names."""

    def drawn(self, now: Facts, option: Option | None) -> dict[str, forms.Field]:
        """A mark for each of them; none where there are none, or the act asks none."""
        if not self.when(now, option):
            return {}
        return {
            f"{self.name}.{each.id}": forms.BooleanField(label=_named(each), required=False)
            for each in engaged_witnesses(now)
        }

    def accept(self, value: Any, now: Facts, given: Mapping[str, Any]) -> list[str]:
        """Their names; a Refusal for somebody who is no witness of the case."""
        known = {each.id: _named(each) for each in engaged_witnesses(now)}
        picked = [key for key, marked in dict(value or {}).items() if marked]
        if set(picked) - set(known):
            raise Refusal("invalid", errors=(self.wrong("unknown"),))
        return [known[key] for key in known if key in picked]

    def examples(self, now: Facts, given: Mapping[str, Any]) -> dict[str, Any]:
        """None is picked by itself."""
        return {}


def _named(each: Engaged) -> str:
    return ", ".join(filter(None, (each.name, each.address)))


def present(given: Given, picked: Iterable[str]) -> dict[str, Any]:
    """What an act asks with its witnesses in their places: those picked, then those named."""
    named = (str(given.get(place, "")).strip() for place in SEATS)
    there = [*picked, *filter(None, named)]
    first, last = SEATS
    return {**given, first: "".join(there[:1]), last: "\n".join(there[1:])}


def refuse_too_few(
    law: Statute, given: Given, rule: str, *, prefix: str = "", spared: bool = False
) -> None:
    """422 where a witness is missing, or one is told twice (BAIL-PWR-09); `spared`: the act can be
    done with none."""
    lines = [line for place in SEATS for line in str(given.get(place, "")).splitlines()]
    there = [name_key(line) for line in lines if line.strip()]
    way = attesting(law)
    if way and len(there) < way.least and not (spared and not there):
        field = f"{prefix}{SEATS[min(len(there), len(SEATS) - 1)]}"
        raise Refusal("invalid", rule=rule, errors=(FieldError(field, "required"),))
    if len(set(there)) < len(there):
        raise Refusal("invalid", rule=rule, errors=(FieldError(f"{prefix}{SEATS[-1]}", "same"),))


def asks_witnesses(asks: Collection[str]) -> bool:
    """Whether an act asks for witnesses."""
    return bool(set(SEATS) & set(asks))

"""The parties of a case as a form lets choose among them, and those who act for them: by role and
place, as documents do."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format

from enforcement.core.authority import no_authority
from enforcement.core.facts import Facts
from enforcement.core.fields import Asked, Option, Thing
from enforcement.core.words import reading
from enforcement.facts.engaged import Engaged, engaged_of
from enforcement.facts.queries import Person, people_of
from law.model import Words


def path_of(person: Person, people: list[Person]) -> str:
    """A party by role and place, such as `debtors[0]`."""
    own = [each["id"] for each in people if each["role"] == person["role"]]
    return f"{person['role']}s[{own.index(person['id'])}]"


def by_path(now: Facts) -> dict[str, Person]:
    """The parties of a thing's arrival by their paths."""
    people = people_of(now.thing)
    return {path_of(each, people): each for each in people}


def by_place(now: Facts, text: str) -> Person | None:
    """A party as documents name him: `debtors[0]`."""
    return by_path(now).get(text)


def parties(
    now: Facts, fits: Callable[[Person], bool] = lambda person: True
) -> Mapping[str, Words]:
    """The parties to choose among, with their roles in words."""
    return {path: _said(now, each) for path, each in by_path(now).items() if fits(each)}


def _said(now: Facts, person: Person) -> Words:
    role = now.law.word("fields", f"{person['role']}s")
    kk, ru = person["kk"], person["ru"]
    return Words(kk=f"{kk} ({role.kk})", ru=f"{ru} ({role.ru})", en=f"{kk} ({role.en})")


# --- Who acts: a party himself, or another for him ------------------------------------------------


def acting(
    now: Facts, fits: Callable[[Person], bool] = lambda person: True
) -> Iterator[tuple[Person, str]]:
    """The parties, then those who act for them, each with what he is called."""
    people = [each for each in people_of(now.thing) if fits(each)]
    for person in people:
        yield person, _name(person)
    for agent in agents(now):
        for person in (each for each in people if each["id"] == agent.whom):
            yield {**person, "agent": agent}, _called(now, agent, person)


def agents(now: Facts) -> list[Engaged]:
    """Who was engaged to act for a party, also whose authority is over."""
    ways = now.law.participations
    return [each for each in engaged_of(now.thing) if ways[each.role].whom == "must"]


def _name(person: Person) -> str:
    return person["ru"] if reading() == "ru" else person["kk"]


def _called(now: Facts, agent: Engaged, person: Person) -> str:
    """A representative with whom he acts for and until when."""
    way = now.law.participations[agent.role].title.in_(reading())
    last = agent.ended_on or agent.lasts_until
    until = f" – {date_format(last, 'SHORT_DATE_FORMAT')}" if last else ""
    return f"{agent.name} ({way}: {_name(person)}{until})"


def acts_through(person: Person | None) -> Engaged | None:
    """Who acts for the party that was picked; None where he does it himself."""
    return person.get("agent") if person else None


def in_evidence(person: Person, key: str) -> dict[str, str]:
    """How a line keeps who acted: the party, and who did it for him (REP-02)."""
    agent = acts_through(person)
    return {key: person["kk"], **({"representative": agent.name} if agent else {})}


def in_journal(person: Person | None) -> dict[str, Any]:
    """The key of who acted for the party, as a line of the journal has it."""
    agent = acts_through(person)
    return {"agent": agent.id} if agent else {}


def _key(person: Person) -> str:
    agent = acts_through(person)
    return agent.id if agent else person["id"]


def _of_the_arrival(now: Facts, named: Any) -> bool:
    """Whether he is a party of this arrival, or acts for one."""
    keys = {_key(person) for person, _name in acting(now)}
    return _key(named) in keys


@dataclass(frozen=True, kw_only=True)
class Acting(Thing):
    """A party, or who acts for him: his authority is asked of the day, and whether it names the
    power that the act needs (REP-01, REP-04)."""

    among: Callable[[Facts, Option | None], Any] = lambda now, option: acting(now)
    key: Callable[[Any], str] = _key
    named: Callable[[Facts, str], Any] | None = by_place
    belongs: Callable[[Facts, Any], bool] = _of_the_arrival
    #: On which day he acts, and by which power; empty where none need be named.
    day: Callable[[Facts, Asked], date] = lambda now, given: now.on
    power: Callable[[Facts, Asked], str] = lambda now, given: ""

    def accept(self, value: Any, now: Facts, given: Asked) -> Any:
        """The party with who acts for him; a Refusal where he may not."""
        agent = acts_through(value)
        if agent is not None:
            on, power = self.day(now, given), self.power(now, given)
            if refused := no_authority(now, [agent], on=on, power=power, field=self.name):
                raise refused
        return value

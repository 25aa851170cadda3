"""The parties of a case as a form lets choose among them: by role and place, as documents do."""

from collections.abc import Callable, Mapping
from typing import Any

from enforcement.core.facts import Facts
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


def of_the_arrival(now: Facts, named: Any) -> bool:
    """Whether he is a party of this arrival."""
    return any(person["id"] == named["id"] for person in people_of(now.thing))


def parties(
    now: Facts, fits: Callable[[Person], bool] = lambda person: True
) -> Mapping[str, Words]:
    """The parties to choose among, with their roles in words."""
    return {path: _said(now, each) for path, each in by_path(now).items() if fits(each)}


def _said(now: Facts, person: Person) -> Words:
    role = now.law.word("fields", f"{person['role']}s")
    kk, ru = person["kk"], person["ru"]
    return Words(kk=f"{kk} ({role.kk})", ru=f"{ru} ({role.ru})", en=f"{kk} ({role.en})")

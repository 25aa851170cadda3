"""Wordings of one thing that follow each other: on no day two of them are in force."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from law.model import LawError, UnknownRule

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Wording(Generic[T]):
    """One wording, in force [since, until)."""

    since: date
    until: date | None
    item: T

    def covers(self, on: date) -> bool:
        """Whether it is in force on that day."""
        return self.since <= on and (self.until is None or on < self.until)


class Wordings(Generic[T]):
    """What the law's files say under each key, by the days it is in force."""

    def __init__(self) -> None:
        self._found: dict[str, list[_Wording[T]]] = {}

    def __contains__(self, key: object) -> bool:
        return key in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def add(
        self, key: str, item: T, *, where: str, since: date = date.min, until: date | None = None
    ) -> None:
        """Take a wording in; LawError where another is in force on one of its days."""
        known = self._found.setdefault(key, [])
        for other in known:
            ends = [end for end in (until, other.until) if end is not None]
            if not ends or max(since, other.since) < min(ends):
                raise LawError(f"{where}: two wordings are in force at once")
        known.append(_Wording(since, until, item))

    def pick(self, key: str, on: date | None = None) -> T:
        """The wording in force on `on`; without a date, or before the first, the newest."""
        if not (known := self._found.get(key)):
            raise UnknownRule(key)
        covering = (each for each in known if on is not None and each.covers(on))
        return next(covering, max(known, key=lambda each: each.since)).item

    def every(self, key: str) -> list[T]:
        """All wordings under a key, in the order of the files."""
        return [each.item for each in self._found.get(key, ())]

    def newest(self) -> dict[str, T]:
        """The newest wording under each key, in the order of the files."""
        return {key: self.pick(key) for key in self._found}

    def over(self, key: str, on: date) -> bool:
        """Whether all of them are out of force by that day."""
        return all(each.until is not None and each.until <= on for each in self._found[key])

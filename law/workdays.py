"""Which days are worked: the decreed calendars as dated editions, fixed holidays beyond them."""

import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

from law.model import LANGUAGES, LawError, Words

FOLDER: Final = Path(__file__).parent / "calendar"
EARLIER: Final = Path(__file__).parent / "earlier_holidays.toml"
DAY: Final = timedelta(days=1)
#: Wide enough for any document's dates and the longest term from them (shape.EARLIEST, LATEST).
FIRST_YEAR: Final = 1950
LAST_YEAR: Final = 2090
#: Weekday names are words of the ledger; Monday is 0.
WEEKEND: Final = {
    5: Words("сенбі", "суббота", "Saturday"),
    6: Words("жексенбі", "воскресенье", "Sunday"),
}


@dataclass(frozen=True, slots=True)
class Day:
    """Why a day differs from its weekday: the holiday, the moved day off or the worked weekend."""

    on: date
    worked: bool
    name: Words
    act: str
    instead_of: date | None = None


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday of one year; `moves` when a weekend takes it to the next working day."""

    on: date
    name: Words
    act: str
    moves: bool


def _words(table: dict[str, str], where: str) -> Words:
    if set(table) != set(LANGUAGES) or not all(table.values()):
        raise LawError(f"{where}: three languages are needed, got {sorted(table)}")
    return Words(**table)


@dataclass(frozen=True, slots=True)
class Edition:
    """One file of calendar/: a year as decreed, superseding earlier editions of that year.

    `published` orders the editions: what is published later was not known before.
    """

    name: str
    year: int
    published: date
    acts: tuple[str, ...]
    holidays: tuple[Holiday, ...]
    special: tuple[Day, ...]

    @classmethod
    def read(cls, path: Path) -> "Edition":
        """Read one edition; an unknown key or a date of another year is refused."""
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        known = {"year", "published", "acts", "supersedes", "holiday", "day_off", "worked"}
        unknown = set(data) - known
        if unknown:
            raise LawError(f"{path.name}: unknown keys {sorted(unknown)}")
        holidays = tuple(cls._holiday(row, path.name) for row in data.get("holiday", []))
        special = tuple(
            cls._day(row, key == "worked", path.name)
            for key in ("day_off", "worked")
            for row in data.get(key, [])
        )
        for on in [h.on for h in holidays] + [d.on for d in special]:
            if on.year != data["year"]:
                raise LawError(f"{path.name}: {on} is not of {data['year']}")
        acts = tuple(data.get("acts", ()))
        return cls(path.stem, data["year"], data["published"], acts, holidays, special)

    @staticmethod
    def _holiday(row: dict[str, Any], where: str) -> Holiday:
        if set(row) - {"on", "act", "name", "moves", "estimated"}:
            raise LawError(f"{where}: unknown key in holiday {row}")
        return Holiday(row["on"], _words(row["name"], where), row["act"], row["moves"])

    @staticmethod
    def _day(row: dict[str, Any], worked: bool, where: str) -> Day:
        if set(row) - {"on", "instead_of", "act", "name"}:
            raise LawError(f"{where}: unknown key in {row}")
        name = _words(row["name"], where)
        return Day(row["on"], worked, name, row["act"], row.get("instead_of"))


class Calendar:
    """The working days of Kazakhstan as known by an edition."""

    def __init__(self, editions: tuple[Edition, ...]) -> None:
        self.edition = editions[-1].name
        self._years = {edition.year: edition for edition in editions}
        self.first_decreed_year = min(self._years)
        self.last_decreed_year = max(self._years)

    @cached_property
    def days(self) -> dict[date, Day]:
        """Every day that differs from its weekday, decreed or projected."""
        found: dict[date, Day] = {}
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            edition = self._years.get(year)
            found.update(_decreed(edition) if edition else self._projected(year))
        return found

    def _projected(self, year: int) -> dict[date, Day]:
        """Fixed holidays of the nearest decreed year, or those kept before there was one (Q30); a
        weekend moves them on."""
        earlier = year < self.first_decreed_year
        holidays = _earlier(year) if earlier else self._carried(year)
        days = {h.on: Day(h.on, False, h.name, h.act) for h in holidays}
        for holiday in holidays:
            if holiday.moves and holiday.on.weekday() in WEEKEND:
                free = holiday.on
                while free in days or free.weekday() in WEEKEND:
                    free += DAY
                days[free] = Day(free, False, holiday.name, holiday.act, holiday.on)
        return days

    def _carried(self, year: int) -> list[Holiday]:
        nearest = self._years[min(self._years, key=lambda known: abs(known - year))]
        fixed = [h for h in nearest.holidays if h.moves or (h.on.month, h.on.day) == (1, 7)]
        return [Holiday(h.on.replace(year=year), h.name, h.act, h.moves) for h in fixed]

    @cached_property
    def _working(self) -> list[int]:
        """Ordinals of all working days, ascending: the table every count looks up."""
        first = date(FIRST_YEAR, 1, 1).toordinal()
        last = date(LAST_YEAR, 12, 31).toordinal()
        return [n for n in range(first, last + 1) if self._is_working(date.fromordinal(n))]

    def _is_working(self, on: date) -> bool:
        special = self.days.get(on)
        return special.worked if special else on.weekday() not in WEEKEND

    def is_working(self, on: date) -> bool:
        """Whether `on` is worked."""
        return self._is_working(on)

    def why(self, on: date) -> Words:
        """Why `on` is not worked (or, on a weekend, is worked)."""
        special = self.days.get(on)
        if special is None:
            return WEEKEND[on.weekday()]
        if special.instead_of is None:
            return special.name
        note = f"{special.instead_of:%d.%m.%Y}"
        name = special.name
        return Words(f"{name.kk} ({note})", f"{name.ru} ({note})", f"{name.en} ({note})")

    def roll(self, on: date) -> date:
        """`on` itself when worked, else the next working day."""
        table = self._working
        return date.fromordinal(table[bisect_right(table, on.toordinal() - 1)])

    def roll_back(self, on: date) -> date:
        """`on` itself when worked, else the last working day before it."""
        table = self._working
        return date.fromordinal(table[bisect_right(table, on.toordinal()) - 1])

    def add_working(self, on: date, days: int) -> date:
        """The `days`-th working day after `on` (`days` >= 1)."""
        table = self._working
        return date.fromordinal(table[bisect_right(table, on.toordinal()) + days - 1])

    def count_working(self, first: date, last: date) -> int:
        """How many days of [first, last] are worked."""
        table = self._working
        return bisect_right(table, last.toordinal()) - bisect_right(table, first.toordinal() - 1)

    def provisional(self, first: date, last: date) -> bool:
        """Whether what depends on [first, last] depends on days without a calendar (Q30)."""
        return first.year < self.first_decreed_year or last.year > self.last_decreed_year


def _decreed(edition: Edition) -> dict[date, Day]:
    days = {h.on: Day(h.on, False, h.name, h.act) for h in edition.holidays}
    days.update({day.on: day for day in edition.special})
    return days


@lru_cache
def _earlier_rows() -> dict[str, Any]:
    return tomllib.loads(EARLIER.read_text(encoding="utf-8"))


def _earlier(year: int) -> list[Holiday]:
    """The fixed holidays of a year before the first known calendar, which say so."""
    data = _earlier_rows()
    note, found = _words(data["note"], EARLIER.name), []
    for row in data["holiday"]:
        if row.get("since", FIRST_YEAR) <= year < row.get("until", LAST_YEAR):
            name = _words(row["name"], EARLIER.name)
            said = Words(*(f"{name.in_(each)} ({note.in_(each)})" for each in LANGUAGES))
            moves = row.get("moves", True) and year >= data["moves_since"]
            on = date(year, row["month"], row["day"])
            found.append(Holiday(on, said, row["act"], moves))
    return found


@lru_cache
def editions() -> tuple[Edition, ...]:
    """All editions in the order they were published."""
    found = [Edition.read(path) for path in FOLDER.glob("*.toml")]
    return tuple(sorted(found, key=lambda edition: (edition.published, edition.name)))


@lru_cache
def calendar(edition: str = "") -> Calendar:
    """The calendar as known by `edition` (the newest when empty)."""
    known = editions()
    names = [e.name for e in known]
    if edition and edition not in names:
        raise UnknownEdition(edition)
    upto = names.index(edition) + 1 if edition else len(known)
    return Calendar(known[:upto])


class UnknownEdition(KeyError):
    """A calendar edition that was never published."""

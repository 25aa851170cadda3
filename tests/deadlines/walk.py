"""A second count of a term: one day after another, as on a wall calendar, from the same TOML files.

It shares no code with the product, so that the two can only agree by both being right.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

LAW: Final = Path(__file__).parents[2] / "law"
CALENDARS: Final = LAW / "calendar"
ONE_DAY: Final = timedelta(days=1)
Span = tuple[date, date]
Pause = tuple[date, date | None]


@dataclass(frozen=True)
class Walked:
    """Where the walk ended: on a last day, before an open pause with days left, or before it
    began, on the day that left nothing."""

    nominal: date | None
    due: date | None
    left: int | None
    over: date | None = None


@lru_cache
def _files() -> dict[int, dict[str, list[dict[str, object]]]]:
    """The file of each year that was published last."""
    read = [tomllib.loads(path.read_text(encoding="utf-8")) for path in CALENDARS.glob("*.toml")]
    return {data["year"]: data for data in sorted(read, key=lambda data: data["published"])}


@lru_cache
def _days(year: int) -> tuple[set[date], set[date]]:
    """The days off and the worked weekend days of a year, decreed or carried over."""
    files = _files()
    if data := files.get(year):
        off = {row["on"] for key in ("holiday", "day_off") for row in data.get(key, [])}
        return off, {row["on"] for row in data.get("worked", [])}  # type: ignore[return-value]
    fixed = _kept(year) if year < min(files) else _carried(files[max(files)], year)
    off = {on for on, _ in fixed}
    for on, moves in sorted(fixed):
        if moves and on.isoweekday() > 5:
            free = on
            while free in off or free.isoweekday() > 5:
                free += ONE_DAY
            off.add(free)
    return off, set()


def _carried(data: dict[str, list[dict[str, object]]], year: int) -> list[tuple[date, bool]]:
    """The fixed holidays of a decreed year in another one, and whether they move."""
    fixed = []
    for row in data["holiday"]:
        on: date = row["on"].replace(year=year)  # type: ignore[attr-defined]
        if row["moves"] or (on.day, on.month) == (7, 1):
            fixed.append((on, bool(row["moves"])))
    return fixed


@lru_cache
def _kept(year: int) -> list[tuple[date, bool]]:
    """The fixed holidays of a year before the first calendar, and whether they move."""
    told = tomllib.loads((LAW / "earlier_holidays.toml").read_text(encoding="utf-8"))
    return [
        (
            date(year, row["month"], row["day"]),
            row.get("moves", True) and year >= told["moves_since"],
        )
        for row in told["holiday"]
        if row.get("since", year) <= year < row.get("until", year + 1)
    ]


def is_worked(on: date) -> bool:
    """Whether the files say that people work on this day."""
    off, worked = _days(on.year)
    return on in worked or (on.isoweekday() < 6 and on not in off)


def days_of_months(start: date, months: int) -> int:
    """How many days lie between `start` and the same date number `months` later."""
    day, passed = start, 0
    while passed < months:
        day += ONE_DAY
        last_of_month = (day + ONE_DAY).day == 1
        if day.day == start.day or (last_of_month and day.day < start.day):
            passed += 1
    return (day - start).days


def elapsed(used: Iterable[Span]) -> list[date]:
    """Days of presentation used up before, in order; a day in two spans is one day."""
    found = set()
    for since, until in used:
        day = since
        while day < until:
            day += ONE_DAY
            found.add(day)
    return sorted(found)


def length(unit: str, number: int, start: date) -> int:
    """The days that must be counted off, in calendar or in working days."""
    if unit in ("day", "working_day"):
        return number
    return days_of_months(start, number * (12 if unit == "year" else 1))


def walk(
    unit: str,
    number: int,
    start: date,
    pauses: Iterable[Pause] = (),
    used: Iterable[Span] = (),
    *,
    rolls: bool = True,
) -> Walked:
    """Count a term day by day: the event's day is not counted, nor is a day of a pause."""
    before, whole = elapsed(used), length(unit, number, start)
    if before and len(before) >= whole:
        return Walked(None, None, None, before[whole - 1])
    needed = whole - len(before)
    pauses = tuple(pauses)
    day, counted = start, 0
    while counted < needed:
        day += ONE_DAY
        around = [until for since, until in pauses if since <= day]
        if None in around:
            return Walked(None, None, needed - counted)
        still = any(until is not None and day < until for until in around)
        if not still and (unit != "working_day" or is_worked(day)):
            counted += 1
    due = day
    while rolls and not is_worked(due):
        due += ONE_DAY
    return Walked(day, due, None)

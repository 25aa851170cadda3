"""Which days are worked: decreed years, their editions, projected years."""

from __future__ import annotations

import hashlib
import json
import tomllib
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

from deadlines.calculator import reckon
from law.model import LawError
from law.statute import statute
from law.workdays import (
    FIRST_YEAR,
    FOLDER,
    LAST_YEAR,
    Calendar,
    Edition,
    UnknownEdition,
    calendar,
    editions,
)

DAY = timedelta(days=1)
#: Editions are append-only: once published, what one says never changes. A new one gets a new row.
PUBLISHED = {
    "2023-1": "a31711b3518bcf1b",
    "2024-1": "057d2056ce2f01a4",
    "2025-1": "1bcf3e5a7a929537",
    "2026-1": "bbc6d5d545a6aa5b",
    "2026-2": "fdfe5cd6921b51ad",
    "2027-1": "45dec1241e49b6bd",
}


def digest(path: Path) -> str:
    """What an edition says, without its comments."""
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    return hashlib.sha256(json.dumps(said, default=str, sort_keys=True).encode()).hexdigest()[:16]


def test_a_published_edition_never_changes() -> None:
    assert {path.stem: digest(path) for path in sorted(FOLDER.glob("*.toml"))} == PUBLISHED


@pytest.mark.parametrize(
    ("on", "worked", "why"),
    [
        (date(2023, 7, 1), True, "a Saturday worked for Friday the 7th"),
        (date(2023, 7, 7), False, "the Friday"),
        (date(2024, 5, 4), True, "a Saturday worked for Wednesday the 8th"),
        (date(2024, 5, 8), False, "the Wednesday"),
        (date(2025, 1, 5), True, "a Sunday worked for Friday the 3rd"),
        (date(2025, 1, 3), False, "the Friday"),
        (date(2026, 3, 16), True, "the Constitution Day of 15 March begins in 2027"),
        (date(2026, 8, 31), True, "30 August is no holiday any more, so nothing moves"),
        (date(2027, 3, 15), False, "Constitution Day"),
        (date(2027, 8, 30), True, "no holiday any more"),
        (date(2026, 1, 7), False, "Orthodox Christmas"),
        (date(2024, 1, 8), True, "Christmas on a Sunday does not move"),
        (date(2026, 5, 27), False, "Kurban Ait"),
        (date(2024, 6, 17), True, "Kurban Ait on a Sunday does not move"),
        (date(2026, 3, 9), False, "moved from Sunday 8 March"),
        (date(2026, 3, 25), False, "moved from Sunday 22 March"),
        (date(2026, 3, 26), True, "the first day after Nauryz"),
    ],
)
def test_a_day_is_worked_as_decreed(on: date, worked: bool, why: str) -> None:
    assert calendar().is_working(on) is worked, why


def _differences(edition: str, first: int, last: int) -> dict[date, bool]:
    """Days on which the public package and the edition differ, with what the edition says."""
    theirs, ours = holidays.country_holidays("KZ"), calendar(edition)
    days = (
        date(first, 1, 1) + DAY * n
        for n in range((date(last, 12, 31) - date(first, 1, 1)).days + 1)
    )
    return {
        on: ours.is_working(on) for on in days if theirs.is_working_day(on) != ours.is_working(on)
    }


def test_the_calendars_agree_with_the_public_package() -> None:
    """No difference is known; the one of the superseded edition shows that the test can see one."""
    assert _differences("", 2023, 2027) == {}
    assert _differences("2026-1", 2026, 2026) == {date(2026, 8, 31): False}


def test_before_the_first_calendar_the_holidays_of_then_are_kept_and_say_so() -> None:
    """Unlike in the public package no day is moved by decree, nor is Kurban Ait known."""
    theirs = holidays.country_holidays("KZ", years=range(1999, 2023), language="en_US")
    decreed = {on for on, name in theirs.items() if "substituted" in name or "Eid" in name}
    differ = {on for on in _differences("", 1999, 2022) if on.weekday() < 5} - decreed
    assert differ == {date(2020, 5, 11)}, "a Monday worked for Friday the 8th"
    assert calendar().why(date(2021, 12, 1)).en == (
        "First President's Day (the calendar of that year is not known)"
    )


@pytest.mark.rule("TERM-OFFER-3D")
def test_two_editions_of_a_year_give_two_last_days() -> None:
    term = statute("lecture").term("TERM-OFFER-3D")
    by = {
        name: reckon(term, starts_on=date(2026, 8, 28), calendar=calendar(name)).due_on
        for name in ("2026-1", "2026-2")
    }
    assert by == {"2026-1": date(2026, 9, 1), "2026-2": date(2026, 8, 31)}


def test_an_edition_knows_nothing_of_later_ones() -> None:
    published = [edition.published for edition in editions()]
    assert published == sorted(published)
    assert calendar("2026-1").last_decreed_year == 2026
    assert calendar("2026-1").edition == "2026-1"
    assert calendar().edition == [edition.name for edition in editions()][-1]
    with pytest.raises(UnknownEdition):
        calendar("2026-3")


def test_a_year_decreed_anew_after_the_next_year_was_decreed_is_the_newest_edition(
    tmp_path: Path,
) -> None:
    """What ended under 2027-1 keeps its days: a later 2026-3 was not known then."""
    again = tmp_path / "2026-3.toml"
    decreed = (FOLDER / "2026-2.toml").read_text(encoding="utf-8")
    extra = ["[[day_off]]", _row(moves="", on="2026-12-31")]
    again.write_text("\n".join([decreed, *extra]), encoding="utf-8")
    known = Calendar((*editions(), Edition.read(again)))
    assert (known.edition, known.last_decreed_year) == ("2026-3", 2027)
    assert known.is_working(date(2026, 12, 31)) is False
    assert calendar("2027-1").is_working(date(2026, 12, 31)) is True


def test_a_date_is_provisional_exactly_after_the_last_decreed_year() -> None:
    term = statute("lecture").term("TERM-DEFECT-3D")
    first, last = date(2027, 12, 1), date(2028, 1, 31)
    while first <= last:
        found = reckon(term, starts_on=first, calendar=calendar())
        assert found.due_on is not None
        assert found.provisional is (found.due_on > date(2027, 12, 31))
        first += DAY


@pytest.mark.parametrize(
    ("rule", "starts_on", "due_on", "provisional"),
    [
        ("TERM-DEFECT-3D", date(2021, 10, 22), date(2021, 10, 25), True),
        ("TERM-DEFECT-3D", date(2022, 12, 31), date(2023, 1, 4), False),
        # Of working days the years before count too, though the last one is in a known year.
        ("TERM-SEND-1D", date(2022, 12, 30), date(2023, 1, 4), True),
        ("TERM-SEND-1D", date(2022, 12, 31), date(2023, 1, 4), False),
        ("TERM-EXEC-2M", date(2022, 10, 12), date(2022, 12, 12), True),
        # Months are counted without a calendar: only the last day needs one.
        ("TERM-EXEC-2M", date(2022, 12, 12), date(2023, 2, 13), False),
    ],
)
def test_a_date_is_provisional_before_the_first_known_calendar(
    rule: str, starts_on: date, due_on: date, provisional: bool
) -> None:
    found = reckon(statute("lecture").term(rule), starts_on=starts_on, calendar=calendar())
    assert (found.due_on, found.provisional) == (due_on, provisional)


def test_a_term_that_stands_still_is_provisional_where_its_days_are() -> None:
    term = statute("lecture").term("TERM-EXEC-2M")
    for year, provisional in ((2021, True), (2024, False), (2030, True)):
        still = (date(year, 3, 1), None)
        found = reckon(term, starts_on=date(year, 2, 1), calendar=calendar(), pauses=[still])
        assert (found.due_on, found.provisional) == (None, provisional)


@pytest.mark.parametrize(
    ("on", "worked", "why"),
    [
        (date(2028, 1, 3), False, "New Year on Saturday and Sunday moves to Monday"),
        (date(2028, 1, 4), False, "and to Tuesday"),
        (date(2028, 1, 5), True, "and no further"),
        (date(2028, 1, 7), False, "Orthodox Christmas is fixed"),
        (date(2029, 1, 8), True, "and does not move from its Sunday"),
        (date(2029, 3, 15), False, "Constitution Day, as in the last decreed year"),
        (date(2028, 8, 30), True, "not as in the years before"),
        (date(2022, 8, 30), False, "but so it was before the first decreed year"),
        (date(2028, 5, 5), True, "Kurban Ait is not projected"),
        (date(2032, 3, 24), False, "Nauryz from Sunday 21 March moves past its own days"),
    ],
)
def test_fixed_holidays_are_carried_into_years_not_decreed(
    on: date, worked: bool, why: str
) -> None:
    assert calendar().is_working(on) is worked, why


def test_each_day_not_worked_says_why_in_three_languages() -> None:
    known = calendar()
    for n in range((date(2030, 1, 1) - date(2020, 1, 1)).days):
        on = date(2020, 1, 1) + DAY * n
        if not known.is_working(on):
            why = known.why(on)
            assert why.kk
            assert why.ru
            assert why.en
    assert known.why(date(2026, 3, 9)).en == "Day off moved: International Women's Day (08.03.2026)"
    assert known.why(date(2026, 3, 14)).ru == "суббота"


def test_the_next_and_the_last_worked_day_are_found_from_any_day() -> None:
    known = calendar()
    assert known.roll(date(2026, 3, 21)) == date(2026, 3, 26)
    assert known.roll_back(date(2026, 3, 25)) == date(2026, 3, 20)
    assert known.roll(date(2026, 3, 26)) == known.roll_back(date(2026, 3, 26)) == date(2026, 3, 26)
    assert known.count_working(date(2026, 3, 20), date(2026, 3, 26)) == 2
    assert known.add_working(date(2026, 3, 20), 1) == date(2026, 3, 26)
    for year in (FIRST_YEAR, LAST_YEAR):
        assert known.is_working(known.roll(date(year, 6, 1)))


def _edition(folder: Path, *lines: str) -> Edition:
    file = folder / "2030-1.toml"
    file.write_text("\n".join(["year = 2030", "published = 2029-12-01", *lines]), encoding="utf-8")
    return Edition.read(file)


def _row(**changes: str) -> str:
    row = {
        "on": "2030-01-01",
        "act": '"Z010000267_"',
        "name": '{ kk = "Мереке", ru = "Праздник", en = "Holiday" }',
        "moves": "true",
        **changes,
    }
    return "\n".join(f"{key} = {value}" for key, value in row.items() if value)


def test_an_edition_is_read(tmp_path: Path) -> None:
    found = _edition(tmp_path, "[[holiday]]", _row())
    assert (found.name, found.year, len(found.holidays)) == ("2030-1", 2030, 1)


@pytest.mark.parametrize(
    "lines",
    [
        ["vacation = 1"],
        ["[[holiday]]", _row(colour='"red"')],
        ["[[holiday]]", _row(name='{ kk = "Мереке", ru = "Праздник" }')],
        ["[[holiday]]", _row(name='{ kk = "", ru = "Праздник", en = "Holiday" }')],
        ["[[holiday]]", _row(on="2031-01-01")],
        ["[[day_off]]", _row(moves="", on="2029-12-31")],
        ["[[worked]]", _row()],
    ],
    ids=["key", "holiday key", "language", "empty", "year", "day off of a year", "worked key"],
)
def test_an_edition_of_another_shape_is_refused(tmp_path: Path, lines: list[str]) -> None:
    with pytest.raises(LawError, match=r"2030-1\.toml"):
        _edition(tmp_path, *lines)

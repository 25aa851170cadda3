"""The calculator and a day-by-day walk reach the same day, and the ledger's rows tell the way."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deadlines.calculator import BadPause, Reckoning, Step, reckon
from law.model import Nature, Term, Unit
from law.statute import RULE_SETS, statute
from law.workdays import calendar
from tests.deadlines.walk import ONE_DAY, Pause, Span, elapsed, is_worked, length, walk

FIRST_DECREED_DAY: Final = date(2023, 1, 1)
LAST_DECREED_DAY: Final = date(2027, 12, 31)
#: Questions of a long proof, in each rule set.
QUESTIONS: Final = 100_000 if os.environ.get("SIZE") == "full" else 10_000
STOPS: Final = (("suspended", "resumed"),)
QUICK = settings(max_examples=400, derandomize=True, database=None, deadline=None)
LONG = settings(
    max_examples=QUESTIONS,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@dataclass(frozen=True)
class Question:
    """A term, the day of its event, what stood in its way."""

    term: Term
    start: date
    pauses: tuple[Pause, ...]
    used: tuple[Span, ...]

    def reckoned(self) -> Reckoning:
        return reckon(
            self.term,
            starts_on=self.start,
            calendar=calendar(),
            pauses=self.pauses,
            used=self.used,
        )


def terms(rule_set: str) -> list[Term]:
    """The terms of a rule set counted in days, months and years, and their like of other lengths.

    No law lets a term in working days stand still, or has one of more than a month: the
    calculator can do it, so the likes ask for it.
    """
    found = [term for term in statute(rule_set).terms() if term.unit is not Unit.HOUR]
    model = next(term for term in found if term.unit is not Unit.YEAR)
    likes = [
        replace(model, unit=unit, length=number, pauses=STOPS)
        for unit, number in (
            (Unit.DAY, 1),
            (Unit.DAY, 45),
            (Unit.WORKING_DAY, 1),
            (Unit.WORKING_DAY, 10),
            (Unit.WORKING_DAY, 40),
            (Unit.MONTH, 1),
            (Unit.YEAR, 1),
        )
    ]
    return found + likes


@st.composite
def questions(draw: st.DrawFn, rule_set: str) -> Question:
    """Terms, starts on any day, pauses that overlap, come too early or never end, used time."""
    term = draw(st.sampled_from(terms(rule_set)))
    start = draw(st.dates(date(2015, 1, 1), date(2040, 12, 31)))
    pauses: list[Pause] = []
    if term.pausable:
        for _ in range(draw(st.integers(0, 4))):
            since = start + timedelta(draw(st.integers(-40, 150)))
            lasts = draw(st.one_of(st.none(), st.integers(0, 60)))
            pauses.append((since, None if lasts is None else since + timedelta(lasts)))
    used: list[Span] = []
    if term.elapsed:
        for _ in range(draw(st.integers(0, 3))):
            until = start - timedelta(draw(st.integers(0, 900)))
            used.append((until - timedelta(draw(st.integers(0, 500))), until))
    return Question(term, start, tuple(pauses), tuple(used))


def agree(asked: Question) -> None:
    """The walk and the calculator give one answer, and the rows lead to it."""
    found = asked.reckoned()
    term, rolls = asked.term, asked.term.nature is not Nature.CAP
    walked = walk(term.unit, term.length, asked.start, asked.pauses, asked.used, rolls=rolls)
    assert (found.nominal_on, found.due_on, found.days_left, found.over_since) == (
        walked.nominal,
        walked.due,
        walked.left,
        walked.over,
    )
    if walked.due:
        assert found.provisional is _beyond_the_calendars(asked, walked.nominal, walked.due)
        assert found.safe_on == _last_worked(walked.nominal)
    _rows_lead_there(asked, found)


def _beyond_the_calendars(asked: Question, nominal: date | None, due: date) -> bool:
    """Whether a day that had to be looked up lies in a year without a decreed calendar."""
    assert nominal is not None
    first = asked.start + timedelta(1) if asked.term.unit == "working_day" else nominal
    return first < FIRST_DECREED_DAY or due > LAST_DECREED_DAY


def _last_worked(on: date | None) -> date:
    assert on is not None
    while not is_worked(on):
        on -= ONE_DAY
    return on


def _rows_lead_there(asked: Question, found: Reckoning) -> None:
    rows = list(found.steps)
    before = [row for row in rows if row.until <= asked.start and row.kind == "counted"]
    start, way = rows[len(before)], rows[len(before) + 1 :]
    end = [row for row in way if row.kind in ("rolled", "due")]
    way = way[: len(way) - len(end)]
    assert (start.on, start.until, start.kind, start.n) == (asked.start, asked.start, "start", 0)
    assert sum(row.n for row in before) == len(elapsed(asked.used))
    assert all(row.n == len(list(_days(row))) for row in before)
    _contiguous(way, after=asked.start)
    _each_is_what_it_says(asked, way)
    needed = length(asked.term.unit, asked.term.length, asked.start)
    counted = sum(row.n for row in before + way if row.kind == "counted")
    if found.over_since is not None:
        assert (way, end) == ([], [])
        return
    assert counted + (found.days_left or 0) == needed
    if found.due_on is None:
        assert (way[-1].kind, end) == ("paused", [])
        return
    assert (way[-1].until if way else asked.start) == found.nominal_on
    _rolls(end, found, rolls=asked.term.nature is not Nature.CAP)
    assert all(row.why.kk and row.why.ru and row.why.en for row in rows)


def _contiguous(way: list[Step], *, after: date) -> None:
    for row in way:
        assert row.on == after + ONE_DAY
        assert row.until >= row.on
        after = row.until


def _each_is_what_it_says(asked: Question, way: list[Step]) -> None:
    for row in way:
        for day in _days(row):
            assert _in_a_pause(asked, day) is (row.kind == "paused")
        if row.kind == "not_counted":
            assert asked.term.unit is Unit.WORKING_DAY
            assert (row.n, is_worked(row.on)) == (0, False)
        elif row.kind == "counted" and asked.term.unit is Unit.WORKING_DAY:
            assert row.n == sum(map(is_worked, _days(row)))
        elif row.kind == "counted":
            assert row.n == len(list(_days(row)))
        else:
            assert row.n == 0


def _in_a_pause(asked: Question, day: date) -> bool:
    return any(since <= day and (until is None or day < until) for since, until in asked.pauses)


def _rolls(end: list[Step], found: Reckoning, *, rolls: bool) -> None:
    """From the nominal end over days that are not worked to the last day, which is."""
    *rolled, due = end
    assert (due.on, due.until, due.kind, due.n) == (found.due_on, found.due_on, "due", 0)
    assert is_worked(due.on) or not rolls
    day = found.nominal_on
    for row in rolled:
        assert (row.on, row.until, row.kind, row.n) == (day, day, "rolled", 0)
        assert not is_worked(row.on)
        day = row.on + ONE_DAY
    assert day == due.on


def _days(row: Step) -> Iterator[date]:
    day = row.on
    while day <= row.until:
        yield day
        day += ONE_DAY


@QUICK
@given(questions("lecture"))
def test_the_walk_agrees_on_the_terms_of_the_lecture(asked: Question) -> None:
    agree(asked)


@QUICK
@given(questions("in_force"))
def test_the_walk_agrees_on_the_terms_in_force(asked: Question) -> None:
    agree(asked)


@pytest.mark.prove
@LONG
@given(questions("lecture"))
def test_the_walk_agrees_on_the_lecture_at_length(asked: Question) -> None:
    agree(asked)


@pytest.mark.prove
@LONG
@given(questions("in_force"))
def test_the_walk_agrees_on_the_law_in_force_at_length(asked: Question) -> None:
    agree(asked)


@pytest.mark.parametrize("rule_set", RULE_SETS)
def test_every_term_can_be_counted_from_both_ends_of_the_days_that_may_be_asked(
    rule_set: str,
) -> None:
    for term in statute(rule_set).terms():
        for start in (date(1998, 1, 1), date(2070, 12, 31)):
            if term.unit is not Unit.HOUR:
                agree(Question(term, start, (), ()))


@pytest.mark.parametrize("edition", ["2023-1", "2024-1", "2025-1", "2026-1", "2026-2", "2027-1"])
def test_explaining_a_term_does_not_change_it(edition: str) -> None:
    for term in terms("lecture"):
        for ordinal in range(date(2025, 12, 1).toordinal(), date(2026, 2, 1).toordinal()):
            asked = {"starts_on": date.fromordinal(ordinal), "calendar": calendar(edition)}
            told = reckon(term, **asked)
            assert told.steps
            assert replace(told, steps=()) == reckon(term, **asked, explain=False)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
@QUICK
def test_a_term_in_hours_is_so_many_hours_whatever_the_day(instant: datetime) -> None:
    term = statute("in_force").term("INF-TERMINATE-24H")
    found = reckon(term, starts_on=instant, calendar=calendar())
    clock = instant
    for _ in range(term.length):
        clock += timedelta(hours=1)
    assert found.due_on == clock
    assert [row.n for row in found.steps] == [24, 0]


def test_a_term_in_hours_needs_an_instant() -> None:
    with pytest.raises(ValueError, match="instant"):
        reckon(
            statute("in_force").term("INF-TERMINATE-24H"),
            starts_on=date(2026, 3, 10),
            calendar=calendar(),
        )


@pytest.mark.parametrize(
    ("term", "pauses", "used"),
    [
        ("TERM-EXEC-2M", [(date(2026, 4, 11), date(2026, 4, 1))], []),
        ("TERM-EXEC-2M", [], [(date(2025, 1, 1), date(2025, 2, 1))]),
        ("TERM-DEFECT-3D", [(date(2026, 3, 11), None)], []),
        ("PRES-3Y", [], [(date(2025, 2, 1), date(2025, 1, 1))]),
        ("PRES-3Y", [], [(date(2026, 3, 1), date(2026, 3, 11))]),
        ("INF-TERMINATE-24H", [(date(2026, 3, 10), None)], []),
        ("INF-TERMINATE-24H", [], [(date(2026, 3, 1), date(2026, 3, 2))]),
    ],
)
def test_a_span_that_cannot_be_is_refused(term: str, pauses: list[Pause], used: list[Span]) -> None:
    asked = statute("in_force").term(term)
    start = datetime(2026, 3, 10, 9, tzinfo=UTC) if asked.unit is Unit.HOUR else date(2026, 3, 10)
    with pytest.raises(BadPause):
        reckon(asked, starts_on=start, calendar=calendar(), pauses=pauses, used=used)


@pytest.mark.parametrize(
    ("used", "over_since"),
    [
        ([(date(2024, 1, 1), date(2026, 1, 1))], date(2024, 12, 31)),
        ([(date(2024, 1, 1), date(2024, 12, 31))], date(2024, 12, 31)),
        ([(date(2024, 1, 1), date(2024, 12, 30))], None),
        ([(date(2024, 1, 1), date(2024, 7, 1)), (date(2025, 1, 1), date(2025, 7, 2))], None),
        (
            [(date(2024, 1, 1), date(2024, 7, 1)), (date(2025, 1, 1), date(2025, 9, 1))],
            date(2025, 7, 3),
        ),
    ],
)
def test_used_time_as_long_as_the_term_leaves_nothing_of_it(
    used: list[Span], over_since: date | None
) -> None:
    term = statute("in_force").term("PRES-1Y-BODY")
    found = reckon(term, starts_on=date(2026, 3, 14), calendar=calendar(), used=used)
    assert found.over_since == over_since
    assert (found.due_on is None) is (over_since is not None)

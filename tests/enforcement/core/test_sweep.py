"""Terms run out by the calendar: each once, on its own day, whoever dies or sleeps meanwhile."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from deadlines.models import Deadline
from embedded.commands import WORKER
from enforcement import tasks
from enforcement.core.sweep import expire, sweep
from enforcement.models import Case, Proceeding
from journal.models import Entry
from law.refusal import Refusal
from tests.at_once import at_once
from tests.course import do, initiated, later, now, sound
from tests.office import DAY, act, arrive, open_offices
from tests.platform.database import FreshDatabase

ROOT = Path(__file__).parents[3]
LATE = DAY + timedelta(days=30)
DEFECT = "TERM-DEFECT-3D"


def expiries() -> list[tuple[str, str, str]]:
    """Every line of a term that ran out: its stream, rule, scope."""
    found = Entry.objects.filter(kind="expired").order_by("stream_id", "seq")
    return [(str(e.stream_id), e.facts["rule"], e.facts["scope"]) for e in found]


def each_once(count: int) -> None:
    """Every term expired, each by one line on its last day."""
    found = expiries()
    assert (len(found), len(set(found))) == (count, count)
    assert {(e.on, e.by_id) for e in Entry.objects.filter(kind="expired")} == {
        (date(2026, 3, 13), None)
    }
    sound()


def test_a_term_runs_out_the_day_after_its_last_and_says_so_once(offices: None) -> None:
    case = arrive("defective").case
    assert sweep(on=date(2026, 3, 13)).expired == 0
    first = sweep(on=date(2026, 3, 14))
    assert first.as_json() == {"on": "2026-03-14", "due": 1, "expired": 1, "already": 0}
    again = sweep(on=date(2026, 3, 15))
    assert again.as_json() == {"on": "2026-03-15", "due": 0, "expired": 0, "already": 1}
    assert case.stream.entries.filter(kind="expired").count() == 1
    each_once(1)


def test_a_sweep_asks_per_batch_and_not_per_case(offices: None) -> None:
    for number in range(12):
        arrive("defective", number)
    with CaptureQueriesContext(connection) as asked:
        assert sweep(on=LATE).expired == 12
    lines = [q for q in asked.captured_queries if "INSERT INTO journal_entry" in q["sql"]]
    assert len(lines) == 12
    assert len(asked) - len(lines) <= 10
    each_once(12)


def test_several_terms_of_one_case_run_out_each_on_its_own_day(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "deliver_offer", on=later(1))
    assert sweep(on=date(2026, 6, 1)).expired == 3
    told = Entry.objects.filter(kind="expired").order_by("seq")
    assert [(e.facts["rule"], str(e.on)) for e in told] == [
        ("TERM-VOLUNTARY-5D", "2026-03-17"),
        ("TERM-COMPLAINT-10D", "2026-03-26"),
        ("TERM-EXEC-2M", "2026-05-12"),
    ]
    sound()


def test_sweeps_at_the_same_moment_expire_each_term_once(fresh_database: FreshDatabase) -> None:
    open_offices()
    for number in range(30):
        arrive("defective", number)
    ended = at_once(*[lambda: sweep(on=LATE, batch=7).expired for _ in range(4)])
    assert sum(ended) == 30
    each_once(30)


def test_a_case_somebody_works_on_is_swept_as_soon_as_it_is_free(
    fresh_database: FreshDatabase,
) -> None:
    open_offices()
    presentation = arrive("defective", 1)
    arrive("defective", 2)
    found = at_once(
        lambda: expire(presentation.case.stream_id, on=LATE), lambda: sweep(on=LATE).expired
    )
    assert sum(found) == 2
    each_once(2)


# --- Ten days asleep ------------------------------------------------------------------------------


def rows() -> list[tuple[str, str, str]]:
    """Every term of the office as it stands: rule, last day, status; presentation terms apart."""
    return [
        (row.rule, str(row.due_on), row.status)
        for case in Case.objects.order_by("number")
        for row in case.stream.deadlines.exclude(rule="PRES-3Y").order_by("started_by", "rule")
    ]


def live(days: int, *, asleep: range) -> None:
    """Some weeks of an office; on the days `asleep` beat does not look at the calendar."""
    arrive("defective", 1)
    proceeding = initiated(2)
    for n in range(1, days):
        today = DAY + timedelta(days=n)
        if n not in asleep:
            sweep(on=today)
        if n == 2:
            do(proceeding, "deliver_offer", on=today)
        if n == days - 2:
            do(proceeding, "suspend", on=today)


@pytest.mark.parametrize("asleep", [range(0), range(3, 13), range(39), range(10, 20)], ids=str)
def test_beat_asleep_for_ten_days_changes_no_term_no_date_and_no_line(
    fresh_database: FreshDatabase, asleep: range
) -> None:
    open_offices()
    live(40, asleep=asleep)
    lines = Entry.objects.filter(kind="expired").order_by("on", "id")
    assert [(e.facts["rule"], e.facts["due_on"], str(e.on)) for e in lines] == [
        (DEFECT, "2026-03-13", "2026-03-13"),
        ("TERM-VOLUNTARY-5D", "2026-03-17", "2026-03-17"),
        ("TERM-COMPLAINT-10D", "2026-03-26", "2026-03-26"),
    ]
    assert rows() == [
        (DEFECT, "2026-03-13", "expired"),
        ("TERM-OFFER-3D", "2026-03-13", "met"),
        ("TERM-COMPLAINT-10D", "2026-03-26", "expired"),
        ("TERM-EXEC-2M", "None", "paused"),
        ("TERM-VOLUNTARY-5D", "2026-03-17", "expired"),
        ("TERM-COMPLAINT-10D", "2026-04-27", "running"),
    ]
    sound()


# --- Two offices, one of them asleep --------------------------------------------------------------

#: What people do meanwhile; some of it too late, some of it refused.
DONE = ("deliver_offer", "suspend", "resume", "set_four_months", "record_recovery", "terminate")
Told = tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]], list[str]]


def office(seed: int, *, asleep: range) -> Told:
    """Fifty days of eight cases, taken back: the terms, the lines of those that ran out, what
    people were answered. On the days `asleep` beat does not look."""
    chance, answers = Random(seed), []
    with transaction.atomic():
        running = [initiated(number) for number in range(6)]
        waiting = [arrive("defective", number) for number in (6, 7)]
        for day in range(2, 50):
            if day not in asleep:
                sweep(on=later(day))
            for _ in range(chance.choice((0, 0, 1, 2))):
                thing, verb = chance.choice(running), chance.choice(DONE)
                answers.append(f"{day} {verb} {answer(thing, verb, on=later(day))}")
            if day == 5 + seed % 20:
                act(waiting[0], "return_defective", on=later(day))
        sweep(on=later(50))
        told = (stored(), expired(), answers)
        sound()
        transaction.set_rollback(True)
    return told


def answer(proceeding: Proceeding, verb: str, *, on: date) -> str:
    """What a person is told who takes a verb."""
    try:
        with transaction.atomic():
            do(now(proceeding), verb, on=on)
    except Refusal as refused:
        return refused.code
    return "done"


def stored() -> Counter[tuple[str, ...]]:
    """Every term with its dates, of whatever case."""
    names = ("rule", "starts_on", "due_on", "status", "ended_on", "pauses")
    return Counter(
        (row.stream.case.label, *(str(getattr(row, name)) for name in names))
        for row in Deadline.objects.select_related("stream__case__office")
    )


def expired() -> Counter[tuple[str, ...]]:
    """Every line of a term that ran out: case, rule, last day, legal date."""
    found = Entry.objects.filter(kind="expired").select_related("stream__case__office")
    return Counter(
        (line.stream.case.label, line.facts["rule"], line.facts["due_on"], str(line.on))
        for line in found
    )


def alike(seed: int, asleep: range) -> None:
    """The office that slept knows what the one that was awake knows."""
    awake, slept = office(seed, asleep=range(0)), office(seed, asleep=asleep)
    assert slept[0] == awake[0]
    assert slept[1] == awake[1]
    assert slept[2] == awake[2]
    assert sum(awake[1].values()) > 8


@pytest.mark.parametrize("seed", range(4))
def test_ten_days_asleep_leave_an_office_with_the_terms_and_lines_of_one_awake(
    offices: None, seed: int
) -> None:
    alike(seed, range(4 + 9 * seed, 14 + 9 * seed))


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(20, 40))
def test_any_ten_days_asleep_leave_an_office_as_one_awake(offices: None, seed: int) -> None:
    first = Random(seed).randrange(2, 40)
    alike(seed, range(first, first + 10))


# --- A worker that dies ---------------------------------------------------------------------------


@contextmanager
def worker(database: FreshDatabase) -> Iterator[subprocess.Popen[bytes]]:
    """The office's own worker on a database, in a group of its own; killed at the end."""
    environ = dict(database.environ)
    program = subprocess.Popen(
        [sys.executable, *WORKER],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield program
    finally:
        program.kill()
        program.wait(20)


def until(met: Callable[[], bool], seconds: float) -> bool:
    """Whether it came true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if met():
            return True
        time.sleep(0.02)
    return False


def told() -> int:
    return Entry.objects.filter(kind="expired").count()


def killed_in_the_middle(database: FreshDatabase, count: int) -> int:
    """Kill a worker while it sweeps, start another, sweep again; how many the first had done."""
    open_offices()
    for number in range(count):
        arrive("defective", number)
    with worker(database) as first:
        tasks.sweep.delay()
        assert until(lambda: told() > 0, 60), "the worker did not begin"
        first.send_signal(signal.SIGKILL)
        first.wait(20)
    before = told()
    with worker(database):
        tasks.sweep.delay()
        assert until(lambda: told() == count, 120), f"{told()} of {count}"
        tasks.sweep.delay()
        time.sleep(1)
    each_once(count)
    return before


def test_a_worker_killed_while_it_sweeps_leaves_each_expiry_once(
    fresh_database: FreshDatabase,
) -> None:
    assert killed_in_the_middle(fresh_database, 100) > 0


@pytest.mark.prove
def test_a_worker_killed_among_many_terms_leaves_each_expiry_once(
    fresh_database: FreshDatabase,
) -> None:
    many = 2000 if os.environ.get("SIZE") == "full" else 600
    assert killed_in_the_middle(fresh_database, many) < many


def test_the_command_says_what_it_did(fresh_database: FreshDatabase) -> None:
    open_offices()
    arrive("defective")
    for due, expired, already in ((1, 1, 0), (0, 0, 1)):
        done = subprocess.run(
            [sys.executable, "manage.py", "sweep", "--on", LATE.isoformat(), "--json"],
            cwd=ROOT,
            env=fresh_database.environ,
            capture_output=True,
            text=True,
            check=True,
        )
        wanted = {"on": str(LATE), "due": due, "expired": expired, "already": already}
        assert json.loads(done.stdout) == wanted

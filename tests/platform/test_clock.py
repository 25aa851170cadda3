"""The demo's clock: one for all processes, going on from the instant set."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import clock
from config.management.commands.clock import read_instant
from embedded.places import ROOT

SOON = timedelta(seconds=30)


@pytest.fixture
def demo_clock(tmp_path: Path) -> Iterator[Path]:
    """Keep the clock's shift in a folder of the test."""
    before = clock._shift.file
    clock.keep_shift_in(tmp_path / "clock.json")
    yield tmp_path / "clock.json"
    clock.keep_shift_in(before)


def test_the_clock_is_real_and_in_utc_plus_5_until_it_is_set(demo_clock: Path) -> None:
    assert not clock.is_set()
    assert abs(clock.now() - datetime.now(UTC)) < SOON
    assert clock.now().utcoffset() == timedelta(hours=5)


def test_time_goes_on_from_the_instant_set(demo_clock: Path) -> None:
    instant = datetime(2026, 3, 10, 23, 59, 59, 900_000, tzinfo=clock.ALMATY)
    clock.set_to(instant)
    assert clock.is_set()
    first = clock.now()
    assert timedelta(0) <= first - instant < SOON
    assert clock.now() > first


def test_another_process_sees_the_clock_that_was_set(demo_clock: Path) -> None:
    clock.set_to(datetime(2031, 5, 5, 12, tzinfo=clock.ALMATY))
    asked = (
        "import clock, pathlib, sys; clock.keep_shift_in(pathlib.Path(sys.argv[1]));"
        "print(clock.today())"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked, str(demo_clock)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "2031-05-05"


def test_a_clock_that_another_process_sets_or_resets_is_read_again(demo_clock: Path) -> None:
    for year in (2027, 2028, 2029):  # faster than a file's time stamp may tick
        clock.set_to(datetime(year, 6, 1, 12, tzinfo=clock.ALMATY))
        assert clock.today().year == year
    demo_clock.unlink()
    assert abs(clock.now() - datetime.now(UTC)) < SOON


def test_only_a_demo_office_has_a_clock_that_can_be_set(demo_clock: Path) -> None:
    clock.keep_shift_in(None)
    with pytest.raises(clock.ClockNotSettable):
        clock.set_to(datetime(2026, 3, 10, tzinfo=clock.ALMATY))
    with pytest.raises(CommandError, match="refused"):
        call_command("clock", "2026-03-10")


def test_an_instant_without_offset_is_refused(demo_clock: Path) -> None:
    with pytest.raises(ValueError, match="offset"):
        clock.set_to(datetime(2026, 3, 10))


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-10", "2026-03-10T09:00:00+05:00"),
        ("2026-03-10T18:30", "2026-03-10T18:30:00+05:00"),
        ("2026-03-10T18:30:15Z", "2026-03-10T18:30:15+00:00"),
        ("2026-03-10T18:30+03:00", "2026-03-10T18:30:00+03:00"),
    ],
)
def test_an_instant_is_local_unless_it_says_otherwise(text: str, instant: str) -> None:
    assert read_instant(text) == datetime.fromisoformat(instant)


@pytest.mark.parametrize("text", ["tomorrow", "2026-13-01", "2026-02-30", "10.03.2026"])
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(CommandError, match="not an ISO instant"):
        read_instant(text)


def test_the_command_sets_and_resets_without_servers(tmp_path: Path) -> None:
    environ = {"PATH": os.defpath, "ORYNDAU_VAR": str(tmp_path), "LC_ALL": "C"}

    def told(*arguments: str) -> str:
        command = [sys.executable, "manage.py", "clock", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True
        )
        return done.stdout

    assert told("2026-03-10").startswith("2026-03-10T09:00")
    assert "set for the demo" in told()
    assert "real time" in told("--reset")
    assert not (tmp_path / "pg-18").exists()

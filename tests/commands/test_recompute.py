"""The stored terms are what the journal says: told, mended, and moved by a new calendar."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from deadlines.models import Deadline
from enforcement.core.sweep import sweep
from enforcement.models import Case, Proceeding
from journal.queries import verify
from tests.course import PROOF, do, initiated, later, now
from tests.office import act, arrive, open_offices
from tests.platform.database import FreshDatabase

ROOT = Path(__file__).parents[2]
TWO, VOLUNTARY, DEFECT = "TERM-EXEC-2M", "TERM-VOLUNTARY-5D", "TERM-DEFECT-3D"


def recompute(
    database: FreshDatabase, *options: str, release: Path = ROOT
) -> tuple[int, dict[str, Any]]:
    """Run the command of a release on the database: its exit code, what it found."""
    done = subprocess.run(
        [sys.executable, "manage.py", "recompute_deadlines", "--json", *options],
        cwd=release,
        env=database.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, json.loads(done.stdout)


def agreed(database: FreshDatabase, *, release: Path = ROOT) -> int:
    """The check finds nothing; how many cases it looked at."""
    code, found = recompute(database, "--check", release=release)
    assert (code, found["differences"]) == (0, [])
    assert (found["cases"], found["deadlines"]) == (Case.objects.count(), Deadline.objects.count())
    assert verify()["faults"] == []
    return int(found["cases"])


def lived(number: int = 1) -> Proceeding:
    """A history with terms that were met, that ran out, that stood still and that run."""
    proceeding = initiated(number)
    do(proceeding, "deliver_offer", on=later(1))
    do(now(proceeding), "suspend", on=later(2))
    do(now(proceeding), "resume", on=later(5))
    sweep(on=later(20))
    return now(proceeding)


def test_the_check_finds_nothing_and_says_where_there_is_something(
    fresh_database: FreshDatabase, owner_cursor: Any
) -> None:
    open_offices()
    proceeding = lived()
    assert agreed(fresh_database) == 1
    owner_cursor.execute("UPDATE deadlines_deadline SET due_on = due_on + 1 WHERE rule = %s", [TWO])
    code, found = recompute(fresh_database, "--check")
    [wrong] = found["differences"]
    assert (code, wrong["case"], wrong["rule"]) == (1, str(proceeding.case_id), TWO)
    assert wrong["stored"] > wrong["folded"]
    assert recompute(fresh_database)[0] == 0
    agreed(fresh_database)


@pytest.mark.parametrize("kind", ["offer_delivered", "recovered", "four_months_set"])
def test_a_correction_in_the_middle_of_a_history_leaves_nothing_to_find(
    fresh_database: FreshDatabase, kind: str
) -> None:
    open_offices()
    proceeding = initiated()
    do(proceeding, "deliver_offer", on=later(1))
    do(now(proceeding), "record_recovery", on=later(2))
    do(now(proceeding), "set_four_months", on=later(2))
    do(now(proceeding), "suspend", on=later(3))
    do(now(proceeding), "resume", on=later(6))
    sweep(on=later(9))
    line = proceeding.case.stream.entries.get(kind=kind).seq
    given = {"line": line, "authority": "senior", "reason": PROOF}
    do(now(proceeding), "correct", on=later(10), by="senior.ala", **given)
    agreed(fresh_database)
    do(now(proceeding), "suspend", on=later(11), ground="SUSP-MAND-04")
    agreed(fresh_database)


# --- A holiday nobody knew of ---------------------------------------------------------------------

HOLIDAY = """
[[day_off]]
on = {0}
act = "Z010000267_"
name = {{ kk = "Демалыс күні", ru = "День отдыха", en = "Day of rest" }}
"""


def release(folder: Path, *free: date) -> Path:
    """The product as it would be delivered with a later edition of 2026 that has more days off."""
    packages = [
        each.parent.name for each in ROOT.glob("*/__init__.py") if each.parent.name[0] != "."
    ]
    for name in (*packages, "templates", "static", "locale"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "tests")
        )
    shutil.copy(ROOT / "manage.py", folder)
    calendars = folder / "law" / "calendar"
    newest = max(path.stem for path in calendars.glob("2026-*.toml"))
    known = (calendars / f"{newest}.toml").read_text(encoding="utf-8")
    lines = [
        "published = 2099-01-01" if line.startswith("published") else line
        for line in known.splitlines()
    ]
    more = "".join(HOLIDAY.format(day) for day in free)
    (calendars / "2026-9.toml").write_text("\n".join(lines) + more, encoding="utf-8")
    return folder


def rows(*, status: tuple[str, ...]) -> dict[tuple[str, str], tuple[Any, ...]]:
    """The terms in these states: what is stored of each."""
    found = Deadline.objects.filter(status__in=status)
    return {
        (row.rule, row.scope): (row.due_on, row.status, row.ended_on, row.calendar, row.days_kept)
        for row in found
    }


ENDED, OPEN = ("met", "expired", "cancelled"), ("running", "paused")


def test_a_holiday_added_moves_what_is_open_and_nothing_that_has_ended(
    fresh_database: FreshDatabase, tmp_path: Path
) -> None:
    """Free now: the last day of a term that is open, of one that was met, of one that ran out."""
    open_offices()
    running, stands = lived(1), lived(2)
    do(stands, "suspend", on=later(21))
    act(arrive("defective", 3), "return_defective", on=date(2026, 3, 13))
    ended = rows(status=ENDED)
    before = rows(status=OPEN)
    two = (TWO, f"proceeding:{running.pk}")
    assert before[two][0] == date(2026, 5, 14)
    assert (DEFECT, date(2026, 3, 13)) in [(key[0], row[0]) for key, row in ended.items()]
    assert (VOLUNTARY, date(2026, 3, 20)) in [(key[0], row[0]) for key, row in ended.items()]
    agreed(fresh_database)

    free = (date(2026, 3, 13), date(2026, 3, 20), date(2026, 5, 14), date(2026, 5, 15))
    newer = release(tmp_path, *free)
    code, found = recompute(fresh_database, "--check", release=newer)
    moved = {(each["rule"], each["scope"]): each["folded"] for each in found["differences"]}
    assert code == 1
    assert set(moved) == set(before), "the check names every open term and no other"
    assert moved[two] == "2026-05-18"
    assert rows(status=OPEN) == before, "a check changes nothing"

    assert recompute(fresh_database, release=newer)[0] == 0
    assert rows(status=ENDED) == ended
    after = rows(status=OPEN)
    assert after[two][0] == date(2026, 5, 18)
    assert {row[3] for row in after.values()} == {"2026-9"}
    stood = (TWO, f"proceeding:{stands.pk}")
    assert after[stood][1:3] == before[stood][1:3] == ("paused", None)
    agreed(fresh_database, release=newer)


# --- The demo's two hundred histories -------------------------------------------------------------


@pytest.mark.prove
def test_two_hundred_histories_leave_nothing_to_find(
    fresh_database: FreshDatabase, tmp_path: Path
) -> None:
    program = [sys.executable, "manage.py", "demo_office"]
    subprocess.run(program, cwd=ROOT, env=fresh_database.environ, check=True)
    assert agreed(fresh_database) >= 200
    ended = rows(status=ENDED)
    due = sorted(row.due_on for row in Deadline.objects.filter(status="running", due_on__year=2026))
    newer = release(tmp_path, due[len(due) // 2])
    assert recompute(fresh_database, release=newer)[0] == 0
    assert rows(status=ENDED) == ended
    agreed(fresh_database, release=newer)

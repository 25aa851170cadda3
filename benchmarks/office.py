"""An office with many cases against one with few, a long history against a short one.

Servers of its own, as the tests have; histories by the verbs, the crowd by copies of them.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.core.management import call_command
from django.db import connections, transaction
from django.test import Client
from django.test.utils import setup_test_environment

from benchmarks import STAGE
from embedded.postgres import SUPERUSER
from enforcement.core.sweep import sweep
from enforcement.models import Case, Proceeding
from tests.course import do, initiated, now
from tests.enforcement.core.crowd import copy
from tests.enforcement.core.test_plans import TODAY, at_work, histories
from tests.office import open_offices, user
from tests.platform.database import point_django_at
from tests.platform.stage import connected

#: Copies of the dozen histories that have ended, where there are many; both have some at work.
ENDED, AT_WORK = 1_500, 20
LINES: Final = 200
ROUNDS, TIMES = 7, 5


def medians(
    ways: dict[str, Callable[[], Any]], *, enter: Callable[[str], None]
) -> dict[str, float]:
    """The median of each way in seconds, taken in turns; `enter` comes before each, untimed."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            enter(name)
            way()
            started = time.perf_counter()
            for _n in range(TIMES):
                way()
            found[name].append((time.perf_counter() - started) / TIMES)
    return {name: statistics.median(each) for name, each in found.items()}


@contextmanager
def servers() -> Iterator[None]:
    """Servers of its own with a migrated template; all is taken down again."""
    try:
        setup_test_environment()
        STAGE.start()
        point_django_at(STAGE.owner_dsn(STAGE.template))
        call_command("migrate", interactive=False, verbosity=0)
        connections.close_all()
        yield
    finally:
        connections.close_all()
        STAGE.strike()


def filled(*, ended: int) -> tuple[str, Proceeding]:
    """A database with cases at work and so many copies of ended ones; one case at work."""
    name = STAGE.clone()
    point_django_at(STAGE.app_dsn(name))
    open_offices()
    histories()
    dsn = STAGE.cluster.dsn(SUPERUSER, name) if STAGE.cluster else STAGE.owner_dsn(name)
    with connected(dsn) as cursor:
        copy(cursor, ended, days=1_000)
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        [[mark]] = cursor.fetchall()
        rich = at_work()
        copy(cursor, AT_WORK, days=30, since=mark)
        sweep(on=TODAY)
        cursor.execute("VACUUM ANALYZE")
    return STAGE.app_dsn(name), rich


def pages() -> dict[str, float]:
    """The bailiff's pages in an office with many cases / in one with few."""
    desks, sizes = {}, {}
    for side, ended in (("many", ENDED), ("few", 1)):
        dsn, rich = filled(ended=ended)
        desk, sizes[side] = Client(), Case.objects.count()
        desk.force_login(user("bailiff.ala"))
        desks[side] = (dsn, desk, rich.case_id)
    found = {}
    for page, address in (("Today", "/today"), ("the page of a case", "/cases/{}")):
        ways = {side: _shown(desk, address.format(case)) for side, (_, desk, case) in desks.items()}
        taken = medians(ways, enter=lambda side: point_django_at(desks[side][0]))
        name = f"{page} among {sizes['many']} cases / among {sizes['few']}"
        found[name] = taken["many"] / taken["few"]
    return found


def _shown(desk: Any, address: str) -> Callable[[], None]:
    def show() -> None:
        assert desk.get(address).status_code == 200

    return show


def cases() -> dict[str, float]:
    """A verb in a case with a long history / with a short one; taken back each time."""
    point_django_at(STAGE.app_dsn(STAGE.clone()))
    open_offices()
    short, long = initiated("short"), initiated("long")
    for _ in range(LINES):
        do(now(long), "attempt_offer")
    lines = {each: each.case.stream.entries.count() for each in (short, long)}
    found = {}
    for verb in ("record_recovery", "suspend"):
        ways = {"short": _taken_back(short, verb), "long": _taken_back(long, verb)}
        taken = medians(ways, enter=lambda side: None)
        name = f"{verb} after {lines[long]} lines / after {lines[short]}"
        found[name] = taken["long"] / taken["short"]
    return found


def _taken_back(proceeding: Proceeding, verb: str) -> Callable[[], None]:
    def take() -> None:
        with transaction.atomic():
            do(proceeding, verb)
            transaction.set_rollback(True)

    return take


def ratios() -> dict[str, float]:
    """Every ratio of an office."""
    with servers():
        return pages() | cases()

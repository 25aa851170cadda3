"""A written journal that a test may tamper with as the owner; the change is undone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from journal import actions as journal
from journal.models import Stream
from journal.queries import verify
from journal.tasks import digest_readings
from tests.office import NEXT, act, arrive, open_offices, user
from tests.platform.database import point_django_at
from tests.platform.stage import Stage

READ_ON = (date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 5))
LINES = 5


def write() -> None:
    """Two cases with their lines, and readings on three days of four, digested."""
    first, _second = arrive("defective", 1), arrive("accept", 2)
    for n in range(LINES - 2):
        journal.record(
            first.case.stream, "attached", on=NEXT, by=user("bailiff.ala"), body={"n": n}
        )
    act(first, "return_defective")
    Stream.objects.create(kind="case", rule_set="lecture")
    for day in READ_ON:
        with time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=UTC), tick=False):
            journal.read(first.case.stream, what="case", by=user("auditor.ala"))
            journal.read(first.case.stream, what="paper", by=user("head.ala"))
    with time_machine.travel(datetime(2026, 3, 8, 9, tzinfo=UTC), tick=False):
        digest_readings()


class Tampering:
    """The streams of the written journal, by their meaning, and SQL as the owner."""

    def __init__(self) -> None:
        streams = self.ask("SELECT id FROM journal_stream ORDER BY head_seq DESC")
        self.stream, self.other, self.empty = (str(pk) for (pk,) in streams)
        self.chosen = {"first": 1, "middle": 3, "last": LINES}

    def ask(self, statement: str, **values: Any) -> list[Any]:
        """Run a statement; names in it are the streams' and the values given."""
        known = {k: v for k, v in vars(self).items() if isinstance(v, str)} if vars(self) else {}
        with connection.cursor() as cursor:
            cursor.execute(statement, {**known, **values})
            return list(cursor.fetchall()) if cursor.description else []

    def faults(self) -> set[tuple[str, Any, str]]:
        """What the check of the journal finds now: stream, line, kind."""
        return {(f["stream"], f["seq"], f["kind"]) for f in verify()["faults"]}

    def places(self) -> set[tuple[str, Any]]:
        """Where it finds something."""
        return {(stream, seq) for stream, seq, _kind in self.faults()}


@pytest.fixture(scope="module")
def written(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, stage: Stage
) -> Iterator[None]:
    """Write a journal as the application does, once, in a database of its own."""
    name = stage.clone()
    with django_db_blocker.unblock():
        point_django_at(stage.app_dsn(name))
        open_offices()
        write()
        point_django_at(stage.owner_dsn(name))
    yield
    with django_db_blocker.unblock():
        point_django_at(stage.app_dsn(stage.test_database))
        stage.drop(name)


@pytest.fixture
def tampering(written: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Tampering]:
    """Take every guard away, as only the owner can; the test's change is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        unguard()
        yield Tampering()
        transaction.set_rollback(True)


def unguard() -> None:
    """Drop triggers and foreign keys around the journal."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'f' "
            "AND 'journal' IN (split_part(confrelid::regclass::text, '_', 1), "
            "split_part(conrelid::regclass::text, '_', 1))"
        )
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for table in ("entry", "stream", "reading", "readingdigest"):
            cursor.execute(f"ALTER TABLE journal_{table} DISABLE TRIGGER USER")


def one_day_on(day: date) -> str:
    """The day after, as a fault names it."""
    return (day + timedelta(days=1)).isoformat()

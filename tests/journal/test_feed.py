"""The feed of the journal misses nothing, however its writers overlap."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections, transaction

from embedded.places import ROOT
from journal import actions as journal
from journal.models import Entry, Stream
from journal.queries import Cursor, feed, verify
from tests.office import DAY
from tests.platform.database import FreshDatabase
from tests.platform.stage import connected

WRITERS, STREAMS = 2, 12
AFTERWARDS = 20.0
INSERT = (
    'INSERT INTO journal_entry (stream_id, kind, "on", machine, state_after, body, law_digest, '
    "calendar) VALUES (%s, 'attached', '2026-03-10', '', '', '{}', '', '')"
)


def stream() -> Stream:
    """An empty stream."""
    return Stream.objects.create(kind="case", rule_set="lecture")


@contextmanager
def writers(database: FreshDatabase, lines: int) -> Iterator[list[subprocess.Popen[str]]]:
    """Let processes write at once."""
    command = [sys.executable, "-m", "tests.journal.writing"]
    started = [
        subprocess.Popen(
            [*command, str(seed), str(lines // WRITERS)],
            cwd=ROOT,
            env=database.environ,
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in range(WRITERS)
    ]
    try:
        yield started
    finally:
        for process in started:
            process.kill()
            process.communicate()


def follow(started: list[subprocess.Popen[str]], lines: int) -> list[Entry]:
    """Follow the feed from nothing until the writers have ended and all their lines came."""
    seen: list[Entry] = []
    cursor, ended_at = Cursor(), 0.0
    while True:
        entries, cursor = feed(cursor, limit=37)
        seen += entries
        if not entries:
            time.sleep(0.002)
            if all(process.poll() is not None for process in started):
                ended_at = ended_at or time.monotonic()
                if len(seen) >= lines or time.monotonic() - ended_at > AFTERWARDS:
                    return seen


@pytest.mark.parametrize(
    "lines", [2_000, pytest.param(20_000, marks=pytest.mark.prove)], ids=["short", "long"]
)
def test_two_writers_and_a_reader_miss_nothing(fresh_database: FreshDatabase, lines: int) -> None:
    for _ in range(STREAMS):
        stream()
    with writers(fresh_database, lines) as started:
        seen = follow(started, lines)
        assert [process.returncode for process in started] == [0] * WRITERS
    ids = [entry.pk for entry in seen]
    assert len(ids) == len(set(ids)), "a line came twice"
    assert set(ids) == set(Entry.objects.values_list("pk", flat=True)), "a line was missed"
    assert len(ids) == lines
    in_order: dict[object, list[int]] = defaultdict(list)
    for entry in seen:
        in_order[entry.stream_id].append(entry.seq)
    assert all(seqs == list(range(1, len(seqs) + 1)) for seqs in in_order.values())
    assert verify()["faults"] == []


def test_a_transaction_that_comes_late_to_a_stream_keeps_its_order(
    fresh_database: FreshDatabase,
) -> None:
    one, other = stream(), stream()
    with connected(fresh_database.app_dsn) as cursor:
        cursor.execute("BEGIN")
        cursor.execute(INSERT, [str(one.pk)])
        journal.record(other, "attached", on=DAY, by=None)
        cursor.execute(INSERT, [str(other.pk)])
        cursor.execute("COMMIT")
    entries, _after = feed(Cursor())
    assert [entry.seq for entry in entries if entry.stream_id == other.pk] == [1, 2]


def test_a_line_waits_in_the_feed_until_older_transactions_end(
    fresh_database: FreshDatabase,
) -> None:
    early, late = stream(), stream()
    with connected(fresh_database.app_dsn) as cursor:
        cursor.execute("BEGIN")
        cursor.execute(INSERT, [str(early.pk)])
        journal.record(late, "attached", on=DAY, by=None)
        assert feed(Cursor()) == ([], Cursor())
        cursor.execute("COMMIT")
    entries, after = feed(Cursor())
    assert [entry.stream_id for entry in entries] == [early.pk, late.pk]
    assert feed(after) == ([], after)


def test_the_feed_goes_on_where_it_stopped(fresh_database: FreshDatabase) -> None:
    one = stream()
    with transaction.atomic():  # several lines of one transaction, cut by the limit
        for _ in range(5):
            journal.record(one, "attached", on=DAY, by=None)
    cursor, seen = Cursor(), []
    for _ in range(4):
        entries, cursor = feed(cursor, limit=2)
        seen += [entry.seq for entry in entries]
    assert seen == [1, 2, 3, 4, 5]


def test_reading_a_case_does_not_wait_for_the_verb_that_writes_it(
    fresh_database: FreshDatabase,
) -> None:
    read = stream()
    reader = (
        "INSERT INTO accounts_user (id, password, login, full_name, email, is_active) "
        "VALUES (gen_random_uuid(), '', 'reader', 'Мысалов Сынақ', '', true) RETURNING id"
    )
    with connected(fresh_database.app_dsn) as cursor, transaction.atomic():
        journal.record(read, "attached", on=DAY, by=None)
        cursor.execute("SET lock_timeout = '2s'")
        cursor.execute(reader)
        noted = "INSERT INTO journal_reading (user_id, stream_id, what, at) "
        noted += "VALUES (%s, %s, 'case', now())"
        cursor.execute(noted, [cursor.fetchone()[0], str(read.pk)])
    connections.close_all()

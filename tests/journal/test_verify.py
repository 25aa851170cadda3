"""Any single change of the journal is found, and the fault names its stream and line."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import Any

import pytest
from django.core.management import call_command

from embedded.places import ROOT
from tests.journal.tampering import LINES, READ_ON, Tampering, one_day_on, tampering, written
from tests.office import arrive, open_offices
from tests.platform.database import FreshDatabase

__all__ = ["tampering", "written"]

#: How each column of a line is changed, alone.
COLUMNS = {
    "id": "id + 1000",
    "stream_id": "%(empty)s::uuid",
    "seq": "seq + 100",
    "kind": "'sent_on'",
    "on": '"on" - 1',
    "happened_at": "'2026-03-11T10:00+05'",
    "recorded_at": "recorded_at + interval '1 microsecond'",
    "by_id": "(SELECT id FROM accounts_user WHERE login = 'auditor.ala')",
    "machine": "machine || 'x'",
    "subject": "gen_random_uuid()",
    "state_after": "state_after || 'x'",
    "body": "replace(body, '{', '{ ')",
    "corrects": "1",
    "law_digest": "md5(law_digest)",
    "calendar": "calendar || 'x'",
    "xid": "xid + 1",
    "prev": "md5(prev)",
    "hash": "md5(hash)",
}
REHASH = "UPDATE journal_entry e SET hash = journal_entry_hash(e) WHERE e.body LIKE '%%forged%%'"
each_line = pytest.mark.parametrize("which", ["first", "middle", "last"])


def test_an_untouched_journal_has_no_fault(tampering: Tampering) -> None:
    assert tampering.faults() == set()


@pytest.mark.parametrize("table", ["journal_entry", "journal_reading"])
def test_every_column_is_tried(tampering: Tampering, table: str) -> None:
    asked = "SELECT column_name FROM information_schema.columns WHERE table_name = %(table)s"
    columns = {name for (name,) in tampering.ask(asked, table=table)}
    assert columns == set(COLUMNS if table == "journal_entry" else READING_COLUMNS)


@each_line
@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_column_is_found_at_its_line(
    tampering: Tampering, column: str, which: str
) -> None:
    seq = tampering.chosen[which]
    tampering.ask(
        f'UPDATE journal_entry SET "{column}" = {COLUMNS[column]} '
        "WHERE stream_id = %(stream)s AND seq = %(seq)s",
        seq=seq,
    )
    stream = tampering.empty if column == "stream_id" else tampering.stream
    line = seq + 100 if column == "seq" else seq
    assert (stream, line, "hash") in tampering.faults()


@each_line
def test_a_line_rewritten_with_a_right_hash_breaks_the_next_link(
    tampering: Tampering, which: str
) -> None:
    seq = tampering.chosen[which]
    tampering.ask(
        "UPDATE journal_entry SET body = '{\"forged\":1}' "
        "WHERE stream_id = %(stream)s AND seq = %(seq)s",
        seq=seq,
    )
    tampering.ask(REHASH)
    broken = (seq, "head") if seq == LINES else (seq + 1, "prev")
    assert tampering.faults() == {(tampering.stream, *broken)}


@each_line
def test_a_deleted_line_is_found(tampering: Tampering, which: str) -> None:
    seq = tampering.chosen[which]
    asked = "DELETE FROM journal_entry WHERE stream_id = %(stream)s AND seq = %(seq)s"
    tampering.ask(asked, seq=seq)
    expected = {(LINES, "head")} if seq == LINES else {(seq + 1, "gap"), (seq + 1, "prev")}
    assert tampering.faults() == {(tampering.stream, *each) for each in expected}


@pytest.mark.parametrize("left", [0, 1, 3])
def test_a_cut_tail_is_found_by_the_head_of_its_stream(tampering: Tampering, left: int) -> None:
    asked = "DELETE FROM journal_entry WHERE stream_id = %(stream)s AND seq > %(left)s"
    tampering.ask(asked, left=left)
    assert tampering.faults() == {(tampering.stream, LINES, "head")}


def test_two_lines_that_changed_places_are_found_both(tampering: Tampering) -> None:
    moved = "UPDATE journal_entry SET seq = %(to)s WHERE stream_id = %(stream)s AND seq = %(seq)s"
    for seq, to in ((2, 99), (3, 2), (99, 3)):
        tampering.ask(moved, seq=seq, to=to)
    assert {(tampering.stream, 2), (tampering.stream, 3)} <= tampering.places()


@pytest.mark.parametrize(("place", "kind"), [(0, "gap"), (LINES + 1, "head")])
def test_an_inserted_line_is_found_though_its_own_hash_is_right(
    tampering: Tampering, place: int, kind: str
) -> None:
    tampering.ask(
        'INSERT INTO journal_entry (stream_id, seq, kind, "on", recorded_at, machine, state_after, '
        "body, law_digest, calendar, xid, prev, hash) SELECT stream_id, %(place)s, kind, "
        "\"on\", recorded_at, '', '', '{\"forged\":1}', law_digest, calendar, xid, hash, '' "
        "FROM journal_entry WHERE stream_id = %(stream)s AND seq = %(last)s",
        place=place,
        last=LINES,
    )
    tampering.ask(REHASH)
    wanted = LINES if kind == "head" else place
    assert (tampering.stream, wanted, kind) in tampering.faults()


@pytest.mark.parametrize(
    ("change", "places"),
    [
        ("head_seq = head_seq + 1", {(LINES + 1, "head")}),
        ("head_seq = 0", {(0, "head")}),
        ("head_hash = md5(head_hash)", {(LINES, "head")}),
        ("head_hash = ''", {(LINES, "head")}),
        ("kind = 'other'", {(1, "prev")}),
        ("rule_set = 'in_force'", {(1, "prev")}),
    ],
)
def test_a_changed_stream_is_found(
    tampering: Tampering, change: str, places: set[tuple[int, str]]
) -> None:
    tampering.ask(f"UPDATE journal_stream SET {change} WHERE id = %(stream)s")
    assert tampering.faults() == {(tampering.stream, *each) for each in places}


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM journal_stream WHERE id = %(stream)s",
        "UPDATE journal_stream SET id = gen_random_uuid() WHERE id = %(stream)s",
    ],
)
def test_lines_whose_stream_is_gone_are_found_each(tampering: Tampering, change: str) -> None:
    tampering.ask(change)
    orphans = {(tampering.stream, seq, "orphan") for seq in range(1, LINES + 1)}
    assert orphans <= tampering.faults()


def test_a_head_without_any_line_is_found(tampering: Tampering) -> None:
    tampering.ask("UPDATE journal_stream SET head_seq = 1 WHERE id = %(empty)s")
    assert tampering.faults() == {(tampering.empty, 1, "head")}


#: How each column of a reading is changed, alone.
READING_COLUMNS = {
    "id": "id + 1000",
    "user_id": "(SELECT id FROM accounts_user WHERE login = 'clerk')",
    "stream_id": "%(other)s::uuid",
    "what": "'nothing'",
    "at": "at + interval '1 microsecond'",
}
_A_READING = "(SELECT min(id) FROM journal_reading)"


@pytest.mark.parametrize("column", READING_COLUMNS)
def test_a_changed_reading_is_found_by_its_day(tampering: Tampering, column: str) -> None:
    change = f'UPDATE journal_reading SET "{column}" = {READING_COLUMNS[column]}'
    tampering.ask(f"{change} WHERE id = {_A_READING}")
    assert tampering.faults() == {("readings", READ_ON[0].isoformat(), "readings")}


@pytest.mark.parametrize(
    ("change", "days"),
    [
        (f"DELETE FROM journal_reading WHERE id = {_A_READING}", {READ_ON[0].isoformat()}),
        (
            "INSERT INTO journal_reading (user_id, stream_id, what, at) SELECT user_id, stream_id, "
            "'case', '2026-03-04T09:00Z' FROM journal_reading LIMIT 1",
            {one_day_on(READ_ON[1])},
        ),
        (
            f"UPDATE journal_reading SET at = at + interval '3 days' WHERE id = {_A_READING}",
            {READ_ON[0].isoformat(), READ_ON[2].isoformat()},
        ),
        (
            "UPDATE journal_readingdigest SET count = count + 1 WHERE day = '2026-03-03'",
            {"2026-03-03"},
        ),
        (
            "UPDATE journal_readingdigest SET digest = md5(digest) WHERE day = '2026-03-04'",
            {"2026-03-04"},
        ),
        ("DELETE FROM journal_readingdigest WHERE day = '2026-03-02'", {"2026-03-02"}),
        ("DELETE FROM journal_readingdigest WHERE day = '2026-03-04'", {"2026-03-04"}),
    ],
    ids=["deleted", "inserted", "moved", "count", "digest", "first day gone", "empty day gone"],
)
def test_readings_of_a_digested_day_stay_as_they_were(
    tampering: Tampering, change: str, days: set[str]
) -> None:
    tampering.ask(change)
    assert tampering.faults() == {("readings", day, "readings") for day in days}


def test_the_command_names_the_fault_and_exits_1(tampering: Tampering) -> None:
    tampering.ask("DELETE FROM journal_entry WHERE stream_id = %(stream)s AND seq = 2")
    said = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_journal", "--json", stdout=said)
    assert ended.value.code == 1
    found = json.loads(said.getvalue())
    assert set(found) == {"entries", "streams", "faults"}
    assert {"stream": tampering.stream, "seq": 3, "kind": "gap"} in found["faults"]


def test_the_command_is_content_with_an_honest_journal_and_not_with_another(
    fresh_database: FreshDatabase,
) -> None:
    open_offices()
    arrive()

    def told() -> tuple[int, Any]:
        done = subprocess.run(
            [sys.executable, "manage.py", "verify_journal", "--json"],
            cwd=ROOT,
            env=fresh_database.environ,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, json.loads(done.stdout)

    assert told() == (0, {"entries": 1, "streams": 1, "faults": []})
    with fresh_database.owner_cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE journal_entry SET body = '{}'")
    code, found = told()
    assert (code, [fault["kind"] for fault in found["faults"]]) == (1, ["hash"])

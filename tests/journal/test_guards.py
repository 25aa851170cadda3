"""What the database refuses to the application's own role, whatever the code asks of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from journal import actions as journal
from journal.models import ReadingDigest, Stream
from journal.queries import verify
from tests import arriving as intake
from tests.office import NEXT, act, arrive, open_offices, user
from tests.platform.database import FreshDatabase

KEPT = (
    "journal_entry",
    "journal_stream",
    "journal_reading",
    "journal_readingdigest",
    "documents_paper",
    "documents_rendering",
    "documents_blob",
    "documents_attachment",
)
CHANGES = {
    "UPDATE": "UPDATE {0} SET {1} = {1}",
    "DELETE": "DELETE FROM {0}",
    "TRUNCATE": "TRUNCATE {0} CASCADE",
}
ANY_COLUMN = {
    "journal_entry": "body",
    "journal_stream": "head_hash",
    "journal_reading": "what",
    "journal_readingdigest": "digest",
    "documents_paper": "facts",
    "documents_rendering": "language",
    "documents_blob": "content",
    "documents_attachment": "name",
}
FORGED = """
INSERT INTO journal_entry (stream_id, kind, "on", machine, subject, state_after, body, law_digest,
    calendar, id, seq, recorded_at, xid, prev, hash)
VALUES (%s, 'attached', '2026-03-11', '', NULL, '', '{}', '', '', 900000, 77,
    '2001-01-01T00:00Z', 1, 'forged', 'forged')
RETURNING id, seq, recorded_at, xid, prev, hash, pg_current_xact_id()::text::bigint
"""


def said(statement: str, *values: Any) -> str:
    """What the database says to a statement of the application's role; "" when it obeys."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values or None)
    except DatabaseError as refused:
        return str(refused).splitlines()[0]
    return ""


def everything_kept() -> None:
    """Put a row into every table that only grows, by the doors of the product."""
    defective = arrive("defective")
    pdf = b"%PDF-1.7 invented"
    intake.attach(defective, name="a.pdf", content=pdf, on=NEXT, by=user("registrar.ala"))
    act(defective, "return_defective")
    journal.read(defective.case.stream, what="case", by=user("auditor.ala"))
    ReadingDigest.objects.create(day=NEXT, count=0, digest="")


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("table", KEPT)
def test_the_application_may_not_change_what_is_kept(table: str, change: str) -> None:
    refused = said(CHANGES[change].format(table, ANY_COLUMN[table]))
    assert refused == f"permission denied for table {table}"


def test_the_owner_may_not_either_while_the_guards_are_on(fresh_database: FreshDatabase) -> None:
    open_offices()
    everything_kept()
    asked = {
        statement.format(table, ANY_COLUMN[table]): f"is append-only: {change} refused"
        for table in KEPT
        for change, statement in CHANGES.items()
        # The chain's own function writes heads as the owner; verify finds who else does.
        if (table, change) != ("journal_stream", "UPDATE")
    }
    told = {}
    with fresh_database.owner_cursor() as cursor:
        for statement in asked:
            with pytest.raises(Exception, match="append-only") as refused:
                cursor.execute(statement)
            told[statement] = str(refused.value)
    assert {s: words for s, words in asked.items() if words not in told[s]} == {}


def test_what_a_forged_line_claims_of_itself_is_overwritten(offices: None) -> None:
    stream = arrive().case.stream
    before = Stream.objects.get(pk=stream.pk)
    with connection.cursor() as cursor:
        cursor.execute(FORGED, [stream.pk])
        pk, seq, recorded_at, xid, prev, own_hash, transaction_id = cursor.fetchone()
    after = Stream.objects.get(pk=stream.pk)
    assert (seq, prev) == (before.head_seq + 1, before.head_hash)
    assert datetime.now(UTC) - recorded_at < timedelta(minutes=1)
    assert xid == transaction_id
    assert (after.head_seq, after.head_hash) == (seq, own_hash)
    assert own_hash != "forged"
    assert pk != 900000
    assert verify()["faults"] == []


def test_a_new_stream_begins_at_nothing_whatever_it_claims(offices: None) -> None:
    forged = Stream.objects.create(kind="case", rule_set="lecture", head_seq=9, head_hash="forged")
    forged.refresh_from_db()
    assert (forged.head_seq, forged.head_hash) == (0, "")


def test_a_line_needs_its_stream(offices: None) -> None:
    unknown = "00000000-0000-4000-8000-000000000000"
    assert said(FORGED, unknown) == "query returned no rows"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "refused"),
    [
        ("ALTER TABLE journal_entry DISABLE TRIGGER ALL", "must be owner of table"),
        ("ALTER TABLE enforcement_presentation DISABLE TRIGGER USER", "must be owner of table"),
        ("DROP TRIGGER journal_chain ON journal_entry", "must be owner of relation"),
        ("DROP TABLE journal_entry", "must be owner of table"),
        ("ALTER TABLE journal_entry ALTER hash SET DEFAULT ''", "must be owner of table"),
        ("SET session_replication_role = replica", "permission denied to set parameter"),
        ("SET ROLE oryndau_owner", "permission denied to set role"),
        ("CREATE TABLE mine (n int)", "permission denied for schema public"),
        ("CREATE TEMP TABLE enforcement_presentation (n int)", "permission denied to create temp"),
        ("CREATE SCHEMA mine", "permission denied for database"),
        (
            "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "permission denied for schema public",
        ),
        ("SELECT free_again('journal_entry')", "permission denied for function"),
        ("SELECT keep_forever('accounts_user')", "permission denied for function"),
        (
            "CREATE OR REPLACE FUNCTION journal_genesis(uuid, text, text) RETURNS text "
            "LANGUAGE sql AS 'SELECT 1'",
            "permission denied for schema public",
        ),
    ],
)
def test_the_application_cannot_take_the_guards_away(statement: str, refused: str) -> None:
    assert said(statement).startswith(refused)


@pytest.mark.django_db
def test_the_application_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole "
            "UNION ALL SELECT count(*) FROM pg_roles WHERE rolname = current_user "
            "AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls)"
        )
        assert cursor.fetchall() == [(0,), (0,)]


@pytest.mark.django_db
@pytest.mark.parametrize("last", [0, 2, 9])
def test_a_register_only_counts_up_by_one(offices: None, last: int) -> None:
    act(arrive("defective"), "return_defective")
    refused = said("UPDATE documents_register SET last = %s WHERE kind = 'paper'", last + 1)
    assert ("a register counts up by one" in refused) == (last + 1 != 2)


@pytest.mark.django_db
def test_a_register_begins_at_nothing(offices: None) -> None:
    statement = (
        "INSERT INTO documents_register (office_id, kind, year, last) "
        "SELECT id, 'paper', 2031, 50 FROM accounts_office WHERE code = 'ALA'"
    )
    assert "a register counts up by one" in said(statement)


def test_kinds_of_lines_are_a_closed_list(offices: None) -> None:
    stream = arrive().case.stream
    with pytest.raises(ValueError, match="no such event: forgotten"):
        journal.record(stream, "forgotten", on=NEXT, by=None)

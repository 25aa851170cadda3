"""Read the journal: the feed that never skips an open transaction, the check of the chain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from journal.models import Entry, Reading, ReadingDigest

_BEHIND: Final = "(journal_entry.xid, journal_entry.id) > (%s, %s)"
_SETTLED: Final = "journal_entry.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"

_FAULTS: Final = """
WITH lines AS (
    SELECT e.*, s.id AS known, s.kind AS stream_kind, s.rule_set,
           lag(e.hash) OVER w AS before, lag(e.seq) OVER w AS seq_before
    FROM journal_entry e LEFT JOIN journal_stream s ON s.id = e.stream_id
    WINDOW w AS (PARTITION BY e.stream_id ORDER BY e.seq, e.id)
)
SELECT stream_id, seq, 'orphan' FROM lines WHERE known IS NULL
UNION ALL
SELECT stream_id, seq, 'gap' FROM lines WHERE seq <> coalesce(seq_before, 0) + 1
UNION ALL
SELECT stream_id, seq, 'prev' FROM lines
WHERE known IS NOT NULL
  AND prev <> coalesce(before, journal_genesis(stream_id, stream_kind, rule_set))
UNION ALL
SELECT stream_id, seq, 'hash' FROM journal_entry e WHERE hash <> journal_entry_hash(e)
UNION ALL
SELECT s.id, s.head_seq, 'head' FROM journal_stream s
LEFT JOIN LATERAL (
    SELECT seq, hash FROM journal_entry e WHERE e.stream_id = s.id ORDER BY seq DESC LIMIT 1
) last ON true
WHERE (s.head_seq, s.head_hash) IS DISTINCT FROM (coalesce(last.seq, 0), coalesce(last.hash, ''))
ORDER BY 1, 2
"""

_READINGS: Final = """
SELECT count(*), encode(sha256(convert_to(coalesce(string_agg(
    jsonb_build_array(id, user_id, stream_id, what, at AT TIME ZONE 'UTC')::text, ''
    ORDER BY id), ''), 'UTF8')), 'hex')
FROM journal_reading WHERE (at AT TIME ZONE 'Asia/Almaty')::date = %s
"""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a reader of the feed has come: transaction, then entry."""

    xid: int = 0
    id: int = 0


def feed(
    after: Cursor,
    *,
    limit: int = 500,
    streams: QuerySet[Any, Any] | None = None,
    beside: Sequence[str] = (),
) -> tuple[list[Entry], Cursor]:
    """The next entries of all streams, or of these, and the cursor behind them.

    `beside`: what is read with each entry.

    Only entries of transactions older than every open one are served: none can appear later
    before the cursor, so none is missed and none comes twice.
    """
    found = Entry.objects.extra(where=[_BEHIND, _SETTLED], params=[after.xid, after.id])
    if streams is not None:
        found = found.filter(stream__in=streams)
    entries = list(found.order_by("xid", "id").prefetch_related(*beside)[:limit])
    return entries, Cursor(entries[-1].xid, entries[-1].id) if entries else after


def verify() -> dict[str, Any]:
    """Recompute every hash, link, number and head; name each fault by stream and line."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM journal_entry), count(*) FROM journal_stream")
        entries, streams = cursor.fetchone()
        cursor.execute(_FAULTS)
        faults = [{"stream": str(s), "seq": n, "kind": kind} for s, n, kind in cursor.fetchall()]
    faults += [
        {"stream": "readings", "seq": day.isoformat(), "kind": "readings"} for day in _wrong_days()
    ]
    return {"entries": entries, "streams": streams, "faults": faults}


def _wrong_days() -> list[date]:
    """Days whose readings are not those digested; from the first reading on no day lacks one."""
    kept = {each.day: (each.count, each.digest) for each in ReadingDigest.objects.all()}
    if not kept:
        return []
    oldest = Reading.objects.order_by("at").values_list("at", flat=True).first()
    first = min([*kept, timezone.localtime(oldest).date()] if oldest else kept)
    days = [first + timedelta(days=n) for n in range((max(kept) - first).days + 1)]
    return [day for day in days if kept.get(day) != digest_of_readings(day)]


def digest_of_readings(day: date) -> tuple[int, str]:
    """How many readings a day (Asia/Almaty) holds, and their digest."""
    with connection.cursor() as cursor:
        cursor.execute(_READINGS, [day])
        count, digest = cursor.fetchone()
    return count, digest

"""The one door to the journal."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from accounts.models import User
from journal.models import Entry, Reading, Stream
from law.blocks import events
from law.statute import statute
from law.workdays import calendar

_INSERT: Final = """
INSERT INTO journal_entry (stream_id, kind, "on", happened_at, by_id, machine, subject,
                           state_after, body, corrects, law_digest, calendar)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
RETURNING *
"""


def canonical(body: Mapping[str, Any]) -> str:
    """The one text of a body: sorted keys, no spaces; what the hash is taken of."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def record(
    stream: Stream,
    kind: str,
    *,
    on: date,
    by: User | None,
    body: Mapping[str, Any] | None = None,
    machine: str = "",
    subject: UUID | None = None,
    state_after: str = "",
    corrects: int | None = None,
    happened_at: datetime | None = None,
) -> Entry:
    """Write a line; the database gives it number, instant and hash. `by` None: the system.

    `on` is the legal date; `body` names people by key only.
    """
    if kind not in events():
        raise ValueError(f"no such event: {kind}")
    law = statute(stream.rule_set)
    values = [
        stream.pk,
        kind,
        on,
        happened_at,
        by.pk if by else None,
        machine,
        subject,
        state_after,
        canonical(body or {}),
        corrects,
        law.digest,
        calendar().edition,
    ]
    entry: Entry = Entry.objects.raw(_INSERT, values)[0]
    return entry


def read(stream: Stream, *, what: str, by: User) -> None:
    """Note that `by` read personal data of the stream's case."""
    read_all([stream], what=what, by=by)


def read_all(streams: Iterable[Stream], *, what: str, by: User) -> None:
    """Note that `by` read personal data of these streams' cases, in a list."""
    Reading.objects.bulk_create(Reading(stream=each, what=what, user=by) for each in streams)

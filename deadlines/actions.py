"""Keep the deadline rows equal to the fold of the journal."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from deadlines.fold import Event, FoldedTerm, fold
from deadlines.models import Deadline
from journal import actions as journal
from journal.models import Entry, Stream
from law.statute import statute
from law.workdays import calendar

KEY = ("stream", "rule", "scope", "started_by")
FIELDS = (
    "starts_on",
    "due_on",
    "nominal_on",
    "safe_on",
    "status",
    "provisional",
    "days_kept",
    "pauses",
    "calendar",
    "ended_on",
    "ends_on",
)


def event(entry: Entry) -> Event:
    """A journal line as the fold reads it; a line that puts another right is read as that one."""
    facts = entry.facts
    return Event(
        seq=entry.seq,
        kind=facts.get("as", entry.kind),
        on=entry.on,
        subject=f"{entry.machine}:{entry.subject}" if entry.subject else "",
        body=facts,
        corrects=entry.corrects,
        calendar=entry.calendar,
        happened_at=entry.happened_at,
    )


def folded(
    stream: Stream, *, upto: int | None = None, entries: Sequence[Entry] | None = None
) -> list[FoldedTerm]:
    """The terms of a stream as its lines (up to line `upto`) give them.

    `entries`: all lines in order, where they were read before.
    """
    read = stream.entries.order_by("seq") if entries is None else entries
    told = [event(each) for each in read if upto is None or each.seq <= upto]
    return fold(told, law=statute(stream.rule_set), calendar=calendar)


def what_if(
    stream: Stream, supposed: Iterable[Event], *, entries: Sequence[Entry] | None = None
) -> list[FoldedTerm]:
    """The terms as they would stand if these events were written next; nothing is stored."""
    read = stream.entries.order_by("seq") if entries is None else entries
    known = [event(each) for each in read]
    after = known[-1].seq if known else 0
    following = [replace(each, seq=after + n) for n, each in enumerate(supposed, start=1)]
    return fold([*known, *following], law=statute(stream.rule_set), calendar=calendar)


def row(stream: Stream, term: FoldedTerm) -> Deadline:
    """The row a folded term is stored as."""
    reckoning = term.reckoning
    return Deadline(
        stream=stream,
        rule=term.rule,
        scope=term.scope,
        started_by=term.started_by,
        starts_on=term.starts_on,
        due_on=reckoning.due_on,
        nominal_on=reckoning.nominal_on,
        safe_on=reckoning.safe_on,
        status=term.status,
        provisional=reckoning.provisional,
        days_kept=reckoning.days_left,
        pauses=[[str(begin), str(end) if end else None] for begin, end in term.pauses],
        calendar=reckoning.calendar,
        ended_on=term.ended_on,
        ends_on=term.ends_on,
    )


def _key(deadline: Deadline) -> tuple[str, str, int]:
    return deadline.rule, deadline.scope, deadline.started_by


def differences(
    stream: Stream,
    *,
    entries: Sequence[Entry] | None = None,
    rows: Iterable[Deadline] | None = None,
) -> list[tuple[Deadline | None, Deadline | None]]:
    """Pairs (stored, folded) that are not equal; None where one side has no such term."""
    stored = {_key(each): each for each in (stream.deadlines.all() if rows is None else rows)}
    terms = folded(stream, entries=entries)
    wanted = {_key(each): each for each in (row(stream, term) for term in terms)}
    found: list[tuple[Deadline | None, Deadline | None]] = []
    for key in sorted(stored.keys() | wanted.keys()):
        old, new = stored.get(key), wanted.get(key)
        if old is None or new is None or _values(old) != _values(new):
            found.append((old, new))
    return found


def _values(deadline: Deadline) -> dict[str, Any]:
    return {name: getattr(deadline, name) for name in FIELDS}


def refold(
    stream: Stream,
    *,
    entries: Sequence[Entry] | None = None,
    rows: Iterable[Deadline] | None = None,
) -> int:
    """Make the rows equal to the fold, writing only what differs; how many rows changed.

    `entries`, `rows`: all lines of the stream in order and its rows, where they were read before.
    """
    changes = differences(stream, entries=entries, rows=rows)
    if gone := [old.pk for old, new in changes if old is not None and new is None]:
        Deadline.objects.filter(pk__in=gone).delete()
    Deadline.objects.bulk_create(
        [new for _old, new in changes if new is not None],
        update_conflicts=True,
        unique_fields=KEY,
        update_fields=FIELDS,
    )
    return len(changes)


def tell_run_out(stream: Stream, over: Iterable[Deadline]) -> list[Entry]:
    """A line for each of these terms of a stream, that it ran out on its last day."""
    return [
        journal.record(
            stream,
            "expired",
            on=each.due_on,
            by=None,
            body={"rule": each.rule, "scope": each.scope, "due_on": each.due_on.isoformat()},
        )
        for each in over
        if each.due_on is not None  # a running term has its last day
    ]

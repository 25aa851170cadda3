"""What lasts until a day it names, and ends by itself on that day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from deadlines.actions import refold
from enforcement.models import Case, Proceeding
from journal import actions as journal
from journal.models import Entry, Stream


@dataclass(frozen=True, slots=True)
class Lasting:
    """A kind of thing that lasts until its day."""

    #: The event of the line that names the day, as `until`.
    begins: str
    #: The journals of cases where one came to its day.
    due: Callable[[date], Sequence[UUID]]
    #: End those of these cases (their journals by case) that came to their day; the case of each.
    end: Callable[[Mapping[UUID, Stream], date], Sequence[UUID]]


#: In the order in which they end: what is read last sees the state as it stands then.
LASTING: Final[list[Lasting]] = []


def lapse(cases: Sequence[Case], *, on: date) -> int:
    """End what was to last until a day up to `on`, each on its day; how many.

    The lines are dated that day and by nobody, whether beat looks first or somebody acts.
    """
    streams = {case.pk: case.stream for case in cases}
    ended = [case_id for each in LASTING for case_id in each.end(streams, on)]
    for case_id in set(ended):
        refold(streams[case_id])
    return len(ended)


def may_lapse(lines: Sequence[Entry]) -> bool:
    """Whether any line tells of what lasts until a day."""
    begins = {each.begins for each in LASTING}
    return any(line.kind in begins and line.facts.get("until") for line in lines)


def record_lapse(
    stream: Stream, running: Proceeding, event: str, *, on: date, **body: Any
) -> Entry:
    """The line of what lasted until its day, on the proceeding as it stands then."""
    return journal.record(
        stream,
        event,
        on=on,
        by=None,
        body=body,
        machine=running.MACHINE,
        subject=running.pk,
        state_after=running.state,
    )

"""What time does to a case: a term runs out."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F

from deadlines.actions import differences, refold
from deadlines.models import Deadline
from deadlines.queries import ran_out
from enforcement.models import Case
from journal import actions as journal
from law.workdays import calendar

#: How many cases are held at once while their terms expire.
BATCH: Final = 100


@dataclass(slots=True)
class Sweep:
    """What one look at the calendar found: terms due before `on`, expired now, expired before."""

    on: str
    due: int
    expired: int
    already: int

    def as_json(self) -> dict[str, Any]:
        """{on, due, expired, already}."""
        return asdict(self)


def sweep(*, on: date, batch: int = BATCH, count_already: bool = True) -> Sweep:
    """Expire every term whose last day lies before `on`, a batch of cases at a time.

    Safe to run twice, also at once; a batch whose worker died is as if never begun.
    """
    over = Deadline.objects.filter(status="expired", due_on__lt=on)
    already = over.count() if count_already else 0
    due = ran_out(on).count()
    streams = list(ran_out(on).order_by().values_list("stream_id", flat=True).distinct())
    expired, busy = 0, []
    for first in range(0, len(streams), batch):
        done, left = _expire_free(streams[first : first + batch], on=on)
        expired += done
        busy += left
    expired += sum(expire(stream, on=on) for stream in busy)
    return Sweep(on.isoformat(), due, expired, already)


@transaction.atomic
def _expire_free(streams: Sequence[UUID], *, on: date) -> tuple[int, list[UUID]]:
    """Expire the terms of the cases nobody works on now; how many, and who is left.

    Not waiting for one case while others are held, a sweep never hinders a verb for long.
    """
    free = Case.objects.select_for_update(of=("self",), skip_locked=True)
    cases = list(free.select_related("stream").filter(stream__in=streams))
    done = _write_off(cases, on=on)
    held = {case.stream_id for case in cases}
    return done, [stream for stream in streams if stream not in held]


@transaction.atomic
def expire(stream_id: UUID, *, on: date) -> int:
    """Write a line for each term of the case that ran out before `on`; how many."""
    waiting = Case.objects.select_for_update(of=("self",)).select_related("stream")
    return _write_off([waiting.get(stream_id=stream_id)], on=on)


def _write_off(cases: Sequence[Case], *, on: date) -> int:
    """A line for every term of these locked cases that ran out, and its row as the fold has it."""
    streams = {case.stream_id: case.stream for case in cases}
    over = list(ran_out(on).filter(stream__in=streams))
    for deadline in over:
        assert deadline.due_on is not None  # a running term has its last day
        journal.record(
            streams[deadline.stream_id],
            "expired",
            on=deadline.due_on,
            by=None,
            body={
                "rule": deadline.rule,
                "scope": deadline.scope,
                "due_on": deadline.due_on.isoformat(),
            },
        )
    # An ended term keeps the calendar known that day: a row of an older one is reckoned anew.
    edition = calendar().edition
    known = [each.pk for each in over if each.calendar == edition]
    Deadline.objects.filter(pk__in=known).update(status="expired", ended_on=F("due_on"))
    for stream in {each.stream_id for each in over if each.calendar != edition}:
        refold(streams[stream])
    return len(over)


def recompute(*, check: bool) -> dict[str, Any]:
    """Compare every case's rows with the fold of its journal; without `check`, mend them."""
    found: dict[str, Any] = {"cases": 0, "deadlines": 0, "differences": []}
    for case in Case.objects.select_related("stream").iterator(chunk_size=500):
        found["cases"] += 1
        found["deadlines"] += case.stream.deadlines.count()
        for old, new in differences(case.stream):
            known = old or new
            assert known is not None
            found["differences"].append(
                {
                    "case": str(case.pk),
                    "rule": known.rule,
                    "scope": known.scope,
                    "stored": old and str(old.due_on),
                    "folded": new and str(new.due_on),
                }
            )
        if not check:
            _mend(case.pk)
    return found


@transaction.atomic
def _mend(case_id: UUID) -> None:
    case = Case.objects.select_for_update(of=("self",)).select_related("stream").get(pk=case_id)
    refold(case.stream)

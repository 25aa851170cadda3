"""What time does to cases: terms run out, what was to last comes to its day."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final, Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import F

from deadlines.actions import differences, refold, tell_run_out
from deadlines.models import Deadline
from deadlines.queries import ran_out
from enforcement.core.lapse import LASTING, lapse
from enforcement.facts.marks import Found, store, wrong
from enforcement.models import Case, Mark
from law.workdays import calendar

#: How many cases are held at once while their terms expire.
BATCH: Final = 100


class Work(Protocol):
    """What time does to some locked cases by a day; how much it did."""

    def __call__(self, cases: Sequence[Case], *, on: date) -> int: ...


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

    Before that, end what was to last until its day: the terms run again.
    Safe to run twice, also at once; a batch whose worker died is as if never begun.
    """
    _each((stream for kind in LASTING for stream in kind.due(on)), lapse, on=on, batch=batch)
    expired = Deadline.objects.filter(status="expired", due_on__lt=on)
    already = expired.count() if count_already else 0
    due = ran_out(on).count()
    over = ran_out(on).order_by().values_list("stream_id", flat=True).distinct()
    done = _each(over, _write_off, on=on, batch=batch)
    return Sweep(on.isoformat(), due, done, already)


def _each(wanted: Iterable[UUID], work: Work, *, on: date, batch: int) -> int:
    """Do `work` on the cases of these streams, a batch at a time; how much was done.

    Whoever somebody works on now waits for the end.
    """
    streams, done, busy = sorted(set(wanted)), 0, []
    for first in range(0, len(streams), batch):
        of_free, left = _free(streams[first : first + batch], work, on=on)
        done += of_free
        busy += left
    return done + sum(_one(stream, work, on=on) for stream in busy)


@transaction.atomic
def _free(streams: Sequence[UUID], work: Work, *, on: date) -> tuple[int, list[UUID]]:
    """Do the work on the cases nobody works on now; how much, and who is left.

    Not waiting for one case while others are held, a sweep never hinders a verb for long.
    """
    free = Case.objects.select_for_update(of=("self",), skip_locked=True)
    cases = list(free.select_related("stream").filter(stream__in=streams))
    done = work(cases, on=on)
    held = {case.stream_id for case in cases}
    return done, [stream for stream in streams if stream not in held]


@transaction.atomic
def _one(stream_id: UUID, work: Work, *, on: date) -> int:
    waiting = Case.objects.select_for_update(of=("self",)).select_related("stream")
    return work([waiting.get(stream_id=stream_id)], on=on)


def expire(stream_id: UUID, *, on: date) -> int:
    """Write a line for each term of the case that ran out before `on`; how many."""
    return _one(stream_id, _write_off, on=on)


def _write_off(cases: Sequence[Case], *, on: date) -> int:
    """A line for every term of these locked cases that ran out, and its row as the fold has it."""
    streams = {case.stream_id: case.stream for case in cases}
    over = list(ran_out(on).filter(stream__in=streams))
    for deadline in over:
        tell_run_out(streams[deadline.stream_id], [deadline])
    # An ended term keeps the calendar known that day: a row of an older one is reckoned anew.
    edition = calendar().edition
    known = [each.pk for each in over if each.calendar == edition]
    Deadline.objects.filter(pk__in=known).update(status="expired", ended_on=F("due_on"))
    for stream in {each.stream_id for each in over if each.calendar != edition}:
        refold(streams[stream])
    return len(over)


def recompute(*, check: bool) -> dict[str, Any]:
    """Compare every case's rows with the fold of its journal, and what is marked of its
    proceedings with what is so; without `check`, mend them."""
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
        found["differences"] += _marks(case)
        if not check:
            _mend(case.pk)
    return found


def _marks(case: Case) -> list[dict[str, Any]]:
    """What is marked of a case's proceedings otherwise than it should be."""
    marks = Mark.objects.filter(proceeding__case=case)
    return [
        {
            "case": str(case.pk),
            "rule": "mark",
            "scope": f"proceeding:{mark.pk}",
            "stored": str(was),
            "folded": str(Found.stored(mark)),
        }
        for mark, was in wrong(marks)
    ]


@transaction.atomic
def _mend(case_id: UUID) -> None:
    case = Case.objects.select_for_update(of=("self",)).select_related("stream").get(pk=case_id)
    refold(case.stream)
    store(Mark.objects.filter(proceeding__case=case).select_for_update().order_by("pk"))

"""What time does to a case: a term runs out."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from deadlines.actions import differences, refold
from deadlines.models import Deadline
from deadlines.queries import ran_out
from enforcement.models import Case
from journal import actions as journal


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


def sweep(*, on: date, batch: int = 200) -> Sweep:
    """Expire every term whose last day lies before `on`, a case at a time; safe to run twice."""
    already = Deadline.objects.filter(status="expired", due_on__lt=on).count()
    streams = list(ran_out(on).values_list("stream_id", flat=True).distinct())
    due = ran_out(on).count()
    expired = 0
    for first in range(0, len(streams), batch):
        expired += sum(expire(stream, on=on) for stream in streams[first : first + batch])
    return Sweep(on.isoformat(), due, expired, already)


@transaction.atomic
def expire(stream_id: UUID, *, on: date) -> int:
    """Write a line for each term of the case that ran out before `on`; how many."""
    case = Case.objects.select_for_update(of=("self",)).get(stream_id=stream_id)
    over = list(ran_out(on).filter(stream_id=stream_id))
    for deadline in over:
        assert deadline.due_on is not None  # a running term has its last day
        journal.record(
            case.stream,
            "expired",
            on=deadline.due_on,
            by=None,
            body={
                "rule": deadline.rule,
                "scope": deadline.scope,
                "due_on": deadline.due_on.isoformat(),
            },
        )
    if over:
        refold(case.stream)
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

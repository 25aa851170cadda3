"""What waits to be done about a proceeding's money: reckoned of it, and kept as its mark.

A mark is written in the transaction that moved what it says; who pays a joint claim moves the
marks of whoever owes it with him, in every office.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Self

from django.db.models import Q, QuerySet

from enforcement.facts.proceeding import Running
from enforcement.facts.queries import running
from enforcement.models import Debt, Mark, Proceeding

#: The lines after which what is owed, what came above it, or what is live though nothing is owed
#: can be another: where nothing is owed, nothing is secured any more, and what ends lifts.
MOVING: Final = frozenset(
    {
        *("recovered", "surplus_returned", "monthly_sum_set", "arrears_stated", "performed"),
        *("sum_indexed", "corrected", "intake_corrected", "sanction_refused", "measure_lifted"),
    }
)
FIELDS: Final = ("surplus", "surplus_since", "free_since")


@dataclass(frozen=True, slots=True)
class Found:
    """A mark as it should be."""

    surplus: Decimal | None
    surplus_since: date | None
    free_since: date | None

    @classmethod
    def of(cls, now: Running) -> Self:
        """What is to be marked of a proceeding as it stands."""
        above = {key: rest for claim in now.claims for key, rest in claim.above.items()}
        days = (each.on for claim in now.claims for each in claim.receipts if each.id in above)
        surplus = sum(above.values(), Decimal(0)) if above else None
        return cls(surplus, min(days, default=None), _free_since(now))

    def __str__(self) -> str:
        return ", ".join(f"{name}: {getattr(self, name)}" for name in FIELDS)

    @classmethod
    def stored(cls, mark: Mark) -> Self:
        """What is marked."""
        return cls(*(getattr(mark, name) for name in FIELDS))


def _free_since(now: Running) -> date | None:
    """Since when something is live though nothing is owed: the day of the last payment or of the
    act that was performed last; where there was none, since it was laid."""
    if now.owed or not now.live:
        return None
    done = (day for claim in now.claims for day in claim.done_on())
    return max(done, default=min(each.requested_on for each in now.live))


def mark(claims: Collection[Any]) -> None:
    """Reckon the marks of all proceedings for these claims anew, wherever they are.

    Their rows are locked first and read afterwards, so that two who move the same see each other.
    """
    debts = Debt.objects.filter(Q(claim__in=claims) | Q(merged__overlap=list(claims)))
    owing = Debt.debtors.through.objects.filter(debt__in=debts.order_by().values("pk"))
    found = Mark.objects.filter(proceeding__debtor__in=owing.values("participant"))
    store(list(found.select_for_update(of=("self",)).order_by("pk")))


def store(marks: Iterable[Mark]) -> int:
    """Write what is marked otherwise than it should be; how many."""
    changed = [each for each, _found in wrong(marks)]
    if changed:
        Mark.objects.bulk_update(changed, FIELDS)
    return len(changed)


def wrong(marks: Iterable[Mark]) -> Iterator[tuple[Mark, Found]]:
    """The marks that are not as they should be, put right in memory, with what they were."""
    known = {each.pk: each for each in marks}
    for proceeding, now in _read(Proceeding.objects.filter(pk__in=known)):
        was, should = Found.stored(known[proceeding]), Found.of(now)
        if was != should:
            for name in FIELDS:
                setattr(known[proceeding], name, getattr(should, name))
            yield known[proceeding], was


def _read(proceedings: QuerySet[Proceeding]) -> Iterator[tuple[Any, Running]]:
    found = proceedings.order_by().annotate(told=running()).values_list("pk", "told")
    for key, told in found:
        yield key, Running.of(told)

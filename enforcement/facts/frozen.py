"""What is frozen already for the same claims; where nothing is owed and something is to be undone.

A freeze secures a debtor's claims wherever it was laid: in this proceeding, in the office that the
document came from, and of a joint claim at whoever else owes it. Exact tenge.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Case,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from enforcement.facts.balance import ZERO
from enforcement.facts.proceeding import Laid, Running
from enforcement.facts.queries import laid
from enforcement.facts.successors import same_place
from enforcement.lifecycle.measure import LIVE
from enforcement.models import Debt, Measure, Proceeding
from enforcement.models.measure import BANK_MONEY


@dataclass(frozen=True, slots=True)
class Frozen:
    """What is asked to be frozen, sanctioned or served already, as a new freeze would find it."""

    #: Of the same debtor for the same claims, wherever it was laid.
    own: tuple[Laid, ...]
    #: Of whoever else owes a joint claim.
    others: tuple[Laid, ...]

    @classmethod
    def of(cls, running: Running, beside: Iterable[Mapping[str, Any]], *, but: str = "") -> Self:
        """What `running` has and what `beside` reads; `but`: the freeze that is judged itself."""
        rows = list(beside)
        elsewhere, others = (
            tuple(Laid.of(row) for row in rows if row["same"] is same) for same in (True, False)
        )
        own = [each for each in running.freezes if each.id != but]
        return cls((*own, *elsewhere), others)

    @property
    def total(self) -> Decimal:
        """All that is frozen of the debtor, in tenge."""
        return sum_of(self.own)

    @property
    def of_others(self) -> Decimal:
        """All that is frozen of the other debtors, in tenge."""
        return sum_of(self.others)

    def free(self, left: Decimal) -> Decimal:
        """What more can be frozen of the debtor within what is left, in tenge."""
        return max(left - self.total, ZERO)


def sum_of(freezes: Iterable[Laid]) -> Decimal:
    """The caps of freezes together, in tenge."""
    return sum((each.cap for each in freezes if each.cap is not None), ZERO)


def beside(path: str = "") -> ArraySubquery:
    """The live freezes of other proceedings for the same claims, inside a query of proceedings or
    of what hangs on one at `path`; `same`: of the same person, else of whoever owes with him."""
    debtor = f"{path}debtor"
    claims = Debt.objects.filter(debtors=OuterRef(OuterRef(debtor))).order_by().values("claim")
    same = Case(
        When(same_place("proceeding__debtor", debtor), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    found = Measure.objects.annotate(same=same).filter(
        Q(same=True) | Q(proceeding__debtor__debts__joint=True),
        proceeding__debtor__debts__claim__in=claims,
        state__in=LIVE,
        target=BANK_MONEY,
    )
    found = found.exclude(proceeding=OuterRef(f"{path}pk")).order_by()
    return ArraySubquery(found.values(told=laid(same="same")).distinct())


def frozen(proceeding: Proceeding, running: Running, *, but: str = "") -> Frozen:
    """What is frozen already for the claims of a proceeding."""
    found = Proceeding.objects.filter(pk=proceeding.pk).annotate(beside=beside())
    return Frozen.of(running, found.values_list("beside", flat=True).get(), but=but)


def unneeded(proceedings: QuerySet[Proceeding]) -> QuerySet[Proceeding]:
    """Of these proceedings those in which something is live though nothing is owed any more,
    whoever paid it, with `free_since`: the day of the last payment or performance."""
    found = proceedings.filter(mark__free_since__isnull=False)
    return found.annotate(free_since=F("mark__free_since"))


def overpaid(proceedings: QuerySet[Proceeding]) -> QuerySet[Proceeding]:
    """Of these proceedings those through which more came than is claimed, with the `surplus` that
    waits to be given back and `surplus_since`: the day on which the first of it came."""
    found = proceedings.filter(mark__surplus_since__isnull=False)
    return found.annotate(surplus=F("mark__surplus"), surplus_since=F("mark__surplus_since"))

"""What is frozen already for the same claims, and where something is live though nothing is owed.

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
    DateField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from enforcement.facts.balance import (
    ZERO,
    Among,
    paid_of_claim,
    performed,
    standing,
    whole_of_claim,
)
from enforcement.facts.proceeding import Laid, Running
from enforcement.facts.queries import laid
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
        When(proceeding__debtor__party=OuterRef(f"{debtor}__party"), then=Value(True)),
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
    whoever paid it, with `free_since`: the day of the last payment, or of the last act."""
    debts = Debt.objects.filter(debtors=OuterRef("debtor")).order_by()
    unpaid = Q(whole__gt=F("paid")) | Q(amount=None, done=False)
    told = {"whole": whole_of_claim(), "paid": paid_of_claim(), "done": performed()}
    owing = debts.annotate(**told).filter(unpaid)
    claims = Debt.objects.filter(debtors=OuterRef(OuterRef("debtor"))).values("claim")
    last = standing().filter(debt__claim__in=claims).values("reversal").annotate(last=Max("on"))
    since = Coalesce(
        Subquery(last.values("last")), F("case__last_act_on"), output_field=DateField()
    )
    # What is live is little among all there was: from there on each is found by its key.
    live = Measure.objects.filter(state__in=LIVE).order_by().values("proceeding").distinct()
    found = proceedings.filter(Among(F("pk"), ArraySubquery(live)))
    return found.filter(~Exists(owing)).annotate(free_since=since)

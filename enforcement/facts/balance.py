"""The one balance: claims with what was paid of them, as SQL reads it and as a page adds it up.

Exact tenge. A joint claim is one claim on every arrival and in every office.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum, TextField
from django.db.models.functions import Cast, Coalesce, JSONObject

from enforcement.models import Debt, Presentation, Recovery
from journal.models import Entry

ZERO: Final = Decimal("0.00")
TIYN: Final = Decimal("0.01")
#: The kinds of claims.
SUM, PERIODIC, ACT = "sum", "periodic", "act"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim against a debtor: a sum with what was paid of it, or what is no sum."""

    id: str
    amount: Decimal | None
    #: What was paid of it by anybody and anywhere, and what of that came in this proceeding.
    paid: Decimal
    here: Decimal
    act: str
    periodic: str
    #: Whether what is no sum was performed in full.
    performed: bool

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """A claim as `claims_of` reads it."""
        amount = None if told["amount"] is None else Decimal(told["amount"])
        sums = {name: Decimal(told[name]) for name in ("paid", "here")}
        return cls(**{**told, **sums, "amount": amount})

    @property
    def left(self) -> Decimal | None:
        """What is left of a sum, in tenge; None for what is no fixed sum."""
        return None if self.amount is None else self.amount - self.paid

    @property
    def kind(self) -> str:
        """A sum, payments that come again, or an act."""
        if self.amount is not None:
            return SUM
        return PERIODIC if self.periodic else ACT

    @property
    def owed(self) -> bool:
        """Whether anything is still owed of it."""
        return not self.performed if self.amount is None else bool(self.left)


@dataclass(frozen=True, slots=True)
class Account:
    """All sums together, in tenge; None where no sum is claimed."""

    claimed: Decimal | None
    paid: Decimal
    #: What of it came in through this proceeding.
    recovered: Decimal
    left: Decimal | None
    #: Which kinds of claims are still owed.
    owed: frozenset[str]

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> Self:
        """The account of these claims; joint debts count once."""
        claims = list(claims)
        sums = [each for each in claims if each.amount is not None]
        owed = frozenset(each.kind for each in claims if each.owed)
        paid, here = (sum((getattr(c, name) for c in sums), ZERO) for name in ("paid", "here"))
        if not sums:
            return cls(None, paid, here, None, owed)
        claimed = sum((each.amount for each in sums if each.amount is not None), ZERO)
        return cls(claimed, paid, here, claimed - paid, owed)


def standing() -> QuerySet[Recovery]:
    """Recoveries that nobody annulled."""
    return Recovery.objects.filter(reversal=None).order_by()


def paid(recoveries: QuerySet[Recovery], by: str) -> Coalesce:
    """The sum of these recoveries, grouped by one field, inside a query."""
    return Coalesce(Subquery(recoveries.values(by).annotate(all=Sum("amount")).values("all")), ZERO)


def paid_of_claim() -> Coalesce:
    """What was paid of a debt's claim, whoever paid and wherever, inside a query of debts."""
    return paid(standing().filter(debt__claim=OuterRef("claim")), "debt__claim")


def performed() -> Exists:
    """Whether a claim was performed in full, inside a query of debts."""
    arrival = Presentation.objects.filter(pk=OuterRef(OuterRef("presentation")))
    stream = Subquery(arrival.values("case__stream")[:1])
    lines = Entry.objects.filter(stream=stream, kind="performed")
    told = lines.filter(body__contains=Cast(OuterRef("pk"), TextField()))
    return Exists(told.exclude(Exists(annulling())))


def annulling() -> QuerySet[Entry]:
    """The lines that annul a line, inside a query of lines."""
    return Entry.objects.filter(stream=OuterRef("stream"), corrects=OuterRef("seq"))


def claims_of(debtor: str, proceeding: str) -> ArraySubquery:
    """What a debtor owes, claim by claim in order, inside a query; `Claim.of` reads each."""
    here = paid(
        standing().filter(debt=OuterRef("pk"), proceeding=OuterRef(OuterRef(proceeding))), "debt"
    )
    owed = Debt.objects.filter(debtors=OuterRef(debtor)).order_by("position")
    told = JSONObject(
        id="pk",
        amount=Cast("amount", TextField()),
        paid=Cast(paid_of_claim(), TextField()),
        here=Cast(here, TextField()),
        act="act",
        periodic="periodic_kind",
        performed=performed(),
    )
    return ArraySubquery(owed.values(told=told))

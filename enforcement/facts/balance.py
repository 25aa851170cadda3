"""The one balance: claims with what came in for them, as SQL reads it and as a page adds it up.

Exact tenge. A joint claim is one claim on every arrival and in every office. Money is a fact: what
came counts to the claim in the order of its own days, and what is above the claim is surplus.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, Self, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    DateField,
    Exists,
    F,
    Func,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, JSONObject

from enforcement.facts import schedule
from enforcement.facts.out_of_time import late, late_by
from enforcement.facts.schedule import Award, Instalment, Reckoned
from enforcement.models import Assessment, Debt, Presentation, Recovery, Refund
from journal.models import Entry

ZERO: Final = Decimal("0.00")
TIYN: Final = Decimal("0.01")
M = TypeVar("M", Assessment, Recovery)
#: The kinds of claims.
SUM, PERIODIC, ACT = "sum", "periodic", "act"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A sum that came in and stands, less what of it was given back."""

    id: str
    proceeding: str
    debt: str
    #: Its own day, and the line that told of it: in this order they count.
    on: date
    line: int
    amount: Decimal


@dataclass(frozen=True)
class Claim:
    """A claim against a debtor: a sum with what came in for it, or what is no sum."""

    id: str
    #: What it is on every arrival.
    claim: str
    amount: Decimal | None
    #: What of that a court added by indexation (COURT-DEFER-01).
    indexed: Decimal
    #: What came in for it, from anybody and anywhere, in the order in which it counts.
    receipts: tuple[Receipt, ...]
    #: In which proceeding it is looked at; nobody's where empty.
    proceeding: str
    act: str
    periodic: str
    #: The day on which an act was performed in full.
    performed_on: date | None
    #: Of payments that come again: what is awarded and reckoned of them.
    award: Award
    #: Whether it was out of time when it was presented: nobody demands it.
    late: bool = False

    @classmethod
    def of(cls, told: Mapping[str, Any], proceeding: str = "") -> Self:
        """A claim as `claim_told` reads it, in a proceeding."""
        amount, indexed = _indexed(told)
        receipts = sorted(map(_receipt, told["receipts"]), key=lambda each: (each.on, each.line))
        plain = {name: told[name] for name in ("id", "claim", "act", "periodic", "late")}
        plain |= {"proceeding": proceeding, "indexed": indexed}
        return cls(
            amount=amount,
            receipts=tuple(receipts),
            performed_on=told["performed_on"] and date.fromisoformat(told["performed_on"]),
            award=_award(told),
            **plain,
        )

    @classmethod
    def all_of(cls, rows: Iterable[Mapping[str, Any]], proceeding: str = "") -> tuple[Self, ...]:
        """The claims of an arrival; sums that were one claim before share what came for it, and
        what a court added to it stands at the first of them."""
        claims: list[Self] = []
        named: dict[str, list[Self]] = {}
        for each in (cls.of(row, proceeding) for row in rows):
            known = named.setdefault(each.claim, [])
            plain = each.amount and each.amount - each.indexed
            known.append(replace(each, amount=plain, indexed=ZERO) if known else each)
            claims.append(known[-1])
        pieces: dict[str, tuple[Receipt, ...]] = {}
        for together in named.values():
            pieces |= _shared_out(together) if len(together) > 1 else {}
        return tuple(
            replace(each, receipts=pieces[each.id]) if each.id in pieces else each
            for each in claims
        )

    @property
    def kind(self) -> str:
        """A sum, payments that come again, or an act."""
        if self.amount is not None:
            return SUM
        return PERIODIC if self.periodic else ACT

    @cached_property
    def counted(self) -> dict[str, Decimal]:
        """Receipt -> what of it counts to the claim: all of it, until the claim is paid.

        Payments that come again take whatever comes, as advances too, until every month of an
        award that has an end is paid; an act takes no money.
        """
        room, found = self._whole, {}
        for each in self.receipts:
            beside = self.kind == PERIODIC and not schedule.covers(self.award, each.on, each.line)
            found[each.id] = each.amount if room is None or beside else min(each.amount, room)
            if room is not None and not beside:
                room -= found[each.id]
        return found

    @property
    def _whole(self) -> Decimal | None:
        """All that can count to it, in tenge; None where whatever comes does."""
        if self.kind == PERIODIC:
            return schedule.asked(self.award)
        return self.asked or ZERO

    @property
    def asked(self) -> Decimal | None:
        """What can be demanded of a sum, in tenge: nothing where it is out of time; None for what
        is no fixed sum."""
        return ZERO if self.late and self.kind == SUM else self.amount

    @property
    def paid(self) -> Decimal:
        """What was paid of it by anybody and anywhere."""
        return sum(self.counted.values(), ZERO)

    @property
    def here(self) -> Decimal:
        """What of that came in this proceeding."""
        own = (each for each in self.receipts if each.proceeding == self.proceeding)
        return sum((self.counted[each.id] for each in own), ZERO)

    @property
    def above(self) -> dict[str, Decimal]:
        """Receipt -> what of it is above the claim and waits to be given back; of what came in
        the proceeding in which the claim is looked at."""
        own = (e for e in self.receipts if self.proceeding in ("", e.proceeding))
        rest = {each.id: each.amount - self.counted[each.id] for each in own}
        return {receipt: amount for receipt, amount in rest.items() if amount}

    @property
    def surplus(self) -> Decimal:
        """What came above the claim and waits to be given back."""
        return sum(self.above.values(), ZERO)

    @property
    def left(self) -> Decimal | None:
        """What is left of a sum, in tenge; None for what is no fixed sum."""
        return None if self.asked is None else self.asked - self.paid

    @property
    def covering(self) -> Decimal:
        """What covers the months of payments that come again, in tenge."""
        return schedule.counted(self.award, ((e.on, e.line, e.amount) for e in self.receipts))

    def arrears(self, on: date) -> Decimal | None:
        """What of payments that come again is owed by a day and unpaid, in tenge; None of other
        claims, and where nobody reckoned it."""
        if self.kind != PERIODIC:
            return None
        return schedule.arrears(self.award, self.covering, on)

    def months(self, on: date) -> list[Instalment]:
        """What payments that come again owe by a day, month by month, and what of it is paid."""
        return schedule.schedule(self.award, self.covering, on)

    @property
    def owed(self) -> bool:
        """Whether anything is still owed of it: of a sum what is left, of payments that come again
        any month of the award, of an act all of it; nothing of what is out of time."""
        if self.kind == PERIODIC:
            return not schedule.settled(self.award, self.covering)
        return bool(self.left) if self.kind == SUM else not (self.late or self.performed_on)

    def done_on(self) -> Iterator[date]:
        """The days on which something of it was executed."""
        yield from (each.on for each in self.receipts if self.counted[each.id])
        if self.performed_on:
            yield self.performed_on

    def owed_on(self, on: date) -> bool:
        """Whether it is not executed in full by a day: payments that come again are owed until
        their award is over, whatever was paid ahead (PERIOD-01)."""
        goes_on = self.award.until is None or self.award.until > on
        return self.owed or (self.kind == PERIODIC and goes_on)


def _shared_out(claims: Sequence[Claim]) -> dict[str, tuple[Receipt, ...]]:
    """Let what came fill the sum it was named for, then the others in order; what is above them
    all stays with the first."""
    received = claims[0].receipts
    rooms = {each.id: each.asked or ZERO for each in claims}
    pieces: dict[str, list[Receipt]] = {each.id: [] for each in claims}
    for receipt in received:
        rest, first = receipt.amount, receipt.debt if receipt.debt in rooms else claims[0].id
        taken = {}
        for key in (first, *(key for key in rooms if key != first)):
            taken[key] = min(rest, rooms[key])
            rooms[key], rest = rooms[key] - taken[key], rest - taken[key]
        taken[first] += rest
        for key, amount in taken.items():
            if amount:
                pieces[key].append(replace(receipt, amount=amount))
    return {key: tuple(own) for key, own in pieces.items()}


def _indexed(told: Mapping[str, Any]) -> tuple[Decimal | None, Decimal]:
    """A sum with what courts added to it, and what that is; None where no sum is claimed."""
    if told["amount"] is None:
        return None, ZERO
    added = sum((Decimal(each["amount"]) for each in told["reckoned"]), ZERO)
    return Decimal(told["amount"]) + added, added


def _award(told: Mapping[str, Any]) -> Award:
    since, until = (each and date.fromisoformat(each) for each in (told["since"], told["until"]))
    monthly = Decimal(told["monthly"]) if told["monthly"] else None
    late_by = date.fromisoformat(told["late_by"]) if told["late_by"] else None
    reckoned = tuple(map(_reckoned, told["reckoned"]))
    return Award(since, until, monthly, reckoned, told["day"], late_by)


def _reckoned(told: Mapping[str, Any]) -> Reckoned:
    since, until = (each and date.fromisoformat(each) for each in (told["since"], told["until"]))
    return Reckoned(Decimal(told["amount"]), since, until, told["line"])


def _receipt(told: Mapping[str, Any]) -> Receipt:
    plain = {name: told[name] for name in ("id", "proceeding", "debt", "line")}
    amount = Decimal(told["amount"]) - Decimal(told["back"])
    return Receipt(on=date.fromisoformat(told["on"]), amount=amount, **plain)


@dataclass(frozen=True, slots=True)
class Account:
    """All sums together but those out of time, in tenge; None where no sum is claimed."""

    claimed: Decimal | None
    paid: Decimal
    #: What of it came in through this proceeding.
    recovered: Decimal
    left: Decimal | None
    #: Which kinds of claims are still owed.
    owed: frozenset[str]
    #: What came above the claims and waits to be given back.
    surplus: Decimal
    #: The payments that come again.
    periodic: tuple[Claim, ...] = ()

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> Self:
        """The account of these claims; joint debts count once."""
        claims = list(claims)
        sums = [each for each in claims if each.amount is not None]
        owed = frozenset(each.kind for each in claims if each.owed)
        paid, here = (sum((getattr(c, name) for c in sums), ZERO) for name in ("paid", "here"))
        surplus = sum((each.surplus for each in claims), ZERO)
        again = tuple(each for each in claims if each.kind == PERIODIC)
        if not sums:
            return cls(None, paid, here, None, owed, surplus, again)
        claimed = sum((each.asked for each in sums if each.asked is not None), ZERO)
        return cls(claimed, paid, here, claimed - paid, owed, surplus, again)

    @property
    def came(self) -> Decimal:
        """What came in through this proceeding for sums and for payments that come again."""
        return self.recovered + sum((each.here for each in self.periodic), ZERO)

    def due(self, on: date) -> Decimal | None:
        """What can be claimed by a day: what is left of all sums, and the arrears of what comes
        again; None where neither is known, in tenge."""
        known = [self.left, *(each.arrears(on) for each in self.periodic)]
        sums = [each for each in known if each is not None]
        return sum(sums, ZERO) if sums else None


def standing() -> QuerySet[Recovery]:
    """Sums that came in and nobody annulled."""
    return Recovery.objects.filter(reversal=None).order_by()


def given_back() -> Coalesce:
    """What of a sum that came in was given back, in tenge, inside a query of such sums."""
    back = Refund.objects.filter(recovery=OuterRef("pk"), reversal=None).order_by()
    return Coalesce(
        Subquery(back.values("recovery").annotate(all=Sum("amount")).values("all")), ZERO
    )


def _receipts() -> ArraySubquery:
    """What came in for a debt's claim, whoever paid and wherever, inside a query of debts."""
    told = JSONObject(
        id="pk",
        proceeding="proceeding",
        debt="debt",
        on="on",
        line="entry",
        amount=Cast("amount", TextField()),
        back=Cast(given_back(), TextField()),
    )
    return ArraySubquery(of_claim(standing()).values(told=told))


def _reckonings() -> ArraySubquery:
    """What was reckoned of a debt's claim, or a court added to it, inside a query of debts."""
    found = of_claim(Assessment.objects.filter(reversal=None).order_by())
    told: dict[str, Any] = {"since": "since", "until": "until", "line": "entry"}
    told["amount"] = Cast("amount", TextField())
    return ArraySubquery(found.values(told=JSONObject(**told)))


class Among(Func):
    """Whether a value is in an array; one that is read is read before all else, and by itself."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def of_claim(sums: QuerySet[M]) -> QuerySet[M]:
    """Those of a debt's claim, on whichever arrival and in whichever office, inside a query of
    debts."""
    own, merged = Q(debt__claim=OuterRef("claim")), Among(F("debt__claim"), OuterRef("merged"))
    return sums.filter(own | Q(merged))


def performed_on() -> Subquery:
    """The day on which a claim was performed in full, inside a query of debts."""
    arrival = Presentation.objects.filter(pk=OuterRef(OuterRef("presentation")))
    stream = Subquery(arrival.values("case__stream")[:1])
    lines = Entry.objects.filter(stream=stream, kind="performed")
    told = lines.filter(body__contains=Cast(OuterRef("pk"), TextField()))
    found = told.exclude(Exists(annulling())).annotate(day=own_day()).order_by("-seq")
    return Subquery(found.values("day")[:1])


def own_day() -> Coalesce:
    """The day of the fact that a line tells of, inside a query of lines."""
    since = KeyTextTransform("since", Cast("body", JSONField()))
    return Coalesce(Cast(since, DateField()), "on")


def annulling() -> QuerySet[Entry]:
    """The lines that annul a line, inside a query of lines."""
    return Entry.objects.filter(stream=OuterRef("stream"), corrects=OuterRef("seq"))


def claim_told() -> JSONObject:
    """What `Claim.of` reads, inside a query of debts."""
    return JSONObject(
        id="pk",
        claim="claim",
        amount=Cast("amount", TextField()),
        receipts=_receipts(),
        act="act",
        periodic=F("periodic_kind"),
        performed_on=performed_on(),
        since="periodic_since",
        until="periodic_until",
        day="periodic_day",
        monthly=Cast("periodic_amount", TextField()),
        late_by=late_by(),
        late=late(),
        reckoned=_reckonings(),
    )


def claims_of(debtor: str) -> ArraySubquery:
    """What a debtor owes, claim by claim in order, inside a query; `Claim.of` reads each."""
    owed = Debt.objects.filter(debtors=OuterRef(debtor)).order_by("position", "share")
    return ArraySubquery(owed.values(told=claim_told()))

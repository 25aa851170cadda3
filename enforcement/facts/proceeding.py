"""Where a proceeding stands: the one read model that pages, lists and verbs judge by.

Pure: facts/queries.py reads what it is made of.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from operator import attrgetter, itemgetter
from typing import Any, Final, Self

from enforcement.facts.balance import PERIODIC, Account, Claim
from enforcement.lifecycle.measure import LIVE
from enforcement.lifecycle.postponement import APPROVED, REQUESTED
from enforcement.models import Proceeding
from enforcement.models.measure import BANK_MONEY
from law.statute import RULE_SETS, statute

VOLUNTARY: Final = "voluntary"
COERCIVE: Final = "coercive"


@dataclass(frozen=True, slots=True)
class Held:
    """A ground that holds the proceeding: since when, and until which day if one was named."""

    id: int
    ground: str
    since: date


@dataclass(frozen=True, slots=True)
class Laid:
    """A live securing measure; of money in a bank with its bank and its cap (tenge)."""

    id: str
    state: str
    kind: str
    target: str
    initiator: str
    requested_on: date
    bank: str
    cap: Decimal | None

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """A measure as its row is read."""
        cap = None if told["cap"] is None else Decimal(told["cap"])
        names = ("id", "state", "kind", "target", "initiator", "bank")
        on = date.fromisoformat(told["requested_on"])
        return cls(**{name: told[name] for name in names}, requested_on=on, cap=cap)


@dataclass(frozen=True)
class Running:
    """A proceeding as it stands. Days are dates, sums tenge."""

    id: str
    ordinal: int
    state: str
    #: Whether the debtor is offered to comply first, and in how many months it is to be completed.
    voluntary: bool
    completion_months: int | None
    #: The kind of the executive document.
    kind: str
    #: The debtor's name in Kazakh and in Russian.
    kk: str
    ru: str
    #: Whether the debtor is a natural or a legal person.
    person: str
    claims: tuple[Claim, ...]
    #: Grounds that hold it, the oldest first; from which day it goes on by itself.
    held: tuple[Held, ...]
    stands_until: date | None
    #: The last day to which a court deferred the execution or acts were postponed.
    deferred_until: date | None
    postponed_until: date | None
    #: Whether a court's deferral holds, a request for a postponement waits.
    deferred: bool
    asked: bool
    #: The last day of the voluntary term and of the two months.
    voluntary_until: date | None
    two_months_until: date | None
    delivered: bool
    inventoried: bool
    skipped: bool
    #: Whether the claimant applied for securing.
    applied: bool
    foreclosed: bool
    #: The measures that are live.
    live: tuple[Laid, ...]
    #: Whether a cost waits to be paid back.
    spent: bool
    #: Whether the document came once more after its end.
    again: bool

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """The proceeding as `running` reads it from the database."""
        known: dict[str, Any] = {name: LINES[name] in told["lines"] for name in LINES}
        return cls(
            **{name: told[name] for name in PLAIN},
            claims=Claim.all_of(told["claims"], told["id"]),
            **_stillness(told["suspensions"]),
            **_deferred(told["deferrals"]),
            **_put_off(told["postponements"]),
            **_terms_over(told["terms"]),
            **_secured(told["measures"], told["lines"]),
            **known,
        )

    @cached_property
    def account(self) -> Account:
        """What the debtor owes and what of it was paid."""
        return Account.of(self.claims)

    @property
    def left(self) -> Decimal | None:
        """What is left of all sums, in tenge; None where no sum is claimed."""
        return self.account.left

    def due(self, on: date) -> Decimal | None:
        """What can be secured and collected by a day: sums and arrears, in tenge; None where
        neither is known."""
        return self.account.due(on)

    @property
    def owed(self) -> bool:
        """Whether anything is still owed: a sum, payments that come again, or an act."""
        return bool(self.account.owed)

    @property
    def executed_on(self) -> date | None:
        """Since when all but payments that come again is executed; None where something of it is
        owed, or nothing comes again."""
        beside = [claim for claim in self.claims if claim.kind != PERIODIC]
        if not beside or len(beside) == len(self.claims) or any(claim.owed for claim in beside):
            return None
        return max((day for claim in beside for day in claim.done_on()), default=None)

    @property
    def money(self) -> bool:
        """Whether money is claimed, once or again and again."""
        return any(not claim.act for claim in self.claims)

    @property
    def secured(self) -> bool:
        """Whether any measure is live."""
        return bool(self.live)

    @property
    def freezes(self) -> tuple[Laid, ...]:
        """The live freezes of money in a bank."""
        return tuple(each for each in self.live if each.target == BANK_MONEY)

    @property
    def freeze(self) -> Laid | None:
        """The newest of them."""
        return max(self.freezes, key=attrgetter("requested_on", "id"), default=None)

    @property
    def scope(self) -> str:
        """Its terms in the fold."""
        return f"{Proceeding.MACHINE}:{self.id}"

    @property
    def inventory_due(self) -> bool:
        """Whether the inventory is still to be made; once a duty, no reason does (Q10)."""
        left_out = self.skipped and not self.applied
        return self.money and not self.inventoried and not left_out

    def stage(self, on: date) -> str:
        """Voluntary until the last day is over on `on`, swept or not; coercive where no term is
        given (ELEM-STD-04, BASIS-COERCE-01)."""
        over = self.voluntary_until is not None and self.voluntary_until < on
        return COERCIVE if over or not self.voluntary else VOLUNTARY

    def goes_on_by_itself(self, on: date) -> bool:
        """Whether only time is needed for it to go on."""
        return self.stands_until is not None and self.stands_until > on

    def name(self, language: str) -> str:
        """The debtor's name in the reader's language."""
        return self.ru if language.startswith("ru") else self.kk


#: What is read as it stands.
PLAIN: Final = (
    *("id", "ordinal", "state", "voluntary", "completion_months"),
    *("kind", "kk", "ru", "person", "spent", "again"),
)
#: What is so while a line of this kind stands that nobody annulled.
LINES: Final = {
    "delivered": "offer_delivered",
    "inventoried": "inventoried",
    "skipped": "inventory_skipped",
    "foreclosed": "foreclosed",
}
CLAIMED: Final = "securing_claimed"
Rows = Iterable[Mapping[str, Any]]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _last(days: Iterable[str | None]) -> date | None:
    return _day(max((day for day in days if day), default=None))


def _stillness(suspensions: Rows) -> dict[str, Any]:
    """The grounds that hold it; it goes on by itself only once the last of them has named a day."""
    held = (Held(e["id"], e["ground"], date.fromisoformat(e["since"])) for e in suspensions)
    named = [each["ends_on"] for each in suspensions]
    return {"held": tuple(held), "stands_until": _last(named) if all(named) else None}


def _deferred(deferrals: Rows) -> dict[str, Any]:
    ends = [each["ended_on"] or each["until"] for each in deferrals]
    holds = any(each["ended_on"] is None for each in deferrals)
    return {"deferred_until": _last(ends), "deferred": holds}


def _put_off(postponements: Rows) -> dict[str, Any]:
    approved = [each["until"] for each in postponements if each["state"] == APPROVED]
    waits = any(each["state"] == REQUESTED for each in postponements)
    return {"postponed_until": _last(approved), "asked": waits}


def _terms_over(terms: Rows) -> dict[str, Any]:
    """Of voluntary terms the last that began, of two months the first that ends."""
    voluntary = [each for each in terms if each["rule"] in named_everywhere("voluntary_term")]
    two = [each["due_on"] for each in terms if each["rule"] in named_everywhere("two_months")]
    newest = max(voluntary, key=itemgetter("started_by"), default={"due_on": None})
    return {
        "voluntary_until": _day(newest["due_on"]),
        "two_months_until": _day(min((day for day in two if day), default=None)),
    }


def _secured(measures: Rows, lines: Collection[str]) -> dict[str, Any]:
    """What secures it, and whether the claimant applied for securing."""
    return {
        "live": tuple(Laid.of(each) for each in measures if each["state"] in LIVE),
        "applied": CLAIMED in lines or any(e["initiator"] == "claimant" for e in measures),
    }


@cache
def named_everywhere(role: str) -> frozenset[str]:
    """The rules that play a part, in whichever rule set."""
    return frozenset(rule for name in RULE_SETS if (rule := statute(name).role(role)))

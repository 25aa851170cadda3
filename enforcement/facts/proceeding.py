"""Where a proceeding stands: the one read model that pages, lists and verbs judge by.

A list of any length reads it in the query of the list itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, Final, Self, TypedDict, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    JSONField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject
from django.db.models.sql.compiler import SQLCompiler

from deadlines.models import Deadline
from documents.models import ExecutiveDocument
from enforcement.facts.arrivals import presented_again
from enforcement.facts.balance import ZERO, Account, Claim, annulling, claims_of
from enforcement.lifecycle.measure import LIVE
from enforcement.lifecycle.postponement import APPROVED, REQUESTED
from enforcement.lifecycle.proceeding import RETURNED
from enforcement.models import Case as CaseRow
from enforcement.models import (
    Cost,
    Deferral,
    Measure,
    Participant,
    Postponement,
    Proceeding,
    Reimbursement,
    Subject,
    Suspension,
)
from enforcement.models.measure import BANK_MONEY
from journal.models import Entry
from law.statute import RULE_SETS, statute

VOLUNTARY: Final = "voluntary"
COERCIVE: Final = "coercive"
S = TypeVar("S", bound=Subject)


@dataclass(frozen=True, slots=True)
class Held:
    """A ground that holds the proceeding: since when, and until which day if one was named."""

    id: int
    ground: str
    since: date


@dataclass(frozen=True, slots=True)
class Freeze:
    """The newest live freeze of money in a bank."""

    id: str
    state: str


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
    #: Whether any measure is live; the newest freeze.
    secured: bool
    freeze: Freeze | None
    #: Whether a cost waits to be paid back.
    spent: bool
    #: Whether the document came once more after its end.
    again: bool

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """The proceeding as `running` reads it from the database."""
        days = {name: _day(told[name]) for name in DAYS}
        held = (Held(e["id"], e["ground"], date.fromisoformat(e["since"])) for e in told["held"])
        freeze = Freeze(**told["freeze"]) if told["freeze"] else None
        lists = {"claims": tuple(map(Claim.of, told["claims"])), "held": tuple(held)}
        return cls(**{**told, **days, **lists, "freeze": freeze})

    @cached_property
    def account(self) -> Account:
        """What the debtor owes and what of it was paid."""
        return Account.of(self.claims)

    @property
    def left(self) -> Decimal | None:
        """What is left of all sums, in tenge; None where no sum is claimed."""
        return self.account.left

    @property
    def owed(self) -> bool:
        """Whether anything is still owed: a sum, payments that come again, or an act."""
        return bool(self.account.owed)

    @property
    def money(self) -> bool:
        """Whether money is claimed, once or again and again."""
        return any(not claim.act for claim in self.claims)

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


DAYS: Final = tuple(each.name for each in fields(Running) if each.type == date | None)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


class RunningFacts(Func):
    """What `Running.of` reads, of the proceeding whose key the expression is given.

    Its SQL is put together once and stands ready: every list and every verb asks for it.
    """

    arity = 1
    output_field = JSONField()

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *args: Any, **extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """The SQL of the facts with the key in its place."""
        key, known = compiler.compile(self.source_expressions[0])
        sql, params = _sql()
        assert not known, "the key is a column"
        return sql.replace(KEY, key), params


#: Where the key of the proceeding stands in the SQL, and the names the tables have there.
KEY: Final = '"enforcement_proceeding"."id"'
_ALIAS: Final = re.compile(r"\b([T-Z])(\d+)\b")


@lru_cache
def _sql() -> tuple[str, tuple[Any, ...]]:
    """The SQL of the facts of one proceeding, with its parameters.

    Its tables have names of their own, so that it can stand inside any other query.
    """
    own = Proceeding.objects.filter(pk=OuterRef("pk")).order_by()
    asked = Proceeding.objects.order_by().values_list(Subquery(own.values(told=_facts())))
    sql, params = asked.query.sql_with_params()
    alone = sql.removeprefix("SELECT ")[: -len(' AS "subquery1" FROM "enforcement_proceeding"')]
    return _ALIAS.sub(r"facts_\1\2", alone[: alone.rindex(")") + 1]), params


def running(path: str = "") -> RunningFacts:
    """What `Running.of` reads, inside a query of proceedings or of what hangs on one at `path`."""
    return RunningFacts(F(f"{path}pk"))


def _facts() -> JSONObject:
    plain = ("ordinal", "state", "voluntary", "completion_months")
    own = OuterRef("pk")
    # Each table by its key, none joined: the plan is good however little the database knows yet.
    paper = ExecutiveDocument.objects.filter(presentation=OuterRef("presentation"))
    debtor = Participant.objects.filter(pk=OuterRef("debtor"))
    return JSONObject(
        id="pk",
        **{name: name for name in plain},
        kind=Subquery(paper.values("kind")[:1]),
        kk=Subquery(debtor.values("name_kk")[:1]),
        ru=Subquery(debtor.values("name_ru")[:1]),
        claims=claims_of("debtor", "pk"),
        **_standing_still(own),
        **_terms(),
        **_secured(own),
        spent=Exists(_unpaid(own)),
        again=Case(
            When(state=RETURNED, then=_presented_again(own)),
            default=Value(False),
            output_field=BooleanField(),
        ),
    )


def _standing_still(own: OuterRef) -> dict[str, Any]:
    """What holds the proceeding or puts its acts off, and until when."""
    holding = Suspension.objects.filter(proceeding=own, until=None)
    told = JSONObject(id="pk", ground="ground", since="since")
    last = F("ends_on").desc(nulls_first=True)
    deferrals = Deferral.objects.filter(proceeding=own)
    ends = deferrals.annotate(end=Coalesce("ended_on", "until")).order_by("-end")
    asked = Postponement.objects.filter(proceeding=own)
    approved = asked.filter(state=APPROVED).order_by("-until")
    return {
        "held": ArraySubquery(holding.order_by("since", "id").values(told=told)),
        "stands_until": Subquery(holding.order_by(last).values("ends_on")[:1]),
        "deferred_until": Subquery(ends.values("end")[:1]),
        "deferred": Exists(deferrals.filter(ended_on=None)),
        "postponed_until": Subquery(approved.values("until")[:1]),
        "asked": Exists(asked.filter(state=REQUESTED)),
    }


def _terms() -> dict[str, Any]:
    tag = Concat(Value("proceeding:"), Cast(OuterRef("pk"), TextField()))
    stream = CaseRow.objects.filter(pk=OuterRef(OuterRef("case"))).values("stream")[:1]
    own = Deadline.objects.filter(stream=Subquery(stream), scope=tag)
    voluntary = own.filter(rule__in=named_everywhere("voluntary_term")).order_by("-started_by")
    two = own.filter(rule__in=named_everywhere("two_months"), due_on__isnull=False)
    return {
        "voluntary_until": Subquery(voluntary.values("due_on")[:1]),
        "two_months_until": Subquery(two.order_by("due_on").values("due_on")[:1]),
    }


def _presented_again(own: OuterRef) -> Subquery:
    """Whether what was returned came once more, asked of what was returned alone."""
    again = ExpressionWrapper(presented_again(), output_field=BooleanField())
    return Subquery(Proceeding.objects.filter(pk=own).order_by().values(again=again))


def named_everywhere(role: str) -> list[str]:
    """The rules that play a part, in whichever rule set."""
    return [rule for name in RULE_SETS if (rule := statute(name).role(role))]


def _secured(own: OuterRef) -> dict[str, Any]:
    """What was done by force or to secure, by the lines that nobody annulled."""
    live = Measure.objects.filter(proceeding=own, state__in=LIVE)
    freezes = live.filter(target=BANK_MONEY).order_by("-requested_on", "-id")
    asked = Measure.objects.filter(proceeding=own, initiator="claimant")
    applied = _stands(own, "securing_claimed") | Exists(asked)
    return {
        "delivered": _stands(own, "offer_delivered"),
        "inventoried": _stands(own, "inventoried"),
        "skipped": _stands(own, "inventory_skipped"),
        "applied": ExpressionWrapper(applied, output_field=BooleanField()),
        "foreclosed": _stands(own, "foreclosed"),
        "secured": Exists(live),
        "freeze": Subquery(freezes.values(told=JSONObject(id="pk", state="state"))[:1]),
    }


def _stands(own: OuterRef, kind: str) -> Exists:
    """Whether a line of this kind stands that nobody annulled."""
    lines = Entry.objects.filter(subject=own, kind=kind)
    return Exists(lines.exclude(Exists(annulling())))


def _unpaid(own: OuterRef) -> QuerySet[Cost]:
    """The costs of which something was not paid back yet."""
    costs = Cost.objects.filter(proceeding=own, reversal=None)
    return costs.annotate(paid=paid_back()).filter(paid__lt=F("amount"))


def paid_back() -> Coalesce:
    """What of a cost was paid back, in tenge, inside a query of costs."""
    back = Reimbursement.objects.filter(cost=OuterRef("pk"), reversal=None).order_by()
    return Coalesce(Subquery(back.values("cost").annotate(all=Sum("amount")).values("all")), ZERO)


#: Where the arrival of each machine's thing is found, and its proceeding.
ARRIVAL: Final = {
    "presentation": "pk",
    "proceeding": "presentation",
    "measure": "proceeding__presentation",
    "postponement": "proceeding__presentation",
}


def with_facts(model: type[S]) -> QuerySet[S]:
    """Things of a machine with the `people` of their arrival and their proceeding as it is
    `running`: all that a verb judges by, in one query."""
    named = Participant.objects.filter(presentation=OuterRef(ARRIVAL[model.MACHINE]))
    told = JSONObject(role="role", kk="name_kk", ru="name_ru", iban="iban")
    people = ArraySubquery(named.order_by("role", "position").values(told=told))
    every: QuerySet[S] = QuerySet(model)
    found: QuerySet[S] = every.select_related(*model.WITH).annotate(people=people)
    if ARRIVAL[model.MACHINE] != "pk":
        found = found.annotate(running=running("" if model is Proceeding else "proceeding__"))
    return found


class Person(TypedDict):
    """A claimant or debtor as papers name him; `iban`: the account money goes to."""

    role: str
    kk: str
    ru: str
    iban: str


def people_of(thing: Subject) -> list[Person]:
    """The people of a thing's arrival, as `with_facts` read them."""
    people: list[Person] = vars(thing)["people"]
    return people


def proceeding_of(thing: Subject) -> Running | None:
    """The proceeding of a thing, as `with_facts` read it; None of a thing of intake."""
    told = vars(thing).get("running")
    return Running.of(told) if told else None


def read(proceeding: Proceeding) -> Running:
    """A proceeding as it stands in the database now."""
    found = Proceeding.objects.filter(pk=proceeding.pk).annotate(told=running())
    return Running.of(found.values_list("told", flat=True).get())

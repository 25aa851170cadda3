"""What is known of a proceeding, read in the query that reads the thing itself, or a whole list."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final, NotRequired, TypedDict, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    JSONField,
    Model,
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
from enforcement.facts.balance import ZERO, annulling, claims_of
from enforcement.facts.engaged import Engaged, engaged
from enforcement.facts.proceeding import CLAIMED, LINES, Running, named_everywhere
from enforcement.lifecycle.proceeding import RETURNED
from enforcement.models import Case as CaseRow
from enforcement.models import (
    Cost,
    Deferral,
    Measure,
    Participant,
    Postponement,
    Presentation,
    Proceeding,
    Reimbursement,
    Subject,
    Succession,
    Suspension,
)
from journal.models import Entry

S = TypeVar("S", bound=Subject)


class Ready(Func):
    """What is told of the row of `of` whose key the expression is given.

    Its SQL is put together once and stands ready: every list and every verb asks for it.
    """

    arity = 1
    of: type[Model]
    #: The subquery of what is told, inside a query of `of`.
    told: Callable[[], Subquery]

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *args: Any, **extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """The SQL of what is told with the key in its place."""
        key, known = compiler.compile(self.source_expressions[0])
        sql, params = _sql(self.of, self.told)
        assert not known, "the key is a column"
        return sql.replace(f'"{self.of._meta.db_table}"."id"', key), params


class RunningFacts(Ready):
    """What `Running.of` reads, of a proceeding."""

    output_field = JSONField()
    of = Proceeding

    @staticmethod
    def told() -> Subquery:
        """Every fact in one object."""
        own = Proceeding.objects.filter(pk=OuterRef("pk")).order_by()
        return Subquery(own.values(told=_facts()))


class People(Ready):
    """The claimants and debtors of an arrival, each a `Person`."""

    output_field = ArrayField(JSONField())
    of = Presentation

    @staticmethod
    def told() -> Subquery:
        """Claimants first, each in the order of the document."""
        named = Participant.objects.filter(presentation=OuterRef("pk"))
        names = ("role", "iban", "identifier", "birth_date", "city", "address_kk", "address_ru")
        told = JSONObject(
            id="pk",
            kk="name_kk",
            ru="name_ru",
            kind="party__kind",
            before=Subquery(former("pk").values(told=JSONObject(kk="name_kk", ru="name_ru"))[:1]),
            **{name: name for name in names},
        )
        return ArraySubquery(named.order_by("role", "position").values(told=told))


class TakingPart(Ready):
    """Who takes part in an arrival beside the parties."""

    output_field = ArrayField(JSONField())
    of = Presentation

    @staticmethod
    def told() -> Subquery:
        """Each as `Engaged.of` reads him."""
        return engaged("pk")


#: The names the tables have in the SQL of what stands ready.
_ALIAS: Final = re.compile(r"\b([T-Z])(\d+)\b")


@cache
def _sql(of: type[Model], told: Callable[[], Subquery]) -> tuple[str, tuple[Any, ...]]:
    """The SQL of what is told of one row, with its parameters.

    Its tables have names of their own, so that it can stand inside any other query.
    """
    every: QuerySet[Model] = QuerySet(of)
    sql, params = every.order_by().values_list(told()).query.sql_with_params()
    alone = sql.removeprefix("SELECT ")[: -len(f' AS "subquery1" FROM "{of._meta.db_table}"')]
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
        person=Subquery(debtor.values("party__kind")[:1]),
        claims=claims_of("debtor"),
        suspensions=_of(Suspension, "id", "ground", "since", "ends_on", order="since", until=None),
        deferrals=_of(Deferral, "until", "ended_on"),
        postponements=_of(Postponement, "state", "until"),
        terms=_terms(),
        measures=_measures(),
        lines=_lines(own),
        spent=Exists(_unpaid(own)),
        again=Case(
            When(state=RETURNED, then=_presented_again(own)),
            default=Value(False),
            output_field=BooleanField(),
        ),
    )


def _of(model: type[Model], *names: str, order: str = "id", **chosen: Any) -> ArraySubquery:
    """The columns of the rows that hang on the proceeding."""
    every: QuerySet[Model] = QuerySet(model)
    rows = every.filter(proceeding=OuterRef("pk"), **chosen).order_by(order, "id")
    return ArraySubquery(rows.values(told=JSONObject(**{name: name for name in names})))


def _measures() -> ArraySubquery:
    """Its securing measures, their caps in words: JSON knows no exact sums."""
    rows = Measure.objects.filter(proceeding=OuterRef("pk")).order_by("id")
    return ArraySubquery(rows.values(told=laid()))


def laid(**more: Any) -> JSONObject:
    """What `Laid.of` reads of a measure, inside a query of measures."""
    names = ("id", "state", "kind", "target", "initiator", "requested_on", "bank")
    return JSONObject(**{name: name for name in names}, cap=Cast("cap", TextField()), **more)


def _terms() -> ArraySubquery:
    """Its terms of compliance and of completion."""
    tag = Concat(Value("proceeding:"), Cast(OuterRef("pk"), TextField()))
    stream = CaseRow.objects.filter(pk=OuterRef(OuterRef("case"))).values("stream")[:1]
    rules = named_everywhere("voluntary_term") | named_everywhere("two_months")
    own = Deadline.objects.filter(stream=Subquery(stream), scope=tag, rule__in=sorted(rules))
    told = JSONObject(rule="rule", due_on="due_on", started_by="started_by")
    return ArraySubquery(own.order_by("id").values(told=told))


def _lines(own: OuterRef) -> ArraySubquery:
    """The kinds of its lines of which facts hang, of those that nobody annulled."""
    lines = Entry.objects.filter(subject=own, kind__in=[*LINES.values(), CLAIMED])
    return ArraySubquery(lines.exclude(Exists(annulling())).order_by("id").values("kind"))


def _presented_again(own: OuterRef) -> Subquery:
    """Whether what was returned came once more, asked of what was returned alone."""
    again = ExpressionWrapper(presented_again(), output_field=BooleanField())
    return Subquery(Proceeding.objects.filter(pk=own).order_by().values(again=again))


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
    "submission": "presentation",
    "letter": "proceeding__presentation",
}


def with_facts(model: type[S]) -> QuerySet[S]:
    """Things of a machine with the `people` of their arrival and their proceeding as it is
    `running`: all that a verb judges by, in one query."""
    every: QuerySet[S] = QuerySet(model)
    arrival = F(ARRIVAL[model.MACHINE])
    found: QuerySet[S] = every.select_related(*model.WITH).annotate(
        people=People(arrival), engaged=TakingPart(arrival)
    )
    if ARRIVAL[model.MACHINE] != "pk":
        found = found.annotate(running=running("" if model is Proceeding else "proceeding__"))
    return found


def former(path: str) -> QuerySet[Succession]:
    """Who a party was before he was replaced, the last first, inside a query of participants."""
    found = Succession.objects.filter(participant=OuterRef(path), annulled_by=None)
    return found.order_by("-until", "-entry")


class Person(TypedDict):
    """A claimant or debtor as papers name him; `iban`: the account money goes to."""

    id: str
    role: str
    #: A natural or a legal person.
    kind: str
    kk: str
    ru: str
    iban: str
    #: By which number he is known.
    identifier: str
    birth_date: str | None
    #: In whose place he came by a court's ruling: {kk, ru}.
    before: dict[str, str] | None
    city: str
    address_kk: str
    address_ru: str
    #: Who acts for him in the act that names him so (REP-01).
    agent: NotRequired[Engaged]


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

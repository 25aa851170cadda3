"""Everything of one case, read in seven queries however much of it there is."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery, Sum, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, JSONObject

from accounts.models import Office
from deadlines.models import Deadline
from documents.models import Attachment, Paper
from enforcement.lifecycle.course import OPEN
from enforcement.models import (
    Case,
    Cost,
    Debt,
    Deferral,
    Dispatch,
    Evidence,
    Item,
    Measure,
    Participant,
    Postponement,
    Presentation,
    Proceeding,
    Recovery,
    Reimbursement,
    Suspension,
    Transfer,
)
from enforcement.queries import current, steps
from enforcement.queries.verbs import presented_again
from journal.models import Entry


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with its arrivals, people, claims, proceedings, papers, terms and journal."""

    case: Case
    arrivals: list[Presentation]
    people: dict[UUID, Participant]
    debts: list[Debt]
    proceedings: list[Proceeding]
    papers: list[Paper]
    terms: list[Deadline]
    entries: list[Entry]

    @property
    def current(self) -> Presentation:
        """The arrival the case stands by."""
        return current(self.arrivals)

    @property
    def running(self) -> list[Proceeding]:
        """The proceedings on the current arrival, one a debtor."""
        return [each for each in self.proceedings if each.presentation_id == self.current.pk]

    @property
    def earlier(self) -> list[Proceeding]:
        """Proceedings on earlier arrivals of the document."""
        return [each for each in self.proceedings if each.presentation_id != self.current.pk]

    @property
    def state(self) -> str:
        """The state of the newest proceeding, or of the document before there is one."""
        running = self.running
        return running[-1].state if running else self.current.state

    @property
    def is_open(self) -> bool:
        """Whether a proceeding still runs or stands still."""
        return any(each.state in OPEN for each in self.running)

    def owed(self) -> list[Debt]:
        """The claims of the current arrival, in order."""
        return [debt for debt in self.debts if debt.presentation_id == self.current.pk]

    def named(self, presentation: Presentation) -> list[Participant]:
        """The people of an arrival, claimants first."""
        mine = [p for p in self.people.values() if p.presentation_id == presentation.pk]
        return sorted(mine, key=lambda p: (p.role, p.position))


def read(case: Case) -> CaseFile:
    """The whole case."""
    people = Participant.objects.filter(presentation__case=case).select_related("party")
    return CaseFile(
        case=case,
        arrivals=list(_arrivals(case)),
        people={person.pk: person for person in people},
        debts=list(_debts(case)),
        proceedings=list(_proceedings(case)),
        papers=list(_papers(case)),
        terms=list(case.stream.deadlines.all()),
        entries=list(_entries(case)),
    )


def _arrivals(case: Case) -> QuerySet[Presentation]:
    right = Office.objects.filter(code=OuterRef("right_code"))
    told = JSONObject(kk="name_kk", ru="name_ru")
    found = case.presentations.select_related("document__issuer").order_by("ordinal")
    found = found.annotate(right_code=KT("verdict__office"))
    return found.annotate(right_office=Subquery(right.values(told=told)[:1]))


def _debts(case: Case) -> QuerySet[Debt]:
    """Claims with who owes them and what was recovered of them."""
    owing = Debt.debtors.through.objects.filter(debt=OuterRef("pk"))
    standing = Recovery.objects.filter(debt__claim=OuterRef("claim"), reversal=None).order_by()
    paid = standing.values("debt__claim").annotate(all=Sum("amount")).values("all")
    return (
        Debt.objects.filter(presentation__case=case)
        .annotate(
            owing=ArraySubquery(owing.values("participant_id")),
            paid=Coalesce(Subquery(paid), Decimal("0.00")),
        )
        .order_by("presentation__ordinal", "position")
    )


def _proceedings(case: Case) -> QuerySet[Proceeding]:
    """Proceedings with what they need to be shown whole."""
    own = {"proceeding": OuterRef("pk")}
    held = Suspension.objects.filter(**own).order_by("since", "id")
    secured = Measure.objects.filter(**own).order_by("requested_on", "id")
    paid = Recovery.objects.filter(**own).order_by("on", "id")
    sent = Transfer.objects.filter(**own)
    return case.proceedings.order_by("ordinal").annotate(
        running=steps.facts(),
        again=presented_again(),
        held=ArraySubquery(
            held.values(
                told=JSONObject(ground="ground", since="since", until="until", lasts="ends_on")
            )
        ),
        secured=ArraySubquery(secured.values(told=_measure())),
        paid=ArraySubquery(
            paid.values(
                told=JSONObject(
                    on="on",
                    amount=Cast("amount", TextField()),
                    debt="debt__position",
                    reversed="reversal__id",
                )
            )
        ),
        sent=Subquery(sent.values(told=JSONObject(kk="to__name_kk", ru="to__name_ru"))[:1]),
        deferred=ArraySubquery(
            Deferral.objects.filter(**own).order_by("since", "id").values(told=_deferral())
        ),
        put_off=ArraySubquery(
            Postponement.objects.filter(**own)
            .order_by("requested_on", "id")
            .values(told=_postponement())
        ),
        spent=ArraySubquery(
            Cost.objects.filter(**own).order_by("on", "entry__seq").values(told=_cost())
        ),
    )


def _deferral() -> JSONObject:
    names = ("kind", "initiator", "since", "until", "ended_on")
    return JSONObject(line="entry__seq", **{name: name for name in names})


def _postponement() -> JSONObject:
    names = ("state", "reason", "initiator", "until", "requested_on", "decided_on")
    return JSONObject(
        id="pk",
        by="requested_by_id",
        decider="decided_by__full_name",
        decline_reason="decline_reason",
        **{name: name for name in names},
    )


def _cost() -> JSONObject:
    """A cost with what was paid back of it."""
    standing = Reimbursement.objects.filter(cost=OuterRef("pk"), reversal=None).order_by()
    paid = standing.values("cost").annotate(all=Sum("amount")).values("all")
    return JSONObject(
        id="pk",
        kind="kind",
        on="on",
        amount=Cast("amount", TextField()),
        paid=Cast(Coalesce(Subquery(paid), Decimal("0.00")), TextField()),
        reversed="reversal__id",
    )


def _measure() -> JSONObject:
    plain = ("state", "kind", "target", "bank", "account", "requested_on", "decided_on")
    more = ("sanction_number", "refusal_reason", "answer", "object", "addressee", "details")
    items = Item.objects.filter(measure=OuterRef("pk")).order_by("position")
    thing = JSONObject(
        what="description", value=Cast("value", TextField()), preference="preference"
    )
    return JSONObject(
        id="pk",
        by="requested_by_id",
        cap=Cast("cap", TextField()),
        items=ArraySubquery(items.values(told=thing)),
        **{name: name for name in (*plain, *more)},
    )


def _papers(case: Case) -> QuerySet[Paper]:
    sent = Dispatch.objects.filter(paper=OuterRef("pk")).order_by("sent_on", "id")
    told = JSONObject(
        addressee="addressee", to="to", channel="channel", on="sent_on", proof="proof"
    )
    found = Paper.objects.filter(entry__stream=case.stream).order_by("entry__seq", "number")
    return found.annotate(sent=ArraySubquery(sent.values(told=told)))


def _entries(case: Case) -> QuerySet[Entry]:
    proof = Evidence.objects.filter(entry=OuterRef("pk")).order_by("id")
    files = Attachment.objects.filter(entry=OuterRef("pk")).order_by("id")
    kept = JSONObject(id="pk", name="name", size="blob__size")
    return (
        case.stream.entries.select_related("by")
        .annotate(
            proof=ArraySubquery(proof.values(told=JSONObject(key="key", text="text"))),
            files=ArraySubquery(files.values(told=kept)),
        )
        .order_by("-seq")
    )

"""Everything of one case, read in seven queries however much of it there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery, Sum, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, JSONObject

from accounts.models import Office
from deadlines.models import Deadline
from documents.models import Attachment, Paper
from enforcement.lifecycle.course import OPEN, RETURNED, SUSPENDED
from enforcement.models import (
    Case,
    Debt,
    Dispatch,
    Evidence,
    Measure,
    Participant,
    Presentation,
    Proceeding,
    Recovery,
    Suspension,
    Transfer,
)
from enforcement.queries import current, steps
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
        held=ArraySubquery(
            held.values(told=JSONObject(ground="ground", since="since", until="until"))
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
    )


def _measure() -> JSONObject:
    plain = ("state", "kind", "target", "bank", "account", "requested_on", "decided_on")
    more = ("sanction_number", "refusal_reason", "answer")
    return JSONObject(
        id="pk",
        by="requested_by_id",
        cap=Cast("cap", TextField()),
        **{name: name for name in (*plain, *more)},
    )


def _papers(case: Case) -> QuerySet[Paper]:
    sent = Dispatch.objects.filter(paper=OuterRef("pk")).order_by("sent_on", "id")
    told = JSONObject(addressee="addressee", channel="channel", on="sent_on", proof="proof")
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


def annullable(
    file: CaseFile, proceeding: Proceeding, kinds: tuple[set[str], set[str]]
) -> set[int]:
    """Lines of a proceeding that can be annulled now, as `corrections.lines` gives them: `kinds`
    are those that change the state, of which only the last, and the plain ones."""
    stateful, plain = kinds
    gone = {entry.corrects for entry in file.entries if entry.corrects}
    left = [e for e in file.entries if e.subject == proceeding.pk and e.seq not in gone]
    again = proceeding.state == RETURNED and proceeding.presentation_id != file.current.pk
    last = [] if again else sorted(e.seq for e in left if e.kind in stateful)[-1:]
    told: Any = proceeding
    held = {each["ground"] for each in told.held if each["until"] is None}
    moving = proceeding.state in OPEN
    found = {e.seq for e in left if e.kind in plain and moving} | set(last)
    # One of several grounds that ended can hold again while the others do.
    ended = [e for e in left if e.kind == "ground_ended" and proceeding.state == SUSPENDED]
    return found | {e.seq for e in ended if e.facts["ground"] not in held}


def stage(proceeding: Proceeding, terms: Sequence[Deadline], today: Any) -> str:
    """Voluntary until the voluntary term is over; coercive where there is none."""
    if not proceeding.voluntary:
        return "coercive"
    scope = f"{proceeding.MACHINE}:{proceeding.pk}"
    for term in terms:
        if (term.rule, term.scope) == ("TERM-VOLUNTARY-5D", scope):
            over = term.status == "expired" or (term.due_on is not None and term.due_on < today)
            return "coercive" if over else "voluntary"
    return "voluntary"

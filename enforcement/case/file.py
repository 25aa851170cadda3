"""Everything of one case, read in seven queries however much of it there is."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet, Subquery, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, JSONObject

from accounts.models import Office, User
from deadlines.models import Deadline
from documents.models import Attachment, Paper
from enforcement.core.facts import Facts
from enforcement.facts.arrivals import current
from enforcement.facts.balance import Account, Claim, claim_told
from enforcement.facts.engaged import engaged
from enforcement.facts.letters import following
from enforcement.facts.proceeding import Running
from enforcement.facts.queries import former, paid_back, running
from enforcement.facts.successors import name_then
from enforcement.lifecycle.presentation import RECEIVED
from enforcement.lifecycle.proceeding import ANNULLED, OPEN
from enforcement.models import (
    Case,
    Cost,
    Debt,
    Deferral,
    Dispatch,
    Evidence,
    Item,
    Letter,
    Measure,
    Participant,
    Postponement,
    Presentation,
    Proceeding,
    Recovery,
    Submission,
    Suspension,
    Transfer,
)
from journal.models import Entry
from law.statute import Statute, statute
from parties.models import Address


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with its arrivals, people, claims, proceedings, papers, terms and journal."""

    case: Case
    law: Statute
    arrivals: list[Presentation]
    people: Mapping[UUID, Participant]
    debts: list[Debt]
    #: What came in for each debt, and whether what is no sum was performed; in no proceeding.
    claims: Mapping[UUID, Claim]
    proceedings: list[Proceeding]
    #: Where each proceeding stands.
    stands: Mapping[UUID, Running]
    papers: list[Paper]
    terms: list[Deadline]
    #: The journal, the newest line first.
    entries: list[Entry]

    @property
    def current(self) -> Presentation:
        """The arrival the case stands by."""
        return current(self.arrivals)

    @property
    def copy_waits(self) -> bool:
        """Whether a second copy of the document waits to be set aside."""
        return any(each.state == RECEIVED and each.pk != self.current.pk for each in self.arrivals)

    @property
    def running(self) -> list[Proceeding]:
        """The proceedings on the current arrival, one a debtor."""
        return [each for each in self.proceedings if self._runs(each)]

    @property
    def earlier(self) -> list[Proceeding]:
        """Proceedings on earlier arrivals of the document, and those begun by mistake."""
        return [each for each in self.proceedings if not self._runs(each)]

    def _runs(self, proceeding: Proceeding) -> bool:
        return proceeding.presentation_id == self.current.pk and proceeding.state != ANNULLED

    @property
    def state(self) -> str:
        """The state of the newest proceeding, or of the document before there is one."""
        running = self.running
        return str(running[-1].state if running else self.current.state)

    @property
    def is_open(self) -> bool:
        """Whether a proceeding still runs or stands still."""
        return any(each.state in OPEN for each in self.running)

    @property
    def lines(self) -> list[Entry]:
        """The journal in order."""
        return self.entries[::-1]

    @property
    def account(self) -> Account:
        """What is owed on the current arrival by all debtors together."""
        return Account.of(self.claims[debt.pk] for debt in self.owed())

    def facts(self, proceeding: Proceeding, *, by: User, roles: Set[str], on: date) -> Facts:
        """What guards judge a proceeding of the case by, for the person who would act."""
        stands, lines = self.stands[proceeding.pk], tuple(self.lines)
        return Facts(proceeding, self.law, on, by.pk, roles, lines, stands)

    def owed(self) -> list[Debt]:
        """The claims of the current arrival, in order."""
        return [debt for debt in self.debts if debt.presentation_id == self.current.pk]

    def named(self, presentation: Presentation) -> list[Participant]:
        """The people of an arrival, claimants first."""
        mine = [p for p in self.people.values() if p.presentation_id == presentation.pk]
        return sorted(mine, key=lambda p: (p.role, p.position))


def read(case: Case) -> CaseFile:
    """The whole case."""
    people = _people(case)
    debts, proceedings = list(_debts(case)), list(_proceedings(case))
    return CaseFile(
        case=case,
        law=statute(case.stream.rule_set),
        arrivals=list(_arrivals(case)),
        people={person.pk: person for person in people},
        debts=debts,
        claims=_claims(debts),
        proceedings=proceedings,
        stands={each.pk: Running.of(annotated(each).running) for each in proceedings},
        papers=list(_papers(case)),
        terms=list(case.stream.deadlines.all()),
        entries=list(_entries(case)),
    )


def _people(case: Case) -> QuerySet[Participant]:
    """Claimants and debtors with where they lived, the newest address first."""
    homes = Address.objects.filter(party=OuterRef("party")).order_by("-since", "-id")
    names = ("kind", "city", "address_kk", "address_ru", "since", "until")
    told = JSONObject(**{name: name for name in names})
    found = Participant.objects.filter(presentation__case=case).select_related("party")
    who = JSONObject(kk="name_kk", ru="name_ru", until="until", number=KT("was__identifier"))
    return found.annotate(
        homes=ArraySubquery(homes.values(told=told)),
        former=ArraySubquery(former("pk").values(told=who)),
    )


def annotated(row: Any) -> Any:
    """A row with what its query told of it beside its columns."""
    return row


def _arrivals(case: Case) -> QuerySet[Presentation]:
    right = Office.objects.filter(code=OuterRef("right_code"))
    told = JSONObject(kk="name_kk", ru="name_ru")
    found = case.presentations.select_related("document__issuer").order_by("ordinal")
    found = found.annotate(right_code=KT("verdict__office"))
    sent = Transfer.objects.filter(accepted=OuterRef("pk"))
    found = found.annotate(carried=Subquery(sent.values("carried")[:1]), engaged=engaged("pk"))
    handed = Submission.objects.filter(presentation=OuterRef("pk")).order_by("received_on", "id")
    found = found.annotate(handed=ArraySubquery(handed.values(told=_submission())))
    return found.annotate(right_office=Subquery(right.values(told=told)[:1]))


def _submission() -> JSONObject:
    names = (
        "state",
        "kind",
        "channel",
        "text",
        "received_on",
        "beside",
        "line",
        "answer",
        "answer_by",
    )
    return JSONObject(
        id="pk",
        by="author__role",
        agent="agent__name",
        kk=name_then("author", "kk"),
        ru=name_then("author", "ru"),
        proceeding="proceeding_id",
        office_kk="supervisor__name_kk",
        office_ru="supervisor__name_ru",
        concerned="concerned_id",
        concerned_name="concerned__full_name",
        decider="decided_by__full_name",
        decided_on="decided_on",
        court_act="court_act",
        **{name: name for name in names},
    )


def _debts(case: Case) -> QuerySet[Debt]:
    """Claims with who owes them and where they stand."""
    owing = Debt.debtors.through.objects.filter(debt=OuterRef("pk"))
    found = Debt.objects.filter(presentation__case=case).annotate(
        owing=ArraySubquery(owing.values("participant_id")),
        told=claim_told(),
    )
    return found.order_by("presentation__ordinal", "position", "share")


def _claims(debts: list[Debt]) -> dict[UUID, Claim]:
    """Where the claims of each arrival stand."""
    found: dict[UUID, Claim] = {}
    for _arrival, named in groupby(debts, attrgetter("presentation_id")):
        own = list(named)
        claims = Claim.all_of(annotated(debt).told for debt in own)
        found |= {debt.pk: claim for debt, claim in zip(own, claims, strict=True)}
    return found


def _proceedings(case: Case) -> QuerySet[Proceeding]:
    """Proceedings with what they need to be shown whole."""
    own = {"proceeding": OuterRef("pk")}
    held = Suspension.objects.filter(**own).order_by("since", "id")
    secured = Measure.objects.filter(**own).order_by("requested_on", "id")
    paid = Recovery.objects.filter(**own).order_by("on", "entry__seq")
    sent = Transfer.objects.filter(**own)
    deferred = Deferral.objects.filter(**own).order_by("since", "id")
    put_off = Postponement.objects.filter(**own).order_by("requested_on", "id")
    letters = Letter.objects.filter(**own).order_by("sent_on", "id")
    spent = Cost.objects.filter(**own).order_by("on", "entry__seq")
    return case.proceedings.order_by("ordinal").annotate(
        running=running(),
        held=ArraySubquery(held.values(told=_suspension())),
        secured=ArraySubquery(secured.values(told=_measure())),
        paid=ArraySubquery(paid.values(told=_recovery())),
        sent=Subquery(sent.values(told=JSONObject(kk="to__name_kk", ru="to__name_ru"))[:1]),
        deferred=ArraySubquery(deferred.values(told=_deferral())),
        put_off=ArraySubquery(put_off.values(told=_postponement())),
        asked=ArraySubquery(letters.values(told=_letter())),
        spent=ArraySubquery(spent.values(told=_cost())),
    )


def _suspension() -> JSONObject:
    return JSONObject(ground="ground", since="since", until="until", lasts="ends_on")


def _recovery() -> JSONObject:
    """A sum that came in, on its own day, and the line that tells of it."""
    names = ("on", "source", "payer", "document")
    return JSONObject(
        id="pk",
        amount=Cast("amount", TextField()),
        line="entry__seq",
        told_on="entry__on",
        reversed="reversal__id",
        **{name: name for name in names},
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


def _letter() -> JSONObject:
    """A letter with whom it went to, and whether a protocol followed it."""
    days = ("sent_on", "received_on", "answer_by", "replied_on", "decided_on")
    plain = ("state", "kind", "addressee", "paper", "pace", "outcome", "number", "details")
    names = JSONObject(
        **{
            f"{of}_{language}": named
            for language in ("kk", "ru")
            for of, named in (
                ("to", f"to__name_{language}"),
                ("participant", name_then("participant", language)),
            )
        }
    )
    followed = following(OuterRef("pk"))
    return JSONObject(
        id="pk",
        names=names,
        followed=Exists(followed),
        file="file",
        file_name="file__name",
        **{name: name for name in (*days, *plain)},
    )


def _cost() -> JSONObject:
    """A cost with what was paid back of it."""
    return JSONObject(
        id="pk",
        kind="kind",
        on="on",
        amount=Cast("amount", TextField()),
        paid=Cast(paid_back(), TextField()),
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
        addressee="addressee",
        to="to",
        instead="instead",
        channel="channel",
        on="sent_on",
        proof="proof",
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
            proof=ArraySubquery(
                proof.values(told=JSONObject(key="key", text="text", parts="parts"))
            ),
            files=ArraySubquery(files.values(told=kept)),
        )
        .order_by("-seq")
    )

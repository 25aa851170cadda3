"""What a user may see, and the rows of lists and pages."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat

import clock
from accounts.models import (
    AUDITOR,
    BAILIFF,
    CLERK,
    HEAD,
    PROSECUTOR,
    REGISTRAR,
    SENIOR_BAILIFF,
    Office,
    User,
)
from accounts.queries import memberships, offices_of
from deadlines.models import Deadline
from documents.models import Rendering
from documents.shape import number_key
from enforcement.lifecycle.course import OPEN, RETURNED, TRANSFERRED
from enforcement.lifecycle.intake import ADMITTED, RECEIVED, RETURNED_DEFECTIVE
from enforcement.models import (
    MACHINES,
    Case,
    Measure,
    Outgoing,
    Participant,
    Presentation,
    Proceeding,
)
from enforcement.models.measures import BANK_MONEY
from enforcement.permissions import PERMISSIONS
from enforcement.queries import steps
from enforcement.queries.steps import arriving, duty, silence
from enforcement.verdict import ALREADY_RECEIVED, Earlier
from law.statute import statute
from parties.models import Party
from parties.search_keys import fold

#: Roles that see every case of their office.
OFFICE_ROLES: Final = frozenset({REGISTRAR, BAILIFF, SENIOR_BAILIFF, HEAD, AUDITOR})
PAGE: Final = 50
ONE: Final = timedelta(days=1)
#: Digits of an IIN or BIN, and the shape of a case number.
IDENTIFIER: Final = 12
_NUMBER: Final = re.compile(r"([A-Z-]+)-(\d{4})-(\d{1,9})")


def visible_to(user: User, *, on: date | None = None) -> QuerySet[Case]:
    """The cases a user sees: his office's, those his court handed in, those he supervises."""
    return Case.objects.filter(_seen_by(user, on=on))


def _seen_by(user: User, *, on: date | None, case: str = "pk") -> Q:
    """What rows with an office and a case (their key `case`) the user sees."""
    held = memberships(user, on=on or clock.today())
    offices = [m.office_id for m in held if m.role in OFFICE_ROLES]
    sources = [m.office_id for m in held if m.role == CLERK]
    supervising = [m.office_id for m in held if m.role == PROSECUTOR]
    seen = Q(office_id__in=offices)
    if sources:
        handed_in = Presentation.objects.filter(case=OuterRef(case), source_id__in=sources)
        seen |= Q(Exists(handed_in))
    if supervising:
        watched = Office.supervises.through.objects.filter(
            from_office_id__in=supervising, to_office_id=OuterRef("office_id")
        )
        seen |= Q(Exists(watched))
    return seen


def arrivals_to(user: User, *, on: date) -> QuerySet[Presentation]:
    """The arrivals of the cases a user sees, by their own office: an inbox is one index scan."""
    return Presentation.objects.filter(_seen_by(user, on=on, case="case"))


def same_paper(issuer: Any, case_key: Any, decision_on: Any) -> QuerySet[Presentation]:
    """Earlier arrivals of the same paper: issuer, case number and decision date, all given."""
    if not (issuer and case_key and decision_on):
        return Presentation.objects.none()
    return (
        Presentation.objects.filter(
            document__issuer=issuer,
            document__case_key=case_key,
            document__decision_on=decision_on,
        )
        .select_related("case__office", "case__stream")
        .prefetch_related("proceedings__transfer_out")
        .order_by("received_on", "id")
    )


def earlier(arrivals: Sequence[Presentation], office: Office) -> Earlier:
    """What the verdict needs to know of earlier arrivals of the same paper."""
    open_ref = next((arrival.ref for arrival in arrivals if _is_open(arrival)), None)
    returned = [
        arrival
        for arrival in arrivals
        if arrival.state == RETURNED_DEFECTIVE and arrival.office_id == office.pk
    ]
    missing = returned[-1].verdict.get("missing", ()) if returned else ()
    back = [day for arrival in arrivals if (day := _returned_on(arrival))]
    return Earlier(open_ref, tuple(missing), max(back, default=None))


def _is_open(arrival: Presentation) -> bool:
    """Whether the arrival still stands: received or admitted, and not all of it returned."""
    if arrival.verdict["verdict"] == ALREADY_RECEIVED:
        return False
    if arrival.state == ADMITTED:
        # What another office accepted lives on in the arrival there.
        here = [p for p in arrival.proceedings.all() if not _passed_on(p)]
        return bool(here) and _returned_on(arrival) is None
    return arrival.state == RECEIVED


def _passed_on(proceeding: Proceeding) -> bool:
    return proceeding.state == TRANSFERRED and bool(proceeding.transfer_out.accepted_id)


def _returned_on(arrival: Presentation) -> date | None:
    """The day the document went back to the claimant: a proceeding returned it, and none runs."""
    proceedings = list(arrival.proceedings.all())
    if any(each.state in OPEN for each in proceedings):
        return None
    back = [each.ended_on for each in proceedings if each.state == RETURNED and each.ended_on]
    return max(back, default=None)


@dataclass(frozen=True, slots=True)
class InboxPage:
    """One page of an inbox and the cursor of the next."""

    rows: list[dict[str, Any]]
    next_cursor: str | None


def inbox(user: User, *, show: str, after: str = "", language: str, today: date) -> InboxPage:
    """Arrivals the user sees: waiting ones oldest first, or all, newest first."""
    seen = arrivals_to(user, on=today)
    waiting = show == RECEIVED
    seen = _by_urgency(seen) if waiting else seen.order_by("-received_on", "id")
    if after:
        seen = _behind(seen, after, waiting=waiting)
    found = list(
        seen.select_related("case__office", "case__stream", "document__issuer").prefetch_related(
            Prefetch("participants", Participant.objects.order_by("role", "position"))
        )[: PAGE + 1]
    )
    more = len(found) > PAGE
    found = found[:PAGE]
    deadlines = nearest([each.case.stream_id for each in found])
    rows = [inbox_row(each, deadlines, language=language, today=today) for each in found]
    last = found[-1] if more else None
    return InboxPage(rows, _cursor(last, waiting=waiting) if last else None)


def _by_urgency(seen: QuerySet[Presentation]) -> QuerySet[Presentation]:
    """Waiting arrivals, nearest last day first; what has no term stands by its day of receipt."""
    running = Deadline.objects.filter(
        stream=OuterRef("case__stream"),
        status="running",
        scope=Concat(Value("presentation:"), Cast(OuterRef("id"), TextField())),
    )
    nearest_due = Subquery(running.order_by("due_on").values("due_on")[:1])
    urgent = Coalesce(nearest_due, F("received_on"))
    return seen.filter(state=RECEIVED).annotate(urgent_on=urgent).order_by("urgent_on", "id")


def _cursor(last: Presentation, *, waiting: bool) -> str:
    on = last.urgent_on if waiting else last.received_on  # type: ignore[attr-defined]
    return f"{on}_{last.pk}"


def _behind(seen: QuerySet[Presentation], after: str, *, waiting: bool) -> QuerySet[Presentation]:
    try:
        day, key = after.split("_")
        on, pk = date.fromisoformat(day), UUID(key)
    except ValueError:
        return seen
    if waiting:
        return seen.filter(Q(urgent_on__gt=on) | Q(urgent_on=on, id__gt=pk))
    return seen.filter(Q(received_on__lt=on) | Q(received_on=on, id__gt=pk))


def nearest(streams: Sequence[UUID]) -> dict[tuple[UUID, str], Deadline]:
    """The nearest running duty of each presentation, by stream and scope."""
    found: dict[tuple[UUID, str], Deadline] = {}
    running = Deadline.objects.filter(stream__in=streams, status="running").order_by("due_on")
    for deadline in running:
        found.setdefault((deadline.stream_id, deadline.scope), deadline)
    return found


def inbox_row(
    arrival: Presentation,
    deadlines: dict[tuple[UUID, str], Deadline],
    *,
    language: str,
    today: date,
) -> dict[str, Any]:
    """One line of the inbox."""
    names: dict[str, list[str]] = {"claimant": [], "debtor": []}
    for participant in arrival.participants.all():
        names[participant.role].append(participant.name(language))
    deadline = deadlines.get((arrival.case.stream_id, f"presentation:{arrival.pk}"))
    issuer = arrival.document.issuer
    return {
        "case_id": arrival.case_id,
        "number": arrival.case.label,
        "ref": arrival.ref,
        "received_on": arrival.received_on,
        "state": arrival.state,
        "kind": arrival.document.kind,
        "issuer": issuer.name(language) if issuer else "",
        "claimants": ", ".join(names["claimant"]),
        "debtors": ", ".join(names["debtor"]),
        "verdict": arrival.verdict,
        "deadline": deadline
        and {
            "rule": deadline.rule,
            "due_on": deadline.due_on,
            "safe_on": deadline.safe_on,
            "status": deadline.status,
            "days_left": deadline.days_left(today),
        },
    }


def transitions() -> list[dict[str, Any]]:
    """Every transition of every machine, births included (an empty source)."""
    rows = []
    for model in MACHINES:
        rows += [_transition(model.MACHINE, "", verb, state) for state, verb in model.INITIAL]
        for each in model().get_all_state_transitions():
            targets = getattr(each.target, "allowed_states", None) or [each.target or each.source]
            rows += [
                _transition(model.MACHINE, each.source, each.custom["verb"], target)
                for target in targets
            ]
    return rows


def _transition(machine: str, source: str, verb: str, target: str) -> dict[str, Any]:
    grounds = [ground.rule.id for ground in statute().grounds(verb)]
    return {
        "machine": machine,
        "source": source,
        "verb": verb,
        "target": target,
        "permission": sorted(PERMISSIONS[verb]),
        "grounds": grounds,
    }


def current(arrivals: Sequence[Presentation]) -> Presentation:
    """The arrival a case stands by: the latest that is no second copy of an earlier one."""
    own = [each for each in arrivals if each.verdict["verdict"] != ALREADY_RECEIVED]
    return (own or list(arrivals))[-1]


def meant(arrivals: Sequence[Presentation], verdict: str) -> Presentation:
    """The arrival a step means: the waiting one whose verdict it answers, else the current."""
    waiting = [
        each for each in arrivals if each.state == RECEIVED and each.verdict["verdict"] == verdict
    ]
    return waiting[0] if waiting else current(arrivals)


def arrival_for(case: Case, verdict: str) -> Presentation:
    """The arrival of a case that a step answering `verdict` means."""
    found = case.presentations.select_related("document__issuer").order_by("ordinal")
    return meant(list(found), verdict)


def rendering(paper_id: UUID, language: str) -> Rendering | None:
    """A paper in one language, with its file and its case."""
    found = Rendering.objects.select_related("blob", "paper__entry__stream__case")
    # The bytes come when the case is seen: whose paper it is must not be told by the time it takes.
    found = found.defer("blob__content")
    return found.filter(paper_id=paper_id, language=language).first()


def sanctions(user: User, *, state: str, on: date) -> list[Measure]:
    """The freezes in a state that the user sees, oldest request first; a page at most."""
    found = Measure.objects.filter(state=state, case__in=visible_to(user, on=on))
    found = found.select_related("case__office", "case__stream", "proceeding__debtor")
    found = found.annotate(left=steps.balance_of("proceeding__debtor"))
    return list(found.order_by("requested_on", "id")[:PAGE])


#: How many days ahead Today looks, and after how many days without an act a case is silent.
AHEAD: Final = 3
SILENT: Final = 14
SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Day:
    """What a day holds for a user: overdue, due soon, waiting on others, silent, to decide."""

    overdue: list[dict[str, Any]]
    due: list[dict[str, Any]]
    waiting: list[Measure]
    silent: list[dict[str, Any]]
    arrivals: list[dict[str, Any]]
    #: How many papers were not sent yet, SHOWN at most (Q18).
    unsent: int


def day(user: User, *, today: date, language: str) -> Day:
    """The user's day, six queries whatever the office's size; each list a page at most."""
    seen = visible_to(user, on=today)
    terms = duties(seen, language=language, today=today)
    waiting = Measure.objects.filter(case__in=seen).filter(
        Q(state__in=("requested", "sanctioned")) | Q(state="served", target=BANK_MONEY, answer="")
    )
    waiting = waiting.select_related("case__office", "proceeding__debtor")
    posting = offices_of(user, PERMISSIONS["dispatch"], on=today)
    arrivals = arrivals_to(user, on=today).select_related("case__office")
    arrivals = _by_urgency(arrivals).annotate(debtor=steps.debtor_of("pk"))
    waiting_post = Outgoing.objects.filter(office__in=posting)
    return Day(
        overdue=terms(overdue(today)),
        due=terms(Q(status="running", due_on__gte=today, due_on__lte=today + AHEAD * ONE)),
        waiting=list(waiting.order_by("requested_on", "id")[:SHOWN]),
        silent=[silence(each, language, today=today) for each in silent(seen, today=today)[:SHOWN]],
        arrivals=[arriving(each, language) for each in arrivals[:SHOWN]],
        unsent=len(waiting_post.order_by("issued_on").values_list("pk")[:SHOWN]),
    )


def overdue(today: date) -> Q:
    """Terms that ran out with nothing done since; swept or not."""
    return Q(status="running", due_on__lt=today) | Q(status="expired", ended_on=F("due_on"))


def duties(
    seen: QuerySet[Case], *, language: str, today: date
) -> Callable[[Q], list[dict[str, Any]]]:
    """The office's duties of these cases under a condition, nearest last day first."""
    rules = [term.id for term in statute().terms() if term.duty]
    terms = Deadline.objects.filter(stream__case__in=seen, rule__in=rules)
    terms = steps.with_facts(steps.still_owed(terms))
    terms = terms.select_related("stream__case__office").order_by("due_on", "id")
    return lambda wanted: [duty(each, today, language) for each in terms.filter(wanted)[:SHOWN]]


def silent(seen: QuerySet[Case], *, today: date) -> QuerySet[Proceeding]:
    """Proceedings that run in cases without an act for SILENT days, the longest silence first."""
    found = Proceeding.objects.filter(
        case__in=seen, state="initiated", case__last_act_on__lt=today - SILENT * ONE
    )
    found = found.select_related("case__office").annotate(running=steps.facts())
    return found.order_by("case__last_act_on", "case_id", "ordinal")


def search(user: User, text: str, *, today: date) -> list[Case]:
    """Cases the user sees by number, by IIN or BIN, or by a part of a name however typed."""
    wanted = " ".join(text.split())
    seen = visible_to(user, on=today).select_related("office", "stream")
    if not wanted:
        return []
    if wanted.isdigit() and len(wanted) == IDENTIFIER:
        parties = Party.objects.filter(Q(iin=wanted) | Q(bin=wanted))
    elif numbered := _NUMBER.fullmatch(wanted.upper()):
        code, year, number = numbered.groups()
        return list(seen.filter(office__code=code, year=int(year), number=int(number)))
    else:
        parties = Party.objects.filter(name_folded__contains=fold(wanted))
    arrivals = Presentation.objects.order_by()
    by_people = arrivals.filter(participants__party__in=parties).values("case")
    by_paper = arrivals.filter(document__case_key=number_key(wanted)).values("case")
    found = seen.filter(pk__in=by_people.union(by_paper))
    return list(found.order_by("-opened_on", "id")[:PAGE])

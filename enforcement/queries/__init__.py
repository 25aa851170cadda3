"""What a user may see, and the rows of lists and pages."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any, Final, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import (
    Exists,
    F,
    Model,
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
from accounts.queries import memberships
from deadlines.models import Deadline
from documents.models import Rendering
from documents.shape import number_key
from enforcement.lifecycle.course import OPEN, RETURNED, TRANSFERRED
from enforcement.lifecycle.intake import ADMITTED, RECEIVED, RETURNED_DEFECTIVE
from enforcement.models import (
    MACHINES,
    Case,
    Measure,
    Participant,
    Presentation,
    Proceeding,
)
from enforcement.models.measures import BANK_MONEY
from enforcement.permissions import PERMISSIONS
from enforcement.queries import steps
from enforcement.verdict import ALREADY_RECEIVED, Earlier
from law.statute import statute
from parties.models import Party
from parties.search_keys import fold

#: Roles that see every case of their office.
OFFICE_ROLES: Final = frozenset({REGISTRAR, BAILIFF, SENIOR_BAILIFF, HEAD, AUDITOR})
PAGE: Final = 50
#: Digits of an IIN or BIN, and the shape of a case number.
IDENTIFIER: Final = 12
Row = TypeVar("Row", bound=Model)
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


def page(rows: QuerySet[Row], *order: str, after: str) -> tuple[list[Row], str]:
    """The rows in this order behind a cursor, a page at most, and the cursor of the next page.

    The last of `order` tells apart what the others do not; a cursor that is none begins anew.
    """
    rows = rows.order_by(*order)
    if after:
        with suppress(ValueError, ValidationError):
            behind = rows.filter(_behind_all(order, after.split("_"))).values("pk")
            # Which rows first, then what is told of them: nothing is joined to what is not shown.
            rows = rows.filter(pk__in=behind[: PAGE + 1])
    found = list(rows[: PAGE + 1])
    if len(found) <= PAGE:
        return found, ""
    paths = [key.lstrip("-").replace("__", ".") for key in order]
    return found[:PAGE], "_".join(str(attrgetter(path)(found[PAGE - 1])) for path in paths)


def _behind_all(order: Sequence[str], values: Sequence[str]) -> Q:
    """Behind these values in this order: by the first, and where that is equal by the rest."""
    (key, *keys), (value, *others) = order, values
    name, way = key.lstrip("-"), "lt" if key.startswith("-") else "gt"
    behind = Q((f"{name}__{way}", value))
    if not keys:
        return behind
    # The bound on the first alone is what an index begins at.
    return Q((f"{name}__{way}e", value)) & (behind | Q((name, value)) & _behind_all(keys, others))


@dataclass(frozen=True, slots=True)
class InboxPage:
    """One page of an inbox and the cursor of the next."""

    rows: list[dict[str, Any]]
    next_cursor: str | None


def inbox(user: User, *, show: str, after: str = "", language: str, today: date) -> InboxPage:
    """Arrivals the user sees: waiting ones oldest first, or all, newest first."""
    seen = arrivals_to(user, on=today)
    if show == RECEIVED:
        seen, order = by_urgency(seen), ("urgent_on", "id")
    else:
        order = ("-received_on", "id")
    seen = seen.select_related("case__office", "case__stream", "document__issuer")
    people = Prefetch("participants", Participant.objects.order_by("role", "position"))
    found, further = page(seen.prefetch_related(people), *order, after=after)
    deadlines = nearest([each.case.stream_id for each in found])
    rows = [inbox_row(each, deadlines, language=language, today=today) for each in found]
    return InboxPage(rows, further or None)


def by_urgency(seen: QuerySet[Presentation]) -> QuerySet[Presentation]:
    """Waiting arrivals with their nearest last day; what has no term stands by its receipt."""
    running = Deadline.objects.filter(
        stream__case=OuterRef("case_id"),
        status="running",
        scope=Concat(Value("presentation:"), Cast(OuterRef("id"), TextField())),
    )
    nearest_due = Subquery(running.order_by("due_on").values("due_on")[:1])
    urgent = Coalesce(nearest_due, F("received_on"))
    return seen.filter(state=RECEIVED).annotate(urgent_on=urgent)


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


def freezes(user: User, *, on: date) -> QuerySet[Measure]:
    """The freezes that the user sees: no other measure needs a sanction."""
    found = Measure.objects.filter(target=BANK_MONEY, case__in=visible_to(user, on=on))
    return found.select_related("case__office", "case__stream", "proceeding__debtor")


def sanctions(user: User, *, state: str, on: date, after: str = "") -> tuple[list[Measure], str]:
    """The freezes in a state, oldest request first, a page at most; the cursor of the next."""
    found = freezes(user, on=on).filter(state=state)
    found = found.annotate(left=steps.balance_of("proceeding__debtor"))
    return page(found, "requested_on", "id", after=after)


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

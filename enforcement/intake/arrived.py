"""What arrived and waits: the rows of an inbox, the nearest last day first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from accounts.models import User
from deadlines.models import Deadline
from enforcement.core.law_in_templates import Spoken
from enforcement.facts.access import arrivals_to
from enforcement.facts.pagination import page
from enforcement.lifecycle.presentation import RECEIVED
from enforcement.models import Participant, Presentation
from law.statute import statute

#: A running term, by its journal and what it is of.
Nearest = Mapping[tuple[UUID, str], Deadline]


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


def nearest(streams: Sequence[UUID]) -> Nearest:
    """The nearest running duty of each presentation, by stream and scope."""
    found: dict[tuple[UUID, str], Deadline] = {}
    running = Deadline.objects.filter(stream__in=streams, status="running").order_by("due_on")
    for deadline in running:
        found.setdefault((deadline.stream_id, deadline.scope), deadline)
    return found


def inbox_row(
    arrival: Presentation, deadlines: Nearest, *, language: str, today: date
) -> dict[str, Any]:
    """One line of the inbox."""
    names: dict[str, list[str]] = {"claimant": [], "debtor": []}
    for participant in arrival.participants.all():
        names[participant.role].append(participant.name(language))
    deadline = deadlines.get((arrival.case.stream_id, f"presentation:{arrival.pk}"))
    issuer = arrival.document.issuer
    return {
        "case_id": arrival.case_id,
        "law": Spoken(statute(arrival.case.stream.rule_set)),
        "number": arrival.case.label,
        "ref": arrival.ref,
        "received_on": arrival.received_on,
        "state": arrival.state,
        "kind": arrival.document.kind,
        "issuer": issuer.name(language) if issuer else "",
        "claimants": ", ".join(names["claimant"]),
        "debtors": ", ".join(names["debtor"]),
        "verdict": arrival.verdict,
        "deadline": deadline and _term(deadline, today),
    }


def _term(deadline: Deadline, today: date) -> dict[str, Any]:
    plain = ("rule", "due_on", "safe_on", "status")
    told = {name: getattr(deadline, name) for name in plain}
    return {**told, "days_left": deadline.days_left(today)}

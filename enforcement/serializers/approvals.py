"""What a senior bailiff looks after: postponements, lines to annul, what is overdue or silent."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from accounts.models import HEAD, SENIOR_BAILIFF, User
from accounts.queries import offices_of
from enforcement.actions.corrections import DEFERRING, FINAL, PLAIN, STATEFUL
from enforcement.lifecycle.course import INITIATED, OPEN
from enforcement.lifecycle.postponements import REQUESTED
from enforcement.models import Case, Postponement, Proceeding, Reimbursement
from enforcement.queries import PAGE, steps
from enforcement.queries.today import duties, overdue, silent
from journal.models import Entry

#: How many days back the lines go that a senior bailiff is shown.
BACK: Final = 14
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Watch:
    """What waits for a senior bailiff: requests, lines he could annul, what is overdue, silent."""

    requests: list[dict[str, Any]]
    lines: list[dict[str, Any]]
    overdue: list[dict[str, Any]]
    silent: list[dict[str, Any]]


def watch(user: User, *, today: date, language: str) -> Watch:
    """The senior bailiff's offices, four queries whatever their size."""
    offices = offices_of(user, {SENIOR_BAILIFF, HEAD}, on=today)
    cases = Case.objects.filter(office__in=offices)
    courses = Q(scope__startswith="proceeding:")
    return Watch(
        requests=[_request(each, user, today, language) for each in _requests(cases)],
        lines=[_line(each, language) for each in _lines(cases, user, today)[:PAGE]],
        overdue=duties(cases, language=language, today=today)(overdue(today) & courses).first(),
        silent=_by_bailiff(silent(cases, today=today), language, today=today),
    )


def _requests(cases: QuerySet[Case]) -> list[Postponement]:
    """The postponements that wait for approval, the oldest first; a page at most."""
    found = Postponement.objects.filter(case__in=cases, state=REQUESTED)
    found = found.select_related(
        "case__office", "case__stream", "proceeding__debtor", "requested_by"
    )
    return list(found.order_by("requested_on", "id")[:PAGE])


def _request(asked: Postponement, user: User, today: date, language: str) -> dict[str, Any]:
    """A request with what hinders its approval: its author, its day, its proceeding."""
    running = asked.proceeding
    return {
        "id": asked.pk,
        "case_id": asked.case_id,
        "head": asked.case.stream.head_hash,
        "number": asked.case.label,
        "debtor": running.debtor.name(language),
        "reason": asked.reason,
        "initiator": asked.initiator,
        "until": asked.until,
        "requested_on": asked.requested_on,
        "by": asked.requested_by.full_name,
        "own": asked.requested_by_id == user.pk,
        "stands": running.state,
        "possible": running.state == INITIATED and asked.until > today,
    }


def _lines(cases: QuerySet[Case], user: User, today: date) -> QuerySet[Entry]:
    """Lines by others of the last days that are open to correction by a senior bailiff."""
    annulled = Entry.objects.filter(stream=OuterRef("stream"), corrects=OuterRef("seq"))
    later = Entry.objects.filter(subject=OuterRef("subject"), seq__gt=OuterRef("seq"))
    later = later.filter(by__isnull=False).exclude(Exists(annulled))
    last = Q(kind__in=STATEFUL) & ~Exists(later.filter(kind__in=STATEFUL))
    last |= Q(kind__in=DEFERRING) & ~Exists(later.filter(kind__in=DEFERRING))
    paid_back = Reimbursement.objects.filter(cost__entry=OuterRef("pk"), reversal=None)
    moving = Proceeding.objects.filter(pk=OuterRef("subject"), state__in=OPEN)
    debtor = Proceeding.objects.filter(pk=OuterRef("subject"))
    named = JSONObject(kk="debtor__name_kk", ru="debtor__name_ru")
    since = date.fromordinal(today.toordinal() - BACK)
    return (
        Entry.objects.filter(
            stream__case__in=cases,
            kind__in=(STATEFUL | PLAIN | DEFERRING) - FINAL,
            on__gte=since,
            by__isnull=False,
        )
        .exclude(by=user)
        .exclude(Exists(annulled))
        .filter(Exists(moving))
        .filter(Q(kind__in=PLAIN) | last)
        .exclude(Exists(paid_back))
        .select_related("stream__case__office", "by")
        .annotate(debtor=Subquery(debtor.values(told=named)[:1]))
        .order_by("-on", "-id")
    )


def _line(entry: Entry, language: str) -> dict[str, Any]:
    told: Any = entry
    case = told.stream.case
    return {
        "case_id": case.pk,
        "number": case.label,
        "debtor": steps.debtor_named(told.debtor, language),
        "on": entry.on,
        "kind": entry.kind,
        "seq": entry.seq,
        "ground": entry.facts.get("ground"),
        "by": entry.by.full_name if entry.by else "",
        "url": f"/cases/{case.pk}/correct?proceeding={entry.subject}&line={entry.seq}",
    }


def _by_bailiff(found: QuerySet[Proceeding], language: str, *, today: date) -> list[dict[str, Any]]:
    """Silent proceedings under the name of whoever acted in the case last."""
    acts = Entry.objects.filter(stream=OuterRef("case__stream"), by__isnull=False)
    last = acts.order_by("-seq").values("by__full_name")
    groups: dict[str, list[dict[str, Any]]] = {}
    for proceeding in found.annotate(last_by=Subquery(last[:1]))[:PAGE]:
        told: Any = proceeding
        row = steps.silence(proceeding, language, today=today)
        groups.setdefault(told.last_by or "", []).append(row)
    return [{"bailiff": name, "rows": rows} for name, rows in sorted(groups.items())]

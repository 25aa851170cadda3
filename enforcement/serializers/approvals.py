"""What a senior bailiff looks after: lines he could annul, what is overdue, what is silent."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from accounts.models import HEAD, SENIOR_BAILIFF, User
from accounts.queries import offices_of
from enforcement.actions.corrections import FINAL, PLAIN, STATEFUL
from enforcement.lifecycle.course import OPEN
from enforcement.models import Case, Proceeding
from enforcement.queries import PAGE, duties, overdue, silent, steps
from journal.models import Entry

#: How many days back the lines go that a senior bailiff is shown.
BACK: Final = 14
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Watch:
    """What waits for a senior bailiff: lines he could annul, what is overdue, what is silent."""

    lines: list[dict[str, Any]]
    overdue: list[dict[str, Any]]
    silent: list[dict[str, Any]]


def watch(user: User, *, today: date, language: str) -> Watch:
    """The senior bailiff's offices, three queries whatever their size."""
    offices = offices_of(user, {SENIOR_BAILIFF, HEAD}, on=today)
    cases = Case.objects.filter(office__in=offices)
    courses = Q(scope__startswith="proceeding:")
    return Watch(
        lines=[_line(each, language) for each in _lines(cases, user, today)[:PAGE]],
        overdue=duties(cases, language=language, today=today)(overdue(today) & courses),
        silent=_by_bailiff(silent(cases, today=today), language),
    )


def _lines(cases: QuerySet[Case], user: User, today: date) -> QuerySet[Entry]:
    """Lines by others of the last days that are open to correction by a senior bailiff."""
    annulled = Entry.objects.filter(stream=OuterRef("stream"), corrects=OuterRef("seq"))
    later = Entry.objects.filter(
        subject=OuterRef("subject"), seq__gt=OuterRef("seq"), kind__in=STATEFUL
    ).exclude(Exists(annulled))
    moving = Proceeding.objects.filter(pk=OuterRef("subject"), state__in=OPEN)
    debtor = Proceeding.objects.filter(pk=OuterRef("subject"))
    named = JSONObject(kk="debtor__name_kk", ru="debtor__name_ru")
    since = date.fromordinal(today.toordinal() - BACK)
    return (
        Entry.objects.filter(
            stream__case__in=cases, kind__in=(STATEFUL | PLAIN) - FINAL, on__gte=since
        )
        .exclude(by=user)
        .exclude(Exists(annulled))
        .filter(Exists(moving))
        .filter(Q(kind__in=PLAIN) | ~Exists(later))
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


def _by_bailiff(found: QuerySet[Proceeding], language: str) -> list[dict[str, Any]]:
    """Silent proceedings under the name of whoever acted in the case last."""
    acts = Entry.objects.filter(stream=OuterRef("case__stream"), by__isnull=False)
    last = acts.order_by("-seq").values("by__full_name")
    groups: dict[str, list[dict[str, Any]]] = {}
    for proceeding in found.annotate(last_by=Subquery(last[:1]))[:PAGE]:
        told: Any = proceeding
        row = steps.silence(proceeding, language)
        groups.setdefault(told.last_by or "", []).append(row)
    return [{"bailiff": name, "rows": rows} for name, rows in sorted(groups.items())]

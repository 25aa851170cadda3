"""What waits for the senior bailiff and the head: requests, lines to look over, overdue, silent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

import clock
from accounts.models import User
from accounts.queries import offices_of
from enforcement.core.card import Annulled, lines, of_machine, writing
from enforcement.core.checks import Head, hindered
from enforcement.core.http_status import status_of
from enforcement.core.law_in_templates import Spoken
from enforcement.core.refusals import refusal
from enforcement.core.roles import SENIORS
from enforcement.core.step import facts_of
from enforcement.core.why_closed import why
from enforcement.core.words import reading
from enforcement.facts.access import roles_of, visible_to
from enforcement.facts.balance import annulling
from enforcement.facts.pagination import PAGE
from enforcement.facts.queries import with_facts
from enforcement.lifecycle.postponement import REQUESTED
from enforcement.lifecycle.proceeding import OPEN
from enforcement.models import Case, Postponement, Proceeding, Refund, Reimbursement, Submission
from enforcement.today.context import silence as day_silence
from enforcement.today.duties import debtor_named, silence
from enforcement.today.lists import SILENT, duties, overdue, silent
from journal.models import Entry
from law.refusal import Refusal
from law.statute import statute

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
    """The senior bailiff's offices, five queries whatever their size."""
    offices = offices_of(user, SENIORS, on=today)
    cases = Case.objects.filter(office__in=offices)
    courses = Q(scope__startswith="proceeding:")
    return Watch(
        requests=_asked(_requests(cases), user, today, language),
        lines=[_line(each, language) for each in _lines(cases, user, today)[:PAGE]],
        overdue=duties(cases, language=language, today=today)(overdue(today) & courses).first(),
        silent=_by_bailiff(silent(cases, today=today), language, today=today),
    )


def _requests(cases: QuerySet[Case]) -> list[Postponement]:
    """The postponements that wait for approval, the oldest first; a page at most."""
    found = with_facts(Postponement).filter(case__in=cases, state=REQUESTED)
    found = found.select_related("case__office", "case__stream", *Postponement.WITH)
    return list(found.order_by("requested_on", "id")[:PAGE])


def _asked(
    found: Sequence[Postponement], user: User, today: date, language: str
) -> list[dict[str, Any]]:
    """The requests, each judged by what was handed in on its case: somebody may be challenged."""
    streams = {each.case.stream_id for each in found}
    lines: dict[Any, list[Entry]] = {stream: [] for stream in streams}
    handed_in = Entry.objects.filter(stream__in=streams, machine=Submission.MACHINE)
    for line in handed_in.order_by("seq") if streams else ():
        lines[line.stream_id].append(line)
    return [_request(each, lines[each.case.stream_id], user, today, language) for each in found]


def _request(
    asked: Postponement, lines: Sequence[Entry], user: User, today: date, language: str
) -> dict[str, Any]:
    """A request with what hinders its approval, as approving it would say."""
    running, law = asked.proceeding, statute(asked.case.stream.rule_set)
    now = facts_of(asked, law=law, on=today, by=user.pk, roles=SENIORS, lines=lines)
    refused = hindered(writing("approved"), now)
    return {
        "id": asked.pk,
        "case_id": asked.case_id,
        "law": Spoken(law),
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
        "possible": refused is None,
        "why": why(refused, Postponement.MACHINE)[0] if refused else "",
    }


def _lines(cases: QuerySet[Case], user: User, today: date) -> QuerySet[Entry]:
    """Lines by others of the last days that are open to correction by a senior bailiff."""
    annulled = Exists(annulling())
    later = Entry.objects.filter(subject=OuterRef("subject"), seq__gt=OuterRef("seq"))
    later = later.filter(by__isnull=False).exclude(annulled)
    groups = _last_of()
    last = [Q(kind__in=each) & ~Q(Exists(later.filter(kind__in=each))) for each in groups]
    shown = [line for _verb, line in lines().values() if line.annulled and line.looked_over]
    plain = [line.event for line in shown if line.annulled in (Annulled.ANY, Annulled.COUNTING)]
    paid_back = Reimbursement.objects.filter(cost__entry=OuterRef("pk"), reversal=None)
    given_back = Refund.objects.filter(recovery__entry=OuterRef("pk"), reversal=None)
    moving = Proceeding.objects.filter(pk=OuterRef("subject"), state__in=OPEN)
    debtor = Proceeding.objects.filter(pk=OuterRef("subject"))
    named = JSONObject(kk="debtor__name_kk", ru="debtor__name_ru")
    since = date.fromordinal(today.toordinal() - BACK)
    kinds = [line.event for line in shown if not line.final]
    found = Entry.objects.filter(stream__case__in=cases, kind__in=kinds, on__gte=since)
    return (
        found.filter(by__isnull=False)
        .exclude(by=user)
        .exclude(annulled)
        .filter(Exists(moving))
        .filter(reduce(or_, last, Q(kind__in=plain)))
        .exclude(Exists(paid_back))
        .exclude(Exists(given_back))
        .select_related("stream__case__office", "by")
        .annotate(debtor=Subquery(debtor.values(told=named)[:1]))
        .order_by("-on", "-id")
    )


def _last_of() -> list[list[str]]:
    """The lines of which only the last can be annulled, each group by itself."""
    groups: dict[str, list[str]] = {}
    for event, (verb, line) in lines().items():
        if line.annulled is Annulled.LAST_OF_STATE:
            groups.setdefault("", []).append(event)
        elif line.annulled is Annulled.LAST_OF_CHAPTER:
            groups.setdefault(verb.body.__module__, []).append(event)
    return list(groups.values())


def _line(entry: Entry, language: str) -> dict[str, Any]:
    told: Any = entry
    case, law = told.stream.case, statute(told.stream.rule_set)
    address = reverse("step", args=[case.pk, writing("corrected").name])
    return {
        "case_id": case.pk,
        "number": case.label,
        "debtor": debtor_named(told.debtor, language),
        "on": entry.on,
        "kind": entry.kind,
        "seq": entry.seq,
        "ground": entry.facts.get("ground"),
        "by": entry.by.full_name if entry.by else "",
        "law": Spoken(law),
        "words": law.past(entry.kind).in_(reading()),
        "url": f"{address}?proceeding={entry.subject}&line={entry.seq}",
    }


def _by_bailiff(found: QuerySet[Proceeding], language: str, *, today: date) -> list[dict[str, Any]]:
    """Silent proceedings under the name of whoever acted in the case last."""
    acts = Entry.objects.filter(stream=OuterRef("case__stream"), by__isnull=False)
    last = acts.order_by("-seq").values("by__full_name")
    groups: dict[str, list[dict[str, Any]]] = {}
    for proceeding in found.annotate(last_by=Subquery(last[:1]))[:PAGE]:
        told: Any = proceeding
        row = silence(proceeding, language, today=today)
        groups.setdefault(told.last_by or "", []).append(row)
    return [{"bailiff": name, "rows": rows} for name, rows in sorted(groups.items())]


@login_required
def approvals(request: HttpRequest) -> HttpResponse:
    """Four lists of the reader's offices; a postponement is decided on the page itself."""
    assert isinstance(request.user, User)
    if not roles_of(request.user, on=clock.today()) & SENIORS:
        raise Http404
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            return _decide(request, request.user)
        except Refusal as refusal_:
            refused = refusal_
    found = watch(request.user, today=clock.today(), language=reading())
    for group in found.silent:
        group["rows"] = [day_silence(row, clock.today()) for row in group["rows"]]
    context = {
        "watch": found,
        "silence": SILENT,
        "back": BACK,
        "refusal": refusal(refused) if refused else None,
        "given": request.POST,
    }
    status = status_of(refused) if refused else 200
    return render(request, "enforcement/today/approvals.html", context, status=status)


def _decide(request: HttpRequest, user: User) -> HttpResponse:
    """Take the decision posted; back to the lists."""
    verbs = {verb.name: verb for verb in of_machine(Postponement.MACHINE)}
    verb = verbs.get(request.POST.get("verb", ""))
    try:
        wanted = UUID(request.POST.get("postponement", ""))
        asked = Postponement.objects.get(pk=wanted, case__in=visible_to(user))
    except (ValueError, Postponement.DoesNotExist) as unknown:
        raise Http404 from unknown
    if verb is None:
        raise Http404
    head = Head(request.POST.get("head", ""), exactly=False)
    given = {name: request.POST.get(name, "") for name in verb.asks}
    verb(asked, on=clock.today(), by=user, head=head, **given)
    step = statute(asked.case.stream.rule_set).steps[verb.name]
    messages.success(request, step.past.in_(reading()))
    return redirect("approvals")

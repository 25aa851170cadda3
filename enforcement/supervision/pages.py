"""The prosecutor's supervision on one page: what waits for an answer, which file is out."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

import clock
from accounts.models import PROSECUTOR, User
from accounts.queries import memberships
from enforcement.core.card import writing
from enforcement.core.law_in_templates import Spoken
from enforcement.core.waiting import ANSWERED, CHECK, FILE_RETURNED
from enforcement.core.words import reading
from enforcement.facts.access import visible_to
from enforcement.facts.pagination import page
from enforcement.lifecycle.submission import LODGED
from enforcement.models import Submission
from journal import actions as journal
from law.model import SubmissionKind
from law.statute import statute

#: The tabs of the page: what waits, and what does not any more.
WAITING: Final = "waiting"
OVER: Final = "over"
TABS: Final = (WAITING, OVER)


def supervised(user: User, *, on: date) -> QuerySet[Submission]:
    """The prosecutor's acts in the cases that the user sees; no court is told of them."""
    cases = visible_to(user, on=on, sent=False)
    found = Submission.objects.filter(supervisor__isnull=False, case__in=cases)
    return found.select_related("case__office", "case__stream", "supervisor", "proceeding__debtor")


def listed(user: User, *, tab: str, on: date, after: str = "") -> tuple[list[Submission], str]:
    """A tab, the oldest first, a page at most; the cursor of the next."""
    found = supervised(user, on=on)
    found = found.filter(state=LODGED) if tab == WAITING else found.exclude(state=LODGED)
    return page(found, "received_on", "id", after=after)


def note_supervision(found: Iterable[Submission], *, by: User) -> None:
    """Note that the reader saw what is demanded in whose case."""
    journal.read_all((asked.case.stream for asked in found), what="supervision", by=by)


@login_required
def supervision(request: HttpRequest) -> HttpResponse:
    """What waits: whose move it is, since when, until when; what is over."""
    assert isinstance(request.user, User)
    user, today = request.user, clock.today()
    tab = request.GET.get("state", WAITING)
    tab = tab if tab in TABS else WAITING
    found, further = listed(user, tab=tab, on=today, after=request.GET.get("after", ""))
    note_supervision(found, by=user)
    rows = [_row(asked, user, today) for asked in found]
    context = {"rows": rows, "further": further, "tab": tab, "tabs": TABS, "today": today}
    return render(request, "enforcement/supervision/supervision.html", context)


def _row(asked: Submission, user: User, today: date) -> dict[str, Any]:
    law = statute(asked.case.stream.rule_set)
    kind = law.submissions[asked.kind]
    names = ("state", "text", "received_on", "answer_by", "answer", "decided_on", "line")
    supervisor = asked.supervisor
    return {
        **{name: getattr(asked, name) for name in names},
        "id": asked.pk,
        "law": Spoken(law),
        "case_id": asked.case_id,
        "number": asked.case.label,
        "office": asked.case.office.name(reading()),
        "supervisor": supervisor.name(reading()) if supervisor else "",
        "act_number": asked.beside.get("number", ""),
        "debtor": asked.proceeding.debtor.name(reading()) if asked.proceeding else "",
        "title": kind.title.in_(reading()),
        "rule": kind.rule.id,
        "whose": kind.decides if asked.state == LODGED else "",
        "days": (today - asked.received_on).days,
        "late": asked.state == LODGED and asked.answer_by is not None and asked.answer_by < today,
        "step": _step(asked, kind, _roles(user, asked, today)),
    }


def _roles(user: User, asked: Submission, today: date) -> set[str]:
    """His roles in the office of the case; whoever sees it as a prosecutor supervises it."""
    held = memberships(user, on=today)
    office = asked.case.office_id
    return {m.role for m in held if m.office_id == office or m.role == PROSECUTOR}


def _step(asked: Submission, kind: SubmissionKind, roles: set[str]) -> dict[str, str] | None:
    """The step that ends the waiting, for who may take it."""
    verb = writing(FILE_RETURNED if kind.of == CHECK else ANSWERED)
    if asked.state != LODGED or not verb.card.by & roles:
        return None
    address = reverse("step", args=[asked.case_id, verb.name])
    return {"verb": verb.name, "url": f"{address}?{asked.MACHINE}={asked.pk}"}

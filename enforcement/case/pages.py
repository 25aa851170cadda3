"""The case page, the ledger behind every date, papers and attachments."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

import clock
from accounts.models import User
from deadlines.calculator import Reckoning, reckon
from deadlines.models import Deadline
from deadlines.queries import explain
from documents.models import Attachment
from enforcement.case.context import page
from enforcement.case.engaged import taking_part
from enforcement.case.file import read
from enforcement.core.card import writing
from enforcement.core.checks import Head
from enforcement.core.files import file_response, pdf, rendering
from enforcement.core.http_status import status_of
from enforcement.core.law_in_templates import Spoken
from enforcement.core.readings import note_reading, seen
from enforcement.core.refusals import refusal
from enforcement.core.words import reading
from enforcement.facts.arrivals import current
from enforcement.intake.attachments import LARGEST_FILE
from enforcement.models import Case
from law.model import Term
from law.refusal import Refusal
from law.statute import statute
from law.workdays import calendar


@login_required
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Everything of one case on one page; the view is noted, since it shows personal data."""
    found = seen(request, case_id)
    note_reading(request, found, "case")
    assert isinstance(request.user, User)
    file, today = read(found), clock.today()
    context = {**page(file, request.user, today=today), "engaged": taking_part(file, today=today)}
    return render(request, "enforcement/case/case.html", context)


@login_required
def ledger(request: HttpRequest, case_id: UUID, deadline_id: UUID) -> HttpResponse:
    """Why a date is that date: every day of a term, to be added up by hand."""
    found = seen(request, case_id)
    deadline = found.stream.deadlines.filter(pk=deadline_id).first()
    if deadline is None:
        raise Http404
    return render(request, "enforcement/case/ledger.html", _ledger(found, deadline))


def _ledger(found: Case, deadline: Deadline) -> dict[str, Any]:
    law = statute(found.stream.rule_set)
    term = law.term(deadline.rule, on=deadline.starts_on)
    reckoning = explain(deadline, rule_set=found.stream.rule_set)
    known = calendar(deadline.calendar)
    start, last = deadline.starts_on, deadline.ends_on
    plain = reckon(term, starts_on=start, calendar=known, ends_on=last, explain=False)
    days = ("starts_on", "due_on", "nominal_on", "provisional", "calendar")
    return {
        **{name: getattr(deadline, name) for name in days},
        "law": Spoken(law),
        "case": {"id": found.pk, "number": found.label},
        "deadline": {
            "rule": deadline.rule,
            "status": deadline.status,
            "scope": deadline.scope,
            "days_left": deadline.days_left(clock.today()),
        },
        "sum": _sum(reckoning, plain.nominal_on),
        "term": {**_term(term), "ends_on": deadline.ends_on},
        "steps": _steps(reckoning),
        "safe_on": deadline.safe_on if term.duty else None,
    }


def _term(term: Term) -> dict[str, Any]:
    return {
        "id": term.id,
        "title": term.rule.title.in_(reading()),
        "text": term.rule.text.in_(reading()),
        "article": term.rule.article,
        "unit": term.unit.value,
        "length": term.length,
    }


def _steps(reckoning: Reckoning) -> list[dict[str, Any]]:
    """The rows with their running total."""
    rows, total = [], 0
    for step in reckoning.steps:
        total += step.n
        rows.append(
            {
                "on": step.on,
                "until": step.until,
                "kind": step.kind,
                "why": step.why.in_(reading()),
                "n": step.n,
                "total": total,
                "days": (step.until - step.on).days + 1,
            }
        )
    return rows


def _sum(reckoning: Reckoning, plain_end: date | None) -> dict[str, Any]:
    """What a reader adds up by hand: the end without pauses, days stood still, days rolled."""
    paused = sum((s.until - s.on).days + 1 for s in reckoning.steps if s.kind == "paused")
    if reckoning.nominal_on is None or reckoning.due_on is None:
        return {"plain_end": plain_end, "paused": paused, "rolled": 0}
    rolled = (reckoning.due_on - reckoning.nominal_on).days
    return {"plain_end": plain_end, "paused": paused, "rolled": rolled}


@login_required
@require_POST
def keep_file(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep a file with the document."""
    found = seen(request, case_id)
    assert isinstance(request.user, User)
    file = request.FILES.get("file")
    if file is None:
        return redirect("case", found.pk)
    arrivals = found.presentations.select_related("document__issuer").order_by("ordinal")
    arrival = current(list(arrivals))
    head = Head(request.POST.get("head", ""), exactly=False)
    # One byte more than is kept is enough to refuse a larger file.
    given = {"name": file.name or "", "content": file.read(LARGEST_FILE + 1)}
    try:
        writing("attached")(arrival, on=clock.today(), by=request.user, head=head, **given)
    except Refusal as refused:
        return _refused(request, found, refused)
    return redirect("case", found.pk)


def _refused(request: HttpRequest, found: Case, refused: Refusal) -> HttpResponse:
    context = {
        "law": Spoken(statute(found.stream.rule_set)),
        "refusal": refusal(refused),
        "case": {"id": found.pk, "number": found.label},
    }
    return render(request, "enforcement/case/refused.html", context, status=status_of(refused))


@login_required
def attachment(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    """A file handed in, to be saved, never shown inside our pages."""
    found = Attachment.objects.select_related("blob", "document__presentation")
    found = found.defer("blob__content")  # read when it is known that the reader may
    file = found.filter(pk=attachment_id).first()
    if file is None:
        raise Http404
    note_reading(request, seen(request, file.document.presentation.case_id), "attachment")
    return file_response(file.blob.intact(), file.blob.media_type, file.name, as_attachment=True)


@login_required
def paper(request: HttpRequest, paper_id: UUID, language: str) -> HttpResponse:
    """A paper's exact bytes in one language."""
    found = rendering(paper_id, language)
    if found is None:
        raise Http404
    note_reading(request, seen(request, found.paper.entry.stream.case.pk), "paper")
    return pdf(found)

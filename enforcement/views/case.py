"""The case page, the ledger behind every date, papers and attachments, the steps."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

import clock
from accounts.models import User
from accounts.queries import roles_in
from deadlines.calculator import Reckoning, reckon
from deadlines.models import Deadline
from deadlines.queries import explain
from documents.models import Attachment
from enforcement import queries
from enforcement.actions import intake
from enforcement.lifecycle.intake import RECEIVED
from enforcement.models import Case, Presentation
from enforcement.permissions import may
from enforcement.serializers.words import (
    acts,
    file_response,
    pdf,
    reading,
    refusal,
    shown,
)
from journal import actions as journal
from journal.models import Entry
from law.model import Term
from law.refusal import Refusal
from law.statute import Statute, statute
from law.workdays import calendar


def seen(request: HttpRequest, case_id: UUID) -> Case:
    """The case, where the reader may see it; 404 otherwise."""
    assert isinstance(request.user, User)
    found = queries.visible_to(request.user).select_related("office", "stream")
    case = found.filter(pk=case_id).first()
    if case is None:
        raise Http404
    return case


@login_required
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Everything of one case on one page; the view is noted, since it shows personal data."""
    found = seen(request, case_id)
    note_reading(request, found, "case")
    assert isinstance(request.user, User)
    return render(request, "enforcement/case.html", _case(found, request.user))


def note_reading(request: HttpRequest, found: Case, what: str) -> None:
    """Note that the reader saw personal data of the case."""
    assert isinstance(request.user, User)
    journal.read(found.stream, what=what, by=request.user)


def _case(found: Case, user: User) -> dict[str, Any]:
    language, today = reading(), clock.today()
    law = statute(found.stream.rule_set)
    arrivals = queries.arrivals_of(found)
    current = queries.current(arrivals)
    papers = _papers(found, language, law)
    may_attach = may("attach", roles_in(user, found.office_id, on=today))
    return {
        "case": {
            "id": found.pk,
            "number": found.label,
            "office": found.office.name(language),
            "rule_set": found.stream.rule_set,
            "opened_on": found.opened_on,
        },
        "state": current.state,
        "presentation": current,
        "presentations": [_arrival(each, current) for each in arrivals],
        "document": _document(current, language),
        "participants": [_participant(p, language) for p in _people(current)],
        "debts": [_debt(debt, language) for debt in current.debts.all()],
        "verdict": shown(current.verdict),
        "deadlines": _deadlines(found, law),
        "entries": _entries(found, law, language, papers),
        "papers": papers,
        "attachments": _attachments(found),
        "acts": acts(arrivals, user, today=today),
        "attach_url": f"/cases/{found.pk}/attach"
        if may_attach and current.state == RECEIVED
        else "",
    }


def _arrival(arrival: Presentation, current: Presentation) -> dict[str, Any]:
    return {
        "received_on": arrival.received_on,
        "ref": arrival.ref,
        "state": arrival.state,
        "verdict": arrival.verdict,
        "superseded": arrival.pk != current.pk,
    }


def _document(arrival: Presentation, language: str) -> dict[str, Any]:
    document = arrival.document
    plain = ("kind", "case_number", "decision_on", "in_force_on", "issued_on", "deferred_until")
    found = {name: getattr(document, name) for name in (*plain, "operative", "language")}
    issuer = document.issuer.name(language) if document.issuer else ""
    return {**found, "issuer": issuer, "immediate": document.immediate}


def _people(arrival: Presentation) -> list[Any]:
    return sorted(arrival.participants.all(), key=lambda p: (p.role, p.position))


def _participant(person: Any, language: str) -> dict[str, Any]:
    return {
        "role": person.role,
        "name": person.name(language),
        "identifier": person.identifier or person.as_written,
        "identifier_kind": "iin" if person.party.kind == "natural" else "bin",
        "birth_date": person.birth_date,
        "city": person.city,
        "address": person.address(language),
        "iban": person.iban,
        "workplace": person.workplace,
        "missing_reason": person.missing_reason,
    }


def _in_order(people: Any) -> list[Any]:
    return sorted(people, key=lambda person: person.position)


def _debt(debt: Any, language: str) -> dict[str, Any]:
    periodic = debt.periodic_kind and {
        "kind": debt.periodic_kind,
        "share": debt.periodic_share,
        "since": debt.periodic_since,
        "until": debt.periodic_until,
    }
    return {
        "claimant": debt.claimant.name(language) if debt.claimant else "",
        "debtors": [person.name(language) for person in _in_order(debt.debtors.all())],
        "joint": debt.joint,
        "amount": debt.amount,
        "periodic": periodic,
        "act": debt.act,
    }


def _deadlines(found: Case, law: Statute) -> list[dict[str, Any]]:
    """Running terms first, the nearest last day on top; then those that ended."""
    today = clock.today()
    rows = sorted(
        found.stream.deadlines.all(),
        key=lambda d: (d.status not in ("running", "paused"), str(d.due_on or ""), d.rule),
    )
    return [
        {
            "id": row.pk,
            "rule": row.rule,
            "scope": row.scope,
            "starts_on": row.starts_on,
            "due_on": row.due_on,
            "safe_on": row.safe_on if law.term(row.rule).duty else None,
            "status": row.status,
            "days_left": row.days_left(today),
            "provisional": row.provisional,
            "ledger_url": f"/cases/{found.pk}/deadlines/{row.pk}",
        }
        for row in rows
    ]


def _entries(
    found: Case, law: Statute, language: str, papers: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    past = law.by_event()
    entries = list(found.stream.entries.select_related("by").order_by("-seq"))
    corrected = {entry.corrects for entry in entries}
    rows = [_entry(entry, past, law, language) for entry in entries]
    for row in rows:
        row["corrected"] = row["seq"] in corrected
        row["papers"] = [paper for paper in papers if paper["entry_id"] == row.pop("id")]
    return rows


def _entry(entry: Entry, past: dict[str, Any], law: Statute, language: str) -> dict[str, Any]:
    step, facts = past.get(entry.kind), entry.facts
    words = step.past.in_(language) if step else entry.kind
    rule = facts.get("rule") or (step.rule if step else "")
    if "rule" in facts:
        words = f"{words}: {law.rule(facts['rule']).title.in_(language)}"
    elif "verdict" in facts:
        words = f"{words}: {law.word('verdicts', facts['verdict']).in_(language)}"
    return {
        "id": entry.pk,
        "seq": entry.seq,
        "on": entry.on,
        "recorded_at": entry.recorded_at,
        "kind": entry.kind,
        "words": words,
        "by": entry.by.full_name if entry.by else "",
        "rule": rule,
        "ground": facts.get("ground"),
        "corrects": entry.corrects,
    }


def _papers(found: Case, language: str, law: Statute) -> list[dict[str, Any]]:
    return [
        {
            "id": paper.pk,
            "entry_id": paper.entry_id,
            "number": paper.label,
            "kind": paper.kind,
            "title": law.texts[paper.kind]["title"][language],
            "issued_on": paper.issued_on,
            "urls": {lang: f"/papers/{paper.pk}.{lang}.pdf" for lang in ("kk", "ru")},
        }
        for paper in queries.papers_of(found)
    ]


def _attachments(found: Case) -> list[dict[str, Any]]:
    files = Attachment.objects.filter(document__presentation__case=found).order_by("entry__seq")
    return [
        {"id": pk, "name": name, "size": size, "url": f"/attachments/{pk}"}
        for pk, name, size in files.values_list("pk", "name", "blob__size")
    ]


@login_required
def ledger(request: HttpRequest, case_id: UUID, deadline_id: UUID) -> HttpResponse:
    """Why a date is that date: every day of a term, to be added up by hand."""
    found = seen(request, case_id)
    deadline = found.stream.deadlines.filter(pk=deadline_id).first()
    if deadline is None:
        raise Http404
    return render(request, "enforcement/ledger.html", _ledger(found, deadline))


def _ledger(found: Case, deadline: Deadline) -> dict[str, Any]:
    law = statute(found.stream.rule_set)
    term = law.term(deadline.rule, on=deadline.starts_on)
    reckoning = explain(deadline, rule_set=found.stream.rule_set)
    known = calendar(deadline.calendar)
    plain = reckon(term, starts_on=deadline.starts_on, calendar=known, explain=False)
    days = ("starts_on", "due_on", "nominal_on", "provisional", "calendar")
    return {
        **{name: getattr(deadline, name) for name in days},
        "case": {"id": found.pk, "number": found.label},
        "deadline": {
            "rule": deadline.rule,
            "status": deadline.status,
            "scope": deadline.scope,
            "days_left": deadline.days_left(clock.today()),
        },
        "sum": _sum(reckoning, plain.nominal_on),
        "term": _term(term),
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
def attach(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep a file with the document."""
    found = seen(request, case_id)
    file = request.FILES.get("file")
    if file is None:
        return HttpResponseRedirect(f"/cases/{found.pk}")
    arrival = queries.arrival_for(found, "")
    # One byte more than is kept is enough to refuse a larger file.
    content = file.read(intake.LARGEST_FILE + 1)
    name = file.name or ""
    try:
        assert isinstance(request.user, User)
        intake.attach(arrival, name=name, content=content, on=clock.today(), by=request.user)
    except Refusal as refused:
        context = {"refusal": refusal(refused), "case": {"id": found.pk, "number": found.label}}
        return render(request, "enforcement/refused.html", context, status=refused.status)
    return HttpResponseRedirect(f"/cases/{found.pk}")


@login_required
def attachment(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    """A file handed in, to be saved, never shown inside our pages."""
    found = Attachment.objects.select_related("blob", "document__presentation")
    file = found.filter(pk=attachment_id).first()
    if file is None:
        raise Http404
    note_reading(request, seen(request, file.document.presentation.case_id), "attachment")
    return file_response(
        bytes(file.blob.content), file.blob.media_type, file.name, as_attachment=True
    )


@login_required
def paper(request: HttpRequest, paper_id: UUID, language: str) -> HttpResponse:
    """A paper's exact bytes in one language."""
    found = queries.rendering(paper_id, language)
    if found is None:
        raise Http404
    note_reading(request, seen(request, found.paper.entry.stream.case.pk), "paper")
    return pdf(found)

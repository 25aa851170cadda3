"""Search: by number, IIN or BIN, name, court case number; posted, so that no IIN stands in an
address."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import clock
from accounts.models import User
from documents.shape import CONTROL
from enforcement import queries
from enforcement.models import Case, Participant, Proceeding
from enforcement.serializers.words import reading


@login_required
def search(request: HttpRequest) -> HttpResponse:
    """The cases that fit what was typed; a page at most."""
    assert isinstance(request.user, User)
    text = CONTROL.sub("", request.POST.get("q", "")).strip()[:200]
    found = queries.search(request.user, text, today=clock.today()) if text else []
    context = {
        "q": text,
        "asked": request.method == "POST",
        "rows": _rows(found),
        "full": len(found) >= queries.PAGE,
    }
    return render(request, "enforcement/search.html", context)


def _rows(found: list[Case]) -> list[dict[str, Any]]:
    """Each case with its people and its state, in one query for all."""
    language = reading()
    rows: dict[Any, dict[str, Any]] = {
        case.pk: {"id": case.pk, "number": case.label, "claimant": [], "debtor": []}
        for case in found
    }
    newest = Proceeding.objects.filter(presentation=OuterRef("presentation")).order_by("-ordinal")
    people = (
        Participant.objects.filter(presentation__case__in=list(rows))
        .select_related("presentation__document")
        .annotate(runs=Subquery(newest.values("state")[:1]))
        .order_by("presentation__ordinal", "role", "position")
    )
    for person in people:
        row = rows[person.presentation.case_id]
        row["state"] = person.runs or person.presentation.state  # type: ignore[attr-defined]
        row["case_number"] = person.presentation.document.case_number
        name = person.name(language)
        if name not in row[person.role]:
            row[person.role].append(name)
    return list(rows.values())

"""Search: by number, IIN or BIN, name, court case number; posted, so that no IIN stands in an
address."""

import re
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import clock
from accounts.models import User
from documents.executive_document import CONTROL
from enforcement.core.law_in_templates import Spoken
from enforcement.core.words import reading
from enforcement.facts.access import visible_to
from enforcement.facts.pagination import PAGE
from enforcement.models import Case, Participant, Presentation, Proceeding
from law.statute import statute
from parties.models import Party
from parties.search_keys import fold
from parties.spelling import number_key

#: Digits of an IIN or BIN, and the shape of a case number.
IDENTIFIER: Final = 12
_NUMBER: Final = re.compile(r"([A-Z-]+)-(\d{4})-(\d{1,9})")


@login_required
def search(request: HttpRequest) -> HttpResponse:
    """The cases that fit what was typed; a page at most."""
    assert isinstance(request.user, User)
    text = CONTROL.sub("", request.POST.get("q", "")).strip()[:200]
    found = cases_of(request.user, text, today=clock.today()) if text else []
    context = {
        "q": text,
        "asked": request.method == "POST",
        "rows": _rows(found),
        "full": len(found) >= PAGE,
    }
    return render(request, "enforcement/search.html", context)


def cases_of(user: User, text: str, *, today: date) -> list[Case]:
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


def _rows(found: list[Case]) -> list[dict[str, Any]]:
    """Each case with its people and its state, in one query for all."""
    language = reading()
    rows: dict[UUID, dict[str, Any]] = {case.pk: _row(case) for case in found}
    newest = Proceeding.objects.filter(presentation=OuterRef("presentation")).order_by("-ordinal")
    people = (
        Participant.objects.filter(presentation__case__in=list(rows))
        .select_related("presentation__document")
        .annotate(runs=Subquery(newest.values("state")[:1]))
        .order_by("presentation__ordinal", "role", "position")
    )
    for person in people:
        row = rows[person.presentation.case_id]
        told: Any = person
        row["state"] = told.runs or person.presentation.state
        row["case_number"] = person.presentation.document.case_number
        name = person.name(language)
        if name not in row[person.role]:
            row[person.role].append(name)
    return list(rows.values())


def _row(case: Case) -> dict[str, Any]:
    law = Spoken(statute(case.stream.rule_set))
    return {"id": case.pk, "number": case.label, "law": law, "claimant": [], "debtor": []}

"""Search: by number, IIN or BIN, name, court case number; posted, so that no IIN stands in an
address. And the list of all cases."""

import secrets
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Subquery, UUIDField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

import clock
from accounts.models import User
from documents.executive_document import CONTROL
from enforcement.assignment import conducted, conductor
from enforcement.core.law_in_templates import Spoken
from enforcement.core.words import reading
from enforcement.facts.access import visible_to
from enforcement.facts.finding import cases_of
from enforcement.facts.pagination import PAGE, page
from enforcement.lifecycle.proceeding import ANNULLED
from enforcement.models import Case, Participant, Proceeding
from law.statute import statute

#: Under which name a session keeps what was searched, and how much of it.
SEARCHES: Final = "searches"
KEPT: Final = 20


@login_required
def search(request: HttpRequest) -> HttpResponse:
    """The cases that fit what was typed; a page at most.

    What was typed stays in the session, the address holds only its key: so Back finds it again.
    """
    if request.method == "POST":
        return _keep(request, CONTROL.sub("", request.POST.get("q", "")).strip()[:200])
    assert isinstance(request.user, User)
    text = request.session.get(SEARCHES, {}).get(request.GET.get("s", ""), "")
    found = cases_of(request.user, text, today=clock.today()) if text else []
    rows, full = _rows(found), len(found) >= PAGE
    return render(request, "enforcement/search.html", {"q": text, "rows": rows, "full": full})


@login_required
def cases(request: HttpRequest) -> HttpResponse:
    """Every case the reader may see, or those he conducts, a page of them, where somebody acted
    last first."""
    assert isinstance(request.user, User)
    seen, mine = visible_to(request.user).select_related("office", "stream"), "mine" in request.GET
    seen = conducted(seen, request.user) if mine else seen.annotate(conductor=conductor())
    named = User.objects.filter(pk=Cast(OuterRef("conductor"), UUIDField()))
    seen = seen.annotate(conducts=Subquery(named.values("full_name")[:1]))
    found, further = page(seen, "-last_act_on", "-id", after=request.GET.get("after", ""))
    context = {"rows": _rows(found), "further": further, "mine": mine, "conducted": True}
    return render(request, "enforcement/cases.html", context)


def _keep(request: HttpRequest, text: str) -> HttpResponse:
    """Keep what was typed and go to where it is answered."""
    if not text:
        return HttpResponseRedirect(reverse("search"))
    kept = request.session.get(SEARCHES, {})
    known = next((key for key, said in kept.items() if said == text), "")
    if not known:
        known = secrets.token_urlsafe(6)
        request.session[SEARCHES] = dict([*kept.items(), (known, text)][-KEPT:])
    return HttpResponseRedirect(f"{reverse('search')}?s={known}")


def _rows(found: Sequence[Case]) -> list[dict[str, Any]]:
    """Each case with its people and its state, in one query for all."""
    language = reading()
    rows: dict[UUID, dict[str, Any]] = {case.pk: _row(case) for case in found}
    newest = Proceeding.objects.filter(presentation=OuterRef("presentation")).order_by("-ordinal")
    newest = newest.exclude(state=ANNULLED)
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
    told = {"id": case.pk, "number": case.label, "law": law, "claimant": [], "debtor": []}
    return {**told, "conducts": vars(case).get("conducts") or ""}

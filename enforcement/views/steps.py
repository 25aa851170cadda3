"""The form of every verb: what it will do, then the verb itself."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

import clock
from accounts.models import User
from enforcement import queries
from enforcement.actions import intake
from enforcement.forms.intake import StepForm
from enforcement.models import Case, Presentation
from enforcement.serializers.words import (
    file_response,
    reading,
    reasons,
    refusal,
    step_title,
)
from enforcement.views.case import note_reading, seen
from law.refusal import Refusal
from law.statute import statute


@login_required
def step(request: HttpRequest, case_id: UUID, verb: str) -> HttpResponse:
    """The form of a verb: what it will do, then the verb itself."""
    found = seen(request, case_id)
    if verb not in intake.VERBS:
        raise Http404
    arrival = queries.arrival_for(found, intake.fitting(verb))
    form = StepForm(request.POST or None, initial={"on": clock.today()})
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            intake.VERBS[verb](arrival, on=form.cleaned_data["on"], by=request.user)
        except Refusal as refusal_:
            refused = refusal_
        else:
            return HttpResponseRedirect(f"/cases/{found.pk}")
    context = _step(found, arrival, verb) | {"form": form}
    context["refusal"] = refused and refusal(refused, case_id=found.pk)
    status = refused.status if refused else (422 if form.errors else 200)
    return render(request, "enforcement/act.html", context, status=status)


def _step(found: Case, arrival: Presentation, verb: str) -> dict[str, Any]:
    language, law = reading(), statute(found.stream.rule_set)
    words = law.steps[verb]
    preview = verb in law.texts and arrival.verdict["verdict"] == intake.fitting(verb)
    base = f"/cases/{found.pk}/{verb}/preview"
    return {
        "case": {"id": found.pk, "number": found.label},
        "verb": verb,
        "title": step_title(verb),
        "effect": words.effect.in_(language),
        "rule": words.rule,
        "preview": [reason["text"] for reason in reasons(arrival.verdict)],
        "paper_preview_urls": preview and {lang: f"{base}.{lang}.pdf" for lang in ("kk", "ru")},
        "irreversible": True,
    }


@login_required
def preview(request: HttpRequest, case_id: UUID, verb: str, language: str) -> HttpResponse:
    """The paper a step would issue, without a number and without effect."""
    found = seen(request, case_id)
    assert isinstance(request.user, User)
    note_reading(request, found, "preview")
    arrival = queries.arrival_for(found, intake.fitting(verb))
    if verb not in intake.VERBS or verb not in statute(found.stream.rule_set).texts:
        raise Http404
    try:
        content = intake.preview(
            arrival, verb, language=language, on=clock.today(), by=request.user
        )
    except Refusal as refused:
        raise Http404 from refused
    return file_response(content, "application/pdf", f"{verb}-{language}.pdf")

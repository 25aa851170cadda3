"""The form of every verb: its ground, what it asks, what it will do, then the verb itself."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

import clock
from accounts.models import User
from documents.shape import EARLIEST, LATEST
from enforcement.actions import intake
from enforcement.actions.verbs import (
    THINGS,
    VERBS,
    Option,
    Verb,
    chosen_by,
    meant,
    options,
    take_on,
)
from enforcement.forms.course import CourseForm, build
from enforcement.models import Case, Measure, Proceeding
from enforcement.queries.verbs import whole
from enforcement.serializers.steps import Signing
from enforcement.serializers.verbs import ENDS
from enforcement.serializers.words import authorities, file_response, reading, refusal
from enforcement.steps import allow, refuse_wrong_state
from enforcement.views.case import note_reading, seen
from law.refusal import FieldError, Refusal
from law.statute import Statute, statute


@login_required
def step(request: HttpRequest, case_id: UUID, verb: str) -> HttpResponse:
    """Show the form of a verb; on POST take it and go back to the case."""
    found, named = seen(request, case_id), VERBS.get(verb)
    if named is None:
        raise Http404
    given = {key: str(value) for key, value in (request.POST or request.GET).items()}
    law = statute(found.stream.rule_set)
    subject, refused = _meant(found, named, given)
    option = options(named, law).get(given.get(chosen_by(named), ""))
    if request.method == "GET" and subject is not None:
        refused = _closed(request, found, named, law, subject)
    chosen = (
        subject is not None
        and not (refused and request.method == "GET")
        and (option is not None or not chosen_by(named))
    )
    form = _form(request, named, law, subject, option) if chosen else None
    if request.method == "POST" and form and form.is_valid():
        try:
            _take(request, subject, named, given, form)
        except Refusal as refusal_:
            refused = refusal_
        else:
            messages.success(request, law.steps[verb].past.in_(reading()))
            return HttpResponseRedirect(f"/cases/{found.pk}")
    signing = Signing(found, named, law, subject, option, on=_day(given.get("on", "")))
    context = signing.page(_first_choices(form) | given) | {
        "form": form,
        "things": _things(found, named, refused),
    }
    context["refusal"] = _told(refused, found) if refused else None
    invalid = form is not None and form.is_bound and bool(form.errors)
    status = refused.status if refused else (422 if invalid else 200)
    return render(request, "enforcement/act.html", context, status=status)


def _told(refused: Refusal, case: Case) -> dict[str, Any]:
    """The refusal, its errors tied to the fields of the form."""
    found = refusal(refused, case_id=case.pk)
    found["errors"] = [{**error, "id": f"id_{error['field']}"} for error in found["errors"]]
    return found


def _first_choices(form: CourseForm | None) -> dict[str, str]:
    """What the lists of the form stand on before anybody touches them."""
    if form is None:
        return {}
    found = {}
    for name, field in form.fields.items():
        choices = list(getattr(field, "choices", ()))
        if choices:
            found[name] = str(choices[0][0])
    return found


def _closed(
    request: HttpRequest, case: Case, verb: Verb, law: Statute, subject: Any
) -> Refusal | None:
    """Why the form would be filled in for nothing: a wrong role, or a state that forbids it."""
    assert isinstance(request.user, User)
    rule = law.steps[verb.name].rule
    try:
        allow(verb.name, by=request.user, office_id=case.office_id, rule=rule, on=clock.today())
        refuse_wrong_state(subject, verb.name, rule=rule)
    except Refusal as refused:
        return refused
    return None


def _day(text: str) -> date:
    """The day the effects are shown for."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return clock.today()
    return day if EARLIEST <= day <= LATEST else clock.today()


def _meant(case: Case, verb: Verb, given: dict[str, str]) -> tuple[Any, Refusal | None]:
    try:
        return meant(case, verb, given), None
    except Refusal as refused:
        return None, refused


def _things(case: Case, verb: Verb, refused: Refusal | None) -> list[dict[str, str]]:
    """Where several things are possible: each with its address, to choose from."""
    if refused is None or refused.code != "which_one":
        return []
    model, order = THINGS[verb.machine]
    things = whole(model).filter(case=case).order_by(order, "id")
    return [
        {"url": f"?{verb.machine}={each.pk}", "name": _named(each), "state": each.state}
        for each in things
    ]


def _named(thing: Any) -> str:
    """What a thing is chosen by: a measure's own name, the debtor of anything else."""
    if isinstance(thing, Measure):
        return thing.name
    running: Proceeding = getattr(thing, "proceeding", thing)
    return running.debtor.name(reading())


def _form(
    request: HttpRequest, verb: Verb, law: Statute, subject: Any, option: Option | None
) -> CourseForm:
    disputed = bool(getattr(subject, "verdict", {}).get("disputed_day"))
    kind = build(
        verb.name,
        law=law,
        language=reading(),
        subject=subject,
        option=option,
        reason_needed=disputed,
        password=verb.name in ENDS,
        authorities=authorities(),
    )
    asked = {name: request.GET[name] for name in verb.asks if name in request.GET}
    posted = request.POST if request.method == "POST" else None
    return kind(posted, initial={"on": clock.today(), **asked})


def _take(
    request: HttpRequest, subject: Any, verb: Verb, given: dict[str, str], form: CourseForm
) -> None:
    assert isinstance(request.user, User)
    password = form.cleaned_data.get("password")
    if verb.name in ENDS and not request.user.check_password(password or ""):
        raise Refusal("password", status=403, errors=(FieldError("password", "wrong"),))
    take_on(subject, verb, given, on=form.cleaned_data["on"], by=request.user)


@login_required
def preview(request: HttpRequest, case_id: UUID, verb: str, language: str) -> HttpResponse:
    """The paper a step of intake would issue, without a number and without effect."""
    found = seen(request, case_id)
    assert isinstance(request.user, User)
    named = VERBS.get(verb)
    if (
        named is None
        or verb not in intake.VERBS
        or verb not in statute(found.stream.rule_set).texts
    ):
        raise Http404
    note_reading(request, found, "preview")
    arrival, today = meant(found, named, {}), clock.today()
    try:
        content = intake.preview(arrival, verb, language=language, on=today, by=request.user)
    except Refusal as refused:
        raise Http404 from refused
    return file_response(content, "application/pdf", f"{verb}-{language}.pdf")

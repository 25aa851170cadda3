"""The form of every verb: its ground, what it asks, what it will do, then the verb itself."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

import clock
from accounts.actions import confirm_password
from accounts.models import User
from documents.shape import EARLIEST, LATEST
from enforcement.actions import intake
from enforcement.actions.verbs import (
    THINGS,
    VERBS,
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
from enforcement.steps import allow, as_shown, lines_of, refuse_stale, refuse_wrong_state
from enforcement.views.case import note_reading, seen
from law.refusal import Refusal
from law.statute import Statute, statute


@login_required
def step(request: HttpRequest, case_id: UUID, verb: str) -> HttpResponse:
    """Show the form of a verb; on POST take it and go back to the case."""
    found, named = seen(request, case_id), VERBS.get(verb)
    if named is None:
        raise Http404
    desk = _Desk(request, found, named)
    if request.method == "POST":
        try:
            if desk.signed():
                messages.success(request, desk.law.steps[verb].past.in_(reading()))
                return HttpResponseRedirect(f"/cases/{found.pk}")
        except Refusal as refused:
            if refused.code == "stale":
                # Shown with what was typed as the case stands now: to sign that is a new act.
                desk = _Desk(request, seen(request, case_id), named)
                desk.head = desk.case.stream.head_hash
            desk.refused = refused
    return desk.page()


class _Desk:
    """One verb of a case before the person who signs it: what is meant, chosen and typed."""

    def __init__(self, request: HttpRequest, case: Case, verb: Verb) -> None:
        self.request, self.case, self.verb = request, case, verb
        typed = request.POST or request.GET
        self.given = {key: str(value) for key, value in typed.items()}
        # Refused for another reason, the case is still the one that was shown before.
        posted = request.method == "POST"
        self.head = request.POST.get("head", "") if posted else case.stream.head_hash
        self.law = statute(case.stream.rule_set)
        self.subject, self.refused = _meant(case, verb, self.given)
        if request.method == "GET" and self.subject is not None:
            self.refused = _closed(request, case, verb, self.law, self.subject)
        self.option = options(verb, self.law).get(self.given.get(chosen_by(verb), ""))
        self.form = self._form()

    def _form(self) -> CourseForm | None:
        """The form, once the thing is known and what is chosen first was chosen."""
        hindered = self.refused is not None and self.request.method == "GET"
        lacking = self.option is None and bool(chosen_by(self.verb))
        if self.subject is None or hindered or lacking:
            return None
        kind = build(
            self.verb.name,
            law=self.law,
            language=reading(),
            subject=self.subject,
            option=self.option,
            reason_needed=bool(getattr(self.subject, "verdict", {}).get("disputed_day")),
            password=self.verb.name in ENDS,
            authorities=authorities(),
        )
        asked = self.request.GET
        told = {name: asked[name] for name in self.verb.asks if name in asked}
        posted = self.request.POST if self.request.method == "POST" else None
        return kind(posted, initial={"on": clock.today(), **told})

    def signed(self) -> bool:
        """Take the verb, if the form is filled in; a Refusal where it cannot be taken."""
        if self.form is None:
            return False
        with as_shown(self.head):
            if not self.form.is_valid():
                # What was to be chosen may have gone since: then that is why.
                if self.head != self.case.stream.head_hash:
                    refuse_stale(lines_of(self.case))
                return False
            _take(self.request, self.subject, self.verb, self.given, self.form)
            return True

    def page(self) -> HttpResponse:
        """The form with what it will do, and why it was refused."""
        form, refused, on = self.form, self.refused, _day(self.given.get("on", ""))
        signing = Signing(self.case, self.verb, self.law, self.subject, self.option, on=on)
        context = signing.page(_first_choices(form) | self.given) | {
            "form": form,
            "head": self.head,
            "things": _things(self.case, self.verb, refused),
            "refusal": _told(refused, self.case) if refused else None,
        }
        invalid = form is not None and form.is_bound and bool(form.errors)
        status = refused.status if refused else (422 if invalid else 200)
        return render(self.request, "enforcement/act.html", context, status=status)


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


def _take(
    request: HttpRequest, subject: Any, verb: Verb, given: dict[str, str], form: CourseForm
) -> None:
    assert isinstance(request.user, User)
    if verb.name in ENDS:
        given_again = form.cleaned_data.get("password") or ""
        confirm_password(request.user, given_again, address=request.META.get("REMOTE_ADDR"))
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

"""The form of every verb: what it asks, what it will do, then the verb itself."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

import clock
from accounts.models import User
from enforcement.actions import intake
from enforcement.actions.verbs import VERBS, Verb, meant, take
from enforcement.forms.course import CourseForm, build
from enforcement.models import Case
from enforcement.serializers.words import (
    file_response,
    reading,
    reasons,
    refusal,
    step_title,
)
from enforcement.views.case import note_reading, seen
from law.model import Ground, UnknownRule
from law.refusal import FieldError, Refusal
from law.statute import Statute, statute

#: Ends of a case: they restate their effects and ask for the password again.
IRREVERSIBLE = frozenset({"terminate", "return_to_claimant", "send_to_liquidation", "transfer"})


@login_required
def step(request: HttpRequest, case_id: UUID, verb: str) -> HttpResponse:
    """Show the form of a verb; on POST take it and go back to the case."""
    found, named = seen(request, case_id), VERBS.get(verb)
    if named is None:
        raise Http404
    given = {key: str(value) for key, value in (request.POST or request.GET).items()}
    law = statute(found.stream.rule_set)
    subject, refused = _meant(found, named, given)
    ground = _ground(law, named, given.get("ground", ""))
    form = _form(request, named, law, subject, ground)
    if request.method == "POST" and form.is_valid() and not refused and "choose" not in given:
        try:
            _take(request, found, named, given, form)
        except Refusal as refusal_:
            refused = refusal_
        else:
            return HttpResponseRedirect(f"/cases/{found.pk}")
    context = _context(found, named, law, subject, ground)
    told = refusal(refused, case_id=found.pk) if refused else None
    context |= {"form": form, "refusal": told, "given": given}
    status = refused.status if refused else (422 if form.errors and form.is_bound else 200)
    return render(request, "enforcement/act.html", context, status=status)


def _meant(case: Case, verb: Verb, given: dict[str, str]) -> tuple[Any, Refusal | None]:
    try:
        return meant(case, verb, given), None
    except Refusal as refused:
        return None, refused


def _ground(law: Statute, verb: Verb, named: str) -> Ground | None:
    """The ground chosen before, for verbs that ask one with its evidence."""
    if "evidence" not in verb.asks or not named:
        return None
    try:
        ground = law.ground(named)
    except UnknownRule:
        return None
    return ground if ground.verb == verb.name else None


def _form(
    request: HttpRequest, verb: Verb, law: Statute, subject: Any, ground: Ground | None
) -> CourseForm:
    disputed = bool(getattr(subject, "verdict", {}).get("disputed_day"))
    kind = build(
        verb.name,
        law=law,
        language=reading(),
        subject=subject,
        ground=ground,
        reason_needed=disputed,
        password=verb.name in IRREVERSIBLE,
    )
    posted = request.POST if request.method == "POST" and "choose" not in request.POST else None
    return kind(posted, initial={"on": clock.today()})


def _take(
    request: HttpRequest, case: Case, verb: Verb, given: dict[str, str], form: CourseForm
) -> None:
    assert isinstance(request.user, User)
    password = form.cleaned_data.get("password")
    if verb.name in IRREVERSIBLE and not request.user.check_password(password or ""):
        raise Refusal("password", status=403, errors=(FieldError("password", "wrong"),))
    take(case, verb, given, on=form.cleaned_data["on"], by=request.user)


def _context(
    case: Case, verb: Verb, law: Statute, subject: Any, ground: Ground | None
) -> dict[str, Any]:
    language = reading()
    words = law.steps[verb.name]
    preview = []
    if verb.machine == "presentation" and subject is not None:
        preview = [reason["text"] for reason in reasons(subject.verdict)]
    if ground:
        preview.insert(0, ground.rule.text.in_(language))
    needs_ground = "evidence" in verb.asks and ground is None
    grounds = law.grounds(verb.name) if needs_ground else []
    return {
        "case": {"id": case.pk, "number": case.label},
        "verb": verb.name,
        "title": step_title(verb.name),
        "effect": words.effect.in_(language),
        "rule": words.rule,
        "ground": ground and ground.rule.id,
        "grounds": [{"id": g.rule.id, "kind": g.kind} for g in grounds],
        "subject": _subject_words(subject),
        "preview": preview,
        "paper_preview_urls": _previews(case, verb, law, subject),
        "irreversible": verb.name in IRREVERSIBLE,
    }


def _subject_words(subject: Any) -> str:
    """Which debtor's proceeding, or which bank's freeze."""
    debtor = getattr(subject, "debtor", None)
    if debtor is not None:
        return _("Debtor: %(name)s") % {"name": debtor.name(reading())}
    return str(getattr(subject, "bank", ""))


def _previews(case: Case, verb: Verb, law: Statute, subject: Any) -> dict[str, str] | None:
    if verb.name not in intake.VERBS or verb.name not in law.texts or subject is None:
        return None
    if subject.verdict["verdict"] != intake.fitting(verb.name):
        return None
    base = f"/cases/{case.pk}/{verb.name}/preview"
    return {language: f"{base}.{language}.pdf" for language in ("kk", "ru")}


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

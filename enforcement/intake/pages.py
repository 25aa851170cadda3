"""Documents arrive: the intake form with its live verdict."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

import clock
from accounts.models import CLERK, User
from accounts.queries import bailiff_offices, offices_of
from accounts.queries import issuers as known_issuers
from documents.fields import MOST_ROWS
from enforcement.core.card import writing
from enforcement.core.http_status import status_of
from enforcement.core.reasons import shown
from enforcement.core.refusals import field_errors, refusal
from enforcement.core.words import reading
from enforcement.facts.access import arrivals_to
from enforcement.intake import directory
from enforcement.intake.form import ROWS, document, numbered
from enforcement.intake.receiving import examine, receiving_law
from law.model import Words
from law.refusal import Refusal


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # every view here asks for a sign-in
    return request.user


def _may_receive(request: HttpRequest) -> None:
    if not offices_of(_user(request), writing("received").card.by, on=clock.today()):
        raise Http404


@login_required
def form(request: HttpRequest) -> HttpResponse:
    """The empty form, or what was typed: one more row, a check, or the registration."""
    _may_receive(request)
    if request.method != "POST":
        today = clock.today().isoformat()
        return _page(request, {"application": {"on": today}, "received_on": today})
    data = document(request.POST)
    if answer := _not_yet(request, data):
        return answer
    data.setdefault("ref", request.POST.get("own_ref", "").strip() or _own_ref())
    receive = writing("received")
    try:
        receipt = receive(data, law=receiving_law(), on=clock.today(), by=_user(request))
    except Refusal as refused:
        return _page(request, data, checked=True, refused=refused)
    if not receipt.created:
        messages.warning(request, _("This document was registered before: here it is."))
    return redirect("case", receipt.presentation.case_id)


def _not_yet(request: HttpRequest, data: dict[str, Any]) -> HttpResponse | None:
    """What is typed so far: in another language, with one more row or issuer, or checked."""
    if (language := request.POST.get("screen")) in dict(settings.LANGUAGES):
        return _in_language(request, data, str(language))
    if what := request.POST.get("add"):
        return _page(request, data, more=what)
    if "add_issuer" in request.POST:
        return _with_issuer(request, data)
    return _page(request, data, checked=True) if "check" in request.POST else None


def _in_language(request: HttpRequest, data: dict[str, Any], language: str) -> HttpResponse:
    """What is typed so far, on the page in another language, which stays chosen."""
    with translation.override(language):
        answer = _page(request, data, checked=True)
    answer.headers["Content-Language"] = language
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return answer


def _with_issuer(request: HttpRequest, data: dict[str, Any]) -> HttpResponse:
    """What is typed so far, with an issuer that the directory lacked."""
    try:
        made = directory.add(request.POST, by=_user(request))
    except Refusal as refused:
        return _page(request, data, refused=refused)
    return _page(request, {**data, "issuer": made.code}, checked=True)


def _own_ref() -> str:
    """A key for a paper whose sender has none; made with the form, so that sending it twice
    registers it once."""
    return f"{clock.today():%Y%m%d}-{secrets.token_hex(4)}"


@login_required
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """The verdict on what is typed so far; nothing is stored."""
    _may_receive(request)
    context = _verdict(document(request.POST), _user(request))
    return render(request, "enforcement/intake/_verdict.html", context)


@login_required
@require_POST
def row(request: HttpRequest) -> HttpResponse:
    """One more claimant, debtor or debt."""
    what, index = request.GET.get("what", ""), request.GET.get("index", "")
    if what not in ROWS or index not in map(str, range(MOST_ROWS)):
        raise Http404
    data = document(request.POST)
    context = {
        "row": {"index": int(index), "values": {}},
        "claimants": numbered(data["claimants"]),
        "debtors": numbered(data["debtors"]),
        "choices": choices(_user(request)),
    }
    return render(request, f"enforcement/intake/_{what}.html", context)


def _page(
    request: HttpRequest,
    data: dict[str, Any],
    *,
    more: str = "",
    checked: bool = False,
    refused: Refusal | None = None,
) -> HttpResponse:
    rows = {name: data.get(name, []) for name in ROWS}
    # Parties and claims every paper has; the rest is asked for by its button.
    least = {name: int(name != "interruptions") for name in ROWS}
    if more in least:
        least[more] = len(rows[more]) + 1
    context: dict[str, Any] = {name: numbered(rows[name], least[name]) for name in ROWS}
    known = choices(_user(request))
    if len(known["offices"]) == 1:
        data.setdefault("office", known["offices"][0][0])
    data.setdefault("language", "kk")
    context["own_ref"] = request.POST.get("own_ref", "").strip()[:64] or _own_ref()
    if directory.may_add(_user(request)):
        context |= {"kinds": directory.kinds(), "typed": directory.typed(request.POST)}
    by_office = writing("received").card.by - {CLERK}
    context["tells_receipt"] = bool(offices_of(_user(request), by_office, on=clock.today()))
    context |= {"values": data, "choices": known, "today": clock.today(), "errors": {}}
    if checked:
        context |= _verdict(data, _user(request))
    if refused:
        context["errors"] = field_errors(refused.errors, receiving_law())
        context["refusal"] = None if refused.errors else refusal(refused)
    status = status_of(refused) if refused else 200
    return render(request, "enforcement/intake/form.html", context, status=status)


def _verdict(data: dict[str, Any], user: User) -> dict[str, Any]:
    """Verdict, reasons and errors for the panel; before kind and office are known, nothing."""
    if not data.get("type") or not data.get("office"):
        return {"verdict": None, "reasons": [], "errors": {}}
    try:
        verdict = examine(data, law=receiving_law(), on=clock.today(), by=user).as_json()
    except Refusal as refused:
        if not refused.errors:  # another court's paper: the registration says why
            return {"verdict": None, "reasons": [], "errors": {}}
        errors = field_errors(refused.errors, receiving_law())
        again = {"came_before": _named_again(data)}
        return {"verdict": {"verdict": "invalid"}, "reasons": [], "errors": errors, **again}
    told = {**shown(receiving_law(), verdict), **_came_before(verdict.get("of", ""), user)}
    again = {"came_before": "of" in verdict or _named_again(data)}
    return {"verdict": told, "reasons": told["reasons"], "errors": {}, **again}


def _named_again(data: Mapping[str, Any]) -> bool:
    """Whether the paper was told to be a duplicate or a part."""
    return bool(data.get("duplicate") or data.get("part"))


def _came_before(ref: str, user: User) -> dict[str, str]:
    """The case of the paper that came before, where the user sees it."""
    seen = arrivals_to(user, on=clock.today()).filter(ref=ref).select_related("case")
    found = seen.order_by("-received_on").first() if ref else None
    if found is None:
        return {}
    return {"of_number": found.case.label, "of_url": reverse("case", args=[found.case_id])}


def choices(user: User) -> dict[str, list[tuple[str, str]]]:
    """What the form's lists offer; a clerk hands in his own courts' papers."""
    language, law = reading(), receiving_law()
    courts = offices_of(user, {CLERK}, on=clock.today())
    own = offices_of(user, writing("received").card.by - {CLERK}, on=clock.today())
    sources = list(known_issuers()) if own else courts
    receiving = own if own else list(bailiff_offices())
    return {
        "offices": [(office.code, office.name(language)) for office in receiving],
        "issuers": [(office.code, office.name(language)) for office in sources],
        "types": [(kind.rule.id, kind.rule.title.in_(language)) for kind in law.kinds()],
        "channels": _pairs(law.list("channels"), language),
        "acts": _pairs(law.list("acts"), language),
        "periodic_kinds": _pairs(law.list("periodic_kinds"), language),
        "interruptions": _pairs(law.list("interruptions"), language),
        "instances": _pairs(law.list("instances"), language),
        "languages": [("kk", _("Kazakh")), ("ru", _("Russian"))],
    }


def _pairs(words: Mapping[str, Words], language: str) -> list[tuple[str, str]]:
    return [(key, word.in_(language)) for key, word in words.items()]

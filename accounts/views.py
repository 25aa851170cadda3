"""The door: sign in, sign out; the guide of a demo; the tokens of systems."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

import clock
from accounts.forms import SignInForm, TokenForm, scope_words
from accounts.models import ApiToken, User
from accounts.passwords import sign_in as enter
from accounts.queries import sign_ins, systems
from law.refusal import Refusal

#: The cookie that remembers whether the demo's guide is open.
GUIDE: Final = "oryndau_guide"
YEAR: Final = 365 * 24 * 3600
#: For how long a token still holds after another took its place: a week.
BESIDE: Final = timedelta(hours=168)


@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for login and password; go on to where the reader wanted."""
    form = SignInForm(request.POST or None, login=request.GET.get("login", ""))
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            user = enter(**form.cleaned_data, address=request.META.get("REMOTE_ADDR"))
        except Refusal as refusal:
            refused = (
                _("Too many attempts: try again in 15 minutes.")
                if refusal.code == "sign_in_rest"
                else _("Login or password is wrong.")
            )
        else:
            login(request, user)
            return HttpResponseRedirect(_onward(request))
    context: dict[str, Any] = {"form": form, "refused": refused}
    if settings.DEMO:
        context |= {"people": sign_ins(on=clock.today()), "guide": _guide()}
    return render(request, "accounts/sign_in.html", context, status=403 if refused else 200)


def _guide() -> list[dict[str, str]]:
    """Whom a visitor of the demo can be, and what each of them sees."""
    people = {
        "bailiff.ala": _("Bailiff: what the day holds, why each date, what to do next."),
        "clerk": _("Clerk of a court: hand a paper in, and see it judged while you type."),
        "prosecutor.ala": _("Prosecutor: give or refuse the sanction on a freeze."),
        "senior.ala": _("Senior bailiff: what is overdue in the office, lines to annul."),
    }
    return [
        {"text": text, "url": f"{reverse('sign_in')}?login={name}"} for name, text in people.items()
    ]


@require_POST
def guide(request: HttpRequest) -> HttpResponse:
    """Close the demo's guide in this browser, or open it again."""
    if not settings.DEMO:
        raise Http404
    answer = HttpResponseRedirect(_onward(request))
    show = request.POST.get("show") == "1"
    answer.set_cookie(GUIDE, "1" if show else "0", max_age=YEAR, httponly=True, samesite="Lax")
    return answer


def _onward(request: HttpRequest) -> str:
    home = reverse("home")
    wanted = request.POST.get("next") or request.GET.get("next") or home
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else home


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(reverse("sign_in"))


@login_required
@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of the systems an administrator looks after: given, renewed, taken away.

    A secret is shown in the answer to its form, and never again.
    """
    assert isinstance(request.user, User)
    known = systems(request.user, on=clock.today())
    if not known:
        raise Http404
    given = request.POST if request.POST.get("do") == "issue" else None
    form = TokenForm(given, systems=known)
    token, secret = _asked_for(request.POST, form, known, by=request.user)
    if secret:
        form = TokenForm(systems=known)
    rows = ApiToken.objects.filter(user__in=known).select_related("user", "issued_by", "revoked_by")
    words = scope_words()
    listed = [
        {"token": each, "scopes": [words.get(scope, scope) for scope in each.scopes]}
        for each in rows.order_by("user__login", "-created_at")
    ]
    context = {"rows": listed, "form": form, "made": token, "secret": secret}
    return render(request, "accounts/tokens.html", context, status=422 if form.errors else 200)


def _asked_for(
    posted: Mapping[str, Any], form: TokenForm, known: Sequence[User], *, by: User
) -> tuple[ApiToken | None, str]:
    """Give, renew or take away what a form asks for: the new token and its secret, if any."""
    do = posted.get("do", "")
    if do == "issue" and form.is_valid():
        told = form.cleaned_data
        limits = {"expires_at": told["until"], "scopes": told["scopes"], "issued_by": by}
        return ApiToken.issue(told["system"], name=told["name"], **limits)
    if do in ("renew", "revoke"):
        held = _held(posted.get("token", ""), known)
        if do == "renew":
            return held.renew(after=BESIDE, by=by)
        held.revoke(by=by)
    return None, ""


def _held(key: str, known: Sequence[User]) -> ApiToken:
    """The token that holds; 404 for another."""
    try:
        found = ApiToken.objects.filter(pk=key, user__in=known, revoked_at=None).first()
    except ValidationError:
        found = None
    if found is None or not found.holds:
        raise Http404
    return found

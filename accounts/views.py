"""The door: sign in, sign out."""

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.actions import sign_in as enter
from accounts.forms import SignInForm
from law.refusal import Refusal


@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for login and password; go on to where the reader wanted."""
    form = SignInForm(request.POST or None)
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
    context = {"form": form, "refused": refused}
    return render(request, "accounts/sign_in.html", context, status=403 if refused else 200)


def _onward(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else "/"


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect("/sign-in")

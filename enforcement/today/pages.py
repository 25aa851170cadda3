"""Today: what the day holds, and everybody's first page."""

from datetime import date
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

import clock
from accounts.models import BAILIFF, HEAD, PROSECUTOR, SENIOR_BAILIFF, User
from accounts.queries import memberships
from enforcement.core.words import reading
from enforcement.facts.access import roles_of
from enforcement.today.context import guide, lists, whole
from enforcement.today.lists import SHOWN, Day, day_of, listings

#: Whose first page is Today.
AT_WORK: Final = frozenset({BAILIFF, SENIOR_BAILIFF, HEAD})


def _reader(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # every view here asks for a sign-in
    return request.user


def _at_work(request: HttpRequest) -> User:
    """The reader; 404 for whose work holds no day."""
    user = _reader(request)
    if not roles_of(user, on=clock.today()) & AT_WORK:
        raise Http404
    return user


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """To the reader's first page."""
    roles = roles_of(_reader(request), on=clock.today())
    if roles & AT_WORK:
        return redirect("today")
    return redirect("sanctions" if PROSECUTOR in roles else "inbox")


@login_required
def today(request: HttpRequest) -> HttpResponse:
    """Overdue, due, waiting on others, silent, to decide: one screen."""
    user, now, mine = _at_work(request), clock.today(), "mine" in request.GET
    day = day_of(user, today=now, language=reading(), mine=mine)
    found = lists(day, today=now)
    context = {
        "today": now,
        "lists": found,
        # Beside what presses stands what can wait.
        "columns": (found[:5], found[5:]),
        "unsent": day.unsent,
        "late": f"{day.late}+" if day.late == SHOWN else day.late,
        "shown": SHOWN,
        "mine": mine,
        "lacking": _lacking(user, now),
        "quiet": not any(each.rows for each in found),
        "guide": _guide(day, user, now) if settings.DEMO else [],
    }
    return render(request, "enforcement/today/today.html", context)


@login_required
def whole_list(request: HttpRequest, name: str) -> HttpResponse:
    """One list of the day to its end, page by page."""
    user, now = _at_work(request), clock.today()
    mine = "mine" in request.GET
    known = listings(user, today=now, language=reading(), mine=mine)
    if name not in known:
        raise Http404
    rows, further = known[name].page(request.GET.get("after", ""))
    context = {"today": now, "list": whole(name, rows, today=now), "further": further}
    context["mine"] = mine
    return render(request, "enforcement/today/list.html", context)


def _lacking(user: User, today: date) -> list[dict[str, str]]:
    """The reader's offices whose papers lack what they should print, and what that is."""
    held = {m.office_id: m.office for m in memberships(user, on=today) if m.role in AT_WORK}
    words = {
        "address_kk": _("the address in Kazakh"),
        "address_ru": _("the address in Russian"),
        "phone": _("the phone"),
        "bin": _("the BIN"),
        "iban": _("the deposit account"),
        "bank": _("the bank"),
        "bic": _("the bank's code"),
    }
    return [
        {"code": each.code, "what": ", ".join(words[name] for name in each.lacking)}
        for each in held.values()
        if each.lacking
    ]


def _guide(day: Day, user: User, today: date) -> list[dict[str, str]]:
    """The demo's five minutes; the prosecutor is named as the reader's own office names people."""
    _name, _dot, office = user.login.partition(".")
    return guide(day, today=today, prosecutor=f"prosecutor.{office or 'ala'}")

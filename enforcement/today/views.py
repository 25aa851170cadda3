"""Today: what the day holds, and everybody's first page."""

from datetime import date
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

import clock
from accounts.models import BAILIFF, HEAD, PROSECUTOR, SENIOR_BAILIFF, User
from accounts.queries import memberships
from enforcement.queries.today import SHOWN, Day, day_of, listings
from enforcement.serializers.today import guide, lists, whole
from enforcement.serializers.words import reading

#: Whose first page is Today.
AT_WORK: Final = frozenset({BAILIFF, SENIOR_BAILIFF, HEAD})


def roles_of(request: HttpRequest) -> set[str]:
    """The reader's roles today, in whatever office."""
    assert isinstance(request.user, User)
    return {held.role for held in memberships(request.user, on=clock.today())}


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """To the reader's first page."""
    roles = roles_of(request)
    if roles & AT_WORK:
        return HttpResponseRedirect("/today")
    return HttpResponseRedirect("/sanctions" if PROSECUTOR in roles else "/inbox")


@login_required
def today(request: HttpRequest) -> HttpResponse:
    """Overdue, due, waiting on others, silent, to decide: one screen."""
    if not roles_of(request) & AT_WORK:
        raise Http404
    assert isinstance(request.user, User)
    now = clock.today()
    day = day_of(request.user, today=now, language=reading())
    found = lists(day, today=now)
    context = {
        "today": now,
        "lists": found,
        # Beside what presses stands what can wait.
        "columns": (found[:2], found[2:]),
        "unsent": day.unsent,
        "late": f"{day.late}+" if day.late == SHOWN else day.late,
        "shown": SHOWN,
        "quiet": not any(each.rows for each in found),
        "guide": _guide(day, request.user, now) if settings.DEMO else [],
    }
    return render(request, "enforcement/today/today.html", context)


@login_required
def whole_list(request: HttpRequest, name: str) -> HttpResponse:
    """One list of the day to its end, page by page."""
    if not roles_of(request) & AT_WORK:
        raise Http404
    assert isinstance(request.user, User)
    now = clock.today()
    known = listings(request.user, today=now, language=reading())
    if name not in known:
        raise Http404
    rows, further = known[name].page(request.GET.get("after", ""))
    context = {"today": now, "list": whole(name, rows, today=now), "further": further}
    return render(request, "enforcement/today/list.html", context)


def _guide(day: Day, user: User, today: date) -> list[dict[str, str]]:
    """The demo's five minutes; the prosecutor is named as the reader's own office names people."""
    _name, _dot, office = user.login.partition(".")
    return guide(day, today=today, prosecutor=f"prosecutor.{office or 'ala'}")

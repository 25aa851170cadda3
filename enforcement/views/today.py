"""Today: what the day holds, and everybody's first page."""

from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

import clock
from accounts.models import BAILIFF, HEAD, PROSECUTOR, SENIOR_BAILIFF, User
from accounts.queries import memberships
from enforcement import queries
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
    day = queries.day(request.user, today=now, language=reading())
    told = {row["case_id"] for row in (*day.overdue, *day.due)}
    context = {
        "day": day,
        "today": now,
        # What stands in a more urgent list is not told twice.
        "arrivals": [row for row in day.arrivals if row["case_id"] not in told],
        "silent": [row for row in day.silent if row["case_id"] not in told],
        "shown": queries.SHOWN,
        "silence": queries.SILENT,
    }
    return render(request, "enforcement/today.html", context)

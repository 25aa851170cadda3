"""What waits for the senior bailiff and the head: lines to look over, overdue, silent."""

from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

import clock
from accounts.models import HEAD, SENIOR_BAILIFF, User
from enforcement import queries
from enforcement.serializers.approvals import BACK, watch
from enforcement.serializers.words import reading
from enforcement.views.today import roles_of
from law.statute import statute

LOOKING_AFTER: Final = frozenset({SENIOR_BAILIFF, HEAD})


@login_required
def approvals(request: HttpRequest) -> HttpResponse:
    """Three lists of the reader's offices."""
    if not roles_of(request) & LOOKING_AFTER:
        raise Http404
    assert isinstance(request.user, User)
    found = watch(request.user, today=clock.today(), language=reading())
    past = statute().by_event()
    for line in found.lines:
        line["words"] = past[line["kind"]].past.in_(reading())
    context = {"watch": found, "silence": queries.SILENT, "back": BACK}
    return render(request, "enforcement/approvals.html", context)

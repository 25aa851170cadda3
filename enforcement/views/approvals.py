"""What waits for the senior bailiff and the head: requests, lines to look over, overdue, silent."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

import clock
from accounts.models import HEAD, SENIOR_BAILIFF, User
from enforcement import queries
from enforcement.actions.verbs import VERBS, take
from enforcement.http_status import status_of
from enforcement.models import Postponement
from enforcement.queries.today import SILENT
from enforcement.serializers.approvals import BACK, watch
from enforcement.serializers.today import silence
from enforcement.serializers.words import reading, refusal
from enforcement.steps import as_shown
from enforcement.views.today import roles_of
from law.refusal import Refusal
from law.statute import statute

LOOKING_AFTER: Final = frozenset({SENIOR_BAILIFF, HEAD})
DECISIONS: Final = ("approve", "decline")


@login_required
def approvals(request: HttpRequest) -> HttpResponse:
    """Four lists of the reader's offices; a postponement is decided on the page itself."""
    if not roles_of(request) & LOOKING_AFTER:
        raise Http404
    assert isinstance(request.user, User)
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            return _decide(request, request.user)
        except Refusal as refusal_:
            refused = refusal_
    found = watch(request.user, today=clock.today(), language=reading())
    for group in found.silent:
        group["rows"] = [silence(row, clock.today()) for row in group["rows"]]
    past = statute().by_event()
    for line in found.lines:
        line["words"] = past[line["kind"]].past.in_(reading())
    context = {
        "watch": found,
        "silence": SILENT,
        "back": BACK,
        "refusal": refusal(refused) if refused else None,
        "given": request.POST,
    }
    status = status_of(refused) if refused else 200
    return render(request, "enforcement/approvals.html", context, status=status)


def _decide(request: HttpRequest, user: User) -> HttpResponse:
    """Take the decision posted; back to the lists."""
    given = {key: str(value) for key, value in request.POST.items()}
    verb = given.get("verb", "")
    try:
        wanted = UUID(given.get("postponement", ""))
        asked = Postponement.objects.get(pk=wanted, case__in=queries.visible_to(user))
    except (ValueError, Postponement.DoesNotExist) as unknown:
        raise Http404 from unknown
    if verb not in DECISIONS:
        raise Http404
    with as_shown(given.get("head", "")):
        take(asked.case, VERBS[verb], given, on=clock.today(), by=user)
    messages.success(request, statute().steps[verb].past.in_(reading()))
    return HttpResponseRedirect("/approvals")

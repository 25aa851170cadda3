"""The prosecutor's page: the freezes that wait for a sanction, and the decision on each."""

from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

import clock
from accounts.models import PROSECUTOR, User
from enforcement import queries
from enforcement.actions.verbs import VERBS, take
from enforcement.http_status import status_of
from enforcement.lifecycle.measures import REQUESTED
from enforcement.models import Measure
from enforcement.serializers.words import reading, refusal
from enforcement.steps import as_shown
from enforcement.views.today import roles_of
from law.refusal import Refusal
from law.statute import statute

STATES: Final = (REQUESTED, "sanctioned", "served", "sanction_refused")
DECISIONS: Final = ("grant_sanction", "refuse_sanction")


@login_required
def sanctions(request: HttpRequest) -> HttpResponse:
    """Requests, the oldest first; a decision is taken on the page itself."""
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            return _decide(request)
        except Refusal as refusal_:
            refused = refusal_
    state = request.GET.get("state", REQUESTED)
    state = state if state in STATES else REQUESTED
    assert isinstance(request.user, User)
    after = request.GET.get("after", "")
    found, further = queries.sanctions(request.user, state=state, on=clock.today(), after=after)
    context = {
        "further": further,
        "rows": [_row(measure) for measure in found],
        "state": state,
        "states": STATES,
        "decides": PROSECUTOR in roles_of(request) and state == REQUESTED,
        "refusal": refusal(refused) if refused else None,
        "given": request.POST,
        "today": clock.today(),
    }
    status = status_of(refused) if refused else 200
    return render(request, "enforcement/measures/sanctions.html", context, status=status)


def _decide(request: HttpRequest) -> HttpResponse:
    """Take the decision posted; back to the list."""
    assert isinstance(request.user, User)
    given = {key: str(value) for key, value in request.POST.items()}
    verb, wanted = given.get("verb", ""), given.get("measure", "")
    try:
        visible = queries.visible_to(request.user)
        measure = Measure.objects.get(pk=UUID(wanted), case__in=visible)
    except (ValueError, Measure.DoesNotExist) as unknown:
        raise Http404 from unknown
    if verb not in DECISIONS:
        raise Http404
    with as_shown(given.get("head", "")):
        take(measure.case, VERBS[verb], given, on=clock.today(), by=request.user)
    messages.success(request, statute().steps[verb].past.in_(reading()))
    return HttpResponseRedirect("/sanctions")


def _row(measure: Measure) -> dict[str, Any]:
    left = measure.left  # type: ignore[attr-defined]
    return {
        "id": measure.pk,
        "case_id": measure.case_id,
        "head": measure.case.stream.head_hash,
        "number": measure.case.label,
        "office": measure.case.office.name(reading()),
        "debtor": measure.proceeding.debtor.name(reading()),
        "state": measure.state,
        "kind": measure.kind,
        "bank": measure.bank,
        "account": measure.account,
        "cap": measure.cap,
        "left": None if left is None else Decimal(left),
        "above": left is not None and Decimal(left) < measure.cap,
        "stands": measure.proceeding.state,
        "requested_on": measure.requested_on,
        "decided_on": measure.decided_on,
        "sanction_number": measure.sanction_number,
        "refusal_reason": measure.refusal_reason,
        "days": (clock.today() - measure.requested_on).days,
    }

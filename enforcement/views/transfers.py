"""Documents that other offices passed on: accepted from the inbox, one by one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

import clock
from accounts.models import User
from enforcement.actions import transfers
from enforcement.serializers.words import reading, refusal
from law.refusal import Refusal
from law.statute import statute


@login_required
@require_POST
def accept(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Open a case on the document, and go to it."""
    assert isinstance(request.user, User)
    waiting = transfers.incoming(request.user, on=clock.today())
    sent = next((each for each in waiting if each.pk == transfer_id), None)
    if sent is None:
        raise Http404
    try:
        arrival = transfers.accept_transfer(sent, on=clock.today(), by=request.user)
    except Refusal as refused:
        messages.error(request, refusal(refused)["title"])
        return HttpResponseRedirect("/inbox")
    messages.success(request, statute().steps["accept_transfer"].past.in_(reading()))
    return HttpResponseRedirect(f"/cases/{arrival.case_id}")


def waiting(user: User) -> list[dict[str, Any]]:
    """The documents on their way to the reader's offices, for the inbox."""
    return [
        {
            "id": each.pk,
            "number": each.proceeding.case.label,
            "office": each.proceeding.case.office.name(reading()),
            "debtor": each.proceeding.debtor.name(reading()),
            "sent_on": each.sent_on,
        }
        for each in transfers.incoming(user, on=clock.today())
    ]

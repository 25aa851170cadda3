"""Documents that other offices passed on: accepted from the inbox, one by one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

import clock
from accounts.models import User
from enforcement import queries
from enforcement.actions import transfers
from enforcement.models import Transfer
from enforcement.serializers.words import reading, refusal, titles
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
        return _accepted(request, transfer_id)
    try:
        arrival = transfers.accept_transfer(sent, on=clock.today(), by=request.user)
    except Refusal as refused:
        messages.error(request, refusal(refused)["title"])
        return HttpResponseRedirect("/inbox")
    messages.success(request, statute().steps["accept_transfer"].past.in_(reading()))
    return HttpResponseRedirect(f"/cases/{arrival.case_id}")


def _accepted(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """To the case of a document that was accepted before; 404 for what the reader may not see."""
    assert isinstance(request.user, User)
    seen = Transfer.objects.filter(accepted__case__in=queries.visible_to(request.user))
    sent = seen.filter(pk=transfer_id).select_related("accepted").first()
    if sent is None or sent.accepted is None:
        raise Http404
    messages.warning(request, titles()["already_accepted"])
    return HttpResponseRedirect(f"/cases/{sent.accepted.case_id}")


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

"""The inbox: what arrived and waits, and the documents that other offices passed on."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

import clock
from accounts.models import User
from enforcement.core.card import writing
from enforcement.core.law_in_templates import Spoken
from enforcement.core.refusal_titles import titles
from enforcement.core.refusals import refusal
from enforcement.core.words import reading
from enforcement.facts.access import visible_to
from enforcement.intake.arrived import inbox as read_inbox
from enforcement.models import Transfer
from enforcement.transfer import incoming
from law.refusal import Refusal
from law.statute import statute


@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """What arrived and waits, nearest last day first."""
    show = "all" if request.GET.get("show") == "all" else "received"
    assert isinstance(request.user, User)
    user, after = request.user, request.GET.get("cursor", "")
    page = read_inbox(user, show=show, after=after, language=reading(), today=clock.today())
    context = {
        "rows": page.rows,
        "next_cursor": page.next_cursor,
        "show": show,
        "transferred": _transferred(user) if show == "received" else [],
    }
    return render(request, "enforcement/today/inbox.html", context)


def _transferred(user: User) -> list[dict[str, Any]]:
    """The documents on their way to the reader's offices."""
    return [
        {
            "id": each.pk,
            "law": Spoken(statute(each.proceeding.case.stream.rule_set)),
            "number": each.proceeding.case.label,
            "office": each.proceeding.case.office.name(reading()),
            "debtor": each.proceeding.debtor.name(reading()),
            "sent_on": each.sent_on,
        }
        for each in incoming(user, on=clock.today())
    ]


@login_required
@require_POST
def accept(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Open a case on the document, and go to it."""
    assert isinstance(request.user, User)
    waiting = incoming(request.user, on=clock.today())
    sent = next((each for each in waiting if each.pk == transfer_id), None)
    if sent is None:
        return _accepted(request, transfer_id)
    take_over = writing("transfer_accepted")
    try:
        arrival = take_over(sent, on=clock.today(), by=request.user)
    except Refusal as refused:
        messages.error(request, refusal(refused)["title"])
        return redirect("inbox")
    law = statute(sent.proceeding.case.stream.rule_set)
    messages.success(request, law.steps[take_over.name].past.in_(reading()))
    return redirect("case", arrival.case_id)


def _accepted(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """To the case of a document that was accepted before; 404 for what the reader may not see."""
    assert isinstance(request.user, User)
    seen = Transfer.objects.filter(accepted__case__in=visible_to(request.user))
    sent = seen.filter(pk=transfer_id).select_related("accepted").first()
    if sent is None or sent.accepted is None:
        raise Http404
    messages.warning(request, titles()["already_accepted"])
    return redirect("case", sent.accepted.case_id)

"""Outgoing post: papers not yet sent, each with its small form, then the register."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

import clock
from accounts.models import User
from documents.issuing import LANGUAGES
from documents.models import Paper
from enforcement.core.card import writing
from enforcement.core.checks import Head
from enforcement.core.form_fields import DayField
from enforcement.core.http_status import status_of
from enforcement.core.law_in_templates import Spoken
from enforcement.core.refusals import refusal
from enforcement.core.words import reading
from enforcement.facts.engaged import Engaged, agents_of
from enforcement.models import Dispatch, Outgoing
from enforcement.post.readdressing import Successors
from enforcement.post.sending import (
    addressed,
    may_post,
    paper_of,
    register,
    send_by,
    sent_to,
    unsent,
)
from law.model import Words
from law.refusal import FieldError, Refusal
from law.statute import statute


@login_required
def post(request: HttpRequest) -> HttpResponse:
    """Show the post of the reader's offices; on POST record that a paper left."""
    assert isinstance(request.user, User)
    offices = may_post(request.user, today=clock.today())
    if not offices:
        raise Http404
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            return _dispatch(request, request.user)
        except Refusal as refusal_:
            refused = refusal_
    context = _lists(request, offices, refused)
    status = status_of(refused) if refused else 200
    return render(request, "enforcement/post/post.html", context, status=status)


def _lists(request: HttpRequest, offices: list[Any], refused: Refusal | None) -> dict[str, Any]:
    """What waits and what was sent, a page of each."""
    after = request.GET.get("after", "")
    waiting, further = unsent(offices, after=after)
    sent, older = register(offices, before=request.GET.get("before", ""))
    papers = [each.paper for each in waiting] + [each.paper for each in sent]
    successors = Successors.among(papers)
    agents = agents_of([p.entry.stream.case.pk for p in papers if named_through(p, successors)])
    typed = request.POST if refused else None
    return {
        "papers": [_waiting(each, typed, agents, successors) for each in waiting],
        "after": after,
        "further": further,
        "sent": [_sent(each, agents) for each in sent],
        "older": older,
        "channels": _channels([each.paper for each in waiting]),
        "refusal": refusal(refused) if refused else None,
        "today": clock.today(),
    }


def _dispatch(request: HttpRequest, user: User) -> HttpResponse:
    paper = paper_of(user, request.POST.get("paper", ""))
    if paper is None:
        raise Http404
    try:
        on = DayField().clean(request.POST.get("on", ""))
    except ValidationError as bad:
        raise Refusal("invalid", errors=(FieldError("on", "format"),)) from bad
    names = ("addressee", "channel", "proof")
    given = {name: request.POST.get(name, "") for name in names}
    to = request.POST.getlist("to")
    head = Head(request.POST.get("head", ""), exactly=False)
    verb = writing("dispatched")
    verb(paper, to=to, on=on, by=user, head=head, **given)
    law = statute(paper.rule_set)
    messages.success(request, law.steps[verb.name].past.in_(reading()))
    return HttpResponseRedirect(request.get_full_path())


def _channels(papers: list[Paper]) -> list[tuple[str, str]]:
    """How a paper can leave, as the law of the papers shown says."""
    known: dict[str, Words] = {}
    for name in dict.fromkeys(paper.rule_set for paper in papers):
        known |= statute(name).list("channels_of_delivery")
    return [(key, words.in_(reading())) for key, words in known.items()]


def _about(paper: Paper) -> dict[str, Any]:
    case, law = paper.entry.stream.case, statute(paper.rule_set)
    return {
        "law": Spoken(law),
        "id": paper.pk,
        "number": paper.label,
        "title": law.texts[paper.kind]["title"][reading()],
        "issued_on": paper.issued_on,
        "case_id": case.pk,
        "head": paper.entry.stream.head_hash,
        "case_number": case.label,
        "urls": {lang: reverse("paper", args=[paper.pk, lang]) for lang in LANGUAGES},
    }


def named_through(paper: Paper, successors: Successors) -> bool:
    """Whether somebody gets the paper for a party, or for whoever succeeded him."""
    told = [*paper.addressees, *successors.goes_to(paper, clock.today()).values()]
    return any("through" in each for each in told)


#: Who was engaged for the parties of each case.
Agents = Mapping[Any, Sequence[Engaged]]


def _waiting(
    found: Outgoing, refused: QueryDict | None, agents: Agents, successors: Successors
) -> dict[str, Any]:
    """A paper with those it was not sent to yet; what was typed, where that was refused."""
    today, by = clock.today(), send_by(statute(found.paper.rule_set), found.kind, found.issued_on)
    typed = refused if refused and refused.get("paper") == str(found.pk) else None
    kept = typed.getlist("to") if typed else None
    serving = agents.get(found.paper.entry.stream.case.pk, ())
    instead = successors.goes_to(found.paper, today)
    going = [instead.get(each["key"], each) for each in found.waiting]
    names = ((each, addressed(each, serving, on=today)) for each in going)
    return {
        **_about(found.paper),
        "names": [
            {**each, "name": name, "checked": kept is None or each["key"] in kept}
            for each, name in names
        ],
        "days": (today - found.issued_on).days,
        "send_by": by,
        "late": by is not None and by < today,
        "typed": typed,
    }


def _sent(sent: Dispatch, agents: Agents) -> dict[str, Any]:
    serving = agents.get(sent.paper.entry.stream.case.pk, ())
    to = {"to": sent.to, "addressee": sent.addressee, "instead": sent.instead}
    return {
        **_about(sent.paper),
        "addressee": sent_to(sent.paper, to, serving, on=sent.sent_on),
        "channel": sent.channel,
        "proof": sent.proof,
        "sent_on": sent.sent_on,
        "by": sent.entry.by.full_name if sent.entry.by else "",
    }

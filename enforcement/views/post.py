"""Outgoing post: papers not yet sent, each with its small form, then the register."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

import clock
from accounts.models import User
from documents.models import Paper
from enforcement.actions.post import dispatch
from enforcement.forms.intake import StepForm
from enforcement.models import Dispatch
from enforcement.queries.post import may_post, paper_of, register, unsent
from enforcement.serializers.words import reading, refusal
from enforcement.steps import as_shown
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
    sent, older = register(offices, before=request.GET.get("before", ""))
    context = {
        "papers": [_paper(each, request.POST) for each in unsent(offices)],
        "sent": [_sent(each) for each in sent],
        "older": older,
        "channels": _channels(),
        "refusal": refusal(refused) if refused else None,
        "given": request.POST,
        "today": clock.today(),
    }
    status = refused.status if refused else 200
    return render(request, "enforcement/post.html", context, status=status)


def _dispatch(request: HttpRequest, user: User) -> HttpResponse:
    paper = paper_of(user, request.POST.get("paper", ""))
    if paper is None:
        raise Http404
    form = StepForm(request.POST)
    if not form.is_valid():
        raise Refusal("invalid", errors=(FieldError("on", "format"),))
    names = ("addressee", "channel", "proof")
    given = {name: request.POST.get(name, "") for name in names}
    with as_shown(request.POST.get("head", "")):
        dispatch(paper, on=form.cleaned_data["on"], by=user, **given)
    messages.success(request, statute().steps["dispatch"].past.in_(reading()))
    return HttpResponseRedirect("/post")


def _channels() -> list[tuple[str, str]]:
    known = statute().list("channels_of_delivery")
    return [(key, words.in_(reading())) for key, words in known.items()]


def _about(paper: Paper) -> dict[str, Any]:
    case = paper.entry.stream.case
    return {
        "id": paper.pk,
        "number": paper.label,
        "title": statute(paper.rule_set).texts[paper.kind]["title"][reading()],
        "issued_on": paper.issued_on,
        "case_id": case.pk,
        "head": paper.entry.stream.head_hash,
        "case_number": case.label,
        "urls": {lang: f"/papers/{paper.pk}.{lang}.pdf" for lang in ("kk", "ru")},
    }


def _paper(paper: Paper, given: Mapping[str, Any]) -> dict[str, Any]:
    """A paper that waits, with the names it may go to and what was typed for it."""
    facts, language = paper.facts, "ru" if reading() == "ru" else "kk"
    named = [*facts.get("claimants", ()), *facts.get("debtors", ()), facts.get("issuer")]
    named += [*facts.get("addressees", ()), facts.get("right_office")]
    # A notice is one person's own.
    named = [facts["participant"]] if facts.get("participant") else named
    names = [each.get(language, "") for each in named if isinstance(each, dict)]
    names += [text for key in ("addressee", "bank") if (text := facts.get(key))]
    days = (clock.today() - paper.issued_on).days
    typed = given if given.get("paper") == str(paper.pk) else {}
    told = list(dict.fromkeys(filter(None, names)))
    return {**_about(paper), "names": told, "days": days, "typed": typed}


def _sent(sent: Dispatch) -> dict[str, Any]:
    return {
        **_about(sent.paper),
        "addressee": sent.addressee,
        "channel": sent.channel,
        "proof": sent.proof,
        "sent_on": sent.sent_on,
        "by": sent.entry.by.full_name if sent.entry.by else "",
    }

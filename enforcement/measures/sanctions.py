"""The prosecutor's page: the freezes that wait for a sanction, and the decision on each."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

import clock
from accounts.models import PROSECUTOR, User
from enforcement.core.checks import Head
from enforcement.core.http_status import status_of
from enforcement.core.law_in_templates import Spoken
from enforcement.core.refusals import refusal
from enforcement.core.words import reading
from enforcement.facts.access import roles_of, visible_to
from enforcement.facts.frozen import Frozen, beside
from enforcement.facts.pagination import page
from enforcement.facts.proceeding import Running
from enforcement.facts.queries import running
from enforcement.lifecycle.measure import REQUESTED, SANCTION_REFUSED, SANCTIONED, SERVED
from enforcement.measures.freeze import DECISIONS
from enforcement.models import Measure
from enforcement.models.measure import BANK_MONEY
from journal import actions as journal
from law.refusal import Refusal
from law.statute import statute

#: The tabs of the page.
TABS: Final = (REQUESTED, SANCTIONED, SERVED, SANCTION_REFUSED)


def freezes(user: User, *, on: date) -> QuerySet[Measure]:
    """The freezes that the user sees: no other measure needs a sanction.

    A court that sent the document is none of those who know of a freeze before the debtor does.
    """
    cases = visible_to(user, on=on, sent=False)
    found = Measure.objects.filter(target=BANK_MONEY, case__in=cases)
    found = found.annotate(running=running("proceeding__"), beside=beside("proceeding__"))
    people = ("requested_by", "decided_by", "proceeding__debtor")
    return found.select_related("case__office", "case__stream", *people)


def frozen_with(measure: Measure) -> tuple[Running, Frozen]:
    """The proceeding of a freeze as `freezes` read it, and what is frozen beside the freeze."""
    told: Any = measure
    found = Running.of(told.running)
    return found, Frozen.of(found, told.beside, but=str(measure.pk))


def in_state(
    user: User,
    *,
    state: str,
    on: date,
    after: str = "",
    most: int | None = None,
    among: Mapping[str, Any] = MappingProxyType({}),
) -> tuple[list[Measure], str]:
    """The freezes in a state, `among` which others, oldest request first, `most` or a page; the
    cursor of the next."""
    found = freezes(user, on=on).filter(state=state, **among)
    return page(found, "requested_on", "id", after=after, most=most)


def note_freezes(found: Iterable[Measure], *, by: User) -> None:
    """Note that the reader saw whose money is asked to be frozen where."""
    journal.read_all((measure.case.stream for measure in found), what="sanctions", by=by)


@login_required
def sanctions(request: HttpRequest) -> HttpResponse:
    """Requests, the oldest first; a decision is taken on the page itself."""
    assert isinstance(request.user, User)
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            return _decide(request, request.user)
        except Refusal as refusal_:
            refused = refusal_
    context = _list(request, request.user, today=clock.today())
    context |= {"refusal": refusal(refused) if refused else None, "given": request.POST}
    status = status_of(refused) if refused else 200
    return render(request, "enforcement/measures/sanctions.html", context, status=status)


def _list(request: HttpRequest, user: User, *, today: date) -> dict[str, Any]:
    """A tab of the page, as far as one page goes."""
    state = request.GET.get("state", REQUESTED)
    state = state if state in TABS else REQUESTED
    found, further = in_state(user, state=state, on=today, after=request.GET.get("after", ""))
    note_freezes(found, by=user)
    return {
        "rows": [_row(measure, today) for measure in found],
        "further": further,
        "state": state,
        "states": TABS,
        "decides": PROSECUTOR in roles_of(user, on=today) and state == REQUESTED,
        "today": today,
    }


def _decide(request: HttpRequest, user: User) -> HttpResponse:
    """Take the decision posted; back to the list."""
    verb = {each.name: each for each in DECISIONS.values()}.get(request.POST.get("verb", ""))
    measure = _asked(user, request.POST.get("measure", ""))
    if verb is None or measure is None:
        raise Http404
    given = {name: request.POST.get(name, "") for name in verb.asks}
    head = Head(request.POST.get("head", ""), exactly=False)
    verb(measure, on=clock.today(), by=user, head=head, **given)
    step = statute(measure.case.stream.rule_set).steps[verb.name]
    messages.success(request, step.past.in_(reading()))
    return redirect("sanctions")


def _asked(user: User, wanted: str) -> Measure | None:
    """The freeze a form names; None for what is none or what the user does not see."""
    try:
        key = UUID(wanted)
    except ValueError:
        return None
    return freezes(user, on=clock.today()).filter(pk=key).first()


def _row(measure: Measure, today: date) -> dict[str, Any]:
    now, found = frozen_with(measure)
    left, cap = now.due(today), measure.cap
    plain = ("case_id", "state", "kind", "bank", "account", "cap", "requested_on", "decided_on")
    more = ("sanction_number", "refusal_reason", "above_because")
    return {
        **{name: getattr(measure, name) for name in (*plain, *more)},
        "id": measure.pk,
        "law": Spoken(statute(measure.case.stream.rule_set)),
        "head": measure.case.stream.head_hash,
        "number": measure.case.label,
        "office": measure.case.office.name(reading()),
        "debtor": measure.proceeding.debtor.name(reading()),
        "left": left,
        "above": left is not None and cap is not None and left < cap,
        "frozen": found,
        "above_together": left is not None and cap is not None and found.free(left) < cap,
        "stands": measure.proceeding.state,
        "days": (today - measure.requested_on).days,
    }

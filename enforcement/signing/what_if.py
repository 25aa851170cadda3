"""What if: suspend from X to Y, served on Z; all dates now and then, nothing saved."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import clock
from deadlines.fold import Event
from documents.executive_document import EARLIEST, LATEST
from enforcement.core.readings import note_reading, seen
from enforcement.core.rehearsal import changes, terms
from enforcement.core.words import reading
from enforcement.lifecycle.proceeding import OPEN, SUSPENDED
from enforcement.models import Case, Proceeding
from enforcement.signing.effects import rows, whose
from law.statute import statute


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    bounds = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    return forms.DateField(label=label, required=False, widget=widget, validators=bounds)


class WhatIfForm(forms.Form):
    """What is supposed; its names are those of the address."""

    proceeding = forms.ChoiceField(label=gettext_lazy("Proceedings against"), required=False)

    def __init__(self, *args: Any, running: list[Proceeding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.running = running
        self.fields["from"] = _day(gettext_lazy("Suspended on"))
        self.fields["until"] = _day(gettext_lazy("Resumed on"))
        self.fields["served"] = _day(gettext_lazy("Offer delivered on"))
        names = [(str(each.pk), each.debtor.name(reading())) for each in running]
        choice: Any = self.fields["proceeding"]
        choice.choices = names
        if len(names) < 2:
            choice.widget = forms.HiddenInput()

    @property
    def chosen(self) -> Proceeding | None:
        """The proceeding meant: the named one, else the first."""
        wanted = self.data.get("proceeding", "")
        named = [each for each in self.running if str(each.pk) == wanted]
        return next(iter(named or self.running), None)

    def clean(self) -> dict[str, Any]:
        """A resumption needs a suspension before it."""
        found: dict[str, Any] = super().clean() or {}
        since, until = found.get("from"), found.get("until")
        chosen = self.chosen
        stands = chosen is not None and chosen.state == SUSPENDED
        if until and not since and not stands:
            self.add_error("from", ValidationError(_("Without a suspension nothing is resumed")))
        if since and until and until < since:
            self.add_error("until", ValidationError(_("This lies before the suspension")))
        return found

    def events(self) -> list[Event]:
        """What is supposed, in the order of its days."""
        chosen, given = self.chosen, self.cleaned_data
        if chosen is None:
            return []
        own = f"{chosen.MACHINE}:{chosen.pk}"
        supposed = [
            (given.get("served"), 0, "offer_delivered", {"voluntary": True}),
            (given.get("from"), 1, "suspended", {}),
            (given.get("until"), 2, "resumed", {}),
        ]
        dated = [(on, n, kind, body) for on, n, kind, body in supposed if on]
        dated.sort(key=lambda each: each[:2])
        return [Event(0, kind, on, own, body) for on, _n, kind, body in dated]


@login_required
def what_if(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The open terms of the case as they are and as they would be."""
    found = seen(request, case_id)
    note_reading(request, found, "what-if")
    running = list(
        Proceeding.objects.filter(case=found, state__in=OPEN)
        .select_related("debtor")
        .order_by("ordinal")
    )
    asked = any(request.GET.get(name) for name in ("from", "until", "served"))
    form = WhatIfForm(request.GET if asked else None, running=running)
    supposed: list[Event] = []
    if asked and form.is_valid():
        supposed = form.events()
    before, after = terms(found.stream), terms(found.stream, later=supposed)
    differing = changes(before, after, all_terms=True)
    context = {
        "case": {"id": found.pk, "number": found.label},
        "form": form,
        "rows": rows(differing, whose(found.pk) | _steps(found, supposed)),
        "supposed": supposed,
        "today": clock.today(),
        "possible": bool(running),
        "address": request.build_absolute_uri() if supposed else "",
    }
    status = 422 if asked and form.errors else 200
    return render(request, "enforcement/signing/what_if.html", context, status=status)


def _steps(found: Case, supposed: list[Event]) -> dict[str, str]:
    """Scope of a step -> its name: those written, and those supposed to follow."""
    past = statute(found.stream.rule_set).by_event()
    lines = list(found.stream.entries.order_by("seq").values_list("seq", "kind"))
    after = lines[-1][0] if lines else 0
    lines += [(after + n, event.kind) for n, event in enumerate(supposed, start=1)]
    return {f"act:{seq}": past[kind].past.in_(reading()) for seq, kind in lines if kind in past}

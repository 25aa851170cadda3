"""The form of every verb: its ground, what it asks, what it will do, then the verb itself."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import clock
from accounts.models import User
from accounts.passwords import confirm_password
from documents.issuing import LANGUAGES, PDF
from enforcement.core.card import VERBS, Verb
from enforcement.core.checks import Head, every_transition, hindered, refuse_stale
from enforcement.core.facts import Facts
from enforcement.core.fields import Choice, Day, Option, Thing
from enforcement.core.files import file_response
from enforcement.core.http_status import status_of
from enforcement.core.law_in_templates import Spoken
from enforcement.core.parsing import day as typed_day
from enforcement.core.readings import note_reading, seen
from enforcement.core.reasons import reasons
from enforcement.core.refusals import refusal
from enforcement.core.rehearsal import Outcome, rehearse
from enforcement.core.several import Several
from enforcement.core.step import lines_of
from enforcement.core.subject import facts_for, find_subject, things_of
from enforcement.core.waiting import waiting_submissions
from enforcement.core.words import names_of, reading, step_title
from enforcement.models import (
    Case,
    Letter,
    Measure,
    Postponement,
    Presentation,
    Proceeding,
    Submission,
)
from enforcement.signing.draft import preview as draft
from enforcement.signing.effects import effects
from enforcement.signing.form import VerbForm, build, chosen_by, option_of
from enforcement.signing.prefill import FOLLOWS, held_of
from law.refusal import Kind, Refusal
from law.statute import Statute, statute


@login_required
def step(request: HttpRequest, case_id: UUID, verb: str) -> HttpResponse:
    """Show the form of a verb; on POST take it and go back to the case, unless the page itself only
    asks what it would do."""
    found = seen(request, case_id)
    named = _known(verb, found)
    desk = Desk(request, found, named)
    if request.method == "POST" and not request.headers.get("HX-Request"):
        try:
            if desk.signed():
                messages.success(request, desk.words.past.in_(reading()))
                return HttpResponseRedirect(reverse("case", args=[found.pk]))
        except Refusal as refused:
            if refused.kind is Kind.STALE:
                # Shown with what was typed as the case stands now: to sign that is a new act.
                desk = Desk(request, seen(request, case_id), named)
                desk.head = desk.case.stream.head_hash
            desk.refused = refused
    return desk.page()


def _known(name: str, case: Case) -> Verb:
    """The verb of the case's law that is signed on this page; 404 for another word."""
    verb, law = VERBS.get(name), statute(case.stream.rule_set)
    if verb is None or not verb.card.listed or not verb.machine or name not in law.steps:
        raise Http404
    return verb


class Desk:
    """One verb of a case before the person who signs it: what is meant, chosen and typed."""

    def __init__(self, request: HttpRequest, case: Case, verb: Verb) -> None:
        assert isinstance(request.user, User)
        self.request, self.user, self.case, self.verb = request, request.user, case, verb
        # Several of one name, as boxes are ticked, stand in one text.
        told = (request.POST or request.GET).lists()
        self.given = {key: ",".join(map(str, values)) for key, values in told}
        # Refused for another reason, the case is still the one that was shown before.
        posted = request.method == "POST"
        self.head = request.POST.get("head", "") if posted else case.stream.head_hash
        self.law: Statute = statute(case.stream.rule_set)
        if not posted:
            key = self.given.get(FOLLOWS, "")
            self.given = held_of(case, verb, key, self.law) | self.given
        self.words = self.law.steps[verb.name]
        self.refused: Refusal | None = None
        self.option = option_of(verb, self.law, self.given)
        self.now = self._facts()
        self.form = self._form()

    def _facts(self) -> Facts | None:
        """What is true of the thing meant today; None where none is meant."""
        try:
            subject = find_subject(self.case, self.verb, self.given)
        except Refusal as refused:
            self.refused = refused
            return None
        now = facts_for(subject, self.user, on=clock.today())
        if self.request.method == "GET":
            closed = hindered(self.verb, now)
            # What the law's verdict or the money closes is told beside the form, not instead of it.
            self.refused = None if closed and closed.kind is Kind.CONTENT else closed
        return now

    def _form(self) -> VerbForm | None:
        """The form, once the thing is known and what is chosen first was chosen."""
        hindered_ = self.refused is not None and self.request.method == "GET"
        lacking = self.option is None and chosen_by(self.verb) is not None
        if self.now is None or hindered_ or lacking:
            return None
        kind = build(self.verb, self.now, self.option, self.given)
        told = {name: self.given[name] for name in kind.base_fields if name in self.given}
        posted = self.request.POST if self.request.method == "POST" else None
        form = kind(posted, initial={"on": clock.today(), **told})
        thing = self.now.thing
        if not isinstance(thing, Presentation):
            hidden = forms.CharField(widget=forms.HiddenInput, required=False)
            form.fields[thing.MACHINE] = hidden
            form.initial[thing.MACHINE] = str(thing.pk)
        if self.verb.card.ends:
            form.fields["password"] = _password()
        return form

    def signed(self) -> bool:
        """Take the verb, if the form is filled in; a Refusal where it cannot be taken."""
        if self.form is None or self.now is None:
            return False
        head = Head(self.head, exactly=False)
        if not self.form.is_valid():
            # What was to be chosen may have gone since: then that is why.
            if self.head != self.case.stream.head_hash:
                refuse_stale(lines_of(self.case), head)
            return False
        given = self.form.arguments()
        if self.verb.card.ends:
            address = self.request.META.get("REMOTE_ADDR")
            confirm_password(self.user, given.pop("password") or "", address=address)
        given.pop(self.verb.machine, None)
        self.verb(self.now.thing, by=self.user, head=head, **given)
        return True

    def page(self) -> HttpResponse:
        """The form with what it will do, and why it was refused."""
        form, refused = self.form, self.refused
        outcome = self._outcome()
        told = outcome.transition or self.verb.name
        words = self.law.steps[told]
        context = {
            "case": {"id": self.case.pk, "number": self.case.label},
            "law": Spoken(self.law),
            "verb": self.verb.name,
            "title": words.title.in_(reading()),
            "effect": words.effect.in_(reading()),
            "rule": words.rule,
            "on": self._day(),
            "ends": self.verb.card.ends,
            "becomes": becomes(self.verb),
            "instead": self._instead(),
            "form": form,
            "moving": ",".join(self._moving()),
            "by_parts": bool(form and form.partly),
            "head": self.head,
            "things": self._things(),
            "refusal": self._told(refused) if refused else None,
            "hindrance": self._hindrance(outcome),
            **self._choices(),
            **self._about(),
            "handed_in": self._handed_in(),
            **effects(outcome, self.law),
            "drafts": self._drafts(outcome),
        }
        invalid = form is not None and form.is_bound and bool(form.errors)
        invalid = invalid and not self.request.headers.get("HX-Request")
        status = status_of(refused) if refused else (422 if invalid else 200)
        return render(self.request, "enforcement/signing/act.html", context, status=status)

    # -- what it would do --------------------------------------------------------------------

    def _outcome(self) -> Outcome:
        """What signing would do with what is typed so far; nothing where nothing can be signed."""
        if self.form is None or self.now is None:
            return Outcome()
        return rehearse(self.verb, self.now.thing, self._typed(), on=self._day(), by=self.user)

    def _handed_in(self) -> list[dict[str, Any]]:
        """What was handed in and waits for its answer though the proceeding ends by the step."""
        if self.now is None or not self.verb.card.ends:
            return []
        own = (None, self.now.running.id)
        told = (line.facts for line in waiting_submissions(self.now))
        known = self.law.submissions
        return [
            {"title": known[f["kind"]].title.in_(reading()), "on": date.fromisoformat(f["since"])}
            for f in told
            if f.get("proceeding") in own
        ]

    def _typed(self) -> dict[str, Any]:
        """What was typed and can be read, by the verb's arguments."""
        assert self.form is not None
        found: dict[str, Any] = {}
        for name, field in self.form.fields.items():
            whole, _point, key = name.partition(".")
            told = name in self.given if whole in self.form.partly else self.given.get(name)
            if name in ("on", "password", self.verb.machine) or not told:
                continue
            with suppress(forms.ValidationError):
                value = field.clean(self.given[name])
                found |= {whole: found.get(whole, {}) | {key: value}} if key else {name: value}
        return found

    def _hindrance(self, outcome: Outcome) -> dict[str, Any] | None:
        """Why it would be refused as it is typed so far, but for what stands at a field."""
        refused = outcome.refusal
        if refused is None or refused.errors or self.refused is not None:
            return None
        return self._told(refused)

    def _moving(self) -> list[str]:
        """The fields on which it hangs what will happen: no words of the person's own."""
        known = [
            each.name
            for each in self.verb.card.asks
            if isinstance(each, Choice | Day | Several | Thing)
        ]
        first = chosen_by(self.verb)
        return ["on", *known, *([first.name] if first else []), self.verb.machine]

    def _drafts(self, outcome: Outcome) -> dict[str, str] | None:
        """Where the draft of the paper is read, while nothing has to be typed for it."""
        own = {"on", self.verb.machine}
        if not outcome.papers or self.form is None or set(self.form.fields) - own:
            return None
        args = (self.case.pk, self.verb.name)
        return {each: reverse("preview", args=[*args, each]) for each in LANGUAGES}

    def _day(self) -> date:
        """The day the effects are shown for."""
        try:
            return typed_day(self.given.get("on", ""))
        except ValueError:
            return clock.today()

    # -- what it is taken on and chosen from ---------------------------------------------------

    def _told(self, refused: Refusal) -> dict[str, Any]:
        """The refusal, its errors tied to the fields of the form."""
        refused.rule_set = refused.rule_set or self.law.name
        refused.verb = refused.verb or self.verb.name
        found = refusal(refused, case_id=self.case.pk)
        errors = [{**error, "id": f"id_{error['field']}"} for error in found["errors"]]
        return {**found, "errors": errors}

    def _things(self) -> list[dict[str, str]]:
        """Where several things are possible: each with its address, to choose from."""
        if self.refused is None or self.refused.code != "which_one":
            return []
        machine = self.verb.machine
        return [
            {"url": f"?{machine}={each.pk}", "name": _named(each, self.law), "state": each.state}
            for each in things_of(self.case, machine)
        ]

    def _about(self) -> dict[str, Any]:
        """Which debtor's proceeding, which bank's freeze; of an arrival, why its verdict is so."""
        thing = self.now.thing if self.now else None
        if isinstance(thing, Presentation):
            told = reasons(self.law, thing.verdict) if self.verb.card.due else []
            return {"subject": "", "reasons": told}
        if isinstance(thing, Proceeding):
            return {"subject": _("Debtor: %(name)s") % {"name": thing.debtor.name(reading())}}
        if isinstance(thing, Measure):
            return {"subject": _laid(thing, self.law)}
        if isinstance(thing, Submission):
            kind = self.law.submissions[thing.kind].title.in_(reading())
            return {"subject": f"{kind}: {thing.text}"}
        if isinstance(thing, Letter):
            return {"subject": _called(thing, self.law)}
        return {"subject": thing.reason if isinstance(thing, Postponement) else ""}

    def _choices(self) -> dict[str, Any]:
        """What is chosen first: the choice, or while nothing is chosen all that fit."""
        first = chosen_by(self.verb)
        if first is None or self.now is None:
            return {"option": None, "options": [], "chosen_by": first.name if first else ""}
        now = self.now
        fitting: Iterable[Option] = ()
        if self.option is None:
            known = first.options(self.law, self.verb.name).values()
            fitting = (each for each in known if first.fits(now, each))
        # What the law makes mandatory stands before the rest.
        listed = sorted(map(self._option, fitting), key=lambda each: each["kind"] == "optional")
        chosen = self._option(self.option) if self.option else None
        return {"option": chosen, "options": listed, "chosen_by": first.name}

    def _option(self, option: Option) -> dict[str, Any]:
        first = chosen_by(self.verb)
        assert first is not None
        own = f"?{self.verb.machine}={self.now.thing.pk}" if self.now else "?"
        key = self.given.get(FOLLOWS)
        follows = f"&{urlencode({FOLLOWS: key})}" if key else ""
        targets = names_of(self.law, "targets", option.secured)
        secured = [_("Measure in force: %(targets)s") % {"targets": targets}] if targets else []
        fields = first.asked_by(option, self.law, option.fields())
        labels = {each.name: str(each.label) for each in self.verb.card.asks}
        labels |= {name: str(field.label) for name, field in fields.items()}
        refused = first.closed(self.now, option) if self.now else None
        return {
            "closed": self._told(refused) if refused else None,
            "rule": option.rule,
            "title": option.title.in_(reading()),
            "kind": option.kind,
            "text": option.text.in_(reading()),
            "ends_on": option.ends_on,
            "asks": [*secured, *(labels[name] for name in option.fields())],
            "url": f"{own}{follows}&{first.name}={option.id}",
            "others_url": own,
        }

    def _instead(self) -> dict[str, str] | None:
        """The step that an end is most often mistaken for."""
        for name in self.law.instead.get("ends", ()) if self.verb.card.ends and self.now else ():
            assert self.now is not None
            query = f"?{self.verb.machine}={self.now.thing.pk}"
            url = reverse("step", args=[self.case.pk, name]) + query
            return {"title": step_title(self.law, name), "url": url}
        return None


def becomes(verb: Verb) -> str:
    """The state that an end leads to."""
    if not verb.card.ends:
        return ""
    every = every_transition(verb.card.on)
    return next((str(each.target) for each in every if each.custom["verb"] == verb.name), "")


def _password() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Your password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def _laid(measure: Measure, law: Statute) -> str:
    """A measure by its bank, or by its kind and what it is laid on."""
    if measure.bank:
        return _("Bank: %(name)s") % {"name": measure.bank}
    return f"{law.rule(measure.kind).title.in_(reading())}: {measure.name}"


def _called(letter: Letter, law: Statute) -> str:
    """A letter by its kind, its addressee and its number."""
    kind = law.letters[letter.kind].title.in_(reading())
    return f"{kind}: {letter.name(reading())}, № {letter.paper}"


def _named(thing: Any, law: Statute) -> str:
    """What a thing is chosen by: a measure's or letter's own name, the debtor of anything else."""
    if isinstance(thing, Measure):
        return thing.name
    if isinstance(thing, Submission):
        return thing.text
    if isinstance(thing, Letter):
        return _called(thing, law)
    running: Proceeding = getattr(thing, "proceeding", thing)
    return running.debtor.name(reading())


@login_required
def preview(request: HttpRequest, case_id: UUID, verb: str, language: str) -> HttpResponse:
    """The paper a step would issue, without a number and without effect."""
    found = seen(request, case_id)
    named = _known(verb, found)
    note_reading(request, found, "preview")
    assert isinstance(request.user, User)
    try:
        subject = find_subject(found, named, {})
        content = draft(named, subject, {}, language=language, on=clock.today(), by=request.user)
    except Refusal as refused:
        raise Http404 from refused
    return file_response(content, PDF, f"{verb}-{language}.pdf")

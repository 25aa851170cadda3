"""What can be done now with a case and all that hangs on it; for what cannot, why."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from enforcement.case.file import CaseFile, annotated
from enforcement.case.letters import letters_of
from enforcement.core.card import VERBS, Verb, of_machine, writing
from enforcement.core.checks import hindered
from enforcement.core.facts import Facts
from enforcement.core.next_step import next_of
from enforcement.core.subject import choose_arrival, nothing_there
from enforcement.core.waiting import ANSWERED, CHECK, FILE_RETURNED
from enforcement.core.why_closed import why
from enforcement.core.words import reading, step_title
from enforcement.correction import annullable
from enforcement.lifecycle.letter import AWAITED
from enforcement.lifecycle.postponement import REQUESTED
from enforcement.lifecycle.submission import LODGED
from enforcement.models import Letter, Measure, Postponement, Proceeding, Submission
from law.model import SubmissionKind
from law.refusal import Refusal

Listed = dict[str, Any]


class Acts:
    """The acts of one case for one reader."""

    def __init__(self, file: CaseFile, user: User, roles: set[str], *, today: date) -> None:
        self.file = file
        lines = tuple(file.lines)
        self.now = Facts(None, file.law, today, user.pk, frozenset(roles), lines)

    def facts(self, proceeding: Proceeding) -> Facts:
        """What guards judge the proceeding by, for the reader."""
        return replace(self.now, thing=proceeding, proceeding=self.file.stands[proceeding.pk])

    def of_case(self) -> list[Listed]:
        """Acts on the document; with one proceeding, or none, also those on it and its measures."""
        running = self.file.running
        found = [self._on_arrival(verb) for verb in self._listed("presentation")]
        if len(running) == 1:
            found = [*self.of_proceeding(running[0]), *found]
        elif not running:
            machines = ("proceeding", "measure", "postponement", "letter")
            others = (verb for machine in machines for verb in self._listed(machine))
            found += [self._not_yet(verb, "proceeding") for verb in others]
        return ordered([*found, *self._on_submissions()])

    def _on_submissions(self) -> list[Listed]:
        """Acts on what waits for an answer, whichever proceeding it concerns."""
        known = self.file.law.submissions
        return [
            self._act(
                verb, replace(self.now, thing=each), about=known[each.kind].title.in_(reading())
            )
            for each in _waiting(self.file)
            for verb in self._listed(Submission.MACHINE)
            if _answers(verb, known[each.kind])
        ]

    def of_proceeding(self, proceeding: Proceeding) -> list[Listed]:
        """Acts on a proceeding and on each of its measures."""
        now = self.facts(proceeding)
        found = [self._act(verb, now) for verb in self._listed("proceeding")]
        found += self._on(now, _measures(proceeding), "measure")
        found += self._on(now, _postponements(proceeding), "postponement")
        found += self._on_letters(now, letters_of(proceeding))
        case_id = self.file.case.pk
        next_step = next_of(now.running, law=now.law, on=now.on, case_id=case_id)
        for act in found:
            act["next"] = bool(act["possible"] and next_step and act["verb"] == next_step["verb"])
        return ordered(found)

    def _listed(self, machine: str) -> list[Verb]:
        """The verbs of the case's law on things of a machine."""
        known = self.file.law.steps
        return [verb for verb in of_machine(machine) if verb.card.listed and verb.name in known]

    def _on_arrival(self, verb: Verb) -> Listed:
        arrival = choose_arrival(verb, self.file.arrivals, self.file.law)
        found = self._act(verb, replace(self.now, thing=arrival), of=False)
        found["next"] = found["possible"] and verb.card.due is not None
        return found

    def _on(self, now: Facts, things: list[Any], machine: str) -> list[Listed]:
        """Acts on what hangs on a proceeding; where nothing does, why there are none."""
        if not things:
            return [self._not_yet(verb, machine) for verb in self._listed(machine)]
        return [
            self._act(verb, replace(now, thing=thing), about=self._about(thing))
            for thing in things
            for verb in self._listed(machine)
            if verb.card.only_on(thing)
        ]

    def _on_letters(self, now: Facts, letters: list[Letter]) -> list[Listed]:
        """Acts on the letter that waits; of several the page asks which one is meant."""
        waiting = [each for each in letters if each.state == AWAITED] or letters[-1:]
        found = self._on(now, waiting[:1], Letter.MACHINE)
        for act in found if len(waiting) > 1 else ():
            act |= {"about": "", "url": act["url"].partition("?")[0]}
        return found

    def _about(self, thing: Any) -> str:
        if isinstance(thing, Measure):
            return thing.name
        if isinstance(thing, Letter):
            return self.file.law.letters[thing.kind].title.in_(reading())
        return step_title(self.file.law, writing("postponement_requested").name)

    def _not_yet(self, verb: Verb, machine: str) -> Listed:
        """A verb on what is not there yet."""
        return self._row(verb, nothing_there(verb, self.file.law, machine))

    def _act(self, verb: Verb, now: Facts, *, about: str = "", of: bool = True) -> Listed:
        query = f"?{verb.machine}={now.thing.pk}" if of else ""
        return self._row(verb, hindered(verb, now), query=query, about=about)

    def _row(
        self, verb: Verb, refused: Refusal | None, *, query: str = "", about: str = ""
    ) -> Listed:
        words = self.file.law.steps[verb.name]
        said, opens = why(refused, verb.machine) if refused else ("", "")
        return {
            "verb": verb.name,
            "title": words.title.in_(reading()),
            "about": about,
            "icon": verb.card.icon,
            "ends": verb.card.ends,
            "possible": refused is None,
            "refusal": refused,
            "next": False,
            "url": reverse("step", args=[self.file.case.pk, verb.name]) + query,
            "rule": words.rule,
            "why": said or words.effect.in_(reading()),
            "opens": opens,
        }


def _answers(verb: Verb, kind: SubmissionKind) -> bool:
    """Whether such a thing is answered by this verb: a file is given back, the rest replied to."""
    other = ANSWERED if kind.of == CHECK else FILE_RETURNED
    return verb is not writing(other)


def _measures(proceeding: Proceeding) -> list[Measure]:
    """The measures of a proceeding as the case file read them."""
    kept = ("state", "kind", "target", "bank", "account", "object", "addressee", "details")
    return [
        Measure(
            pk=told["id"],
            requested_by_id=UUID(told["by"]),
            cap=Decimal(told["cap"]) if told["cap"] else None,
            **{name: told[name] for name in kept},
        )
        for told in annotated(proceeding).secured
    ]


def _postponements(proceeding: Proceeding) -> list[Postponement]:
    """The request that waits; where none does, the last that was decided."""
    asked = [
        Postponement(
            pk=told["id"],
            state=told["state"],
            requested_by_id=UUID(told["by"]),
            until=date.fromisoformat(told["until"]),
        )
        for told in annotated(proceeding).put_off
    ]
    return [each for each in asked if each.state == REQUESTED] or asked[-1:]


def _waiting(file: CaseFile) -> list[Submission]:
    """What was handed in and waits, as the case file read it."""
    told = (each for arrival in file.arrivals for each in annotated(arrival).handed)
    return [
        Submission(
            pk=each["id"],
            kind=each["kind"],
            concerned_id=each["concerned"] and UUID(each["concerned"]),
        )
        for each in told
        if each["state"] == LODGED
    ]


def ordered(found: Iterable[Listed]) -> list[Listed]:
    """Possible ones first and the next step before all; ends after the others, corrections last."""

    def place(act: Listed) -> tuple[bool, bool, bool, bool]:
        corrects = VERBS[act["verb"]].body.__module__ == annullable.__module__
        return not act["possible"], corrects, act["ends"], not act["next"]

    return sorted(found, key=place)

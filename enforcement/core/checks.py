"""Who may take a verb, whether the thing allows it, when: each check refuses or lets it pass."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django_fsm import FSMField, Transition

import clock
from accounts.models import User
from accounts.queries import roles_in
from deadlines.fold import ENDING
from enforcement.core.card import VERBS, Verb
from enforcement.core.challenge import challenged, gone
from enforcement.core.facts import Facts
from enforcement.core.fields import Thing, not_found
from enforcement.models import Subject
from journal.models import Entry
from law.refusal import Fact, Kind, Refusal
from law.statute import Statute

#: How many of the lines written since a refusal names.
NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Head:
    """The case's last line as the caller read it, by its hash.

    A program reads again at no cost: it is told `exactly`. A person who signs a form is hindered
    only by what somebody wrote since: a term that ran out meanwhile is not his doing.
    """

    hash: str
    exactly: bool = True


@dataclass(slots=True)
class Told:
    """What is known of a thing by the time a step on it is refused."""

    now: Facts | None = None
    rule_set: str = ""


@contextmanager
def explained(verb: Verb) -> Iterator[Told]:
    """Let a refusal say of which verb it is and what is possible instead."""
    told = Told()
    try:
        yield told
    except Refusal as refused:
        _explain(refused, verb, told)
        raise


def _explain(refused: Refusal, verb: Verb, told: Told) -> None:
    refused.verb = refused.verb or verb.name
    refused.rule_set = refused.rule_set or told.rule_set
    if told.now is not None and not refused.possible:
        refused.possible = tuple(instead(refused, told.now))


def hindered(verb: Verb, now: Facts) -> Refusal | None:
    """The refusal a person would meet who takes the verb now, whatever he types; None if none."""
    refused = wrong_role(verb, now.roles, law=now.law) or closed(verb, now)
    if refused is not None:
        _explain(refused, verb, Told(now, now.law.name))
    return refused


def closed(verb: Verb, now: Facts) -> Refusal | None:
    """Why a verb cannot be taken on a thing, role and fields apart; None where nothing hinders.

    Of a thing that hangs on a proceeding, also the verbs on the proceeding are asked.
    """
    thing = now.thing
    if not isinstance(thing, verb.card.on):
        thing = getattr(thing, "proceeding", None)
        if not isinstance(thing, verb.card.on):
            return None
    here = Facts(thing, now.law, now.on, now.by, now.roles, now.lines, now.proceeding)
    return wrong_state(thing, verb, law=now.law) or guarded(verb, here)


def instead(refused: Refusal, now: Facts) -> Iterator[str]:
    """The verbs the law names instead of what was refused, as far as the person may take them."""
    for name in now.law.instead.get(refused.says) or now.law.instead.get(refused.code, ()):
        known = VERBS.get(name)
        if known and known.card.by & set(now.roles) and not closed(known, now):
            yield name


def guarded(verb: Verb, now: Facts) -> Refusal | None:
    """What closes a verb that state and role allow; by the rule of its step, where by no other."""
    refused = verb.card.unless(now) or gone(verb, now) or challenged(verb, now)
    if refused is not None and not refused.rule:
        refused.rule = now.law.steps[verb.name].rule
    return refused


def wrong_role(verb: Verb, roles: Collection[str], *, law: Statute) -> Refusal | None:
    """403 unless one of the roles may take the verb."""
    if verb.card.by & set(roles):
        return None
    needed = ", ".join(sorted(verb.card.by))
    fact = Fact("role", ", ".join(sorted(roles)) or "-", needed)
    rule = law.steps[verb.name].rule
    return Refusal("wrong_role", kind=Kind.NOT_YOURS, rule=rule, facts=(fact,))


def allow(verb: Verb, *, by: User, office_id: Any, law: Statute, on: date) -> set[str]:
    """The person's roles in the office, held on that day and still; 403 where none may.

    Both, so that nobody dates an act back into a role he has left.
    """
    roles = roles_in(by, office_id, on=on) & roles_in(by, office_id, on=clock.today())
    if refused := wrong_role(verb, roles, law=law):
        raise refused
    return roles


def wrong_state(subject: Any, verb: Verb, *, law: Statute) -> Refusal | None:
    """409 where the state allows neither the verb nor an outcome of it."""
    if {verb.name, *verb.card.also} & _ways(subject):
        return None
    rule = law.steps[verb.name].rule
    return _wrong_state(subject, verb.name, possible_verbs(subject), rule=rule)


def refuse_wrong_state(subject: Any, transition: str, *, rule: str) -> None:
    """409 with what is possible instead, where the state does not allow the step."""
    if transition not in _ways(subject):
        raise _wrong_state(subject, transition, possible_verbs(subject), rule=rule)


def _wrong_state(subject: Any, transition: str, possible: Sequence[str], *, rule: str) -> Refusal:
    fact = Fact("state", subject.state, ", ".join(sources(subject, transition)))
    return Refusal(
        "wrong_state", kind=Kind.STATE, rule=rule, facts=(fact,), possible=tuple(possible)
    )


def possible_verbs(subject: Any) -> list[str]:
    """The verbs the subject's state allows, whoever may take them; what only annuls is none."""
    return sorted(_ways(subject) & set(VERBS))


def _ways(subject: Any) -> set[str]:
    """The transitions the subject's state allows."""
    return {t.custom["verb"] for t in subject.get_available_state_transitions()}


def every_transition(machine: type[Subject]) -> Iterator[Transition]:
    """The transitions of a machine, from whichever state."""
    field = machine._meta.get_field("state")
    assert isinstance(field, FSMField)
    yield from field.get_all_transitions(machine)


def sources(subject: Any, verb: str) -> list[str]:
    """From which states of its machine a verb is possible."""
    every = subject.get_all_state_transitions()
    return sorted({t.source for t in every if t.custom["verb"] == verb})


def refuse_unknown_step(verb: Verb, law: Statute) -> None:
    """409 where the rule set of the case has no such step."""
    if verb.name not in law.steps:
        refused = Refusal("not_in_law", kind=Kind.STATE)
        refused.verb, refused.rule_set = verb.name, law.name
        raise refused


def refuse_strangers(verb: Verb, now: Facts, asked: Mapping[str, Any]) -> None:
    """404 for a thing that is named and is none of this case."""
    for each in verb.card.asks:
        named = asked.get(each.name)
        if isinstance(each, Thing) and named is not None and not each.belongs(now, named):
            raise not_found(each.name)


def refuse_stale(lines: Sequence[Entry], head: Head | None) -> None:
    """412 where the caller read an older state of the case; the last lines since are named."""
    if head is None or head.hash == lines[-1].hash:
        return
    read = next((n for n, line in enumerate(lines, start=1) if line.hash == head.hash), 0)
    since = [line.kind for line in lines[read:] if head.exactly or line.by_id is not None]
    if since:
        fact = Fact("since", ", ".join(since[-NAMED:]), "")
        raise Refusal("stale", kind=Kind.STALE, facts=(fact,))


def refuse_future(on: date, *, rule: str = "") -> None:
    """422 for a day that has not come."""
    if on > (today := clock.today()):
        fact = Fact("on", on.isoformat(), f"<= {today.isoformat()}")
        raise Refusal("date_in_future", rule=rule, facts=(fact,))


def refuse_wrong_date(lines: Sequence[Entry], *, on: date, rule: str = "") -> None:
    """422 for a date in the future or before the last of the case's lines."""
    refuse_future(on, rule=rule)
    last = last_told(lines)
    if last and on < last:
        raise Refusal(
            "date_before_last",
            rule=rule,
            facts=(Fact("on", on.isoformat(), f">= {last.isoformat()}"),),
        )


def last_told(lines: Sequence[Entry]) -> date | None:
    """The day of the case's last line before which nothing is dated."""
    # What time did to the case (a term ran out, a deferral ended) hinders nobody to date an act
    # before it; unless it changed the state, by which the act was judged.
    told = (line.on for line in lines if line.by_id is not None or line.kind in ENDING)
    return max(told, default=None)

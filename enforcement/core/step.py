"""The step every verb is taken in: lock the case, ask who, whether and when, record, refold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction

import clock
from accounts.models import User
from deadlines.actions import refold
from deadlines.models import Deadline
from enforcement.core.act import Act
from enforcement.core.card import Verb
from enforcement.core.challenge import URGENCY
from enforcement.core.checks import (
    Head,
    Told,
    allow,
    explained,
    guarded,
    last_told,
    refuse_stale,
    refuse_strangers,
    refuse_unknown_step,
    refuse_wrong_date,
    refuse_wrong_state,
)
from enforcement.core.completion import tell_executed
from enforcement.core.facts import Facts
from enforcement.core.lapse import lapse, may_lapse
from enforcement.facts.access import visible_to
from enforcement.facts.marks import MOVING, mark
from enforcement.facts.queries import S, proceeding_of, with_facts
from enforcement.lifecycle.presentation import ADMITTED
from enforcement.models import Case, Subject
from journal.models import Entry
from law.refusal import FieldError, Kind, Refusal
from law.statute import Statute, statute


def take(
    verb: Verb, subject: Any, *, on: date, by: User, head: Head | None = None, **asked: Any
) -> Any:
    """Take a verb on a thing in one transaction, or refuse and leave everything as it was."""
    with transaction.atomic(), step(verb, subject, asked, on=on, by=by, head=head) as act:
        return carry_out(act)[0]


def carry_out(act: Act[Any]) -> tuple[Any, dict[str, Any]]:
    """What the verb's function did, and all it was asked, each as its field accepts it."""
    asked = accepted(act.verb, act.now, act.asked)
    act.urgency = asked.get(URGENCY, "")
    own = {name: value for name, value in asked.items() if name in act.verb.own}
    return act.verb.body(act, **own), asked


def accepted(verb: Verb, now: Facts, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked, each as its field accepts it; a Refusal for the first that it does not, and
    for what is given without being asked."""
    if strange := sorted(set(asked) - set(verb.asks)):
        errors = tuple(FieldError(name, "unknown_field") for name in strange)
        raise Refusal("invalid", errors=errors)
    bound = verb.signature.bind(None, **asked)
    bound.apply_defaults()
    given = {name: bound.arguments[name] for name in verb.asks}
    for each in verb.card.asks:
        given[each.name] = each.accept(given[each.name], now, given)
    return given


def examples(verb: Verb, now: Facts, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked, with an example where nothing was typed."""
    given = {name: value for name, value in asked.items() if value not in (None, "")}
    for each in verb.card.asks:
        given |= each.examples(now, given)
    return given


@contextmanager
def step(
    verb: Verb,
    subject: S,
    asked: Mapping[str, Any],
    *,
    on: date,
    by: User,
    head: Head | None = None,
    rehearsed: bool = False,
) -> Iterator[Act[S]]:
    """The step of a verb: 404 unseen, 403 wrong role, 409 wrong state, 412 stale, 422 wrong date.

    Then what else closes it. The case row stays locked until the transaction ends; `on` is the
    legal date. The terms move when the step is over, once for all it wrote.
    """
    with explained(verb) as told:
        one_at_a_time(*(verb.card.alone(subject, asked) if verb.card.alone else ()))
        case = locked(subject.case_id, by=by)
        law = _law(verb, case, told)
        roles = allow(verb, by=by, office_id=case.office_id, law=law, on=on)
        read, lines = _lines(case, on=on)
        if day := verb.card.own_day:
            on, asked = _of_a_fact(day, lines, asked, on=on)
        current = reload(subject, case)
        now = told.now = facts_of(
            current, law=law, on=on, by=by.pk, roles=roles, lines=tuple(lines)
        )
        if rehearsed:
            asked = examples(verb, now, asked)
        transition = _refuse_closed(verb, now, asked, read=read, head=head)
        rows = list(case.stream.deadlines.order_by("due_on", "id"))
        own = (case, current, verb, transition, by, now, lines, _run_out(rows, on))
        yield Act(*own, asked=asked, rehearsed=rehearsed)
        if len(lines) > len(now.lines):
            touch(case, on=on)
            tell_executed(case, now, lines, lines[len(now.lines) :])
            refold(case.stream, entries=lines, rows=rows)
            _mark(now, lines[len(now.lines) :])


def _mark(now: Facts, written: Iterable[Entry]) -> None:
    """Keep what waits to be given back or released as it is after these lines."""
    if not MOVING.intersection(line.kind for line in written):
        return
    if now.proceeding:
        mark([claim.claim for claim in now.proceeding.claims])
    elif now.thing.state == ADMITTED:
        mark(list(now.thing.debts.values_list("claim", flat=True)))


def _law(verb: Verb, case: Case, told: Told) -> Statute:
    """The rule set of the case, which has the step."""
    law = statute(case.stream.rule_set)
    told.rule_set = law.name
    refuse_unknown_step(verb, law)
    return law


def _lines(case: Case, *, on: date) -> tuple[list[Entry], list[Entry]]:
    """The lines as the caller found them, and once what came to its day by `on` has ended."""
    read = lines_of(case)
    lapsed = may_lapse(read) and on <= clock.today() and lapse([case], on=on)
    return read, lines_of(case) if lapsed else list(read)


def _of_a_fact(
    own: str, lines: Sequence[Entry], asked: Mapping[str, Any], *, on: date
) -> tuple[date, Mapping[str, Any]]:
    """The day of the line of a fact told late, and what is asked with the fact's own day."""
    last = last_told(lines)
    if last is None or last <= on:
        return on, asked
    return last, {**asked, own: asked.get(own) or on}


def _refuse_closed(
    verb: Verb,
    now: Facts,
    asked: Mapping[str, Any],
    *,
    read: Sequence[Entry],
    head: Head | None,
) -> str:
    """The transition the verb is this time; a Refusal where it cannot be taken."""
    rule = now.law.steps[verb.name].rule
    transition = verb.card.becomes(now, asked) if verb.card.becomes else verb.name
    refuse_wrong_state(now.thing, transition, rule=rule)
    refuse_stale(read, head)
    refuse_wrong_date(now.lines, on=now.on, rule=rule)
    refuse_strangers(verb, now, asked)
    if refused := guarded(verb, now):
        raise refused
    return transition


def _run_out(rows: Iterable[Deadline], on: date) -> list[Deadline]:
    """The terms whose last day is over on that day and that nobody looked at since."""
    return [row for row in rows if row.status == "running" and row.due_on and row.due_on < on]


@contextmanager
def on_case(
    verb: Verb, case: Case, *, office_id: Any, on: date, by: User, head: Head | None = None
) -> Iterator[Statute]:
    """The step of a verb on what has no states: a paper, a document on its way.

    `case` is locked; `office_id`: the office in which the person must hold his role. No term
    hangs on what it writes.
    """
    with explained(verb) as told:
        law = _law(verb, case, told)
        allow(verb, by=by, office_id=office_id, law=law, on=on)
        lines = lines_of(case)
        refuse_stale(lines, head)
        refuse_wrong_date(lines, on=on, rule=law.steps[verb.name].rule)
        yield law
        touch(case, on=on)


def touch(case: Case, *, on: date) -> None:
    """A person acted in the case on that day."""
    case.last_act_on = max(case.last_act_on, on)
    case.save(update_fields=["last_act_on"])


def facts_of(thing: Subject, **known: Any) -> Facts:
    """The facts of a thing as `with_facts` read it."""
    return Facts(thing=thing, proceeding=proceeding_of(thing), **known)


def lines_of(case: Case) -> list[Entry]:
    """Every line of the case, in order."""
    return list(case.stream.entries.order_by("seq"))


def locked(case_id: Any, *, by: User) -> Case:
    """The case with its office and journal, locked until the transaction ends; 404 unseen."""
    seen = visible_to(by).filter(pk=case_id).select_related("office", "stream")
    case = seen.select_for_update(of=("self",)).first()
    if case is None:
        raise Refusal("not_found", kind=Kind.UNSEEN)
    return case


def one_at_a_time(*keys: str) -> None:
    """Let who names an equal key wait until the other's transaction ends."""
    if not keys:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest(%s) AS key",
            [sorted(keys)],
        )


def reload(subject: S, case: Case) -> S:
    """The subject as it stands now that its case is locked, with the facts guards judge by."""
    found = with_facts(type(subject)).get(pk=subject.pk)
    found.case = case
    return found

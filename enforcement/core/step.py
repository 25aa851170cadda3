"""The step every verb is taken in: lock the case, ask who, whether and when, record, refold."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction

import clock
from accounts.models import User
from deadlines.actions import refold
from enforcement.core.act import Act, S
from enforcement.core.card import Verb
from enforcement.core.checks import (
    Head,
    allow,
    explained,
    guarded,
    refuse_stale,
    refuse_strangers,
    refuse_unknown_step,
    refuse_wrong_date,
    refuse_wrong_state,
)
from enforcement.core.facts import Facts
from enforcement.core.lapse import lapse, may_lapse
from enforcement.facts.access import visible_to
from enforcement.facts.proceeding import Running, with_facts
from enforcement.models import Case
from journal.models import Entry
from law.refusal import Kind, Refusal
from law.statute import Statute, statute


def take(
    verb: Verb, subject: Any, *, on: date, by: User, head: Head | None = None, **asked: Any
) -> Any:
    """Take a verb on a thing in one transaction, or refuse and leave everything as it was."""
    with transaction.atomic(), step(verb, subject, asked, on=on, by=by, head=head) as act:
        return verb.body(act, **accepted(verb, act.now, asked))


def accepted(verb: Verb, now: Facts, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked, each as its field accepts it; a Refusal for the first that it does not."""
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
    subject: Any,
    asked: Mapping[str, Any],
    *,
    on: date,
    by: User,
    head: Head | None = None,
    rehearsed: bool = False,
) -> Iterator[Act[Any]]:
    """The step of a verb: 404 unseen, 403 wrong role, 409 wrong state, 412 stale, 422 wrong date.

    Then what else closes it. The case row stays locked until the transaction ends; `on` is the
    legal date. The terms move when the step is over, once for all it wrote.
    """
    with explained(verb) as told:
        case = locked(subject.case_id, by=by)
        law = statute(case.stream.rule_set)
        told.rule_set = law.name
        refuse_unknown_step(verb, law)
        roles = allow(verb, by=by, office_id=case.office_id, law=law, on=on)
        lines = read = lines_of(case)
        if may_lapse(lines) and on <= clock.today() and lapse([case], on=on):
            lines = lines_of(case)
        current = reload(subject, case)
        known = {"law": law, "on": on, "by": by.pk, "roles": roles}
        now = told.now = facts_of(current, lines=tuple(lines), **known)
        if rehearsed:
            asked = examples(verb, now, asked)
        transition = verb.card.becomes(now, asked) if verb.card.becomes else verb.name
        refuse_wrong_state(current, transition, rule=law.steps[verb.name].rule)
        refuse_stale(read, head)
        refuse_wrong_date(lines, on=on, rule=law.steps[verb.name].rule)
        refuse_strangers(verb, now, asked)
        if refused := guarded(verb, now):
            raise refused
        before, rows = len(lines), list(case.stream.deadlines.order_by("due_on", "id"))
        over = [row for row in rows if row.status == "running" and row.due_on and row.due_on < on]
        own = (case, current, verb, transition, by, now, lines, over)
        yield Act(*own, asked=asked, rehearsed=rehearsed)
        if len(lines) > before:
            touch(case, on=on)
            refold(case.stream, entries=lines, rows=rows)


@contextmanager
def on_case(
    verb: Verb, case: Case, *, office_id: Any, on: date, by: User, head: Head | None = None
) -> Iterator[Statute]:
    """The step of a verb on what has no states: a paper, a document on its way.

    `case` is locked; `office_id`: the office in which the person must hold his role. No term
    hangs on what it writes.
    """
    with explained(verb) as told:
        law = statute(case.stream.rule_set)
        told.rule_set = law.name
        refuse_unknown_step(verb, law)
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


def facts_of(thing: Any, **known: Any) -> Facts:
    """The facts of a thing as `with_facts` read it."""
    read = getattr(thing, "running", None)
    return Facts(thing=thing, proceeding=Running.of(read) if read else None, **known)


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
    with connection.cursor() as cursor:
        for key in sorted(keys):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def reload(subject: S, case: Case) -> S:
    """The subject as it stands now that its case is locked, with the facts guards judge by."""
    found: S = with_facts(type(subject)).get(pk=subject.pk)
    found.case = case
    return found

"""The step every verb is taken in: lock the case, ask who, whether and when, record, refold."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Generic, Protocol, TypeVar
from uuid import UUID

from django.db import connection, transaction

import clock
from accounts.models import User
from accounts.queries import roles_in
from deadlines.actions import refold, tell_run_out
from deadlines.fold import ENDING
from deadlines.models import Deadline
from documents import issuing
from documents.models import Paper
from enforcement.core.card import VERBS, Verb
from enforcement.core.facts import Facts
from enforcement.core.fields import Thing, not_found
from enforcement.core.lapse import lapse, may_lapse
from enforcement.facts.access import visible_to
from enforcement.facts.proceeding import Running, with_facts
from enforcement.models import Case, Evidence
from journal import actions as journal
from journal.models import Entry
from law.refusal import Fact, Kind, Refusal
from law.statute import Statute, statute

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


class Subject(Protocol):
    """What a step is taken on: a thing of a case with a machine (presentation, proceeding...)."""

    MACHINE: str
    #: What verbs read of it beside itself, in one query with it.
    WITH: tuple[str, ...]
    #: The fields a step may change of it.
    CHANGES: tuple[str, ...]
    pk: Any
    case: Case
    case_id: UUID
    state: str

    def save(self, *, update_fields: list[str]) -> None: ...


S = TypeVar("S", bound=Subject)


@dataclass(slots=True)
class Act(Generic[S]):
    """One step while it is being taken: the locked case, its law, the papers it issues."""

    case: Case
    subject: S
    #: The verb, and the transition it is this time.
    verb: Verb
    transition: str
    by: User
    #: What was true when it began.
    now: Facts
    #: Every line of the case in order, the ones this step writes too.
    lines: list[Entry]
    #: Terms that ran out before this day and have no line yet: nobody looked at the calendar.
    over: list[Deadline]
    #: What it was asked to do it with.
    asked: Mapping[str, Any] = field(default_factory=dict)
    #: Whether it is only looked at what it would do: papers get no number and no bytes.
    rehearsed: bool = False
    drafts: list[issuing.Draft] = field(default_factory=list)
    #: The papers filed on the last line it wrote, and all it issued.
    filed: list[Paper] = field(default_factory=list)
    issued: list[issuing.Draft] = field(default_factory=list)
    #: The subject's fields as they were read.
    found: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.found = {name: getattr(self.subject, name) for name in self.subject.CHANGES}

    @property
    def law(self) -> Statute:
        """The rule set of the case."""
        return self.now.law

    @property
    def on(self) -> date:
        """The legal date."""
        return self.now.on

    @property
    def running(self) -> Running:
        """The proceeding as it stood when the step began."""
        return self.now.running

    def issue(self, kind: str, facts: Mapping[str, Any]) -> None:
        """Number and render a paper; it is filed on the line `record` writes."""
        assert kind in self.verb.card.issues, f"{self.verb} does not say that it issues {kind}"
        drafted = issuing.draft(
            kind,
            office=self.case.office,
            rule_set=self.law.name,
            facts=facts,
            on=self.on,
            by=self.by,
            rehearsed=self.rehearsed,
        )
        self.drafts.append(drafted)
        self.issued.append(drafted)

    def record(
        self, event: str, *, to: str = "", corrects: int | None = None, **body: Any
    ) -> Entry:
        """Change the state, write the line, file the papers.

        `to`: the state a correction comes back to; `corrects`: the line it annuls.
        """
        getattr(self.subject, self.transition)(*([to] if to else []))
        changed = [name for name, was in self.found.items() if getattr(self.subject, name) != was]
        if changed:
            self.subject.save(update_fields=changed)
        return self.record_birth(self.subject, event, corrects=corrects, **body)

    def on_another(self, subject: Any, verb: Verb) -> "Act[Any]":
        """A step of its own on another thing of the case, inside this one."""
        return Act(
            *(self.case, subject, verb, verb.name, self.by, self.now, self.lines, self.over),
            rehearsed=self.rehearsed,
            issued=self.issued,
        )

    def record_birth(
        self, subject: Any, event: str, *, corrects: int | None = None, **body: Any
    ) -> Entry:
        """Write the line of a thing in the state it is in: of a step, or of its birth."""
        known = {line.event for line in self.verb.card.writes}
        assert event in known, f"{self.verb} does not say that it writes {event}"
        self.lines += tell_run_out(self.case.stream, self.over)
        self.over.clear()
        if self.drafts:
            body["papers"] = [draft.in_journal() for draft in self.drafts]
        entry = journal.record(
            self.case.stream,
            event,
            on=self.on,
            by=self.by,
            body=body,
            machine=subject.MACHINE,
            subject=subject.pk,
            state_after=subject.state,
            corrects=corrects,
        )
        self.filed = issuing.file(self.drafts, entry=entry)
        self.drafts.clear()
        self.lines.append(entry)
        return entry


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


def refuse_strangers(verb: Verb, now: Facts, asked: Mapping[str, Any]) -> None:
    """404 for a thing that is named and is none of this case."""
    for each in verb.card.asks:
        named = asked.get(each.name)
        if isinstance(each, Thing) and named is not None and not each.belongs(now, named):
            raise not_found(each.name)


def refuse_unknown_step(verb: Verb, law: Statute) -> None:
    """409 where the rule set of the case has no such step."""
    if verb.name not in law.steps:
        refused = Refusal("not_in_law", kind=Kind.STATE)
        refused.verb, refused.rule_set = verb.name, law.name
        raise refused


def touch(case: Case, *, on: date) -> None:
    """A person acted in the case on that day."""
    case.last_act_on = max(case.last_act_on, on)
    case.save(update_fields=["last_act_on"])


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


def instead(refused: Refusal, now: Facts) -> Iterator[str]:
    """The verbs the law names instead of what was refused, as far as the person may take them."""
    for name in now.law.instead.get(refused.says) or now.law.instead.get(refused.code, ()):
        known = VERBS.get(name)
        if known and known.card.by & set(now.roles) and not closed(known, now):
            yield name


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


def guarded(verb: Verb, now: Facts) -> Refusal | None:
    """What closes a verb that state and role allow; by the rule of its step, where by no other."""
    refused = verb.card.unless(now)
    if refused is not None and not refused.rule:
        refused.rule = now.law.steps[verb.name].rule
    return refused


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


def allow(verb: Verb, *, by: User, office_id: Any, law: Statute, on: date) -> set[str]:
    """The person's roles in the office, held on that day and still; 403 where none may.

    Both, so that nobody dates an act back into a role he has left.
    """
    roles = roles_in(by, office_id, on=on) & roles_in(by, office_id, on=clock.today())
    if refused := wrong_role(verb, roles, law=law):
        raise refused
    return roles


def wrong_role(verb: Verb, roles: Collection[str], *, law: Statute) -> Refusal | None:
    """403 unless one of the roles may take the verb."""
    if verb.card.by & set(roles):
        return None
    needed = ", ".join(sorted(verb.card.by))
    fact = Fact("role", ", ".join(sorted(roles)) or "-", needed)
    rule = law.steps[verb.name].rule
    return Refusal("wrong_role", kind=Kind.NOT_YOURS, rule=rule, facts=(fact,))


def wrong_state(subject: Any, verb: Verb, *, law: Statute) -> Refusal | None:
    """409 where the state allows neither the verb nor an outcome of it."""
    possible = possible_verbs(subject)
    if {verb.name, *verb.card.also} & set(possible):
        return None
    return _wrong_state(subject, verb.name, possible, rule=law.steps[verb.name].rule)


def refuse_wrong_state(subject: Any, transition: str, *, rule: str) -> None:
    """409 with what is possible instead, where the state does not allow the step."""
    possible = possible_verbs(subject)
    if transition not in possible:
        raise _wrong_state(subject, transition, possible, rule=rule)


def _wrong_state(subject: Any, transition: str, possible: Sequence[str], *, rule: str) -> Refusal:
    fact = Fact("state", subject.state, ", ".join(sources(subject, transition)))
    return Refusal(
        "wrong_state", kind=Kind.STATE, rule=rule, facts=(fact,), possible=tuple(possible)
    )


def refuse_stale(lines: Sequence[Entry], head: Head | None) -> None:
    """412 where the caller read an older state of the case; the last lines since are named."""
    if head is None or head.hash == lines[-1].hash:
        return
    read = next((n for n, line in enumerate(lines, start=1) if line.hash == head.hash), 0)
    since = [line.kind for line in lines[read:] if head.exactly or line.by_id is not None]
    if since:
        fact = Fact("since", ", ".join(since[-NAMED:]), "")
        raise Refusal("stale", kind=Kind.STALE, facts=(fact,))


def possible_verbs(subject: Any) -> list[str]:
    """The verbs the subject's state allows, whoever may take them."""
    return sorted(t.custom["verb"] for t in subject.get_available_state_transitions())


def sources(subject: Any, verb: str) -> list[str]:
    """From which states of its machine a verb is possible."""
    every = subject.get_all_state_transitions()
    return sorted({t.source for t in every if t.custom["verb"] == verb})


def refuse_future(on: date, *, rule: str = "") -> None:
    """422 for a day that has not come."""
    if on > (today := clock.today()):
        fact = Fact("on", on.isoformat(), f"<= {today.isoformat()}")
        raise Refusal("date_in_future", rule=rule, facts=(fact,))


def refuse_wrong_date(lines: Sequence[Entry], *, on: date, rule: str = "") -> None:
    """422 for a date in the future or before the last of the case's lines."""
    refuse_future(on, rule=rule)
    # What time did to the case (a term ran out, a deferral ended) hinders nobody to date an act
    # before it; unless it changed the state, by which the act was judged.
    told = (line.on for line in lines if line.by_id is not None or line.kind in ENDING)
    last = max(told, default=None)
    if last and on < last:
        raise Refusal(
            "date_before_last",
            rule=rule,
            facts=(Fact("on", on.isoformat(), f">= {last.isoformat()}"),),
        )


def decide(act: Act[Any], **decision: Any) -> None:
    """What was asked for by one is decided by another."""
    asked = act.subject
    asked.decided_on, asked.decided_by = act.on, act.by
    for name, value in decision.items():
        setattr(asked, name, value)


def keep_evidence(entry: Entry, texts: Mapping[str, str]) -> None:
    """Keep what proves a line beside it: free text never enters the journal itself."""
    Evidence.objects.bulk_create(
        Evidence(entry=entry, key=key, text=text.strip())
        for key, text in texts.items()
        if text.strip()
    )

"""The shape every verb shares: lock the case, ask who, whether and when, record, refold."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Final, Generic, Protocol, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Q

import clock
from accounts.models import User
from accounts.queries import roles_in
from deadlines.actions import refold, tell_run_out
from deadlines.fold import ENDING
from deadlines.models import Deadline
from documents import issuing
from documents.models import Paper
from documents.shape import CONTROL
from enforcement.lifecycle.course import INITIATED
from enforcement.models import Case, Deferral, Evidence, Suspension
from enforcement.permissions import PERMISSIONS, may
from enforcement.queries import visible_to
from enforcement.queries.verbs import whole
from journal import actions as journal
from journal.models import Entry, Stream
from law.refusal import Fact, FieldError, Refusal
from law.statute import Statute, statute

#: Texts under the law's keys: what proves a ground, what a measure or a coercive act asks.
Given = Mapping[str, str]
NOTHING: Final[Given] = MappingProxyType({})
#: Lines of what may last until a day they name, and the line that tells it lasted until then.
LASTING: Final = frozenset({"court_deferred", "suspended"})
LAPSED: Final = "suspension_lapsed"


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
    verb: str
    on: date
    by: User
    law: Statute
    #: Every line of the case in order, the ones this step writes too.
    lines: list[Entry]
    #: Terms that ran out before this day and have no line yet: nobody looked at the calendar.
    over: list[Deadline]
    drafts: list[issuing.Draft] = field(default_factory=list)
    #: The papers filed on the last line it wrote.
    filed: list[Paper] = field(default_factory=list)
    #: The subject's fields as they were read.
    found: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.found = {name: getattr(self.subject, name) for name in self.subject.CHANGES}

    def issue(self, kind: str, facts: Mapping[str, Any]) -> None:
        """Number and render a paper; it is filed on the line `record` writes."""
        self.drafts.append(
            issuing.draft(
                kind,
                office=self.case.office,
                rule_set=self.law.name,
                facts=facts,
                on=self.on,
                by=self.by,
            )
        )

    def record(
        self, event: str, *, to: str = "", corrects: int | None = None, **body: Any
    ) -> Entry:
        """Change the state, write the line, file the papers.

        `to`: the state a correction comes back to; `corrects`: the line it annuls.
        """
        getattr(self.subject, self.verb)(*([to] if to else []))
        changed = [name for name, was in self.found.items() if getattr(self.subject, name) != was]
        if changed:
            self.subject.save(update_fields=changed)
        return self.bear(self.subject, event, corrects=corrects, **body)

    def on_another(self, subject: Any, verb: str) -> "Act[Any]":
        """The same step taken on to another thing of the case."""
        return Act(self.case, subject, verb, self.on, self.by, self.law, self.lines, self.over)

    def bear(self, subject: Any, event: str, *, corrects: int | None = None, **body: Any) -> Entry:
        """Write the line of a thing in the state it is in: of a step, or of its birth."""
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


#: The hash of the case's last line as the caller read it, empty where he does not say; and
#: whether what time alone wrote since hinders him too.
_READ: Final[ContextVar[tuple[str, bool]]] = ContextVar("read", default=("", True))
#: What no line's hash is.
NEVER: Final = "never"
#: How many of the lines written since a refusal names.
NAMED: Final = 3


@contextmanager
def as_read(head: str, *, exactly: bool = True) -> Iterator[None]:
    """Refuse steps taken inside (412) when the case has moved on since its last line was `head`."""
    token = _READ.set((head, exactly))
    try:
        yield
    finally:
        _READ.reset(token)


def as_shown(head: str) -> AbstractContextManager[None]:
    """The same for a form shown to a person: only what somebody wrote since hinders him.

    A term that ran out between showing and signing is not his doing and no second signature; what
    it changes in law the step asks itself. A program reads again at no cost: it is told exactly.
    A form that does not say what it was shown with is older than any line.
    """
    return as_read(head or NEVER, exactly=False)


@contextmanager
def step(subject: S, verb: str, *, on: date, by: User) -> Iterator[Act[S]]:
    """Take the step `verb`: 404 unseen, 403 wrong role, 409 wrong state, 412 stale, 422 wrong date.

    The case row stays locked until the transaction ends; `on` is the legal date. The terms move
    when the step is over, once for all it wrote.
    """
    case = locked(subject.case_id, by=by)
    current = afresh(subject, case)
    law = statute(case.stream.rule_set)
    rule = law.steps[verb].rule
    allow(verb, by=by, office_id=case.office_id, rule=rule, on=on)
    lines = read = lines_of(case)
    lasting = (line for line in read if line.kind in LASTING and line.facts.get("until"))
    if any(lasting) and on <= clock.today() and lapse([case], on=on):
        current, lines = afresh(current, case), lines_of(case)
    refuse_wrong_state(current, verb, rule=rule)
    refuse_stale(read)
    refuse_wrong_date(lines, on=on, rule=rule)
    before, rows = len(lines), list(case.stream.deadlines.order_by("due_on", "id"))
    yield Act(case, current, verb, on, by, law, lines, _over(rows, on))
    if len(lines) > before:
        case.last_act_on = max(case.last_act_on, on)
        case.save(update_fields=["last_act_on"])
        refold(case.stream, entries=lines, rows=rows)


def _over(rows: list[Deadline], on: date) -> list[Deadline]:
    return [row for row in rows if row.status == "running" and row.due_on and row.due_on < on]


def lines_of(case: Case) -> list[Entry]:
    """Every line of the case, in order."""
    return list(case.stream.entries.order_by("seq"))


def locked(case_id: Any, *, by: User) -> Case:
    """The case with its office and journal, locked until the transaction ends; 404 unseen."""
    seen = visible_to(by).filter(pk=case_id).select_related("office", "stream")
    case = seen.select_for_update(of=("self",)).first()
    if case is None:
        raise Refusal("not_found", status=404)
    return case


def one_at_a_time(*keys: str) -> None:
    """Let who names an equal key wait until the other's transaction ends."""
    with connection.cursor() as cursor:
        for key in sorted(keys):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def afresh(subject: S, case: Case) -> S:
    """The subject as it stands now that its case is locked."""
    found: S = whole(type(subject)).get(pk=subject.pk)
    found.case = case
    return found


def allow(verb: str, *, by: User, office_id: Any, rule: str, on: date) -> None:
    """403 unless a role of the user in the office, held on that day and still, may take the step.

    Both, so that nobody dates an act back into a role he has left.
    """
    roles = roles_in(by, office_id, on=on) & roles_in(by, office_id, on=clock.today())
    if not may(verb, roles):
        needed = ", ".join(sorted(PERMISSIONS.get(verb, ())))
        fact = Fact("role", ", ".join(sorted(roles)) or "-", needed)
        raise Refusal("wrong_role", status=403, rule=rule, facts=(fact,))


def refuse_wrong_state(subject: Subject, verb: str, *, rule: str = "") -> None:
    """409 with what is possible instead, where the state does not allow the step."""
    possible = possible_verbs(subject)
    if verb in possible:
        return
    fact = Fact("state", subject.state, ", ".join(sources(subject, verb)))
    raise Refusal("wrong_state", status=409, rule=rule, facts=(fact,), possible=tuple(possible))


def refuse_stale(lines: Sequence[Entry]) -> None:
    """412 where the caller read an older state of the case; the last lines since are named."""
    head, exactly = _READ.get()
    if not head or head == lines[-1].hash:
        return
    read = next((n for n, line in enumerate(lines, start=1) if line.hash == head), 0)
    since = [line.kind for line in lines[read:] if exactly or line.by_id is not None]
    if since:
        fact = Fact("since", ", ".join(since[-NAMED:]), "")
        raise Refusal("stale", status=412, facts=(fact,))


def bounded(field: str, text: str, longest: int) -> str:
    """A text without signs no paper can bear and no longer than its place, or a Refusal."""
    text = text.strip()
    if CONTROL.search(text):
        raise Refusal("invalid", errors=(FieldError(field, "format"),))
    if len(text) > longest:
        raise Refusal("invalid", errors=(FieldError(field, "too_long"),))
    return text


def keep(entry: Entry, texts: Given) -> None:
    """Keep what proves a line beside it: free text never enters the journal itself."""
    Evidence.objects.bulk_create(
        Evidence(entry=entry, key=key, text=text.strip()[:1000])
        for key, text in texts.items()
        if text.strip()
    )


def possible_verbs(subject: Any) -> list[str]:
    """The verbs the subject's state allows, whoever may take them."""
    return sorted(t.custom["verb"] for t in subject.get_available_state_transitions())


def sources(subject: Any, verb: str) -> list[str]:
    """From which states of its machine a verb is possible."""
    return sorted({t.source for t in subject.get_all_state_transitions() if _is(t, verb)})


def _is(transition: Any, verb: str) -> bool:
    return bool(transition.custom["verb"] == verb)


def refuse_wrong_date(lines: Sequence[Entry], *, on: date, rule: str = "") -> None:
    """422 for a date in the future or before the last of the case's lines."""
    if on > clock.today():
        raise Refusal(
            "date_in_future",
            rule=rule,
            facts=(Fact("on", on.isoformat(), f"<= {clock.today().isoformat()}"),),
        )
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


def refuse_unknown(law: Statute, value: str, words: str, field: str) -> None:
    """422 unless a word list of the law has the value."""
    if value not in law.list(words):
        raise Refusal("invalid", errors=(FieldError(field, "unknown"),))


def refuse_unproven(field: str, text: str) -> None:
    """422 where nothing is said that proves it."""
    if not text.strip():
        raise Refusal("evidence_missing", errors=(FieldError(field, "required"),))


def lapse(cases: Sequence[Case], *, on: date) -> int:
    """End what was to last until a day, on that day: deferrals before `on`, suspensions up to it;
    how many.

    The lines are dated that day and by nobody, whether beat looks first or somebody acts.
    """
    own = Q(proceeding__case__in=cases)
    stood = Suspension.objects.filter(own, until=None, ends_on__lte=on)
    waited = Deferral.objects.filter(own, ended_on=None, until__lt=on)
    ended = [*stood.select_related("proceeding").order_by("ends_on", "id")]
    streams = {case.pk: case.stream for case in cases}
    for suspension in ended:
        _go_on(suspension, streams[suspension.proceeding.case_id])
    # Read when the suspensions are over: their lines tell the state as it stands since.
    over = [*waited.select_related("proceeding").order_by("until", "id")]
    for deferral in over:
        entry = _tell(streams[deferral.proceeding.case_id], deferral, "deferral_ended")
        deferral.ended_on, deferral.ended_by = deferral.until, entry.seq
    Deferral.objects.bulk_update(over, ["ended_on", "ended_by"])
    for case_id in {each.proceeding.case_id for each in (*ended, *over)}:
        refold(streams[case_id])
    return len(ended) + len(over)


def _go_on(suspension: Suspension, stream: Stream) -> None:
    """The day named in the suspension has come: it holds no more, the other grounds still do.

    No paper is issued: the resolution that suspended says from which day the proceeding goes on.
    """
    running = suspension.proceeding
    others = running.suspensions.filter(until=None).exclude(pk=suspension.pk)
    if others.exists():
        running.end_ground()
    else:
        running.resume()
    running.save(update_fields=["state"])
    event = LAPSED if running.state == INITIATED else "ground_ended"
    entry = _tell(stream, suspension, event, ground=suspension.ground)
    suspension.until, suspension.ended_by = suspension.ends_on, entry.seq
    suspension.save(update_fields=["until", "ended_by"])


def _tell(stream: Stream, lasted: Suspension | Deferral, event: str, **body: Any) -> Entry:
    """The line of what lasted until its day, on the proceeding as it stands then."""
    running = lasted.proceeding
    on = lasted.ends_on if isinstance(lasted, Suspension) else lasted.until
    assert on is not None
    return journal.record(
        stream,
        event,
        on=on,
        by=None,
        body=body,
        machine=running.MACHINE,
        subject=running.pk,
        state_after=running.state,
    )

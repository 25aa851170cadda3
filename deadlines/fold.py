"""Fold the journal of a case into its terms. Pure: entries, law and calendar in, terms out.

What starts, pauses and ends a term is the law's (terms.toml). A corrected entry is skipped, the
right one takes its place, and everything after it is reckoned anew. An ended term keeps the
calendar edition of the entry that ended it: closed things never move.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from deadlines.calculator import Reckoning, reckon
from law.model import Happening, Term, Unit
from law.statute import Statute
from law.workdays import Calendar

RUNNING, PAUSED, MET, EXPIRED, CANCELLED = "running", "paused", "met", "expired", "cancelled"
STATUSES = (RUNNING, PAUSED, MET, EXPIRED, CANCELLED)
#: A ground of a pause is gone, or came to its day: its pause ends, those of others go on.
ENDING = frozenset({"ground_ended", "suspension_lapsed"})


@dataclass(frozen=True, slots=True)
class Event:
    """A journal line as the fold sees it."""

    seq: int
    kind: str
    on: date
    subject: str
    body: dict[str, Any] = field(default_factory=dict)
    corrects: int | None = None
    calendar: str = ""
    happened_at: datetime | None = None

    @property
    def day(self) -> date:
        """The day it counts from: that of the act, or an earlier one the line tells of."""
        named = self.body.get("since")
        return date.fromisoformat(named) if named else self.on


@dataclass(frozen=True, slots=True)
class FoldedTerm:
    """A term of a case: which rule, on what it runs, from when, until when, how it stands."""

    rule: str
    scope: str
    started_by: int
    starts_on: date
    pauses: tuple[tuple[date, date | None], ...]
    reckoning: Reckoning
    status: str
    ended_on: date | None
    #: The last day that another statute sets, as the line tells it that started the term.
    ends_on: date | None = None


@dataclass(slots=True)
class _Pause:
    """While a term stands still: what ends it, on which ground, from when, until the day before."""

    end: str
    ground: str
    since: date
    until: date | None = None


@dataclass(slots=True)
class _Running:
    """A term while its case is being read."""

    term: Term
    scope: str
    subject: str
    event: Event
    starts_on: date
    #: The last day that another statute sets.
    ends_on: date | None = None
    pauses: list[_Pause] = field(default_factory=list)
    #: The lines by which the term was seen to run out: they say so, they do not make it so.
    seen_out: list[Event] = field(default_factory=list)
    ended: Event | None = None
    outcome: str = RUNNING
    #: Whether it runs on under the proceedings that were opened on its arrival.
    passed_on: bool = False


def fold(
    entries: Iterable[Event],
    *,
    law: Statute,
    calendar: Callable[[str], Calendar],
) -> list[FoldedTerm]:
    """All terms the entries give rise to, in the order they started.

    `calendar` gives the calendar as known by an edition, the newest for "".
    """
    terms: list[_Running] = []
    past: list[Event] = []
    for event in _corrected(list(entries)):
        for running in terms:
            if running.ended is None and _concerns(running, event):
                _apply(running, event)
        for term, start in _started(law, event):
            if not start.anew or _broken_off(terms, term, event, calendar):
                terms.append(_begin(term, start, event, past))
        terms += [_heir(running, event) for running in terms if _passes_on(running, event)]
        past.append(event)
    return [_close(term, calendar) for term in terms if not term.passed_on]


def _corrected(events: list[Event]) -> list[Event]:
    """The right lines only, each in the place of the wrong line it corrects; none of a thing whose
    beginning was annulled."""
    place: dict[int, int] = {}
    for event in events:
        wrong = event.seq if event.corrects is None else event.corrects
        place[event.seq] = place.get(wrong, wrong)
    skipped = {event.corrects for event in events}
    # Papers set anew in the place of those of an annulled line are no act either.
    skipped |= {e.seq for e in events if "withdrawn" in e.body and e.body.get("act") in skipped}
    void = {event.subject for event in events if event.body.get("void")}
    right = [each for each in events if each.seq not in skipped and each.subject not in void]
    return sorted(right, key=lambda event: place[event.seq])


def _started(law: Statute, event: Event) -> Iterable[tuple[Term, Happening]]:
    for rule_id in law.starting(event.kind):
        dated = law.term(rule_id, on=event.on)
        for start in dated.starts:
            if start.matches(event.kind, event.body):
                yield dated, start


def _broken_off(
    terms: list[_Running], term: Term, event: Event, calendar: Callable[[str], Calendar]
) -> bool:
    """Whether a run of the term on the same thing ends because it is to begin anew: one whose
    days hold that of the event. What came before it, or after its last day, breaks nothing off."""
    found = False
    for running in terms:
        own = running.term.id == term.id and running.subject == event.subject
        if running.ended is None and own and _day(running.starts_on) <= event.day:
            due = _reckoned(running, "", calendar).due_on
            if due is None or event.day <= _day(due):
                running.ended, running.outcome, found = event, CANCELLED, True
    return found


def _begin(term: Term, start: Happening, event: Event, past: Iterable[Event]) -> _Running:
    named = event.body.get(start.date_from) if start.date_from else None
    # Only a term in hours begins at an instant; the others at the legal date.
    instant = event.happened_at if term.unit is Unit.HOUR else None
    starts_on = date.fromisoformat(named) if named else instant or event.day
    scope = f"act:{event.seq}" if term.scope == "act" else event.subject or "case"
    set_by_law = event.body.get("ends", {}).get(term.id)
    ends_on = date.fromisoformat(set_by_law) if set_by_law else None
    opened = _Running(term, scope, event.subject, event, starts_on, ends_on)
    if term.pausable:
        _stand_still(opened, past)
    if named and term.is_met(event.kind, event.body):
        # A presentation term began long ago; the very arrival that tells of it also ends it.
        opened.ended, opened.outcome = event, MET
    return opened


def _passes_on(running: _Running, event: Event) -> bool:
    """Whether the event is a proceeding opened on the arrival whose term this is."""
    arrival = f"presentation:{event.body.get('presentation')}"
    return event.kind in running.term.passes_on and running.scope == arrival


def _heir(running: _Running, event: Event) -> _Running:
    """The term as it runs on for one debtor, from the day and the line it began with; unless what
    opened the proceeding met it."""
    running.passed_on = True
    met = running.term.is_met(event.kind, event.body)
    return replace(
        running,
        scope=event.subject,
        subject=event.subject,
        pauses=[],
        seen_out=list(running.seen_out),
        ended=event if met else None,
        outcome=MET if met else RUNNING,
        passed_on=False,
    )


def _stand_still(opened: _Running, past: Iterable[Event]) -> None:
    """Let a new term stand still while its proceeding does, or did since the day it runs from:
    four months run from an earlier day (Q14); a resumption may have been annulled."""
    for earlier in past:
        if _concerns(opened, earlier):
            _pause(opened, earlier)
    since = _day(opened.starts_on)
    opened.pauses = [each for each in opened.pauses if each.until is None or each.until > since]


def _concerns(running: _Running, event: Event) -> bool:
    if event.kind == EXPIRED:
        named = (event.body.get("rule"), event.body.get("scope"))
        return named == (running.term.id, running.scope)
    if running.term.scope == "act":
        about = _complained_of(running.event)
        if "meets" in event.body:
            return about in event.body["meets"]
        # A complaint of an act also meets the term of whoever learnt of that act later.
        return bool(event.body.get("act") == running.event.body.get("line", about))
    return running.term.scope == "case" or event.subject == running.subject


def _complained_of(event: Event) -> int:
    """The line whose term it is: of papers set anew, that of the papers they stand for."""
    anew = event.body.get("act") if "withdrawn" in event.body else None
    return anew or event.seq


def _apply(running: _Running, event: Event) -> None:
    term = running.term
    if event.kind == EXPIRED:
        running.seen_out.append(event)
    elif term.is_met(event.kind, event.body):
        running.ended, running.outcome = event, MET
    elif term.is_cancelled(event.kind, event.body):
        running.ended, running.outcome = event, CANCELLED
    _pause(running, event)


def _pause(running: _Running, event: Event) -> None:
    ground = str(event.body.get("ground", ""))
    # A court's ruling holds from its own day, whenever it became known here.
    running.pauses += [
        _Pause(end, ground, event.day) for begin, end in running.term.pauses if event.kind == begin
    ]
    for pause in running.pauses:
        gone = event.kind in ENDING and pause.ground == ground
        if pause.until is None and (gone or event.kind == pause.end):
            pause.until = event.on


def _close(opened: _Running, calendar: Callable[[str], Calendar]) -> FoldedTerm:
    """How the term stands, whenever beat looked: by the dates of the acts alone.

    What ended it after its last day did so too late: it had expired. A line that saw it run out
    counts only while the last day reckoned now is no later than the one it names.
    """
    ended, status, reckoning = opened.ended, opened.outcome, _reckoned(opened, "", calendar)
    if ended is not None:
        reckoning = _reckoned(opened, ended.calendar, calendar)
        if reckoning.due_on and _day(reckoning.due_on) < ended.day:
            status = EXPIRED
    elif reckoning.due_on is None:
        status = PAUSED
    elif opened.seen_out:
        last = opened.seen_out[-1]
        as_seen = _reckoned(opened, last.calendar, calendar)
        if as_seen.due_on and _day(as_seen.due_on) <= last.on:
            ended, status, reckoning = last, EXPIRED, as_seen
    return FoldedTerm(
        rule=opened.term.id,
        scope=opened.scope,
        started_by=opened.event.seq,
        starts_on=_day(opened.starts_on),
        pauses=_spans(opened),
        reckoning=reckoning,
        status=status,
        ended_on=ended.day if ended else None,
        ends_on=opened.ends_on,
    )


def _spans(opened: _Running) -> tuple[tuple[date, date | None], ...]:
    return tuple((pause.since, pause.until) for pause in opened.pauses)


def _reckoned(opened: _Running, edition: str, calendar: Callable[[str], Calendar]) -> Reckoning:
    return reckon(
        opened.term,
        starts_on=opened.starts_on,
        calendar=calendar(edition),
        pauses=_spans(opened),
        ends_on=opened.ends_on,
        explain=False,
    )


def _day(instant: date) -> date:
    return instant.date() if isinstance(instant, datetime) else instant

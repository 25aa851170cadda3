"""What a verb would do if it were signed now: it is taken, looked at, and taken back.

Nothing is foreseen beside the act: the same function runs in a transaction that is rolled back,
with what was typed and an example where nothing was. Papers get no number and no bytes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from accounts.models import User
from deadlines.actions import folded, what_if
from deadlines.fold import PAUSED, RUNNING, Event, FoldedTerm
from documents.issuing import Draft
from enforcement.core.act import Act
from enforcement.core.card import Verb
from enforcement.core.step import carry_out, step
from enforcement.facts.letters import unanswered
from enforcement.facts.queries import read
from enforcement.lifecycle.measure import LIVE
from enforcement.lifecycle.proceeding import OPEN
from enforcement.models import Letter, Measure, Proceeding
from journal.models import Entry, Stream
from law.refusal import Refusal

STARTS, ENDS, STANDS, GOES_ON, MOVES = "starts", "ends", "stands", "goes_on", "moves"
Term = tuple[str, str, int]
#: A line by which somebody only saw that a term had run out before.
SEEN: Final = "expired"


@dataclass(frozen=True, slots=True)
class Change:
    """A term before and after: what happens to it, its last day then and now."""

    kind: str
    rule: str
    scope: str
    started_by: int
    before: FoldedTerm | None
    after: FoldedTerm | None

    @property
    def due_before(self) -> date | None:
        """The last day as it stands; None while it stands still, or where there was none."""
        return self.before.reckoning.due_on if self.before else None

    @property
    def due_after(self) -> date | None:
        """The last day as it would stand."""
        return self.after.reckoning.due_on if self.after else None

    @property
    def moved(self) -> int | None:
        """By how many days the last day moves, where it is known before and after."""
        if self.due_before is None or self.due_after is None:
            return None
        return (self.due_after - self.due_before).days


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a verb would do, or the refusal it would meet."""

    refusal: Refusal | None = None
    #: Which transition of its machine it would be.
    transition: str = ""
    changes: list[Change] = field(default_factory=list)
    #: Every term of the case as it would stand.
    terms: list[FoldedTerm] = field(default_factory=list)
    papers: list[Draft] = field(default_factory=list)
    #: The measures it would lift beside the thing it is taken on.
    lifted: list[Measure] = field(default_factory=list)
    #: The letters whose reply nobody waits for any more.
    unanswered: list[Letter] = field(default_factory=list)
    #: What would be left of all sums, in tenge.
    left: Decimal | None = None
    #: The line that tells the same already.
    same_as: int | None = None
    #: The day of the paper before which money came.
    earlier_than: str = ""


def rehearse(verb: Verb, subject: Any, given: Mapping[str, Any], *, on: date, by: User) -> Outcome:
    """Take the verb with what is given, read what it did, take it back."""
    before = terms(subject.case.stream)
    live = list(
        Measure.objects.filter(case=subject.case_id, state__in=LIVE).order_by("requested_on", "id")
    )
    try:
        with transaction.atomic():
            with step(verb, subject, given, on=on, by=by, rehearsed=True) as act:
                _done, asked = carry_out(act)
            outcome = _outcome(act, before, live, list(_afterwards(act, asked)))
            transaction.set_rollback(True)
    except Refusal as refused:
        return Outcome(refused, verb.name)
    return outcome


def _unanswered(act: Act[Any]) -> list[Letter]:
    """The letters of a proceeding that ends here."""
    ends = isinstance(act.subject, Proceeding) and act.subject.state not in OPEN
    return unanswered(act.subject, act.law) if ends and act.running.state in OPEN else []


def _afterwards(act: Act[Any], asked: Mapping[str, Any]) -> Iterable[Event]:
    """What time will do later because of it."""
    return act.verb.card.afterwards(act, asked) if act.verb.card.afterwards else ()


def _outcome(
    act: Act[Any],
    before: Mapping[Term, FoldedTerm],
    live: Iterable[Measure],
    later: list[Event],
) -> Outcome:
    known = {line.seq for line in act.now.lines}
    lines = [line for line in act.lines if line.kind != SEEN or line.seq in known]
    gone = set() if isinstance(act.subject, Measure) else _lifted(act)
    after = terms(act.case.stream, lines, later)
    return Outcome(
        transition=act.transition,
        changes=changes(before, _as_before(after, lines[len(known) :])),
        terms=list(after.values()),
        unanswered=_unanswered(act),
        papers=list(act.issued),
        lifted=[each for each in live if each.pk in gone],
        left=_left(act.subject),
        same_as=act.lines[-1].facts.get("same_as"),
        earlier_than=act.lines[-1].facts.get("earlier_than", ""),
    )


def _as_before(after: Mapping[Term, FoldedTerm], own: Iterable[Entry]) -> dict[Term, FoldedTerm]:
    """The terms, those of a line that took another's place under that one's name: they move."""
    place = {line.seq: line.corrects for line in own if line.corrects and "as" in line.facts}
    place |= {line.seq: line.facts["act"] for line in own if "withdrawn" in line.facts}
    moved = {}
    for (rule, scope, started_by), term in after.items():
        if wrong := place.get(started_by):
            named = f"act:{wrong}" if scope == f"act:{started_by}" else scope
            moved[rule, named, wrong] = term
    others = {key: term for key, term in after.items() if key[2] not in place}
    return {**others, **moved}


def _lifted(act: Act[Any]) -> set[Any]:
    return {
        line.subject for line in act.lines[len(act.now.lines) :] if line.kind == "measure_lifted"
    }


def _left(subject: Any) -> Decimal | None:
    running = subject if isinstance(subject, Proceeding) else getattr(subject, "proceeding", None)
    if running is None:
        return None
    return read(running).left


def terms(
    stream: Stream, lines: list[Entry] | None = None, later: Iterable[Event] = ()
) -> dict[Term, FoldedTerm]:
    """The terms by what tells them apart, as these lines give them and what comes later."""
    later = list(later)
    found = what_if(stream, later, entries=lines) if later else folded(stream, entries=lines)
    return {(term.rule, term.scope, term.started_by): term for term in found}


def changes(
    before: Mapping[Term, FoldedTerm],
    after: Mapping[Term, FoldedTerm],
    *,
    all_terms: bool = False,
) -> list[Change]:
    """How the terms differ; with `all_terms` also the open ones that do not."""
    found = []
    for key in sorted(before.keys() | after.keys(), key=lambda key: (key[2], key[0])):
        old, new = before.get(key), after.get(key)
        kind = _kind(old, new)
        is_open = bool(old and old.status in (RUNNING, PAUSED))
        if kind or (all_terms and is_open):
            found.append(Change(kind, *key, old, new))
    return found


def _kind(old: FoldedTerm | None, new: FoldedTerm | None) -> str:
    """What happens to a term; empty when nothing does."""
    if new is None:
        return ENDS
    if old is None:
        return STARTS
    if old.status != new.status:
        by_status = {PAUSED: STANDS, RUNNING: GOES_ON if old.status == PAUSED else STARTS}
        return by_status.get(new.status, ENDS)
    one, other = old.reckoning, new.reckoning
    same = (one.due_on, one.days_left) == (other.due_on, other.days_left)
    return "" if same else MOVES

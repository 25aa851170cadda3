"""What a verb would do if it were signed now: its events, and the terms they move."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import uuid4

from django.db.models import Q

from deadlines.actions import folded, what_if
from deadlines.fold import PAUSED, RUNNING, Event, FoldedTerm
from documents.shape import EARLIEST, LATEST
from enforcement.actions.course import DEEMED
from enforcement.lifecycle.measures import LIVE
from enforcement.models import Case, Deferral, Presentation, Proceeding, Suspension
from enforcement.verdict import returns_under

#: The lines of the verbs of intake, then those of the path that say no more than their ground.
OF_INTAKE: Final = {
    "return_defective": "returned_defective",
    "refuse_late": "refused_late",
    "send_on": "sent_on",
    "record_already_received": "already_received_recorded",
}
LINES: Final = {
    "terminate": "terminated",
    "transfer": "transferred",
    "send_to_liquidation": "sent_to_liquidation",
    "suspend": "suspended",
    "inventory": "inventoried",
    "foreclose": "foreclosed",
}
#: Those of the verbs on a measure or a postponement that terms hang on.
DECIDED: Final = {"replace": "measure_replaced", "approve": "approved"}
STARTS, ENDS, STANDS, GOES_ON, MOVES = "starts", "ends", "stands", "goes_on", "moves"


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


def events(verb: str, subject: Any, given: Mapping[str, str], *, on: date) -> list[Event]:
    """The lines the verb would write, without numbers; first those that time wrote by then."""
    if isinstance(subject, Presentation):
        return _of_presentation(verb, subject, on)
    if isinstance(subject, Proceeding):
        found = _of_proceeding(verb, subject, given, on)
    else:
        kind = DECIDED.get(verb, "")
        found = [Event(0, kind, on, f"{subject.MACHINE}:{subject.pk}")] if kind else []
    return [*_lapsed(subject.case, on), *found] if found else []


def _lapsed(case: Case, on: date) -> list[Event]:
    """The ends of the suspensions and deferrals that came to their day by `on`, unseen yet."""
    own = Q(proceeding__case=case)
    stood = Suspension.objects.filter(own, until=None, ends_on__lte=on).order_by("ends_on", "id")
    over = Deferral.objects.filter(own, ended_on=None, until__lt=on).order_by("until", "id")
    ends = [(each.ends_on, "ground_ended", each, {"ground": each.ground}) for each in stood]
    ends += [(each.until, "deferral_ended", each, {}) for each in over]
    own_of = f"{Proceeding.MACHINE}:{{}}".format
    return [Event(0, kind, day, own_of(of.proceeding_id), body) for day, kind, of, body in ends]


def _of_presentation(verb: str, subject: Presentation, on: date) -> list[Event]:
    own = f"{subject.MACHINE}:{subject.pk}"
    if verb in OF_INTAKE:
        return [Event(0, OF_INTAKE[verb], on, own)]
    if verb != "initiate":
        return []
    verdict = subject.verdict
    body = {
        "completion_months": verdict.get("completion_months"),
        "voluntary": verdict.get("voluntary_term"),
    }
    debtors = subject.participants.filter(role="debtor").count()
    opened = [Event(0, "initiated", on, f"proceeding:{uuid4()}", body) for _n in range(debtors)]
    return [Event(0, "admitted", on, own), *opened]


def _of_proceeding(
    verb: str, subject: Proceeding, given: Mapping[str, str], on: date
) -> list[Event]:
    own = f"{subject.MACHINE}:{subject.pk}"
    line = given.get("line", "")
    if verb == "correct":
        return (
            [Event(0, "corrected", on, own, corrects=int(line[:9]))]
            if line.isascii() and line.isdigit()
            else []
        )
    told = BODIES.get(verb)
    kind, body = told(subject, given, on) if told else (LINES.get(verb, ""), {})
    ground = {"ground": given["ground"]} if given.get("ground") else {}
    found = [Event(0, kind, on, own, {**ground, **body})] if kind else []
    if verb == "suspend" and (until := _typed(given.get("until", ""))) and on < until:
        found.append(Event(0, "suspension_lapsed", until, own, ground))
    return found


def _typed(text: str) -> date | None:
    """A day as typed; None where it is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


#: The kind of a line, empty where none would be written, and what terms read of its body.
Line = tuple[str, dict[str, Any]]


def _resumed(subject: Proceeding, given: Mapping[str, str], on: date) -> Line:
    several = subject.suspensions.filter(until=None).count() > 1
    return "ground_ended" if several else "resumed", {}


def _delivered(subject: Proceeding, given: Mapping[str, str], on: date) -> Line:
    reached = given.get("outcome", "delivered") in DEEMED
    day = _typed(given.get("delivered_on", ""))
    since = {"since": day.isoformat()} if day else {}
    return "offer_delivered" if reached else "", {"voluntary": True, **since}


def _prolonged(subject: Proceeding, given: Mapping[str, str], on: date) -> Line:
    initiated_on = subject.initiated_on.isoformat()
    return "four_months_set", {"completion_months": 4, "initiated_on": initiated_on}


def _returned(subject: Proceeding, given: Mapping[str, str], on: date) -> Line:
    named = returns_under(subject.presentation.verdict)
    return "returned_to_claimant", {"presentation_term": named}


def _deferred(subject: Proceeding, given: Mapping[str, str], on: date) -> Line:
    """From the day of the ruling; from the day of the record until that is told."""
    since = _typed(given.get("ruled_on", "")) or on
    return "court_deferred" if since <= on else "", {"since": since.isoformat()}


def _deferral_ended(subject: Proceeding, given: Mapping[str, str], on: date) -> Line:
    holds = subject.deferrals.filter(ended_on=None, until__gte=on).exists()
    return "deferral_ended" if holds else "", {}


#: The line of each verb whose line says more than its ground.
BODIES: Final = {
    "secure": lambda subject, given, on: ("secured", {"act": "secure"}),
    "resume": _resumed,
    "deliver_offer": _delivered,
    "set_four_months": _prolonged,
    "return_to_claimant": _returned,
    "record_deferral": _deferred,
    "end_deferral": _deferral_ended,
}


def changes(case: Case, supposed: Iterable[Event], *, all_terms: bool = False) -> list[Change]:
    """How the terms of the case would differ; with `all_terms` also the open ones that do not."""
    before = {_key(term): term for term in folded(case.stream)}
    after = {_key(term): term for term in what_if(case.stream, supposed)}
    found = []
    for key in sorted(before.keys() | after.keys(), key=lambda key: (key[2], key[0])):
        old, new = before.get(key), after.get(key)
        kind = _kind(old, new)
        is_open = bool(old and old.status in (RUNNING, PAUSED))
        if kind or (all_terms and is_open):
            found.append(Change(kind, *key, old, new))
    return found


def _key(term: FoldedTerm) -> tuple[str, str, int]:
    return term.rule, term.scope, term.started_by


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


def lifted(subject: Any) -> list[Any]:
    """The live measures a verb would lift with the proceeding."""
    return list(subject.measures.filter(state__in=LIVE).order_by("requested_on", "id"))

"""Mistakes are mended in the open: the wrong line stays, the right one says what it corrects.

Who may: the author, of his own slip of the same day before its paper left; the senior bailiff;
a court or a prosecutor, whose act is then the evidence and is named by its number and day (Q25).
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import F

from accounts.models import HEAD, SENIOR_BAILIFF, User
from accounts.queries import roles_in
from enforcement.actions import coercion, measures
from enforcement.lifecycle.course import INITIATED, OPEN, RETURNED, SUSPENDED
from enforcement.models import (
    Cost,
    Deferral,
    Dispatch,
    Measure,
    Proceeding,
    Recovery,
    Reimbursement,
    Reversal,
)
from enforcement.queries.verbs import presented_again, whole
from enforcement.steps import LAPSED, LONGEST, Act, bounded, keep, refuse_unproven, step
from enforcement.verdict import ALREADY_RECEIVED
from journal.models import Entry
from law.refusal import Fact, FieldError, Kind, Refusal

OWN: Final = "own"
SENIOR: Final = "senior"
COURT: Final = "court"
PROSECUTOR: Final = "prosecutor"
#: Whose act it is that annuls, and is named.
DECIDING: Final = (COURT, PROSECUTOR)
AUTHORITIES: Final = (OWN, SENIOR, *DECIDING)
#: Lines that change the state: only the last of them can be annulled, so that states stay true.
STATEFUL: Final = frozenset(
    {
        *("suspended", "resumed", LAPSED),
        *("terminated", "returned_to_claimant", "sent_to_liquidation"),
    }
)
#: Lines that change dates or money only: any of them can be annulled.
PLAIN: Final = frozenset(
    {
        *("offer_delivered", "offer_attempted", "four_months_set", "recovered"),
        *("securing_claimed", "inventoried", "inventory_skipped", "foreclosed"),
        *("partly_performed", "performed", "cost_recorded", "cost_reimbursed"),
    }
)
#: One of several grounds ended: annulled while the others hold, it holds again.
GROUND_ENDED: Final = "ground_ended"
#: A court's deferral and its end: the last of them that somebody wrote.
DEFERRING: Final = frozenset({"court_deferred", "deferral_ended"})
#: Lines that wrote a sum, and what it is to its reversal.
SUMS: Final[dict[str, tuple[str, Any]]] = {
    "recovered": ("recovery", Recovery),
    "cost_recorded": ("cost", Cost),
    "cost_reimbursed": ("reimbursement", Reimbursement),
}
#: What ends a case for good is annulled by a court or a prosecutor alone.
FINAL: Final = frozenset({"terminated", "returned_to_claimant", "sent_to_liquidation"})


@transaction.atomic
def correct(
    proceeding: Proceeding,
    *,
    line: int,
    authority: str,
    reason: str,
    act_number: str = "",
    act_on: date | None = None,
    on: date,
    by: User,
) -> Entry:
    """Annul the line `line` of the proceeding; what follows is reckoned anew.

    `act_number`, `act_on`: the act of the court or prosecutor, where it is theirs to annul. The
    right step, where there is one, is then taken by its own verb.
    """
    with step(proceeding, "correct", on=on, by=by) as act:
        known = lines(act.subject, act.lines)
        if line not in known:
            fact = Fact("line", str(line), ", ".join(map(str, known)) or "-")
            raise Refusal("not_correctable", kind=Kind.STATE, facts=(fact,))
        wrong = act.lines[line - 1]
        refuse_unproven("reason", reason)
        _authorised(act, wrong, authority)
        act_number = bounded("act_number", act_number, LONGEST)
        if authority in DECIDING:
            _refuse_unnamed(act, wrong, act_number, act_on)
        entry = act.record(
            "corrected", to=_state_before(act.subject, wrong), corrects=wrong.seq, by=authority
        )
        _undo(act, wrong, entry)
        named = {"act_number": act_number, "act_on": act_on.isoformat() if act_on else ""}
        keep(entry, {"reason": reason, **named})
        return entry


def lines(proceeding: Proceeding, told: Iterable[Entry] | None = None) -> list[int]:
    """The lines of the proceeding that can be annulled now.

    `told`: the lines of its case in order, where they were read before.
    """
    if told is None:
        told = proceeding.case.stream.entries.filter(subject=proceeding.pk)
    held = proceeding.suspensions.filter(until=None).values_list("ground", flat=True)
    return open_lines(proceeding, told, again=_presented_again(proceeding), held=held)


def open_lines(
    proceeding: Proceeding, told: Iterable[Entry], *, again: bool, held: Collection[str]
) -> list[int]:
    """Which of these lines can be annulled now.

    `again`: the document was presented anew; `held`: the grounds that hold the proceeding.
    """
    own = sorted((e for e in told if e.subject == proceeding.pk), key=lambda e: e.seq)
    gone = {entry.corrects for entry in own if entry.corrects}
    left = [entry for entry in own if entry.seq not in gone]
    stateful = [] if again else [e.seq for e in left if e.kind in STATEFUL][-1:]
    # Closed things do not move: what only dates or counts is annulled while the proceeding runs.
    if proceeding.state not in OPEN:
        return stateful
    deferring = [e.seq for e in left if e.kind in DEFERRING and e.by_id][-1:]
    # What was paid back is annulled before the cost it was paid for.
    paid = {e.facts["cost"] for e in left if e.kind == "cost_reimbursed"}
    plain = [e for e in left if e.kind in PLAIN]
    free = [e.seq for e in plain if e.kind != "cost_recorded" or e.facts["cost"] not in paid]
    return sorted([*free, *_grounds_ended(proceeding, left, held), *deferring, *stateful])


def _grounds_ended(
    proceeding: Proceeding, left: Iterable[Entry], held: Collection[str]
) -> list[int]:
    """The ends of grounds that can hold again: others do, the same does not."""
    if proceeding.state != SUSPENDED:
        return []
    return [e.seq for e in left if e.kind == GROUND_ENDED and e.facts["ground"] not in held]


def _presented_again(proceeding: Proceeding) -> bool:
    """Whether the document came back after its return: it then lives on there, and only there."""
    if proceeding.state != RETURNED:
        return False
    later = proceeding.case.presentations.filter(ordinal__gt=proceeding.presentation.ordinal)
    here = later.exclude(verdict__verdict=ALREADY_RECEIVED).exists()
    return here or Proceeding.objects.filter(presented_again(), pk=proceeding.pk).exists()


def _authorised(act: Act[Proceeding], wrong: Entry, authority: str) -> None:
    roles = roles_in(act.by, act.case.office_id, on=act.on)
    if authority == OWN:
        own = wrong.by_id == act.by.pk and wrong.on == act.on
        left = wrong.messages.exclude(sent_at=None).exists()
        left = left or Dispatch.objects.filter(paper__entry=wrong).exists()
        allowed = own and not left and wrong.kind not in FINAL
    elif authority == SENIOR:
        allowed = bool(roles & {SENIOR_BAILIFF, HEAD}) and wrong.kind not in FINAL
    else:
        allowed = authority in DECIDING
    if not allowed:
        needed = ", ".join(DECIDING if wrong.kind in FINAL else AUTHORITIES)
        fact = Fact("authority", authority, needed)
        raise Refusal("wrong_authority", kind=Kind.NOT_YOURS, facts=(fact,))


def _refuse_unnamed(
    act: Act[Proceeding], wrong: Entry, number: str, decided_on: date | None
) -> None:
    """422 unless the act is named, and is of a day between the wrong line and its annulment."""
    if decided_on is None or not number.strip():
        lacking = ["act_number"] * (not number.strip()) + ["act_on"] * (decided_on is None)
        errors = tuple(FieldError(name, "required") for name in lacking)
        raise Refusal("evidence_missing", errors=errors)
    earliest = _began(act, wrong)
    if not earliest <= decided_on <= act.on:
        needed = f">= {earliest}" if decided_on < earliest else f"<= {act.on}"
        fact = Fact("act_on", decided_on.isoformat(), needed)
        error = FieldError("act_on", "out_of_range")
        raise Refusal("wrong_period", facts=(fact,), errors=(error,))


def _began(act: Act[Proceeding], wrong: Entry) -> date:
    """The first day of what the line tells: a ruling's own day, a suspension that time ended."""
    if wrong.by_id is None:
        return act.subject.initiated_on
    return date.fromisoformat(wrong.facts.get("since") or wrong.on.isoformat())


def _state_before(proceeding: Proceeding, wrong: Entry) -> str:
    """The state the proceeding comes back to when `wrong` is annulled."""
    if wrong.kind not in STATEFUL:
        return proceeding.state
    others = proceeding.suspensions.filter(until=None)
    if wrong.kind == "suspended":
        held = others.exclude(ground=wrong.facts["ground"])
        return SUSPENDED if held.exists() else INITIATED
    if wrong.kind in ("resumed", LAPSED):
        return SUSPENDED
    stood = proceeding.suspensions.filter(until=wrong.on, ended_by=wrong.seq)
    return SUSPENDED if stood.exists() else INITIATED


def _undo(act: Act[Proceeding], wrong: Entry, entry: Entry) -> None:
    """Take back what the wrong line did beside the state and the terms."""
    if wrong.kind in SUMS:
        name, model = SUMS[wrong.kind]
        Reversal.objects.create(entry=entry, **{name: model.objects.get(entry=wrong)})
    elif wrong.kind == "court_deferred":
        Deferral.objects.filter(entry=wrong).update(ended_on=F("since"), ended_by=entry.seq)
    elif wrong.kind == "deferral_ended":
        _defer_again(act, wrong)
    elif wrong.kind == "four_months_set":
        act.subject.completion_months = 2
        act.subject.save(update_fields=["completion_months"])
    elif wrong.kind == "inventoried":
        measures.lift_live(act, whole(Measure).filter(pk=wrong.facts["measure"]))
    elif wrong.kind == "foreclosed":
        coercion.take_back(act.subject, wrong, entry)
    else:
        _stand_again(act, wrong, entry)


def _stand_again(act: Act[Proceeding], wrong: Entry, entry: Entry) -> None:
    """Let the grounds hold as they did before the wrong line, and an ended proceeding be open."""
    suspensions = act.subject.suspensions
    if wrong.kind == "suspended":
        suspensions.filter(ground=wrong.facts["ground"], until=None).update(
            until=wrong.on, ended_by=entry.seq
        )
    elif wrong.kind in STATEFUL | {GROUND_ENDED}:
        again = suspensions.filter(ended_by=wrong.seq)
        if wrong.by_id is None:
            # Its day itself was wrong: it now holds until somebody resumes.
            again.update(ends_on=None)
        again.update(until=None, ended_by=None)
    if wrong.kind in FINAL:
        _defer_again(act, wrong)
        act.subject.ended_on = None
        act.subject.save(update_fields=["ended_on"])


def _defer_again(act: Act[Proceeding], wrong: Entry) -> None:
    """The deferral that the wrong line ended holds again."""
    act.subject.deferrals.filter(ended_by=wrong.seq).update(ended_on=None, ended_by=None)

"""Mistakes are mended in the open: the wrong line stays, the right one says what it corrects.

Who may: the author, of his own slip of the same day before its paper left; the senior bailiff;
a court or a prosecutor, whose act is then the evidence (Q25).
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db import transaction

from accounts.models import HEAD, SENIOR_BAILIFF, User
from accounts.queries import roles_in
from enforcement.lifecycle.course import INITIATED, OPEN, RETURNED, SUSPENDED
from enforcement.lifecycle.intake import ALREADY_RECEIVED
from enforcement.models import Dispatch, Evidence, Proceeding, Recovery, Reversal
from enforcement.steps import Act, step
from journal.models import Entry
from law.refusal import Fact, FieldError, Refusal

OWN: Final = "own"
SENIOR: Final = "senior"
COURT: Final = "court"
PROSECUTOR: Final = "prosecutor"
AUTHORITIES: Final = (OWN, SENIOR, COURT, PROSECUTOR)
#: Lines that change the state: only the last of them can be annulled, so that states stay true.
STATEFUL: Final = frozenset(
    {"suspended", "resumed", "terminated", "returned_to_claimant", "sent_to_liquidation"}
)
#: Lines that change dates or money only: any of them can be annulled.
PLAIN: Final = frozenset({"offer_delivered", "offer_attempted", "four_months_set", "recovered"})
#: One of several grounds ended: annulled while the others hold, it holds again.
GROUND_ENDED: Final = "ground_ended"
#: What ends a case for good is annulled by a court or a prosecutor alone.
FINAL: Final = frozenset({"terminated", "returned_to_claimant", "sent_to_liquidation"})


@transaction.atomic
def correct(
    proceeding: Proceeding, *, line: int, authority: str, reason: str, on: date, by: User
) -> Entry:
    """Annul the line `line` of the proceeding; what follows is reckoned anew.

    The right step, where there is one, is then taken by its own verb.
    """
    with step(proceeding, "correct", on=on, by=by) as act:
        known = lines(act.subject, act.lines)
        if line not in known:
            fact = Fact("line", str(line), ", ".join(map(str, known)) or "-")
            raise Refusal("not_correctable", status=409, facts=(fact,))
        wrong = act.lines[line - 1]
        if not reason.strip():
            raise Refusal("evidence_missing", errors=(FieldError("reason", "required"),))
        _authorised(act, wrong, authority)
        entry = act.record(
            "corrected", to=_state_before(act.subject, wrong), corrects=wrong.seq, by=authority
        )
        _undo(act, wrong, entry)
        Evidence.objects.create(entry=entry, key="reason", text=reason.strip()[:1000])
        return entry


def lines(proceeding: Proceeding, told: Iterable[Entry] | None = None) -> list[int]:
    """The lines of the proceeding that can be annulled now.

    `told`: the lines of its case in order, where they were read before.
    """
    if told is None:
        told = proceeding.case.stream.entries.filter(subject=proceeding.pk).order_by("seq")
    entries = [entry for entry in told if entry.subject == proceeding.pk]
    gone = {entry.corrects for entry in entries if entry.corrects}
    left = [entry for entry in entries if entry.seq not in gone]
    stateful = [entry.seq for entry in left if entry.kind in STATEFUL]
    # Closed things do not move: what only dates or counts is annulled while the proceeding runs.
    plain = [entry.seq for entry in left if _is_plain(entry, proceeding)]
    return sorted(plain + ([] if _presented_again(proceeding) else stateful[-1:]))


def _is_plain(entry: Entry, proceeding: Proceeding) -> bool:
    if entry.kind == GROUND_ENDED:
        again = proceeding.suspensions.filter(ground=entry.facts["ground"], until=None)
        return proceeding.state == SUSPENDED and not again.exists()
    return entry.kind in PLAIN and proceeding.state in OPEN


def _presented_again(proceeding: Proceeding) -> bool:
    """Whether the document came back after its return: it then lives on there, and only there."""
    since = proceeding.presentation.ordinal
    later = proceeding.case.presentations.filter(ordinal__gt=since)
    return proceeding.state == RETURNED and later.exclude(state=ALREADY_RECEIVED).exists()


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
        allowed = authority in (COURT, PROSECUTOR)
    if not allowed:
        needed = ", ".join((COURT, PROSECUTOR) if wrong.kind in FINAL else AUTHORITIES)
        fact = Fact("authority", authority, needed)
        raise Refusal("wrong_authority", status=403, facts=(fact,))


def _state_before(proceeding: Proceeding, wrong: Entry) -> str:
    """The state the proceeding comes back to when `wrong` is annulled."""
    if wrong.kind not in STATEFUL:
        return proceeding.state
    others = proceeding.suspensions.filter(until=None)
    if wrong.kind == "suspended":
        held = others.exclude(ground=wrong.facts["ground"])
        return SUSPENDED if held.exists() else INITIATED
    if wrong.kind == "resumed":
        return SUSPENDED
    stood = proceeding.suspensions.filter(until=wrong.on, ended_by=wrong.seq)
    return SUSPENDED if stood.exists() else INITIATED


def _undo(act: Act[Proceeding], wrong: Entry, entry: Entry) -> None:
    """Take back what the wrong line did beside the state and the terms."""
    suspensions = act.subject.suspensions
    if wrong.kind == "suspended":
        suspensions.filter(ground=wrong.facts["ground"], until=None).update(
            until=wrong.on, ended_by=entry.seq
        )
    elif wrong.kind == GROUND_ENDED:
        suspensions.filter(ended_by=wrong.seq).update(until=None, ended_by=None)
    elif wrong.kind in STATEFUL:
        suspensions.filter(ended_by=wrong.seq).update(until=None, ended_by=None)
        act.subject.ended_on = None
        act.subject.save(update_fields=["ended_on"])
    elif wrong.kind == "recovered":
        recovery = Recovery.objects.get(entry=wrong)
        Reversal.objects.create(recovery=recovery, entry=entry)
    elif wrong.kind == "four_months_set":
        act.subject.completion_months = 2
        act.subject.save(update_fields=["completion_months"])

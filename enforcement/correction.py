"""Mistakes are mended in the open: the wrong line stays, the right one says what it corrects.

Who may: the author, of his own slip of the same day before its paper left; the senior bailiff;
a court or a prosecutor, whose act is then the evidence and is named by its number and day (Q25).
How a line is annulled stands on the card of the verb that writes it.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Annulled, Guard, Line, Verb, lines
from enforcement.core.evidence import told_apart
from enforcement.core.facts import Facts
from enforcement.core.fields import Choice, Day, Option, Text, Thing, wrong_period
from enforcement.core.roles import BAILIFFS, SENIORS
from enforcement.core.striking import DECIDING_ACT, take_back
from enforcement.core.verb import verb
from enforcement.core.words import reading
from enforcement.lifecycle.proceeding import INITIATED, OPEN, RETURNED, TRANSFERRED
from enforcement.measures import lifting
from enforcement.models import Dispatch, Letter, Presentation, Proceeding, Submission
from journal.models import Entry
from law.refusal import Fact, Kind, Refusal

OWN: Final = "own"
SENIOR: Final = "senior"
#: Whose act it is that annuls, and is named.
DECIDING: Final = ("court", "prosecutor")
AUTHORITIES: Final = (OWN, SENIOR, *DECIDING)
#: Whose lines are annulled apart from the proceedings: of the document, of what was handed in, of
#: what was asked of others.
RECORDS: Final = frozenset({Presentation.MACHINE, Submission.MACHINE, Letter.MACHINE})
#: The fields by which the parts of their act are asked.
ACT: Final = {
    "court": "act_court",
    "number": "act_number",
    "on": "act_on",
    "in_force_on": "act_in_force_on",
}


def annullable(now: Facts) -> list[int]:
    """The lines of the proceeding, and of who takes part in it, that can be annulled now.

    Of those that changed the state only the last, so that states stay true, and none once the
    document was presented anew. Closed things do not move: what only dates or counts is annulled
    while the proceeding runs, money that came after its end also then.
    """
    own = sorted((e for e in now.lines if str(e.subject) == now.running.id), key=lambda e: e.seq)
    arrival = [e for e in now.lines if str(e.subject) == str(now.thing.presentation_id)]
    gone = {entry.corrects for entry in own if entry.corrects}
    left = [entry for entry in own if entry.seq not in gone]
    beside = [entry for entry in arrival if entry.seq not in {e.corrects for e in now.lines}]
    known = {event: line for event, line in lines().items() if line[1].annulled}
    of_state = [e for e in left if _when(known, e) is Annulled.LAST_OF_STATE]
    state = now.running.state
    fixed = state == TRANSFERRED or (state == RETURNED and now.running.again)
    last = [] if fixed else [e.seq for e in of_state][-1:]
    if state not in OPEN:
        return sorted({*last, *_any(known, left, now, since=_ended(own, state))})
    any_day = _any(known, [*beside, *left], now)
    return sorted({*last, *_last_of_chapters(known, left), *any_day})


Known = dict[str, tuple[Verb, Line]]


def _when(known: Known, entry: Entry) -> Annulled:
    return known[entry.kind][1].annulled if entry.kind in known else Annulled.NEVER


def _last_of_chapters(known: Known, left: list[Entry]) -> list[int]:
    """In each chapter the last of such lines that a person wrote."""
    found = {}
    for entry in left:
        if entry.by_id and _when(known, entry) is Annulled.LAST_OF_CHAPTER:
            found[known[entry.kind][0].body.__module__] = entry.seq
    return list(found.values())


def _ended(own: list[Entry], state: str) -> int:
    """The line since which the proceeding is in the state in which it ended."""
    since = 0
    for entry in own:
        since = 0 if entry.state_after != state else since or entry.seq
    return since


def _any(known: Known, left: list[Entry], now: Facts, *, since: int = 0) -> Iterator[int]:
    """What dates or counts; `since`: only the money written down after this line of an end."""
    free = (Annulled.COUNTING,) if since else (Annulled.ANY, Annulled.COUNTING)
    for entry in left:
        if entry.seq > since and _when(known, entry) in free:
            stays = known[entry.kind][1].stays
            if stays is None or not stays(now, entry, left):
                yield entry.seq


def records(now: Facts) -> list[int]:
    """The lines of what was handed in, answered, said, shown or assigned that can be annulled now,
    whatever became of the proceedings."""
    gone = {entry.corrects for entry in now.lines}
    own = [each for each in now.lines if each.machine in RECORDS and each.seq not in gone]
    return list(_any(lines(), own, now))


Free = Callable[[Facts], list[int]]


def _none_of(free: Free) -> Guard:
    """Closes the verb where there is no such line."""

    def guard(now: Facts) -> Refusal | None:
        if free(now):
            return None
        fact = Fact("line", "-", "-")
        return Refusal("not_correctable", kind=Kind.STATE, facts=(fact,), says="no_line_to_annul")

    return guard


def _line_of(free: Free) -> Thing:
    """Such a line, as the journal tells it, the newest first."""

    def among(now: Facts, option: Option | None) -> Iterator[tuple[Entry, str]]:
        known = set(free(now))
        for line in sorted(now.lines, key=lambda line: -line.seq):
            if line.seq in known:
                day = date_format(line.on, "SHORT_DATE_FORMAT")
                yield line, f"№ {line.seq} · {day} · {now.law.past(line.kind).in_(reading())}"

    return Thing(
        "line",
        label=_("Line of the journal"),
        among=among,
        key=lambda line: str(line.seq),
        taken=lambda line: int(line.seq),
    )


def _becomes(now: Facts, asked: Mapping[str, Any]) -> str:
    """With the line of its beginning the proceeding itself is annulled."""
    wrong = next((line for line in now.lines if line.seq == asked.get("line")), None)
    born = wrong is not None and wrong.kind in lines() and lines()[wrong.kind][1].born
    return "annul" if born and now.running.state == INITIATED else correct.name


#: By whose authority, and the act of the court or prosecutor where it is theirs to annul.
BY_WHOM: Final = (
    Choice(
        "authority",
        label=_("By whose authority"),
        among="authorities",
        judged=True,
        sample=lambda now, given: DECIDING[0],
    ),
    Text("reason", label=_("Reason")),
    Text(
        "act_number",
        label=_("Act of the court or prosecutor: number"),
        hint=_("Needed where a court or a prosecutor annuls the line; so is its day."),
        required=False,
        sample=lambda now, given: "…",
    ),
    Day(
        "act_on",
        label=_("Day of that act"),
        required=False,
        sample=lambda now, given: now.on,
    ),
    Text("act_court", label=_("Court or body that gave it"), required=False, longest=300),
    Day("act_in_force_on", label=_("Day on which it came into force"), required=False),
)


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="pen",
    asks=(_line_of(annullable), *BY_WHOM),
    writes=(Line("corrected"), Line("initiation_annulled"), Line("admission_annulled")),
    becomes=_becomes,
    also=("annul", "annul_admission"),
    issues=(lifting.PAPER,),
    unless=_none_of(annullable),
)
def correct(
    act: Act[Proceeding],
    *,
    line: int,
    authority: str,
    reason: str,
    act_number: str = "",
    act_on: date | None = None,
    act_court: str = "",
    act_in_force_on: date | None = None,
) -> Entry:
    """Annul the line `line` of the proceeding; what follows is reckoned anew.

    `act_number` and the rest: the act of the court or prosecutor, where it is theirs to annul. The
    right step, where there is one, is then taken by its own verb.
    """
    wrong = _meant(act, line, annullable)
    told = lines()[wrong.kind][1]
    named = {"court": act_court, "number": act_number, "on": act_on, "in_force_on": act_in_force_on}
    proof = _authorised(act, wrong, authority, named)
    to = told.back(act, wrong) if told.back else act.subject.state
    event, void = ("initiation_annulled", {"void": True}) if told.born else ("corrected", {})
    entry = act.record(event, to=to, corrects=wrong.seq, by=authority, **void)
    if told.undo:
        told.undo(act, wrong, entry)
    keep_evidence(entry, {"reason": reason, DECIDING_ACT: proof})
    return entry


@verb(
    on=Presentation,
    by=BAILIFFS,
    icon="pen",
    asks=(_line_of(records), *BY_WHOM),
    writes=(
        *(Line("record_corrected"), Line("submission_reopened"), Line("submission_voided")),
        Line("letter_reopened"),
    ),
    also=("reopen_submission", "void_submission", "reopen_letter"),
    unless=_none_of(records),
)
def correct_record(
    act: Act[Presentation],
    *,
    line: int,
    authority: str,
    reason: str,
    act_number: str = "",
    act_on: date | None = None,
    act_court: str = "",
    act_in_force_on: date | None = None,
) -> Entry:
    """Annul the line `line` of what was handed in, asked, answered, said, shown or assigned: it
    stays and is marked (Q25). Without its answer a submission or letter waits again, without its
    beginning a submission is none."""
    wrong = _meant(act, line, records)
    named = {"court": act_court, "number": act_number, "on": act_on, "in_force_on": act_in_force_on}
    proof = _authorised(act, wrong, authority, named)
    entry = take_back(act, wrong, by=authority)
    keep_evidence(entry, {"reason": reason, DECIDING_ACT: proof})
    return entry


def _meant(act: Act[Any], line: int, free: Free) -> Entry:
    """The line that is meant; 409 where it cannot be annulled now."""
    known = free(act.now)
    if line not in known:
        fact = Fact("line", str(line), ", ".join(map(str, known)) or "-")
        raise Refusal("not_correctable", kind=Kind.STATE, facts=(fact,))
    return act.lines[line - 1]


def _authorised(
    act: Act[Any], wrong: Entry, authority: str, named: Mapping[str, Any]
) -> Mapping[str, str]:
    """The act by which the line is annulled, as it is kept; a Refusal of who may not."""
    _refuse_unauthorised(act, wrong, authority, final=lines()[wrong.kind][1].final)
    if authority in DECIDING:
        _refuse_early(act, wrong, named["on"])
        return told_apart(act.law, DECIDING_ACT, named, ACT, on=act.on)
    return {part: str(value) for part, value in named.items() if value}


def _refuse_unauthorised(act: Act[Any], wrong: Entry, authority: str, *, final: bool) -> None:
    if authority == OWN:
        own = wrong.by_id == act.by.pk and wrong.on == act.on
        left = wrong.messages.exclude(sent_at=None).exists()
        again = [line.pk for line in act.lines if line.facts.get("act") == wrong.seq]
        left = left or Dispatch.objects.filter(paper__entry__in=[wrong.pk, *again]).exists()
        allowed = own and not left and not final
    elif authority == SENIOR:
        allowed = bool(SENIORS & set(act.now.roles)) and not final
    else:
        allowed = authority in DECIDING
    if not allowed:
        needed = ", ".join(DECIDING if final else AUTHORITIES)
        fact = Fact("authority", authority, needed)
        raise Refusal("wrong_authority", kind=Kind.NOT_YOURS, facts=(fact,))


def _refuse_early(act: Act[Any], wrong: Entry, decided_on: date | None) -> None:
    """422 where the act is not of a day between the wrong line and its annulment."""
    earliest = _began(act, wrong)
    if decided_on and not earliest <= decided_on <= act.on:
        needed = f">= {earliest}" if decided_on < earliest else f"<= {act.on}"
        raise wrong_period("act_on", decided_on, needed)


def _began(act: Act[Any], wrong: Entry) -> date:
    """The first day of what the line tells: a ruling's own day, a suspension that time ended."""
    if wrong.by_id is None:
        began: date = act.subject.initiated_on
        return began
    return date.fromisoformat(wrong.facts.get("since") or wrong.on.isoformat())

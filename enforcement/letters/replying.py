"""What becomes of a letter: received, answered, not met, withdrawn."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from documents.models import Attachment
from enforcement.core import papers
from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Annulled, Line
from enforcement.core.facts import Facts
from enforcement.core.fields import Choice, Day, Option, Text, Thing
from enforcement.core.parsing import BLANK
from enforcement.core.roles import BAILIFFS
from enforcement.core.verb import verb
from enforcement.facts.letters import due_of
from enforcement.letters import addressees
from enforcement.lifecycle.letter import AWAITED, UNMET
from enforcement.models import Letter
from journal.models import Entry
from law.letters import LetterKind
from law.model import Words
from law.refusal import Fact, FieldError, Kind, Refusal

#: Nothing came, nobody came: what rests on a day, and blames whom the letter reached.
MISSED: Final = frozenset({"silent", "no_show"})


def _kind(now: Facts) -> LetterKind:
    return now.law.letters[now.thing.kind]


def _received(now: Facts) -> Refusal | None:
    """It arrived once."""
    if now.thing.received_on is None:
        return None
    fact = Fact("on", now.thing.received_on.isoformat(), "-")
    return Refusal("received_already", kind=Kind.STATE, facts=(fact,))


# --- What was written by mistake ------------------------------------------------------------------


def _rested_on(now: Facts, line: Entry, left: Sequence[Entry]) -> bool:
    """Only the last line of a letter is annulled, and none that a protocol follows."""
    later = (e for e in left if e.subject == line.subject and e.corrects is None)
    gone = {each.subject for each in left if each.kind == "letter_withdrawn"}
    drawn = {e.subject for e in left if e.facts.get("after") == str(line.subject)}
    return any(each.seq > line.seq for each in later) or bool(drawn - gone)


def _unreceived(act: Act[Letter], wrong: Entry) -> str:
    """It did not reach the addressee yet; a day the bailiff named himself stays."""
    letter = act.subject
    letter.received_on = None
    if not act.law.letters[letter.kind].dated:
        letter.answer_by = None
    return AWAITED


def _unanswered(act: Act[Letter], wrong: Entry) -> str:
    """Without what came of it the letter waits, or is unmet, as before."""
    letter, gone = act.subject, {line.corrects for line in act.lines}
    before = [e for e in act.lines if e.subject == letter.pk and e.seq < wrong.seq]
    unmet = [e for e in before if e.kind == "letter_unmet" and e.seq not in gone]
    letter.replied_on = letter.decided_on = letter.file = None
    letter.outcome, letter.number = unmet[-1].facts["outcome"] if unmet else "", ""
    return UNMET if unmet else AWAITED


def _mended(event: str, back: Callable[[Any, Entry], str]) -> Line:
    """A line of a letter that is annulled on its own."""
    return Line(event, Annulled.ANY, back=back, stays=_rested_on, looked_over=False)


def _since_sent(now: Facts, given: Mapping[str, Any]) -> date:
    day: date = now.thing.sent_on
    return day


def _today(now: Facts, given: Mapping[str, Any]) -> date:
    return now.on


@verb(
    on=Letter,
    by=BAILIFFS,
    icon="check",
    asks=(
        Choice("channel", label=_("Channel"), among="channels_of_delivery"),
        Text("proof", label=_("What proves it")),
        Day(
            "delivered_on",
            label=_("On which day it reached the addressee"),
            hint=_("Empty: the date of the act."),
            required=False,
            least=_since_sent,
            most=_today,
            rule="reply",
        ),
    ),
    writes=(_mended("letter_received", _unreceived),),
    unless=_received,
    own_day="delivered_on",
)
def record_receipt(
    act: Act[Letter], *, channel: str, proof: str, delivered_on: date | None = None
) -> Entry:
    """Record that a letter reached its addressee; the term of the reply runs from that day.

    TERM-INFO-3D, BAIL-PWR-06, BAIL-BIND-01. What is answered at once is due that same day.
    """
    letter, day = act.subject, delivered_on or act.on
    letter.received_on = day
    if _kind(act.now).term and letter.pace == "at_once":
        letter.answer_by = day
    told: dict[str, Any] = {
        "letter": letter.kind,
        "pace": letter.pace,
        "channel": channel,
        "since": str(day),
    }
    entry = act.record("letter_received", **told)
    keep_evidence(entry, {"proof": proof})
    return entry


# --- The reply ------------------------------------------------------------------------------------


def _replies(now: Facts, option: Option | None) -> dict[str, Words]:
    return {key: now.law.word("replies", key) for key in _kind(now).replies}


def _failures(now: Facts, option: Option | None) -> dict[str, Words]:
    return {key: now.law.word("replies", key) for key in _kind(now).failures}


def _decided(now: Facts, option: Option | None) -> bool:
    """Whether what comes back is an act of a court or a body, with its number and day."""
    return not _kind(now).failures


def _files(now: Facts, option: Option | None) -> Iterator[tuple[Attachment, str]]:
    """What was attached to the document, the newest first."""
    document = now.thing.proceeding.presentation.document_id
    found = Attachment.objects.filter(document=document).select_related("entry")
    for each in found.order_by("-entry__seq"):
        yield each, f"{each.name} · {date_format(each.entry.on, 'SHORT_DATE_FORMAT')}"


def _of_the_document(now: Facts, file: Attachment) -> bool:
    """Whether the file is one of this case's document."""
    return bool(file.document_id == now.thing.proceeding.presentation.document_id)


@verb(
    on=Letter,
    by=BAILIFFS,
    icon="tray",
    asks=(
        Choice("outcome", label=_("What came of it"), among=_replies),
        Text("answer", label=_("What the reply says"), many_lines=True),
        Text(
            "number",
            label=_("Number of the reply or of the act"),
            longest=64,
            required=False,
            must=_decided,
            sample=lambda now, given: BLANK if _decided(now, None) else "",
        ),
        Day(
            "decided_on",
            label=_("Day of the act"),
            required=False,
            when=_decided,
            must=_decided,
            least=_since_sent,
            most=_today,
            rule="reply",
            sample=lambda now, given: now.on if _decided(now, None) else None,
        ),
        Thing(
            "file",
            label=_("File of the reply"),
            hint=_("One of the files attached to the document."),
            among=_files,
            required=False,
            must=lambda now, option: False,
            belongs=_of_the_document,
            sample=lambda now, given: None,
        ),
        Day(
            "replied_on",
            label=_("On which day it came"),
            hint=_("Empty: the date of the act."),
            required=False,
            least=_since_sent,
            most=_today,
            rule="reply",
        ),
    ),
    writes=(_mended("reply_received", _unanswered),),
    issues=("inspection_act",),
    own_day="replied_on",
)
def record_reply(
    act: Act[Letter],
    *,
    outcome: str,
    answer: str,
    number: str = "",
    decided_on: date | None = None,
    file: Attachment | None = None,
    replied_on: date | None = None,
) -> Entry:
    """Record what came back, in time or late, and what it is; what it leads to is offered then.

    TERM-INFO-3D, CLARIFY-01, COURT-DEFER-01, SEARCH-01, BAIL-PWR-07. A fact is never refused.
    """
    letter, kind = act.subject, _kind(act.now)
    if _decided(act.now, None):
        _refuse_no_act(kind, number, decided_on)
    day = replied_on or act.on
    letter.outcome, letter.number, letter.decided_on = outcome, number, decided_on
    letter.replied_on, letter.file = day, file
    if kind.reply_paper:
        act.issue(kind.reply_paper, _act_of(act, letter, kind, answer))
    told: dict[str, Any] = {"letter": letter.kind, "outcome": outcome, "since": str(day)}
    told |= {"file": str(file.pk)} if file else {}
    entry = act.record("reply_received", **told)
    keep_evidence(entry, {"answer": answer})
    return entry


def _refuse_no_act(kind: LetterKind, number: str, decided_on: date | None) -> None:
    """What a court decides has a number and a day."""
    lacking = [name for name, told in (("number", number), ("decided_on", decided_on)) if not told]
    if lacking:
        errors = tuple(FieldError(name, "required") for name in lacking)
        raise Refusal("evidence_missing", rule=kind.rule.id, errors=errors)


def _act_of(act: Act[Letter], letter: Letter, kind: LetterKind, answer: str) -> dict[str, Any]:
    """What the act says that is drawn up with the reply (BAIL-PWR-07)."""
    return {
        **papers.proceeding(act, letter.proceeding),
        "letter": kind.id,
        "recipients": [addressees.of_letter(letter)],
        "details": letter.details,
        "outcome": letter.outcome,
        "replied_on": letter.replied_on and letter.replied_on.isoformat(),
        "found": answer,
    }


# --- No reply -------------------------------------------------------------------------------------


def _nothing_to_miss(now: Facts) -> Refusal | None:
    """What a court or a body decides is waited for: nobody obstructs by deciding."""
    if _kind(now).failures:
        return None
    return Refusal("reply_not_owed", kind=Kind.STATE)


@verb(
    on=Letter,
    by=BAILIFFS,
    icon="alert",
    asks=(
        Choice("outcome", label=_("What happened"), among=_failures),
        Text("proof", label=_("What proves it"), many_lines=True),
    ),
    writes=(_mended("letter_unmet", _unanswered),),
    unless=_nothing_to_miss,
)
def record_breach(act: Act[Letter], *, outcome: str, proof: str) -> Entry:
    """Record that nobody answered in time, came, or let anybody in; a protocol can follow.

    BAIL-OBSTR-01, DUTY-02. Nobody is silent or stays away before the letter reached him and its
    day is over.
    """
    letter = act.subject
    if outcome in MISSED:
        _refuse_unreceived(act)
        _refuse_early(act)
    letter.outcome = outcome
    entry = act.record("letter_unmet", letter=letter.kind, outcome=outcome)
    keep_evidence(entry, {"proof": proof})
    return entry


def _refuse_unreceived(act: Act[Letter]) -> None:
    if act.subject.received_on is None:
        raise Refusal("not_received", kind=Kind.STATE, rule=_kind(act.now).rule.id)


def _refuse_early(act: Act[Letter]) -> None:
    due = due_of(act.subject, act.law)
    if due is None or due >= act.on:
        fact = Fact("until", due.isoformat() if due else "-", f"< {act.on}")
        error = FieldError("outcome", "out_of_range")
        rule = _kind(act.now).rule.id
        raise Refusal("reply_not_due", rule=rule, facts=(fact,), errors=(error,))


@verb(
    on=Letter,
    by=BAILIFFS,
    icon="cross",
    asks=(Text("reason", label=_("Reasons")),),
    writes=(_mended("letter_withdrawn", _unanswered),),
)
def withdraw_letter(act: Act[Letter], *, reason: str) -> Entry:
    """Want no reply any more, saying why (BAIL-BIND-01)."""
    entry = act.record("letter_withdrawn", letter=act.subject.kind)
    keep_evidence(entry, {"reason": reason})
    return entry

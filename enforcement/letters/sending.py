"""Letters go out: requests, demands, summonses, applications to a court, protocols."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from enforcement.core import papers
from enforcement.core.act import Act
from enforcement.core.card import Line
from enforcement.core.details import (
    NOTHING,
    bounded_texts,
    refuse_gaps,
    refuse_unknown_choice,
)
from enforcement.core.facts import Facts
from enforcement.core.fields import (
    ONE,
    Choice,
    Chosen,
    Day,
    Given,
    Option,
    Text,
    Thing,
    wrong_period,
)
from enforcement.core.roles import BAILIFFS
from enforcement.core.several import Several
from enforcement.core.verb import verb
from enforcement.core.words import reading
from enforcement.facts.letters import unfollowed
from enforcement.letters import addressees
from enforcement.letters.addressees import kind_of
from enforcement.lifecycle.letter import AWAITED, UNMET
from enforcement.models import Letter, Proceeding
from enforcement.models.letter import LONGEST_ADDRESSEE
from exchange.outbox import post
from law.letters import LetterKind
from law.refusal import FieldError, Kind, Refusal
from law.statute import Statute

# --- What is chosen, and what it asks -------------------------------------------------------------


def _kinds(law: Statute, verb: str) -> Iterator[Option]:
    """The kinds of letters of a verb that a bailiff may send; of any verb where none is named."""
    for each in law.letters.values():
        if each.by_bailiff and verb in ("", each.verb):
            own = (each.id, each.rule.id, each.title, each.rule.text, "details", each.asks)
            yield Option(*own, optional=each.optional)


def _dated(now: Facts, option: Option | None) -> bool:
    kind = kind_of(now, option)
    return kind is not None and kind.dated


def _paced(now: Facts, option: Option | None) -> bool:
    kind = kind_of(now, option)
    return kind is not None and bool(kind.term)


def _anybody(now: Facts, option: Option | None) -> bool:
    kind = kind_of(now, option)
    return kind is not None and addressees.ANYBODY in kind.to


def _some_day(now: Facts, given: Any) -> date | None:
    kind = now.law.letters.get(given.get("kind", ""))
    return now.on + ONE if kind and kind.dated else None


def _somebody(now: Facts, given: Any) -> str | None:
    """Whoever is named in words where such a letter goes to no one of the directory first."""
    kind = now.law.letters.get(given.get("kind", ""))
    words = kind is not None and {addressees.ANYBODY, addressees.OFFICE} <= set(kind.to)
    return "…" if words and not given.get("to") else None


def _must_name(now: Facts, option: Option | None) -> bool:
    """Whether only the directory can be chosen from."""
    return not _anybody(now, option)


KIND: Final = Chosen("kind", label=_("Kind"), texts="details", among=_kinds)
TO: Final = Several(
    "to",
    label=_("To whom it goes"),
    required=False,
    must=_must_name,
    among=addressees.among,
    first=addressees.first,
)
PERSON: Final = Text(
    "person",
    label=_("Somebody else: name and address"),
    longest=LONGEST_ADDRESSEE,
    required=False,
    when=_anybody,
    sample=_somebody,
)


# --- The verbs ------------------------------------------------------------------------------------


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="forward",
    asks=(
        KIND,
        TO,
        PERSON,
        Choice(
            "pace",
            label=_("How soon it can be answered"),
            among="paces",
            default="at_once",
            when=_paced,
        ),
        Day(
            "answer_by",
            label=_("Last day for it, or the day to appear on"),
            required=False,
            when=_dated,
            must=_dated,
            sample=_some_day,
        ),
    ),
    writes=(Line("letter_sent"),),
    issues=(
        *("information_request", "demand", "summons", "inspection_notice"),
        *("instruction", "police_request"),
    ),
    makes=(Letter, AWAITED),
)
def send_letter(
    act: Act[Proceeding],
    *,
    kind: str,
    to: Sequence[str] = (),
    person: str = "",
    pace: str = "at_once",
    answer_by: date | None = None,
    details: Given = NOTHING,
) -> list[Letter]:
    """Ask others for information, to do something, to come; each addressee answers by himself.

    BAIL-PWR-03, BAIL-PWR-06, BAIL-PWR-07, BAIL-PWR-08, BAIL-PWR-14, BAIL-BIND-01, BAIL-DUTY-04.
    `answer_by`: the last day where the bailiff names it; else TERM-INFO-3D, or at once.
    """
    known = _known(act, kind)
    _refuse_wrong_day(known, answer_by, act.on)
    rows = addressees.found(act.now, known, to, person)
    paced = pace if known.term else ""
    return _send(act, known, rows, details, "letter_sent", pace=paced, answer_by=answer_by)


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="forward",
    asks=(KIND, TO),
    writes=(Line("court_addressed"),),
    issues=("court_application", "clarification_request"),
    makes=(Letter, AWAITED),
)
def apply_to_court(
    act: Act[Proceeding], *, kind: str, to: Sequence[str] = (), details: Given = NOTHING
) -> Letter:
    """Ask the court, or who issued the document, for what only they decide.

    BAIL-PWR-04, BAIL-PWR-05, CLARIFY-01, COURT-DEFER-02, SEARCH-01. Who may ask is the law's.
    """
    known = _known(act, kind)
    rows = addressees.found(act.now, known, to, "")
    [letter] = _send(act, known, rows, details, "court_addressed")
    return letter


def _unmet(now: Facts, option: Option | None) -> Iterator[tuple[Letter, str]]:
    """The letters not met that such a protocol can follow."""
    kind = kind_of(now, option)
    found = unfollowed(Letter.objects.filter(proceeding=now.thing.pk, state=UNMET))
    for letter in found.select_related("to", "participant").order_by("sent_on", "id"):
        if kind is None or letter.outcome in kind.after:
            title = now.law.letters[letter.kind].title.in_(reading())
            yield letter, f"{title}: {letter.name(reading())}, № {letter.paper}"


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="alert",
    asks=(
        KIND,
        TO,
        Thing(
            "after",
            label=_("What was not met"),
            hint=_("Empty: another record of the offence."),
            among=_unmet,
            required=False,
            must=lambda now, option: False,
            belongs=lambda now, letter: letter.proceeding_id == now.thing.pk,
            sample=lambda now, given: None,
        ),
    ),
    writes=(Line("protocol_drawn"),),
    issues=("offence_protocol",),
    makes=(Letter, AWAITED),
)
def draw_protocol(
    act: Act[Proceeding],
    *,
    kind: str,
    to: Sequence[str] = (),
    after: Letter | None = None,
    details: Given = NOTHING,
) -> Letter:
    """Draw up a protocol of an administrative offence and send it to who considers it.

    BAIL-PWR-02, BAIL-OBSTR-01, DUTY-02. `after`: the letter that was not met, where it was one; one
    offence has one protocol.
    """
    known = _known(act, kind)
    if after is not None and (after.state != UNMET or after.outcome not in known.after):
        raise Refusal("offence_unfit", rule=known.rule.id, errors=(FieldError("after", "wrong"),))
    if after is not None and not unfollowed(Letter.objects.filter(pk=after.pk)).exists():
        error = FieldError("after", "wrong")
        raise Refusal("offence_followed", kind=Kind.STATE, rule=known.rule.id, errors=(error,))
    rows = addressees.found(act.now, known, to, "")
    [letter] = _send(act, known, rows, details, "protocol_drawn", after=after)
    return letter


# --- How each of them is sent ---------------------------------------------------------------------


def _known(act: Act[Proceeding], kind: str) -> LetterKind:
    """The kind of letter, if it is one of this verb and the bailiff may send it."""
    known = act.law.letters.get(kind)
    if known is None or known.verb != act.verb.name or not known.by_bailiff:
        rule = act.law.steps[act.verb.name].rule
        raise Refusal("invalid", rule=rule, errors=(FieldError("kind", "unknown"),))
    return known


def _refuse_wrong_day(kind: LetterKind, day: date | None, on: date) -> None:
    """A day where the bailiff names it, not before that of the letter; none elsewhere."""
    rule = kind.rule.id
    if kind.dated and day is None:
        raise Refusal("evidence_missing", rule=rule, errors=(FieldError("answer_by", "required"),))
    if not kind.dated and day is not None:
        raise Refusal("invalid", rule=rule, errors=(FieldError("answer_by", "unknown_field"),))
    if day is not None and day < on:
        raise wrong_period("answer_by", day, f">= {on}", rule=rule)


def _send(
    act: Act[Proceeding],
    kind: LetterKind,
    rows: Sequence[dict[str, Any]],
    details: Given,
    event: str,
    **told: Any,
) -> list[Letter]:
    """One paper to all, a letter and a line for each.

    `told`: how soon it can be answered, the last day for it, what it follows.
    """
    refuse_gaps(kind.asks, details, rule=kind.rule.id, optional=kind.optional)
    said = bounded_texts("details", details)
    refuse_unknown_choice(act.law, "details", kind.asks, said, rule=kind.rule.id)
    paper = _issue(act, kind, rows, said, **told)
    return [_letter(act, kind, row, event, paper=paper, details=said, **told) for row in rows]


def _issue(
    act: Act[Proceeding],
    kind: LetterKind,
    rows: Sequence[dict[str, Any]],
    said: Given,
    *,
    pace: str = "",
    answer_by: date | None = None,
    after: Letter | None = None,
) -> str:
    """Issue the paper to all of them; its number."""
    act.issue(
        kind.paper,
        {
            **papers.proceeding(act, act.subject),
            "pace": pace,
            "answer_by": answer_by and answer_by.isoformat(),
            "letter": kind.id,
            "recipients": [addressees.named(act.now, row) for row in rows],
            "details": said,
            "unmet_letter": f"№ {after.paper}" if after else "",
        },
    )
    [drafted] = act.drafts
    return str(drafted.in_journal()["number"])


def _letter(
    act: Act[Proceeding], kind: LetterKind, row: dict[str, Any], event: str, **told: Any
) -> Letter:
    """A letter to one of them, with its line; who is online has it the same day."""
    online = bool(row.get("to") and row["to"].online)
    if online:
        told["received_on"] = act.on
    if online and not kind.dated:
        told["answer_by"] = _due_at_once(kind, told.get("pace", ""), act.on)
    own = {"case": act.case, "proceeding": act.subject, "kind": kind.id}
    sent = {"sent_on": act.on, "sent_by": act.by}
    letter = Letter.objects.create(**own, **sent, **told, **row)
    _tell(act, letter, event, online=online)
    return letter


def _due_at_once(kind: LetterKind, pace: str, on: date) -> date | None:
    """What is answered at once is due the day it arrives."""
    return on if kind.term and pace == "at_once" else None


def _tell(act: Act[Proceeding], letter: Letter, event: str, *, online: bool) -> None:
    """The line of a letter; who is online gets it through the outbox."""
    body: dict[str, Any] = {"letter": letter.kind, "pace": letter.pace, "received": online}
    body["proceeding"] = str(letter.proceeding_id)
    if letter.after_id:
        body["after"] = str(letter.after_id)
    if letter.answer_by:
        body["until"] = letter.answer_by.isoformat()
    entry = act.record_birth(letter, event, **body)
    if online and letter.to:
        sent = {"letter": str(letter.pk), "about": letter.kind, "paper": letter.paper}
        post(entry, kind="letter", to=letter.to.code, body=sent)

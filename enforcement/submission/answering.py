"""What was handed in is answered, withdrawn, objected to."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from accounts.models import SENIOR_BAILIFF, User
from enforcement.assignment import (
    ASSIGNMENT,
    bailiffs,
    by_login,
    record_assignment,
    refuse_unfit_successor,
)
from enforcement.core import papers
from enforcement.core.act import Act, decide, keep_evidence
from enforcement.core.card import Annulled, Line
from enforcement.core.facts import Facts
from enforcement.core.fields import (
    Choice,
    Day,
    Option,
    Text,
    Thing,
)
from enforcement.core.people import Acting, in_evidence, in_journal
from enforcement.core.roles import BAILIFFS, REGISTERING, SENIORS
from enforcement.core.step import reload
from enforcement.core.striking import DECIDING_ACT, take_back
from enforcement.core.verb import verb
from enforcement.core.waiting import ANSWERED, CHECK, RIGHTED, SUBMITTED, WITHDRAWN, standing
from enforcement.facts.queries import Person
from enforcement.lifecycle.submission import GRANTED, LODGED, REFUSED
from enforcement.models import Submission
from enforcement.submission.lodging import OBJECTED, RECUSAL, parties
from enforcement.submission.prefill import YES
from journal.models import Entry
from law.evidence import Kept
from law.model import SubmissionKind, Words
from law.refusal import Fact, Kind, Refusal

COURT: Final = "court"


def kind_of(now: Facts) -> SubmissionKind:
    """What was handed in, as the law of the case knows it."""
    return now.law.submissions[now.thing.kind]


def _outcomes(now: Facts, option: Option | None) -> dict[str, Words]:
    return {each: now.law.word("states", each) for each in kind_of(now).outcomes}


def _by_court(now: Facts, option: Option | None) -> bool:
    return kind_of(now).decides == COURT


def refused_challenge(now: Facts) -> Entry | None:
    """The refusal of a challenge that the complaint is against; None where it is against another
    line (RECUSE-APPEAL-01)."""
    own = (line for line in standing(now, ANSWERED) if line.seq == now.thing.line)
    told = {"of": RECUSAL, "decision": REFUSED}
    return next((line for line in own if told.items() <= line.facts.items()), None)


def _of_a_bailiff(now: Facts, option: Option | None) -> bool:
    """Whether somebody else may get the case by it."""
    return kind_of(now).of == RECUSAL or refused_challenge(now) is not None


def _challenged(now: Facts) -> str | None:
    """The key of the bailiff whom the challenge is about, or the complaint of its refusal."""
    refusal = refused_challenge(now)
    asked = (line for line in standing(now, SUBMITTED, RIGHTED))
    about = {line.subject: line.facts.get("concerned") for line in asked}
    own = now.thing.concerned_id and str(now.thing.concerned_id)
    return about.get(refusal.subject) if refusal else own


def his_own(now: Facts) -> Refusal | None:
    """Nobody decides, takes back or rewrites the challenge of himself."""
    if _challenged(now) != str(now.by):
        return None
    return Refusal("own_recusal", kind=Kind.NOT_YOURS, rule=kind_of(now).rule.id)


def of_another_kind(now: Facts) -> Refusal:
    """A file that is out is given back; what is asked is answered."""
    fact = Fact("kind", now.thing.kind, "-")
    return Refusal("answered_otherwise", kind=Kind.STATE, rule=kind_of(now).rule.id, facts=(fact,))


def _anothers(now: Facts) -> Refusal | None:
    """What the senior bailiff decides nobody else does, nor writes down that a court decided it
    (Q28); no answer is owed on a file that is checked."""
    kind = kind_of(now)
    if kind.of == CHECK:
        return of_another_kind(now)
    if refused := his_own(now):
        return refused
    given = kind.decides == SENIOR_BAILIFF or refused_challenge(now) is not None
    if not given or SENIORS & set(now.roles):
        return None
    fact = Fact("role", ", ".join(sorted(now.roles)) or "-", ", ".join(sorted(SENIORS)))
    return Refusal("wrong_role", kind=Kind.NOT_YOURS, rule=kind.rule.id, facts=(fact,))


def _unanswered(act: Act[Submission], wrong: Entry) -> str:
    """Without its answer it waits again."""
    asked = act.subject
    asked.decided_on = asked.decided_by = None
    asked.answer, asked.court_act = "", {}
    return LODGED


def _given_back(act: Act[Submission], wrong: Entry, entry: Entry) -> None:
    """Nobody has the case because of the answer any more: whoever had it before has it."""
    gone = {line.corrects for line in act.lines}
    for line in act.lines:
        if line.facts.get("answer") == wrong.seq and line.seq not in gone:
            take_back(act, line, by=entry.facts["by"])


@verb(
    on=Submission,
    by=BAILIFFS,
    icon="check",
    asks=(
        Choice("outcome", label=_("Answer"), among=_outcomes, named=True),
        Text("reason", label=_("Reasons"), many_lines=True),
        Text("act_number", label=_("Court's act: number"), when=_by_court),
        Day(
            "act_on",
            label=_("Court's act: day"),
            when=_by_court,
            least=lambda now, given: now.thing.received_on,
            most=lambda now, given: now.on,
        ),
        Day(
            "in_force_on",
            label=_("Court's act: day of entry into force"),
            when=_by_court,
            least=lambda now, given: given["act_on"] or now.thing.received_on,
            most=lambda now, given: now.on,
        ),
        Thing(
            "successor",
            label=_("Who conducts the case from now on"),
            hint=_("Where the challenge is granted."),
            among=bailiffs,
            named=by_login,
            when=_of_a_bailiff,
            required=False,
            sample=lambda now, given: next((user for user, _n in bailiffs(now, None)), None),
        ),
        Text(
            "declared",
            label=_("His declaration that he has no interest in the outcome"),
            when=_of_a_bailiff,
            required=False,
            sample=lambda now, given: "…",
        ),
    ),
    writes=(
        Line(ANSWERED, Annulled.ANY, back=_unanswered, undo=_given_back, looked_over=False),
        ASSIGNMENT,
    ),
    issues=("submission_answered", "recusal_answered", "supervision_answered"),
    unless=_anothers,
)
def answer_submission(
    act: Act[Submission],
    *,
    outcome: str,
    reason: str,
    act_number: str = "",
    act_on: date | None = None,
    in_force_on: date | None = None,
    successor: User | None = None,
    declared: str = "",
) -> Entry:
    """Answer what was handed in: by a resolution with reasons (BAIL-DUTY-03), or by the act of the
    court that decided, in force.

    A challenge granted gives the case another bailiff at once; refused, the term for a complaint
    to the court runs, and that complaint upheld grants the challenge (RECUSE-APPEAL-01).
    """
    asked, kind = act.subject, act.law.submissions[act.subject.kind]
    days = {"on": act_on, "in_force_on": in_force_on}
    told = {"number": act_number, **{name: str(day) for name, day in days.items() if day}}
    court_act = {name: text for name, text in told.items() if text}
    decide(act, answer=reason, court_act=court_act)
    overruled = refused_challenge(act.now) if outcome in YES else None
    given = kind.of == RECUSAL and outcome == GRANTED
    replaced = successor if given or overruled else None
    if given or overruled:
        refuse_unfit_successor(act, _challenged(act.now), successor, declared)
    body: dict[str, Any] = {"kind": kind.id, "of": kind.of, "decision": outcome}
    _issue(act, body, reason, replaced)
    entry = act.record(ANSWERED, to=outcome, **body)
    kept: dict[str, Kept] = {"reason": reason}
    keep_evidence(entry, kept | ({"court_act": court_act} if court_act else {}))
    if overruled:
        entry = _overrule(act, overruled, kept, court_act)
    if replaced:
        record_assignment(act, asked.presentation, replaced, declared, answer=entry.seq)
    return entry


def _issue(
    act: Act[Submission], body: Mapping[str, Any], reason: str, replaced: User | None
) -> None:
    """Its resolution, where it is no court that decides; a last day only where a term runs."""
    kind = act.law.submissions[act.subject.kind]
    if not kind.paper:
        return
    named = {"successor": replaced.full_name} if replaced else {}
    due = {} if _complained_of(act, body) else {"due_on": ""}
    told = _answered(act, body["decision"], reason)
    act.issue(kind.paper, {**_base(act), **told, **named, **due})


def _complained_of(act: Act[Submission], body: Mapping[str, Any]) -> bool:
    """Whether a term for a complaint runs from the answer: none does from a challenge granted."""
    term = act.law.term(act.law.role("complaint_term"), on=act.on)
    return any(start.matches(ANSWERED, dict(body)) for start in term.starts)


def _overrule(
    act: Act[Submission], refusal: Entry, kept: Mapping[str, Kept], court_act: Mapping[str, str]
) -> Entry:
    """The court upheld the complaint of the refusal: that is annulled by its act, the challenge is
    granted by it."""
    keep_evidence(take_back(act, refusal, by=COURT), {**kept, DECIDING_ACT: dict(court_act)})
    challenge = reload(Submission.objects.get(pk=str(refusal.subject)), act.case)
    own = act.on_another(challenge, act.verb)
    decide(own, answer=kept["reason"], court_act=dict(court_act))
    body: dict[str, Any] = {"kind": challenge.kind, "of": RECUSAL, "decision": GRANTED}
    entry = own.record(ANSWERED, to=GRANTED, **body)
    keep_evidence(entry, {**kept, "court_act": dict(court_act)})
    return entry


def _base(act: Act[Submission]) -> Mapping[str, Any]:
    """What its paper says of the proceeding, or of the document where it is about none."""
    asked = act.subject
    if asked.proceeding:
        return papers.proceeding(act, asked.proceeding)
    return papers.arrival(act, asked.presentation)


def _answered(act: Act[Submission], outcome: str, reason: str) -> dict[str, Any]:
    asked = act.subject
    agent = asked.agent.name if asked.agent else ""
    return {
        "asked": asked.kind,
        "author": papers.acting(act.law, _who(asked), agent),
        "concerned": asked.concerned.full_name if asked.concerned else "",
        "asked_on": asked.received_on.isoformat(),
        "asked_text": asked.text,
        "asked_number": asked.beside.get("number", ""),
        "answer_by": asked.answer_by and asked.answer_by.isoformat(),
        "decision": outcome,
        "answer": reason,
    }


def _who(asked: Submission) -> dict[str, str]:
    """The party or the prosecutor's office that lodged it, or the bailiff against himself."""
    if known := asked.author or asked.supervisor:
        return papers.both(known)
    name = asked.concerned.full_name if asked.concerned else ""
    return {"kk": name, "ru": name}


def _not_taken_back(now: Facts) -> Refusal | None:
    """Nobody takes back the challenge of himself; a file that is out is given back."""
    return of_another_kind(now) if kind_of(now).of == CHECK else his_own(now)


@verb(
    on=Submission,
    by=REGISTERING,
    icon="back",
    asks=(Text("reason", label=_("What proves that it was withdrawn")),),
    writes=(Line(WITHDRAWN, Annulled.ANY, back=_unanswered, looked_over=False),),
    unless=_not_taken_back,
)
def withdraw_submission(act: Act[Submission], *, reason: str) -> Entry:
    """Record that who lodged it takes it back: nobody answers it any more."""
    decide(act)
    entry = act.record(WITHDRAWN, kind=act.subject.kind)
    keep_evidence(entry, {"reason": reason})
    return entry


def _others(now: Facts, option: Option | None) -> Sequence[tuple[Person, str]]:
    """Every party but the one who lodged it."""
    return [pair for pair in parties(now, None) if pair[0]["id"] != str(now.thing.author_id)]


@verb(
    on=Submission,
    by=REGISTERING,
    icon="pen",
    asks=(
        Acting("author", label=_("Who objects"), among=_others),
        Text("text", label=_("Objection"), many_lines=True),
    ),
    writes=(Line(OBJECTED, Annulled.ANY, looked_over=False),),
)
def record_objection(act: Act[Submission], *, author: Person, text: str) -> Entry:
    """Record what another participant says against it (RIGHT-07)."""
    own = {"author": author["id"], **in_journal(author)}
    entry = act.record(OBJECTED, kind=act.subject.kind, **own)
    keep_evidence(entry, {"text": text, **in_evidence(author, "author")})
    return entry

"""What participants hand in that must be answered: petitions, complaints, challenges.

Which kinds there are, who may lodge each, who decides and what it opens is the law's
(`submissions.toml`). Late or not, all is recorded; a complaint's lateness is shown (Q19).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import SENIOR_BAILIFF
from enforcement.core import papers
from enforcement.core.act import Act, decide, keep_evidence
from enforcement.core.card import Line
from enforcement.core.facts import Facts
from enforcement.core.fields import (
    Choice,
    Chosen,
    Day,
    Given,
    Option,
    Text,
    Thing,
    bounded_texts,
)
from enforcement.core.needs import SUBMITTED
from enforcement.core.roles import BAILIFFS, REGISTERING, SENIORS
from enforcement.core.verb import verb
from enforcement.core.words import reading
from enforcement.facts.queries import Person, people_of
from enforcement.lifecycle.submission import LODGED
from enforcement.models import Presentation, Proceeding, Submission
from journal.models import Entry
from law.evidence import Kept
from law.model import SubmissionKind, Words
from law.refusal import Fact, FieldError, Kind, Refusal
from law.statute import Statute

COURT: Final = "court"
#: The lines of what the parties do.
OBJECTED: Final = "objected"
WITHDRAWN: Final = "submission_withdrawn"
NOTHING: Final[Given] = {}


def kinds(law: Statute, verb: str) -> Iterator[Option]:
    """What can be handed in, as it is chosen from."""
    for each in law.submissions.values():
        own = (each.id, each.rule.id, each.title, each.rule.text, "told")
        yield Option(*own, asks=each.asks, optional=each.optional)


def _kind(now: Facts, option: Option | None) -> SubmissionKind | None:
    return now.law.submissions.get(option.id) if option else None


def _people(now: Facts, option: Option | None) -> Iterator[tuple[Person, str]]:
    """The parties who may lodge it."""
    kind = _kind(now, option)
    for person in people_of(now.thing):
        if kind is None or person["role"] in kind.by:
            yield person, person["ru"] if reading() == "ru" else person["kk"]


def _by_place(now: Facts, text: str) -> Person | None:
    """A party as documents name him: `debtors[0]`."""
    for role in ("claimant", "debtor"):
        own = [person for person in people_of(now.thing) if person["role"] == role]
        if found := [p for n, p in enumerate(own) if text == f"{role}s[{n}]"]:
            return found[0]
    return None


def _of_the_arrival(now: Facts, named: Any) -> bool:
    return any(person["id"] == named["id"] for person in people_of(now.thing))


def _against_a_line(now: Facts, option: Option | None) -> bool:
    return option is None or now.law.submissions[option.id].line


def _acts(now: Facts) -> list[Entry]:
    """What the office did and nobody annulled, the newest first."""
    gone, of_parties = {line.corrects for line in now.lines}, {SUBMITTED, WITHDRAWN, OBJECTED}
    done = (line for line in reversed(now.lines) if line.by_id and line.seq not in gone)
    return [line for line in done if line.kind not in of_parties]


def _lines(now: Facts, option: Option | None) -> Iterator[tuple[Entry, str]]:
    for line in _acts(now):
        day = date_format(line.on, "SHORT_DATE_FORMAT")
        yield line, f"№ {line.seq} · {day} · {now.law.past(line.kind).in_(reading())}"


def _last_line(now: Facts, given: Mapping[str, Any]) -> Entry | None:
    """An example, where it is against a line at all."""
    kind = now.law.submissions.get(given.get("what", ""))
    return next(iter(_acts(now)), None) if kind and kind.line else None


AUTHOR: Final = Thing(
    "author",
    label=_("Who handed it in"),
    among=_people,
    key=lambda person: person["id"],
    named=_by_place,
    belongs=_of_the_arrival,
)


@verb(
    on=Presentation,
    by=REGISTERING,
    icon="tray",
    asks=(
        Chosen("what", label=_("What is handed in"), texts="told", among=kinds),
        AUTHOR,
        Thing(
            "line",
            label=_("Which line of the journal it is against"),
            among=_lines,
            key=lambda line: str(line.seq),
            belongs=lambda now, line: line in _acts(now),
            when=_against_a_line,
            required=False,
            must=_against_a_line,
            sample=_last_line,
        ),
        Day(
            "received_on",
            label=_("Day it was handed in"),
            hint=_("A complaint: the day the court received it. Empty: the date of the act."),
            required=False,
            most=lambda now, given: now.on,
        ),
        Choice("channel", label=_("How it came"), among="channels_of_delivery"),
        Text("text", label=_("What is asked, and why"), many_lines=True),
    ),
    writes=(Line(SUBMITTED),),
    makes=(Submission, LODGED),
    own_day="received_on",
)
def record_submission(
    act: Act[Presentation],
    *,
    what: str,
    author: Person,
    channel: str,
    text: str,
    line: Entry | None = None,
    received_on: date | None = None,
    told: Given = NOTHING,
) -> Submission:
    """Record a petition or a complaint of a party; it waits until it is answered.

    RIGHT-03, RIGHT-09, COMPL-WHO-01, COMPL-SUSP-01. Against a line of the journal it meets the
    term for a complaint of that line, if it came in time.
    """
    named = _named(act.law, what)
    _refuse_unfit(named, author, line)
    beside = _beside(named, told)
    day = received_on or act.on
    proceeding = _concerns(act, author, line)
    asked = Submission.objects.create(
        case=act.case,
        presentation=act.subject,
        proceeding=proceeding,
        kind=what,
        author_id=author["id"],
        channel=channel,
        text=text,
        received_on=day,
        recorded_by=act.by,
        beside=beside,
        line=line.seq if line else None,
    )
    body: dict[str, Any] = {"act": line.seq} if line else {}
    body |= {"proceeding": str(proceeding.pk)} if proceeding else {}
    entry = act.record_birth(asked, SUBMITTED, kind=what, of=named.of, since=str(day), **body)
    keep_evidence(entry, {"text": text, **beside})
    return asked


def _named(law: Statute, what: str) -> SubmissionKind:
    if what not in law.submissions:
        raise Refusal("invalid", errors=(FieldError("what", "unknown"),))
    return law.submissions[what]


def _refuse_unfit(named: SubmissionKind, author: Person, line: Entry | None) -> None:
    """422 where another party lodges it, or the line is missing or none is meant."""
    rule = named.rule.id
    if author["role"] not in named.by:
        fact = Fact("party", author["role"], ", ".join(named.by))
        error = FieldError("author", "unknown")
        raise Refusal("not_his_to_lodge", rule=rule, facts=(fact,), errors=(error,))
    if named.line and line is None:
        raise Refusal("evidence_missing", rule=rule, errors=(FieldError("line", "required"),))
    if line is not None and not named.line:
        raise Refusal("invalid", rule=rule, errors=(FieldError("line", "unknown_field"),))


def _beside(named: SubmissionKind, told: Given) -> dict[str, str]:
    """What is told beside, complete, under the law's names."""
    if strange := sorted(set(told) - set(named.asks)):
        errors = tuple(FieldError(f"told.{name[:48]}", "unknown_field") for name in strange)
        raise Refusal("invalid", rule=named.rule.id, errors=errors)
    found = {name: text for name, text in bounded_texts("told", told).items() if text}
    if lacking := [n for n in named.asks if n not in found and n not in named.optional]:
        errors = tuple(FieldError(f"told.{name}", "required") for name in lacking)
        raise Refusal("evidence_missing", rule=named.rule.id, errors=errors)
    return found


def _concerns(act: Act[Presentation], author: Person, line: Entry | None) -> Proceeding | None:
    """The proceeding it is about: that of the line, of the debtor who asks, or the only one."""
    every = list(Proceeding.objects.filter(case=act.case).order_by("ordinal"))
    of_line = [each for each in every if line and each.pk == line.subject]
    own = [each for each in every if each.presentation_id == act.subject.pk]
    of_debtor = [each for each in own if str(each.debtor_id) == author["id"]]
    only = own if len(own) == 1 else []
    return next(iter((*of_line, *of_debtor, *only)), None)


# --- Answered -------------------------------------------------------------------------------------


def kind_of(now: Facts) -> SubmissionKind:
    """What was handed in, as the law of the case knows it."""
    return now.law.submissions[now.thing.kind]


def _outcomes(now: Facts, option: Option | None) -> dict[str, Words]:
    return {each: now.law.word("states", each) for each in kind_of(now).outcomes}


def _by_court(now: Facts, option: Option | None) -> bool:
    return kind_of(now).decides == COURT


def _anothers(now: Facts) -> Refusal | None:
    """What the senior bailiff decides nobody else does (Q28)."""
    kind = kind_of(now)
    if kind.decides != SENIOR_BAILIFF or SENIORS & set(now.roles):
        return None
    fact = Fact("role", ", ".join(sorted(now.roles)) or "-", ", ".join(sorted(SENIORS)))
    return Refusal("wrong_role", kind=Kind.NOT_YOURS, rule=kind.rule.id, facts=(fact,))


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
    ),
    writes=(Line("submission_answered"),),
    issues=("submission_answered",),
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
) -> Entry:
    """Answer what was handed in: by a resolution with reasons (BAIL-DUTY-03), or by the act of the
    court that decided, in force."""
    asked, kind = act.subject, act.law.submissions[act.subject.kind]
    days = {"on": act_on, "in_force_on": in_force_on}
    told = {"number": act_number, **{name: str(day) for name, day in days.items() if day}}
    court_act = {name: text for name, text in told.items() if text}
    decide(act, answer=reason, court_act=court_act)
    if kind.paper:
        act.issue(kind.paper, {**_base(act), **_answered(asked, outcome, reason)})
    body: dict[str, Any] = {"kind": kind.id, "of": kind.of, "decision": outcome}
    entry = act.record("submission_answered", to=outcome, **body)
    kept: dict[str, Kept] = {"reason": reason}
    keep_evidence(entry, kept | ({"court_act": court_act} if court_act else {}))
    return entry


def _base(act: Act[Submission]) -> Mapping[str, Any]:
    """What its paper says of the proceeding, or of the document where it is about none."""
    asked = act.subject
    if asked.proceeding:
        return papers.proceeding(act, asked.proceeding)
    return papers.arrival(act, asked.presentation)


def _answered(asked: Submission, outcome: str, reason: str) -> dict[str, Any]:
    return {
        "asked": asked.kind,
        "author": papers.both(asked.author) if asked.author else None,
        "asked_on": asked.received_on.isoformat(),
        "asked_text": asked.text,
        "decision": outcome,
        "answer": reason,
    }


@verb(
    on=Submission,
    by=REGISTERING,
    icon="back",
    asks=(Text("reason", label=_("What proves that it was withdrawn")),),
    writes=(Line(WITHDRAWN),),
)
def withdraw_submission(act: Act[Submission], *, reason: str) -> Entry:
    """Record that who lodged it takes it back: nobody answers it any more."""
    decide(act)
    entry = act.record(WITHDRAWN, kind=act.subject.kind)
    keep_evidence(entry, {"reason": reason})
    return entry


def _others(now: Facts, option: Option | None) -> Sequence[tuple[Person, str]]:
    """Every party but the one who lodged it."""
    return [pair for pair in _people(now, None) if pair[0]["id"] != str(now.thing.author_id)]


@verb(
    on=Submission,
    by=REGISTERING,
    icon="pen",
    asks=(
        Thing(
            "author",
            label=_("Who objects"),
            among=_others,
            key=lambda person: person["id"],
            named=_by_place,
            belongs=_of_the_arrival,
        ),
        Text("text", label=_("Objection"), many_lines=True),
    ),
    writes=(Line(OBJECTED),),
)
def record_objection(act: Act[Submission], *, author: Person, text: str) -> Entry:
    """Record what another participant says against it (RIGHT-07)."""
    entry = act.record(OBJECTED, kind=act.subject.kind, author=author["id"])
    keep_evidence(entry, {"text": text})
    return entry

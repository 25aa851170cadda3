"""The prosecutor demands, protests against an act, takes a file for checking and returns it.

He does it himself, by his page or by the API; what came on paper the office records. A demand and a
protest are answered as a petition is; upheld, the correction of the act is offered (Q25).
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from accounts.models import PROSECUTOR, Office
from accounts.queries import supervising, supervisors
from enforcement.core.act import Act, decide, keep_evidence
from enforcement.core.card import Line
from enforcement.core.details import refuse_unknown_choice
from enforcement.core.facts import Facts
from enforcement.core.fields import Choice, Chosen, Day, Given, Option, Text, Thing, wrong_period
from enforcement.core.roles import REGISTERING
from enforcement.core.verb import verb
from enforcement.core.waiting import CHECK, FILE_RETURNED, OF_PROSECUTOR, SUPERVISED
from enforcement.core.words import reading
from enforcement.lifecycle.submission import LODGED
from enforcement.models import Presentation, Submission
from enforcement.submission.answering import kind_of, of_another_kind
from enforcement.submission.lodging import (
    NOTHING,
    acts_of,
    concerns,
    kind_named,
    lines_to_name,
    option_of,
    told_beside,
)
from journal.models import Entry
from law.model import SubmissionKind
from law.refusal import FieldError, Refusal
from law.statute import Statute

#: Who takes these verbs: the prosecutor himself, or who records what came on paper.
SUPERVISING: Final = REGISTERING | {PROSECUTOR}


def kinds(law: Statute, verb: str) -> Iterator[Option]:
    """What the prosecutor does, as it is chosen from."""
    return (option_of(each) for each in law.submissions.values() if each.of in OF_PROSECUTOR)


def _kind(now: Facts, option: Option | None) -> SubmissionKind | None:
    return now.law.submissions.get(option.id) if option else None


def _on_paper(now: Facts, option: Option | None) -> bool:
    """Whether the office writes down what came to it: of his own doings a prosecutor tells no
    office."""
    return PROSECUTOR not in now.roles


def _supervisors(now: Facts, option: Option | None) -> Iterator[tuple[Office, str]]:
    for office in supervisors(now.thing.case.office_id):
        yield office, office.name(reading())


def _names_line(now: Facts, option: Option | None) -> bool:
    kind = _kind(now, option)
    return kind is None or kind.line or kind.may_line


def _must_name_line(now: Facts, option: Option | None) -> bool:
    kind = _kind(now, option)
    return kind is not None and kind.line


def _sample_line(now: Facts, given: Any) -> Entry | None:
    kind = now.law.submissions.get(given.get("what", ""))
    return next(iter(acts_of(now)), None) if kind and kind.line else None


def _dated(now: Facts, option: Option | None) -> bool:
    kind = _kind(now, option)
    return kind is None or kind.dated


def _sample_day(now: Facts, given: Any) -> date | None:
    kind = now.law.submissions.get(given.get("what", ""))
    return now.on if kind and kind.dated else None


@verb(
    on=Presentation,
    by=SUPERVISING,
    icon="info",
    asks=(
        Chosen("what", label=_("What the prosecutor does"), texts="told", among=kinds),
        Thing(
            "supervisor",
            label=_("Supervising prosecutor's office"),
            among=_supervisors,
            key=lambda office: office.code,
            belongs=lambda now, office: office in [each for each, _n in _supervisors(now, None)],
            when=_on_paper,
            required=False,
            sample=lambda now, given: None,
        ),
        Thing(
            "line",
            label=_("Line of the journal it concerns"),
            among=lines_to_name,
            key=lambda line: str(line.seq),
            belongs=lambda now, line: line in acts_of(now),
            when=_names_line,
            required=False,
            must=_must_name_line,
            sample=_sample_line,
        ),
        Day(
            "received_on",
            label=_("Day on which it came, or the file was handed out"),
            hint=_("Empty: the date of the act."),
            required=False,
            most=lambda now, given: now.on,
        ),
        Choice(
            "channel",
            label=_("How it came"),
            among="channels_of_delivery",
            default="electronic",
        ),
        Day(
            "answer_by",
            label=_("Until when it is answered, or the file is back"),
            required=False,
            when=_dated,
            must=_dated,
            sample=_sample_day,
        ),
        Text("text", label=_("What is demanded or checked, and why"), many_lines=True),
    ),
    writes=(Line(SUPERVISED),),
    makes=(Submission, LODGED),
    own_day="received_on",
)
def supervise(
    act: Act[Presentation],
    *,
    what: str,
    text: str,
    supervisor: Office | None = None,
    line: Entry | None = None,
    received_on: date | None = None,
    channel: str = "electronic",
    answer_by: date | None = None,
    told: Given = NOTHING,
) -> Submission:
    """Demand that the law is observed, protest against an act, take the file for checking.

    PROS-PWR-01, PROS-PWR-02. Until when it is answered, or the file is back, the prosecutor names.
    """
    kind, day = kind_named(act.law, what, supervised=True), received_on or act.on
    _refuse_unfit(kind, line, answer_by, since=day)
    proceeding, beside = concerns(act.subject, None, line), told_beside(kind, told)
    refuse_unknown_choice(act.law, "told", kind.asks, beside, rule=kind.rule.id)
    asked = Submission.objects.create(
        case=act.case,
        presentation=act.subject,
        proceeding=proceeding,
        kind=what,
        supervisor=_whose(act, supervisor),
        channel=channel,
        text=text,
        received_on=day,
        recorded_by=act.by,
        answer_by=answer_by,
        beside=beside,
        line=line.seq if line else None,
    )
    entry = act.record_birth(asked, SUPERVISED, **_said(asked, kind))
    keep_evidence(entry, {"text": text, **beside})
    return asked


def _said(asked: Submission, kind: SubmissionKind) -> dict[str, Any]:
    """What its line says: since when, until when, against what."""
    body = {"kind": kind.id, "of": kind.of, "since": str(asked.received_on)}
    things = {"until": asked.answer_by, "act": asked.line, "proceeding": asked.proceeding_id}
    told = {name: value for name, value in things.items() if value}
    return body | {name: value if name == "act" else str(value) for name, value in told.items()}


def _whose(act: Act[Presentation], named: Office | None) -> Office:
    """The office of the prosecutor who acts; of what came on paper the one that is named."""
    if PROSECUTOR in act.now.roles:
        return supervising(act.by, act.case.office_id, on=act.on)
    found = named or supervisors(act.case.office_id).first()
    if found is None:
        raise Refusal("evidence_missing", errors=(FieldError("supervisor", "required"),))
    return found


def _refuse_unfit(
    kind: SubmissionKind, line: Entry | None, day: date | None, *, since: date
) -> None:
    """422 where the line or the day is missing, or named and not meant; a day before it came."""
    rule = kind.rule.id
    needed = {"line": kind.line and line is None, "answer_by": kind.dated and day is None}
    lacking = [FieldError(name, "required") for name, missing in needed.items() if missing]
    if lacking:
        raise Refusal("evidence_missing", rule=rule, errors=tuple(lacking))
    if line is not None and not (kind.line or kind.may_line):
        raise Refusal("invalid", rule=rule, errors=(FieldError("line", "unknown_field"),))
    if day is not None and not kind.dated:
        raise Refusal("invalid", rule=rule, errors=(FieldError("answer_by", "unknown_field"),))
    if day is not None and day < since:
        raise wrong_period("answer_by", day, f">= {since}", rule=rule)


def _no_file_is_out(now: Facts) -> Refusal | None:
    return None if kind_of(now).of == CHECK else of_another_kind(now)


@verb(
    on=Submission,
    by=SUPERVISING,
    icon="back",
    asks=(
        Text("note", label=_("What the check found"), many_lines=True),
        Day(
            "returned_on",
            label=_("On which day the file came back"),
            hint=_("Empty: the date of the act."),
            required=False,
            least=lambda now, given: now.thing.received_on,
            most=lambda now, given: now.on,
        ),
    ),
    writes=(Line(FILE_RETURNED),),
    unless=_no_file_is_out,
    own_day="returned_on",
)
def return_file(act: Act[Submission], *, note: str, returned_on: date | None = None) -> Entry:
    """Record that the file taken for checking is back, with the prosecutor's note (PROS-PWR-02).

    What he demands because of it is a demand by itself.
    """
    day = returned_on or act.on
    decide(act, answer=note, decided_on=day)
    entry = act.record(FILE_RETURNED, kind=act.subject.kind, since=str(day))
    keep_evidence(entry, {"note": note})
    return entry

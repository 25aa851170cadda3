"""What participants hand in that must be answered: petitions, complaints, challenges.

Which kinds there are, who may lodge each, who decides and what it opens is the law's
(`submissions.toml`). Late or not, all is recorded; a complaint's lateness is shown (Q19).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enforcement.assignment import (
    bailiffs,
    by_login,
)
from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Annulled, Line
from enforcement.core.details import bounded_texts
from enforcement.core.facts import Facts
from enforcement.core.fields import (
    Choice,
    Chosen,
    Day,
    Given,
    Option,
    Text,
    Thing,
)
from enforcement.core.people import Acting, acting, acts_through, in_journal
from enforcement.core.roles import BAILIFFS, REGISTERING
from enforcement.core.verb import verb
from enforcement.core.waiting import ANSWERED, OF_PROSECUTOR, SUBMITTED, WITHDRAWN
from enforcement.core.words import reading
from enforcement.facts.queries import Person, people_of
from enforcement.lifecycle.submission import LODGED, MISRECORDED
from enforcement.models import Presentation, Proceeding, Submission
from journal.models import Entry
from law.model import SubmissionKind
from law.refusal import Fact, FieldError, Kind, Refusal
from law.statute import Statute

RECUSAL: Final = "recusal"
#: Who lodges what a bailiff lodges against himself.
OFFICE: Final = "bailiff"
#: The lines of what the parties do.
OBJECTED: Final = "objected"
NOTHING: Final[Given] = {}


def kinds(law: Statute, verb: str) -> Iterator[Option]:
    """What can be handed in by a participant, as it is chosen from."""
    for each in law.submissions.values():
        if each.of not in OF_PROSECUTOR:
            yield option_of(each)


def option_of(kind: SubmissionKind) -> Option:
    """A kind as it is chosen."""
    own = (kind.id, kind.rule.id, kind.title, kind.rule.text, "told")
    return Option(*own, asks=kind.asks, optional=kind.optional)


def _kind(now: Facts, option: Option | None) -> SubmissionKind | None:
    return now.law.submissions.get(option.id) if option else None


def parties(now: Facts, option: Option | None) -> Iterator[tuple[Person, str]]:
    """The parties who may lodge it, and who acts for them."""
    kind = _kind(now, option)
    return acting(now, lambda person: kind is None or person["role"] in kind.by)


def _against_a_line(now: Facts, option: Option | None) -> bool:
    return option is None or now.law.submissions[option.id].line


def acts_of(now: Facts) -> list[Entry]:
    """What the office did and nobody annulled, the newest first."""
    gone = {line.corrects for line in now.lines}
    done = (line for line in reversed(now.lines) if line.by_id and line.seq not in gone)
    return [e for e in done if e.machine != Submission.MACHINE or e.kind == ANSWERED]


def lines_to_name(now: Facts, option: Option | None) -> Iterator[tuple[Entry, str]]:
    """These lines as the journal tells them."""
    for line in acts_of(now):
        day = date_format(line.on, "SHORT_DATE_FORMAT")
        yield line, f"№ {line.seq} · {day} · {now.law.past(line.kind).in_(reading())}"


def _last_line(now: Facts, given: Mapping[str, Any]) -> Entry | None:
    """An example, where it is against a line at all."""
    kind = now.law.submissions.get(given.get("what", ""))
    return next(iter(acts_of(now)), None) if kind and kind.line else None


def some_line(now: Facts, given: Mapping[str, Any]) -> Entry | None:
    """An example, where one is needed and none stands."""
    return _last_line(now, given) if now.thing.line is None else None


def _of_a_party(now: Facts, option: Option | None) -> bool:
    kind = _kind(now, option)
    return kind is None or kind.by != (OFFICE,)


def _some_party(now: Facts, given: Mapping[str, Any]) -> Person | None:
    """An example, where it is a party that lodges it."""
    kind = now.law.submissions.get(given.get("what", ""))
    if kind is None or kind.by == (OFFICE,):
        return None
    return next(p for p in people_of(now.thing) if p["role"] in kind.by)


def _against_a_bailiff(now: Facts, option: Option | None) -> bool:
    kind = _kind(now, option)
    return kind is None or (kind.of == RECUSAL and kind.by != (OFFICE,))


def _some_bailiff(now: Facts, given: Mapping[str, Any]) -> User | None:
    """An example, where it is against a bailiff."""
    kind = now.law.submissions.get(given.get("what", ""))
    if kind is None or kind.of != RECUSAL or kind.by == (OFFICE,):
        return None
    return next((user for user, _name in bailiffs(now, None)), None)


def _needed_power(now: Facts, given: Mapping[str, Any]) -> str:
    """What a representative's authority must name for him to lodge it (REP-04)."""
    kind = now.law.submissions.get(given.get("what", ""))
    return kind.power if kind else ""


AUTHOR: Final = Acting(
    "author",
    label=_("Who handed it in"),
    among=parties,
    when=_of_a_party,
    required=False,
    must=_of_a_party,
    sample=_some_party,
    day=lambda now, given: given.get("received_on") or now.on,
    power=_needed_power,
)


CONCERNED: Final = Thing(
    "concerned",
    label=_("Whom the challenge is against"),
    among=bailiffs,
    named=by_login,
    when=_against_a_bailiff,
    required=False,
    must=_against_a_bailiff,
    sample=_some_bailiff,
)
LINE: Final = Thing(
    "line",
    label=_("Which line of the journal it is against"),
    among=lines_to_name,
    key=lambda line: str(line.seq),
    belongs=lambda now, line: line in acts_of(now),
    when=_against_a_line,
    required=False,
    must=_against_a_line,
    sample=_last_line,
)


def answered_since(now: Facts, entry: Entry, left: Sequence[Entry]) -> bool:
    """Its answer, or its withdrawal, is annulled before it."""
    over = (ANSWERED, WITHDRAWN)
    return any(line.subject == entry.subject and line.kind in over for line in left)


def begun(event: str) -> Line:
    """The line by which something was handed in: annulled, nobody handed it in."""
    return Line(event, Annulled.ANY, born=True, stays=answered_since, looked_over=False)


BEGUN: Final = begun(SUBMITTED)


@verb(
    on=Presentation,
    by=REGISTERING,
    icon="tray",
    asks=(
        Chosen("what", label=_("What is handed in"), texts="told", among=kinds),
        AUTHOR,
        CONCERNED,
        LINE,
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
    writes=(BEGUN,),
    makes=(Submission, LODGED),
    own_day="received_on",
)
def record_submission(
    act: Act[Presentation],
    *,
    what: str,
    channel: str,
    text: str,
    author: Person | None = None,
    concerned: User | None = None,
    line: Entry | None = None,
    received_on: date | None = None,
    told: Given = NOTHING,
) -> Submission:
    """Record a petition, complaint or challenge; it waits until it is answered.

    RIGHT-03, RIGHT-08, RIGHT-09, COMPL-WHO-01, COMPL-SUSP-01, RECUSE-SELF-01. Against a line of
    the journal it meets the term for a complaint of that line, if it came in time.
    """
    named = kind_named(act.law, what)
    refuse_unfit(named, author, line)
    concerned = _challenged(act, named, concerned)
    beside, day = told_beside(named, told), received_on or act.on
    asked = Submission.objects.create(
        case=act.case,
        presentation=act.subject,
        proceeding=concerns(act.subject, author, line),
        kind=what,
        **by_whom(author),
        concerned=concerned,
        channel=channel,
        text=text,
        received_on=day,
        recorded_by=act.by,
        beside=beside,
        line=line.seq if line else None,
    )
    _record(act, asked, named, author, line)
    return asked


def by_whom(author: Person | None) -> dict[str, Any]:
    """The party who lodged it, and who did it for him."""
    agent = acts_through(author)
    return {"author_id": author["id"] if author else None, "agent_id": agent.id if agent else None}


def _record(
    act: Act[Presentation],
    asked: Submission,
    named: SubmissionKind,
    author: Person | None,
    line: Entry | None,
) -> None:
    """Write the line of its birth."""
    body: dict[str, Any] = {"kind": named.id, "of": named.of, "since": str(asked.received_on)}
    told = told_of(line, asked.proceeding, asked.concerned) | in_journal(author)
    told |= met_by(act.now, asked, line)
    entry = act.record_birth(asked, SUBMITTED, **body, **told)
    keep_evidence(entry, {"text": asked.text, **told_by(author), **asked.beside})


def met_by(now: Facts, asked: Submission, line: Entry | None) -> dict[str, Any]:
    """The lines whose term for a complaint nobody is left to use: of the act itself once every
    party complained of it, of whoever learnt of it later (TERM-COMPLAINT-10D, COMPL-WHO-01)."""
    if line is None:
        return {}
    kind = now.law.submissions[asked.kind]
    others = Submission.objects.filter(case=asked.case_id, line=line.seq).exclude(pk=asked.pk)
    same = others.exclude(state=MISRECORDED).values_list("author", flat=True)
    done = {str(key) for key in (asked.author_id, *same)}
    everybody = {person["id"] for person in people_of(now.thing) if person["role"] in kind.by}
    known = [each.seq for each in now.lines if each.facts.get("line") == line.seq]
    return {"meets": [*known, *([line.seq] if everybody <= done else [])]}


def told_by(author: Person | None) -> dict[str, str]:
    """Who lodged it for the party, as the line keeps him."""
    agent = acts_through(author)
    return {"representative": agent.name} if agent else {}


def told_of(
    line: Entry | None, proceeding: Proceeding | None, concerned: User | None
) -> dict[str, Any]:
    """What its line says of what it is against, as far as it is against anything."""
    things = {"proceeding": proceeding, "concerned": concerned}
    named = {name: str(thing.pk) for name, thing in things.items() if thing}
    return {**({"act": line.seq} if line else {}), **named}


def kind_named(law: Statute, what: str, *, supervised: bool = False) -> SubmissionKind:
    """A kind of what participants hand in, or of the prosecutor's; 422 where it is none."""
    if what not in law.submissions or (law.submissions[what].of in OF_PROSECUTOR) != supervised:
        raise Refusal("invalid", errors=(FieldError("what", "unknown"),))
    return law.submissions[what]


def _challenged(
    act: Act[Presentation], named: SubmissionKind, concerned: User | None
) -> User | None:
    """The bailiff it is against, himself where he lodges it; nobody of what is no challenge."""
    rule = named.rule.id
    if named.of != RECUSAL:
        if concerned is not None:
            error = FieldError("concerned", "unknown_field")
            raise Refusal("invalid", rule=rule, errors=(error,))
        return None
    if named.by == (OFFICE,):
        if not BAILIFFS & set(act.now.roles):
            fact = Fact("role", ", ".join(sorted(act.now.roles)), ", ".join(sorted(BAILIFFS)))
            raise Refusal("wrong_role", kind=Kind.NOT_YOURS, rule=rule, facts=(fact,))
        return act.by
    if concerned is None:
        error = FieldError("concerned", "required")
        raise Refusal("evidence_missing", rule=rule, errors=(error,))
    return concerned


def refuse_unfit(named: SubmissionKind, author: Person | None, line: Entry | None) -> None:
    """422 where another lodges it, or the line is missing or none is meant."""
    rule = named.rule.id
    lodges = author["role"] if author else OFFICE
    if author is None and OFFICE not in named.by:
        error = FieldError("author", "required")
        raise Refusal("evidence_missing", rule=rule, errors=(error,))
    if lodges not in named.by:
        fact = Fact("party", lodges, ", ".join(named.by))
        error = FieldError("author", "unknown")
        raise Refusal("not_his_to_lodge", rule=rule, facts=(fact,), errors=(error,))
    if named.line and line is None:
        raise Refusal("evidence_missing", rule=rule, errors=(FieldError("line", "required"),))
    if line is not None and not named.line:
        raise Refusal("invalid", rule=rule, errors=(FieldError("line", "unknown_field"),))


def told_beside(named: SubmissionKind, told: Given) -> dict[str, str]:
    """What is told beside, complete, under the law's names."""
    if strange := sorted(set(told) - set(named.asks)):
        errors = tuple(FieldError(f"told.{name[:48]}", "unknown_field") for name in strange)
        raise Refusal("invalid", rule=named.rule.id, errors=errors)
    found = {name: text for name, text in bounded_texts("told", told).items() if text}
    if lacking := [n for n in named.asks if n not in found and n not in named.optional]:
        errors = tuple(FieldError(f"told.{name}", "required") for name in lacking)
        raise Refusal("evidence_missing", rule=named.rule.id, errors=errors)
    return found


def concerns(arrival: Presentation, author: Person | None, line: Entry | None) -> Proceeding | None:
    """The proceeding it is about: that of the line, of the debtor who asks, or the only one."""
    every = list(Proceeding.objects.filter(case=arrival.case_id).order_by("ordinal"))
    of_line = [each for each in every if line and each.pk == line.subject]
    own = [each for each in every if each.presentation_id == arrival.pk]
    of_debtor = [each for each in own if author and str(each.debtor_id) == author["id"]]
    only = own if len(own) == 1 else []
    return next(iter((*of_line, *of_debtor, *only)), None)

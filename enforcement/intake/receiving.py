"""An executive document is received: registered with its verdict, the same one never twice."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Self

from django.conf import settings

import clock
from accounts.models import (
    BAILIFF,
    CLERK,
    HEAD,
    REGISTRAR,
    SENIOR_BAILIFF,
    Membership,
    Office,
    User,
)
from accounts.queries import memberships
from deadlines.actions import refold
from documents.executive_document import Codes, DocumentShape, Unreadable, read
from documents.issuing import next_number
from documents.models import ExecutiveDocument
from documents.told_at_intake import STATE_DUTY
from enforcement.core.card import Line
from enforcement.core.checks import refuse_future, refuse_wrong_date
from enforcement.core.roles import REGISTERING
from enforcement.core.step import lines_of, one_at_a_time
from enforcement.core.verb import verb
from enforcement.facts.arrivals import earlier, held_elsewhere, of_part, same_paper
from enforcement.intake import parties
from enforcement.intake.continuing import CARRIED, go_on
from enforcement.intake.debts import paid_before
from enforcement.lifecycle.presentation import RECEIVED
from enforcement.models import Case, Presentation
from enforcement.verdict import NOT_IN_LINES, Verdict, judge
from journal import actions as journal
from journal.actions import canonical
from journal.models import Stream
from law.refusal import Fact, FieldError, Kind, Refusal
from law.statute import Statute, statute
from law.workdays import calendar
from parties.spelling import number_key

OFFICE_INTAKE: Final = frozenset({REGISTRAR, BAILIFF, SENIOR_BAILIFF, HEAD})
#: What is kept of a document in columns of their own; its parties and debts have rows.
KEPT: Final = (
    *("case_number", "case_key", "decision_on", "in_force_on", "issued_on", "deferred_until"),
    *("immediate", "sealed", "no_objection", "duplicate", "part", "language", "operative"),
    *("application_on", "application_channel", "beside"),
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """An arrival registered, or the same arrival found again."""

    presentation: Presentation
    created: bool


def receiving_law() -> Statute:
    """The rule set under which the office receives documents now."""
    return statute(settings.ORYNDAU_RULE_SET)


@dataclass(frozen=True, slots=True)
class Directory:
    """The offices documents are addressed to and those they come from, by their codes."""

    #: Office code -> cities.
    territories: Mapping[str, list[str]]
    issuers: frozenset[str]

    @classmethod
    def now(cls) -> Self:
        """The directory as it stands."""
        rows = list(Office.objects.order_by("code").values_list("code", "kind", "territory"))
        bailiffs = {code: cities for code, kind, cities in rows if kind == Office.Kind.BAILIFF}
        return cls(bailiffs, frozenset(code for code, _kind, _cities in rows) - set(bailiffs))

    def codes(self, law: Statute) -> Codes:
        """The codes a document may use here."""
        return Codes.under(law, offices=set(self.territories), issuers=self.issuers)


def examine(data: Any, *, law: Statute, on: date, by: User) -> Verdict:
    """The verdict on a document as it would be received from `by`; nothing is stored."""
    known = Directory.now()
    document = _readable(data, known.codes(law), law, on=on, ref_needed=False)
    office, issuer = _offices(document)
    source = _source(_receiving(by, law, on=on), office, issuer, law)
    came_on = _came_on(document, source, office, on=on)
    arrivals = list(same_paper(issuer, document.case_key, document.decision_on))
    return judged(document, arrivals, office, law, came_on, known=known)


def judged(
    document: DocumentShape,
    arrivals: list[Presentation],
    office: Office,
    law: Statute,
    received_on: date,
    *,
    known: Directory,
    lay_in: str = "",
) -> Verdict:
    """The verdict on a document of which these arrivals came before; the copy for the state duty
    and the rest are papers apart (ISSUE-ORDER-03). `lay_in`: in which other office's territory it
    lay before it was corrected."""
    duty = document.part == STATE_DUTY
    arrivals = [each for each in arrivals if (each.document.part == STATE_DUTY) is duty]
    paid = paid_before(document, arrivals)
    copied = document.debtors if document.duplicate else ()
    before = earlier(
        arrivals,
        office,
        parties.names(document),
        part=document.part,
        paid_in_full=paid.in_full,
        strange=paid.strange,
        held_ref=held_elsewhere(of_part(arrivals, document.part), office, copied),
    )
    told = ("in_doubt", "late", "late_claims", "in_another_part")
    before = replace(before, lay_in=lay_in, **{name: getattr(paid, name) for name in told})
    try:
        return judge(
            document,
            received_on=received_on,
            law=law,
            calendar=calendar(),
            territories=known.territories,
            earlier=before,
        )
    except Unreadable as unreadable:
        raise _invalid(unreadable, law) from unreadable


def _readable(
    data: Any, codes: Codes, law: Statute, *, on: date, ref_needed: bool = True
) -> DocumentShape:
    try:
        return read(data, codes, ref_needed=ref_needed, on=on)
    except Unreadable as unreadable:
        raise _invalid(unreadable, law) from unreadable


def _invalid(unreadable: Unreadable, law: Statute) -> Refusal:
    return Refusal("invalid", rule=law.role("content_parties"), errors=unreadable.errors)


def _offices(document: DocumentShape) -> tuple[Office, Office | None]:
    """The office a document is addressed to, and the one it comes from where it tells that."""
    named = Office.objects.in_bulk([document.office, document.issuer], field_name="code")
    return named[document.office], named.get(document.issuer)


@verb(
    on=None,
    by=REGISTERING | {CLERK},
    writes=(Line("received"), Line(CARRIED)),
    makes=(Presentation, RECEIVED),
)
def receive(data: Mapping[str, Any], *, law: Statute, on: date, by: User) -> Receipt:
    """Register an executive document on `on`, with the law's verdict on it.

    It arrived that day unless the office itself tells an earlier one, from which its duties run
    (ELEM-STD-03). The same `ref` with the same content gives the same receipt; other content is
    refused (409).
    """
    held = _receiving(by, law, on=on)
    directory = Directory.now()
    document = _readable(data, directory.codes(law), law, on=on)
    office, issuer = _offices(document)
    source = _source(held, office, issuer, law)
    refuse_future(on)
    came = _came_on(document, source, office, on=on)
    paper = paper_key(document.issuer, document.case_number, str(document.decision_on))
    one_at_a_time(*(f"ref {of} {document.ref}" for of in (source.pk, by.pk)), paper)
    # The key is the sender's own, whichever of its courts the paper is of.
    own = {source.pk, *(m.office_id for m in held)}
    if known := Presentation.objects.filter(source__in=own, ref=document.ref).first():
        return _again(known, data)
    arrivals = list(same_paper(issuer, document.case_key, document.decision_on))
    verdict = judged(document, arrivals, office, law, came, known=directory)
    case = _case(arrivals, office, law, on=on)
    presentation = _arrive(
        case, document, verdict, arrivals, issuer=issuer, source=source, data=data, on=came, by=by
    )
    record_arrival(presentation, on=on, by=by)
    go_on(presentation, arrivals, on=on, by=by)
    return Receipt(presentation, created=True)


def _receiving(by: User, law: Statute, *, on: date) -> list[Membership]:
    """What the sender is on the legal date and still is today; 403 where nothing receives."""
    held = [m for m in memberships(by, on=on) if m.holds(clock.today())]
    if not receive.card.by & {m.role for m in held}:
        raise _no_sender(held, ", ".join(sorted(receive.card.by)), law)
    return held


def _no_sender(held: list[Membership], needed: str, law: Statute) -> Refusal:
    roles = ", ".join(sorted({f"{m.role} {m.office.code}" for m in held})) or "-"
    fact = Fact("role", roles, needed)
    rule = law.rule_of(receive.name)
    return Refusal("wrong_role", kind=Kind.NOT_YOURS, rule=rule, facts=(fact,))


def _source(held: list[Membership], office: Office, issuer: Office | None, law: Statute) -> Office:
    """Whose paper and key it is: the clerk's court, or the office that registers itself."""
    if any(m.office_id == office.pk and m.role in OFFICE_INTAKE for m in held):
        return office
    courts = [m.office for m in held if m.role == CLERK]
    if issuer is None and courts:
        return courts[0]
    for court in courts:
        if issuer and court.pk == issuer.pk:
            return court
    raise _no_sender(held, f"{CLERK} {issuer.code if issuer else ''}".strip(), law)


def _came_on(document: DocumentShape, source: Office, office: Office, *, on: date) -> date:
    """The day of receipt, which only the receiving office tells, and none that has not come."""
    told = document.received_on
    if told is None or told == on:
        return on
    wrong = "office_only" if source.pk != office.pk else "in_future" if told > on else ""
    if wrong:
        raise Refusal("invalid", errors=(FieldError("received_on", wrong),))
    return told


def paper_key(issuer: str, case_number: str, decision_on: str) -> str:
    """By what those wait for each other who hand in one paper, or say that theirs is this one."""
    return f"paper {(issuer, number_key(case_number), decision_on)}"


def _again(known: Presentation, data: Mapping[str, Any]) -> Receipt:
    if known.digest in (_digest(data), _digest(_told(data))):
        return Receipt(known, created=False)
    fact = Fact("ref", known.ref, f"≠ {known.ref}")
    raise Refusal("ref_taken", kind=Kind.STATE, facts=(fact,), errors=(FieldError("ref", "taken"),))


def _told(value: Any) -> Any:
    """What a document tells: a field that says nothing is the same as one left out."""
    if isinstance(value, Mapping):
        told = {name: _told(inner) for name, inner in value.items()}
        return {name: inner for name, inner in told.items() if not _says_nothing(inner)}
    return [_told(each) for each in value] if isinstance(value, list) else value


def _says_nothing(value: Any) -> bool:
    """Whether a field holds nothing; the number 0 is something."""
    return value is None or value is False or value in ("", [], {})


def _digest(data: Mapping[str, Any]) -> str:
    """What tells one content from another."""
    return hashlib.sha256(canonical(dict(data)).encode()).hexdigest()


def _case(arrivals: list[Presentation], office: Office, law: Statute, *, on: date) -> Case:
    """The office's case of this paper, locked; a new one for a paper it never saw."""
    own = [arrival for arrival in arrivals if arrival.office_id == office.pk]
    if own:
        case = Case.objects.select_for_update().get(pk=own[-1].case_id)
        refuse_wrong_date(lines_of(case), on=on)
        return case
    return open_case(office, law, on=on)


def open_case(office: Office, law: Statute, *, on: date) -> Case:
    """A new case of the office, with its number and its journal."""
    stream = Stream.objects.create(kind="case", rule_set=law.name)
    number = next_number(office, "case", year=on.year)
    return Case.objects.create(
        stream=stream, office=office, year=on.year, number=number, opened_on=on, last_act_on=on
    )


def _arrive(
    case: Case,
    document: DocumentShape,
    verdict: Verdict,
    before: list[Presentation],
    *,
    issuer: Office | None,
    source: Office,
    data: Mapping[str, Any],
    on: date,
    by: User,
) -> Presentation:
    presentation = Presentation.objects.create(
        case=case,
        office=case.office,
        ordinal=case.presentations.count() + 1,
        document=_document(document, issuer),
        received_on=on,
        received_by=by,
        source=source,
        ref=document.ref,
        digest=_digest(_told(data)),
        verdict=verdict.as_json(),
        handed_in=dict(data),
    )
    parties.take_part(presentation, document, before, on=on)
    return presentation


def _document(document: DocumentShape, issuer: Office | None) -> ExecutiveDocument:
    values = {name: getattr(document, name) for name in KEPT}
    return ExecutiveDocument.objects.create(kind=document.type, issuer=issuer, **values)


def record_arrival(presentation: Presentation, *, on: date, by: User) -> None:
    """Write the line of an arrival: the verdict by its keys, nobody's name."""
    told = {key: value for key, value in presentation.verdict.items() if key not in NOT_IN_LINES}
    if presentation.received_on != on:
        told["since"] = presentation.received_on.isoformat()
    line = journal.record(
        presentation.case.stream,
        "received",
        on=on,
        by=by,
        body={**told, "ordinal": presentation.ordinal, "digest": presentation.digest},
        machine=Presentation.MACHINE,
        subject=presentation.pk,
        state_after=presentation.state,
    )
    if line.seq == 1:
        refold(presentation.case.stream, entries=[line], rows=[])
    else:
        refold(presentation.case.stream)

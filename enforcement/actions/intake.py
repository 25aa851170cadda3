"""Documents arrive: receive, return as defective, refuse as late, send on, set aside."""

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction

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
from accounts.queries import bailiff_offices, issuers, memberships
from deadlines.actions import refold
from documents.issuing import next_number
from documents.models import Attachment, Blob, ExecutiveDocument
from documents.rendering import render
from documents.shape import Codes, DocumentShape, Unreadable, read
from enforcement.actions import papers, parties
from enforcement.models import Case, Presentation
from enforcement.permissions import PERMISSIONS, may
from enforcement.queries import earlier, same_paper
from enforcement.steps import Act, lines_of, one_at_a_time, refuse_wrong_date, step
from enforcement.verdict import Verdict, judge
from journal import actions as journal
from journal.actions import canonical
from journal.models import Entry, Stream
from law.refusal import Fact, FieldError, Refusal
from law.statute import DEFAULT_RULE_SET, Statute, statute
from law.workdays import calendar

OFFICE_INTAKE: Final = frozenset({REGISTRAR, BAILIFF, SENIOR_BAILIFF, HEAD})
LARGEST_FILE: Final = 20 * 1024 * 1024
#: What an attachment may be, by the first bytes of the file.
FILE_MARKS: Final = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
#: What is kept of a document in columns of their own; its parties and debts have rows.
KEPT: Final = (
    *("case_number", "case_key", "decision_on", "in_force_on", "issued_on", "deferred_until"),
    *("immediate", "sealed", "no_objection", "duplicate", "part", "language", "operative"),
    *("application_on", "application_channel"),
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """An arrival registered, or the same arrival found again."""

    presentation: Presentation
    created: bool


def known_codes(law: Statute) -> Codes:
    """The codes a document may use here."""
    return Codes.under(
        law,
        offices=set(bailiff_offices().values_list("code", flat=True)),
        issuers=set(issuers().values_list("code", flat=True)),
    )


def territories() -> dict[str, list[str]]:
    """Office code -> cities."""
    return {office.code: office.territory for office in bailiff_offices()}


def examine(data: Any, *, on: date, by: User, rule_set: str = DEFAULT_RULE_SET) -> Verdict:
    """The verdict on a document as it would be received from `by`; nothing is stored."""
    law = statute(rule_set)
    document = _readable(data, law, ref_needed=False)
    office = Office.objects.get(code=document.office)
    _source(_receiving(by, law, on=on), office, _issuer(document), law)
    arrivals = list(same_paper(_issuer(document), document.case_key, document.decision_on))
    return judge(
        document,
        received_on=on,
        law=law,
        calendar=calendar(),
        territories=territories(),
        earlier=earlier(arrivals, office),
    )


def _readable(data: Any, law: Statute, *, ref_needed: bool = True) -> DocumentShape:
    try:
        return read(data, known_codes(law), ref_needed=ref_needed)
    except Unreadable as unreadable:
        raise Refusal("invalid", rule="WRIT-CONT-06", errors=unreadable.errors) from unreadable


def _issuer(document: DocumentShape) -> Office | None:
    return Office.objects.get(code=document.issuer) if document.issuer else None


@transaction.atomic
def receive(data: Mapping[str, Any], *, on: date, by: User) -> Receipt:
    """Register an executive document that arrived on `on`, with the law's verdict on it.

    The same `ref` with the same content gives the same receipt; other content is refused (409).
    """
    law = statute(DEFAULT_RULE_SET)
    held = _receiving(by, law, on=on)
    document = _readable(data, law)
    office = Office.objects.get(code=document.office)
    issuer = _issuer(document)
    source = _source(held, office, issuer, law)
    if on > clock.today():
        fact = Fact("on", on.isoformat(), f"<= {clock.today().isoformat()}")
        raise Refusal("date_in_future", facts=(fact,))
    digest = hashlib.sha256(canonical(dict(data)).encode()).hexdigest()
    paper = (document.issuer, document.case_key, str(document.decision_on))
    one_at_a_time(f"ref {source.pk} {document.ref}", f"paper {paper}")
    if known := Presentation.objects.filter(source=source, ref=document.ref).first():
        return _again(known, digest)
    arrivals = list(same_paper(issuer, document.case_key, document.decision_on))
    verdict = judge(
        document,
        received_on=on,
        law=law,
        calendar=calendar(),
        territories=territories(),
        earlier=earlier(arrivals, office),
    )
    case = _case(arrivals, office, law, on=on)
    presentation = _arrive(
        case, document, verdict, arrivals, issuer=issuer, source=source, digest=digest, on=on, by=by
    )
    tell(presentation, on=on, by=by)
    return Receipt(presentation, created=True)


def _receiving(by: User, law: Statute, *, on: date) -> list[Membership]:
    """What the sender is on the legal date and still is today; 403 where nothing receives."""
    held = [m for m in memberships(by, on=on) if m.holds(clock.today())]
    if not may("receive", {m.role for m in held}):
        raise _no_sender(held, ", ".join(sorted(PERMISSIONS["receive"])), law)
    return held


def _no_sender(held: list[Membership], needed: str, law: Statute) -> Refusal:
    roles = ", ".join(sorted({f"{m.role} {m.office.code}" for m in held})) or "-"
    fact = Fact("role", roles, needed)
    return Refusal("wrong_role", status=403, rule=law.steps["receive"].rule, facts=(fact,))


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


def _again(known: Presentation, digest: str) -> Receipt:
    if known.digest == digest:
        return Receipt(known, created=False)
    fact = Fact("ref", known.ref, f"≠ {known.ref}")
    raise Refusal("ref_taken", status=409, facts=(fact,), errors=(FieldError("ref", "taken"),))


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
    digest: str,
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
        digest=digest,
        verdict=verdict.as_json(),
    )
    parties.take_part(presentation, document, before, on=on)
    return presentation


def _document(document: DocumentShape, issuer: Office | None) -> ExecutiveDocument:
    values = {name: getattr(document, name) for name in KEPT}
    return ExecutiveDocument.objects.create(kind=document.type, issuer=issuer, **values)


def tell(presentation: Presentation, *, on: date, by: User) -> None:
    """Write the line of an arrival: the verdict by its keys, nobody's name."""
    told = {key: value for key, value in presentation.verdict.items() if key != "rules"}
    journal.record(
        presentation.case.stream,
        "received",
        on=on,
        by=by,
        body={**told, "ordinal": presentation.ordinal, "digest": presentation.digest},
        machine=Presentation.MACHINE,
        subject=presentation.pk,
        state_after=presentation.state,
    )
    refold(presentation.case.stream)


@transaction.atomic
def return_defective(presentation: Presentation, *, on: date, by: User) -> Entry:
    """Return a document whose content is not what the law asks (TERM-DEFECT-3D, DEFECT-03)."""
    with step(presentation, "return_defective", on=on, by=by) as act:
        verdict = answering(act)
        act.issue("return_defective", papers.arrival(act, act.subject))
        return act.record(
            "returned_defective",
            missing=verdict["missing"],
            uncured=verdict.get("uncured", False),
        )


@transaction.atomic
def refuse_late(presentation: Presentation, *, on: date, by: User) -> Entry:
    """Refuse a document presented after its term, explaining restoration (PRES-MISSED-01)."""
    with step(presentation, "refuse_late", on=on, by=by) as act:
        verdict = answering(act)
        act.issue("refuse_late", papers.arrival(act, act.subject))
        return act.record("refused_late", last_day=verdict["presentation_last_day"])


@transaction.atomic
def send_on(presentation: Presentation, *, on: date, by: User) -> Entry:
    """Send a document of another territory on to its office, telling sender and claimant (Q31)."""
    with step(presentation, "send_on", on=on, by=by) as act:
        verdict = answering(act)
        act.issue("send_on", papers.arrival(act, act.subject))
        return act.record("sent_on", office=verdict["office"])


@transaction.atomic
def record_already_received(presentation: Presentation, *, on: date, by: User) -> Entry:
    """Set aside a second arrival of a paper the office has (WRIT-ONE-01)."""
    with step(presentation, "record_already_received", on=on, by=by) as act:
        verdict = answering(act)
        return act.record("already_received_recorded", of=verdict["of"])


@transaction.atomic
def attach(presentation: Presentation, *, name: str, content: bytes, on: date, by: User) -> Entry:
    """Keep a file handed in with the document: PDF, PNG or JPEG up to 20 MiB."""
    with step(presentation, "attach", on=on, by=by) as act:
        media_type = _media_type(content)
        [blob] = Blob.keep(content, media_type=media_type)
        entry = act.record("attached", digest=blob.digest, size=blob.size)
        stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0][:150] or "file"
        ending = mimetypes.guess_extension(media_type) or ""
        document = act.subject.document
        Attachment.objects.create(document=document, entry=entry, blob=blob, name=stem + ending)
        return entry


def _media_type(content: bytes) -> str:
    """What the file is by its first bytes; 422 for another kind or too many bytes."""
    media_type = next((kind for mark, kind in FILE_MARKS.items() if content.startswith(mark)), "")
    if not media_type:
        raise Refusal("file_type", errors=(FieldError("file", "file_type"),))
    if len(content) > LARGEST_FILE:
        raise Refusal("file_size", errors=(FieldError("file", "file_size"),))
    return media_type


def preview(presentation: Presentation, verb: str, *, language: str, on: date, by: User) -> bytes:
    """The paper a step would issue, unnumbered; nothing is stored. Refusal where it would."""
    with transaction.atomic(), step(presentation, verb, on=on, by=by) as act:
        answering(act)
        facts = {**papers.arrival(act, act.subject), "number": "—", "issued_on": on.isoformat()}
        return render(verb, facts=facts, language=language, law=act.law, on=on)


def answering(act: Act[Presentation]) -> dict[str, Any]:
    """The verdict the step answers; 422 when the law's verdict is another one."""
    verdict: dict[str, Any] = act.subject.verdict
    needed = fitting(act.verb)
    if verdict["verdict"] == needed:
        return verdict
    fact = Fact("verdict", verdict["verdict"], needed)
    rule = act.law.steps[act.verb].rule
    possible = tuple(v for v in VERBS if fitting(v) == verdict["verdict"])
    raise Refusal("verdict_differs", rule=rule, facts=(fact,), possible=possible)


def fitting(verb: str) -> str:
    """The verdict a verb answers, as the lifecycle says."""
    return next((answers for known, answers in ANSWERS if known == verb), "")


#: Which verdict each verb answers, as the lifecycle says.
ANSWERS: Final = [
    (each.custom["verb"], each.custom["verdict"])
    for each in Presentation().get_all_state_transitions()
]
#: The verbs of this noun by name, for commands and screens.
VERBS: Final = {
    verb.__name__: verb
    for verb in (return_defective, refuse_late, send_on, record_already_received)
}

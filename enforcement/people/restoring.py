"""A court restored the term of a document that was refused as late: it is judged anew with that."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from documents.executive_document import DocumentShape, Unreadable
from documents.executive_document import read as read_document
from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Line
from enforcement.core.evidence import told_apart
from enforcement.core.facts import Facts
from enforcement.core.fields import Day, Text
from enforcement.core.roles import REGISTERING
from enforcement.core.verb import verb
from enforcement.facts.arrivals import same_paper
from enforcement.intake.receiving import Directory, judged, paper_key
from enforcement.models import Presentation
from enforcement.people import rewriting
from enforcement.people.correcting import PAPER, RESTORED
from journal.models import Entry
from law.refusal import FieldError, Kind, Refusal

#: The court's act as a piece of evidence, and the fields by which its parts are asked.
RESTORING_ACT: Final = "restoring_act"
OWN: Final = {
    "court": "court",
    "number": "number",
    "on": "ruled_on",
    "in_force_on": "in_force_on",
}


def _told_elsewhere(now: Facts) -> Refusal | None:
    """What another office took in is not judged here."""
    return None if now.thing.handed_in else Refusal("paper_left", kind=Kind.STATE)


def _paper(arrival: Presentation, asked: Mapping[str, Any]) -> tuple[str, ...]:
    """The paper that the arrival is: nobody else takes it in meanwhile."""
    told = arrival.handed_in or {}
    return (paper_key(*(str(told.get(name) or "") for name in PAPER)),)


@verb(
    on=Presentation,
    by=REGISTERING,
    icon="play",
    asks=(
        Text("court", label=_("Court"), longest=300, sample=lambda now, given: "1"),
        Text("number", label=_("Court's act: number"), sample=lambda now, given: "1"),
        Day("ruled_on", label=_("Court's act: day"), sample=lambda now, given: now.on),
        Day(
            "in_force_on",
            label=_("Court's act: day of entry into force"),
            required=False,
            most=lambda now, given: now.on,
            least=lambda now, given: given["ruled_on"],
        ),
    ),
    writes=(Line(RESTORED),),
    unless=_told_elsewhere,
    alone=_paper,
)
def add_restored_term(
    act: Act[Presentation],
    *,
    court: str,
    number: str,
    ruled_on: date,
    in_force_on: date | None = None,
) -> Entry:
    """Add the court's act that restored the term to a document refused as late: it is judged anew
    on this day and waits for its step; the refusal stays in the journal (RESTORE-01)."""
    arrival = act.subject
    named = {"court": court, "number": number, "on": ruled_on, "in_force_on": in_force_on}
    told = told_apart(act.law, RESTORING_ACT, named, OWN, on=act.on)
    data: dict[str, Any] = {**(arrival.handed_in or {}), "restored": told}
    known = Directory.now()
    document = _read(act, data, known)
    issuer = arrival.document.issuer
    others = same_paper(issuer, document.case_key, document.decision_on).exclude(pk=arrival.pk)
    before = list(others.filter(received_on__lte=act.on))
    try:
        verdict = judged(document, before, act.case.office, act.law, act.on, known=known)
    except Refusal as refused:
        raise _named(refused) from refused
    arrival.handed_in, arrival.verdict = data, verdict.as_json()
    arrival.save(update_fields=["handed_in", "verdict"])
    rewriting.document(arrival, document, issuer)
    body = {key: each for key, each in arrival.verdict.items() if key != "rules"}
    entry = act.record(RESTORED, **body, ordinal=arrival.ordinal)
    keep_evidence(entry, {RESTORING_ACT: told})
    return entry


def _read(act: Act[Presentation], data: dict[str, Any], known: Directory) -> DocumentShape:
    """The document with the court's act, which came on this day; what cannot be is wrong with the
    act."""
    try:
        return read_document({**data, "received_on": None}, known.codes(act.law), on=act.on)
    except Unreadable as bad:
        raise _named(Refusal("invalid", errors=tuple(bad.errors))) from bad


def _named(refused: Refusal) -> Refusal:
    """The refusal with the parts of the act under the names by which they were asked."""
    whole, errors = "restored.", refused.errors
    refused.errors = tuple(
        FieldError(OWN[each.field.removeprefix(whole)], each.code)
        if each.field.startswith(whole)
        else each
        for each in errors
    )
    return refused

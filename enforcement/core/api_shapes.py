"""The shapes in which the API answers, each told once: what is built is what is described.

A class tells the keys and their types, the function beside it builds them, and docs/openapi.yaml is
generated from the class (enforcement.core.openapi).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, NotRequired, TypedDict

from django.db.models import Prefetch

from deadlines.actions import folded, row
from deadlines.calculator import StepKind
from deadlines.fold import STATUSES
from deadlines.models import Deadline
from deadlines.queries import explain
from enforcement.facts.balance import Claim, claim_told
from enforcement.facts.frozen import Frozen
from enforcement.facts.schedule import Instalment
from enforcement.lifecycle.presentation import RECEIVED
from enforcement.models import Case, Debt, Measure, Presentation
from enforcement.verdict import Verdict
from journal.models import Stream
from law.statute import statute


@dataclass(frozen=True)
class As:
    """What a type does not say of a value: its format, its words, what it stands for."""

    format: str = ""
    about: str = ""
    one_of: tuple[str, ...] = ()
    shape: type | None = None


Key = Annotated[str, As("uuid")]
Day = Annotated[str, As("date")]
Instant = Annotated[str, As("date-time")]
Address = Annotated[str, As("uri")]
Sum = Annotated[str, As(about="decimal, in tenge")]
#: The verdict as it was stored: only what applies.
Judged = Annotated[dict[str, Any], As(shape=Verdict)]


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


# --- Terms ---------------------------------------------------------------------------------------


class StepShape(TypedDict):
    """A row of the ledger behind a date; `until` is inclusive."""

    on: Day
    until: Day
    kind: StepKind
    why: str
    n: int


class DeadlineShape(TypedDict):
    """A term of the case."""

    rule: str
    scope: str
    starts_on: Day
    due_on: Day | None
    safe_on: Annotated[str | None, As("date", "duties of the office: last working day")]
    status: Annotated[str, As(one_of=STATUSES)]
    days_left: int | None
    provisional: bool
    steps: NotRequired[list[StepShape]]


class DeadlinesShape(TypedDict):
    """The terms of a case."""

    deadlines: list[DeadlineShape]


def deadline(found: Deadline, *, rule_set: str, today: date, explain_in: str = "") -> DeadlineShape:
    """A term of a case, explained where a language is given."""
    duty = statute(rule_set).term(found.rule, on=found.starts_on).duty
    answer: DeadlineShape = {
        "rule": found.rule,
        "scope": found.scope,
        "starts_on": found.starts_on.isoformat(),
        "due_on": _day(found.due_on),
        "safe_on": found.safe_on.isoformat() if duty and found.safe_on else None,
        "status": found.status,
        "days_left": found.days_left(today),
        "provisional": found.provisional,
    }
    if explain_in:
        answer["steps"] = [
            {
                "on": step.on.isoformat(),
                "until": step.until.isoformat(),
                "kind": step.kind,
                "why": step.why.in_(explain_in),
                "n": step.n,
            }
            for step in explain(found, rule_set=rule_set).steps
        ]
    return answer


def deadlines(stream: Stream, *, today: date, explain_in: str = "") -> list[DeadlineShape]:
    """The terms of a case, explained where asked."""
    rows = stream.deadlines.order_by("due_on", "rule")
    return [
        deadline(each, rule_set=stream.rule_set, today=today, explain_in=explain_in)
        for each in rows
    ]


# --- A document handed in ------------------------------------------------------------------------


class ReceiptShape(TypedDict):
    """The answer to a document handed in."""

    id: Key
    case: Key
    number: str
    ref: str
    state: str
    verdict: Judged
    deadlines: list[DeadlineShape]


def receipt(presentation: Presentation) -> ReceiptShape:
    """The answer to a document handed in, as it was on that day: the same however often asked."""
    stream = presentation.case.stream
    line = stream.entries.get(kind="received", subject=presentation.pk)
    terms = [row(stream, term) for term in folded(stream, upto=line.seq)]
    scope = f"presentation:{presentation.pk}"
    kept = presentation.verdict
    return {
        "id": str(presentation.pk),
        "case": str(presentation.case_id),
        "number": presentation.case.label,
        "ref": presentation.ref,
        "state": RECEIVED,
        "verdict": {name: kept[name] for name in Verdict.names() if name in kept},
        "deadlines": [
            deadline(term, rule_set=stream.rule_set, today=presentation.received_on)
            for term in terms
            if term.scope == scope
        ],
    }


# --- A case --------------------------------------------------------------------------------------


class ParticipantShape(TypedDict):
    """A claimant or debtor, named in the reader's language as the document named him."""

    role: str
    name: str
    identifier: str


class MonthShape(TypedDict):
    """What a month of payments that come again owes, and what of it is paid."""

    since: Day
    due: Sum
    paid: Sum
    left: Sum
    out_of_time: Annotated[bool, As(about="when it was presented: nobody demands it")]


class OwedShape(TypedDict):
    """What is owed: a sum, payments that come again with their months until today, or an act;
    what courts added to the sum by indexation stands in `indexed`."""

    amount: Sum | None
    indexed: Sum
    method: Annotated[str, As(about="how it is executed since a court changed that")]
    joint: bool
    act: str
    periodic: Annotated[str | None, As(about="kind of payments that come again")]
    out_of_time: Annotated[bool, As(about="when it was presented: nobody demands it")]
    arrears: Sum | None
    months: list[MonthShape]


class PresentationShape(TypedDict):
    """One arrival of the document, with the verdict on it."""

    id: Key
    ref: str
    state: str
    received_on: Day
    type: str
    issuer: str | None
    case_number: str
    decision_on: Day | None
    verdict: Judged
    participants: list[ParticipantShape]
    debts: list[OwedShape]


class CaseShape(TypedDict):
    """A case; `head` is the hash of its last entry and the ETag."""

    id: Key
    number: str
    office: str
    rule_set: str
    opened_on: Day
    head: str
    presentations: list[PresentationShape]
    deadlines: list[DeadlineShape]


def case(found: Case, *, today: date, language: str) -> CaseShape:
    """A case with its arrivals, parties, debts and terms."""
    debts = Debt.objects.order_by("position", "share").annotate(told=claim_told())
    arrivals = found.presentations.order_by("ordinal").prefetch_related(
        "participants", Prefetch("debts", debts)
    )
    arrivals = arrivals.select_related("document__issuer")
    return {
        "id": str(found.pk),
        "number": found.label,
        "office": found.office.code,
        "rule_set": found.stream.rule_set,
        "opened_on": found.opened_on.isoformat(),
        "head": found.stream.head_hash,
        "presentations": [_presentation(each, today, language) for each in arrivals],
        "deadlines": deadlines(found.stream, today=today),
    }


def _presentation(arrival: Presentation, today: date, language: str) -> PresentationShape:
    people = sorted(arrival.participants.all(), key=lambda p: (p.role, p.position))
    document = arrival.document
    return {
        "id": str(arrival.pk),
        "ref": arrival.ref,
        "state": arrival.state,
        "received_on": arrival.received_on.isoformat(),
        "type": document.kind,
        "issuer": document.issuer.code if document.issuer else None,
        "case_number": document.case_number,
        "decision_on": _day(document.decision_on),
        "verdict": arrival.verdict,
        "participants": [
            {"role": p.role, "name": p.name(language), "identifier": p.identifier} for p in people
        ],
        "debts": [_owed(debt, today) for debt in arrival.debts.all()],
    }


def _owed(debt: Any, today: date) -> OwedShape:
    claim = Claim.of(debt.told)
    arrears = claim.arrears(today)
    return {
        "amount": None if debt.amount is None else str(debt.amount),
        "indexed": str(claim.indexed),
        "method": debt.method,
        "joint": debt.joint,
        "act": debt.act,
        "periodic": debt.periodic_kind or None,
        "out_of_time": claim.late,
        "arrears": None if arrears is None else str(arrears),
        "months": [_month(each) for each in claim.months(today)] if debt.periodic_kind else [],
    }


def _month(each: Instalment) -> MonthShape:
    return {
        "since": each.since.isoformat(),
        "due": str(each.due),
        "paid": str(each.paid),
        "left": str(each.left),
        "out_of_time": each.late,
    }


# --- The prosecutor's decision -------------------------------------------------------------------


class SanctionShape(TypedDict):
    """A freeze that needs the prosecutor's sanction; sums in tenge, `head` for If-Match.

    `left` of the debt; beside this freeze, `frozen` of the debtor for the same claims, asked for,
    sanctioned or served, and `frozen_of_others` who owe a joint claim with him. `above_because`:
    why more is frozen than is left.
    """

    id: Key
    case: Key
    number: str
    office: str
    state: str
    kind: str
    target: str
    bank: str
    account: str
    cap: Sum | None
    left: Sum | None
    frozen: Sum
    frozen_of_others: Sum
    above_because: str
    debtor: str
    requested_on: Day
    requested_by: Annotated[str, As(about="the bailiff's name")]
    decided_on: Day | None
    decided_by: Annotated[str | None, As(about="the name of who decided, or of the system")]
    sanction_number: str
    refusal_reason: str
    head: str


class SanctionsShape(TypedDict):
    """Requests, oldest first, a page at most; `next` is the address of the next page."""

    results: list[SanctionShape]
    next: Address | None


class GrantShape(TypedDict):
    """The prosecutor's act; without a number the office's register gives the next one."""

    number: NotRequired[str]


class RefuseShape(TypedDict):
    """Why not."""

    reason: str


def sanction(measure: Measure, left: Decimal | None, beside: Frozen) -> SanctionShape:
    """A freeze as the prosecutor sees it, with what is left and what is frozen `beside` it."""
    return {
        "id": str(measure.pk),
        "case": str(measure.case_id),
        "number": measure.case.label,
        "office": measure.case.office.code,
        "state": measure.state,
        "kind": measure.kind,
        "target": measure.target,
        "bank": measure.bank,
        "account": measure.account,
        "cap": None if measure.cap is None else str(measure.cap),
        "left": None if left is None else str(left),
        "frozen": str(beside.total),
        "frozen_of_others": str(beside.of_others),
        "above_because": measure.above_because,
        "debtor": measure.proceeding.debtor.name("kk"),
        "requested_on": measure.requested_on.isoformat(),
        "requested_by": measure.requested_by.full_name,
        "decided_on": _day(measure.decided_on),
        "decided_by": measure.decided_by.full_name if measure.decided_by else None,
        "sanction_number": measure.sanction_number,
        "refusal_reason": measure.refusal_reason,
        "head": measure.case.stream.head_hash,
    }

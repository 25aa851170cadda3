"""Securing measures: request a freeze, the prosecutor's decision, serving, lifting."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from accounts.models import User
from enforcement.actions import money, papers
from enforcement.lifecycle.course import INITIATED
from enforcement.lifecycle.measures import LIVE
from enforcement.models import Evidence, Measure, Proceeding
from enforcement.queries.verbs import whole
from enforcement.steps import Act, step
from exchange.actions import post
from journal.models import Entry
from law.refusal import Fact, FieldError, Refusal
from parties.identifiers import iban_fault

FREEZE: Final = "SEC-01"
BANK_MONEY: Final = "bank_money"
SANCTION_RULE: Final = "SANCT-01"


@transaction.atomic
def request_freeze(
    proceeding: Proceeding, *, bank: str, amount: Decimal, account: str = "", on: date, by: User
) -> Measure:
    """Ask the prosecutor to sanction a freeze of money in a bank, capped by what is left (tenge).

    Possible from initiation on (INIT-ARREST-01, Q10); refused above the balance.
    """
    with step(proceeding, "request_freeze", on=on, by=by) as act:
        account = account.replace(" ", "").upper()
        if account and (fault := iban_fault(account)):
            raise Refusal("invalid", errors=(FieldError("account", fault),))
        if not bank.strip():
            raise Refusal("invalid", errors=(FieldError("bank", "required"),))
        _within_balance(act.subject, amount)
        measure = Measure.objects.create(
            case=act.case,
            proceeding=act.subject,
            kind=FREEZE,
            target=BANK_MONEY,
            bank=bank.strip(),
            account=account,
            cap=amount,
            requested_on=on,
            requested_by=by,
        )
        act.bear(measure, "freeze_requested", cap=str(amount), target=BANK_MONEY, kind=FREEZE)
        return measure


def _within_balance(proceeding: Proceeding, amount: Decimal) -> None:
    left = money.balance(proceeding)
    if left is None or not 0 < amount <= left or amount != amount.quantize(money.ZERO):
        needed = f"0.01 – {left}" if left is not None else "-"
        fact = Fact("amount", str(amount), needed)
        error = FieldError("amount", "out_of_range")
        raise Refusal("above_balance", rule=FREEZE, facts=(fact,), errors=(error,))


@transaction.atomic
def grant_sanction(measure: Measure, *, number: str, on: date, by: User) -> Entry:
    """Sanction the freeze (PROS-PWR-03); the author of a request never decides it."""
    with step(measure, "grant_sanction", on=on, by=by) as act:
        _not_own(act)
        if not number.strip():
            raise Refusal("invalid", errors=(FieldError("number", "required"),))
        _decided(act, sanction_number=number.strip())
        return act.record("sanction_granted", number=number.strip())


@transaction.atomic
def refuse_sanction(measure: Measure, *, reason: str, on: date, by: User) -> Entry:
    """Refuse the freeze, saying why (PROS-PWR-03)."""
    with step(measure, "refuse_sanction", on=on, by=by) as act:
        _not_own(act)
        if not reason.strip():
            raise Refusal("invalid", errors=(FieldError("reason", "required"),))
        _decided(act, refusal_reason=reason.strip())
        return act.record("sanction_refused")


def _not_own(act: Act[Measure]) -> None:
    if act.subject.requested_by_id == act.by.pk:
        raise Refusal("own_request", status=403, rule=SANCTION_RULE)


def _decided(act: Act[Measure], **decision: Any) -> None:
    measure = act.subject
    measure.decided_on, measure.decided_by = act.on, act.by
    for name, value in decision.items():
        setattr(measure, name, value)


@transaction.atomic
def serve_freeze(measure: Measure, *, on: date, by: User) -> Entry:
    """Send the resolution to the bank through the outbox.

    Refused where the sanction came too late: the proceeding stands still or has ended, or less
    is left than the cap.
    """
    with step(measure, "serve_freeze", on=on, by=by) as act:
        proceeding = act.subject.proceeding
        if proceeding.state != INITIATED:
            fact = Fact("state", proceeding.state, INITIATED)
            raise Refusal("proceeding_stands", status=409, rule=SANCTION_RULE, facts=(fact,))
        _within_balance(proceeding, act.subject.cap)
        act.issue("freeze", papers.measure(act))
        entry = act.record("freeze_served", cap=str(act.subject.cap))
        paper = entry.papers.get()
        post(
            entry,
            kind="freeze",
            to=act.subject.bank,
            body={
                "measure": str(act.subject.pk),
                "account": act.subject.account,
                "cap": str(act.subject.cap),
                "sanction": act.subject.sanction_number,
                "paper": str(paper.pk),
                "number": paper.label,
            },
        )
        return entry


@transaction.atomic
def record_answer(measure: Measure, *, answer: str, on: date, by: User) -> Entry:
    """Record what the bank answered."""
    with step(measure, "record_answer", on=on, by=by) as act:
        if not answer.strip():
            raise Refusal("invalid", errors=(FieldError("answer", "required"),))
        act.subject.answer = answer.strip()[:1000]
        return act.record("bank_answered")


@transaction.atomic
def lift(measure: Measure, *, reason: str, on: date, by: User) -> Entry:
    """Lift one measure, with a paper to its addressee where it had been served."""
    with step(measure, "lift", on=on, by=by) as act:
        if not reason.strip():
            raise Refusal("evidence_missing", errors=(FieldError("reason", "required"),))
        entry = _lift(act, because="")
        Evidence.objects.create(entry=entry, key="reason", text=reason.strip()[:1000])
        return entry


def lift_all(act: Act[Proceeding], *, because: str) -> list[Entry]:
    """Lift every live measure of a proceeding that ends (TERMN-EFF-02), inside its step."""
    live = whole(Measure).filter(proceeding=act.subject, state__in=LIVE)
    return [
        _lift(replace(act, subject=measure, verb="lift", drafts=[]), because=because)
        for measure in live.order_by("requested_on", "id")
    ]


def _lift(act: Act[Measure], *, because: str) -> Entry:
    served = act.subject.state == "served"
    if served:
        act.issue("lift", {**papers.measure(act), "lifted_because": because})
    entry = act.record("measure_lifted", because=because)
    if served:
        paper = entry.papers.get()
        body = {"measure": str(act.subject.pk), "paper": str(paper.pk), "number": paper.label}
        post(entry, kind="lift", to=act.subject.bank, body=body)
    return entry

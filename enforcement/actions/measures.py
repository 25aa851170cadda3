"""Securing measures: freezes with the prosecutor's sanction, and those that need none."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from accounts.queries import supervising
from documents.issuing import next_number
from enforcement.actions import money, papers
from enforcement.lifecycle.course import INITIATED
from enforcement.lifecycle.measures import LIVE, SERVED
from enforcement.models import Measure, Proceeding, Transfer
from enforcement.models.measures import BANK_MONEY
from enforcement.queries.verbs import whole
from enforcement.steps import LONGEST, NOTHING, Act, Given, bounded, keep, refuse_unproven, step
from exchange.actions import post
from journal.models import Entry
from law.refusal import Fact, FieldError, Refusal
from parties.identifiers import iban_fault

FREEZE: Final = "SEC-01"
SANCTION_RULE: Final = "SANCT-01"
REPLACED_RULE: Final = "SEC-REPL-01"
LIFTED_RULE: Final = "TERMN-EFF-02"


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
            bank=bounded("bank", bank, 300),
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
def grant_sanction(measure: Measure, *, number: str = "", on: date, by: User) -> Entry:
    """Sanction the freeze (PROS-PWR-03); the author of a request never decides it.

    Without a number the prosecutor's office gives the next one of its own register.
    """
    with step(measure, "grant_sanction", on=on, by=by) as act:
        _not_own(act)
        number = bounded("number", number, 64) or _next_sanction(act)
        _decided(act, sanction_number=number)
        return act.record("sanction_granted", number=number)


def _next_sanction(act: Act[Measure]) -> str:
    office = supervising(act.by, act.case.office_id, on=act.on)
    return f"{next_number(office, 'sanction', year=act.on.year)}/{act.on.year}"


@transaction.atomic
def refuse_sanction(measure: Measure, *, reason: str, on: date, by: User) -> Entry:
    """Refuse the freeze, saying why (PROS-PWR-03)."""
    with step(measure, "refuse_sanction", on=on, by=by) as act:
        _not_own(act)
        if not reason.strip():
            raise Refusal("invalid", errors=(FieldError("reason", "required"),))
        _decided(act, refusal_reason=bounded("reason", reason, LONGEST))
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
        act.issue("freeze", papers.measure(act, act.subject))
        entry = act.record("freeze_served", cap=str(act.subject.cap))
        [paper] = act.filed
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
        if act.subject.target != BANK_MONEY:
            fact = Fact("target", act.subject.target, BANK_MONEY)
            raise Refusal("no_bank", status=409, rule="BAIL-PWR-03", facts=(fact,))
        act.subject.answer = bounded("answer", answer, LONGEST)
        if not act.subject.answer:
            raise Refusal("invalid", errors=(FieldError("answer", "required"),))
        return act.record("bank_answered")


@transaction.atomic
def lift(measure: Measure, *, reason: str, on: date, by: User) -> Entry:
    """Lift one measure, with a paper to its addressee where it had been served."""
    with step(measure, "lift", on=on, by=by) as act:
        refuse_unproven("reason", reason)
        entry = _lift(act, because="", reason=reason.strip())
        keep(entry, {"reason": reason})
        return entry


def refuse_secured_elsewhere(act: Act[Proceeding]) -> None:
    """409 while a measure holds in an office the document came from: that office lifts it first."""
    arrival = act.subject.presentation_id
    while sent := _came_by(arrival):
        if sent.proceeding.measures.filter(state__in=LIVE).exists():
            fact = Fact("secured", sent.proceeding.case.label, "-")
            raise Refusal("secured_elsewhere", status=409, rule=LIFTED_RULE, facts=(fact,))
        arrival = sent.proceeding.presentation_id


def _came_by(arrival: Any) -> Transfer | None:
    known = Transfer.objects.filter(accepted=arrival)
    return known.select_related("proceeding__case__office").first()


def lift_all(act: Act[Proceeding], *, because: str) -> list[Entry]:
    """Lift every live measure of a proceeding that ends (TERMN-EFF-02), inside its step."""
    return lift_live(act, whole(Measure).filter(proceeding=act.subject), because=because)


def lift_live(act: Act[Proceeding], found: QuerySet[Measure], *, because: str = "") -> list[Entry]:
    """Lift those of these measures that are in force or on their way, inside another step."""
    live = found.filter(state__in=LIVE).order_by("requested_on", "id")
    return [_lift(act.on_another(measure, "lift"), because=because) for measure in live]


def _lift(act: Act[Measure], *, because: str, reason: str = "") -> Entry:
    served = act.subject.state == SERVED
    if served:
        why = {"lifted_because": because, "reason": reason}
        act.issue("lift", {**papers.measure(act, act.subject), **why})
    entry = act.record("measure_lifted", because=because)
    if served:
        _tell(act, entry, act.subject, "lift")
    return entry


def _tell(act: Act[Any], entry: Entry, measure: Measure, message: str, **more: str) -> None:
    """Tell whoever beside the debtor carries the measure out, with the paper of this line."""
    if measure.holder:
        [paper] = act.filed
        body = {"measure": str(measure.pk), "paper": str(paper.pk), "number": paper.label}
        post(entry, kind=message, to=measure.holder, body=body | more)


# --- Measures that need no sanction ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a measure is to be."""

    kind: str
    target: str
    object: str
    addressee: str
    initiator: str
    details: Given


@transaction.atomic
def secure(
    proceeding: Proceeding,
    *,
    kind: str,
    target: str,
    initiator: str = "bailiff",
    object: str = "",
    addressee: str = "",
    details: Given = NOTHING,
    on: date,
    by: User,
) -> Measure:
    """Lay a measure on anything but money in a bank; it is in force at once (SEC-01..07).

    On the bailiff's own initiative or the claimant's application (SEC-RIGHT-01), beside whatever
    is laid already (SEC-MULTI-01).
    """
    with step(proceeding, "secure", on=on, by=by) as act:
        wanted = Wanted(kind, target, object, addressee, initiator, details)
        measure, sums = lay(act, act.subject, wanted)
        act.issue("secure", papers.secured(act, measure, sums=sums))
        entry = bear(act, measure)
        _tell(act, entry, measure, "secure", **_laid_on(measure))
        return measure


@transaction.atomic
def replace(
    measure: Measure,
    *,
    kind: str,
    target: str,
    initiator: str,
    reason: str,
    object: str = "",
    addressee: str = "",
    details: Given = NOTHING,
    on: date,
    by: User,
) -> Measure:
    """Put another kind of measure in the place of one in force, by one ruling (SEC-REPL-01).

    Until that ruling the old one holds (SEC-REPL-02); what needs a sanction is asked for first.
    """
    with step(measure, "replace", on=on, by=by) as act:
        old = act.subject
        if old.proceeding.state != INITIATED:
            fact = Fact("state", old.proceeding.state, INITIATED)
            raise Refusal("proceeding_stands", status=409, rule=REPLACED_RULE, facts=(fact,))
        if kind == old.kind:
            fact = Fact("kind", kind, ", ".join(sorted(set(act.law.securing()) - {kind})))
            error = FieldError("kind", "unknown")
            raise Refusal("same_kind", rule=REPLACED_RULE, facts=(fact,), errors=(error,))
        refuse_unproven("reason", reason)
        wanted = Wanted(kind, target, object, addressee, initiator, details)
        fresh, sums = lay(act, old.proceeding, wanted, replaces=old)
        bear(act, fresh)
        act.issue("replace", papers.replacement(act, old, fresh, sums=sums, reason=reason))
        entry = act.record("measure_replaced", measure=str(fresh.pk), initiator=initiator)
        keep(entry, {"reason": reason})
        _tell(act, entry, old, "lift")
        _tell(act, entry, fresh, "secure", **_laid_on(fresh))
        return fresh


def _laid_on(measure: Measure) -> dict[str, str]:
    return {"kind": measure.kind, "target": measure.target, "object": measure.object}


def lay(
    act: Act[Any], proceeding: Proceeding, wanted: Wanted, *, replaces: Measure | None = None
) -> tuple[Measure, money.Account]:
    """The measure as it is laid, once the law has nothing against it; its line is still to come.

    With it the sums of the debtor, for its paper.
    """
    _refuse_unfit(act, wanted)
    _refuse_gaps(act, wanted)
    sums = money.refuse_paid(proceeding)
    measure = Measure.objects.create(
        case=act.case,
        proceeding=proceeding,
        state=SERVED,
        kind=wanted.kind,
        target=wanted.target,
        object=bounded("object", wanted.object, LONGEST),
        addressee=bounded("addressee", wanted.addressee, 300),
        details={key: text.strip() for key, text in wanted.details.items() if text.strip()},
        initiator=wanted.initiator,
        replaces=replaces,
        requested_on=act.on,
        requested_by=act.by,
    )
    return measure, sums


def bear(act: Act[Any], measure: Measure) -> Entry:
    """The line of a measure's birth; `act` in it is the verb that laid it."""
    told = {name: getattr(measure, name) for name in ("kind", "target", "initiator")}
    return act.bear(measure, "secured", act=act.verb, **told)


def _refuse_unfit(act: Act[Any], wanted: Wanted) -> None:
    """A known kind on a target it is for, none that a sanction is needed for (SANCT-01)."""
    known = act.law.securing().get(wanted.kind)
    if known is None:
        raise Refusal("invalid", errors=(FieldError("kind", "unknown"),))
    if rule := act.law.sanction(wanted.target):
        error, instead = FieldError("target", "sanction"), ("request_freeze",)
        raise Refusal("sanction_needed", rule=rule, errors=(error,), possible=instead)
    if wanted.target not in known.targets:
        fits = [each for each in known.targets if not act.law.sanction(each)]
        fact = Fact("target", wanted.target or "-", ", ".join(fits))
        error = FieldError("target", "unknown")
        raise Refusal("target_unfit", rule=wanted.kind, facts=(fact,), errors=(error,))
    if wanted.initiator not in act.law.steps[act.verb].initiators:
        raise Refusal("invalid", errors=(FieldError("initiator", "unknown"),))


def _refuse_gaps(act: Act[Any], wanted: Wanted) -> None:
    """What the kind asks, as the law's data say; a detail it does not ask has no place in it."""
    asked = act.law.securing()[wanted.kind].asks
    own = {"object": wanted.object, "addressee": wanted.addressee}
    refuse_gaps(asked, wanted.details, own=own, rule=wanted.kind)


def refuse_gaps(asked: tuple[str, ...], details: Given, *, rule: str, own: Given = NOTHING) -> None:
    """422 naming each thing asked that is missing, each detail nobody asks or that is too long."""
    path = {key: key if key in own else f"details.{key}" for key in (*asked, *details)}
    given = {**details, **own}
    lacking = [FieldError(path[key], "required") for key in asked if not given.get(key, "").strip()]
    strange = [FieldError(path[key], "unknown_field") for key in details if key not in asked]
    if lacking or strange:
        raise Refusal("invalid", rule=rule, errors=(*lacking, *strange))
    for key, text in details.items():
        bounded(path[key], text, LONGEST)

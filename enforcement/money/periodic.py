"""Payments that come again: the sum of each month, and the arrears, as the bailiff reckons them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from documents.shares import FRACTION, TIYN
from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Annulled, Line
from enforcement.core.facts import Facts
from enforcement.core.fields import LARGEST, Day, Sum, Text
from enforcement.core.roles import BAILIFFS
from enforcement.core.verb import verb
from enforcement.facts import schedule
from enforcement.facts.balance import PERIODIC, Claim
from enforcement.models import Assessment, Debt, Proceeding
from enforcement.money.sums import claim_asked, reversal_of
from journal.models import Entry
from law.refusal import Fact, FieldError, Refusal

UNDO: Final = reversal_of("assessment", Assessment)


def _periodic(now: Facts) -> list[Claim]:
    return [claim for claim in now.running.claims if claim.kind == PERIODIC]


def _nothing_periodic(now: Facts) -> Refusal | None:
    if _periodic(now):
        return None
    error = FieldError("debt", "unknown")
    return Refusal("not_periodic", rule=now.law.role("periodic_payments"), errors=(error,))


CLAIM: Final = claim_asked("debt", _periodic)


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="pen",
    asks=(
        CLAIM,
        Sum(
            "amount",
            label=_("Sum of each month, tenge"),
            hint=_("Empty where it is reckoned of the income."),
            most=lambda now, given: LARGEST,
            required=False,
        ),
        Sum(
            "income",
            label=_("Income of a month, tenge"),
            hint=_("The sum is then the share of it that the document awards."),
            most=lambda now, given: LARGEST,
            required=False,
        ),
        Day(
            "since",
            label=_("From which day"),
            hint=_("Empty: from the beginning of the award."),
            required=False,
        ),
        Text("proof", label=_("What proves it")),
    ),
    writes=(Line("monthly_sum_set", Annulled.ANY, undo=UNDO),),
    unless=_nothing_periodic,
)
def set_monthly_sum(
    act: Act[Proceeding],
    *,
    debt: Debt,
    proof: str,
    amount: Decimal | None = None,
    income: Decimal | None = None,
    since: date | None = None,
) -> Entry:
    """Record the sum that each month owes from a day on: as told, or the awarded share of an
    income (PERIOD-02). The schedule of months is made of it."""
    _refuse_another(act, debt)
    monthly = amount or _share_of(debt, income)
    first = since or debt.periodic_since or act.subject.initiated_on
    told: dict[str, Any] = {"debt": str(debt.pk), "amount": str(monthly), "since": str(first)}
    entry = act.record("monthly_sum_set", **told)
    Assessment.objects.create(debt=debt, entry=entry, amount=monthly, on=act.on, since=first)
    keep_evidence(entry, {"proof": proof})
    return entry


def _share_of(debt: Debt, income: Decimal | None) -> Decimal:
    """The awarded share of an income, whole tiyn; a Refusal where neither gives a sum."""
    share = FRACTION.search(debt.periodic_share)
    if income is None or share is None:
        raise Refusal("invalid", errors=(FieldError("amount", "required"),))
    numerator, _slash, denominator = share[0].partition("/")
    part = Fraction(int(numerator), int(denominator)) if int(denominator) else Fraction(0)
    found = Decimal(int(Fraction(income) * TIYN * part)) / TIYN
    if not found:
        raise Refusal("invalid", errors=(FieldError("income", "out_of_range"),))
    return found


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="pen",
    asks=(
        CLAIM,
        Sum(
            "amount",
            label=_("Arrears, tenge"),
            hint=_("Without what was out of time when the document came."),
            most=lambda now, given: LARGEST,
        ),
        Day(
            "until",
            label=_("Unpaid on the day"),
            hint=_("Empty: the date of the act."),
            required=False,
            most=lambda now, given: now.on,
        ),
        Text("proof", label=_("What proves it")),
    ),
    writes=(Line("arrears_stated", Annulled.ANY, undo=UNDO),),
    unless=_nothing_periodic,
)
def record_arrears(
    act: Act[Proceeding], *, debt: Debt, amount: Decimal, proof: str, until: date | None = None
) -> Entry:
    """Record what the bailiff's reckoning shows unpaid on a day, after all that came until then
    and was known; the months after that day are reckoned on from it. No more than the months in
    time owe by that day (PERIOD-02)."""
    _refuse_another(act, debt)
    day = until or act.on
    _refuse_above(act, debt, amount, day)
    told: dict[str, Any] = {"debt": str(debt.pk), "amount": str(amount), "until": day.isoformat()}
    entry = act.record("arrears_stated", **told)
    Assessment.objects.create(debt=debt, entry=entry, amount=amount, on=act.on, until=day)
    keep_evidence(entry, {"proof": proof})
    return entry


def _refuse_another(act: Act[Proceeding], debt: Debt) -> None:
    """Only payments that come again have months."""
    if not debt.periodic_kind:
        error = FieldError("debt", "unknown")
        raise Refusal("not_periodic", rule=act.law.role("periodic_payments"), errors=(error,))


def _refuse_above(act: Act[Proceeding], debt: Debt, amount: Decimal, day: date) -> None:
    """Arrears are what the months in time owe: 422 above that, and where it cannot be told."""
    award = next(each.award for each in act.running.claims if each.id == str(debt.pk))
    most = schedule.most(award, day)
    rule = act.law.role("each_payment")
    if most is None and award.late_by:
        raise Refusal("late_not_reckoned", rule=rule)
    if most is not None and amount > most:
        error = FieldError("amount", "out_of_range")
        facts = (Fact("amount", str(amount), f"<= {most}"),)
        raise Refusal("above_schedule", rule=rule, facts=facts, errors=(error,))

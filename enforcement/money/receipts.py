"""Money that came in: a fact with a day of its own, and what of it is above the claim.

It is written down whenever it came: before or after the case's last line, after a return, after
the end. What is above the claim waits to be given back to who paid it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from documents.models import ExecutiveDocument
from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Annulled, Line
from enforcement.core.facts import Facts
from enforcement.core.fields import LARGEST, Choice, Day, Option, Sum, Text, Thing
from enforcement.core.roles import BAILIFFS
from enforcement.core.step import one_at_a_time
from enforcement.core.verb import verb
from enforcement.core.words import reading
from enforcement.facts.balance import SUM, ZERO, standing
from enforcement.lifecycle.proceeding import INITIATED, RETURNED
from enforcement.models import Debt, Proceeding, Recovery, Refund
from enforcement.models.money import BY_DEBTOR
from enforcement.money.sums import claim_asked, grouped, is_id, payable, reversal_of
from enforcement.verdict import returns_under
from journal.models import Entry
from law.refusal import Fact, Refusal

#: Signs the number of a payment document can have.
LONGEST_NUMBER: Final = 100
LONGEST_PAYER: Final = 300


def _to_recover(now: Facts) -> Mapping[str, str] | None:
    freeze = now.running.freeze
    served = freeze is not None and freeze.state == "served"
    return {} if now.running.state == INITIATED and now.running.owed and served else None


def _was_given_back(now: Facts, line: Entry, left: Sequence[Entry]) -> bool:
    """What was given back is annulled before the sum it came from."""
    return any(
        other.kind == "surplus_returned" and other.facts["line"] == line.seq for other in left
    )


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="plus",
    asks=(
        claim_asked("debt", payable),
        Sum("amount", label=_("Sum that came, tenge"), most=lambda now, given: LARGEST),
        Day(
            "received_on",
            label=_("Day on which the money came"),
            hint=_("Empty: the date of the act."),
            required=False,
            most=lambda now, given: now.on,
        ),
        Choice("source", label=_("From where it came"), among="sources", default=BY_DEBTOR),
        Text(
            "payer",
            label=_("Payer"),
            hint=_("Empty: the debtor."),
            longest=LONGEST_PAYER,
            required=False,
        ),
        Text(
            "document",
            label=_("Payment document: number"),
            longest=LONGEST_NUMBER,
            required=False,
        ),
    ),
    writes=(
        Line(
            "recovered",
            Annulled.COUNTING,
            undo=reversal_of("recovery", Recovery),
            stays=_was_given_back,
        ),
    ),
    due=_to_recover,
    own_day="received_on",
)
def record_recovery(
    act: Act[Proceeding],
    *,
    debt: Debt,
    amount: Decimal,
    received_on: date | None = None,
    source: str = BY_DEBTOR,
    payer: str = "",
    document: str = "",
) -> Entry:
    """Record money that came for a debt, whoever paid and however much; it is never refused.

    `received_on`: its own day, that of the act where it is left out. What is above the claim is
    surplus (RIGHT-DEBT-01, TERMN-07). A part that the debtor pays after a return interrupts the
    presentation term (INTERR-02). What came before the decision, or before it was in force, is
    told in the line.
    """
    day = received_on or act.on
    paid = Recovery(
        debt_id=debt.pk,
        proceeding=act.subject,
        amount=amount,
        on=day,
        source=source,
        payer=payer,
        document=document,
    )
    # Two that come at once are told of each other.
    one_at_a_time(f"claim {debt.claim}")
    told: dict[str, Any] = {"debt": str(debt.pk), "amount": str(amount), "source": source}
    if day != act.on:
        told["since"] = day.isoformat()
    if term := _interrupted(act, debt, paid):
        told["presentation_term"] = term
    paid.entry = act.record("recovered", **told, **_looked_at(act, paid, debt))
    paid.save(force_insert=True)
    return paid.entry


def _interrupted(act: Act[Proceeding], debt: Debt, paid: Recovery) -> str | None:
    """The presentation term that the debtor's part payment interrupts (INTERR-02): after a return
    to the claimant, and while something is left, since what was executed is presented no more."""
    known = act.law.role("performed_in_part", act.on)
    if not known or paid.source != BY_DEBTOR or act.subject.state != RETURNED:
        return None
    left = act.running.left or ZERO
    rest = left - paid.amount if debt.amount is not None else left
    in_part = rest > 0 or bool(act.running.account.owed - {SUM})
    return returns_under(act.subject.presentation.verdict) if in_part else None


def _looked_at(act: Act[Proceeding], paid: Recovery, debt: Debt) -> dict[str, Any]:
    """What is to be looked at: the same payment told before, a day before the paper's own."""
    same, before = _same(paid, debt), _earlier_than(act, paid.on)
    told = {"same_as": same.entry.seq if same else None, "earlier_than": before}
    return {name: value for name, value in told.items() if value}


def _earlier_than(act: Act[Proceeding], day: date) -> str:
    """The day of the paper before which the money came: of its decision, or of its entry into force
    unless it is executed at once; it counts, and is looked at."""
    asked = ("kind", "immediate", "decision_on", "in_force_on", "beside")
    paper = ExecutiveDocument.objects.filter(presentation=act.subject.presentation_id).only(*asked)
    document = paper.get()
    at_once = document.immediate or act.law.kind(document.kind).immediate
    at_once = at_once or document.beside.get("instance") in act.law.list("in_force_at_once")
    days = ["decision_on"] if at_once else ["decision_on", "in_force_on"]
    return next((name for name in days if (on := getattr(document, name)) and day < on), "")


def _same(paid: Recovery, debt: Debt) -> Recovery | None:
    """A sum of the same number, payer and day that stands already: a bank may pay twice, but a
    person may also write twice."""
    if not paid.document:
        return None
    alike = {name: getattr(paid, name) for name in ("document", "payer", "amount", "on")}
    found = standing().filter(debt__claim=debt.claim, **alike).select_related("entry")
    return found.order_by("entry_id").first()


# --- What came above the claim --------------------------------------------------------------------


def _nothing_above(now: Facts) -> Refusal | None:
    if now.running.account.surplus:
        return None
    fact = Fact("amount", "0.00", "> 0")
    return Refusal("no_surplus", rule=now.law.role("full_performance"), facts=(fact,))


def _above(now: Facts) -> dict[str, Decimal]:
    """The sums that came here, with what of each is above the claim."""
    return {key: amount for claim in now.running.claims for key, amount in claim.above.items()}


def _surpluses(now: Facts, option: Option | None) -> Iterator[tuple[Recovery, str]]:
    """The sums of which something waits to be given back, the oldest first."""
    above = _above(now)
    for paid in Recovery.objects.filter(pk__in=above).order_by("on", "entry_id"):
        day = date_format(paid.on, "SHORT_DATE_FORMAT")
        payer = paid.payer or now.running.name(reading())
        yield paid, f"{grouped(above[str(paid.pk)])} · {day} · {payer}"


def _surplus_named(now: Facts, text: str) -> Recovery | None:
    """A sum by its id; the oldest of which something waits where none is named."""
    if text:
        return Recovery.objects.filter(pk=text).first() if is_id(text) else None
    return next((paid for paid, _name in _surpluses(now, None)), None)


def _to_give_back(now: Facts) -> Mapping[str, str] | None:
    return {} if now.running.account.surplus else None


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="back",
    asks=(
        Thing(
            "recovery",
            label=_("Sum that came"),
            among=_surpluses,
            named=_surplus_named,
            belongs=lambda now, paid: paid.proceeding_id == now.thing.pk,
        ),
        Text("proof", label=_("What proves it")),
    ),
    writes=(Line("surplus_returned", Annulled.COUNTING, undo=reversal_of("refund", Refund)),),
    unless=_nothing_above,
    due=_to_give_back,
)
def return_surplus(act: Act[Proceeding], *, recovery: Recovery, proof: str) -> Entry:
    """Record that what came above the claim was given back to who paid it, all of that sum."""
    above = _above(act.now).get(str(recovery.pk))
    if above is None:
        fact = Fact("amount", "0.00", "> 0")
        raise Refusal("no_surplus", rule=act.law.role("full_performance"), facts=(fact,))
    told: dict[str, Any] = {"line": recovery.entry.seq, "amount": str(above)}
    entry = act.record("surplus_returned", **told)
    Refund.objects.create(recovery=recovery, entry=entry, amount=above, on=act.on)
    keep_evidence(entry, {"proof": proof})
    return entry

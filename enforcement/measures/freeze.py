"""A freeze of money in a bank: asked for, sanctioned by the prosecutor, served, answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import PROSECUTOR
from enforcement.core import shared_guards
from enforcement.core.act import Act, decide
from enforcement.core.card import Line
from enforcement.core.facts import Facts
from enforcement.core.fields import Option, Sum, Text, within
from enforcement.core.parsing import BLANK, is_told
from enforcement.core.roles import BAILIFFS
from enforcement.core.verb import verb
from enforcement.core.words import tenge
from enforcement.facts.balance import TIYN
from enforcement.facts.frozen import Frozen, frozen, sum_of
from enforcement.lifecycle.measure import REQUESTED, SERVED
from enforcement.lifecycle.proceeding import INITIATED
from enforcement.measures.numbering import number_it
from enforcement.measures.papers import paper_of
from enforcement.models import Measure, Proceeding
from enforcement.models.measure import BANK_MONEY
from exchange.outbox import post
from journal.models import Entry
from law.refusal import Fact, FieldError, Kind, Refusal
from parties.identifiers import iban_fault
from parties.spelling import identifier_key

# --- What closes it -------------------------------------------------------------------------------


def _own_request(now: Facts) -> Refusal | None:
    return shared_guards.own_request(now, "sanction")


def _not_to_be_served(now: Facts) -> Refusal | None:
    """The sanction came too late: the proceeding does not run, or less is left than the cap."""
    if standing := shared_guards.stands(now, "sanction"):
        return standing
    left, cap = now.running.due(now.on), now.thing.cap
    if left is not None and within(cap, left):
        return _covered(now)
    fact = Fact("amount", str(cap), f"{TIYN} – {left}" if left is not None else "-")
    rule, error = now.law.role("bank_freeze"), FieldError("amount", "out_of_range")
    return Refusal("above_balance", rule=rule, facts=(fact,), errors=(error,))


def _covered(now: Facts) -> Refusal | None:
    """What the banks hold already covers the debt, and no reason was given why more is frozen."""
    left, own = now.running.due(now.on), now.thing
    served = [each for each in now.running.freezes if each.state == SERVED]
    found = Frozen(own=tuple(served), others=())
    if left is None or own.above_because or own.cap <= found.free(left):
        return None
    return _above(now, own.cap, left, found)


def _above(now: Facts, amount: Decimal, left: Decimal, found: Frozen) -> Refusal:
    """A freeze that together with what is frozen already exceeds what is left."""
    free = found.free(left)
    facts = (
        Fact("amount", str(amount), f"{TIYN} – {free}" if free else "-"),
        Fact("frozen", str(found.total), ""),
        Fact("balance", str(left), ""),
    )
    error = FieldError("above_because", "required")
    return Refusal("frozen_above", rule=now.law.role("bank_freeze"), facts=facts, errors=(error,))


def _of_a_bank(measure: Any) -> bool:
    return bool(measure.target == BANK_MONEY)


def _no_bank(now: Facts) -> Refusal | None:
    if _of_a_bank(now.thing):
        return None
    fact = Fact("target", now.thing.target, BANK_MONEY)
    return Refusal("no_bank", kind=Kind.STATE, rule=now.law.role("bank_answer"), facts=(fact,))


# --- A freeze of money in a bank ------------------------------------------------------------------


def _to_freeze(now: Facts) -> Mapping[str, str] | None:
    running = now.running
    free = running.owed and running.due(now.on) is not None and running.freeze is None
    return {} if running.state == INITIATED and free else None


@dataclass(frozen=True, kw_only=True)
class Iban(Text):
    """A bank account by its number (IBAN)."""

    def accept(self, value: Any, now: Facts, given: Mapping[str, Any]) -> str:
        """The number, and nothing but it; a Refusal where its check digits are wrong."""
        account = identifier_key(str(value))
        if account and (fault := iban_fault(account)):
            raise Refusal("invalid", errors=(self.wrong(fault),))
        return account


def _frozen_already(now: Facts) -> str:
    """What is frozen already, bank by bank, as the form tells it before anything is typed."""
    found, left = frozen(now.thing, now.running), now.running.due(now.on)
    if left is None:
        return ""
    said = [f"{gettext('Left of the debt')}: {tenge(left)}."]
    for label, freezes in (
        (gettext("Frozen already"), found.own),
        (gettext("Frozen at the other debtors of the joint debt"), found.others),
    ):
        if freezes:
            banks = "; ".join(f"{each.bank} – {tenge(each.cap)}" for each in freezes)
            said.append(f"{label}: {tenge(sum_of(freezes))} ({banks}).")
    if found.own:
        said.append(f"{gettext('More can be frozen without a reason')}: {tenge(found.free(left))}.")
    return " ".join(said)


def _all_frozen(now: Facts, option: Option | None = None) -> bool:
    """Whether nothing more can be frozen without a reason."""
    left = now.running.due(now.on)
    return left is not None and not frozen(now.thing, now.running).free(left)


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="lock",
    asks=(
        Text("bank", label=_("Bank"), longest=300, code="invalid"),
        Iban("account", label=_("Bank account (IBAN)"), longest=34, required=False),
        Sum(
            "amount",
            label=_("Up to the sum of, tenge"),
            hint=_frozen_already,
            most=lambda now, given: now.running.due(now.on),
            code="above_balance",
            rule="bank_freeze",
        ),
        Text(
            "above_because",
            label=_("Why more is frozen than is left"),
            hint=_(
                "Only where the sum exceeds what is left together with what is frozen already. "
                "The prosecutor reads it and it stands in the resolution."
            ),
            required=False,
            must=_all_frozen,
            sample=lambda now, given: BLANK,
        ),
    ),
    writes=(Line("freeze_requested"),),
    makes=(Measure, REQUESTED),
    unless=shared_guards.nothing_left,
    due=_to_freeze,
)
def request_freeze(
    act: Act[Proceeding], *, bank: str, amount: Decimal, account: str = "", above_because: str = ""
) -> Measure:
    """Ask the prosecutor to sanction a freeze of money in a bank, capped by what is left (tenge).

    Possible from initiation on (INIT-ARREST-01, Q10); refused above the balance, and without a
    reason where with what is frozen of the debtor already it would exceed the balance.
    """
    kind = act.law.role("bank_freeze")
    found, left = frozen(act.subject, act.running), act.running.due(act.on)
    above = left is not None and amount > found.free(left)
    if above and left is not None and not above_because:
        raise _above(act.now, amount, left, found)
    measure = Measure.objects.create(
        case=act.case,
        proceeding=act.subject,
        kind=kind,
        target=BANK_MONEY,
        bank=bank,
        account=account,
        cap=amount,
        above_because=above_because if above else "",
        requested_on=act.on,
        requested_by=act.by,
    )
    act.record_birth(measure, "freeze_requested", cap=str(amount), target=BANK_MONEY, kind=kind)
    return measure


@verb(
    on=Measure,
    by=frozenset({PROSECUTOR}),
    icon="check",
    asks=(
        Text(
            "number",
            label=_("Number of the sanction"),
            hint=_("Empty: the next number of the office's register."),
            longest=64,
            required=False,
        ),
    ),
    writes=(Line("sanction_granted"),),
    unless=_own_request,
    only_on=_of_a_bank,
)
def grant_sanction(act: Act[Measure], *, number: str = "") -> Entry:
    """Sanction the freeze (PROS-PWR-03); the author of a request never decides it.

    Without a number the prosecutor's office gives the next one of its own register; none is given
    twice in a year.
    """
    if number and not is_told(number):
        raise Refusal("invalid", errors=(FieldError("number", "format"),))
    number = number_it(act, number)
    decide(act, sanction_number=number)
    return act.record("sanction_granted", number=number)


@verb(
    on=Measure,
    by=frozenset({PROSECUTOR}),
    icon="cross",
    asks=(Text("reason", label=_("Reasons"), code="invalid", many_lines=True),),
    writes=(Line("sanction_refused"),),
    unless=_own_request,
    only_on=_of_a_bank,
)
def refuse_sanction(act: Act[Measure], *, reason: str) -> Entry:
    """Refuse the freeze, saying why (PROS-PWR-03)."""
    decide(act, refusal_reason=reason)
    return act.record("sanction_refused")


#: What a prosecutor decides on a request.
DECISIONS: Final = {"grant": grant_sanction, "refuse": refuse_sanction}


def _to_serve(now: Facts) -> Mapping[str, str] | None:
    freeze = now.running.freeze
    waits = freeze is not None and freeze.state == "sanctioned"
    return {"measure": freeze.id} if freeze and waits and now.running.owed else None


@verb(
    on=Measure,
    by=BAILIFFS,
    icon="forward",
    writes=(Line("freeze_served"),),
    issues=("freeze",),
    unless=_not_to_be_served,
    only_on=_of_a_bank,
    due=_to_serve,
)
def serve_freeze(act: Act[Measure]) -> Entry:
    """Send the resolution to the bank through the outbox.

    Refused where the sanction came too late: the proceeding stands still or has ended, or less
    is left than the cap.
    """
    act.issue("freeze", paper_of(act, act.subject))
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


@verb(
    on=Measure,
    by=BAILIFFS,
    icon="tray",
    asks=(Text("answer", label=_("What the bank answered"), code="invalid"),),
    writes=(Line("bank_answered"),),
    unless=_no_bank,
    only_on=_of_a_bank,
)
def record_answer(act: Act[Measure], *, answer: str) -> Entry:
    """Record what the bank answered."""
    act.subject.answer = answer
    return act.record("bank_answered")

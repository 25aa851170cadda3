"""What a court changes of a claim while it is executed: its sum is indexed, its method is another.

The document stays as it was; each change is a line of its own that can be annulled.
"""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Annulled, Line
from enforcement.core.evidence import told_apart
from enforcement.core.facts import Facts
from enforcement.core.fields import LARGEST, Day, Sum, Text
from enforcement.core.roles import BAILIFFS
from enforcement.core.verb import verb
from enforcement.facts.balance import SUM, Claim
from enforcement.models import Assessment, Debt, Evidence, Proceeding
from enforcement.money.sums import claim_asked, reversal_of
from journal.models import Entry
from law.refusal import FieldError, Refusal

#: The court's act as a piece of evidence, the fields by which its parts are asked, and the new
#: method in its words.
RULING: Final = "amending_ruling"
OWN: Final = {name: name for name in ("court", "number", "in_force_on")} | {"on": "ruled_on"}
METHOD: Final = "new_method"
#: The line that tells of another method.
CHANGED: Final = "method_changed"


def _sums(now: Facts) -> list[Claim]:
    return [claim for claim in now.running.claims if claim.kind == SUM]


def _claims(now: Facts) -> list[Claim]:
    return list(now.running.claims)


def _no_sum(now: Facts) -> Refusal | None:
    return None if _sums(now) else _not_a_sum(now)


def _not_a_sum(now: Facts) -> Refusal:
    """Only a sum of money is indexed."""
    error = FieldError("debt", "unknown")
    return Refusal("not_a_sum", rule=now.law.role("deferral"), errors=(error,))


#: The court's act, asked for by its parts.
ACT: Final = (
    Text("court", label=_("Court that ruled"), longest=300),
    Text("number", label=_("Number of its ruling"), longest=300),
    Day(
        "ruled_on",
        label=_("Day of the court's ruling"),
        most=lambda now, given: now.on,
        rule="deferral",
        sample=lambda now, given: now.on,
    ),
    Day("in_force_on", label=_("Day on which it came into force"), required=False),
)


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="pen",
    asks=(
        claim_asked("debt", _sums),
        Sum(
            "amount",
            label=_("Sum that the court adds, tenge"),
            most=lambda now, given: LARGEST,
        ),
        *ACT,
    ),
    writes=(Line("sum_indexed", Annulled.ANY, undo=reversal_of("assessment", Assessment)),),
    unless=_no_sum,
)
def record_indexation(
    act: Act[Proceeding],
    *,
    debt: Debt,
    amount: Decimal,
    court: str,
    number: str,
    ruled_on: date,
    in_force_on: date | None = None,
) -> Entry:
    """Raise a sum by what a court's act on indexation adds to it, from the day of that act.

    COURT-DEFER-01. Balance, freezes and papers follow; what the document says stays.
    """
    if debt.amount is None:
        raise _not_a_sum(act.now)
    proof = _ruling(act, court, number, ruled_on, in_force_on)
    told: dict[str, Any] = {"debt": str(debt.pk), "amount": str(amount), "since": str(ruled_on)}
    entry = act.record("sum_indexed", **told)
    Assessment.objects.create(debt=debt, entry=entry, amount=amount, on=act.on, since=ruled_on)
    keep_evidence(entry, {RULING: proof})
    return entry


def _as_before(act: Act[Proceeding], wrong: Entry, entry: Entry) -> None:
    """The claim is executed as the line before says that stands, else as the document does."""
    debt, gone = wrong.facts["debt"], {line.corrects for line in act.lines}
    told = [line for line in act.lines if line.kind == CHANGED and line.facts["debt"] == debt]
    stands = [line for line in told if line.seq not in gone]
    kept = Evidence.objects.filter(entry__in=stands[-1:], key=METHOD).values_list("text", flat=True)
    Debt.objects.filter(pk=debt).update(method=next(iter(kept), ""))


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="pen",
    asks=(
        claim_asked("claim", _claims),
        Text("method", label=_("How it is executed from now on"), many_lines=True),
        *ACT,
    ),
    writes=(Line(CHANGED, Annulled.ANY, undo=_as_before),),
)
def record_new_method(
    act: Act[Proceeding],
    *,
    claim: Debt,
    method: str,
    court: str,
    number: str,
    ruled_on: date,
    in_force_on: date | None = None,
) -> Entry:
    """Let a claim be executed by the method and in the order that a court's act sets.

    COURT-DEFER-01. The new wording stands on the claim, the old one stays beside it.
    """
    proof = _ruling(act, court, number, ruled_on, in_force_on)
    entry = act.record(CHANGED, debt=str(claim.pk), since=str(ruled_on))
    keep_evidence(entry, {METHOD: method, RULING: proof})
    claim.method = method
    claim.save(update_fields=["method"])
    return entry


def _ruling(
    act: Act[Proceeding], court: str, number: str, on: date, in_force_on: date | None
) -> dict[str, str]:
    """The court's act as it is kept; a Refusal where its days cannot be."""
    parts = {"court": court, "number": number, "on": on, "in_force_on": in_force_on}
    return told_apart(act.law, RULING, parts, OWN, on=act.on)

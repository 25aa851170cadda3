"""What was done on claims that are no sum: payments that come again, acts to be performed."""

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Annulled, Line
from enforcement.core.facts import Facts
from enforcement.core.fields import Choice, Day, Text
from enforcement.core.roles import BAILIFFS
from enforcement.core.verb import verb
from enforcement.facts.balance import PERIODIC, Claim
from enforcement.lifecycle.proceeding import RETURNED
from enforcement.models import Debt, Proceeding
from enforcement.money.sums import claim_asked
from enforcement.verdict import returns_under
from journal.models import Entry
from law.refusal import FieldError, Kind, Refusal

FULL: Final = "full"
EVENTS: Final = {"part": "partly_performed", FULL: "performed"}


def _nothing_to_perform(now: Facts) -> Refusal | None:
    """Every claim is a sum of money, or performed already."""
    beside = _beside(now)
    if any(claim.owed for claim in beside):
        return None
    rule, says = now.law.role("full_performance"), "nothing_beside"
    if beside:
        return Refusal("performed_already", kind=Kind.STATE, rule=rule, says=says)
    return Refusal("is_sum", rule=rule, errors=(FieldError("claim", "unknown"),), says=says)


def _beside(now: Facts) -> list[Claim]:
    """The claims that are no sum."""
    return [claim for claim in now.running.claims if claim.amount is None]


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="check",
    asks=(
        claim_asked("claim", _beside),
        Choice("extent", label=_("To what extent"), among="extents"),
        Text("what", label=_("What was done")),
        Day(
            "performed_on",
            label=_("Day on which it was done"),
            hint=_("Empty: the date of the act."),
            required=False,
            most=lambda now, given: now.on,
        ),
    ),
    writes=(
        Line("partly_performed", Annulled.COUNTING),
        Line("performed", Annulled.COUNTING),
    ),
    unless=_nothing_to_perform,
    own_day="performed_on",
)
def record_performance(
    act: Act[Proceeding], *, claim: Debt, extent: str, what: str, performed_on: date | None = None
) -> Entry:
    """Record what was done on a claim that is no sum, a part of it or all of it, whenever it was
    done; of payments that come again the months tell when all is done.

    `performed_on`: its own day, that of the act where it is left out. A part that is done after a
    return interrupts the presentation term (INTERR-02).
    """
    owed = next(each for each in act.running.claims if each.id == str(claim.pk))
    rule = act.law.role("full_performance")
    if owed.amount is not None:
        raise Refusal("is_sum", rule=rule, errors=(FieldError("claim", "unknown"),))
    if not owed.owed:
        raise Refusal("performed_already", kind=Kind.STATE, rule=rule)
    if owed.kind == PERIODIC and extent == FULL:
        raise Refusal("months_decide", rule=rule, errors=(FieldError("extent", "wrong"),))
    day = performed_on or act.on
    told: dict[str, Any] = {"claim": owed.id}
    if day != act.on:
        told["since"] = day.isoformat()
    if term := _interrupted(act, extent):
        told["presentation_term"] = term
    entry = act.record(EVENTS[extent], **told)
    keep_evidence(entry, {"what": what})
    return entry


def _interrupted(act: Act[Proceeding], extent: str) -> str | None:
    """The presentation term that a part done after a return to the claimant interrupts; what is
    executed in full is presented no more (INTERR-02)."""
    known = act.law.role("performed_in_part", act.on)
    if not known or extent == FULL or act.subject.state != RETURNED:
        return None
    return returns_under(act.subject.presentation.verdict)

"""What was done on claims that are no sum: payments that come again, acts to be performed."""

from datetime import date
from typing import Final

from django.db import transaction

from accounts.models import User
from enforcement.models import Debt, Proceeding
from enforcement.steps import Act, keep, refuse_unknown, refuse_unproven, step
from journal.models import Entry
from law.refusal import FieldError, Kind, Refusal

RULE: Final = "TERMN-07"
EVENTS: Final = {"part": "partly_performed", "full": "performed"}


@transaction.atomic
def record_performance(
    proceeding: Proceeding, *, claim: Debt, extent: str, what: str, on: date, by: User
) -> Entry:
    """Record what was done on a claim that is no sum, a part of it (INTERR-02) or all of it."""
    with step(proceeding, "record_performance", on=on, by=by) as act:
        owed = act.subject.debtor.debts.filter(pk=claim.pk).first()
        if owed is None:
            raise Refusal("not_found", kind=Kind.UNSEEN, errors=(FieldError("claim", "unknown"),))
        if owed.amount is not None:
            raise Refusal("is_sum", rule=RULE, errors=(FieldError("claim", "unknown"),))
        refuse_unknown(act.law, extent, "extents", "extent")
        refuse_unproven("what", what)
        if str(owed.pk) in performed(act):
            raise Refusal("performed_already", kind=Kind.STATE, rule=RULE)
        entry = act.record(EVENTS[extent], claim=str(owed.pk))
        keep(entry, {"what": what})
        return entry


def performed(act: Act[Proceeding]) -> set[str]:
    """The claims performed in full, by the lines that stand."""
    gone = {line.corrects for line in act.lines}
    done = [line for line in act.lines if line.kind == EVENTS["full"] and line.seq not in gone]
    return {line.facts["claim"] for line in done}

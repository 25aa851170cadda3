"""Postponement of enforcement acts: a bailiff asks, the senior bailiff approves or declines."""

from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from enforcement.actions import papers
from enforcement.actions.court import ONE, wrong_period
from enforcement.lifecycle.course import INITIATED
from enforcement.lifecycle.postponements import APPROVED, REQUESTED
from enforcement.models import Postponement, Proceeding
from enforcement.steps import Act, refuse_unknown, refuse_unproven, step
from journal.models import Entry
from law.refusal import Fact, Kind, Refusal

RULE: Final = "POSTP-01"
APPROVAL_RULE: Final = "POSTP-02"


@transaction.atomic
def postpone(
    proceeding: Proceeding, *, reason: str, initiator: str, until: date, on: date, by: User
) -> Postponement:
    """Ask to put enforcement acts off until a day, for a circumstance that hinders them (POSTP-01).

    It has no force before approval, stops no term (Q15) and keeps the measures (SEC-KEEP-01).
    """
    with step(proceeding, "postpone", on=on, by=by) as act:
        refuse_unknown(act.law, initiator, "initiators", "initiator")
        refuse_unproven("reason", reason)
        if until <= on:
            raise wrong_period("until", until, f">= {on + ONE}", rule=RULE)
        standing = Q(state=REQUESTED) | Q(state=APPROVED, until__gt=on)
        if act.subject.postponements.filter(standing).exists():
            raise Refusal("postponed_already", kind=Kind.STATE, rule=RULE)
        asked = Postponement.objects.create(
            case=act.case,
            proceeding=act.subject,
            reason=reason.strip(),
            initiator=initiator,
            until=until,
            requested_on=on,
            requested_by=by,
        )
        act.bear(asked, "postponement_requested", initiator=initiator, until=str(until))
        return asked


@transaction.atomic
def approve(postponement: Postponement, *, on: date, by: User) -> Entry:
    """Give the postponement force, with its resolution and a notice to each participant.

    POSTP-02, POSTP-03. The author of a request never decides it.
    """
    with step(postponement, "approve", on=on, by=by) as act:
        _not_own(act)
        asked = act.subject
        if asked.proceeding.state != INITIATED:
            fact = Fact("state", asked.proceeding.state, INITIATED)
            raise Refusal("proceeding_stands", kind=Kind.STATE, rule=APPROVAL_RULE, facts=(fact,))
        if asked.until <= on:
            raise wrong_period("until", asked.until, f">= {on + ONE}", rule=APPROVAL_RULE)
        _decided(act)
        told = papers.postponement(act)
        act.issue("postpone", told)
        for person in told["participants"]:
            act.issue("postponement_notice", {**told, "participant": person})
        return act.record("approved", until=str(asked.until))


@transaction.atomic
def decline(postponement: Postponement, *, reason: str, on: date, by: User) -> Entry:
    """Decline the postponement, saying why (POSTP-02)."""
    with step(postponement, "decline", on=on, by=by) as act:
        _not_own(act)
        refuse_unproven("reason", reason)
        _decided(act, decline_reason=reason.strip())
        return act.record("postponement_declined")


def _not_own(act: Act[Postponement]) -> None:
    if act.subject.requested_by_id == act.by.pk:
        raise Refusal("own_request", kind=Kind.NOT_YOURS, rule=APPROVAL_RULE)


def _decided(act: Act[Postponement], **decision: Any) -> None:
    asked = act.subject
    asked.decided_on, asked.decided_by = act.on, act.by
    for name, value in decision.items():
        setattr(asked, name, value)

"""Postponement of enforcement acts: a bailiff asks, the senior bailiff approves or declines."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from accounts.models import HEAD, SENIOR_BAILIFF
from enforcement.core import papers, shared_guards
from enforcement.core.act import Act, decide
from enforcement.core.card import Line
from enforcement.core.facts import Facts
from enforcement.core.fields import ONE, Choice, Day, Text, wrong_period
from enforcement.core.roles import BAILIFFS, SENIORS
from enforcement.core.verb import verb
from enforcement.lifecycle.postponement import REQUESTED
from enforcement.models import Postponement, Proceeding
from journal.models import Entry
from law.refusal import Kind, Refusal

APPROVING: Final = (SENIOR_BAILIFF, HEAD)


def _put_off(now: Facts) -> Refusal | None:
    """A request waits, or an approved postponement has force."""
    until = now.running.postponed_until
    if not now.running.asked and (until is None or until <= now.on):
        return None
    return Refusal("postponed_already", kind=Kind.STATE, rule=now.law.role("postponement"))


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="clock",
    asks=(
        Text("reason", label=_("What hinders the acts")),
        Choice("initiator", label=_("Proposed by"), among="initiators"),
        Day(
            "until",
            label=_("Until the day"),
            least=lambda now, given: now.on + ONE,
            rule="postponement",
        ),
    ),
    writes=(Line("postponement_requested"),),
    makes=(Postponement, REQUESTED),
    unless=_put_off,
)
def postpone(act: Act[Proceeding], *, reason: str, initiator: str, until: date) -> Postponement:
    """Ask to put enforcement acts off until a day, for a circumstance that hinders them (POSTP-01).

    It has no force before approval, stops no term (Q15) and keeps the measures (SEC-KEEP-01).
    """
    asked = Postponement.objects.create(
        case=act.case,
        proceeding=act.subject,
        reason=reason,
        initiator=initiator,
        until=until,
        requested_on=act.on,
        requested_by=act.by,
    )
    act.record_birth(asked, "postponement_requested", initiator=initiator, until=str(until))
    return asked


def _own_request(now: Facts) -> Refusal | None:
    return shared_guards.own_request(now, "approval")


def _not_approved(now: Facts) -> Refusal | None:
    """Not by its author, not while the proceeding stands still, not once its day has come."""
    if refused := _own_request(now) or shared_guards.stands(now, "approval"):
        return refused
    if now.thing.until > now.on:
        return None
    rule, needed = now.law.role("approval"), f">= {now.on + ONE}"
    refused = wrong_period("until", now.thing.until, needed, rule=rule)
    refused.says = "day_has_come"
    return refused


@verb(
    on=Postponement,
    by=SENIORS,
    icon="check",
    writes=(Line("approved"),),
    issues=("postpone", "postponement_notice"),
    unless=_not_approved,
)
def approve(act: Act[Postponement]) -> Entry:
    """Give the postponement force, with its resolution and a notice to each participant.

    POSTP-02, POSTP-03. The author of a request never decides it.
    """
    decide(act)
    told = _paper_of(act)
    act.issue("postpone", told)
    for person in told["participants"]:
        act.issue("postponement_notice", {**told, "participant": person})
    return act.record("approved", until=str(act.subject.until))


@verb(
    on=Postponement,
    by=SENIORS,
    icon="cross",
    asks=(Text("reason", label=_("Reasons")),),
    writes=(Line("postponement_declined"),),
    unless=_own_request,
)
def decline(act: Act[Postponement], *, reason: str) -> Entry:
    """Decline the postponement, saying why (POSTP-02)."""
    decide(act, decline_reason=reason)
    return act.record("postponement_declined")


def _paper_of(act: Act[Postponement]) -> Mapping[str, Any]:
    """What the papers of a postponement say: drafted by one, approved by another."""
    asked, author = act.subject, act.subject.requested_by
    told = papers.proceeding(act, asked.proceeding)
    return {
        **told,
        "bailiff": author.full_name,
        "bailiff_role": papers.signing_role(act, author, on=asked.requested_on),
        "approved_by": act.by.full_name,
        "approver_role": papers.signing_role(act, act.by, on=act.on, among=APPROVING),
        "initiator": asked.initiator,
        "circumstance": asked.reason,
        "postponed_until": asked.until.isoformat(),
        "participants": [*told["claimants"], *told["debtors"]],
    }

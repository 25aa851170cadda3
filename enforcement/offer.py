"""The offer to comply reaches the debtor; how long the proceeding may last."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Annulled, Line
from enforcement.core.facts import Facts
from enforcement.core.fields import Choice, Day, Text
from enforcement.core.roles import BAILIFFS, SENIORS
from enforcement.core.verb import verb
from enforcement.facts.balance import ZERO
from enforcement.lifecycle.proceeding import INITIATED
from enforcement.models import Proceeding
from journal.models import Entry
from law.refusal import Fact, FieldError, Kind, Refusal

#: Outcomes of a delivery that count as delivered (Q2); any other is an attempt.
DEEMED: Final = frozenset(
    {"delivered", "refused", "returned_by_post", "adult_relative", "recorded_message"}
)


def _not_offered(now: Facts) -> Refusal | None:
    """A document executed at once has no offer; what was delivered is not delivered again."""
    if not now.running.voluntary:
        fact, rule = Fact("voluntary_term", "no", "yes"), now.law.role("no_offer")
        return Refusal("no_voluntary_term", kind=Kind.STATE, rule=rule, facts=(fact,))
    if now.running.delivered:
        rule = now.law.role("voluntary_term")
        return Refusal("offer_delivered", kind=Kind.STATE, rule=rule)
    return None


def _to_offer(now: Facts) -> Mapping[str, str] | None:
    running = now.running
    waits = running.voluntary and not running.delivered
    return {} if running.state == INITIATED and running.owed and waits else None


def _forced_since(now: Facts, entry: Entry, left: Sequence[Entry]) -> bool:
    """Whether a coercive act rests on the delivery: it is annulled first (BASIS-COERCE-01)."""
    return any(line.kind == "foreclosed" and line.seq > entry.seq for line in left)


def _delivered_or_tried(now: Facts, given: Mapping[str, Any]) -> str:
    """By what came of it, the offer reached the debtor or an attempt did not."""
    return "deliver_offer" if given.get("outcome") in DEEMED else "attempt_offer"


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="paper",
    asks=(
        Choice("channel", label=_("How it was sent"), among="channels_of_delivery"),
        Choice("outcome", label=_("What came of it"), among="delivery_outcomes"),
        Text("proof", label=_("What proves it"), rule="voluntary_term"),
        Day(
            "delivered_on",
            label=_("On which day it reached the debtor"),
            hint=_("Empty: on the day of this record."),
            required=False,
            least=lambda now, given: now.thing.initiated_on,
            most=lambda now, given: now.on,
            rule="voluntary_term",
        ),
    ),
    writes=(
        Line("offer_delivered", Annulled.ANY, stays=_forced_since),
        Line("offer_attempted", Annulled.ANY),
    ),
    unless=_not_offered,
    due=_to_offer,
    becomes=_delivered_or_tried,
    also=("attempt_offer",),
)
def deliver_offer(
    act: Act[Proceeding],
    *,
    channel: str,
    outcome: str,
    proof: str,
    delivered_on: date | None = None,
) -> Entry:
    """Record that the offer reached the debtor, or an attempt that did not (Q2).

    `delivered_on`: the day the proof names, where it came to the office later; the term runs
    from it.
    """
    ways = act.law.ways_of_delivery.get(outcome)
    if ways and channel not in ways:
        rule, fact = act.law.role("voluntary_term"), Fact("channel", channel, ", ".join(ways))
        error = FieldError("channel", "other_way")
        raise Refusal("channel_unfit", rule=rule, facts=(fact,), errors=(error,))
    earlier = delivered_on is not None and delivered_on != act.on
    since = {"since": str(delivered_on)} if earlier else {}
    told: dict[str, Any] = {"channel": channel, "outcome": outcome, **since}
    if outcome in DEEMED:
        entry = act.record("offer_delivered", voluntary=True, **told)
    else:
        entry = act.record("offer_attempted", **told)
    keep_evidence(entry, {"proof": proof})
    return entry


def _not_prolonged(now: Facts) -> Refusal | None:
    """Only two months become four, while anything is to be completed in them; once they are over,
    by the senior bailiff alone (Q14)."""
    running, rule = now.running, now.law.role("four_months")
    if running.executed_on:
        fact = Fact("balance", str(running.left or ZERO), "> 0")
        return Refusal("sums_executed", kind=Kind.STATE, rule=rule, facts=(fact,))
    if running.completion_months != 2:
        fact = Fact("completion_months", str(running.completion_months), "2")
        return Refusal("not_two_months", kind=Kind.STATE, rule=rule, facts=(fact,))
    over = running.two_months_until is not None and running.two_months_until < now.on
    if over and not SENIORS & set(now.roles):
        fact = Fact("role", ", ".join(sorted(now.roles)), ", ".join(sorted(SENIORS)))
        says = "two_months_over"
        return Refusal("wrong_role", kind=Kind.NOT_YOURS, rule=rule, facts=(fact,), says=says)
    return None


def _two_months_again(act: Act[Proceeding], wrong: Entry, entry: Entry) -> None:
    act.subject.completion_months = 2
    act.subject.save(update_fields=["completion_months"])


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="calendar",
    asks=(Choice("reason", label=_("Reason"), among="reasons"),),
    writes=(Line("four_months_set", Annulled.ANY, undo=_two_months_again),),
    unless=_not_prolonged,
)
def set_four_months(act: Act[Proceeding], *, reason: str) -> Entry:
    """Four months from the same initiation, for one of six reasons (TERM-EXEC-4M, Q14)."""
    act.subject.completion_months = 4
    return act.record(
        "four_months_set",
        reason=reason,
        completion_months=4,
        initiated_on=act.subject.initiated_on.isoformat(),
    )

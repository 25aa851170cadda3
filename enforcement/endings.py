"""A proceeding comes to its end: terminated, returned to the claimant, sent to a commission."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from enforcement.core import papers
from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Annulled, Line
from enforcement.core.facts import Facts
from enforcement.core.fields import Given, Text
from enforcement.core.grounds import GROUND, complete
from enforcement.core.needs import still_owed
from enforcement.core.roles import BAILIFFS
from enforcement.core.verb import verb
from enforcement.deferral import close_deferrals, defer_again
from enforcement.lifecycle.measure import SERVED
from enforcement.lifecycle.proceeding import INITIATED, SUSPENDED
from enforcement.measures.lifting import lift_live, refuse_secured_elsewhere
from enforcement.models import Measure, Proceeding
from enforcement.suspension import hold_again
from enforcement.verdict import returns_under
from journal.models import Entry
from law.evidence import Kept
from law.model import Ground
from law.refusal import Fact, Refusal

LEGAL: Final = "legal"


def close(act: Act[Proceeding], event: str, **body: Any) -> Entry:
    """End the proceeding: it stands still no more. Terminated it secures nothing either
    (TERMN-EFF-02); returned or passed on it keeps its measures."""
    act.subject.ended_on = act.on
    entry = act.record(event, **body)
    if act.running.held:
        holding = act.subject.suspensions.filter(until=None)
        holding.update(until=act.on, ended_by=entry.seq)
    close_deferrals(act, entry)
    return entry


def _back(act: Act[Proceeding], wrong: Entry) -> str:
    """It stood still where the wrong end also ended its suspensions."""
    stood = act.subject.suspensions.filter(until=wrong.on, ended_by=wrong.seq)
    return SUSPENDED if stood.exists() else INITIATED


def _open_again(act: Act[Proceeding], wrong: Entry, entry: Entry) -> None:
    hold_again(act, wrong, entry)
    defer_again(act, wrong, entry)
    act.subject.ended_on = None
    act.subject.save(update_fields=["ended_on"])


def _final(event: str) -> Line:
    """The line of an end that a court or a prosecutor alone can annul."""
    return Line(event, Annulled.LAST_OF_STATE, undo=_open_again, back=_back, final=True)


def _lift_all(act: Act[Proceeding], because: str) -> None:
    if act.running.secured:
        lift_live(act, Measure.objects.filter(proceeding=act.subject), because=because)


def _withdraw_requests(act: Act[Proceeding], because: str) -> None:
    """What was only asked for, and never came into force, goes with the proceeding."""
    if act.running.secured:
        asked = Measure.objects.filter(proceeding=act.subject).exclude(state=SERVED)
        lift_live(act, asked, because=because)


def _to_end(now: Facts) -> Mapping[str, str] | None:
    """Nothing is owed any more: full performance ends it."""
    paid = now.running.state == INITIATED and not still_owed(now)
    return {"ground": now.law.role("full_performance")} if paid else None


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="stop",
    asks=(GROUND,),
    writes=(_final("terminated"),),
    issues=("terminate",),
    due=_to_end,
    ends=True,
)
def terminate(act: Act[Proceeding], *, ground: str, evidence: Given) -> Entry:
    """End the proceeding for good on one of eight grounds (TERMN-EFF-01..03)."""
    named, proof = complete(act, ground, evidence)
    refuse_secured_elsewhere(act)
    act.issue("terminate", papers.proceeding(act, act.subject, ground=named, evidence=proof))
    entry = close(act, "terminated", ground=ground, evidence=sorted(named.evidence))
    _lift_all(act, because=ground)
    keep_evidence(entry, proof)
    return entry


def _nothing_to_return(now: Facts) -> Refusal | None:
    """Where all was paid and done there is nothing to return for."""
    if still_owed(now):
        return None
    left = now.running.left
    facts = () if left is None else (Fact("balance", str(left), "> 0"),)
    return Refusal("nothing_left", rule=now.law.role("return_to_claimant"), facts=facts)


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="back",
    asks=(GROUND,),
    writes=(_final("returned_to_claimant"),),
    issues=("return_to_claimant",),
    unless=_nothing_to_return,
    ends=True,
)
def return_to_claimant(act: Act[Proceeding], *, ground: str, evidence: Given) -> Entry:
    """Return the document on one of four grounds; a new presentation term runs (RET-00).

    The measures in force stay: only termination lifts them (TERMN-EFF-02).
    """
    named, proof = complete(act, ground, evidence)
    act.issue("return_to_claimant", _paper_of(act, named, proof))
    entry = close(
        act,
        "returned_to_claimant",
        ground=ground,
        evidence=sorted(named.evidence),
        presentation_term=returns_under(act.subject.presentation.verdict),
    )
    _withdraw_requests(act, because=ground)
    keep_evidence(entry, proof)
    return entry


def _paper_of(act: Act[Proceeding], ground: Ground, proof: Mapping[str, Kept]) -> dict[str, Any]:
    """What the resolution on the return says: whether nothing was recovered, or not all (RET-00).

    By whomever it was paid; a claim that is no sum counts by what was done on it.
    """
    told = papers.kept_secured(act, ground=ground, evidence=proof)
    done, sums = act.now.standing("performed", "partly_performed"), act.running.account
    return {**told, "recovered_in_part": bool(done) or sums.left != sums.claimed}


def _no_firm(now: Facts) -> Refusal | None:
    """Only a legal person is liquidated by a commission."""
    if now.running.person == LEGAL:
        return None
    fact = Fact("person", now.running.person, LEGAL)
    return Refusal("other_person", facts=(fact,), says="only_a_firm")


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="forward",
    asks=(
        Text("commission", label=_("Liquidation commission, address")),
        Text("decision", label=_("Decision on liquidation: number, date")),
    ),
    writes=(_final("sent_to_liquidation"),),
    issues=("send_to_liquidation",),
    unless=_no_firm,
    ends=True,
)
def send_to_liquidation(act: Act[Proceeding], *, commission: str, decision: str) -> Entry:
    """Send the document to the liquidation commission of a debtor (BAIL-DEC-01)."""
    told = {**papers.kept_secured(act), "evidence": {"decision": decision}}
    act.issue("send_to_liquidation", {**told, "commission": commission})
    entry = close(act, "sent_to_liquidation")
    keep_evidence(entry, {"commission": commission, "decision": decision})
    return entry

"""The course of a proceeding: initiate, offer, suspend, resume, and the ends."""

from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from accounts.models import HEAD, SENIOR_BAILIFF, Office, User
from accounts.queries import roles_in
from enforcement.actions import measures, money, papers
from enforcement.actions.court import carried, carry_over, standstill, wrong_period
from enforcement.actions.grounds import complete, refuse_wrong_end
from enforcement.actions.intake import answering
from enforcement.lifecycle.course import RETURNED, TRANSFERRED
from enforcement.models import Participant, Presentation, Proceeding, Suspension, Transfer
from enforcement.queries import same_paper
from enforcement.steps import LONGEST, Act, Given, bounded, refuse_unproven, step
from enforcement.steps import keep as _keep
from enforcement.verdict import TWO_MONTHS, returns_under
from journal.models import Entry
from law.model import Ground
from law.refusal import Fact, FieldError, Refusal

#: Outcomes of a delivery that count as delivered (Q2); any other is an attempt.
DEEMED: Final = frozenset(
    {"delivered", "refused", "returned_by_post", "adult_relative", "recorded_message"}
)
#: From when a returned document can be presented again.
RETURNED_RULE: Final = "INTERR-04"
OFFER_RULE: Final = "TERM-VOLUNTARY-5D"
FOUR_MONTHS_RULE: Final = "TERM-EXEC-4M"
#: Whose consent a change too late needs.
CONSENTING: Final = frozenset({SENIOR_BAILIFF, HEAD})
FULL_PERFORMANCE: Final = "TERMN-07"


@transaction.atomic
def initiate(presentation: Presentation, *, on: date, by: User, reason: str = "") -> list[Entry]:
    """Admit the document and open one proceeding for each debtor, each with its resolution.

    INIT-01. On the day read both ways the bailiff decides with a `reason` (Q7).
    """
    with step(presentation, "initiate", on=on, by=by) as act:
        verdict = answering(act)
        reason = bounded("reason", reason, LONGEST)
        if verdict.get("disputed_day") and not reason:
            error = FieldError("reason", "required")
            raise Refusal("reason_needed", rule=verdict["start_rule"], errors=(error,))
        admitted = act.record("admitted", disputed_day=verdict.get("disputed_day", False))
        _keep(admitted, {"reason": reason})
        debtors = _debtors(act)
        first = len(_begun(act)) + 1
        return [_open(act, debtor, first + n, verdict) for n, debtor in enumerate(debtors)]


def _debtors(act: Act[Presentation]) -> list[Participant]:
    """The debtors to proceed against: presented again, only those whose paper was returned.

    What was terminated, or went to another office or a commission, is not begun anew here
    (TERMN-EFF-03).
    """
    people = act.subject.participants.filter(role="debtor").order_by("position")
    if not _begun(act) and act.subject.verdict.get("start_rule") != RETURNED_RULE:
        return list(people)
    document = act.subject.document
    same = same_paper(document.issuer, document.case_key, document.decision_on).order_by()
    known = Q(case=act.case) | Q(presentation__in=same.values("pk"))
    before = Proceeding.objects.filter(known).exclude(presentation=act.subject)
    order = ("presentation__received_on", "initiated_on", "ordinal")
    last = dict(before.order_by(*order).values_list("debtor__party", "state"))
    # What another office took over and still holds would have made this paper a second copy.
    free = (RETURNED, TRANSFERRED)
    return [each for each in people if last.get(each.party_id, RETURNED) in free]


def _begun(act: Act[Any]) -> list[Entry]:
    """The lines by which the proceedings of the case began."""
    return [line for line in act.lines if line.kind == "initiated"]


def _open(act: Act[Presentation], debtor: Any, ordinal: int, verdict: dict[str, Any]) -> Entry:
    proceeding = Proceeding.objects.create(
        case=act.case,
        presentation=act.subject,
        debtor=debtor,
        ordinal=ordinal,
        initiated_on=act.on,
        completion_months=verdict.get("completion_months"),
        voluntary=verdict["voluntary_term"],
    )
    held = carried(act)
    foreseen = standstill(held, proceeding)
    act.issue(
        "initiate", papers.proceeding(act, proceeding, supposed="initiated", carried=foreseen)
    )
    begun = act.bear(
        proceeding,
        "initiated",
        ordinal=ordinal,
        presentation=str(act.subject.pk),
        completion_months=proceeding.completion_months,
        reason=verdict.get("reason"),
        voluntary=proceeding.voluntary,
    )
    carry_over(act, held, proceeding)
    return begun


@transaction.atomic
def deliver_offer(
    proceeding: Proceeding,
    *,
    channel: str,
    outcome: str,
    proof: str,
    delivered_on: date | None = None,
    on: date,
    by: User,
) -> Entry:
    """Record that the offer reached the debtor, or an attempt that did not (Q2).

    `delivered_on`: the day the proof names, where it came to the office later; the term runs
    from it.
    """
    verb = "deliver_offer" if outcome in DEEMED else "attempt_offer"
    with step(proceeding, verb, on=on, by=by) as act:
        _known(act, channel, "channels_of_delivery", "channel")
        _known(act, outcome, "delivery_outcomes", "outcome")
        if not bounded("proof", proof, LONGEST):
            error = FieldError("proof", "required")
            raise Refusal("evidence_missing", rule=OFFER_RULE, errors=(error,))
        if not act.subject.voluntary:
            fact = Fact("voluntary_term", "no", "yes")
            raise Refusal("no_voluntary_term", status=409, rule="INIT-IMM-01", facts=(fact,))
        if _delivered(act):
            raise Refusal("offer_delivered", status=409, rule=OFFER_RULE)
        since = _reached(act.subject, delivered_on, on)
        if verb == "attempt_offer":
            entry = act.record("offer_attempted", channel=channel, outcome=outcome, **since)
        else:
            told = {"channel": channel, "outcome": outcome, **since}
            entry = act.record("offer_delivered", voluntary=True, **told)
        _keep(entry, {"proof": proof})
        return entry


def _reached(proceeding: Proceeding, day: date | None, on: date) -> dict[str, str]:
    """The day of the proof where it is not that of the record: since the initiation, until today's
    line."""
    if day is None or day == on:
        return {}
    if not proceeding.initiated_on <= day < on:
        needed = f"<= {on}" if day > on else f">= {proceeding.initiated_on}"
        raise wrong_period("delivered_on", day, needed, rule=OFFER_RULE)
    return {"since": day.isoformat()}


def _delivered(act: Act[Proceeding]) -> bool:
    """Whether a delivery stands; an annulled one leaves room for the right one."""
    entries = act.case.stream.entries
    annulled = entries.exclude(corrects=None).values("corrects")
    found = entries.filter(kind="offer_delivered", subject=act.subject.pk)
    return found.exclude(seq__in=annulled).exists()


def _known(act: Act[Any], value: str, words: str, field: str) -> None:
    if value not in act.law.list(words):
        raise Refusal("invalid", errors=(FieldError(field, "unknown"),))


@transaction.atomic
def set_four_months(proceeding: Proceeding, *, reason: str, on: date, by: User) -> Entry:
    """Four months from the same initiation, for one of six reasons (TERM-EXEC-4M, Q14)."""
    with step(proceeding, "set_four_months", on=on, by=by) as act:
        _known(act, reason, "reasons", "reason")
        if act.subject.completion_months != 2:
            fact = Fact("completion_months", str(act.subject.completion_months), "2")
            raise Refusal("not_two_months", status=409, rule=FOUR_MONTHS_RULE, facts=(fact,))
        _in_time_or_consented(act)
        act.subject.completion_months = 4
        return act.record(
            "four_months_set",
            reason=reason,
            completion_months=4,
            initiated_on=act.subject.initiated_on.isoformat(),
        )


def _in_time_or_consented(act: Act[Proceeding]) -> None:
    """When the two months are over, only the senior bailiff can still make them four (Q14)."""
    scope = f"{Proceeding.MACHINE}:{act.subject.pk}"
    over = act.case.stream.deadlines.filter(rule=TWO_MONTHS, scope=scope, due_on__lt=act.on)
    roles = roles_in(act.by, act.case.office_id, on=act.on)
    if over.exists() and not roles & CONSENTING:
        fact = Fact("role", ", ".join(sorted(roles)), ", ".join(sorted(CONSENTING)))
        raise Refusal("wrong_role", status=403, rule=FOUR_MONTHS_RULE, facts=(fact,))


@transaction.atomic
def suspend(
    proceeding: Proceeding,
    *,
    ground: str,
    evidence: Given,
    until: date | None = None,
    on: date,
    by: User,
) -> Entry:
    """Stop the proceeding and its clock on a ground the law names; measures stay (SEC-KEEP-01).

    `until`: the day from which it goes on by itself, where the ground ends on a date (Q24).
    """
    with step(proceeding, "suspend", on=on, by=by) as act:
        named = complete(act, ground, evidence)
        refuse_wrong_end(named, until, on)
        if ground in [each["ground"] for each in act.subject.held]:
            raise Refusal("ground_holds", status=409, rule=ground)
        told = papers.proceeding(act, act.subject, ground=named, evidence=evidence)
        act.issue("suspend", {**told, "suspended_until": until and until.isoformat()})
        dated = {"until": until.isoformat()} if until else {}
        entry = act.record("suspended", ground=ground, evidence=sorted(named.evidence), **dated)
        Suspension.objects.create(proceeding=act.subject, ground=ground, since=on, ends_on=until)
        _keep(entry, evidence)
        return entry


@transaction.atomic
def resume(proceeding: Proceeding, *, ground: str, proof: str, on: date, by: User) -> Entry:
    """End one ground of suspension; with the last one the proceeding goes on (Q24)."""
    with step(proceeding, "resume", on=on, by=by) as act:
        holding = {each["ground"]: each["id"] for each in act.subject.held}
        act.verb = "end_ground" if len(holding) > 1 else "resume"
        if ground not in holding:
            fact = Fact("ground", ground, ", ".join(holding))
            raise Refusal("ground_not_held", status=409, rule=ground or None, facts=(fact,))
        if not bounded("proof", proof, LONGEST):
            error = FieldError("proof", "required")
            raise Refusal("evidence_missing", rule=ground, errors=(error,))
        if act.verb == "resume":
            named = act.law.ground(ground, on=on)
            act.issue("resume", _resumed(act, named, proof))
        event = "resumed" if act.verb == "resume" else "ground_ended"
        entry = act.record(event, ground=ground)
        Suspension.objects.filter(pk=holding[ground]).update(until=on, ended_by=entry.seq)
        _keep(entry, {"proof": proof})
        return entry


def _resumed(act: Act[Proceeding], ground: Ground, proof: str) -> dict[str, Any]:
    told = papers.proceeding(act, act.subject, ground=ground, supposed="resumed")
    return {**told, "evidence": {ground.ends_on: proof.strip()}}


@transaction.atomic
def terminate(proceeding: Proceeding, *, ground: str, evidence: Given, on: date, by: User) -> Entry:
    """End the proceeding for good on one of eight grounds (TERMN-EFF-01..03)."""
    with step(proceeding, "terminate", on=on, by=by) as act:
        named = complete(act, ground, evidence)
        sums = money.account(act.subject)
        # Beside a sum, payments that come again and acts are owed too.
        if ground == FULL_PERFORMANCE and sums.left is not None and sums.owed:
            fact = Fact("balance", str(sums.left), "0.00")
            raise Refusal("balance_left", rule=ground, facts=(fact,))
        measures.refuse_secured_elsewhere(act)
        act.issue("terminate", papers.proceeding(act, act.subject, ground=named, evidence=evidence))
        entry = _close(act, "terminated", ground=ground, evidence=sorted(named.evidence))
        measures.lift_all(act, because=ground)
        _keep(entry, evidence)
        return entry


@transaction.atomic
def return_to_claimant(
    proceeding: Proceeding, *, ground: str, evidence: Given, on: date, by: User
) -> Entry:
    """Return the document on one of four grounds; a new presentation term runs (RET-00)."""
    with step(proceeding, "return_to_claimant", on=on, by=by) as act:
        named = complete(act, ground, evidence)
        sums = money.account(act.subject)
        if sums.left is not None and not sums.owed:
            fact = Fact("balance", str(sums.left), "> 0")
            raise Refusal("nothing_left", rule="RET-00", facts=(fact,))
        measures.refuse_secured_elsewhere(act)
        told = papers.returned(act, ground=named, evidence=evidence, sums=sums)
        act.issue("return_to_claimant", told)
        entry = _close(
            act,
            "returned_to_claimant",
            ground=ground,
            evidence=sorted(named.evidence),
            presentation_term=returns_under(act.subject.presentation.verdict),
        )
        measures.lift_all(act, because=ground)
        _keep(entry, evidence)
        return entry


def _close(act: Act[Proceeding], event: str, **body: Any) -> Entry:
    """End the proceeding: it stands still no more. On a ground it secures nothing either
    (TERMN-EFF-02); passed on to another office or a commission it keeps its measures."""
    act.subject.ended_on = act.on
    entry = act.record(event, **body)
    if act.subject.held:
        holding = act.subject.suspensions.filter(until=None)
        holding.update(until=act.on, ended_by=entry.seq)
    if any(line.kind == "court_deferred" for line in act.lines):
        deferred = act.subject.deferrals.filter(ended_on=None)
        deferred.update(ended_on=act.on, ended_by=entry.seq)
    return entry


@transaction.atomic
def transfer(
    proceeding: Proceeding, *, office: Office, address: str, act_text: str, on: date, by: User
) -> Entry:
    """Send the document to the bailiff of the debtor's new residence, with an act (3 days).

    TERM-TRANSFER-3D. The other office accepts it there.
    """
    with step(proceeding, "transfer", on=on, by=by) as act:
        if office.kind != Office.Kind.BAILIFF or office.pk == act.case.office_id:
            raise Refusal("invalid", errors=(FieldError("office", "unknown"),))
        for name, text in (("address", address), ("act_text", act_text)):
            refuse_unproven(name, text)
        told = papers.passed_on(act)
        both = {"kk": office.name_kk, "ru": office.name_ru}
        told["evidence"] = {"act": act_text.strip()}
        act.issue("transfer", {**told, "right_office": both, "new_address": address.strip()})
        entry = _close(act, "transferred", office=office.code)
        Transfer.objects.create(proceeding=act.subject, to=office, sent_on=on)
        _keep(entry, {"address": address, "act": act_text})
        return entry


@transaction.atomic
def send_to_liquidation(
    proceeding: Proceeding, *, commission: str, decision: str, on: date, by: User
) -> Entry:
    """Send the document to the liquidation commission of a debtor (BAIL-DEC-01)."""
    with step(proceeding, "send_to_liquidation", on=on, by=by) as act:
        for name, text in (("commission", commission), ("decision", decision)):
            refuse_unproven(name, text)
        told = papers.passed_on(act)
        told["evidence"] = {"decision": decision.strip()}
        act.issue("send_to_liquidation", {**told, "commission": commission.strip()})
        entry = _close(act, "sent_to_liquidation")
        _keep(entry, {"commission": commission, "decision": decision})
        return entry

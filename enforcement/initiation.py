"""The document is admitted: a proceeding begins against each debtor."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.models import Exists, Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from documents.told_at_intake import STATE_DUTY
from enforcement.core import papers
from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Annulled, Line
from enforcement.core.facts import Facts
from enforcement.core.fields import Option, Text
from enforcement.core.roles import BAILIFFS
from enforcement.core.step import one_at_a_time
from enforcement.core.verb import verb
from enforcement.deferral import carried, carry_over, standstill
from enforcement.facts.arrivals import same_paper
from enforcement.facts.successors import NOBODY, Places, at_place_of
from enforcement.intake.answering import answering
from enforcement.lifecycle.measure import SERVED
from enforcement.lifecycle.proceeding import ANNULLED, INITIATED, OPEN, RETURNED, TRANSFERRED
from enforcement.limitation import is_late, late_in_part
from enforcement.models import (
    Debt,
    Measure,
    Outgoing,
    Participant,
    Presentation,
    Proceeding,
)
from journal.models import Entry
from law.refusal import Fact, FieldError, Kind, Refusal
from parties.spelling import part_key

#: What ended so is begun anew when its document comes again; what another office took over and
#: still holds would have made this paper a second copy.
FREE: Final = (RETURNED, TRANSFERRED)


def _disputed(now: Facts, option: Option | None) -> bool:
    """Whether the day of the presentation is read both ways (Q7)."""
    return bool(now.thing.verdict.get("disputed_day"))


def _by_mistake(act: Act[Proceeding], wrong: Entry) -> str:
    """Nothing is brought back; 409 while something live hangs on it, by what is done first."""
    now = act.running
    hangs = {
        "secured": now.secured,
        "paid": bool(now.account.came),
        "spent": act.subject.costs.filter(reversal=None).exists(),
        "asked": now.asked,
    }
    for what, there in hangs.items():
        if there:
            raise Refusal("initiation_stands", kind=Kind.STATE, says=f"initiation_stands.{what}")
    return ""


def _as_before(act: Act[Proceeding], wrong: Entry, entry: Entry) -> None:
    """Its papers go out no more, no respite runs; the arrival waits again, where nothing else was
    begun on it."""
    running = act.subject
    Outgoing.objects.filter(paper__entry__subject=running.pk).delete()
    running.deferrals.filter(ended_on=None).update(ended_on=act.on, ended_by=entry.seq)
    arrival = running.presentation
    if arrival.proceedings.exclude(state=ANNULLED).exists():
        return
    gone = {line.corrects for line in act.lines}
    [admitted] = (
        line.seq
        for line in act.lines
        if line.kind == "admitted" and line.subject == arrival.pk and line.seq not in gone
    )
    waiting = act.on_another(arrival, act.verb, act.verb.card.also[-1])
    waiting.record("admission_annulled", corrects=admitted)


@verb(
    **answering("accept"),
    by=BAILIFFS,
    icon="play",
    asks=(
        Text(
            "reason",
            label=_("Why the document is accepted on the disputed day"),
            required=False,
            when=_disputed,
            must=_disputed,
            sample=lambda now, given: "…",
        ),
    ),
    writes=(
        Line("admitted"),
        Line(
            "initiated",
            annulled=Annulled.LAST_OF_STATE,
            back=_by_mistake,
            undo=_as_before,
            born=True,
            looked_over=False,
        ),
        Line("court_deferred"),
    ),
    issues=("initiate", "offer"),
    makes=(Proceeding, INITIATED),
)
def initiate(act: Act[Presentation], *, reason: str = "") -> list[Entry]:
    """Admit the document and open one proceeding for each debtor, each with its resolution and,
    where the debtor is given time to comply, the offer to him (TERM-OFFER-3D).

    INIT-01. On the day read both ways the bailiff decides with a `reason` (Q7).
    """
    verdict = act.subject.verdict
    if verdict.get("disputed_day") and not reason:
        error = FieldError("reason", "required")
        raise Refusal("reason_needed", rule=verdict["start_rule"], errors=(error,))
    debtors = _debtors(act)
    disputed = verdict.get("disputed_day", False)
    admitted = act.record("admitted", disputed_day=disputed, proceedings=len(debtors))
    keep_evidence(admitted, {"reason": reason})
    first = len(_begun(act)) + 1
    own = _own_terms(act, debtors) if len(debtors) > 1 else {}
    return [
        _open(act, debtor, first + n, {**verdict, **own.get(debtor.pk, {})})
        for n, debtor in enumerate(debtors)
    ]


def _own_terms(act: Act[Presentation], debtors: Sequence[Participant]) -> dict[Any, dict[str, Any]]:
    """The term of completion of each debtor, by what he himself owes: payments that come again
    have none, four months have their reason in his own claims (TERM-EXEC-EXC, TERM-EXEC-4M)."""
    reasons, found = act.law.list("reasons"), {}
    if not act.subject.verdict.get("completion_months"):
        return {}
    prefetch_related_objects(debtors, "debts")
    for debtor in debtors:
        owed = _demanded(debtor, act.subject.verdict)
        reason = next((debt.act for debt in owed if debt.act in reasons), None)
        rule = act.law.role("four_months" if reason else "two_months", act.on)
        completes = not owed or any(not debt.periodic_kind for debt in owed)
        months = act.law.term(rule, on=act.on).length if completes else None
        found[debtor.pk] = {"completion_months": months, "reason": reason}
    return found


def _demanded(debtor: Participant, verdict: Mapping[str, Any]) -> list[Debt]:
    """What a debtor owes that is not out of time (PRES-MISSED-01)."""
    return [debt for debt in debtor.debts.all() if not is_late(verdict, debt.position)]


def _debtors(act: Act[Presentation]) -> list[Participant]:
    """The debtors to proceed against: presented again, only those whose paper was returned; never
    who owes only what is out of time.

    What was terminated, or went to another office or a commission, is not begun anew here
    (TERMN-EFF-03); another part of the decision is begun for claims of its own (WRIT-ONE-02).
    """
    document, people = act.subject.document, _people(act)
    known_elsewhere = any(each.elsewhere for each in people)
    if known_elsewhere:  # two offices never begin on the same paper at once
        one_at_a_time(f"begun {document.issuer_id} {document.case_key} {document.decision_on}")
    same = Q(pk__in=_same(act).values("pk")) | Q(case=act.case)
    first = act.subject.ordinal == 1 and not known_elsewhere
    places = NOBODY if first else Places.of(Presentation.objects.filter(same))
    held = _held(act, places)
    runs_at = _running_elsewhere(act, places) if known_elsewhere else {}
    free = [each for each in people if places.party(each) not in held]
    if not document.part:
        free = [each for each in free if places.party(each) not in runs_at]
    elsewhere = sorted({runs_at[party] for party in map(places.party, people) if party in runs_at})
    if elsewhere and not free:
        fact = Fact("office", ", ".join(elsewhere), act.case.office.code)
        rule = act.law.role("duplicate" if document.duplicate else "one_document", act.on)
        raise Refusal("runs_elsewhere", kind=Kind.STATE, rule=rule, facts=(fact,))
    return free


def _people(act: Act[Presentation]) -> list[Any]:
    """The debtors of the arrival of whom something is demanded, or on whose paper nothing is; and
    whether the paper came `elsewhere` too."""
    other = Exists(_same(act).exclude(case=act.case))
    found = act.subject.participants.filter(role="debtor").annotate(elsewhere=other)
    verdict, people = act.subject.verdict, found.order_by("position")
    if not late_in_part(verdict):
        return list(people)
    people = people.prefetch_related("debts")
    return [each for each in people if _demanded(each, verdict) or not each.debts.all()]


def _running_elsewhere(act: Act[Presentation], places: Places) -> dict[Any, str]:
    """The other office where execution on the same paper goes on, by the party it is against."""
    running = Proceeding.objects.filter(presentation__in=_same(act).values("pk"), state__in=OPEN)
    found = running.exclude(case=act.case).select_related("debtor", "case__office")
    return {places.party(each.debtor): each.case.office.code for each in found}


def _same(act: Act[Presentation]) -> QuerySet[Presentation]:
    document = act.subject.document
    found = same_paper(document.issuer_id, document.case_key, document.decision_on).order_by()
    duty = Q(document__part=STATE_DUTY)
    return found.filter(duty) if document.part == STATE_DUTY else found.exclude(duty)


def _held(act: Act[Presentation], places: Places) -> dict[Any, Proceeding]:
    """The last proceeding against each debtor, by party, where it hinders a new one."""
    returned, document = act.law.role("returned_start"), act.subject.document
    again = _begun(act) or returned in act.subject.verdict.get("rules", ())
    if not (again or document.part):
        return {}
    same = _same(act)
    known = Q(case=act.case) | Q(presentation__in=same.values("pk"))
    before = Proceeding.objects.filter(known).exclude(presentation=act.subject)
    duty = Q(presentation__document__part=STATE_DUTY)
    before = before.filter(duty) if document.part == STATE_DUTY else before.exclude(duty)
    before = before.exclude(state=ANNULLED)
    if document.part:
        before = before.exclude(pk__in=_of_other_claims(act, before, places))
    order = ("presentation__received_on", "initiated_on", "ordinal")
    begun = before.select_related("debtor").order_by(*order)
    last = {places.party(each.debtor): each for each in begun}
    held = {party: each for party, each in last.items() if each.state not in FREE}
    if "restored" in document.beside:
        reopened = _ended_as_late(act, [each.pk for each in held.values()])
        held = {party: each for party, each in held.items() if each.pk not in reopened}
    return held


def _of_other_claims(
    act: Act[Presentation], before: QuerySet[Proceeding], places: Places
) -> list[Any]:
    """The earlier proceedings for none of this part's claims: begun on another part, or for other
    claimants."""
    own, owed_to = _claims(act.subject.debts.select_related("claimant"), places)
    part, found = part_key(act.subject.document.part), []
    for each in before.select_related("presentation__document", "debtor"):
        claims, claimants = _claims(each.debtor.debts.select_related("claimant"), places)
        other_part = part_key(each.presentation.document.part) not in ("", part)
        others = bool(claimants and owed_to) and not claimants & owed_to
        if not own & claims and (other_part or others):
            found.append(each.pk)
    return found


def _claims(debts: Iterable[Debt], places: Places) -> tuple[set[Any], set[Any]]:
    """The claims of these debts under every name they had, and to whom they are owed."""
    debts = list(debts)
    claims = {claim for debt in debts for claim in (debt.claim, *debt.merged)}
    return claims, {places.party(debt.claimant) for debt in debts if debt.claimant}


def _ended_as_late(act: Act[Presentation], ended: Sequence[Any]) -> set[Any]:
    """Which of these were terminated because the term of presentation was over: what a court's
    restoring it opens again (TERMN-EFF-03)."""
    ground = act.law.role("found_late", act.on)
    lines = Entry.objects.filter(subject__in=ended, kind="terminated").order_by("seq")
    last = {line.subject: line.facts.get("ground") for line in lines}
    return {subject for subject, given in last.items() if given == ground}


def _set_by_law(
    act: Act[Presentation], debtor: Participant, verdict: Mapping[str, Any]
) -> dict[str, Any]:
    """The last day that another statute sets for the execution, unless only payments that come
    again are owed (TERM-EXEC-EXC)."""
    rule = act.law.role("no_execution_term", act.on)
    last = (verdict.get("ends") or {}).get(rule)
    if not last or not debtor.debts.filter(periodic_kind="").exists():
        return {}
    return {"other_term": True, "ends": {rule: last}}


def _secured_before(act: Act[Presentation], proceeding: Proceeding) -> dict[str, Any]:
    """The measures that outlived the return of the document secure it again, now that it came
    once more: they pass to the new proceeding."""
    if act.subject.ordinal == 1:
        return {}
    here = at_place_of(proceeding.debtor)
    earlier = Proceeding.objects.filter(here, case=act.case, state=RETURNED)
    kept = Measure.objects.filter(proceeding__in=earlier, state=SERVED)
    found = [str(key) for key in kept.order_by("requested_on", "id").values_list("pk", flat=True)]
    if not found:
        return {}
    Measure.objects.filter(pk__in=found).update(proceeding=proceeding)
    return {"measures": found}


def _begun(act: Act[Any]) -> list[Entry]:
    """The lines by which the proceedings of the case began."""
    return [line for line in act.lines if line.kind == "initiated"]


def _open(
    act: Act[Presentation], debtor: Participant, ordinal: int, verdict: Mapping[str, Any]
) -> Entry:
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
    told = papers.proceeding(act, proceeding, supposed="initiated", carried=foreseen)
    act.issue("initiate", told)
    if proceeding.voluntary:
        act.issue("offer", told)
    begun = act.record_birth(
        proceeding,
        "initiated",
        ordinal=ordinal,
        presentation=str(act.subject.pk),
        completion_months=proceeding.completion_months,
        reason=verdict.get("reason"),
        voluntary=proceeding.voluntary,
        offered=proceeding.voluntary,
        **_set_by_law(act, debtor, verdict),
        **_secured_before(act, proceeding),
    )
    carry_over(act, held, proceeding)
    return begun

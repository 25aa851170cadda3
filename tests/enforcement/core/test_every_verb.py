"""Every verb in every state: what is shown before signing is what is written, and why a verb is
closed is what taking it would say. A verb that is added and reached by no situation fails here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pytest
from django.db import transaction

from accounts.models import Office, User
from accounts.queries import roles_in
from enforcement.case.file import read
from enforcement.case.possible import Acts
from enforcement.core.card import VERBS, Verb
from enforcement.core.fields import Chosen
from enforcement.core.rehearsal import Outcome, rehearse
from enforcement.core.step import examples
from enforcement.core.subject import facts_for, find_subject
from enforcement.facts.queries import read as read_proceeding
from enforcement.models import Case, Measure, Proceeding
from enforcement.post.sending import dispatch
from law.refusal import Refusal
from tests.breadth import at_leisure
from tests.course import (
    TOLD,
    WITH_ALIMONY,
    coerced,
    do,
    for_verb,
    frozen,
    initiated,
    later,
    now,
)
from tests.enforcement.core.awaiting import Built, checked, handed, written_to
from tests.enforcement.core.ways import refused_late, twice, with_somebody
from tests.enforcement.signing.test_course_whatif import dates, stored
from tests.office import FAULTS, arrive, settle, user

#: What a verb asks that is no field of its form, or is no example by itself.
BESIDE: Final[dict[str, dict[str, Any]]] = {
    "attach": {"name": "a.pdf", "content": b"%PDF-1.7 invented"},
    "put_right": {"value": "«Жаңа Үлгі» АҚ"},
    "correct_intake": {"values": {"operative": "Қарызды өндіру."}},
    "set_monthly_sum": {"amount": Decimal("50000.00")},
    "put_submission_right": {"channel": "electronic"},
    # Nobody is silent before his day is over.
    "record_breach": {"outcome": "withheld"},
}
#: Who may take the office's verbs; in one situation also who may take some of them, or none.
SENIOR: Final = ("senior.ala",)
EVERYBODY: Final = ("bailiff.ala", *SENIOR, "registrar.ala", "prosecutor.ala", "auditor.ala")


def arrived(verdict: str) -> Callable[[], Built]:
    return lambda: (arrive(verdict).case, later(0))


def running(*steps: str, days: int = 1, **changes: Any) -> Callable[[], Built]:
    """A proceeding after these verbs, a day between each."""

    def build() -> Built:
        proceeding, on = for_verb(steps[-1] if steps else "", **changes), later(0)
        for n, verb in enumerate(steps, start=1):
            on = later(n)
            given = {"ground": "SUSP-MAND-04"} if steps[:n].count(verb) > 1 else {}
            do(now(proceeding), verb, on=on, by="senior.ala", **given)
        return proceeding.case, later(len(steps) + days)

    return build


def measured(*steps: str) -> Callable[[], Built]:
    """A freeze after these verbs."""

    def build() -> Built:
        proceeding = initiated()
        measure = do(proceeding, "request_freeze")
        for verb in steps:
            by = "prosecutor.ala" if verb.endswith("_sanction") else "bailiff.ala"
            do(now(measure), verb, by=by)
        return proceeding.case, later(1)

    return build


def secured() -> Built:
    proceeding = initiated()
    do(proceeding, "secure")
    return proceeding.case, later(1)


def coercive() -> Built:
    proceeding = initiated()
    frozen(proceeding)
    return proceeding.case, coerced(proceeding)


def put_off(*steps: str) -> Callable[[], Built]:
    def build() -> Built:
        proceeding = initiated()
        asked = do(proceeding, "postpone")
        for verb in steps:
            do(now(asked), verb, by="senior.ala")
        return proceeding.case, later(1)

    return build


def paid() -> Built:
    proceeding = initiated()
    frozen(proceeding)
    do(now(proceeding), "record_recovery", amount="1900659.00")
    return proceeding.case, later(1)


def overpaid() -> Built:
    proceeding = initiated()
    do(proceeding, "record_recovery", amount="2000000.00")
    return proceeding.case, later(1)


def moved() -> Built:
    proceeding = initiated()
    there = Office.objects.get(code="TRZ")
    do(proceeding, "transfer", office=there, address="Тараз", act_text="№ 1")
    return proceeding.case, later(1)


def posted() -> Built:
    """The first paper of the case was sent."""
    proceeding = initiated()
    paper = proceeding.case.stream.entries.exclude(papers=None).first().papers.first()
    sent = {"addressee": "Үлгі", "channel": "registered_mail", "proof": "№ 1"}
    dispatch(paper, on=later(0), by=user("bailiff.ala"), **sent)
    return proceeding.case, later(1)


SITUATIONS: Final[dict[str, Callable[[], Built]]] = {
    **{f"arrived, {verdict}": arrived(verdict) for verdict in FAULTS},
    "arrived twice": twice,
    "refused late": refused_late,
    "a paper has left": posted,
    "somebody takes part": with_somebody,
    "initiated": running(),
    "with payments that come again": running(debts=WITH_ALIMONY),
    "offered": running("deliver_offer"),
    "the voluntary term is over": running("deliver_offer", days=9),
    "two months are over": running("deliver_offer", days=80),
    "four months": running("set_four_months"),
    "suspended": running("deliver_offer", "suspend"),
    "suspended twice": running("suspend", "suspend"),
    "deferred": running("deliver_offer", "record_deferral"),
    "deferred and suspended": running("record_deferral", "suspend"),
    "applied for securing": running("claim_securing"),
    "listed": running("inventory"),
    "a reason for no list": running("skip_inventory"),
    "with a cost": running("record_cost"),
    "with a cost paid back": running("record_cost", "reimburse_cost"),
    "a freeze asked for": measured(),
    "a freeze sanctioned": measured("grant_sanction"),
    "a freeze refused": measured("refuse_sanction"),
    "a freeze served": measured("grant_sanction", "serve_freeze"),
    "a freeze lifted": measured("grant_sanction", "serve_freeze", "lift"),
    "secured": secured,
    "coercive": coercive,
    "a postponement asked for": put_off(),
    "a postponement approved": put_off("approve"),
    "a postponement declined": put_off("decline"),
    "a petition lodged": handed("petition_postpone"),
    "a petition granted": handed("petition_postpone", "answer_submission"),
    "a petition withdrawn": handed("petition_other", "withdraw_submission"),
    "a complaint lodged": handed("complaint_line"),
    "a file out for checking": checked(),
    "a letter sent": written_to(),
    "a letter answered": written_to("record_reply"),
    "a letter not met": written_to("record_breach"),
    "a letter withdrawn": written_to("withdraw_letter"),
    "a bailiff challenged": handed("recusal", concerned="bailiff.ala"),
    "a senior bailiff challenged": handed("recusal", concerned="senior.ala"),
    "paid": paid,
    "paid too much": overpaid,
    "terminated": running("deliver_offer", "terminate"),
    "returned": running("return_to_claimant"),
    "against a firm": running(**TOLD["send_to_liquidation"]),
    "gone to a commission": running("send_to_liquidation"),
    "gone to another office": moved,
}
#: In which situation each verb is taken first.
OPENS: Final = {
    "arrived, accept": "attach initiate correct_intake record_address record_submission engage"
    " supervise assign_bailiff show_file take_statement",
    "somebody takes part": "end_engagement",
    "a petition lodged": "answer_submission withdraw_submission record_objection",
    "a complaint lodged": "answer_submission record_submission put_submission_right correct_record",
    "a file out for checking": "return_file",
    "a bailiff challenged": "answer_submission assign_bailiff",
    "a senior bailiff challenged": "record_recovery record_objection",
    "a paper has left": "put_right",
    "arrived, defective": "return_defective",
    "arrived, late": "refuse_late",
    "arrived, wrong_territory": "send_on",
    "arrived twice": "record_already_received",
    "refused late": "add_restored_term",
    "initiated": (
        "deliver_offer set_four_months inventory skip_inventory claim_securing request_freeze"
        " secure record_recovery record_cost record_deferral postpone suspend transfer"
        " terminate return_to_claimant record_knowledge replace_party"
        " send_letter apply_to_court draw_protocol record_indexation record_new_method"
    ),
    "against a firm": "send_to_liquidation",
    "with payments that come again": "record_performance set_monthly_sum record_arrears",
    "paid too much": "return_surplus",
    "suspended": "resume correct",
    "deferred": "end_deferral",
    "with a cost": "reimburse_cost",
    "a freeze asked for": "grant_sanction refuse_sanction",
    "a freeze sanctioned": "serve_freeze",
    "coercive": "foreclose record_answer lift replace",
    "a postponement asked for": "approve decline",
    "a letter sent": "record_receipt record_reply record_breach withdraw_letter",
    "a letter not met": "record_reply draw_protocol",
    "terminated": "correct",
}
#: What every run walks; the others are walked at leisure, with every ground, measure and way.
OFTEN: Final = (
    *("arrived, accept", "arrived, defective", "initiated", "suspended"),
    *("a freeze asked for", "coercive"),
)


def papers_of(case: Case) -> dict[Any, tuple[str, list[str]]]:
    lines = case.stream.entries.prefetch_related("papers")
    return {
        paper.pk: (paper.kind, [each["kk"] for each in paper.addressees])
        for line in lines
        for paper in line.papers.all()
    }


def lifted(case: Case) -> set[Any]:
    return set(Measure.objects.filter(case=case, state="lifted").values_list("pk", flat=True))


def left(thing: Any) -> Decimal | None:
    proceeding = thing if isinstance(thing, Proceeding) else getattr(thing, "proceeding", None)
    return read_proceeding(proceeding).left if proceeding else None


def options(verb: Verb, case: Case, thing: Any, person: User, on: date) -> list[dict[str, Any]]:
    """What can be chosen first, where something is."""
    first = next((each for each in verb.card.asks if isinstance(each, Chosen)), None)
    if first is None:
        return [{}]
    facts = facts_for(thing, person, on=on)
    known = first.options(facts.law, verb.name).values()
    return [{first.name: each.id} for each in known if first.fits(facts, each)]


def given_to(verb: Verb, thing: Any, person: User, on: date, chosen: dict[str, Any]) -> Any:
    """All that a verb asks, an example of each."""
    told = chosen | BESIDE.get(verb.name, {})
    return examples(verb, facts_for(thing, person, on=on), told)


def refused(call: Callable[[], Any]) -> Refusal | None:
    """The refusal that a call meets."""
    try:
        with transaction.atomic():
            call()
    except Refusal as found:
        return found
    return None


def same(one: Refusal | None, other: Refusal | None) -> bool:
    """Whether two refusals are one to whoever reads them."""
    if one is None or other is None:
        return one is other
    return (one.says, one.kind, one.keys()) == (other.says, other.kind, other.keys())


def taken(case: Case, person: User, on: date, *, every: bool) -> Iterator[str]:
    """The verbs that were really taken of those shown as possible; each is taken back."""
    for verb in shown_open(case, person, on):
        thing = find_subject(case, verb, {})
        chosen = options(verb, case, thing, person, on)
        for each in chosen if every else chosen[:1]:
            given = given_to(verb, thing, person, on, each)
            outcome = rehearse(verb, thing, given, on=on, by=person)
            with transaction.atomic():
                found = written(verb, thing, given, outcome, by=person, on=on)
                transaction.set_rollback(True)
            if found:
                yield verb.name


def shown_open(case: Case, person: User, on: date) -> list[Verb]:
    """The verbs the page offers; what it says of the others is what taking them says."""
    roles = roles_in(person, case.office_id, on=on)
    found = []
    for act in Acts(read(case), person, roles, today=on).of_case():
        verb = VERBS[act["verb"]]
        if act["possible"]:
            found.append(verb)
        else:
            named = dict([act["url"].partition("?")[2].split("=")]) if "?" in act["url"] else {}
            says = refused(lambda v=verb, n=named: blindly(v, case, n, person, on))
            assert same(act["refusal"], says), (verb.name, act["refusal"], says)
    attach = VERBS["attach"]
    current = case.presentations.order_by("ordinal").last()
    if current and attach.card.by & roles:
        found.append(attach)
    return list(dict.fromkeys(found))


def blindly(verb: Verb, case: Case, named: dict[str, str], person: User, on: date) -> None:
    """Take a verb whatever it asks: it is refused before that."""
    thing = find_subject(case, verb, named)
    verb(thing, on=on, by=person, **dict.fromkeys(verb.asks))


def written(
    verb: Verb, thing: Any, given: dict[str, Any], outcome: Outcome, *, by: User, on: date
) -> bool:
    """Take the verb; whether it was not refused. What was shown is what is there now."""
    case = thing.case
    papers, gone = papers_of(case), lifted(case)
    says = refused(lambda: verb(thing, on=on, by=by, **given))
    assert same(outcome.refusal, says), (verb.name, outcome.refusal, says)
    if says is not None:
        return False
    settle()
    issued = [told for key, told in papers_of(case).items() if key not in papers]
    shown = [(each.kind, _names(each)) for each in outcome.papers]
    assert sorted(issued) == sorted(shown), verb.name
    if not isinstance(thing, Measure):
        assert lifted(case) - gone == {each.pk for each in outcome.lifted}, verb.name
    if verb.card.afterwards is None:
        told = ((t.rule, t.status, t.starts_on, t.reckoning.due_on) for t in outcome.terms)
        assert comparable(stored(thing, on)) == comparable(dates(told, on)), verb.name
    assert left(thing) == outcome.left, verb.name
    return True


def comparable(terms: set[Any]) -> list[Any]:
    return sorted(terms, key=str)


def _names(draft: Any) -> list[str]:
    from documents.addressees import addressees
    from law.statute import statute

    text = statute(draft.rule_set).texts[draft.kind]
    return [each["kk"] for each in addressees(text, draft.facts)]


def people(situation: str) -> tuple[str, ...]:
    if situation in ("suspended", "arrived, accept"):
        return EVERYBODY
    return (*SENIOR, "prosecutor.ala") if "freeze" in situation else SENIOR


def walk(situation: str, *, every: bool) -> set[str]:
    case, on = SITUATIONS[situation]()
    found: set[str] = set()
    for login in people(situation):
        found |= set(taken(case, user(login), on, every=every))
    return found


@pytest.mark.parametrize("situation", at_leisure(OPENS, but=OFTEN))
def test_what_is_shown_is_what_is_written_and_what_is_closed_says_why(
    offices: None, situation: str
) -> None:
    assert walk(situation, every=False) >= set(OPENS[situation].split())


def test_no_verb_on_a_thing_with_states_is_left_out() -> None:
    """None excepted: a verb that no situation lets be taken fails here."""
    reached = {verb for verbs in OPENS.values() for verb in verbs.split()}
    assert reached == {verb.name for verb in VERBS.values() if verb.machine}


@pytest.mark.prove
@pytest.mark.parametrize("situation", SITUATIONS)
def test_so_it_is_everywhere_with_every_ground_measure_and_way(
    offices: None, situation: str
) -> None:
    walk(situation, every=True)

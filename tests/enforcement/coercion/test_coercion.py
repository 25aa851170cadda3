"""Coercion: never before the voluntary term is over, and only as the law's list allows."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from documents.models import Paper
from enforcement.core.sweep import sweep
from enforcement.core.witnesses import SEATS
from enforcement.models import Evidence, Proceeding
from exchange.models import Message
from law.statute import statute
from tests import standing as steps
from tests.course import (
    ASKS,
    BANK,
    PROOF,
    coerced,
    do,
    frozen,
    initiated,
    kinds,
    later,
    now,
    of_example,
    outgoing,
    papers,
    sound,
    told_in_three_languages,
)
from tests.desk import Desk
from tests.office import NEXT, refused, user
from tests.standing import lines

ONE, TWO = "Айғақов Бірінші", "Айғақова Екінші"
#: What each way asks.
DETAILS: dict[str, dict[str, str]] = {
    "collect": {},
    "wages": ASKS["foreclose"]["details"],
    "sale": {"storage": "№ 2 қойма", "sale": "Электрондық аукцион", "witness_one": ONE},
    "entry": {"place": "Абай, 1", "data": "Айғақтар", "witness_one": ONE, "witness_two": TWO},
    "other": {"act": "Құрылысты бұзу", "basis": "Шешімнің 2-тармағы"},
}


def force(proceeding: Proceeding, way: str, **given: Any) -> Any:
    return do(proceeding, "foreclose", **{"way": way, "details": DETAILS[way], **given})


def stage(proceeding: Proceeding, on: date) -> str:
    return steps.stage(steps.told(proceeding), on)


def test_the_ways_are_those_of_the_law() -> None:
    assert set(statute("lecture").coercive) == set(DETAILS)
    for way in statute("lecture").coercive.values():
        assert set(way.asks) - {"owner", *SEATS} == set(DETAILS[way.id]) - {*SEATS}


# --- The voluntary term ---------------------------------------------------------------------------


@pytest.mark.rule("BASIS-COERCE-01", "ELEM-STD-04")
def test_before_the_offer_there_is_no_coercion(offices: None) -> None:
    proceeding = initiated()
    with refused("voluntary_stage", status=409) as caught:
        force(proceeding, "wages", on=later(60))
    assert caught.value.rule == "BASIS-COERCE-01"
    assert [(f.name, f.value, f.needed) for f in caught.value.facts] == [
        ("stage", "voluntary", "coercive")
    ]
    assert caught.value.possible == (
        *("deliver_offer", "inventory", "secure", "request_freeze", "record_recovery"),
    )


@pytest.mark.parametrize("swept", [None, later(6), later(20)], ids=["unswept", "swept", "late"])
@pytest.mark.rule("BASIS-COERCE-01", "ELEM-STD-04", "TERM-VOLUNTARY-5D")
def test_coercion_begins_the_day_after_the_last_whether_or_not_it_was_swept(
    offices: None, swept: date | None
) -> None:
    proceeding = initiated()
    do(proceeding, "deliver_offer")
    if swept:
        sweep(on=swept)
    last = later(5)
    for day in (NEXT, last):
        assert stage(proceeding, day) == "voluntary"
        with refused("voluntary_stage", status=409) as caught:
            force(proceeding, "wages", on=day)
        assert [(f.name, f.value, f.needed) for f in caught.value.facts[1:]] == [
            ("last_day", "2026-03-16", ""),
            ("on", day.isoformat(), ">= 2026-03-17"),
        ]
        assert "deliver_offer" not in caught.value.possible
    assert stage(proceeding, later(6)) == "coercive"
    force(proceeding, "wages", on=later(6))
    assert kinds(proceeding.case)[-1] == "foreclosed"
    sound([proceeding.case])


@pytest.mark.rule("BASIS-COERCE-01", "INIT-IMM-01")
def test_where_no_time_is_given_coercion_begins_at_once(offices: None) -> None:
    proceeding, there = of_example("02")
    assert stage(proceeding, there["on"]) == "coercive"
    force(proceeding, "wages", **there)
    assert Paper.objects.get(kind="foreclose").facts["immediate"] is True


def test_a_term_that_stood_still_is_over_only_after_its_days(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "deliver_offer")
    do(proceeding, "suspend", on=later(2))
    with refused("wrong_state", status=409) as caught:
        force(proceeding, "wages", on=later(30))
    assert caught.value.facts[0].needed == "initiated"
    do(proceeding, "resume", on=later(30))
    assert stage(proceeding, later(30)) == "voluntary"
    with refused("voluntary_stage", status=409):
        force(proceeding, "wages", on=later(31))
    assert stage(proceeding, later(40)) == "coercive"


def test_a_delivery_annulled_takes_coercion_back(offices: None) -> None:
    proceeding = initiated()
    on = coerced(proceeding)
    annul(proceeding, on=on)
    assert stage(proceeding, on + timedelta(days=90)) == "voluntary"
    with refused("voluntary_stage", status=409):
        force(proceeding, "wages", on=on)


# --- What each way needs --------------------------------------------------------------------------


@pytest.mark.rule("BODY-MONEY-01")
def test_a_bank_is_ordered_to_pay_what_it_froze_and_no_more_than_is_left(offices: None) -> None:
    proceeding = initiated()
    measure = frozen(proceeding, amount="1900000.00")
    on = coerced(proceeding)
    entry = force(proceeding, "collect", on=on)
    assert entry.facts["amount"] == "1900000.00"
    do(proceeding, "record_recovery", amount="1900600.00", on=on)
    with refused("ordered_already", status=409):
        force(proceeding, "collect", on=on)
    do(now(proceeding), "correct", on=on, line=entry.seq, authority="court", reason="№ 1")
    force(proceeding, "collect", on=on)
    first, second = Message.objects.filter(kind="collect").order_by("entry__seq")
    paper = entry.papers.get()
    assert (first.to, second.body["amount"]) == (BANK, "59.00")
    assert first.body == {
        "measure": str(measure.pk),
        "account": "",
        "amount": "1900000.00",
        "paper": str(paper.pk),
        "number": paper.label,
    }
    assert (paper.facts["ordered"], paper.facts["amount"]) == ("1900000.00", "1900659.00")
    assert paper.facts["claimant_accounts"]
    sound([proceeding.case])


@pytest.mark.parametrize("state", ["nothing", "requested", "sanctioned", "lifted"])
@pytest.mark.rule("BODY-MONEY-01", "SANCT-01")
def test_without_a_freeze_in_force_no_bank_pays(offices: None, state: str) -> None:
    proceeding = initiated()
    do(proceeding, "secure")  # property is no money
    if state == "lifted":
        do(frozen(proceeding), "lift")
    elif state != "nothing":
        measure = do(proceeding, "request_freeze")
        if state == "sanctioned":
            do(measure, "grant_sanction", by="prosecutor.ala")
    on = coerced(proceeding)
    with refused("nothing_secured", status=409) as caught:
        force(proceeding, "collect", on=on)
    assert (caught.value.rule, caught.value.possible) == ("BODY-MONEY-01", ("request_freeze",))


@pytest.mark.rule("BAIL-PWR-11")
def test_only_arrested_property_is_taken_stored_and_sold(offices: None) -> None:
    proceeding = initiated()
    frozen(proceeding)
    on = coerced(proceeding)
    with refused("nothing_secured", status=409) as caught:
        force(proceeding, "sale", on=on)
    assert caught.value.possible == ("inventory", "secure")
    listed = do(proceeding, "inventory", on=on)
    entry = force(proceeding, "sale", on=on)
    assert (entry.facts["way"], entry.facts["measure"]) == ("sale", str(listed.pk))
    assert "amount" not in entry.facts
    assert Paper.objects.get(kind="foreclose").facts["object"] == "Тоңазытқыш; Теледидар; Үстел"
    assert outgoing(proceeding.case) == ["freeze"]
    other = do(proceeding, "secure", on=on)
    with refused("which_one", status=422):
        force(proceeding, "sale", on=on)
    assert force(proceeding, "sale", on=on, measure=other).facts["measure"] == str(other.pk)


@pytest.mark.rule("BAIL-PWR-09")
def test_premises_are_entered_before_witnesses_for_a_reason(offices: None) -> None:
    proceeding = initiated()
    on = coerced(proceeding)
    for missing, *others in (["place"], ["witness_one", "witness_two"]):
        gone = dict.fromkeys([missing, *others], " ")
        with refused("invalid", status=422) as caught:
            force(proceeding, "entry", on=on, details={**DETAILS["entry"], **gone})
        assert [e.field for e in caught.value.errors] == [f"details.{missing}"]
        assert caught.value.rule == "BAIL-PWR-09"
    same = {**DETAILS["entry"], "witness_two": ONE.upper()}
    with refused("invalid", status=422) as caught:
        force(proceeding, "entry", on=on, details=same)
    assert [(e.field, e.code) for e in caught.value.errors] == [("details.witness_two", "same")]
    entry = force(proceeding, "entry", on=on)
    proof = dict(Evidence.objects.filter(entry=entry).values_list("key", "text"))
    assert proof == DETAILS["entry"]


@pytest.mark.rule("BAIL-PWR-13")
def test_an_act_is_enforced_as_an_act_with_its_legal_ground(offices: None) -> None:
    money = initiated()
    demolition, here = of_example("11")
    on = coerced(money)
    with refused("claim_unfit", status=422) as caught:
        force(money, "other", on=on)
    assert (caught.value.facts[0].value, caught.value.facts[0].needed) == ("sum", "act")
    do(demolition, "deliver_offer", **here)
    after = {**here, "on": here["on"] + timedelta(days=30)}
    for way in ("collect", "wages", "sale"):
        with refused("claim_unfit", status=422):
            force(demolition, way, **after)
    with refused("invalid", status=422):
        force(demolition, "other", **after, details={"act": "Бұзу"})
    assert force(demolition, "other", **after).facts["way"] == "other"


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"way": "torture", "details": {}}, "invalid", "way"),
        ({"way": "wages", "details": {}}, "invalid", "details.employer"),
        ({"way": "wages", "details": {**DETAILS["wages"], "x": "y"}}, "invalid", "details.x"),
    ],
)
def test_an_act_that_the_law_does_not_know_so_is_refused(
    offices: None, given: dict[str, Any], code: str, field: str
) -> None:
    proceeding = initiated()
    on = coerced(proceeding)
    with refused(code, status=422) as caught:
        do(proceeding, "foreclose", on=on, **given)
    assert caught.value.errors[0].field == field


def test_where_nothing_is_left_nothing_is_enforced(offices: None) -> None:
    proceeding = initiated()
    frozen(proceeding)
    on = coerced(proceeding)
    do(proceeding, "record_recovery", amount="1900659.00", on=on)
    for way in ("collect", "wages", "entry"):
        with refused("debt_paid", status=422) as caught:
            force(proceeding, way, on=on)
        assert caught.value.possible == ("terminate",)


# --- What it leaves -------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["wages", "entry"])
@pytest.mark.rule("TERM-COMPLAINT-10D", "BAIL-DUTY-03B")
def test_a_ruling_starts_the_ten_days_for_a_complaint_that_it_names(
    offices: None, way: str
) -> None:
    proceeding = initiated()
    entry = force(proceeding, way, on=coerced(proceeding))
    term = proceeding.case.stream.deadlines.get(started_by=entry.seq)
    assert (term.rule, str(term.due_on)) == (
        "TERM-COMPLAINT-10D",
        entry.papers.get().facts["due_on"],
    )
    assert entry.papers.get().facts["voluntary_until"] == "2026-03-16"
    assert papers(proceeding.case) == ["initiate", "offer", "foreclose"]


def test_an_order_to_a_bank_that_a_court_annuls_is_taken_back(offices: None) -> None:
    proceeding = initiated()
    measure = frozen(proceeding)
    on = coerced(proceeding)
    ordered = force(proceeding, "collect", on=on)
    annul(proceeding, on=on)
    assert outgoing(proceeding.case) == ["freeze", "collect", "collect_annulled"]
    message = Message.objects.get(kind="collect_annulled")
    told = {"measure": str(measure.pk), "annuls": ordered.papers.get().label}
    assert (message.to, message.body) == (BANK, told)
    assert now(measure).state == "served"
    force(proceeding, "wages", on=on)
    annul(proceeding, on=on)
    assert outgoing(proceeding.case).count("collect_annulled") == 1
    sound([proceeding.case])


def annul(proceeding: Proceeding, *, on: date) -> Any:
    """Annul the last line that can be, by a court."""
    line = lines(now(proceeding))[-1]
    return do(proceeding, "correct", on=on, line=line, authority="court", reason=PROOF)


# --- A document that only secures -----------------------------------------------------------------


@pytest.mark.rule("DOC-TYPE-09")
@pytest.mark.parametrize("way", DETAILS)
def test_by_a_ruling_that_secures_a_claim_nothing_is_recovered_by_force(
    offices: None, way: str
) -> None:
    """It is executed at once, so that no voluntary term would hinder; what it secures stays."""
    proceeding = initiated(type="DOC-TYPE-09")
    measure = frozen(proceeding)
    with refused("only_secures", status=409) as caught:
        force(now(proceeding), way, on=later(30))
    assert caught.value.rule == "DOC-TYPE-09"
    assert caught.value.possible == ("secure", "request_freeze")
    told_in_three_languages(caught.value)
    assert now(measure).state == "served"


@pytest.mark.rule("DOC-TYPE-09")
def test_neither_the_case_nor_the_lists_lead_to_force_by_such_a_ruling(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = initiated(type="DOC-TYPE-09")
    frozen(proceeding)
    set_clock(later(20))
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    page = desk.get(f"/cases/{proceeding.case_id}").content.decode()
    assert re.search(r'data-verb="foreclose"[^>]*data-possible="no"', page)
    assert not re.search(r'data-verb="foreclose"[^>]*data-possible="yes"', page)
    assert "Құжат талапты қамтамасыз етеді ғана." in page
    step = steps.step_of(proceeding.case_id, steps.told(now(proceeding)), on=later(20))
    assert step is None or step["verb"] != "foreclose"

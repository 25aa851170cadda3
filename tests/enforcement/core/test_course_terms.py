"""The terms of the path: the offer, the voluntary days, two and four months, standing still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from enforcement.core.sweep import sweep
from enforcement.models import Proceeding
from law.refusal import Refusal
from tests.course import (
    SOLD,
    SUSPENDS,
    begun,
    coerced,
    do,
    for_verb,
    initiated,
    kinds,
    later,
    now,
    papers,
    sound,
    terms_of,
    told_in_three_languages,
)
from tests.office import DAY, NEXT, example, receive, received_on, refused
from tests.standing import balance

DEEMED = ("delivered", "refused", "returned_by_post", "adult_relative", "recorded_message")
#: What can come of it only that way.
WENT = {
    "returned_by_post": {"channel": "registered_mail"},
    "recorded_message": {"channel": "electronic"},
}
OFFER, VOLUNTARY = "TERM-OFFER-3D", "TERM-VOLUNTARY-5D"
TWO, FOUR = "TERM-EXEC-2M", "TERM-EXEC-4M"
COURT = "SUSP-MAND-04"


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def of(ref: str, *, by: str = "bailiff.ala") -> Proceeding:
    """The first proceeding on an example, begun on the day it arrived."""
    on = received_on(ref)
    return begun(receive(example(ref), on=on, by="clerk"), on=on, by=by)[0]


@pytest.mark.rule("TERM-OFFER-3D", "TERM-EXEC-2M")
def test_a_proceeding_that_begins_has_its_offer_due_from_receipt_and_two_months(
    offices: None,
) -> None:
    proceeding = initiated(received_on=DAY, on=day("03-12"))
    assert terms_of(proceeding) == {
        "PRES-3Y": ("2029-02-19", "met"),
        OFFER: ("2026-03-13", "met"),
        TWO: ("2026-05-12", "running"),
    }


@pytest.mark.rule("TERM-OFFER-3D", "INIT-IMM-01")
@pytest.mark.parametrize(
    ("begins", "delivered", "status"),
    [
        ("03-10", "03-10", "met"),
        ("03-13", "03-13", "met"),
        # Made in time, it reached the debtor later: that is when his five days begin.
        ("03-12", "03-30", "met"),
        ("03-14", "03-14", "expired"),
        ("03-16", "03-17", "expired"),
    ],
)
def test_the_offer_is_in_time_by_the_day_it_was_made_not_by_its_delivery(
    offices: None, begins: str, delivered: str, status: str
) -> None:
    proceeding = initiated(received_on=DAY, on=day(begins))
    begun = proceeding.case.stream.entries.get(kind="initiated")
    assert [paper.kind for paper in begun.papers.order_by("number")] == ["initiate", "offer"]
    assert terms_of(proceeding)[OFFER] == ("2026-03-13", status)
    do(proceeding, "deliver_offer", on=day(delivered))
    found = terms_of(proceeding)
    assert found[OFFER] == ("2026-03-13", status)
    assert proceeding.case.stream.deadlines.get(rule=VOLUNTARY).starts_on == day(delivered)


def test_what_is_executed_at_once_has_no_offer_and_no_term_for_it(offices: None) -> None:
    proceeding = initiated(immediate=True)
    assert papers(proceeding.case) == ["initiate"]
    assert OFFER not in terms_of(proceeding)


@pytest.mark.parametrize("outcome", DEEMED)
@pytest.mark.rule("TERM-VOLUNTARY-5D")
def test_five_days_run_from_delivery_also_where_it_only_counts_as_one(
    offices: None, outcome: str
) -> None:
    proceeding = initiated()
    do(proceeding, "attempt_offer", on=NEXT)
    assert VOLUNTARY not in terms_of(proceeding)
    do(proceeding, "deliver_offer", on=day("03-12"), outcome=outcome, **WENT.get(outcome, {}))
    found = terms_of(proceeding)
    assert found[OFFER] == ("2026-03-13", "met")
    assert found[VOLUNTARY] == ("2026-03-17", "running")


@pytest.mark.parametrize("outcome", WENT)
@pytest.mark.rule("TERM-VOLUNTARY-5D")
def test_what_the_post_returns_was_sent_by_post(offices: None, outcome: str) -> None:
    proceeding = initiated()
    with refused("channel_unfit", status=422) as caught:
        do(proceeding, "deliver_offer", channel="in_person", outcome=outcome)
    told_in_three_languages(caught.value)


def test_a_delivery_on_which_a_coercive_act_rests_is_not_annulled_before_it(
    offices: None,
) -> None:
    proceeding = initiated()
    do(proceeding, "secure")
    on = coerced(proceeding)
    do(now(proceeding), "foreclose", on=on, way="sale", details=SOLD)
    delivered = proceeding.case.stream.entries.get(kind="offer_delivered").seq
    with refused("not_correctable", status=409):
        do(proceeding, "correct", line=delivered, on=on, authority="senior", reason="№ 1")


def test_an_offer_is_delivered_once_and_every_delivery_has_its_proof(offices: None) -> None:
    proceeding = initiated()
    for wrong in ({"channel": "pigeon"}, {"outcome": "eaten"}):
        with refused("invalid", status=422):
            do(proceeding, "deliver_offer", **wrong)
    do(proceeding, "deliver_offer")
    with refused("offer_delivered", status=409):
        do(proceeding, "deliver_offer", on=later(1))
    [kept] = proceeding.case.stream.entries.get(kind="offer_delivered").evidence.all()
    assert kept.key == "proof"


def test_five_days_end_on_the_first_worked_day_after_the_feast(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "deliver_offer", on=day("03-16"))
    assert terms_of(proceeding)[VOLUNTARY] == ("2026-03-26", "running")  # 21-25 March is free


@pytest.mark.parametrize(
    ("ref", "by", "months"),
    [
        pytest.param("02", "bailiff.trz", None, marks=pytest.mark.rule("TERM-EXEC-EXC")),
        pytest.param("11", "bailiff.trz", FOUR, marks=pytest.mark.rule("TERM-EXEC-4M")),
    ],
)
def test_immediate_and_periodic_documents_have_neither_offer_nor_two_months(
    offices: None, ref: str, by: str, months: str | None
) -> None:
    proceeding = of(ref, by=by)
    found = terms_of(proceeding)
    assert TWO not in found
    assert (FOUR in found) == (months == FOUR)


@pytest.mark.rule("INIT-IMM-01")
def test_no_offer_is_made_on_a_document_for_immediate_execution(offices: None) -> None:
    proceeding = of("02", by="bailiff.trz")
    assert OFFER not in terms_of(proceeding)
    with refused("no_voluntary_term", status=409):
        do(proceeding, "deliver_offer", on=received_on("02"), by="bailiff.trz")


@pytest.mark.parametrize(
    "reason",
    ["demolition", "technological", "valuation", "examination", "auction", "property_search"],
)
@pytest.mark.rule("TERM-EXEC-4M")
def test_each_of_six_reasons_gives_four_months_from_the_same_initiation(
    offices: None, reason: str
) -> None:
    proceeding = initiated()
    do(proceeding, "suspend", on=day("04-01"))
    do(proceeding, "resume", on=day("04-11"))
    do(proceeding, "set_four_months", on=day("04-20"), reason=reason)
    found = terms_of(proceeding)
    assert found[TWO] == ("2026-05-21", "cancelled")
    assert found[FOUR] == ("2026-07-21", "running")  # 11 July and the ten days it stood still
    with refused("not_two_months", status=409):
        do(proceeding, "set_four_months", on=day("04-20"))


def test_no_other_reason_gives_four_months(offices: None) -> None:
    proceeding = initiated()
    with refused("invalid", status=422):
        do(proceeding, "set_four_months", reason="workload")


@pytest.mark.rule("TERM-EXEC-4M")
def test_too_late_four_months_need_the_senior_bailiff_and_the_two_stay_overdue(
    offices: None,
) -> None:
    proceeding = initiated()
    with refused("wrong_role", status=403) as caught:
        do(proceeding, "set_four_months", on=day("05-13"))
    assert caught.value.facts[0].needed == "head, senior_bailiff"
    do(proceeding, "set_four_months", on=day("05-13"), by="senior.ala")
    found = terms_of(proceeding)
    assert (found[TWO], found[FOUR]) == (("2026-05-12", "expired"), ("2026-07-13", "running"))


@pytest.mark.rule("SUSP-TERM-01", "SUSP-KIND-01")
def test_the_clocks_stand_still_until_the_last_of_several_grounds_ends(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "deliver_offer", on=day("03-12"))
    do(proceeding, "suspend", on=day("03-13"), ground=SUSPENDS)
    do(proceeding, "suspend", on=day("03-16"), ground=COURT)
    for rule in (VOLUNTARY, TWO):
        assert terms_of(proceeding)[rule] == (None, "paused")
    kept = {row.rule: row.days_kept for row in proceeding.case.stream.deadlines.all()}
    assert (kept[VOLUNTARY], kept[TWO]) == (5, 60)
    do(proceeding, "resume", on=day("04-01"), ground=SUSPENDS)
    assert (now(proceeding).state, kinds(proceeding.case)[-1]) == ("suspended", "ground_ended")
    assert terms_of(proceeding)[TWO] == (None, "paused")
    do(proceeding, "resume", on=day("04-13"), ground=COURT)
    assert (now(proceeding).state, kinds(proceeding.case)[-1]) == ("initiated", "resumed")
    # Five days were left, the day of resumption the first; 31 days were lost in all.
    assert terms_of(proceeding)[VOLUNTARY] == ("2026-04-17", "running")
    assert terms_of(proceeding)[TWO] == ("2026-06-11", "running")
    sound()


def test_a_ground_holds_once_and_only_a_ground_that_holds_can_end(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "suspend")
    with refused("ground_holds", status=409):
        do(proceeding, "suspend", on=later(1))
    with refused("ground_not_held", status=409) as caught:
        do(proceeding, "resume", on=later(1), ground=COURT)
    assert caught.value.facts[0].needed == SUSPENDS
    do(proceeding, "resume", on=later(1))
    do(proceeding, "suspend", on=later(2))
    assert now(proceeding).state == "suspended"


def test_what_stands_still_does_not_run_out_though_its_day_would_have_come(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = initiated()
    do(proceeding, "deliver_offer", on=NEXT)
    do(proceeding, "suspend", on=NEXT)
    set_clock(date(2026, 12, 1))
    assert sweep(on=date(2026, 12, 1)).expired == 2  # the complaints of two acts
    assert terms_of(proceeding)[TWO] == (None, "paused")


@pytest.mark.parametrize(
    ("verb", "two"),
    [
        ("terminate", "met"),
        ("return_to_claimant", "met"),
        pytest.param("send_to_liquidation", "met", marks=pytest.mark.rule("BAIL-DEC-01")),
    ],
)
def test_every_end_closes_the_terms_of_the_path(offices: None, verb: str, two: str) -> None:
    proceeding = for_verb(verb)
    do(proceeding, "deliver_offer", on=NEXT)
    do(proceeding, "suspend", on=later(1))
    do(proceeding, verb, on=later(5))
    found = terms_of(proceeding)
    running = {rule for rule, (_due, status) in found.items() if status in ("running", "paused")}
    assert running <= {"PRES-3Y"}
    assert found[TWO][1] == two
    assert found[VOLUNTARY][1] == "cancelled"
    assert not now(proceeding).suspensions.filter(until=None).exists()
    assert now(proceeding).ended_on == later(5)
    sound()


def test_only_full_performance_meets_the_term_of_voluntary_compliance(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "deliver_offer", on=NEXT)
    do(proceeding, "record_recovery", on=later(2), amount=balance(proceeding))
    do(proceeding, "terminate", on=later(2), ground="TERMN-07")
    assert terms_of(proceeding)[VOLUNTARY][1] == "met"


@pytest.mark.rule("TERM-VOLUNTARY-5D")
def test_an_offer_reached_the_debtor_on_the_day_its_slip_names(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "request_freeze", on=later(9))
    do(proceeding, "deliver_offer", on=later(9), delivered_on=later(1))
    assert terms_of(proceeding)[VOLUNTARY][0] == str(later(6))
    assert proceeding.case.stream.entries.get(kind="offer_delivered").on == later(9)
    sound()


@pytest.mark.parametrize("day", [later(-1), later(10)])
def test_no_slip_names_a_day_before_the_initiation_or_after_today(offices: None, day: date) -> None:
    proceeding = initiated()
    with pytest.raises(Refusal) as refused:
        do(proceeding, "deliver_offer", on=later(9), delivered_on=day)
    assert (refused.value.code, refused.value.errors[0].field) == ("wrong_period", "delivered_on")
    told_in_three_languages(refused.value)
    assert VOLUNTARY not in terms_of(proceeding)

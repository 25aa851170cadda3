"""Money is a fact: it is written down whenever it came, with its own day; what is above waits."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis.strategies import randoms

from accounts.models import Office
from deadlines.fold import CANCELLED, RUNNING, Event, fold
from enforcement.models import Proceeding, Recovery, Refund, Reversal
from law.statute import statute
from law.workdays import calendar
from tests import standing as money
from tests.course import begun, do, for_verb, initiated, later, now, sound, terms_of
from tests.enforcement.core.test_commands import step
from tests.enforcement.money.test_money import JOINT_ON, joint
from tests.office import DAY, NEXT, paper, receive, refused, refused_by_the_database

WHOLE = Decimal("1900659.00")
MAR, APR = date(2026, 3, 20), date(2026, 4, 20)


def pay(proceeding: Proceeding, amount: str, on: date = NEXT, **given: Any) -> Any:
    return do(now(proceeding), "record_recovery", amount=amount, on=on, **given)


def stands(proceeding: Proceeding) -> tuple[str, str]:
    """What is left of the debt, and what waits to be given back."""
    account = money.account(proceeding)
    return str(account.left), str(account.surplus)


def terms_apart_from_presentation(proceeding: Proceeding) -> dict[str, Any]:
    found = terms_of(proceeding)
    return {rule: term for rule, term in found.items() if not rule.startswith("PRES")}


def reached(state: str) -> Proceeding:
    """A proceeding in a state, its last line on APR."""
    ways: dict[str, tuple[str, dict[str, Any]]] = {
        "initiated": ("deliver_offer", {}),
        "suspended": ("suspend", {}),
        "terminated": ("terminate", {"ground": "TERMN-07"}),
        "returned": ("return_to_claimant", {}),
        "sent_to_liquidation": ("send_to_liquidation", {}),
        "transferred": ("transfer", {}),
    }
    verb, given = ways[state]
    proceeding = for_verb(verb)
    if state == "terminated":
        pay(proceeding, str(WHOLE))
    do(now(proceeding), verb, on=APR, **moved(state, given))
    assert now(proceeding).state == state
    return now(proceeding)


def moved(state: str, given: dict[str, Any]) -> dict[str, Any]:
    if state != "transferred":
        return given
    there = Office.objects.get(code="TRZ")
    return {"office": there, "address": "Тараз", "act_text": "№ 1"}


STATES = (
    *("initiated", "suspended", "terminated", "returned", "sent_to_liquidation", "transferred"),
)
#: The day a line is asked for, the day told beside, the money's own day, the day of the line.
DAYS = {
    "on the day": (APR, None, APR, APR),
    "later": (APR + timedelta(3), None, APR + timedelta(3), APR + timedelta(3)),
    "before the last line": (MAR, None, MAR, APR),
    "before the last line, told": (APR, MAR, MAR, APR),
    "before the initiation": (APR, date(2025, 12, 1), date(2025, 12, 1), APR),
    "told on an earlier day": (MAR, date(2026, 3, 1), date(2026, 3, 1), APR),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.rule("RIGHT-DEBT-01")
def test_money_is_written_down_in_whatever_state_it_came(offices: None, state: str) -> None:
    proceeding = reached(state)
    kept, left = terms_apart_from_presentation(proceeding), money.balance(proceeding)
    for n, (on, told, own, line) in enumerate(sorted(DAYS.values(), key=lambda d: d[3]), start=1):
        entry = pay(proceeding, "0.01", on, received_on=told)
        assert (Recovery.objects.get(entry=entry).on, entry.on) == (own, line), DAYS
        assert now(proceeding).state == state
        assert money.account(proceeding).surplus == (Decimal(n) / 100 if left == 0 else 0)
    assert terms_apart_from_presentation(proceeding) == kept, "its own day moved another day"
    sound([proceeding.case])


@pytest.mark.parametrize(
    ("on", "received_on", "code"),
    [
        (NEXT, later(1), "wrong_period"),
        (date(2099, 1, 1), None, "date_in_future"),
        (NEXT, date(2099, 1, 1), "wrong_period"),
    ],
)
def test_money_of_a_day_that_has_not_come_is_not_written(
    offices: None, on: date, received_on: date | None, code: str
) -> None:
    proceeding = initiated()
    with refused(code, status=422):
        pay(proceeding, "5.00", on, received_on=received_on)


#: Sums that come one after the other; what is left then and what waits to be given back.
CAME = {
    "less": (["1900000.00"], "659.00", "0.00"),
    "all": (["1900659.00"], "0.00", "0.00"),
    "a tiyn more": (["1900659.01"], "0.00", "0.01"),
    "much more": (["5000000.00"], "0.00", "3099341.00"),
    "all, and again": (["1900659.00", "1900659.00"], "0.00", "1900659.00"),
    "more in two": (["1900000.00", "700.00"], "0.00", "41.00"),
    "after all": (["1900659.00", "0.01", "0.02"], "0.00", "0.03"),
}


@pytest.mark.parametrize("case", CAME)
def test_what_is_above_the_claim_waits_to_be_given_back(offices: None, case: str) -> None:
    sums, left, surplus = CAME[case]
    proceeding = initiated()
    for amount in sums:
        pay(proceeding, amount)
    assert stands(proceeding) == (left, surplus)
    assert money.account(proceeding).recovered == WHOLE - Decimal(left)
    if surplus == "0.00":
        with refused("no_surplus", status=422):
            do(now(proceeding), "return_surplus")
        return
    while money.account(proceeding).surplus:
        do(now(proceeding), "return_surplus")
    assert stands(proceeding) == (left, "0.00")
    assert str(sum(back.amount for back in Refund.objects.all())) == surplus
    do(now(proceeding), "terminate", ground="TERMN-07")


def test_an_annulled_sum_puts_the_others_right(offices: None) -> None:
    proceeding = initiated()
    first, second = pay(proceeding, "1900000.00"), pay(proceeding, "1000.00")
    assert stands(proceeding) == ("0.00", "341.00")
    annul(proceeding, first)
    assert stands(proceeding) == ("1899659.00", "0.00"), "it counts to the claim after all"
    annul(proceeding, second)
    assert stands(proceeding) == (str(WHOLE), "0.00")


def test_what_was_given_back_is_annulled_before_the_sum_it_came_from(offices: None) -> None:
    proceeding = initiated()
    first, second = pay(proceeding, str(WHOLE)), pay(proceeding, "50.00")
    back = do(now(proceeding), "return_surplus")
    with refused("not_correctable", status=409):
        annul(proceeding, second)
    annul(proceeding, first)
    assert stands(proceeding) == (str(WHOLE), "0.00"), "the fifty were given back"
    annul(proceeding, back)
    assert stands(proceeding) == ("1900609.00", "0.00")
    annul(proceeding, second)
    assert stands(proceeding) == (str(WHOLE), "0.00")


@pytest.mark.parametrize("state", ["terminated", "returned", "transferred"])
def test_money_written_down_after_the_end_is_annulled_then(offices: None, state: str) -> None:
    proceeding = reached(state)
    entry = pay(proceeding, "70.00", APR)
    annul(proceeding, entry, on=APR)
    assert money.account(proceeding).surplus == 0
    assert now(proceeding).state == state
    sound([proceeding.case])


def annul(proceeding: Proceeding, line: Any, on: date = NEXT) -> None:
    told = {"line": line.seq, "authority": "senior", "reason": "Қате"}
    do(now(proceeding), "correct", on=on, by="senior.ala", **told)


def test_a_sum_that_came_is_kept_with_its_payer_and_document(offices: None) -> None:
    proceeding = initiated()
    told = {"source": "bank", "payer": "«Үлгі Банкі» АҚ", "document": "№ 481"}
    pay(proceeding, "5.00", **told)
    paid = Recovery.objects.get()
    assert {name: getattr(paid, name) for name in told} == told
    with refused("invalid", status=422):
        pay(proceeding, "5.00", source="treasure")


def test_the_same_payment_written_twice_is_told_and_kept(offices: None) -> None:
    proceeding = initiated()
    told = {"payer": "Банк", "document": "481", "received_on": DAY}
    first = pay(proceeding, str(WHOLE), **told)
    again = pay(proceeding, str(WHOLE), **told)
    assert (first.facts.get("same_as"), again.facts.get("same_as")) == (None, first.seq)
    assert stands(proceeding) == ("0.00", str(WHOLE))
    for other in ({**told, "document": "482"}, {**told, "payer": ""}, {"received_on": DAY}):
        assert "same_as" not in pay(proceeding, str(WHOLE), **other).facts


def test_the_database_takes_no_annulment_of_what_was_given_back(offices: None) -> None:
    proceeding = initiated()
    paid = pay(proceeding, "1900700.00")
    back = do(now(proceeding), "return_surplus")
    with refused_by_the_database("given back 41.00 of 0"):
        Reversal.objects.create(recovery=Recovery.objects.get(entry=paid), entry=back)


# --- The commands of a bailiff, as they are typed -------------------------------------------------


def typed(case: str, verb: str, *values: str, on: str) -> dict[str, Any]:
    code, answer = step(case, verb, *values, by="bailiff.ala", on=date.fromisoformat(on))
    assert code == 0, json.dumps(answer, ensure_ascii=False)
    found: dict[str, Any] = answer
    return found


def test_facts_of_money_are_taken_by_command(offices: None) -> None:
    proceeding = initiated(debts=[{"claimant": 0, "debtors": [0], "amount": "1000000.00"}])
    case = proceeding.case.label
    typed(case, "record_recovery", "amount=1050000", on="2026-03-20")
    assert stands(proceeding) == ("0.00", "50000.00")
    typed(
        *(case, "suspend", "ground=SUSP-MAND-04"),
        "evidence.court_claim=x",
        on="2026-04-10",
    )
    entry = typed(case, "record_recovery", "amount=100000", on="2026-04-05")["entry"]
    paid = Recovery.objects.get(entry__seq=entry["seq"], proceeding=proceeding)
    assert (str(paid.on), str(paid.entry.on)) == ("2026-04-05", "2026-04-10")


# --- A part that the debtor pays interrupts the presentation term (INTERR-02) ---------------------


def returned(number: int = 1) -> Proceeding:
    """A proceeding whose document went back on APR: presented until 20 April 2029."""
    proceeding = initiated(number)
    do(proceeding, "return_to_claimant", on=APR)
    return now(proceeding)


def presented_until(proceeding: Proceeding) -> list[tuple[str, str]]:
    """From when the presentation term runs, and its last day."""
    rows = proceeding.case.stream.deadlines.filter(rule="PRES-3Y", status=RUNNING)
    return [(str(row.starts_on), str(row.due_on)) for row in rows.order_by("id")]


#: What is paid after the return, on which own day, and from when the term then runs.
PAID_AFTER: dict[str, tuple[list[tuple[str, dict[str, Any]]], str]] = {
    "nothing": ([], "2026-04-20"),
    "a part": ([("2026-05-04", {})], "2026-05-04"),
    "a part, told late": ([("2026-06-01", {"received_on": date(2026, 5, 4)})], "2026-05-04"),
    "two parts": ([("2026-05-04", {}), ("2026-06-01", {})], "2026-06-01"),
    "the later one told first": (
        [("2026-06-01", {}), ("2026-06-02", {"received_on": date(2026, 5, 4)})],
        "2026-06-01",
    ),
    "on the day of the return": ([("2026-04-20", {})], "2026-04-20"),
    "before the return, told after": (
        [("2026-05-04", {"received_on": date(2026, 4, 1)})],
        "2026-04-20",
    ),
    "by a bank": ([("2026-05-04", {"source": "bank"})], "2026-04-20"),
    "by another": ([("2026-05-04", {"source": "other"})], "2026-04-20"),
    "all of it": ([("2026-05-04", {"amount": str(WHOLE)})], "2026-04-20"),
    "above all of it": ([("2026-05-04", {"amount": "9999999.00"})], "2026-04-20"),
}


@pytest.mark.rule("INTERR-02", "INTERR-03")
@pytest.mark.parametrize("case", PAID_AFTER)
def test_the_debtors_part_after_a_return_begins_the_term_anew(offices: None, case: str) -> None:
    paid, since = PAID_AFTER[case]
    proceeding = returned()
    for on, asked in paid:
        pay(proceeding, on=date.fromisoformat(on), **{"amount": "10.00", **asked})
    [(starts, due)] = presented_until(proceeding)
    until = {"2026-04-20": "2029-04-20", "2026-05-04": "2029-05-04", "2026-06-01": "2029-06-01"}
    assert (starts, due) == (since, until[since])
    sound([proceeding.case])


def test_an_annulled_part_interrupted_nothing_and_an_earlier_one_does(offices: None) -> None:
    proceeding = returned()
    wrong = pay(proceeding, "10.00", date(2026, 6, 1))
    pay(proceeding, "10.00", date(2026, 6, 2), received_on=date(2026, 5, 4))
    assert presented_until(proceeding)[0][0] == "2026-06-01"
    annul(proceeding, wrong, on=date(2026, 6, 3))
    assert presented_until(proceeding)[0][0] == "2026-05-04"
    sound([proceeding.case])


def test_what_one_debtor_pays_begins_only_his_own_term_anew(offices: None) -> None:
    one, other = joint()
    for each in (one, other):
        do(each, "return_to_claimant", on=JOINT_ON)
    day = JOINT_ON + timedelta(5)
    pay(one, "10.00", day)
    starts = sorted(start for start, _due in presented_until(one))
    assert starts == [str(JOINT_ON), str(day)]


def line(seq: int, kind: str, on: date, own: date | None = None) -> Event:
    body: dict[str, Any] = {"presentation_term": "PRES-3M"}
    return Event(seq, kind, on, "proceeding:1", body | ({"since": str(own)} if own else {}))


#: The days of payments after a return on 2026-04-20 (until 2026-07-20), and the last run's start.
RUNS = [
    ([], "2026-04-20"),
    (["2026-07-20"], "2026-07-20"),
    (["2026-07-21"], "2026-04-20"),
    (["2026-07-20", "2026-10-20"], "2026-10-20"),
    (["2026-10-20"], "2026-04-20"),
    (["2026-04-19"], "2026-04-20"),
    (["2026-06-01", "2026-08-31"], "2026-08-31"),
    (["2026-06-01", "2026-05-01"], "2026-06-01"),
]


@pytest.mark.parametrize(("days", "start"), RUNS)
def test_only_what_runs_is_broken_off(days: list[str], start: str) -> None:
    told = [line(1, "returned_to_claimant", APR)]
    told += [
        line(n, "recovered", date(2026, 12, 1), date.fromisoformat(day))
        for n, day in enumerate(days, start=2)
    ]
    terms = fold(told, law=statute("lecture"), calendar=calendar)
    runs = [term for term in terms if term.rule == "PRES-3M"]
    assert {run.status for run in runs[:-1]} <= {CANCELLED}
    assert str(runs[-1].starts_on) == start


@settings(max_examples=60, deadline=None)
@given(chance=randoms(use_true_random=False))
def test_a_payments_own_day_moves_no_other_day(chance: Random) -> None:
    """Of any history, with payments or without, every term but the presentation's is the same."""
    body = {"completion_months": 2, "voluntary": True, "ground": "RET-01"}
    kinds = ["initiated", "offer_delivered", "suspended", "resumed", "court_deferred"]
    kinds += ["deferral_ended", "returned_to_claimant", "initiated", "four_months_set"]
    day, plain, paid = NEXT, [], []
    for seq in range(1, chance.randint(2, 16)):
        day += timedelta(days=chance.choice((0, 1, 5, 20)))
        if chance.random() < 0.4:
            own = day - timedelta(days=chance.choice((0, 3, 40, 400)))
            paid.append(line(seq, "recovered", day, own))
            continue
        told = {**body, "initiated_on": str(NEXT), "presentation_term": "PRES-3Y"}
        event = Event(seq, chance.choice(kinds), day, "proceeding:1", told)
        plain.append(event)
    law = statute("lecture")
    without = fold(plain, law=law, calendar=calendar)
    both = sorted([*plain, *paid], key=lambda event: event.seq)
    found = fold(both, law=law, calendar=calendar)
    others = [term for term in found if not term.rule.startswith("PRES")]
    assert others == [term for term in without if not term.rule.startswith("PRES")]


def test_money_is_told_to_the_paper_that_comes_again(offices: None) -> None:
    proceeding = returned()
    pay(proceeding, "900659.00", date(2026, 5, 4))
    again = receive(paper(1, ref="again"), on=date(2026, 6, 4))
    [found] = begun(again, on=date(2026, 6, 4))
    assert str(money.balance(found)) == "1000000.00"

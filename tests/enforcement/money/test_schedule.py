"""Payments that come again: what each month owes, which months are covered, what is in arrears."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis.strategies import randoms

from enforcement.facts.schedule import (
    Award,
    Reckoned,
    arrears,
    asked,
    counted,
    schedule,
    settled,
)

TIYN = Decimal("0.01")


def day(text: str) -> date:
    return date.fromisoformat(text)


def award(
    since: str = "2026-01-01",
    until: str = "",
    monthly: str = "60000.00",
    *reckoned: tuple[str, str, str],
    on: int | None = None,
    late_by: str = "",
) -> Award:
    """An award; `reckoned`: "since" or "until" and the day, the sum, in the order of lines; `on`:
    the day of the month to pay on; `late_by`: by when it was out of time."""
    told = [
        Reckoned(
            Decimal(amount),
            day(on) if kind == "since" else None,
            day(on) if kind == "until" else None,
            line,
        )
        for line, (kind, on, amount) in enumerate(reckoned, start=1)
    ]
    sum_ = Decimal(monthly) if monthly else None
    begins, ends, late = (day(each) if each else None for each in (since, until, late_by))
    return Award(begins, ends, sum_, tuple(told), on, late)


#: The award, what was paid, the day, what is in arrears then.
ARREARS: dict[str, tuple[Award, str, str, str | None]] = {
    "no month is over": (award(), "0", "2026-01-31", "0.00"),
    "one month is over": (award(), "0", "2026-02-01", "60000.00"),
    "two are over": (award(), "0", "2026-03-31", "120000.00"),
    "one is covered": (award(), "60000", "2026-03-31", "60000.00"),
    "one and a part": (award(), "60000.01", "2026-03-31", "59999.99"),
    "paid ahead": (award(), "500000", "2026-03-31", "0.00"),
    "from the middle": (award("2026-01-15"), "0", "2026-02-01", "32903.22"),
    "to the middle": (award("2026-01-01", "2026-02-15"), "0", "2026-06-01", "90000.00"),
    "over before it began": (award("2026-05-01"), "0", "2026-02-01", "0.00"),
    "over for years": (award("2010-01-01", "2010-03-01"), "0", "2026-01-01", "120000.00"),
    "of 28 days": (award("2026-02-27"), "0", "2026-03-01", "4285.71"),
    "nobody reckoned it": (award("2026-01-15", "", ""), "50000", "2026-03-20", None),
    "a sum from a day": (
        award("2026-01-01", "", "", ("since", "2026-01-01", "50000")),
        "0",
        "2026-03-01",
        "100000.00",
    ),
    "a sum from later": (
        award("2026-01-01", "", "", ("since", "2026-02-01", "50000")),
        "0",
        "2026-03-01",
        "50000.00",
    ),
    "another sum from February": (
        award("2026-01-01", "", "60000", ("since", "2026-02-01", "70000")),
        "0",
        "2026-04-01",
        "200000.00",
    ),
    "another sum within a month": (
        award("2026-01-01", "", "60000", ("since", "2026-06-16", "120000")),
        "300000",
        "2026-07-01",
        "90000.00",
    ),
    "a sum put right": (
        award(
            *("2026-01-01", "", ""),
            *(("since", "2026-01-01", "1"), ("since", "2026-01-01", "10000")),
        ),
        "0",
        "2026-02-01",
        "10000.00",
    ),
    "arrears stated": (
        award("2026-01-15", "", "", ("until", "2026-03-20", "150000")),
        "0",
        "2026-03-20",
        "150000.00",
    ),
    "arrears stated, then paid": (
        award("2026-01-15", "", "", ("until", "2026-03-20", "150000")),
        "50000",
        "2026-04-20",
        "100000.00",
    ),
    "arrears stated of a later day": (
        award("2026-01-15", "", "", ("until", "2026-03-20", "150000")),
        "0",
        "2026-03-19",
        "150000.00",
    ),
    "arrears stated anew": (
        award(
            *("2026-01-15", "", ""),
            *(("until", "2026-03-20", "150000"), ("until", "2026-05-31", "90000")),
        ),
        "0",
        "2026-06-01",
        "90000.00",
    ),
    "arrears, and months after": (
        award("2025-01-01", "", "60000", ("until", "2026-02-28", "150000")),
        "0",
        "2026-04-01",
        "210000.00",
    ),
    "arrears within a month": (
        award("2025-01-01", "", "62000", ("until", "2026-03-20", "150000")),
        "0",
        "2026-04-01",
        "172000.00",
    ),
    "the day to pay on": (award(on=10), "0", "2026-01-10", "0.00"),
    "the day after it": (award(on=10), "0", "2026-01-11", "60000.00"),
    "the last day of a short month": (award(on=31), "0", "2026-03-01", "120000.00"),
    "begun after the day to pay on": (award("2026-01-15", on=10), "0", "2026-01-31", "0.00"),
    "the month is over then": (award("2026-01-15", on=10), "0", "2026-02-01", "32903.22"),
    "ended before the day to pay on": (
        award("2026-01-01", "2026-02-05", on=10),
        "0",
        "2026-02-05",
        "68571.42",
    ),
    "two months out of time": (award(late_by="2026-03-01"), "0", "2026-04-01", "60000.00"),
    "out of time a day before": (award(late_by="2026-02-28"), "0", "2026-04-01", "120000.00"),
    "out of time by the day to pay on": (
        award(on=10, late_by="2026-02-11"),
        "0",
        "2026-04-01",
        "60000.00",
    ),
    "what comes covers none out of time": (
        award(late_by="2026-03-01"),
        "60000",
        "2026-04-01",
        "0.00",
    ),
    "all of it out of time": (
        award("2020-01-01", "2020-03-01", late_by="2023-01-01"),
        "0",
        "2026-04-01",
        "0.00",
    ),
    "out of time, and nobody reckoned it": (
        award("2020-01-01", "2020-03-01", "", late_by="2023-01-01"),
        "0",
        "2026-04-01",
        "0.00",
    ),
    "arrears stated of days out of time": (
        award("2020-01-01", "", "", ("until", "2023-01-01", "900"), late_by="2023-03-01"),
        "0",
        "2026-04-01",
        "0.00",
    ),
    "arrears stated after them": (
        award("2020-01-01", "", "", ("until", "2023-03-02", "900"), late_by="2023-03-01"),
        "0",
        "2026-04-01",
        "900.00",
    ),
    "no day of the award": (
        award("", "", "", ("since", "2026-03-01", "40000")),
        "0",
        "2026-05-01",
        "80000.00",
    ),
}


@pytest.mark.rule("PERIOD-02")
@pytest.mark.parametrize("case", ARREARS)
def test_arrears_are_what_the_months_that_are_over_owe(case: str) -> None:
    awarded, paid, on, expected = ARREARS[case]
    found = arrears(awarded, Decimal(paid), day(on))
    assert (None if found is None else str(found)) == expected


#: The award, and all it asks to its end; nothing where that cannot be known.
ASKED: dict[str, tuple[Award, str | None]] = {
    "without an end": (award(), None),
    "to its end": (award("2026-01-01", "2026-04-01"), "180000.00"),
    "to the middle": (award("2026-01-01", "2026-02-15"), "90000.00"),
    "nobody reckoned it": (award("2026-01-01", "2026-04-01", ""), None),
    "reckoned from later on": (
        award("2026-01-01", "2026-04-01", "", ("since", "2026-02-01", "50000")),
        None,
    ),
    "arrears stated, and the months after": (
        award("2026-01-01", "2026-04-01", "60000", ("until", "2026-02-28", "7000")),
        "67000.00",
    ),
    "arrears stated after its end": (
        award("2026-01-01", "2026-04-01", "", ("until", "2026-05-05", "7000")),
        "7000.00",
    ),
    "a month out of time": (
        award("2026-01-01", "2026-04-01", late_by="2026-02-01"),
        "120000.00",
    ),
    "all out of time": (award("2026-01-01", "2026-04-01", "", late_by="2026-04-01"), "0"),
}


@pytest.mark.parametrize("case", ASKED)
def test_all_that_an_award_asks_is_known_once_it_has_an_end(case: str) -> None:
    awarded, expected = ASKED[case]
    found = asked(awarded)
    assert (None if found is None else found) == (None if expected is None else Decimal(expected))
    whole = found or Decimal(0)
    assert settled(awarded, whole) is (found is not None)
    assert not settled(awarded, whole - TIYN)


def test_months_out_of_time_are_told_and_take_nothing() -> None:
    months = schedule(award(late_by="2026-02-01"), Decimal("70000"), day("2026-03-01"))
    told = [(str(m.since)[:7], m.late, str(m.paid), str(m.left)) for m in months]
    assert told == [
        ("2026-01", True, "0.00", "0.00"),
        ("2026-02", False, "60000.00", "0.00"),
        ("2026-03", False, "10000.00", "50000.00"),
    ]


def test_what_comes_covers_the_oldest_month_first() -> None:
    months = schedule(award("2026-01-15"), Decimal("100000"), day("2026-04-01"))
    told = [(str(m.since), str(m.until), str(m.due), str(m.paid)) for m in months]
    assert told == [
        ("2026-01-15", "2026-02-01", "32903.22", "32903.22"),
        ("2026-02-01", "2026-03-01", "60000.00", "60000.00"),
        ("2026-03-01", "2026-04-01", "60000.00", "7096.78"),
    ]


def test_months_paid_ahead_are_shown() -> None:
    months = schedule(award(), Decimal("130000"), day("2026-01-20"))
    assert [(str(m.since)[:7], str(m.paid)) for m in months] == [
        ("2026-01", "60000.00"),
        ("2026-02", "60000.00"),
        ("2026-03", "10000.00"),
    ]


#: What came: own day and line; whether it counts beside arrears stated on line 5 for 20 March.
TAKEN = [
    ("2026-03-10", 3, False),
    ("2026-03-20", 3, False),
    ("2026-03-21", 3, True),
    ("2026-03-10", 7, True),
    ("2026-03-25", 7, True),
]


@pytest.mark.parametrize(("on", "line", "counts"), TAKEN)
def test_what_the_arrears_took_into_account_covers_nothing_more(
    on: str, line: int, counts: bool
) -> None:
    stated = Award(None, None, None, (Reckoned(Decimal(9), None, day("2026-03-20"), 5),))
    assert counted(stated, [(day(on), line, Decimal(4))]) == (4 if counts else 0)


@given(chance=randoms(use_true_random=False))
def test_the_months_are_the_whole_however_it_was_paid(chance: Random) -> None:
    """What the months owe is paid or in arrears, month by month, and nothing twice."""
    since = date.fromordinal(day("2020-01-01").toordinal() + chance.randint(0, 1500))
    on = date.fromordinal(since.toordinal() + chance.randint(0, 900))
    monthly = Decimal(chance.randint(1, 10**7)) / 100
    paid = Decimal(chance.randint(0, 10**9)) / 100
    whole = Award(since, None, monthly)
    rows = [each for each in schedule(whole, Decimal(0), on) if each.until <= on]
    owed = sum((each.due for each in rows), Decimal(0))
    left = arrears(whole, paid, on)
    assert left == max(owed - paid, Decimal(0))
    assert all(each.due <= monthly for each in rows)
    full = [each for each in rows if each.since.day == 1]
    assert all(each.due == monthly for each in full), "a whole month owes the whole sum"
    shown = schedule(whole, paid, on)
    assert sum((each.paid for each in shown), Decimal(0)) <= paid
    open_ones = [each for each in shown if each.left]
    assert open_ones == shown[len(shown) - len(open_ones) :], "the oldest is covered first"

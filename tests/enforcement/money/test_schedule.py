"""Payments that come again: what each month owes, which months are covered, what is in arrears."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis.strategies import randoms

from enforcement.facts.schedule import Award, Reckoned, arrears, counted, schedule

TIYN = Decimal("0.01")


def day(text: str) -> date:
    return date.fromisoformat(text)


def award(
    since: str = "2026-01-01",
    until: str = "",
    monthly: str = "60000.00",
    *reckoned: tuple[str, str, str],
) -> Award:
    """An award; `reckoned`: "since" or "until" and the day, the sum, in the order of lines."""
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
    return Award(day(since) if since else None, day(until) if until else None, sum_, tuple(told))


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

"""Shares of a sum: together they are the whole, to the tiyn."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import integers, lists

from documents.executive_document import Unreadable, read
from documents.fields import Codes
from documents.shares import parts
from law.statute import statute
from tests.office import example

#: The whole, the shares the paper names, how many owe it, and what each owes.
SHARED = [
    ("1000000.00", (), 2, "500000.00 500000.00"),
    ("100.00", (), 3, "33.34 33.33 33.33"),
    ("0.05", (), 3, "0.02 0.02 0.01"),
    ("0.02", (), 2, "0.01 0.01"),
    ("100.01", (), 2, "50.01 50.00"),
    ("90.00", ("2/3", "1/3"), 2, "60.00 30.00"),
    ("100.00", ("1/3", "1/3", "1/3"), 3, "33.34 33.33 33.33"),
    ("100.00", ("1/7", "6/7"), 2, "14.29 85.71"),
    ("100.00", ("2/4", "1/2"), 2, "50.00 50.00"),
    ("100.00", ("99.99", "0.01"), 2, "99.99 0.01"),
    ("1000000", ("600000.00", "400000"), 2, "600000.00 400000.00"),
    ("5.5", ("5", "0.5"), 2, "5.00 0.50"),
]
NOT_WHOLE = [
    ("100.00", ("1/2", "1/3"), 2),
    ("100.00", ("1/2", "2/3"), 2),
    ("100.00", ("50.00", "49.99"), 2),
    ("100.00", ("50.00", "50.01"), 2),
    ("100.00", ("1/2", "50.00"), 2),
    ("100.00", ("1/2", "1/2"), 3),
    ("100.00", ("100.00",), 2),
    ("100.00", ("100.00", "0"), 2),
    ("100.00", ("1/0", "1/2"), 2),
    ("0.01", (), 2),
]


@pytest.mark.rule("PARTY-MULTI-01")
@pytest.mark.parametrize(("whole", "shares", "among", "told"), SHARED)
def test_a_sum_is_shared_to_the_tiyn(
    whole: str, shares: tuple[str, ...], among: int, told: str
) -> None:
    assert parts(Decimal(whole), shares, among) == [Decimal(each) for each in told.split()]


@pytest.mark.parametrize(("whole", "shares", "among"), NOT_WHOLE)
def test_shares_that_are_not_the_whole_are_none(
    whole: str, shares: tuple[str, ...], among: int
) -> None:
    with pytest.raises(ValueError, match="share"):
        parts(Decimal(whole), shares, among)


@given(tiyn=integers(200, 10**15), among=integers(1, 200))
def test_equal_shares_are_the_whole_and_differ_by_a_tiyn_at_most(tiyn: int, among: int) -> None:
    found = parts(Decimal(tiyn) / 100, (), among)
    assert sum(found) == Decimal(tiyn) / 100
    assert max(found) - min(found) <= Decimal("0.01")
    assert found == sorted(found, reverse=True), "the first have the tiyn that remain"


@given(tiyn=integers(10**6, 10**12), weights=lists(integers(1, 9), min_size=1, max_size=12))
def test_named_shares_are_the_whole(tiyn: int, weights: list[int]) -> None:
    shares = [f"{weight}/{sum(weights)}" for weight in weights]
    found = parts(Decimal(tiyn) / 100, shares, len(weights))
    assert sum(found) == Decimal(tiyn) / 100
    for part, weight in zip(found, weights, strict=True):
        assert abs(part - Decimal(tiyn) * weight / sum(weights) / 100) <= Decimal("0.01")


#: What cannot be of shares, and the field that is wrong.
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"shares": ["1/2", "1/3"]}, "shares"),
    ({"shares": ["1/2"]}, "shares"),
    ({"shares": ["1/2", "1/2"], "joint": True}, "shares"),
    ({"shares": ["1/2", "1/2"], "amount": None, "act": "demolition"}, "shares"),
    ({"shares": "1/2"}, "shares"),
    ({"shares": ["half", "1/2"]}, "shares"),
    ({"shares": ["50%", "50%"]}, "shares"),
    ({"shares": [0.5, 0.5]}, "shares"),
    ({"amount": "0.01"}, "amount"),
]


@pytest.mark.parametrize(("changes", "field"), WRONG)
def test_a_paper_whose_shares_cannot_be_is_invalid(changes: dict[str, Any], field: str) -> None:
    paper = example("12")
    paper["debts"] = [
        {"claimant": 0, "debtors": [0, 1], "joint": False, "amount": "100.00"} | changes
    ]
    codes = Codes.under(statute("lecture"), offices={"ALA"}, issuers={paper["issuer"]})
    with pytest.raises(Unreadable) as found:
        read(paper, codes)
    assert [error.field for error in found.value.errors] == [f"debts[0].{field}"]

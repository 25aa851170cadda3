"""IIN, BIN and IBAN: right ones pass, and each way of being wrong has its name."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from parties.identifiers import bin_fault, check_digit, iban_fault, iin_fault
from tests.examples.papers import EXAMPLES

MANY = settings(max_examples=300, derandomize=True, database=None, deadline=None)


def _given(field: str) -> list[str]:
    """The numbers of the examples, the mistyped one (paper 15) left out."""
    parties = [
        party
        for document in EXAMPLES["documents"]
        if document["ref"] != "15"
        for party in document["claimants"] + document["debtors"]
    ]
    return sorted({party[field] for party in parties if party.get(field)})


@pytest.mark.parametrize(
    ("fault", "field"), [(iin_fault, "iin"), (bin_fault, "bin"), (iban_fault, "iban")]
)
def test_the_numbers_of_the_examples_are_right(fault: Any, field: str) -> None:
    assert len(_given(field)) >= 4
    assert {number: fault(number) for number in _given(field)} == dict.fromkeys(_given(field), "")


@pytest.mark.parametrize(
    ("iin", "fault"),
    [
        ("850314300122", ""),
        ("850314300123", "check_digit"),
        ("850314300212", "check_digit"),
        # The eleventh digit weighs eleven: the scheme itself sees no slip in it.
        ("850314300112", ""),
        ("000229500018", ""),
        ("", "format"),
        ("85031430012", "format"),
        ("8503143001221", "format"),
        ("85031430012A", "format"),
        ("85031430012О", "format"),
        ("850314 300122", "format"),
        ("850314300122\n", "format"),
        ("８５０３１４３００１２２", "format"),
        ("٨٥٠٣١٤٣٠٠١٢٢", "format"),
    ],
)
def test_an_iin_is_right_or_its_fault_is_named(iin: str, fault: str) -> None:
    assert iin_fault(iin) == fault


def numbered(eleven: str) -> str:
    """Eleven digits with the twelfth they demand."""
    digit = check_digit(eleven)
    assert digit is not None
    return f"{eleven}{digit}"


@pytest.mark.parametrize(
    ("eleven", "fault"),
    [
        ("85031430012", ""),
        ("85031430017", ""),
        ("85021930012", ""),
        ("85023030012", "birth_date"),
        ("85131430012", "birth_date"),
        ("85000030013", "birth_date"),
        ("85031470012", "birth_date"),
        ("85031490013", "birth_date"),
        ("00022950001", ""),
        ("01022950001", "birth_date"),
        ("00022930003", "birth_date"),
    ],
    ids=lambda value: str(value) or "right",
)
def test_an_iin_holds_a_day_of_birth_that_was(eleven: str, fault: str) -> None:
    """1900 was no leap year, 2000 was; the seventh digit names sex and century."""
    assert iin_fault(numbered(eleven)) == fault


def test_a_bin_holds_no_day_of_birth() -> None:
    number = numbered("94064000101")
    assert (bin_fault(number), iin_fault(number)) == ("", "birth_date")


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("940640001014", ""),
        ("940640001015", "check_digit"),
        ("94064000101", "format"),
        ("9406400010140", "format"),
        ("94064000101X", "format"),
        ("９４０６４０００１０１４", "format"),
    ],
)
def test_a_bin_is_right_or_its_fault_is_named(number: str, fault: str) -> None:
    assert bin_fault(number) == fault


def _weigh(eleven: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(eleven, weights, strict=True)) % 11


@MANY
@given(st.text("0123456789", min_size=11, max_size=11))
def test_the_check_digit_is_the_first_remainder_else_the_second_else_none(eleven: str) -> None:
    first = _weigh(eleven, (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11))
    second = _weigh(eleven, (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))
    expected = first if first < 10 else second if second < 10 else None
    assert check_digit(eleven) == expected


@pytest.mark.parametrize("eleven", ["00000000281", "00000000362", "00000001334"])
def test_where_both_remainders_are_ten_no_number_exists(eleven: str) -> None:
    assert check_digit(eleven) is None
    for digit in "0123456789":
        assert bin_fault(eleven + digit) == "check_digit"


def test_a_first_remainder_of_ten_takes_the_second_weights() -> None:
    eleven = "00000000010"
    assert _weigh(eleven, (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)) == 10
    assert check_digit(eleven) == 1


@pytest.mark.parametrize(
    ("iban", "fault"),
    [
        ("KZ40125KZT1000000001", ""),
        ("KZ86125KZT5004100100", ""),
        ("KZ41125KZT1000000001", "check_digit"),
        ("KZ40125KZT1000000010", "check_digit"),
        ("KZ40125KZT100000001", "format"),
        ("KZ40125KZT10000000011", "format"),
        ("kz40125kzt1000000001", "format"),
        ("KG40125KZT1000000001", "format"),
        ("KZ4012 5KZT100000001", "format"),
        ("KZ40125КZT1000000001", "format"),
        ("KZ４0125KZT1000000001", "format"),
        ("", "format"),
    ],
)
def test_an_iban_is_right_or_its_fault_is_named(iban: str, fault: str) -> None:
    assert iban_fault(iban) == fault


@st.composite
def ibans(draw: st.DrawFn) -> str:
    """Right Kazakh account numbers: a bank of three digits, thirteen signs, the check digits."""
    account = draw(st.text("0123456789", min_size=3, max_size=3))
    account += draw(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=13, max_size=13))
    digits = "".join(str(int(sign, 36)) for sign in f"{account}KZ00")
    return f"KZ{98 - int(digits) % 97:02}{account}"


@MANY
@given(ibans(), st.data())
def test_any_single_changed_digit_of_an_iban_is_noticed(iban: str, data: st.DataObject) -> None:
    assert iban_fault(iban) == ""
    place = data.draw(st.sampled_from([n for n, sign in enumerate(iban) if sign.isdigit()]))
    digit = data.draw(st.sampled_from("0123456789"))
    assume(digit != iban[place])
    assert iban_fault(iban[:place] + digit + iban[place + 1 :]) == "check_digit"


@MANY
@given(ibans(), st.integers(2, 18))
def test_two_neighbours_of_an_iban_that_changed_places_are_noticed(iban: str, place: int) -> None:
    one, other = iban[place], iban[place + 1]
    assume(one != other and one.isdigit() and other.isdigit())
    swapped = iban[:place] + other + one + iban[place + 2 :]
    assert iban_fault(swapped) == "check_digit"


@MANY
@given(st.text(max_size=25))
def test_any_text_is_judged_and_nothing_is_raised(text: str) -> None:
    for fault in (iin_fault, bin_fault, iban_fault):
        assert fault(text) in ("", "format", "check_digit", "birth_date")

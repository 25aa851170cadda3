"""The shape of a document: whatever is sent is read, or each wrong field is named once."""

from __future__ import annotations

import copy
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.executive_document import MOST_ROWS, DocumentShape, Unreadable, read
from law.refusal import FieldError
from parties.spelling import number_key
from tests.examples.papers import EXAMPLES, codes, judged, paper, shape

MANY = settings(max_examples=400, derandomize=True, database=None, deadline=None)
CODES: Final = codes()


def read_or_refused(document: Any) -> tuple[DocumentShape | None, tuple[FieldError, ...]]:
    """The document as read, or the errors; anything else that is raised fails the test."""
    try:
        return read(document, CODES), ()
    except Unreadable as unreadable:
        return None, unreadable.errors


def faults(document: Any) -> dict[str, str]:
    """Field -> code of what cannot be; empty when the document is read."""
    _, errors = read_or_refused(document)
    found = {error.field: error.code for error in errors}
    assert len(found) == len(errors), "a field is named twice"
    return found


def test_a_paper_is_read_into_typed_values() -> None:
    found = shape(deferred_until="2026-09-28")
    assert (found.decision_on, found.deferred_until) == (date(2026, 1, 15), date(2026, 9, 28))
    assert found.debts[0].amount == Decimal("1900659.00")
    assert (found.claimants[0].kind, found.claimants[0].iban) == ("legal", "KZ40125KZT1000000001")
    assert found.debtors[0].name_kk == found.debtors[0].name_ru == "Ахметов Серік Болатұлы"
    assert found.application_on == date(2026, 3, 10)


TEXTS: Final = ("issuer", "case_number", "decision_on", "in_force_on", "issued_on", "operative")
OTHERS: Final = ("claimants", "debtors", "debts", "application", "immediate", "duplicate")


@pytest.mark.parametrize("empty", ["", None])
@pytest.mark.parametrize("field", [*TEXTS, *OTHERS])
def test_an_empty_content_field_is_never_wrong(field: str, empty: str | None) -> None:
    assert faults({**paper(debts=[]), field: empty}) == {}


@pytest.mark.parametrize("field", TEXTS)
def test_a_content_field_of_spaces_is_empty(field: str) -> None:
    assert not getattr(shape(**{field: "  "}), field)


@pytest.mark.parametrize("field", [*TEXTS, *OTHERS])
def test_an_absent_content_field_is_never_wrong(field: str) -> None:
    document = {**paper(debts=[]), "duplicate": ""}
    del document[field]
    assert faults(document) == {}


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"ref": ""}, "ref", "required"),
        ({"ref": "r" * 65}, "ref", "too_long"),
        ({"office": None}, "office", "required"),
        ({"office": "QQQ"}, "office", "unknown"),
        ({"type": "DOC-TYPE-77"}, "type", "unknown"),
        ({"type": "PRES-3Y"}, "type", "unknown"),
        ({"issuer": "QQQ"}, "issuer", "unknown"),
        ({"language": "en"}, "language", "unknown"),
        ({"decision_on": "15.01.2026"}, "decision_on", "format"),
        ({"decision_on": "2026-02-30"}, "decision_on", "format"),
        ({"decision_on": "2026-W03-4"}, "decision_on", "format"),
        ({"decision_on": "２０２６-01-15"}, "decision_on", "format"),
        ({"decision_on": 20260115}, "decision_on", "format"),
        ({"in_force_on": "2206-02-19"}, "in_force_on", "out_of_range"),
        ({"issued_on": "0026-02-20"}, "issued_on", "out_of_range"),
        ({"deferred_until": "9999-12-31"}, "deferred_until", "out_of_range"),
        ({"immediate": "false"}, "immediate", "format"),
        ({"sealed": 1}, "sealed", "format"),
        ({"operative": "о" * 100_001}, "operative", "too_long"),
        ({"operative": "a\x00b"}, "operative", "format"),
        ({"operative": "a\x1bb"}, "operative", "format"),
        ({"operative": "a\ud800b"}, "operative", "format"),
        ({"case_number": ["1"]}, "case_number", "format"),
        ({"duplicate": 7}, "duplicate", "format"),
        ({"application": "yes"}, "application", "format"),
        ({"application": {"channel": "post"}}, "application.channel", "unknown"),
        ({"application": {"by": "x"}}, "application.by", "unknown_field"),
        ({"claimants": {}, "debts": []}, "claimants", "format"),
        ({"claimants": [5], "debts": []}, "claimants[0]", "format"),
        ({"debtors": [None]}, "debtors[0]", "format"),
        ({"debts": ["1000.00"]}, "debts[0]", "format"),
        ({"interruptions": [None]}, "interruptions[0]", "format"),
        ({"debts_0_debtors": [None]}, "debts[0].debtors", "unknown"),
        ({"debtors_0_kind": "ghost"}, "debtors[0].kind", "unknown"),
        ({"debtors_0_iin": "850314300123"}, "debtors[0].iin", "check_digit"),
        ({"debtors_0_iin": "85031430012"}, "debtors[0].iin", "format"),
        ({"debtors_0_birth_date": "1985-14-03"}, "debtors[0].birth_date", "format"),
        ({"debtors_0_address_ru": 5}, "debtors[0].address_ru", "format"),
        ({"claimants_0_bin": "940640001015"}, "claimants[0].bin", "check_digit"),
        ({"claimants_0_iban": "KZ41125KZT1000000001"}, "claimants[0].iban", "check_digit"),
        ({"claimants_0_iban": "DE89370400440532013000"}, "claimants[0].iban", "format"),
        ({"claimants_0_phone": "1"}, "claimants[0].phone", "unknown_field"),
        ({"debts_0_amount": 1900659}, "debts[0].amount", "format"),
        ({"debts_0_amount": "1 900 659.00"}, "debts[0].amount", "format"),
        ({"debts_0_amount": "-1.00"}, "debts[0].amount", "out_of_range"),
        ({"debts_0_amount": "1e5"}, "debts[0].amount", "format"),
        ({"debts_0_amount": "1.005"}, "debts[0].amount", "format"),
        ({"debts_0_amount": "0.00"}, "debts[0].amount", "out_of_range"),
        ({"debts_0_amount": "99999999999999"}, "debts[0].amount", "format"),
        ({"debts_0_amount": "١٢"}, "debts[0].amount", "format"),
        ({"debts_0_claimant": 1}, "debts[0].claimant", "unknown"),
        ({"debts_0_claimant": False}, "debts[0].claimant", "unknown"),
        ({"debts_0_claimant": "0"}, "debts[0].claimant", "unknown"),
        ({"debts_0_debtors": [0, 1]}, "debts[0].debtors", "unknown"),
        ({"debts_0_debtors": [-1]}, "debts[0].debtors", "unknown"),
        ({"debts_0_debtors": 0}, "debts[0].debtors", "format"),
        ({"debts_0_act": "dance"}, "debts[0].act", "unknown"),
        ({"debts_0_periodic": {"kind": "rent"}}, "debts[0].periodic.kind", "unknown"),
        ({"debts_0_periodic": []}, "debts[0].periodic", "format"),
        ({"colour": "red"}, "colour", "unknown_field"),
        ({"expect": "2026-03-10"}, "expect", "unknown_field"),
        ({"x\ud800y": 1}, "x?y", "unknown_field"),
        ({"x" * 5000: 1}, "x" * 300, "unknown_field"),
    ],
    ids=lambda value: ascii(value)[:50],
)
def test_a_wrong_field_is_named_with_its_code(
    change: dict[str, Any], field: str, code: str
) -> None:
    assert faults(paper(**change)) == {field: code}


def test_all_wrong_fields_are_named_at_once() -> None:
    spoilt = paper(office="QQQ", debtors_0_iin="1", debts_0_amount="much", colour="red")
    assert set(faults(spoilt)) == {"office", "debtors[0].iin", "debts[0].amount", "colour"}


@pytest.mark.parametrize("document", [None, 5, "text", [], True, 1.5], ids=repr)
def test_what_is_no_document_at_all_is_named_so(document: Any) -> None:
    found = faults(document)
    assert found["document"] == "format"


def test_small_slips_of_typing_are_put_right() -> None:
    found = shape(
        case_number="  7514-25-00-2/1187 ",
        claimants_0_iban="kz40 125k zt10 0000 0001",
        debtors_0_iin="850314 300122",
    )
    assert found.case_number == "7514-25-00-2/1187"
    assert found.claimants[0].iban == "KZ40125KZT1000000001"
    assert found.debtors[0].identifier == "850314300122"


def test_a_huge_document_is_refused_before_it_is_read() -> None:
    rows = [{"claimant": 7, "amount": "much"} for _ in range(5_000)]
    found = faults(paper(debts=rows, debtors=[{"iin": "1"}] * 5_000))
    assert found == {"debtors": "too_long", "debts": "too_long"}


def test_no_more_faults_are_named_than_anybody_reads() -> None:
    assert len(faults(paper(**{f"field{n}": 1 for n in range(5_000)}))) == MOST_ROWS


def test_one_number_is_one_key_however_it_is_spelt() -> None:
    spelt = ["7514-26-00-2/1", "7514‑26­-00– 2∕ 1", "７514-26-00-2/1\u200b"]
    assert {number_key(text) for text in spelt} == {"7514-26-0-2-1"}


def test_a_document_without_a_ref_is_read_where_none_is_needed() -> None:
    document = paper(ref="")
    assert read(document, CODES, ref_needed=False).ref == ""


# --- Whatever is sent ----------------------------------------------------------------------------

JSON: Final = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["2026-01-15", "9999-12-31", "850314300122", "DOC-TYPE-01", "ALA", "0.01"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
NAMES: Final = sorted({name for document in EXAMPLES["documents"] for name in document})


def answered(document: Any) -> None:
    """A document is read and judged, or refused by name; nothing else ever happens."""
    found, errors = read_or_refused(document)
    assert (found is None) is bool(errors)
    for error in errors:
        assert error.field.encode("utf-8")
        assert error.code
    if found:
        told = judged(found).as_json()["verdict"]
        assert told in ("accept", "defective", "late", "wrong_territory")


@MANY
@given(JSON)
def test_any_json_is_read_or_refused_by_name(document: Any) -> None:
    answered(document)


@MANY
@given(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=8))
def test_any_values_under_the_right_names_are_read_or_refused(changes: dict[str, Any]) -> None:
    answered({**paper(), **changes})


def _places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else []
    if isinstance(value, list):
        inner = enumerate(value)
    return [way] * bool(way) + [deep for key, each in inner for deep in _places(each, (*way, key))]


@MANY
@given(st.sampled_from(EXAMPLES["documents"]), st.data())
def test_any_one_value_of_a_paper_can_be_anything(
    document: dict[str, Any], data: st.DataObject
) -> None:
    spoilt = copy.deepcopy(document)
    for about in ("expect", "why", "received_on"):
        del spoilt[about]
    *way, last = data.draw(st.sampled_from(_places(spoilt)))
    inside: Any = spoilt
    for key in way:
        inside = inside[key]
    inside[last] = data.draw(JSON)
    answered(spoilt)


@MANY
@given(st.dates(date(1950, 1, 1), date(2070, 12, 31)), st.sampled_from(sorted(CODES.types)))
def test_a_paper_of_any_day_is_judged(on: date, kind: str) -> None:
    answered(
        paper(type=kind, decision_on=str(on), in_force_on=str(on), issued_on=str(on), office="ALA")
    )

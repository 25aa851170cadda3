"""`manage.py check_documents`: every worked example gives what it expects, key by key."""

from __future__ import annotations

import io
import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pytest
from django.core.management import CommandError, call_command

from deadlines.calculator import reckon
from law.statute import statute
from law.workdays import calendar
from tests.examples.papers import DOCUMENTS, EXAMPLES, paper

REFS = [each["ref"] for each in EXAMPLES["documents"]]


def check(file: Path) -> list[dict[str, Any]]:
    """The command's answers, a line a paper."""
    told = io.StringIO()
    call_command("check_documents", str(file), json=True, stdout=told)
    return [json.loads(line) for line in told.getvalue().splitlines()]


@lru_cache
def answers() -> dict[str, dict[str, Any]]:
    return {answer["ref"]: answer for answer in check(DOCUMENTS)}


def file_of(folder: Path, *documents: Any, **changes: Any) -> Path:
    """A file of the examples' shape with other documents."""
    file = folder / "documents.json"
    data = {**EXAMPLES, "documents": documents, **changes}
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return file


def test_the_papers_are_judged_in_the_order_of_the_file() -> None:
    assert [answer["ref"] for answer in check(DOCUMENTS)] == REFS


def test_the_examples_hold_every_verdict_there_is() -> None:
    found = {answer["verdict"] for answer in answers().values()}
    assert found == {
        "accept",
        "defective",
        "late",
        "already_received",
        "wrong_territory",
        "invalid",
    }


@pytest.mark.parametrize(
    "ref",
    [
        pytest.param("01", marks=pytest.mark.rule("PRES-START-01", "DOC-TYPE-01")),
        pytest.param("02", marks=pytest.mark.rule("INIT-IMM-01", "PERIOD-01", "TERM-EXEC-EXC")),
        pytest.param("03", marks=pytest.mark.rule("PRES-START-05", "DOC-TYPE-02")),
        pytest.param("04", marks=pytest.mark.rule("WRIT-CONT-04", "WRIT-CONT-06")),
        pytest.param("05", marks=pytest.mark.rule("WRIT-CONT-03", "TERM-DEFECT-3D")),
        pytest.param("06", marks=pytest.mark.rule("PRES-MISSED-01", "RESTORE-01", "PRES-3Y")),
        pytest.param("07", marks=pytest.mark.rule("PRES-3Y")),
        pytest.param("08", marks=pytest.mark.rule("PRES-1Y-COURT", "PRES-START-03", "DOC-TYPE-04")),
        pytest.param("09", marks=pytest.mark.rule("PRES-1Y-BODY", "PRES-START-04", "DOC-TYPE-05")),
        pytest.param("10", marks=pytest.mark.rule("PRES-3M", "DOC-TYPE-06")),
        pytest.param("11", marks=pytest.mark.rule("TERM-EXEC-4M")),
        pytest.param("12", marks=pytest.mark.rule("PARTY-MULTI-01")),
        pytest.param("13", marks=pytest.mark.rule("DOC-TYPE-03", "PRES-START-05")),
        pytest.param("14", marks=pytest.mark.rule("WRIT-ONE-01")),
        pytest.param("15", marks=pytest.mark.rule("WRIT-CONT-06")),
        pytest.param("16", marks=pytest.mark.rule("PRES-START-01")),
        pytest.param("17", marks=pytest.mark.rule("TERM-TRANSFER-3D", "ISSUE-SEND-01")),
        pytest.param("18", marks=pytest.mark.rule("PRES-START-01", "COURT-DEFER-01")),
    ],
)
def test_an_example_gives_what_it_expects(ref: str) -> None:
    expect = dict(EXAMPLES["documents"][REFS.index(ref)]["expect"])
    expect.pop("completion_due_if_initiated_on", None)
    answer = answers()[ref]
    assert {key: answer.get(key) for key in expect} == expect


def test_no_example_is_left_out_of_the_table_above() -> None:
    asked = test_an_example_gives_what_it_expects.pytestmark[0].args[1]
    assert [row.values[0] for row in asked] == REFS


@pytest.mark.rule("TERM-EXEC-4M")
def test_the_term_of_completion_of_an_example_ends_when_it_says() -> None:
    pairs = {
        each["ref"]: each["expect"]["completion_due_if_initiated_on"]
        for each in EXAMPLES["documents"]
        if "completion_due_if_initiated_on" in each["expect"]
    }
    assert pairs
    for ref, (initiated, due) in pairs.items():
        term = statute("lecture").term(f"TERM-EXEC-{answers()[ref]['completion_months']}M")
        found = reckon(term, starts_on=date.fromisoformat(initiated), calendar=calendar())
        assert str(found.due_on) == due


def test_only_what_applies_is_told() -> None:
    assert set(answers()["14"]) == {"ref", "verdict", "of", "rules"}
    assert set(answers()["15"]) == {"ref", "verdict", "field"}
    assert "disputed_day" not in answers()["01"]


def test_a_last_day_beyond_the_decreed_calendars_is_provisional() -> None:
    for answer in answers().values():
        if day := answer.get("presentation_last_day"):
            known = "2023-01-01" <= day <= "2027-12-31"
            assert answer.get("provisional", False) is not known


def test_an_invalid_paper_is_not_an_earlier_arrival(tmp_path: Path) -> None:
    wrong = {**paper(debtors_0_iin="850314300123"), "received_on": "2026-03-10"}
    right = {**paper(ref="again"), "received_on": "2026-03-11"}
    found = check(file_of(tmp_path, wrong, right))
    assert [answer["verdict"] for answer in found] == ["invalid", "accept"]


@pytest.mark.parametrize("absent", ["issuer", "case_number", "decision_on"])
def test_papers_are_the_same_only_when_issuer_number_and_day_are_all_given(
    tmp_path: Path, absent: str
) -> None:
    first = {**paper(**{absent: ""}), "received_on": "2026-03-10"}
    second = {**paper(**{absent: "", "ref": "again"}), "received_on": "2026-03-11"}
    found = check(file_of(tmp_path, first, second))
    assert [answer["verdict"] for answer in found] == ["defective", "defective"]


@pytest.mark.rule("LOST-01", "WRIT-ONE-02")
def test_a_third_arrival_is_of_the_first_and_a_duplicate_between_them_is_none(
    tmp_path: Path,
) -> None:
    named = [{}, {"duplicate": "№ 7"}, {"part": "2"}, {}]
    papers = [
        {**paper(ref=str(n), **more), "received_on": "2026-03-10"} for n, more in enumerate(named)
    ]
    found = check(file_of(tmp_path, *papers))
    verdicts = [(answer["verdict"], answer.get("of")) for answer in found]
    assert verdicts == [
        ("accept", None),
        ("accept", None),
        ("accept", None),
        ("already_received", "0"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{",
        "[" * 100_000,
        "[]",
        "null",
        "{}",
        '{"offices": null, "issuers": {}, "documents": []}',
        '{"offices": {"ALA": {}}, "issuers": {}, "documents": []}',
        '{"offices": {}, "issuers": {}, "documents": 5}',
    ],
    ids=lambda data: data[:20],
)
def test_a_file_of_another_shape_is_refused_by_name(tmp_path: Path, data: str) -> None:
    file = tmp_path / "other.json"
    file.write_text(data, encoding="utf-8")
    with pytest.raises(CommandError, match=r"other\.json"):
        check(file)


GOOD: Final = {**paper(ref="good"), "received_on": "2026-03-10"}


@pytest.mark.parametrize("received_on", ["", "2026-02-30", "9999-12-31", None, 5, []])
def test_a_paper_without_a_day_of_receipt_is_invalid_and_the_others_are_judged(
    tmp_path: Path, received_on: Any
) -> None:
    spoilt = {**paper(operative=""), "received_on": received_on}
    wrong, right = check(file_of(tmp_path, spoilt, GOOD))
    assert (wrong["verdict"], wrong["field"]) == ("invalid", "received_on")
    assert right["verdict"] == "accept"


DEEP: Final = "[" * 100_000 + "]" * 100_000


@pytest.mark.parametrize(
    ("row", "field"),
    [
        *((text, "document") for text in ("5", "null", '"text"', "[]", "[[]]", "true", "1e999")),
        ("9" * 6000, "document"),
        (DEEP, "document"),
        ("{}", "ref"),
        ('{"received_on": "2026-03-10"}', "ref"),
        ('{"received_on": "2026-03-10", "ref": 7}', "ref"),
        (f'{{"received_on": "2026-03-10", "ref": "deep", "debts": {DEEP}}}', "office"),
        (f'{{"received_on": "2026-03-10", "ref": "huge", "office": {"9" * 6000}}}', "office"),
        ('{"received_on": "2026-03-10", "ref": "\\ud800"}', "ref"),
    ],
    ids=lambda value: value[:40],
)
def test_a_paper_that_cannot_be_judged_is_invalid_by_itself(
    tmp_path: Path, row: str, field: str
) -> None:
    file = file_of(tmp_path, "HERE", GOOD)
    file.write_text(file.read_text(encoding="utf-8").replace('"HERE"', row), encoding="utf-8")
    wrong, right = check(file)
    assert (wrong["verdict"], wrong["field"]) == ("invalid", field)
    assert right["verdict"] == "accept"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_file_of_windows_is_read_as_one_without_its_mark(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "bom.json"
    file.write_text(DOCUMENTS.read_text(encoding="utf-8"), encoding=encoding)
    assert check(file) == list(answers().values())


def test_bytes_that_are_no_text_spoil_their_own_paper(tmp_path: Path) -> None:
    file = file_of(tmp_path, {**GOOD, "operative": "HERE"}, GOOD)
    file.write_bytes(file.read_bytes().replace(b"HERE", b"\xff\xfe"))
    wrong, right = check(file)
    assert (wrong["verdict"], wrong["field"]) == ("invalid", "operative")
    assert right["verdict"] == "accept"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        check(tmp_path / "nowhere.json")


def test_a_file_is_judged_under_the_rule_set_that_is_named(tmp_path: Path) -> None:
    order = {**EXAMPLES["documents"][0], "type": "INF-DOC-9-02"}
    told = io.StringIO()
    file = str(file_of(tmp_path, order))
    call_command("check_documents", file, "--rule-set", "in_force", "--json", stdout=told)
    verdict = json.loads(told.getvalue())
    assert verdict["verdict"] == "accept"
    assert verdict["rules"] == ["PRES-3Y", "INF-START-11-5", "TERM-EXEC-2M"]
    assert check(Path(file))[0] == {"ref": order["ref"], "verdict": "invalid", "field": "type"}

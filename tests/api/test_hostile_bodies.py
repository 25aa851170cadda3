"""Whatever is sent, the answer is a receipt or a problem: never a fault of ours, never a trace."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from tests.api.asking import BASE, Caller, problem
from tests.office import DAY, DOCUMENTS, census, example, paper

VARIATIONS = 120


@pytest.fixture
def court(offices: None, set_clock: Callable[[date], None]) -> Caller:
    """The courts' system, on DAY."""
    set_clock(DAY)
    return Caller()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "invalid"),
        (b"null", 422, "invalid"),
        (b"[]", 422, "invalid"),
        (b'"text"', 422, "invalid"),
        (b"{}", 422, "invalid"),
        (b"{", 400, "bad_request"),
        (b"\xff\xfe\x00", 400, "bad_request"),
        (b"NaN", 400, "bad_request"),
        (b'{"ref": ' + b"9" * 5000 + b"}", 400, "bad_request"),
        (b"[" * 100_000, 400, "bad_request"),
        (b'{"a":' * 100_000, 400, "bad_request"),
        (b" " * 3_000_000, 413, "bad_request"),
        (b'{"operative": "' + b"x" * 200_000 + b'"}', 422, "invalid"),
    ],
    ids=[
        "nothing", "null", "list", "text", "empty", "broken", "binary", "no number", "huge number",
        "deep list", "deep object", "huge", "long text",
    ],
)  # fmt: skip
def test_a_body_that_is_no_document_is_refused(
    court: Caller, body: bytes, status: int, code: str
) -> None:
    before = census()
    answer = court.send(body)
    assert (answer.status_code, problem(answer)["code"]) == (status, code)
    assert census() == before


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_only_json_is_read(court: Caller, content_type: str) -> None:
    answer = court.send(json.dumps(paper()).encode(), content_type=content_type)
    assert (answer.status_code, problem(answer)["code"]) == (415, "bad_request")


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"operative": "\ud800"}, "operative", "format"),
        ({"ref": "\udfff"}, "ref", "format"),
        ({"ref": "a\x00b"}, "ref", "format"),
        ({"x[²]": 1}, "x[²]", "unknown_field"),
        ({"a.b[0].c": 1}, "a.b[0].c", "unknown_field"),
        ({"bad \ud800 name": 1}, "bad ? name", "unknown_field"),
        ({"in_force_on": "9999-12-31"}, "in_force_on", "out_of_range"),
        ({"in_force_on": "0001-01-01"}, "in_force_on", "out_of_range"),
        ({"deferred_until": "9999-12-31"}, "deferred_until", "out_of_range"),
        ({"debtor": {"iin": "٨٥٠٣١٤٣٠٠١٢٢"}}, "debtors[0].iin", "format"),
        ({"debts": [{"amount": "٣"}]}, "debts[0].amount", "format"),
        ({"debts": [{"amount": 1.5}]}, "debts[0].amount", "format"),
        ({"debts": [{"amount": "99999999999999.99"}]}, "debts[0].amount", "format"),
        ({"debts": [{"amount": "0.00"}]}, "debts[0].amount", "out_of_range"),
        ({"debts": [{"amount": "-1.00"}]}, "debts[0].amount", "out_of_range"),
        ({"debts": [{"claimant": 10**40}]}, "debts[0].claimant", "unknown"),
        ({"debts": [{"debtors": [True]}]}, "debts[0].debtors", "unknown"),
        ({"debts": {"a": 1}}, "debts", "format"),
        ({"case_number": "x" * 101}, "case_number", "too_long"),
        ({"ref": "x" * 65}, "ref", "too_long"),
        ({"office": ["ALA"]}, "office", "format"),
        ({"type": {"id": "DOC-TYPE-01"}}, "type", "format"),
    ],
)
def test_a_hostile_value_is_named_by_its_field(
    court: Caller, changes: dict[str, Any], field: str, code: str
) -> None:
    before = census()
    answer = court.send(paper(**changes))
    found = problem(answer)
    assert answer.status_code == 422
    assert (field, code) in {(error["field"], error["code"]) for error in found["errors"]}
    assert found["verdict"] == {"verdict": "invalid", "field": found["errors"][0]["field"]}
    assert census() == before


STRANGE: tuple[Any, ...] = (
    None, "", " ", "\ud83d", "\x00", "0", "٣", "1e5", "NaN", "2026-02-30", "9999-12-31", "x" * 1000,
    0, -1, 10**30, 1.5, True, False, [], [[]], [None], {}, {"": ""}, {"on": []}, "ALA", "KZ",
    "'; DROP TABLE journal_entry; --", "<script>", "${7*7}", "%s%n", "../../etc/passwd",
)  # fmt: skip


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place inside a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, held in inner:
        yield (*at, key)
        if isinstance(held, dict | list):
            yield from places(held, (*at, key))


def put(data: Any, place: tuple[Any, ...], value: Any) -> None:
    """Put a value at a place of a document."""
    for key in place[:-1]:
        data = data[key]
    data[place[-1]] = value


def test_a_document_with_anything_anywhere_is_answered(court: Caller) -> None:
    chance = random.Random(20260310)
    for number in range(VARIATIONS):
        data = example(chance.choice(sorted(DOCUMENTS)))
        every = list(places(data))
        changed = {place: chance.choice(STRANGE) for place in chance.sample(every, 2)}
        for place, value in sorted(changed.items(), key=lambda each: -len(each[0])):
            put(data, place, copy.deepcopy(value))
        answer = court.send({**data, "ref": data.get("ref") and f"{number}"})
        assert answer.status_code in (201, 403, 422), (answer.status_code, changed)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("get", "/api/v1/nothing", 404, "not_found"),
        ("get", "/api/v1/", 404, "not_found"),
        ("get", "/api/nothing", 404, "not_found"),
        ("post", "/api/v2/executive-documents", 404, "not_found"),
        ("get", "/api/v1/cases", 404, "not_found"),
        ("get", "/api/v1/cases/1", 404, "not_found"),
        ("get", "/api/v1/cases/../../etc/passwd", 404, "not_found"),
        ("post", "/api/v1/executive-documents/", 404, "not_found"),
        ("get", "/api/v1/executive-documents", 405, "method_not_allowed"),
        ("delete", "/api/v1/cases/00000000-0000-4000-8000-000000000000", 405, "method_not_allowed"),
        ("patch", "/api/v1/papers/x.pdf", 404, "not_found"),
    ],
)
def test_an_address_that_is_not_there_is_a_problem_too(
    court: Caller, method: str, path: str, status: int, code: str
) -> None:
    headers = {"Authorization": f"Bearer {court.secret}"}
    answer = getattr(court.client, method)(path, headers=headers)
    assert (answer.status_code, problem(answer)["code"]) == (status, code)


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/nothing"])
def test_an_address_that_is_not_there_tells_a_stranger_nothing(offices: None, path: str) -> None:
    answer = Caller("").client.get(path)
    assert (answer.status_code, problem(answer)["code"]) == (401, "not_authenticated")


@pytest.mark.parametrize("accept", ["application/problem+json", "text/html", "application/pdf"])
def test_a_caller_who_wants_no_json_is_told_in_json(court: Caller, accept: str) -> None:
    answer = court.client.get(
        f"{BASE}/cases/00000000-0000-4000-8000-000000000000",
        headers={"Authorization": f"Bearer {court.secret}", "Accept": accept},
    )
    assert answer.status_code in (404, 406)
    problem(answer)

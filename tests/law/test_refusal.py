"""A refusal tells of what kind it is; how that is answered is known at the edge alone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from enforcement.core.http_status import STATUS, keys_of, status_of
from law.refusal import Kind, Refusal

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = sorted(
    path
    for name in ("accounts", "deadlines", "documents", "enforcement", "exchange", "law")
    for path in (ROOT / name).rglob("*.py")
)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (Kind.NOT_YOURS, 403),
        (Kind.UNSEEN, 404),
        (Kind.STATE, 409),
        (Kind.STALE, 412),
        (Kind.CONTENT, 422),
    ],
)
def test_each_kind_of_refusal_is_answered_with_its_status(kind: Kind, status: int) -> None:
    refusal = Refusal("invented", kind=kind)
    assert status_of(refusal) == status
    assert keys_of(refusal)["status"] == status


def test_no_kind_is_left_without_a_status() -> None:
    assert set(STATUS) == set(Kind)
    assert Refusal("invented").kind is Kind.CONTENT


def test_the_law_knows_no_http() -> None:
    assert set(Refusal("invented").keys()) == {"code", "rule", "facts", "errors", "possible"}
    source = (ROOT / "law" / "refusal.py").read_text(encoding="utf-8")
    numbers = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    assert not [value for value in numbers if type(value) is int]


def test_whoever_refuses_names_a_kind_and_no_status() -> None:
    with_status = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in PRODUCT
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) == "Refusal"
        and any(keyword.arg == "status" for keyword in call.keywords)
    ]
    assert not with_status

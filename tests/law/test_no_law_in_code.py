"""No number of an article and no count of days hides in the code: the law is data."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
CODE: Final = (
    *("accounts", "clock", "config", "deadlines", "documents", "embedded"),
    *("enforcement", "exchange", "journal", "law", "parties"),
)
#: Files that may write an article in words, each with its reason.
ARTICLES_ALLOWED: Final = {
    "enforcement/templatetags/law.py": "a docstring shows how the law's own number is written",
}


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for package in CODE:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def _name(function: ast.expr) -> str:
    return ast.unparse(function).rsplit(".", 1)[-1]


def _is_count(value: ast.expr) -> bool:
    """A number written out, or a constant named for one; a variable gets its days from data."""
    text = ast.unparse(value)
    return (text.lstrip("-").isdigit() and text not in ("0", "1")) or text.isupper()


def _counts_of_days(tree: ast.Module) -> Iterator[str]:
    """Numbers of days, weeks, months and working days that stand in the code."""
    for node in ast.walk(tree):
        counts: list[ast.expr] = []
        if isinstance(node, ast.Call) and _name(node.func) == "timedelta":
            named = (k.value for k in node.keywords if k.arg in ("days", "weeks"))
            counts = [*node.args[:1], *named]
        elif isinstance(node, ast.Call) and _name(node.func) in ("add_months", "add_working"):
            counts = node.args[1:] if _name(node.func) == "add_months" else node.args
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            sides = [node.left, node.right]
            if any(_name(side) == "DAY" for side in sides):
                counts = [side for side in sides if _name(side) != "DAY"]
        if any(map(_is_count, counts)):
            yield f"{node.lineno}: {ast.unparse(node)}"  # type: ignore[attr-defined]


def test_no_count_of_days_stands_in_the_code() -> None:
    found = [f"{where}:{line}" for where, tree in _modules() for line in _counts_of_days(tree)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "code",
    [
        "timedelta(days=3)",
        "timedelta(5)",
        "datetime.timedelta(weeks=2)",
        "timedelta(days=-3)",
        "3 * DAY",
        "workdays.DAY * 3",
        "timedelta(days=TERM)",
        "calendar.add_working(on, 3)",
        "add_months(on, 2)",
    ],
)
def test_the_search_for_days_finds_them(code: str) -> None:
    assert list(_counts_of_days(ast.parse(code)))
    allowed = "timedelta(days=1), timedelta(0), timedelta(hours=2), timedelta(days=n), DAY * n"
    assert not list(_counts_of_days(ast.parse(allowed)))


ARTICLE: Final = re.compile(
    r"\d+(?:-\d+)?(?:\(\d+\))*\s*-?\s*(?:бап|баб)|(?:ст\.|стать[яиейю]+|[Aa]rt(?:icle|\.)?)\s*№?\s*\d"
)


def test_no_number_of_an_article_stands_in_the_code() -> None:
    found: dict[str, list[str]] = {}
    for where, tree in _modules():
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and ARTICLE.search(text):
                found.setdefault(where, []).append(text[:60])
    assert set(found) == set(ARTICLES_ALLOWED), found


@pytest.mark.parametrize("text", ["12-бап", "39-бабы", "ст. 12", "статья 12", "Art. 86(1)"])
def test_the_search_for_articles_finds_them(text: str) -> None:
    assert ARTICLE.search(text)

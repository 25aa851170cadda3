"""All rules are registered, in three languages, in clean letters; no law hides in the code."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from law.model import LANGUAGES
from law.statute import RULE_SETS, statute

ROOT: Final = Path(__file__).parents[2]
#: The list the owner gave: 256 rules, one a line.
RULE_IDS: Final = (Path(__file__).parent / "rule-ids.txt").read_text(encoding="utf-8").split()
CODE: Final = (
    *("accounts", "clock", "config", "deadlines", "documents", "embedded"),
    *("enforcement", "exchange", "journal", "law", "parties"),
)
#: Files that may write an article in words, each with its reason.
ARTICLES_ALLOWED: Final = {
    "enforcement/templatetags/law.py": "a docstring shows how the law's own number is written",
}


def test_the_256_rules_and_those_beside_them_are_registered() -> None:
    assert len(RULE_IDS) == len(set(RULE_IDS)) == 256
    beside = {"DOC-TYPE-08", "DOC-TYPE-09", "TERM-SEND-1D"}
    assert set(statute("lecture").ids()) == {*RULE_IDS, *beside}


@pytest.mark.parametrize("rule_set", RULE_SETS)
def test_every_rule_speaks_three_languages(rule_set: str) -> None:
    law = statute(rule_set)
    for rule_id in law.ids():
        rule = law.rule(rule_id)
        for words in (rule.title, rule.text):
            spoken = [words.in_(language) for language in LANGUAGES]
            assert all(spoken), rule_id
            assert len(set(spoken)) == len(LANGUAGES), f"{rule_id} says the same in two languages"


def test_a_term_of_both_rule_sets_has_one_id_and_those_only_in_force_are_named_so() -> None:
    lecture = {term.id for term in statute("lecture").terms()}
    for term in statute("in_force").terms():
        assert (term.id in lecture) is not term.id.startswith("INF-")


def _strings(value: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, re.sub(r"\{\w+\}", "", value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, where)


def _law_texts() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "law").rglob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        yield from _strings(data, str(path.relative_to(ROOT)))


#: A word in which both alphabets meet; the Latin schwa looks like the Kazakh letter.
MIXED: Final = re.compile(r"\w*(?:[A-Za-zƏəİı][\u0400-\u052f]|[\u0400-\u052f][A-Za-zƏəİı])\w*")


def test_no_latin_letter_hides_in_a_cyrillic_word() -> None:
    mixed = [f"{where}: {found}" for where, text in _law_texts() for found in MIXED.findall(text)]
    assert not mixed, "\n".join(mixed)


def test_the_search_for_mixed_words_finds_them() -> None:
    assert MIXED.findall("məн және құжaт, KZ IBAN-ға 2-бап") == ["məн", "құжaт"]


def test_kazakh_and_russian_are_written_in_cyrillic_and_english_is_not() -> None:
    for where, text in _law_texts():
        cyrillic = bool(re.search(r"[\u0400-\u052f]", text))
        if where.endswith((".kk", ".ru")):
            assert cyrillic or not re.search(r"[A-Za-z]{2}", text), f"{where}: {text}"
        elif where.endswith(".en"):
            assert not cyrillic, f"{where}: {text}"


def test_no_letter_of_the_kazakh_alphabet_stands_in_russian_words() -> None:
    for where, text in _law_texts():
        if where.startswith("law/") and where.endswith(".ru"):
            unquoted = re.sub(r"«[^»]*»", "", text)
            found = re.findall(r"\w*[әғқңөұүһӘҒҚҢӨҰҮҺ]\w*", unquoted)
            assert not found, f"{where}: {found}"


# --- No law in the code --------------------------------------------------------------------------


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

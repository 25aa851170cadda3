"""All rules are registered, in three languages, in clean letters."""

from __future__ import annotations

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

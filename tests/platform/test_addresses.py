"""An address is asked for by its name: none is written out beside the lists of addresses."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pytest
from django.urls import get_resolver

from tests.test_style import modules

ROOT: Final = Path(__file__).parents[2]
#: Folders whose addresses are still written out.
EXCEPTED: Final[tuple[str, ...]] = ()
#: Templates of whose addresses the same is true.
EXCEPTED_TEMPLATES: Final[tuple[str, ...]] = ()
#: Who writes an address out on purpose, and why.
FROM_OUTSIDE: Final = {
    "embedded/supervisor.py": "asks the office over the wire and knows no framework",
    "config/errors.py": "tells the API's addresses from pages where nothing else can be asked",
}
#: What a browser fetches or opens: `{{ .. }}` and `{% .. %}` are not written out.
_OPENED: Final = re.compile(
    r"""\b(?:href|src|action|formaction|hx-(?:get|post|put|patch|delete|push-url))"""
    r"""\s*=\s*["']?(/[^"'\s>]*)"""
)
_PLACE: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_FIRST_WORD: Final = re.compile(r"\^?([\w-]+)")


@lru_cache
def first_words() -> frozenset[str]:
    """The first words of all addresses of the product."""
    found = set()
    waiting = list(get_resolver().url_patterns)
    while waiting:
        pattern: Any = waiting.pop()
        route = str(pattern.pattern)
        if route or not hasattr(pattern, "url_patterns"):
            found |= set(_FIRST_WORD.findall(route)[:1])
        else:
            waiting += pattern.url_patterns
    return frozenset(found)


def in_template(source: str) -> list[str]:
    """Addresses that a template writes out, as a whole or behind a value."""
    words = "|".join(map(re.escape, sorted(first_words())))
    behind = re.findall(rf"\}}\}}(/(?:{words})\b)", source)
    return _OPENED.findall(_PLACE.sub("", source)) + behind


def in_python(tree: ast.AST) -> list[str]:
    """Addresses that a module writes out; a lone stroke counts where one is sent on to it."""
    return [text for text in _texts(tree) if text == "/" or _leads_to(text)]


def _leads_to(text: str) -> bool:
    words = re.match(r"/([\w-]+)(?=[/?#]|$)", text)
    return bool(words) and words[1] in first_words()


def _texts(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != "/":
            yield node.value
        if isinstance(node, ast.BoolOp):
            yield from (each.value for each in node.values if _is_stroke(each))
        if isinstance(node, ast.Call) and "edirect" in ast.unparse(node.func):
            yield from (each.value for each in node.args if _is_stroke(each))


def _is_stroke(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value == "/"


def test_no_module_writes_an_address_out() -> None:
    written = {
        where: found
        for where, tree in modules().items()
        if not where.startswith(EXCEPTED) and (found := in_python(tree))
    }
    assert set(written) == set(FROM_OUTSIDE), written


def test_no_template_writes_an_address_out() -> None:
    files = sorted((ROOT / "templates").rglob("*.html"))
    written = {
        where: found
        for file in files
        if not (where := file.relative_to(ROOT).as_posix()).startswith(EXCEPTED_TEMPLATES)
        and (found := in_template(file.read_text(encoding="utf-8")))
    }
    assert files
    assert written == {}


@pytest.mark.parametrize(
    "source",
    [
        '<a href="/">',
        '<a class="lead" href="/cases/{{ case.id }}">',
        "<form action='/sign-out'>",
        '<button hx-post="/intake/check">',
        '<a href="{{ office }}/cases/1">',
    ],
)
def test_the_search_finds_addresses_in_templates(source: str) -> None:
    assert in_template(source)


@pytest.mark.parametrize(
    "source", ["<a href=\"{% url 'home' %}\">", '<a href="?show=all">', '<a href="#main">', "</a>"]
)
def test_the_search_lets_a_template_ask_by_name(source: str) -> None:
    assert in_template(source) == []


@pytest.mark.parametrize(
    "source",
    [
        'url = f"/cases/{case.pk}"',
        'url = "/sign-in?login=clerk"',
        'path.startswith("/api/")',
        'redirect("/")',
        'wanted = given or "/"',
    ],
)
def test_the_search_finds_addresses_in_modules(source: str) -> None:
    assert in_python(ast.parse(source))


@pytest.mark.parametrize("source", ['Path("/proc/self")', '"a/b".split("/")', 'reverse("home")'])
def test_the_search_lets_a_module_have_other_strokes(source: str) -> None:
    assert in_python(ast.parse(source)) == []

"""Reading a page as a person does: every word on it, and the language each is of."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import polib

from enforcement.management import invented
from tests.examples.papers import EXAMPLES
from tests.screens import cases

ROOT: Final = Path(__file__).parents[2]
#: Text nodes and what screen readers, tooltips and narrow tables show instead of them.
WORDS: Final = """() => {
  const own = document.documentElement.lang;
  const ours = (element) => element.closest("[lang]").lang === own;
  const found = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (ours(parentElement) && !parentElement.matches("script, style, textarea")) found.push(data);
  }
  for (const name of ["aria-label", "title", "placeholder", "alt", "data-label", "data-text"]) {
    for (const element of document.body.querySelectorAll(`[${name}]`)) {
      if (ours(element)) found.push(element.getAttribute(name));
    }
  }
  return found.map((text) => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""
#: Proper names and what has no other name in either language.
ALLOWED: Final = {"Oryndau", "PDF", "PNG", "JPEG", "IBAN", "API", "Enter", "Ctrl"}
#: Numbers of cases, papers, accounts, files: letters that are no words.
_CODES: Final = re.compile(r"\b[A-Z]{3}-\d{4}-\d{5}\b|\b[\w-]*\d[\w/-]*\b|\b\w+\.(pdf|txt)\b")
#: Names that the demo's histories make up: stems and endings, given names, fathers' names.
_PEOPLE: Final = re.compile(
    rf"\b(?:(?:{'|'.join((*invented.STEMS, *invented.RUSSIAN))})\w*"
    rf"|(?:{'|'.join((*invented.MEN, *invented.WOMEN))})"
    rf"|(?:{'|'.join(invented.FATHERS)})(?:ұлы|қызы)"
    rf"|(?:{'|'.join(' '.join(each) for each in invented.RUSSIAN_MEN + invented.RUSSIAN_WOMEN)}))\b"
)
_LATIN: Final = re.compile(r"[A-Za-z]{2,}")
_ONLY_KAZAKH: Final = re.compile(r"\w*[ӘәҒғҚқҢңӨөҰұҮүҺһІі]\w*")
#: Endings and small words that Russian has and Kazakh has not.
_ONLY_RUSSIAN: Final = re.compile(
    r"\b(?:\w+(?:ого|его|ому|ему|ый|ая|ое|ые|ых|ого|ение|ения|ании|ать|ить|ться|ется|ются|ость|ости)"
    r"|и|в|с|на|по|для|или|это|что|как|нет|если|из|от|при|срок|дня|день|дней)\b",
    re.IGNORECASE,
)


def strange(texts: list[str], language: str) -> list[str]:
    """The words of a page that are not of its language."""
    found = []
    for text in texts:
        plain = _CODES.sub(" ", without_data(text))
        found += [word for word in _LATIN.findall(plain) if word not in ALLOWED]
        other = _ONLY_RUSSIAN if language == "kk" else _ONLY_KAZAKH
        found += other.findall(plain)
        if text in foreign_sentences(language):
            found.append(text)
    return found


def without_data(text: str) -> str:
    """A text without the names, addresses and quotations of the cases."""
    for value in data():
        if value in text:
            text = text.replace(value, " ")
    return _PEOPLE.sub(" ", text)


@lru_cache
def data() -> list[str]:
    """What people wrote into the cases, longest first; public bodies have a name a language."""
    demo = ROOT / "enforcement" / "management" / "commands" / "demo_office.json"
    sources = [
        json.loads(demo.read_text(encoding="utf-8")),
        EXAMPLES,
        cases.PAPERS,
        cases.BEGUN,
        cases.LEFT,
    ]
    names = {"name", "name_kk", "name_ru", "full_name", "city", "address_kk", "address_ru"}
    names |= {"workplace", "operative", "ref", "login"}
    found = {
        value
        for source in sources
        for key, value in leaves(
            {k: v for k, v in source.items() if k not in ("offices", "issuers")}
        )
        if key in names and len(value) > 1
    }
    found |= {name for pair in invented.FIRMS + invented.LENDERS for name in pair}
    return sorted(found, key=len, reverse=True)


def leaves(found: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text inside, with the name it goes by."""
    if isinstance(found, dict):
        for name, value in found.items():
            yield from leaves(value, name)
    elif isinstance(found, list):
        for value in found:
            yield from leaves(value, key)
    elif isinstance(found, str):
        yield key, found


@lru_cache
def foreign_sentences(language: str) -> frozenset[str]:
    """What the law and the screens say in another language and not in this one."""
    said: dict[str, set[str]] = {"kk": set(), "ru": set(), "en": set()}
    for file in (ROOT / "law" / "lecture").glob("*.toml"):
        for name, text in leaves(tomllib.loads(file.read_text(encoding="utf-8"))):
            if name in said:
                said[name].add(text)
    for name in ("kk", "ru"):
        for entry in polib.pofile(str(ROOT / "locale" / name / "LC_MESSAGES" / "django.po")):
            said[name] |= {entry.msgstr, *entry.msgstr_plural.values()}
            said["en"] |= {entry.msgid, entry.msgid_plural}
    others = set().union(*(texts for name, texts in said.items() if name != language))
    return frozenset(others - said[language] - {""})

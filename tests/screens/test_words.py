"""Every word a screen can say is there in Kazakh and in Russian, and nothing lies unused."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

import polib
import pytest
from django.forms import Form
from django.template.defaultfilters import filesizeformat
from django.utils import translation
from django.utils.formats import date_format

from accounts.forms import SignInForm
from config.management import screen_words
from config.management.screen_words import (
    PLACE,
    Word,
    asked,
    in_python,
    in_template,
    ours,
    said,
    word_of,
)
from enforcement.signing.form import VerbForm
from enforcement.templatetags.law import day_words
from law.statute import statute
from tests.screens.reading import strange

ROOT: Final = Path(__file__).parents[2]
TEMPLATES: Final = sorted(
    file for kind in ("html", "txt") for file in (ROOT / "templates").rglob(f"*.{kind}")
)
LANGUAGES: Final = ("kk", "ru")


@lru_cache
def catalogue(language: str) -> dict[Word, polib.POEntry]:
    """A language's messages."""
    return {word_of(entry): entry for entry in screen_words.catalogue(language)}


def test_the_searches_find_what_is_asked() -> None:
    code = 'a = _("One")\nb = ngettext("day", "days", n)\nc = pgettext("button", "Check")'
    assert list(in_python(code)) == [
        ("", "One", ""),
        ("", "day", "days"),
        ("button", "Check", ""),
    ]
    template = (
        "{% load i18n %}{% translate 'One' %}{% translate \"Check\" context 'button' %}"
        "{% blocktranslate count n=d %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"
    )
    assert list(in_template(template)) == [
        ("", "One", ""),
        ("button", "Check", ""),
        ("", "%(n)s day", "%(n)s days"),
    ]
    assert len(asked()) > 150


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_asked_for_is_translated(language: str) -> None:
    known = catalogue(language)
    untold = {
        asking: where
        for asking, where in asked().items()
        if asking not in known or known[asking].fuzzy or not all(said(known[asking]))
    }
    assert untold == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_lies_unused(language: str) -> None:
    unused = {k for k, entry in catalogue(language).items() if ours(entry) and k not in asked()}
    assert unused == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_keeps_its_places_and_its_stop(language: str) -> None:
    for (_context, text, plural), entry in catalogue(language).items():
        for told in said(entry):
            assert set(PLACE.findall(told)) == set(PLACE.findall(plural or text)), text
            assert told == told.strip(), text
            if ours(entry) and len(text.split()) > 2:  # shorter ones may be abbreviations
                assert told.endswith((".", ":")) == text.endswith((".", ":")), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_borrows_words_of_another_language(language: str) -> None:
    texts = [
        PLACE.sub(" ", told)
        for entry in catalogue(language).values()
        if ours(entry)
        for told in said(entry)
    ]
    assert strange(texts, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_own_plural_forms(language: str) -> None:
    file = polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))
    forms = int(re.search(r"nplurals=(\d)", file.metadata["Plural-Forms"])[1])
    for entry in file:
        assert not entry.msgid_plural or sorted(entry.msgstr_plural) == list(range(forms))


# --- Words of the law ----------------------------------------------------------------------------


def lists_in_templates() -> dict[str, set[str]]:
    """The word lists that templates name, with the words they name outright."""
    found: dict[str, set[str]] = {}
    for file in TEMPLATES:
        text = file.read_text(encoding="utf-8")
        for literal, name in re.findall(r"""(?:["']([\w.]+)["'])?\|word:law\.(\w+)""", text):
            found.setdefault(name, set()).update({literal} - {""})
    assert found, "the templates ask for words in another way"
    return found


@pytest.mark.parametrize("name", sorted(set(lists_in_templates()) - {"steps", "past"}))
def test_a_word_list_of_the_law_has_every_word_in_three_languages(name: str) -> None:
    words = statute("lecture").list(name)
    assert words
    assert lists_in_templates()[name] <= set(words), "a template names a word that is not there"
    for word in words.values():
        texts = [word.in_(language) for language in ("kk", "ru", "en")]
        assert all(texts)
        assert len(set(texts)) == 3 or texts[0] == texts[1], "English stands for another language"


# --- What Django itself says ---------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("form", "typed"),
    [
        (SignInForm, {}),
        (SignInForm, {"login": "a" * 151, "password": "\0"}),
        (VerbForm, {}),
        (VerbForm, {"on": "31.02.2026"}),
    ],
    ids=["no login", "bad login", "no date", "bad date"],
)
def test_forms_complain_in_the_language_of_the_page(
    form: type[Form], typed: dict[str, str], language: str
) -> None:
    with translation.override(language):
        texts = [text for texts in form(typed).errors.values() for text in texts]
        labels = [str(field.label) for field in form.base_fields.values()]
    assert texts
    assert strange(texts + labels, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_months_and_sizes_are_written_in_the_language_of_the_page(language: str) -> None:
    days = [date(2026, 1, 1) + timedelta(days=30 * n + n) for n in range(12)]
    with translation.override(language):
        texts = [date_format(day, style) for day in days for style in ("DATE_FORMAT", "l", "F")]
        texts += [filesizeformat(size) for size in (1, 500, 50_000, 5_000_000)]
    assert strange([text.replace("\xa0", " ") for text in texts], language) == []


@pytest.mark.parametrize(
    ("fact", "kk", "ru"),
    [
        ("2026-03-10", "10.03.2026", "10.03.2026"),
        ("<= 2026-03-10", "10.03.2026 немесе одан бұрын", "не позднее 10.03.2026"),
        (">= 2026-03-10", "10.03.2026 немесе одан кейін", "не раньше 10.03.2026"),
        ("2026-02-31", "2026-02-31", "2026-02-31"),
        ("", "", ""),
    ],
)
def test_a_day_that_a_refusal_names_is_written_as_people_write_days(
    fact: str, kk: str, ru: str
) -> None:
    for language, told in (("kk", kk), ("ru", ru)):
        with translation.override(language):
            assert day_words(fact) == told

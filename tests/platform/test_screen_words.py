"""`manage.py screen_words`: catalogues hold what the screens ask for, and say what they lack."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any, Final

import polib
import pytest
from django.core.management import CommandError, call_command

from config.management.screen_words import (
    Word,
    asked,
    catalogue,
    catalogues,
    gaps,
    rewritten,
    word_of,
)

HEAD: Final = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=3; plural=0;\\n"\n\n'
ASKING: Final = {
    Word("", "Bank", ""): ["templates/b.html"],
    Word("", "apple", ""): ["templates/a.html", "templates/b.html"],
    Word("button", "Check", ""): ["templates/a.html"],
    Word("", "%(n)s day", "%(n)s days"): ["templates/a.html"],
}


def told(text: str) -> dict[Word, Any]:
    """What a catalogue of these messages says after it was written anew."""
    new = rewritten(polib.pofile(HEAD + text), ASKING)
    return {word_of(entry): entry.msgstr_plural or entry.msgstr for entry in new}


def test_what_is_asked_for_is_written_in_the_order_of_words() -> None:
    assert list(told("")) == [
        Word("", "%(n)s day", "%(n)s days"),
        Word("", "apple", ""),
        Word("", "Bank", ""),
        Word("button", "Check", ""),
    ]


def test_a_new_word_waits_for_its_translation_in_every_form() -> None:
    assert list(told("").values()) == [{0: "", 1: "", 2: ""}, "", "", ""]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('msgid "Bank"\nmsgstr "Банк"', "Банк"),
        ('msgid "Bank"\nmsgstr "Банк"\n\nmsgid "Bank"\nmsgstr ""', "Банк"),
        ('msgctxt "river"\nmsgid "Bank"\nmsgstr "Берег"', ""),
    ],
    ids=["as it was", "said twice", "in another context"],
)
def test_a_translation_is_kept(text: str, kept: str) -> None:
    assert told(text)[Word("", "Bank", "")] == kept


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ('msgid "River"\nmsgstr "Река"', False),
        ('#: Django\nmsgid "River"\nmsgstr "Река"', False),
        ('#: Django\nmsgid "Monday"\nmsgstr "понедельник"', True),
        ('msgid "Monday"\nmsgstr "понедельник"', False),
    ],
    ids=["nobody asks", "nor does Django", "Django asks", "Django asks, nobody said so"],
)
def test_a_word_that_nobody_asks_for_goes(text: str, stays: bool) -> None:
    assert (len(told(text)) == len(ASKING) + 1) is stays


def test_a_catalogue_says_what_it_lacks() -> None:
    text = 'msgid "apple"\nmsgstr ""\n\n#, fuzzy\nmsgid "Bank"\nmsgstr "Банк"\n\nmsgid "River"\n'
    found = gaps(polib.pofile(HEAD + text + 'msgstr "Река"'), ASKING)
    assert found.missing == [Word("", "%(n)s day", "%(n)s days"), Word("button", "Check", "")]
    assert found.unused == [Word("", "River", "")]
    assert found.untranslated == [Word("", "Bank", ""), Word("", "apple", "")]
    assert not found.in_order


def run(*arguments: str) -> str:
    """What the command says."""
    said = StringIO()
    call_command("screen_words", *arguments, stdout=said)
    return said.getvalue()


def test_the_catalogues_are_as_the_command_writes_them() -> None:
    assert list(catalogues()) == ["kk", "ru"]
    assert run("--check") == ""


def test_every_language_translates_the_same_words_beside_those_of_django() -> None:
    for language in catalogues():
        assert set(asked()) <= {word_of(entry) for entry in catalogue(language)}


def test_a_catalogue_with_gaps_fails_the_check_until_it_is_mended(
    settings: Any, tmp_path: Path
) -> None:
    file = tmp_path / "kk" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    whole = catalogue("kk")
    file.write_text(f'{HEAD}msgid "River"\nmsgstr "Өзен"\n', encoding="utf-8")
    settings.LOCALE_PATHS = [tmp_path]
    with pytest.raises(CommandError):
        run("--check")
    assert "River" in file.read_text(encoding="utf-8")
    assert "kk: unused: 'River'" in run()
    with pytest.raises(CommandError):
        run("--check")
    whole.save(str(file))
    assert run("--check") == ""

"""The words of the screens: which of them are asked for, and which a language has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import django
import polib
from django.apps import apps
from django.conf import settings
from django.utils.translation.template import templatize

#: How many texts each way of asking takes: a context, a message, its plural.
WAYS: Final = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), ("text",)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), ("text", "plural")),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ("context", "text")),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ("context", "text", "plural")),
}
#: Where a catalogue keeps what Django itself says badly in that language, or not at all.
OF_DJANGO: Final = ("Django", "")
#: A value to be put into a message.
PLACE: Final = re.compile(r"%\(\w+\)[sd]|%[sd]")
_CATALOGUE: Final = "*/LC_MESSAGES/django.po"
_WIDTH: Final = 100
_TEXT: Final = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_ASKED: Final = re.compile(rf"\b({'|'.join(WAYS)})\(({_TEXT}(?:, ?{_TEXT})*)")


class Word(NamedTuple):
    """A message in English: its context, its text, its plural; what is not there is empty."""

    context: str
    text: str
    plural: str


class Gaps(NamedTuple):
    """What a catalogue lacks, has in vain and leaves empty, and whether it is in order."""

    missing: list[Word]
    unused: list[Word]
    untranslated: list[Word]
    in_order: bool


def _word(way: str, texts: list[str]) -> Word:
    found = dict(zip(WAYS[way], texts, strict=False))
    return Word(found.get("context", ""), found["text"], found.get("plural", ""))


def in_python(source: str) -> Iterator[Word]:
    """What a module asks to be translated."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            way = ast.unparse(node.func).rpartition(".")[2]
            if way in WAYS:
                texts = node.args[: len(WAYS[way])]
                yield _word(way, [ast.literal_eval(text) for text in texts])


def in_template(source: str) -> Iterator[Word]:
    """What a template asks to be translated."""
    for way, texts in _ASKED.findall(templatize(source)):
        yield _word(way, [ast.literal_eval(text) for text in re.findall(_TEXT, texts)])


@lru_cache
def asked() -> dict[Word, list[str]]:
    """All that is asked for, each with the files that ask, by their paths."""
    found: dict[Word, list[str]] = {}
    for file in _files():
        source = file.read_text(encoding="utf-8")
        words = in_python(source) if file.suffix == ".py" else in_template(source)
        for word in dict.fromkeys(words):
            found.setdefault(word, []).append(file.relative_to(settings.BASE_DIR).as_posix())
    return found


def _files() -> Iterator[Path]:
    ours = sorted(Path(app.path) for app in apps.get_app_configs())
    for folder in ours:
        if folder.parent == settings.BASE_DIR:
            yield from sorted(folder.rglob("*.py"))
    for kind in ("html", "txt"):
        yield from sorted((settings.BASE_DIR / "templates").rglob(f"*.{kind}"))


@lru_cache
def _django_asks() -> frozenset[Word]:
    files = Path(django.__file__).parent.rglob("locale/en/LC_MESSAGES/django.po")
    return frozenset(word_of(entry) for file in files for entry in polib.pofile(str(file)))


def catalogues() -> dict[str, Path]:
    """The catalogue of every language."""
    files = (file for folder in settings.LOCALE_PATHS for file in Path(folder).glob(_CATALOGUE))
    return {file.parents[1].name: file for file in sorted(files)}


def catalogue(language: str) -> polib.POFile:
    """A language's messages as they are on disk."""
    return polib.pofile(str(catalogues()[language]), encoding="utf-8", wrapwidth=_WIDTH)


def word_of(entry: polib.POEntry) -> Word:
    """What a message of a catalogue is asked by."""
    return Word(entry.msgctxt or "", entry.msgid, entry.msgid_plural)


def said(entry: polib.POEntry) -> list[str]:
    """The texts of a message: one, or one a plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def ours(entry: polib.POEntry) -> bool:
    """Whether a message is of our screens; the rest is what Django itself lacks."""
    return OF_DJANGO not in entry.occurrences


def gaps(file: polib.POFile, asking: dict[Word, list[str]]) -> Gaps:
    """Compare a catalogue with what is asked for."""
    known = {word_of(entry): entry for entry in file}
    return Gaps(
        missing=sorted(set(asking) - set(known)),
        unused=sorted(word for word, entry in known.items() if not _wanted(entry, asking)),
        untranslated=sorted(word for word, entry in known.items() if not _translated(entry)),
        in_order=str(file) == str(rewritten(file, asking)),
    )


def _wanted(entry: polib.POEntry, asking: dict[Word, list[str]]) -> bool:
    word = word_of(entry)
    return word in asking or (not ours(entry) and word in _django_asks())


def _translated(entry: polib.POEntry) -> bool:
    return not entry.fuzzy and all(said(entry))


def rewritten(file: polib.POFile, asking: dict[Word, list[str]]) -> polib.POFile:
    """A catalogue of all that is asked for, in order, what is translated kept; Django's last."""
    known = {word_of(entry): entry for entry in sorted(file, key=_translated)}
    new = polib.POFile(wrapwidth=file.wrapwidth)
    new.header, new.metadata = file.header, file.metadata
    for word in sorted(asking, key=_order):
        new.append(_entry(word, asking[word], known.get(word), forms=_forms(file)))
    kept = [e for w, e in known.items() if w not in asking and _wanted(e, asking)]
    new.extend(sorted(kept, key=lambda entry: _order(word_of(entry))))
    return new


def _order(word: Word) -> tuple[str, Word]:
    return word.text.casefold(), word


def _forms(file: polib.POFile) -> int:
    found = re.search(r"nplurals=(\d)", file.metadata["Plural-Forms"])
    return int(found[1]) if found else 1


def _entry(
    word: Word, files: Iterable[str], known: polib.POEntry | None, *, forms: int
) -> polib.POEntry:
    new = polib.POEntry(msgid=word.text, msgctxt=word.context or None, msgid_plural=word.plural)
    new.occurrences = [(file, "") for file in files]
    if PLACE.search(word.text + word.plural):
        new.flags = ["python-format"]
    if word.plural:
        new.msgstr_plural = known.msgstr_plural if known else dict.fromkeys(range(forms), "")
    else:
        new.msgstr = known.msgstr if known else ""
    if known:
        new.comment, new.tcomment = known.comment, known.tcomment
        new.flags += ["fuzzy"] * known.fuzzy
    return new

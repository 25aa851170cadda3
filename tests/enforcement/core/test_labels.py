"""What can be wrong is named in the reader's words: every field of a document, of every verb."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.utils import translation

from documents.executive_document import DocumentShape
from documents.fields import Inner, Rows, fields_of
from enforcement.core.card import VERBS
from enforcement.core.refusals import field_label
from law.statute import RULE_SETS, statute

LANGUAGES: Final = ("kk", "ru", "en")
#: What stands in Kazakh and in Russian by the same word.
ALIKE: Final = {"request_freeze.bank", "record_address.phone", "attach.content"}
#: What no person types: the rule set a paper is received under.
INNER: Final = {"receive.law"}


def paths(shape: type[Any] = DocumentShape, base: str = "") -> Iterator[str]:
    """Every path of a document, rows by their first."""
    for name, field in fields_of(shape).items():
        yield base + name
        if isinstance(field, Inner):
            yield from paths(field.shape, f"{base}{name}.")
        elif isinstance(field, Rows):
            yield from paths(field.shape, f"{base}{name}[0].")


def told(path: str, rule_set: str, *, verb: str = "") -> list[str]:
    """What a field is called in each language."""
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found.append(field_label(path, statute(rule_set), verb=verb))
    return found


@pytest.mark.parametrize("rule_set", RULE_SETS)
def test_every_field_of_a_document_is_called_by_its_own_words(rule_set: str) -> None:
    seen: dict[str, str] = {}
    for path in paths():
        words = told(path, rule_set)
        assert len(set(words)) == len(LANGUAGES), (path, words)
        assert not any(piece in words[0] for piece in ("_", "[")), path
        assert seen.setdefault(words[0], path) == path, "two fields bear one name"


def test_every_field_of_every_verb_is_called_by_its_own_words() -> None:
    for name, verb in VERBS.items():
        for field in verb.asks:
            if f"{name}.{field}" in INNER:
                continue
            words = told(field, "lecture", verb=name)
            wanted = 2 if f"{name}.{field}" in ALIKE else len(LANGUAGES)
            assert len(set(words)) == wanted, (name, field, words)
            assert field not in words[:2], (name, field)


@pytest.mark.parametrize(
    ("path", "verb", "kk"),
    [
        ("debts[0].shares", "", "Талап 1 › Әрқайсысының үлесі"),
        ("interruptions[0].proof", "", "Орындауға беру мерзімінің үзілуі 1 › Оны растайтын құжат"),
        ("restored.number", "", "Сот актісінің нөмірі"),
        ("debtors[0].kind", "", "Борышкер 1 › Жеке немесе заңды тұлға"),
        ("debts[0].periodic.kind", "", "Мерзімді төлемнің түрі"),
        ("kind", "secure", "Түрі"),
        ("kind", "record_address", "Қандай мекенжай"),
        ("new_issuer.kind", "", "Органның түрі"),
        ("number", "grant_sanction", "Санкцияның нөмірі"),
        ("values.debtors[0].iin", "correct_intake", "Борышкер 1 › ЖСН"),
        ("proof", "dispatch", "Растайтын дерек"),
        ("channel", "dispatch", "Жіберу тәсілі"),
    ],
)
def test_some_labels_by_word(path: str, verb: str, kk: str) -> None:
    assert told(path, "lecture", verb=verb)[0].endswith(kk)

"""A piece of evidence in words of the law: its parts after their names, or what was told of it."""

from collections.abc import Callable, Mapping
from datetime import date

from law.model import Part
from law.statute import Statute

#: What is kept of a piece of evidence: own words, or its parts by name; days are ISO texts.
Kept = str | Mapping[str, str]


def in_words(law: Statute, key: str, kept: Kept, language: str, day: Callable[[date], str]) -> str:
    """What is kept of a piece of evidence, in one line; `day` writes a date."""
    if isinstance(kept, str):
        return law.told(key, kept).in_(language)
    ordered = [name for name in law.list("parts") if name in kept]
    return "; ".join(_part(law, name, kept[name], language, day) for name in ordered)


def _part(law: Statute, name: str, text: str, language: str, day: Callable[[date], str]) -> str:
    label, kind = law.word("parts", name).in_(language), law.part(name)
    if kind is Part.MARK:
        return label
    return f"{label}: {text if kind is Part.TEXT else day(date.fromisoformat(text))}"

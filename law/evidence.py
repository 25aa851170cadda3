"""A piece of evidence in words of the law: its parts after their names, or what was told of it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from law.model import EvidenceKind, Part
from law.statute import Statute

#: What is kept of a piece of evidence: own words, or its parts by name; days are ISO texts.
Kept = str | Mapping[str, str]


def in_words(law: Statute, key: str, kept: Kept, language: str, day: Callable[[date], str]) -> str:
    """What is kept of a piece of evidence, in one line; `day` writes a date."""
    if isinstance(kept, str):
        said = law.told(key, kept).in_(language)
        apart = law.evidence_kind(key, "") and law.list("told_whole").get("apart")
        return f"{said} ({apart.in_(language)})" if apart else said
    ordered = [name for name in law.list("parts") if name in kept]
    return "; ".join(_part(law, name, kept[name], language, day) for name in ordered)


def _part(law: Statute, name: str, text: str, language: str, day: Callable[[date], str]) -> str:
    label, kind = law.word("parts", name).in_(language), law.part(name)
    if kind is Part.MARK:
        return label
    return f"{label}: {text if kind is Part.TEXT else day(date.fromisoformat(text))}"


def wrong_days(
    kind: EvidenceKind, days: Mapping[str, date | None], on: date
) -> Iterator[tuple[str, str]]:
    """The parts whose day cannot be on `on`, each with what is wrong: no day (None), one still to
    come, one gone by where it lies ahead, one before another that it follows."""
    for part, day in days.items():
        of = kind.parts[part]
        first = days.get(kind.after.get(part, ""))
        if day is None:
            yield part, "format"
        elif of is Part.DAY and day > on:
            yield part, "to_come"
        elif (of is Part.AHEAD and day <= on) or (first is not None and day < first):
            yield part, "out_of_range"

"""A piece of evidence as the thing it is: its parts, each checked and kept by itself.

Where the parts are not given it may be told whole, in own words.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError

from enforcement.core.fields import LONGEST, Given, bounded
from enforcement.core.form_fields import LONGEST_PART, DayField
from enforcement.core.parsing import is_told
from law.evidence import Kept, wrong_days
from law.model import EvidenceKind, Ground, Part
from law.refusal import FieldError, Refusal
from law.statute import Statute

#: What a mark is set by, on a form and by command.
SET: Final = frozenset({"true", "on", "yes", "1"})
#: Parts that are days.
DAYS: Final = frozenset({Part.DAY, Part.AHEAD, Part.LASTS})


def proven(law: Statute, ground: Ground, given: Given, *, on: date) -> dict[str, Kept]:
    """The evidence of a ground, complete and right; a Refusal names each part that is not."""
    rule = ground.rule.id
    pieces = {key: law.evidence_kind(key, rule) for key in ground.evidence}
    return complete(law, pieces, given, rule=rule, on=on)


def complete(
    law: Statute,
    pieces: Mapping[str, EvidenceKind | None],
    given: Given,
    *,
    rule: str,
    on: date,
) -> dict[str, Kept]:
    """These pieces of evidence, complete and right; a Refusal names each part that is not."""
    known = {path for key, kind in pieces.items() for path in _paths(key, kind)}
    # What is told whole is not told in parts as well.
    known -= {key for key in pieces if _said(given, key) and _in_parts(key, given)}
    if strange := sorted(set(given) - known):
        errors = tuple(FieldError(f"evidence.{path[:48]}", "unknown_field") for path in strange)
        raise Refusal("invalid", rule=rule, errors=errors)
    if lacking := [p for key, kind in pieces.items() for p in _lacking(key, kind, given)]:
        errors = tuple(FieldError(f"evidence.{path}", "required") for path in lacking)
        raise Refusal("evidence_missing", rule=rule, errors=errors)
    if wrong := [e for key, kind in pieces.items() for e in _wrong(law, key, kind, given, on)]:
        raise Refusal("invalid", rule=rule, errors=tuple(wrong))
    return {key: _kept(key, kind, given) for key, kind in pieces.items()}


def _paths(key: str, kind: EvidenceKind | None) -> Iterator[str]:
    yield key
    for part in kind.parts if kind else ():
        yield f"{key}.{part}"


def _in_parts(key: str, given: Given) -> bool:
    return any(path.startswith(f"{key}.") and _said(given, path) for path in given)


def _said(given: Given, path: str, kind: Part = Part.TEXT) -> bool:
    value = given.get(path)
    text = "" if value is None else str(value).strip()
    if kind is Part.MARK:
        return text.lower() in SET
    return is_told(text)


def _lacking(key: str, kind: EvidenceKind | None, given: Given) -> Iterator[str]:
    """What is missing: the piece itself, or parts of it where any part was asked for."""
    if _said(given, key) or (kind and set(kind.parts) <= kind.optional):
        return
    if kind is None or not any(f"{key}.{part}" in given for part in kind.parts):
        yield key
        return
    for part, of in kind.parts.items():
        if part not in kind.optional and not _said(given, f"{key}.{part}", of):
            yield f"{key}.{part}"


def _wrong(
    law: Statute, key: str, kind: EvidenceKind | None, given: Given, on: date
) -> Iterator[FieldError]:
    """What cannot be: no choice of the list, no day, a day still to come or before another."""
    if _said(given, key):
        choices = law.choices(key)
        if choices and str(given[key]).strip() not in choices:
            yield FieldError(f"evidence.{key}", "unknown")
        return
    for part, code in wrong_days(kind, dict(_days(key, kind, given)), on) if kind else ():
        yield FieldError(f"evidence.{key}.{part}", code)


def _days(key: str, kind: EvidenceKind, given: Given) -> Iterator[tuple[str, date | None]]:
    """The days that were given, by their parts; None for what is no day."""
    for part, of in kind.parts.items():
        if of in DAYS and _said(given, path := f"{key}.{part}"):
            try:
                yield part, DayField().clean(given[path])
            except ValidationError:
                yield part, None


def _kept(key: str, kind: EvidenceKind | None, given: Given) -> Kept:
    if kind is None or _said(given, key):
        return bounded(f"evidence.{key}", str(given[key]), LONGEST)
    days = {part: str(day) for part, day in _days(key, kind, given)}
    texts = {
        part: bounded(f"evidence.{key}.{part}", str(given[f"{key}.{part}"]), LONGEST_PART)
        for part, of in kind.parts.items()
        if of is Part.TEXT and _said(given, f"{key}.{part}")
    }
    marks = {
        part: "yes"
        for part, of in kind.parts.items()
        if of is Part.MARK and _said(given, f"{key}.{part}", of)
    }
    found = texts | days | marks
    return {part: found[part] for part in kind.parts if part in found}


def told_apart(
    law: Statute, key: str, told: Given, fields: Mapping[str, str], *, on: date
) -> dict[str, str]:
    """A piece that a verb asks by fields of its own, `fields` by its parts: complete and right, or
    a Refusal that names them."""
    kind = law.evidence_kind(key, "")
    given = {part: value for part, value in told.items() if value}
    lacking = [part for part in told if kind and part not in kind.optional and part not in given]
    if lacking:
        errors = tuple(FieldError(fields[part], "required") for part in lacking)
        raise Refusal("evidence_missing", errors=errors)
    days = {part: value for part, value in given.items() if isinstance(value, date)}
    if wrong := tuple(wrong_days(kind, days, on) if kind else ()):
        raise Refusal("invalid", errors=tuple(FieldError(fields[p], code) for p, code in wrong))
    return {part: str(value) for part, value in given.items()}


def until_when(kind: EvidenceKind | None, kept: Kept) -> date | None:
    """The day from which, by this piece, the proceedings can go on at the latest."""
    if kind is None or isinstance(kept, str):
        return None
    named = (kept.get(part) for part, of in kind.parts.items() if of is Part.AHEAD)
    return next((date.fromisoformat(day) for day in named if day), None)

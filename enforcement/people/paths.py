"""The single values of a document by their paths, as the API names them: `debtors[0].name`.

Pure: a document is the mapping in which it was handed in.
"""

import copy
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any, Final

from documents.executive_document import DocumentShape, PartyShape
from documents.fields import Day, Field, Flag, Index, Indexes, Inner, Rows, Single, Sum, fields_of
from documents.share_fields import Shares
from enforcement.core.labels import path_label
from enforcement.core.parsing import amount
from enforcement.intake.form import shares_of
from law.model import LANGUAGES, Words
from law.statute import Statute

#: What an arrival is known by, and what no later word can make another.
FIXED: Final = frozenset({"ref", "office", "received_on", "kind"})
#: What a document says of one kind of person only.
NATURAL: Final = frozenset({"iin", "iin_as_written", "iin_missing_reason", "birth_date"})
AT_WORK: Final = ("workplace", "workplace_city")
LEGAL: Final = frozenset({"bin", "bin_as_written"})
PEOPLE: Final = ("claimants", "debtors")
#: A flag as people and systems type it; what is none of these is refused as no flag.
_FLAGS: Final = {
    **dict.fromkeys(("1", "иә", "да", "yes", "true"), True),
    **dict.fromkeys(("", "0", "жоқ", "нет", "no", "false"), False),
}
#: A day as people here write it.
_WRITTEN: Final = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})")
_PIECE: Final = re.compile(r"([a-z_]+)(?:\[(\d+)\])?")


def values(data: Mapping[str, Any]) -> dict[str, str]:
    """Every single value that can be put right, by its path, as it stands."""
    return dict(_leaves(DocumentShape, data, ""))


def _leaves(shape: type[Any], data: Mapping[str, Any], base: str) -> Iterator[tuple[str, str]]:
    kind: type = shape
    for name, field in fields_of(kind).items():
        if name in FIXED or (shape is PartyShape and _of_another(name, data)):
            continue
        here = data.get(name)
        if isinstance(field, Inner):
            yield from _leaves(field.shape, here or {}, f"{base}{name}.")
        elif isinstance(field, Rows):
            for n, row in enumerate(here or ()):
                yield from _leaves(field.shape, row, f"{base}{name}[{n}].")
        elif isinstance(field, Single) and not isinstance(field, Index | Indexes):
            yield base + name, said(here)


def _of_another(name: str, person: Mapping[str, Any]) -> bool:
    """Whether this is said of the other kind of person, or of a name that is told otherwise."""
    kind = person.get("kind") or ("legal" if person.get("bin") else "natural")
    both = bool(person.get("name_kk") or person.get("name_ru"))
    if name in ("name", "name_kk", "name_ru"):
        return (name == "name") is both
    if name in AT_WORK and kind == "legal":
        return not person.get(name)
    return name in (NATURAL if kind == "legal" else LEGAL)


def said(value: Any) -> str:
    """A value as it is shown and typed; a flag is 1 or nothing."""
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def changed(data: Mapping[str, Any], path: str, typed: str) -> dict[str, Any]:
    """The document with another value at a path; nothing typed leaves it out."""
    found: dict[str, Any] = copy.deepcopy(dict(data))
    place: Any = found
    *pieces, last = path.split(".")
    for piece in pieces:
        name, index = _parts(piece)
        place = place[name][index] if index is not None else place.setdefault(name, {})
    value = read(path, typed)
    if value is None:
        place.pop(last, None)
    else:
        place[last] = value
    return _without_empty(found)


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    """An application or payments of which nothing is said are not there."""
    return {name: value for name, value in data.items() if value != {}}


def differing(data: Mapping[str, Any], typed: Mapping[str, str]) -> dict[str, str]:
    """Of what is typed what differs from what stands there."""
    stood = values(data)
    return {path: text for path, text in typed.items() if not _same(path, text, stood[path])}


def _same(path: str, one: str, other: str) -> bool:
    told = [read(path, each) for each in (one, other)]
    if isinstance(field_at(path), Sum):
        with suppress(ArithmeticError, TypeError):
            told = [Decimal(each) for each in told]
    return bool(told[0] == told[1])


def field_at(path: str) -> Field:
    """How the value at a path is read."""
    shape: Any = DocumentShape
    *pieces, last = path.split(".")
    for piece in pieces:
        inner: Any = fields_of(shape)[_parts(piece)[0]]
        shape = inner.shape
    return fields_of(shape)[last]


def read(path: str, typed: str) -> Any:
    """What was typed as the API takes it; what cannot be read stays, so that it is refused."""
    field, text = field_at(path), typed.replace("\r\n", "\n").strip()
    if isinstance(field, Flag):
        return _FLAGS.get(text.casefold(), text)
    if isinstance(field, Sum):
        with suppress(ValueError):
            return str(amount(text))
    if isinstance(field, Shares):
        return shares_of(text) or None
    if isinstance(field, Day) and (day := _WRITTEN.fullmatch(text)):
        return f"{day[3]}-{day[2]}-{day[1]}"
    return text or None


def told(facts: Mapping[str, Any]) -> list[str]:
    """The paths of which a line of the journal tells."""
    return list(facts.get("fields") or filter(None, [facts.get("field")]))


def _parts(piece: str) -> tuple[str, int | None]:
    told = _PIECE.fullmatch(piece)
    assert told, piece
    return told[1], None if told[2] is None else int(told[2])


def person_of(path: str) -> tuple[str, int] | None:
    """Role and position of whom a path tells; None of what is nobody's."""
    name, index = _parts(path.partition(".")[0])
    return (name.removesuffix("s"), index) if name in PEOPLE and index is not None else None


def group_of(path: str) -> str:
    """The party, claim or part of the document that a path is of; empty of the document itself."""
    return path.rpartition(".")[0]


def words_of(law: Statute, path: str, stands: str) -> Words:
    """A path in words, with what stands there."""
    named = {language: path_label(law, path, language) for language in LANGUAGES}
    return Words(**{each: f"{name}: {stands or '—'}" for each, name in named.items()})

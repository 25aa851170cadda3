"""The single values of a document by their paths, as the API names them: `debtors[0].name`.

Pure: a document is the mapping in which it was handed in.
"""

import copy
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

from documents.executive_document import DocumentShape, PartyShape
from documents.fields import Field, Flag, Index, Indexes, Inner, Rows, Single, Sum, fields_of
from enforcement.core.parsing import amount
from law.model import LANGUAGES, Words
from law.statute import Statute

#: What an arrival is known by, and what no later word can make another.
FIXED: Final = frozenset({"ref", "office", "received_on", "kind"})
#: What a document says of one kind of person only.
NATURAL: Final = frozenset({"iin", "iin_as_written", "iin_missing_reason", "birth_date"})
LEGAL: Final = frozenset({"bin", "bin_as_written"})
PEOPLE: Final = ("claimants", "debtors")
#: A flag as people and systems type it; what is none of these is refused as no flag.
_FLAGS: Final = {
    **dict.fromkeys(("1", "иә", "да", "yes", "true"), True),
    **dict.fromkeys(("", "0", "жоқ", "нет", "no", "false"), False),
}
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
    return name in (NATURAL if kind == "legal" else LEGAL)


def said(value: Any) -> str:
    """A value as it is shown and typed; a flag is 1 or nothing."""
    if isinstance(value, bool):
        return "1" if value else ""
    return "" if value is None else str(value)


def changed(data: Mapping[str, Any], path: str, typed: str) -> dict[str, Any]:
    """The document with another value at a path; nothing typed leaves it out."""
    found: dict[str, Any] = copy.deepcopy(dict(data))
    place: Any = found
    shape: Any = DocumentShape
    *pieces, last = path.split(".")
    for piece in pieces:
        name, index = _parts(piece)
        inner: Any = fields_of(shape)[name]
        shape = inner.shape
        place = place[name][index] if index is not None else place.setdefault(name, {})
    value = _read(fields_of(shape)[last], typed)
    if value is None:
        place.pop(last, None)
    else:
        place[last] = value
    return _without_empty(found)


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    """An application or payments of which nothing is said are not there."""
    return {name: value for name, value in data.items() if value != {}}


def _read(field: Field, typed: str) -> Any:
    """What was typed as the API takes it; what cannot be read stays, so that it is refused."""
    text = typed.strip()
    if isinstance(field, Flag):
        return _FLAGS.get(text.casefold(), text)
    if isinstance(field, Sum):
        with suppress(ValueError):
            return str(amount(text))
    return text or None


def _parts(piece: str) -> tuple[str, int | None]:
    told = _PIECE.fullmatch(piece)
    assert told, piece
    return told[1], None if told[2] is None else int(told[2])


def person_of(path: str) -> tuple[str, int] | None:
    """Role and position of whom a path tells; None of what is nobody's."""
    name, index = _parts(path.partition(".")[0])
    return (name.removesuffix("s"), index) if name in PEOPLE and index is not None else None


def words_of(law: Statute, path: str, stands: str) -> Words:
    """A path in words, with what stands there."""
    told = {language: label(law, path, language) for language in LANGUAGES}
    return Words(**{each: f"{name}: {stands or '—'}" for each, name in told.items()})


def label(law: Statute, path: str, language: str) -> str:
    """A path in the words of a language."""
    known, found = law.list("fields"), []
    for piece in path.split("."):
        name, index = _parts(piece)
        word = known[name].in_(language) if name in known else name
        found.append(word if index is None else f"{word} {index + 1}")
    return " › ".join(found)

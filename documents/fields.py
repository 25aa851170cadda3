"""How one value of a document is read, and how the same value is described to who sends it.

A shape is a dataclass whose fields carry one of these: `Annotated[date | None, Day()]`. Pure.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final, Generic, TypeVar, get_type_hints

from law.statute import Statute
from parties.spelling import identifier_key, says_something, visible

LONGEST: Final = 300
#: More parties, debts or debtors of one debt no document has; more faults nobody reads.
MOST_ROWS: Final = 200
LARGEST_SUM: Final = Decimal("9999999999999.99")
#: Between these days the calendars can count any term of a document.
EARLIEST: Final = date(1950, 1, 1)
LATEST: Final = date(2070, 12, 31)
#: Control characters, and halves of characters, which no file or database can keep.
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_SUM: Final = re.compile(r"[0-9]{1,13}(\.[0-9]{1,2})?\Z")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes a document may use; anything else is `unknown`."""

    offices: Collection[str]
    issuers: Collection[str]
    types: Collection[str]
    channels: Collection[str]
    acts: Collection[str]
    periodic_kinds: Collection[str]
    interruptions: Collection[str]
    instances: Collection[str]

    @classmethod
    def under(
        cls, law: Statute, *, offices: Collection[str] = (), issuers: Collection[str] = ()
    ) -> "Codes":
        """The codes of a rule set, and those of the offices and courts that are known."""
        return cls(
            offices=offices,
            issuers=issuers,
            types=sorted(kind.rule.id for kind in law.kinds()),
            channels=list(law.list("channels")),
            acts=list(law.list("acts")),
            periodic_kinds=list(law.list("periodic_kinds")),
            interruptions=list(law.list("interruptions")),
            instances=list(law.list("instances")),
        )

    def listed(self, name: str) -> list[str]:
        """The codes of one list."""
        found: Collection[str] = getattr(self, name)
        return list(found)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands; what cannot be is noted under its path, the first fault of each."""

    path: str
    codes: Codes
    #: Path -> code.
    errors: dict[str, str]
    #: How many rows each list of the document has, for what points into them.
    rows: dict[str, int]

    def inside(self, piece: str) -> "Place":
        """The place of a value inside this one."""
        return Place(self.path + piece, self.codes, self.errors, self.rows)

    def wrong(self, code: str) -> None:
        """Note a fault."""
        self.errors.setdefault(self.path or "document", code)


@dataclass(frozen=True, kw_only=True)
class Field(ABC):
    """A value of a document: absent (None) or given."""

    about: str = ""
    needed: bool = False

    @abstractmethod
    def read(self, value: Any, at: Place) -> Any:
        """The typed value."""


@dataclass(frozen=True, kw_only=True)
class Single(Field):
    """A value without a shape of its own."""

    @abstractmethod
    def schema(self, codes: Codes) -> dict[str, Any]:
        """The value as OpenAPI describes it."""


@dataclass(frozen=True, kw_only=True)
class Text(Single):
    """A text without control characters, no longer than its place.

    What only fills a line is absent: signs nobody sees, and in own words dots and dashes.
    """

    longest: int = LONGEST
    #: Whether it is told in own words.
    worded: bool = True

    def read(self, value: Any, at: Place) -> str:
        """The text without spaces around it; empty where it is absent."""
        if value is None:
            found = ""
        elif not isinstance(value, str) or CONTROL.search(value):
            found = ""
            at.wrong("format")
        elif len(value) > self.longest:
            found = ""
            at.wrong("too_long")
        else:
            told = says_something(value) if self.worded else visible(value)
            found = value.strip() if told else ""
        if self.needed and not found:
            at.wrong("required")
        return found

    def schema(self, codes: Codes) -> dict[str, Any]:
        """A string and its length."""
        return {"type": "string", "maxLength": self.longest}


@dataclass(frozen=True)
class Code(Text):
    """One of the codes of a list, or of those named here."""

    of: str | tuple[str, ...]
    worded: bool = field(default=False, kw_only=True)

    def _known(self, codes: Codes) -> list[str]:
        return codes.listed(self.of) if isinstance(self.of, str) else list(self.of)

    def read(self, value: Any, at: Place) -> str:
        """The code."""
        found = visible(super().read(value, at))
        if found and found not in self._known(at.codes):
            at.wrong("unknown")
        return found

    def schema(self, codes: Codes) -> dict[str, Any]:
        """A string; its codes where they are the law's."""
        known = self._known(codes)
        return {"type": "string", "enum": known} if known else super().schema(codes)


@dataclass(frozen=True)
class Checked(Text):
    """A number with check digits, however it was grouped and pasted."""

    fault: Callable[[str], str]
    worded: bool = field(default=False, kw_only=True)

    def read(self, value: Any, at: Place) -> str:
        """The number, and nothing but it."""
        found = identifier_key(super().read(value, at))
        if found and (code := self.fault(found)):
            at.wrong(code)
        return found


@dataclass(frozen=True)
class Named(Text):
    """What is named by a number; a bare `true` names it too, `false` nothing."""

    def read(self, value: Any, at: Place) -> str:
        """The name."""
        if isinstance(value, bool):
            return "yes" if value else ""
        return super().read(value, at)

    def schema(self, codes: Codes) -> dict[str, Any]:
        """A string or a boolean."""
        return {"oneOf": [super().schema(codes), {"type": "boolean"}]}


@dataclass(frozen=True)
class Day(Single):
    """A day; where a term is counted from it, one that the calendars reach."""

    counted: bool = False

    def read(self, value: Any, at: Place) -> date | None:
        """The day."""
        text = visible(Text(worded=False, needed=self.needed).read(value, at))
        if not text:
            return None
        try:
            on = date.fromisoformat(text) if _DAY.match(text) else None
        except ValueError:
            on = None
        if on is None:
            at.wrong("format")
        elif self.counted and not EARLIEST <= on <= LATEST:
            at.wrong("out_of_range")
            on = None
        return on

    def schema(self, codes: Codes) -> dict[str, Any]:
        """A date."""
        return {"type": "string", "format": "date"}


@dataclass(frozen=True)
class DayOfMonth(Single):
    """A day of every month, from 1 to 31; of a shorter month its last one."""

    def read(self, value: Any, at: Place) -> int | None:
        """The day."""
        whole = isinstance(value, int) and not isinstance(value, bool)
        text = str(value) if whole else visible(Text(worded=False).read(value, at))
        if not text:
            return None
        if not (text.isascii() and text.isdigit()):
            at.wrong("format")
            return None
        if not 1 <= int(text[:9]) <= 31:
            at.wrong("out_of_range")
            return None
        return int(text)

    def schema(self, codes: Codes) -> dict[str, Any]:
        """A number."""
        return {"type": "integer", "minimum": 1, "maximum": 31}


@dataclass(frozen=True)
class Flag(Single):
    """Yes or no; absent is no."""

    def read(self, value: Any, at: Place) -> bool:
        """Whether."""
        if value is not None and not isinstance(value, bool):
            at.wrong("format")
        return bool(value)

    def schema(self, codes: Codes) -> dict[str, Any]:
        """A boolean."""
        return {"type": "boolean"}


@dataclass(frozen=True)
class Sum(Single):
    """A sum in tenge, above nothing, as decimal text."""

    def read(self, value: Any, at: Place) -> Decimal | None:
        """The sum."""
        text = visible(Text(worded=False).read(value, at))
        if not text:
            return None
        if not _SUM.match(text.removeprefix("-")):
            at.wrong("format")
            return None
        amount = Decimal(text)
        if not 0 < amount <= LARGEST_SUM:
            at.wrong("out_of_range")
        return amount

    def schema(self, codes: Codes) -> dict[str, Any]:
        """A string of digits."""
        return {"type": "string", "pattern": "^" + _SUM.pattern.removesuffix(r"\Z") + "$"}


def _row(value: Any, of: str, at: Place) -> int:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if whole and 0 <= value < at.rows.get(of, 0):
        return int(value)
    at.wrong("unknown")
    return 0


@dataclass(frozen=True)
class Index(Single):
    """Which row of another list of the document; absent is the first."""

    of: str

    def read(self, value: Any, at: Place) -> int:
        """The row."""
        return 0 if value is None else _row(value, self.of, at)

    def schema(self, codes: Codes) -> dict[str, Any]:
        """A number from 0."""
        return {"type": "integer", "minimum": 0}


@dataclass(frozen=True)
class Indexes(Single):
    """Which rows of another list of the document; absent is none."""

    of: str

    def read(self, value: Any, at: Place) -> tuple[int, ...]:
        """The rows, each once."""
        if value is not None and not (isinstance(value, list) and len(value) <= MOST_ROWS):
            at.wrong("format")
            return ()
        found = tuple(_row(each, self.of, at) for each in value or ())
        if len(set(found)) < len(found):
            at.wrong("same")
        return found

    def schema(self, codes: Codes) -> dict[str, Any]:
        """Numbers from 0."""
        row = {"type": "integer", "minimum": 0}
        return {"type": "array", "items": row, "maxItems": MOST_ROWS}


# --- Shapes inside shapes ------------------------------------------------------------------------


@dataclass(frozen=True)
class Inner(Field, Generic[S]):
    """A shape inside the shape."""

    shape: type[S]

    def read(self, value: Any, at: Place) -> S | None:
        """What it holds."""
        if value is None:
            return None
        if not isinstance(value, Mapping):
            at.wrong("format")
            return None
        return read_shape(self.shape, value, at)


@dataclass(frozen=True)
class Rows(Field, Generic[S]):
    """Shapes of one kind, in order."""

    shape: type[S]
    #: What is put in where a row leaves it out.
    complete: Callable[[S], S] | None = None

    def read(self, value: Any, at: Place) -> tuple[S, ...]:
        """What each holds."""
        rows = [] if value is None else value
        if not isinstance(rows, list) or len(rows) > MOST_ROWS:
            at.wrong("too_long" if isinstance(rows, list) else "format")
            rows = []
        at.rows[at.path] = len(rows)
        found = [self._row(row, at.inside(f"[{n}]")) for n, row in enumerate(rows)]
        return tuple(self.complete(each) if self.complete else each for each in found)

    def _row(self, row: Any, at: Place) -> S:
        """What one holds; of what is no row nothing is told but that."""
        if isinstance(row, Mapping):
            return read_shape(self.shape, row, at)
        at.wrong("format")
        return read_shape(self.shape, {}, replace(at, errors={}))


@cache
def fields_of(shape: type[Any]) -> dict[str, Field]:
    """The fields of a shape under the names they are sent by."""
    hints = get_type_hints(shape, include_extras=True)
    return {each.name: hints[each.name].__metadata__[0] for each in fields(shape)}


def read_shape(shape: type[S], data: Mapping[str, Any], at: Place) -> S:
    """Read a mapping into its shape; every value that cannot be is noted."""
    kind: type = shape
    known = fields_of(kind)
    inside = f"{at.path}." if at.path else ""
    values = {}
    for name, each in known.items():
        given = data.get(name)
        place = replace(at, path=inside + name)
        values[name] = each.read(None if given == "" else given, place)
    for name in data:
        if name not in known:
            told = CONTROL.sub("?", str(name))[:LONGEST]
            replace(at, path=inside + told).wrong("unknown_field")
    return shape(**values)

"""Read an executive document from its JSON shape: typed values, or the fields that cannot be.

Pure. What is absent or empty is absent, never wrong: the verdict names it as missing. What is
given must be well formed: check digits, dates, sums, codes (answer Q27).
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from law.refusal import FieldError
from parties.identifiers import bin_fault, iban_fault, iin_fault

LONGEST: Final = {"operative": 100_000, "ref": 64, "case_number": 100}
#: Dashes and slashes that look alike, for the key of a number.
_ALIKE: Final = str.maketrans({**dict.fromkeys("‐‑‒–—−﹣－", "-"), **dict.fromkeys("∕⁄⧸／", "/")})
#: More parties, debts or debtors of one debt no document has; more faults nobody reads.
MOST_ROWS: Final = 200
LONGEST_OTHER: Final = 300
#: The key of a number may be longer than the number: one sign can stand for several.
LONGEST_KEY: Final = 200
LARGEST_SUM: Final = Decimal("9999999999999.99")
#: Between these days the calendars can count any term of a document.
EARLIEST: Final = date(1950, 1, 1)
LATEST: Final = date(2070, 12, 31)
#: Control characters, and halves of characters, which no file or database can keep.
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_SUM: Final = re.compile(r"[0-9]{1,13}(\.[0-9]{1,2})?\Z")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes a document may use; anything else is `unknown`."""

    offices: Collection[str]
    issuers: Collection[str]
    types: Collection[str]
    channels: Collection[str]
    acts: Collection[str]
    periodic_kinds: Collection[str]


@dataclass(frozen=True, slots=True)
class PartyShape:
    """A claimant or debtor as the document names him."""

    kind: str
    name_kk: str
    name_ru: str
    iin: str
    bin: str
    iin_as_written: str
    bin_as_written: str
    iin_missing_reason: str
    birth_date: date | None
    city: str
    address_kk: str
    address_ru: str
    iban: str
    workplace: str

    @property
    def identifier(self) -> str:
        """IIN of a natural, BIN of a legal person."""
        return self.iin or self.bin


@dataclass(frozen=True, slots=True)
class PeriodicShape:
    """Payments that come again: kind, share or sum, from when until when."""

    kind: str
    share: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class DebtShape:
    """What a debtor owes a claimant; indexes into the parties. `amount` in tenge."""

    claimant: int
    debtors: tuple[int, ...]
    joint: bool
    amount: Decimal | None
    act: str
    periodic: PeriodicShape | None


@dataclass(frozen=True, slots=True)
class DocumentShape:
    """An executive document as handed in."""

    ref: str
    office: str
    type: str
    issuer: str
    case_number: str
    decision_on: date | None
    in_force_on: date | None
    issued_on: date | None
    deferred_until: date | None
    immediate: bool
    sealed: bool
    no_objection: bool
    duplicate: str
    part: str
    language: str
    operative: str
    application_on: date | None
    application_channel: str
    claimants: tuple[PartyShape, ...]
    debtors: tuple[PartyShape, ...]
    debts: tuple[DebtShape, ...]

    @property
    def case_key(self) -> str:
        """The case number however it was typed: one key for one number."""
        return number_key(self.case_number)

    @property
    def periodic(self) -> bool:
        """Whether payments that come again are awarded."""
        return any(debt.periodic for debt in self.debts)


def number_key(text: str) -> str:
    """A number without what only spelling makes of it: case, forms of dashes and slashes, spaces,
    invisible signs."""
    plain = unicodedata.normalize("NFKC", text).translate(_ALIKE).casefold()
    return "".join(s for s in plain if unicodedata.category(s) not in ("Cf", "Zs", "Cc"))


class Unreadable(ValueError):
    """The document holds values that cannot be; `errors` names each field."""

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__(", ".join(error.field for error in errors))
        self.errors = tuple(errors)


def read(data: Any, codes: Codes, *, ref_needed: bool = True) -> DocumentShape:
    """Read `data` (a mapping as JSON gives it); Unreadable names every field that cannot be."""
    reader = _Reader(data if isinstance(data, Mapping) else {}, "")
    if not isinstance(data, Mapping):
        reader.wrong("", "format")
    document = _document(reader, codes, ref_needed)
    reader.refuse_unknown()
    if reader.errors:
        faults = [FieldError(path, code) for path, code in reader.errors.items()]
        raise Unreadable(faults[:MOST_ROWS])
    return document


class _Reader:
    """Takes values out of one mapping and notes what cannot be, under its path."""

    def __init__(
        self, data: Mapping[str, Any], path: str, errors: dict[str, str] | None = None
    ) -> None:
        self.data, self.path = data, path
        #: Path -> code of the first thing found wrong there.
        self.errors: dict[str, str] = {} if errors is None else errors
        self.taken: set[str] = set()

    def wrong(self, name: str, code: str) -> None:
        self.errors.setdefault(f"{self.path}{name}" or "document", code)

    def raw(self, name: str) -> Any:
        self.taken.add(name)
        value = self.data.get(name)
        return None if value == "" else value

    def text(self, name: str) -> str:
        value = self.raw(name)
        if value is None:
            return ""
        if not isinstance(value, str) or CONTROL.search(value):
            self.wrong(name, "format")
            return ""
        if len(value) > LONGEST.get(name, LONGEST_OTHER):
            self.wrong(name, "too_long")
            return ""
        return value.strip()

    def number(self, name: str) -> str:
        """A number by which a paper is found again, in whatever way it was typed."""
        value = self.text(name)
        if len(number_key(value)) > LONGEST_KEY:
            self.wrong(name, "too_long")
            return ""
        return value

    def named(self, name: str) -> str:
        """What a duplicate or a part is named by; a bare `true` names it too, `false` nothing."""
        value = self.raw(name)
        return self.text(name) if not isinstance(value, bool) else "yes" if value else ""

    def code(self, name: str, known: Collection[str], *, needed: bool = False) -> str:
        value = self.text(name)
        if value and value not in known:
            self.wrong(name, "unknown")
        elif needed and not value:
            self.wrong(name, "required")
        return value

    def needed(self, name: str) -> str:
        value = self.text(name)
        if not value:
            self.wrong(name, "required")
        return value

    def day(self, name: str) -> date | None:
        value = self.text(name)
        if not value:
            return None
        try:
            if not _DAY.match(value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            self.wrong(name, "format")
            return None

    def dated(self, name: str) -> date | None:
        """A day from which a term may be counted."""
        on = self.day(name)
        if on and not EARLIEST <= on <= LATEST:
            self.wrong(name, "out_of_range")
            return None
        return on

    def flag(self, name: str) -> bool:
        value = self.raw(name)
        if value is None:
            return False
        if not isinstance(value, bool):
            self.wrong(name, "format")
        return bool(value)

    def sum(self, name: str) -> Decimal | None:
        value = self.text(name)
        if not value:
            return None
        try:
            if not _SUM.match(value):
                raise InvalidOperation
            amount = Decimal(value)
        except InvalidOperation:
            self.wrong(name, "format")
            return None
        if not 0 < amount <= LARGEST_SUM:
            self.wrong(name, "out_of_range")
        return amount

    def checked(self, name: str, fault: Callable[[str], str]) -> str:
        value = self.text(name).replace(" ", "").upper()
        if value and (code := fault(value)):
            self.wrong(name, code)
        return value

    def index(self, value: Any, name: str, length: int) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < length:
            self.wrong(name, "unknown")
            return 0
        return value

    def inner(self, name: str) -> "_Reader | None":
        value = self.raw(name)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self.wrong(name, "format")
            return None
        return _Reader(value, f"{self.path}{name}.", self.errors)

    def rows(self, name: str) -> list["_Reader"]:
        value = self.raw(name)
        if value is None:
            return []
        if not isinstance(value, list) or any(not isinstance(row, Mapping) for row in value):
            self.wrong(name, "format")
            return []
        if len(value) > MOST_ROWS:
            self.wrong(name, "too_long")
            return []
        return [
            _Reader(row, f"{self.path}{name}[{n}].", self.errors) for n, row in enumerate(value)
        ]

    def refuse_unknown(self) -> None:
        for name in self.data:
            if name not in self.taken:
                told = CONTROL.sub("?", str(name))[:LONGEST_OTHER]
                self.wrong(told, "unknown_field")


def _document(r: _Reader, codes: Codes, ref_needed: bool) -> DocumentShape:
    claimants = tuple(_party(row) for row in r.rows("claimants"))
    debtors = tuple(_party(row) for row in r.rows("debtors"))
    application = r.inner("application")
    shape = DocumentShape(
        ref=r.needed("ref") if ref_needed else r.text("ref"),
        office=r.code("office", codes.offices, needed=True),
        type=r.code("type", codes.types, needed=True),
        issuer=r.code("issuer", codes.issuers),
        case_number=r.number("case_number"),
        decision_on=r.dated("decision_on"),
        in_force_on=r.dated("in_force_on"),
        issued_on=r.dated("issued_on"),
        deferred_until=r.dated("deferred_until"),
        immediate=r.flag("immediate"),
        sealed=r.flag("sealed"),
        no_objection=r.flag("no_objection"),
        duplicate=r.named("duplicate"),
        part=r.named("part"),
        language=r.code("language", ("kk", "ru")),
        operative=r.text("operative"),
        application_on=application.day("on") if application else None,
        application_channel=application.code("channel", codes.channels) if application else "",
        claimants=claimants,
        debtors=debtors,
        debts=tuple(_debt(row, codes, claimants, debtors) for row in r.rows("debts")),
    )
    if application:
        application.refuse_unknown()
    return shape


def _party(r: _Reader) -> PartyShape:
    name = r.text("name")
    party = PartyShape(
        kind=r.code("kind", ("natural", "legal")) or ("legal" if r.raw("bin") else "natural"),
        name_kk=r.text("name_kk") or name or r.text("name_ru"),
        name_ru=r.text("name_ru") or name or r.text("name_kk"),
        iin=r.checked("iin", iin_fault),
        bin=r.checked("bin", bin_fault),
        iin_as_written=r.text("iin_as_written"),
        bin_as_written=r.text("bin_as_written"),
        iin_missing_reason=r.text("iin_missing_reason"),
        birth_date=r.day("birth_date"),
        city=r.text("city"),
        address_kk=r.text("address_kk") or r.text("address_ru"),
        address_ru=r.text("address_ru") or r.text("address_kk"),
        iban=r.checked("iban", iban_fault),
        workplace=r.text("workplace"),
    )
    r.refuse_unknown()
    return party


def _debt(
    r: _Reader, codes: Codes, claimants: tuple[PartyShape, ...], debtors: tuple[PartyShape, ...]
) -> DebtShape:
    listed = r.raw("debtors")
    if listed is not None and not (isinstance(listed, list) and len(listed) <= MOST_ROWS):
        r.wrong("debtors", "format")
        listed = []
    claimant = r.raw("claimant")
    debt = DebtShape(
        claimant=0 if claimant is None else r.index(claimant, "claimant", len(claimants)),
        debtors=tuple(r.index(n, "debtors", len(debtors)) for n in listed or ()),
        joint=r.flag("joint"),
        amount=r.sum("amount"),
        act=r.code("act", codes.acts),
        periodic=_periodic(r, codes),
    )
    r.refuse_unknown()
    return debt


def _periodic(r: _Reader, codes: Codes) -> PeriodicShape | None:
    inner = r.inner("periodic")
    if inner is None:
        return None
    found = PeriodicShape(
        kind=inner.code("kind", codes.periodic_kinds),
        share=inner.text("share"),
        since=inner.day("since"),
        until=inner.day("until"),
    )
    inner.refuse_unknown()
    return found

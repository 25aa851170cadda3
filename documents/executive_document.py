"""The shape of an executive document, told once: it is read by it and described by it.

Pure. What is absent or empty is absent, never wrong: the verdict names it as missing. What is
given must be well formed: check digits, dates, sums, codes (answer Q27).
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final

from documents.fields import (
    CONTROL,
    EARLIEST,
    LATEST,
    MOST_ROWS,
    Checked,
    Code,
    Codes,
    Day,
    Flag,
    Index,
    Indexes,
    Inner,
    Named,
    Place,
    Rows,
    Shares,
    Sum,
    Text,
    read_shape,
)
from documents.shares import parts
from law.refusal import FieldError
from parties.identifiers import bin_fault, iban_fault, iin_fault

__all__ = [
    "CONTROL",
    "EARLIEST",
    "LATEST",
    "MOST_ROWS",
    "Codes",
    "DebtShape",
    "DocumentShape",
    "PartyShape",
    "Unreadable",
    "number_key",
    "read",
]

#: Dashes and slashes that look alike, for the key of a number.
_ALIKE: Final = str.maketrans({**dict.fromkeys("‐‑‒–—−﹣－", "-"), **dict.fromkeys("∕⁄⧸／", "/")})
#: Missing where a document is only looked at.
NO_REF: Final = FieldError("ref", "required")
AS_WRITTEN: Final = "a wrong number, as on the paper"


@dataclass(frozen=True, slots=True)
class PartyShape:
    """A claimant or debtor as the document names him."""

    name: Annotated[str, Text(about="in both languages, where they do not differ")]
    kind: Annotated[str, Code(("natural", "legal"), about="legal where a BIN is given")]
    name_kk: Annotated[str, Text()]
    name_ru: Annotated[str, Text()]
    iin: Annotated[str, Checked(iin_fault)]
    bin: Annotated[str, Checked(bin_fault)]
    iin_as_written: Annotated[str, Text(about=AS_WRITTEN)]
    bin_as_written: Annotated[str, Text(about=AS_WRITTEN)]
    iin_missing_reason: Annotated[str, Text()]
    birth_date: Annotated[date | None, Day()]
    city: Annotated[str, Text()]
    address_kk: Annotated[str, Text()]
    address_ru: Annotated[str, Text()]
    iban: Annotated[str, Checked(iban_fault)]
    workplace: Annotated[str, Text()]

    @property
    def identifier(self) -> str:
        """IIN of a natural, BIN of a legal person."""
        return self.iin or self.bin


def _completed(party: PartyShape) -> PartyShape:
    """What a document leaves out because it says it elsewhere: the kind, the other language."""
    return replace(
        party,
        kind=party.kind or ("legal" if party.bin else "natural"),
        name_kk=party.name_kk or party.name or party.name_ru,
        name_ru=party.name_ru or party.name or party.name_kk,
        address_kk=party.address_kk or party.address_ru,
        address_ru=party.address_ru or party.address_kk,
    )


@dataclass(frozen=True, slots=True)
class PeriodicShape:
    """Payments that come again: kind, share or sum, from when until when."""

    kind: Annotated[str, Code("periodic_kinds")]
    share: Annotated[str, Text(about="such as 1/4 of the income")]
    since: Annotated[date | None, Day()]
    until: Annotated[date | None, Day()]
    amount: Annotated[Decimal | None, Sum(about="of each month, in tenge")]


@dataclass(frozen=True, slots=True)
class DebtShape:
    """What a debtor owes a claimant; parties by their index, from 0."""

    claimant: Annotated[int, Index("claimants", about="the first one where it is left out")]
    debtors: Annotated[tuple[int, ...], Indexes("debtors")]
    joint: Annotated[bool, Flag()]
    amount: Annotated[Decimal | None, Sum(about="in tenge")]
    shares: Annotated[
        tuple[str, ...],
        Shares(about="of each debtor, in order; where none is named and not joint, equal ones"),
    ]
    act: Annotated[str, Code("acts", about="an act to perform instead of money")]
    periodic: Annotated[PeriodicShape | None, Inner(PeriodicShape)]

    @property
    def claim(self) -> str:
        """A sum, payments that come again, or which act; empty where nothing is claimed."""
        if self.amount is not None:
            return "sum"
        return "periodic" if self.periodic else self.act

    @property
    def divided(self) -> bool:
        """Whether several owe it, each a share of his own; an act is not divided."""
        return len(self.debtors) > 1 and not self.joint and not self.act


@dataclass(frozen=True, slots=True)
class ApplicationShape:
    """The claimant's application."""

    on: Annotated[date | None, Day()]
    channel: Annotated[str, Code("channels")]


@dataclass(frozen=True, slots=True)
class InterruptionShape:
    """What began the term of presentation anew before the document came (INTERR-02)."""

    on: Annotated[date | None, Day(counted=True, needed=True)]
    kind: Annotated[str, Code("interruptions", about="the first one where it is left out")]
    proof: Annotated[str, Text(longest=1000, needed=True, about="what shows it")]


#: The key of a number may be longer than the number: one sign can stand for several.
LONGEST_KEY: Final = 200


@dataclass(frozen=True, kw_only=True)
class Number(Text):
    """A number by which a paper is found again, in whatever way it was typed."""

    def read(self, value: Any, at: Place) -> str:
        """The number; refused where its key has no place."""
        found = super().read(value, at)
        if len(number_key(found)) <= LONGEST_KEY:
            return found
        at.wrong("too_long")
        return ""


@dataclass(frozen=True, slots=True)
class DocumentShape:
    """An executive document; what the paper does not show is left out."""

    claimants: Annotated[tuple[PartyShape, ...], Rows(PartyShape, _completed)]
    debtors: Annotated[tuple[PartyShape, ...], Rows(PartyShape, _completed)]
    ref: Annotated[str, Text(longest=64, needed=True, about="the sender's own key")]
    office: Annotated[str, Code("offices", needed=True, about="code of the bailiffs' office")]
    type: Annotated[str, Code("types", needed=True)]
    issuer: Annotated[str, Code("issuers", about="code of the court or body")]
    case_number: Annotated[str, Number(longest=100)]
    decision_on: Annotated[date | None, Day(counted=True)]
    in_force_on: Annotated[date | None, Day(counted=True)]
    issued_on: Annotated[date | None, Day(counted=True)]
    deferred_until: Annotated[date | None, Day(counted=True)]
    immediate: Annotated[bool, Flag()]
    sealed: Annotated[bool, Flag()]
    no_objection: Annotated[bool, Flag()]
    duplicate: Annotated[str, Named(about="which duplicate it is, or that it is one")]
    part: Annotated[str, Named(about="which part it is of several, or that it is one")]
    language: Annotated[str, Code(("kk", "ru"))]
    operative: Annotated[str, Text(longest=100_000)]
    application: Annotated[ApplicationShape | None, Inner(ApplicationShape)]
    debts: Annotated[tuple[DebtShape, ...], Rows(DebtShape)]
    interruptions: Annotated[tuple[InterruptionShape, ...], Rows(InterruptionShape)]

    @property
    def application_on(self) -> date | None:
        """The day of the claimant's application."""
        return self.application.on if self.application else None

    @property
    def application_channel(self) -> str:
        """Through whom the application came."""
        return self.application.channel if self.application else ""

    @property
    def beside(self) -> dict[str, Any]:
        """What was told beside the paper itself, as it is kept."""
        return {name: plain(told) for name in BESIDE if (told := getattr(self, name))}

    @property
    def case_key(self) -> str:
        """The case number however it was typed: one key for one number."""
        return number_key(self.case_number)

    @property
    def periodic(self) -> bool:
        """Whether payments that come again are awarded."""
        return any(debt.periodic for debt in self.debts)


#: What is told at intake beside what the paper shows.
BESIDE: Final = ("interruptions",)


def plain(told: Any) -> Any:
    """A part of a document as JSON holds it, without what was left out."""
    if isinstance(told, tuple):
        return [plain(each) for each in told]
    if isinstance(told, date):
        return told.isoformat()
    if not is_dataclass(told):
        return told
    given = ((each.name, getattr(told, each.name)) for each in fields(told))
    return {name: plain(value) for name, value in given if value not in (None, "", ())}


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
    place = Place("", codes, {}, {})
    if not isinstance(data, Mapping):
        place.wrong("format")
        data = {}
    document = read_shape(DocumentShape, data, place)
    for path, code in _shares(document):
        replace(place, path=path).wrong(code)
    errors = [FieldError(path, code) for path, code in place.errors.items()]
    if not ref_needed:
        errors = [each for each in errors if each != NO_REF]
    if errors:
        raise Unreadable(errors[:MOST_ROWS])
    return document


def _shares(document: DocumentShape) -> Iterator[tuple[str, str]]:
    """What cannot be of shares: they are not the whole, or the debt is joint or no sum."""
    for n, debt in enumerate(document.debts):
        if not debt.shares and not (debt.divided and debt.amount):
            continue
        try:
            if debt.joint or debt.amount is None:
                raise ValueError("no shares")
            parts(debt.amount, debt.shares, len(debt.debtors))
        except ValueError:
            yield f"debts[{n}].{'shares' if debt.shares else 'amount'}", "not_whole"

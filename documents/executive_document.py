"""The shape of an executive document, told once: it is read by it and described by it.

Pure. What is absent or empty is absent, never wrong: the verdict names it as missing. What is
given must be well formed: check digits, dates, sums, codes (answer Q27), and no value may say
what another one rules out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
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
    DayOfMonth,
    Flag,
    Index,
    Indexes,
    Inner,
    Named,
    Place,
    Rows,
    Sum,
    Text,
    read_shape,
)
from documents.share_fields import Share, Shares
from documents.shares import parts
from documents.told_at_intake import BESIDE, InterruptionShape, OtherTermShape, RestoredShape, plain
from law.refusal import FieldError
from parties.identifiers import (
    bin_fault,
    birth_date,
    born_on,
    iban_fault,
    iin_fault,
    joint_enterprise,
)
from parties.spelling import name_key, number_key

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
    "read",
]

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
    workplace_city: Annotated[str, Text(about="where the debtor works")]
    property_city: Annotated[str, Text(about="where the debtor has property; several by commas")]

    @property
    def places(self) -> tuple[str, ...]:
        """Where he or it is, a natural person works, property lies (PLACE-01, PLACE-02)."""
        works = () if self.kind == "legal" else (self.workplace_city,)
        told = (self.city, *works, *self.property_city.split(","))
        return tuple(filter(None, map(str.strip, told)))

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
    share: Annotated[str, Share(about="such as 1/4 of the income")]
    since: Annotated[date | None, Day()]
    until: Annotated[date | None, Day()]
    amount: Annotated[Decimal | None, Sum(about="of each month, in tenge")]
    day: Annotated[int | None, DayOfMonth(about="on which it is to be paid; else once it is over")]


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
    act_text: Annotated[str, Text(longest=1000, about="the act in words; of another act needed")]
    act_city: Annotated[str, Text(about="where the act is to be done")]
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


#: The key of a number: one sign can stand for several.
LONGEST_KEY: Final = 200


@dataclass(frozen=True, kw_only=True)
class Number(Text):
    """A number by which a paper is found again, in whatever way it was typed."""

    def read(self, value: Any, at: Place) -> str:
        """The number; absent where only its name stands, refused where its key has no place."""
        found = super().read(value, at)
        if not number_key(found):
            return ""
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
    received_on: Annotated[
        date | None, Day(counted=True, about="told by the receiving office; today where left out")
    ]
    type: Annotated[str, Code("types", needed=True)]
    issuer: Annotated[str, Code("issuers", about="code of the court or body")]
    case_number: Annotated[str, Number(longest=100)]
    decision_on: Annotated[date | None, Day(counted=True)]
    instance: Annotated[str, Code("instances", about="which gave the decision that is executed")]
    in_force_on: Annotated[date | None, Day(counted=True)]
    issued_on: Annotated[date | None, Day(counted=True)]
    deferred_until: Annotated[date | None, Day(counted=True)]
    immediate: Annotated[bool, Flag()]
    sealed: Annotated[bool, Flag()]
    no_objection: Annotated[bool, Flag()]
    duplicate: Annotated[str, Named(about="which duplicate it is, or that it is one")]
    part: Annotated[str, Named(about="which part it is of several, or that it is one; state_duty")]
    language: Annotated[str, Code(("kk", "ru"))]
    operative: Annotated[str, Text(longest=100_000)]
    application: Annotated[ApplicationShape | None, Inner(ApplicationShape)]
    debts: Annotated[tuple[DebtShape, ...], Rows(DebtShape)]
    interruptions: Annotated[tuple[InterruptionShape, ...], Rows(InterruptionShape)]
    restored: Annotated[RestoredShape | None, Inner(RestoredShape)]
    other_presentation: Annotated[OtherTermShape | None, Inner(OtherTermShape)]
    other_execution: Annotated[OtherTermShape | None, Inner(OtherTermShape)]

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
    def claims(self) -> frozenset[str]:
        """What is claimed: sums, payments that come again, acts."""
        return frozenset(debt.claim for debt in self.debts) - {""}

    @property
    def periodic(self) -> bool:
        """Whether payments that come again are awarded."""
        return any(debt.periodic for debt in self.debts)


class Unreadable(ValueError):
    """The document holds values that cannot be; `errors` names each field."""

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__(", ".join(error.field for error in errors))
        self.errors = tuple(errors)


def read(
    data: Any, codes: Codes, *, ref_needed: bool = True, on: date | None = None
) -> DocumentShape:
    """Read `data` (a mapping as JSON gives it); Unreadable names every field that cannot be.

    `on`: the day of receipt, where it is known: nobody applied or was born after it.
    """
    place = Place("", codes, {}, {})
    if not isinstance(data, Mapping):
        place.wrong("format")
        data = {}
    document = read_shape(DocumentShape, data, place)
    on = document.received_on or on
    unread = {path.partition(".")[0] for path in place.errors}
    for path, code in _ruled_out(document, on):
        if path.partition(".")[0] not in unread:
            replace(place, path=path).wrong(code)
    errors = [FieldError(path, code) for path, code in place.errors.items()]
    if not ref_needed:
        errors = [each for each in errors if each != NO_REF]
    if errors:
        raise Unreadable(errors[:MOST_ROWS])
    return document


# --- What one value says of another ---------------------------------------------------------------

#: Nobody grew older: a day of birth before that is a slip.
OLDEST: Final = timedelta(days=130 * 366)
#: The act that no list names.
OTHER_ACT: Final = "other"
#: What a row of claims can name, one of them: the claim is that.
ONE_CLAIM: Final = ("amount", "act", "periodic")
Faults = Iterator[tuple[str, str]]


def _ruled_out(document: DocumentShape, on: date | None) -> Faults:
    """What one value says that another rules out: the path of the wrong one, and how."""
    yield from _people(document, on)
    yield from _claims(document)
    yield from _shares(document)
    yield from _days(document, on)


def _people(document: DocumentShape, on: date | None) -> Faults:
    """What cannot be of the parties: a number of another kind or birth, one debtor twice."""
    rows = [("claimants", each) for each in enumerate(document.claimants)]
    rows += [("debtors", each) for each in enumerate(document.debtors)]
    for role, (n, party) in rows:
        path = f"{role}[{n}]."
        if party.kind == "legal" and party.iin:
            yield path + "iin", "other_kind"
        if party.kind == "natural" and party.bin and not _joint(party.bin):
            yield path + "bin", "other_kind"
        yield from _birth(party, path, on)
    for n, party in enumerate(document.debtors):
        if any(same_person(party, before) for before in document.debtors[:n]):
            yield f"debtors[{n}].{_told_by(party)}", "same"


def _joint(number: str) -> bool:
    return not bin_fault(number) and joint_enterprise(number)


def _birth(party: PartyShape, path: str, on: date | None) -> Faults:
    """What cannot be of a birth: another one than the IIN tells, after the receipt, ages ago."""
    right = bool(party.iin) and not iin_fault(party.iin)
    told = birth_date(party.iin) if right else None
    for field, born in (("iin", told), ("birth_date", party.birth_date)):
        if born and on and not on - OLDEST <= born <= on:
            yield path + field, "birth_date" if field == "iin" else "out_of_range"
    if right and party.birth_date and not born_on(party.iin, party.birth_date):
        yield path + "birth_date", "other_birth"


def same_person(one: PartyShape, other: PartyShape) -> bool:
    """Whether two rows are one person: by their numbers, or by name and birth."""
    if one.identifier and other.identifier:
        return one.identifier == other.identifier
    named = {name_key(one.name_kk), name_key(one.name_ru)} - {""}
    alike = not named.isdisjoint({name_key(other.name_kk), name_key(other.name_ru)})
    return alike and one.birth_date is not None and one.birth_date == other.birth_date


def _told_by(party: PartyShape) -> str:
    """The field by which a party is known."""
    return "iin" if party.iin else "bin" if party.bin else "name"


def _claims(document: DocumentShape) -> Faults:
    """What cannot be of the claims: nobody owes, nothing is owed, one owes himself."""
    for n, debt in enumerate(document.debts):
        path = f"debts[{n}]."
        if not debt.debtors and document.debtors:
            yield path + "debtors", "required"
        if debt.amount is None and not debt.act and debt.periodic is None:
            yield path + "amount", "required"
        told = [path + name for name in ONE_CLAIM if getattr(debt, name)]
        yield from ((beside, "own_row") for beside in told[1:])
        if debt.act == OTHER_ACT and not debt.act_text:
            yield path + "act_text", "required"
        if (payments := debt.periodic) is not None:
            if not payments.kind:
                yield path + "periodic.kind", "required"
            if payments.since and payments.until and payments.until < payments.since:
                yield path + "periodic.until", "before_since"
        yield from _owing_himself(document, debt)


def _owing_himself(document: DocumentShape, debt: DebtShape) -> Faults:
    for claimant in document.claimants[debt.claimant : debt.claimant + 1]:
        owing = [document.debtors[each] for each in debt.debtors if each < len(document.debtors)]
        if any(same_person(claimant, debtor) for debtor in owing):
            yield f"claimants[{debt.claimant}].{_told_by(claimant)}", "own_debtor"


def _days(document: DocumentShape, on: date | None) -> Faults:
    """What cannot be of the days the sender tells; those of the paper are the verdict's."""
    told = [("application.on", document.application_on)]
    if (act := document.restored) is not None:
        told += [("restored.on", act.on), ("restored.in_force_on", act.in_force_on)]
        if act.on and act.in_force_on and act.in_force_on < act.on:
            yield "restored.in_force_on", "out_of_range"
    told += [(f"interruptions[{n}].on", each.on) for n, each in enumerate(document.interruptions)]
    for path, day in told:
        if on and day and day > on:
            yield path, "after_receipt"
    decided, restored = document.decision_on, document.restored
    if decided and restored and restored.on and restored.on < decided:
        yield "restored.on", "before_decision"
    term = document.other_execution
    if on and term and term.last_on and term.last_on < on:
        yield "other_execution.last_on", "out_of_range"


def _shares(document: DocumentShape) -> Faults:
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

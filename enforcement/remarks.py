"""What a document that arrives lacks, what is true of it but to be looked at, and days of it that
cannot be. Pure.

A day the document must show and cannot be is a defect: the verdict names it as missing.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final, TypedDict

from documents.executive_document import DocumentShape, PartyShape
from law.model import DocumentKind
from law.statute import Statute
from parties.identifiers import sex
from parties.spelling import is_name, name_key, visible

#: The kind of document a court gives out sealed (ISSUE-ORDER-01).
SEALED_KIND: Final = "COURT_ORDER"
#: Of a claim: out of time where others of the paper are not; nobody demands it.
LATE_IN_PART: Final = "late_in_part"
#: What a father's name ends in, as it is printed: of a man, of a woman.
_ENDINGS: Final = {
    "m": ("ұлы", "улы", "ович", "евич", "ьич", "оглы"),
    "f": ("қызы", "кызы", "овна", "евна", "ична", "инична"),
}


class Remark(TypedDict):
    """What is to be looked at: its code, the field it is about, the rule or nothing."""

    code: str
    field: str
    rule: str


def named(law: Statute, on: date, *roles: str) -> tuple[str, ...]:
    """The rules that play these parts on that day; left out what the rule set has no rule for."""
    return tuple(rule for role in roles if (rule := law.role(role, on)))


def is_immediate(document: DocumentShape, kind: DocumentKind) -> bool:
    """Whether the document runs without a voluntary term (INIT-IMM-01, Q9)."""
    return document.immediate or kind.immediate


def asked_of(document: DocumentShape, kind: DocumentKind) -> list[str]:
    """The contents the document must show, in the order of the law (Q26)."""
    unless = () if is_immediate(document, kind) else kind.content_unless_immediate
    return sorted({*kind.content, *unless})


def impossible_days(
    document: DocumentShape, kind: DocumentKind, law: Statute, received_on: date
) -> list[Remark]:
    """The days of the document that cannot be, held against each other and its receipt.

    `rule`: the content the day belongs to, where the kind must show it.
    """
    asked = {name: each for each in asked_of(document, kind) for name in law.content(each).fields}
    found = [
        *((each, "after_receipt") for each in _after(document, received_on)),
        *((each, "before_decision") for each in _before(document, received_on)),
    ]
    return [Remark(code=code, field=name, rule=asked.get(name, "")) for name, code in found]


def _after(document: DocumentShape, received_on: date) -> Iterator[str]:
    for name in ("decision_on", "issued_on"):
        day: date | None = getattr(document, name)
        if day and day > received_on:
            yield name


def _before(document: DocumentShape, received_on: date) -> Iterator[str]:
    decided = document.decision_on
    for name in ("in_force_on", "issued_on", "deferred_until"):
        day: date | None = getattr(document, name)
        # Of a decision that is itself still to come one cause is told.
        if day and decided and day < decided <= received_on:
            yield name


def in_force(document: DocumentShape, law: Statute) -> DocumentShape:
    """The document with the day its act came into force: an act of appeal or supervision on the day
    it was given, whatever the paper shows (ISSUE-FORCE-02)."""
    if _at_once(document, law) and document.decision_on:
        return replace(document, in_force_on=document.decision_on)
    return document


def _at_once(document: DocumentShape, law: Statute) -> bool:
    return document.instance in law.list("in_force_at_once")


def lacking(
    document: DocumentShape,
    kind: DocumentKind,
    law: Statute,
    received_on: date,
    cannot_be: Collection[Remark],
) -> tuple[str, ...]:
    """The contents the document must show and does not, or that cannot be as it shows them."""
    spoilt = {each["rule"] for each in cannot_be}
    if document.claimants and document.debtors and not (document.claims or kind.secures):
        # Nothing is awarded by what the paper quotes of the decision.
        spoilt.add(law.role("content_claims"))
    asked = asked_of(document, kind)
    missing = [rule for rule in asked if rule in spoilt or not _shows(document, rule, law)]
    immediate = is_immediate(document, kind)
    if not immediate and document.in_force_on and document.in_force_on > received_on:
        missing += filter(None, [law.role("content_in_force", received_on)])
    return tuple(missing)


def _shows(document: DocumentShape, rule: str, law: Statute) -> bool:
    if rule == law.role("content_parties"):
        parties = (*document.claimants, *document.debtors)
        named = bool(document.claimants) and bool(document.debtors)
        return named and all(_identified(party) for party in parties)
    return all(getattr(document, name) for name in law.content(rule).fields)


def _identified(party: PartyShape) -> bool:
    """Name, address, and a right IIN or BIN or a stated reason for its absence (Q26, Q27)."""
    if party.iin_as_written or party.bin_as_written:
        return False
    numbered = bool(party.identifier or party.iin_missing_reason)
    return bool(is_name(party.name_kk) and party.address_kk and numbered)


def remarks(
    document: DocumentShape,
    kind: DocumentKind,
    law: Statute,
    on: date,
    names: Mapping[str, Collection[str]],
) -> list[Remark]:
    """What the bailiff should see, though it does not change the verdict.

    `names`: IIN or BIN -> the names it came under before.
    """
    issued, shown = document.issued_on, document.in_force_on
    forced = in_force(document, law).in_force_on
    early = not is_immediate(document, kind) and issued and forced and issued < forced
    unsealed = kind.code == SEALED_KIND and not document.sealed
    seen = (
        ("issued_before_force", "issued_on", early),
        ("in_force_at_once", "in_force_on", shown and shown != forced),
        ("unsealed_order", "sealed", unsealed),
    )
    ahead = not is_immediate(document, kind) and shown and shown > on
    found = []
    if ahead and not law.role("content_in_force", on):
        found.append(Remark(code="after_receipt", field="in_force_on", rule=""))
    found += [
        Remark(code=role, field=name, rule=rule)
        for role, name, is_so in seen
        if is_so and (rule := law.role(role, on))
    ]
    rule = law.role("content_parties", on)
    parties = (("claimants", document.claimants), ("debtors", document.debtors))
    for role, rows in parties:
        for n, party in enumerate(rows):
            told = _of_person(party, names.get(party.identifier, ()))
            found += [
                Remark(code=code, field=f"{role}[{n}].{name}", rule=rule) for code, name in told
            ]
    return found


def of_claims(
    law: Statute,
    on: date,
    *,
    in_doubt: Iterable[int] = (),
    in_another_part: Iterable[int] = (),
    late: Mapping[int, str] | None = None,
    payments: Iterable[int] = (),
) -> Iterator[Remark]:
    """The claims to be looked at, by their place: `in_doubt`, of which something may have been paid
    that is not counted to them; `in_another_part`, which another part of the decision claims too
    (WRIT-ONE-02); `late`, out of time where others are not, by the rule of their
    term; `payments`, of which only the older ones are out of time (PERIOD-02)."""
    about = [("claim_in_doubt", n, law.role("one_document", on)) for n in in_doubt]
    several = law.role("several_documents", on)
    about += [("in_another_part", n, several) for n in in_another_part]
    about += [(LATE_IN_PART, n, rule) for n, rule in (late or {}).items()]
    about += [("late_payments", n, law.role("each_payment", on)) for n in sorted(payments)]
    for code, n, rule in about:
        yield Remark(code=code, field=f"debts[{n}]", rule=rule)


def _of_person(party: PartyShape, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """A number that came under another name, or is of a man where the name is a woman's."""
    own = {name_key(party.name_kk), name_key(party.name_ru)} - {""}
    if own and known and own.isdisjoint(map(name_key, known)):
        yield "other_name", "name"
    words = visible(party.name_kk).casefold().split()
    for person, ends in _ENDINGS.items():
        if party.iin and sex(party.iin) not in ("", person) and words and words[-1].endswith(ends):
            yield "other_sex", "iin"

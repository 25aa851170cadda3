"""To whom a letter goes: the directory, the people of the case, anybody by name."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from accounts.models import Office
from accounts.queries import bailiff_offices, directory
from enforcement.core.facts import Facts
from enforcement.core.fields import Option
from enforcement.core.papers import through
from enforcement.core.words import reading
from enforcement.facts.queries import Person, people_of
from enforcement.models import Letter
from law.letters import LetterKind
from law.refusal import FieldError, Refusal

#: Kinds of addressees that are people of the case, and whoever is named in words.
PEOPLE: Final = ("debtor", "claimant")
ANYBODY: Final = "person"
#: Another office of bailiffs.
OFFICE: Final = "office"


def kind_of(now: Facts, option: Option | None) -> LetterKind | None:
    """The kind of letter that was chosen."""
    return now.law.letters.get(option.id) if option else None


def among(now: Facts, option: Option | None) -> Iterator[tuple[str, str]]:
    """Who can be written to: people of the case first, then the directory by kind and name."""
    kind = kind_of(now, option)
    if kind is None:
        return
    words = now.law.list("addressee_kinds")
    for person in _people(now, kind):
        name = person["ru" if reading() == "ru" else "kk"]
        yield person["id"], f"{words[person['role']].in_(reading())}: {name}"
    for office in _offices(now, kind):
        what = words[_kind(office)].in_(reading())
        yield office.code, f"{what}: {office.name(reading())}"


def first(now: Facts, given: Mapping[str, Any]) -> Sequence[str] | None:
    """The first who can be written to by a kind of letter; nobody where somebody was named."""
    kind = now.law.letters.get(given.get("kind", ""))
    if kind is None or given.get("person"):
        return None
    if ANYBODY in kind.to and OFFICE in kind.to:
        return None
    own = str(now.thing.debtor_id)
    if PEOPLE[0] in kind.to:
        return [own]
    return [office.code for office in _offices(now, kind)[:1]]


def _people(now: Facts, kind: LetterKind) -> Iterator[Person]:
    """The debtor of the proceeding and the claimants, as far as such a letter goes to them."""
    own = str(now.thing.debtor_id)
    for person in people_of(now.thing):
        if person["role"] in kind.to and (person["role"] != PEOPLE[0] or person["id"] == own):
            yield person


def _offices(now: Facts, kind: LetterKind) -> list[Office]:
    """Whom of the directory such a letter goes to, in the order of the law's kinds."""
    found = directory().filter(kind__in=kind.to)
    offices = sorted(found, key=lambda each: (kind.to.index(each.kind), each.name_kk))
    if OFFICE in kind.to:
        offices += bailiff_offices().exclude(pk=now.thing.case.office_id)
    return offices


def _kind(office: Office) -> str:
    return OFFICE if office.kind == Office.Kind.BAILIFF else office.kind


def found(now: Facts, kind: LetterKind, keys: Sequence[str], person: str) -> list[dict[str, Any]]:
    """Whom a letter goes to, as its columns; a Refusal where a key is none, or nobody is named."""
    people = {each["id"]: each for each in _people(now, kind)}
    offices = {each.code: each for each in _offices(now, kind)} if set(keys) - set(people) else {}
    if set(keys) - set(people) - set(offices):
        raise Refusal("invalid", rule=kind.rule.id, errors=(FieldError("to", "unknown"),))
    rows: list[dict[str, Any]] = [
        {"participant_id": key} if key in people else {"to": offices[key]} for key in keys
    ]
    if person and ANYBODY not in kind.to:
        raise Refusal("invalid", rule=kind.rule.id, errors=(FieldError("person", "unknown_field"),))
    rows += [{"addressee": person}] if person else []
    if not rows:
        raise Refusal("evidence_missing", rule=kind.rule.id, errors=(FieldError("to", "required"),))
    if len(rows) > 1 and not kind.several:
        raise Refusal(
            "one_addressee", rule=kind.rule.id, errors=(FieldError("to", "out_of_range"),)
        )
    return rows


def named(now: Facts, row: Mapping[str, Any]) -> dict[str, Any]:
    """What papers call an addressee, in both languages; a party with those through whom papers go
    to him (REP-01)."""
    if office := row.get("to"):
        return {"kk": office.name_kk, "ru": office.name_ru}
    if key := row.get("participant_id"):
        person = next(each for each in people_of(now.thing) if each["id"] == str(key))
        served = through(now.thing, person["id"], law=now.law, on=now.on)
        return {"kk": person["kk"], "ru": person["ru"], **served}
    return {"kk": row["addressee"], "ru": row["addressee"]}


def of_letter(letter: Letter) -> dict[str, str]:
    """What papers call the addressee of a letter."""
    known = letter.to or letter.participant
    if known is None:
        return {"kk": letter.addressee, "ru": letter.addressee}
    return {"kk": known.name("kk"), "ru": known.name("ru")}

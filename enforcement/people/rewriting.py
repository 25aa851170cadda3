"""What an arrival says is written anew: its document, its people, its claims."""

from collections.abc import Mapping
from typing import Any, Final

from accounts.models import Office
from documents.executive_document import DocumentShape, PartyShape
from documents.models import ExecutiveDocument
from enforcement.intake import debts, parties
from enforcement.intake.receiving import KEPT
from enforcement.models import Participant, Presentation, Recovery
from law.refusal import FieldError, Kind, Refusal
from parties.actions import known_party

#: What of a participant his document tells: who he is, and where he lives.
NAMED: Final = (
    *("party", "name_kk", "name_ru", "identifier", "as_written", "missing_reason"),
    *("iban", "workplace", "workplace_city", "property_city", "birth_date"),
)
HOUSED: Final = ("city", "address_kk", "address_ru")


def document(arrival: Presentation, told: DocumentShape, issuer: Office | None) -> None:
    """The columns of the document."""
    values = {name: getattr(told, name) for name in KEPT}
    found = ExecutiveDocument.objects.filter(pk=arrival.document_id)
    found.update(kind=told.type, issuer=issuer, **values)


def person(stood: Participant, told: PartyShape, *names: str) -> None:
    """Put these columns of a claimant or debtor as the document tells him now.

    By what stood he is found as before.
    """
    presentation = stood.presentation
    party = known_party(told, on=presentation.received_on)
    fresh = parties.participant(presentation, stood.role, stood.position, told, party=party)
    parties.remember([stood, fresh], of=fresh.party_id)
    if set(HOUSED) & set(names):
        own = {name: getattr(stood, name) for name in HOUSED}
        typed = stood.party.addresses.filter(since=presentation.received_on, **own)
        typed.update(**{name: getattr(fresh, name) for name in HOUSED})
    for name in names:
        setattr(stood, name, getattr(fresh, name))
    stood.save(update_fields=names)


def claims(arrival: Presentation, told: DocumentShape) -> None:
    """The claims, each the one it was; 409 where something was paid of one already. Who owes them
    is not told anew: a joint debt does not become a shared one."""
    stood = list(arrival.debts.order_by("position", "share"))
    paid = Recovery.objects.filter(debt__claim__in=[each.claim for each in stood], reversal=None)
    if paid.exists():
        raise Refusal("claim_in_use", kind=Kind.STATE)
    owed = debts.all_owed(told)
    if len(owed) != len(stood):
        raise Refusal("invalid", errors=(FieldError("value", "out_of_range"),))
    for debt, each in zip(stood, owed, strict=True):
        columns = debts.claimed(each)
        for name, value in columns.items():
            setattr(debt, name, value)
        debt.save(update_fields=columns)


def as_told(stood: Participant) -> dict[str, Any]:
    """A participant as a document would tell of him, but for where he lives."""
    legal = stood.party.kind == "legal"
    number = "bin" if legal else "iin"
    return {
        "kind": stood.party.kind,
        "name_kk": stood.name_kk,
        "name_ru": stood.name_ru,
        number: stood.identifier,
        f"{number}_as_written": stood.as_written,
        "iin_missing_reason": stood.missing_reason,
        "birth_date": stood.birth_date and stood.birth_date.isoformat(),
        "iban": stood.iban,
        "workplace": stood.workplace,
        "workplace_city": stood.workplace_city,
        "property_city": stood.property_city,
    }


def held_against(stood: Participant) -> Mapping[str, str]:
    """What a person can be put right in, by its name; one name in both languages is one."""
    told = {name: str(value or "") for name, value in as_told(stood).items() if name != "kind"}
    if stood.party.kind == "natural" and stood.name_kk == stood.name_ru:
        told = {"name": stood.name_kk, **told}
    return {**told, "phone": stood.phone, "email": stood.email}

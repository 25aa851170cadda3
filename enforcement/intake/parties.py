"""The parties of an arriving document: found or made, and named as the document names them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from documents.executive_document import DocumentShape, PartyShape
from enforcement.intake.debts import owe
from enforcement.models import Participant, Presentation
from parties.actions import known_names, known_parties
from parties.models import Party, Wording

#: What is told of a party and goes with him; his place and role in the case stay.
OWN: Final = (
    *("name_kk", "name_ru", "identifier", "as_written", "missing_reason", "birth_date", "iban"),
    *("city", "address_kk", "address_ru", "phone", "email"),
    *("workplace", "workplace_city", "property_city"),
)


def take_part(
    presentation: Presentation,
    document: DocumentShape,
    before: Collection[Presentation],
    *,
    on: date,
) -> None:
    """Write the participants and debts of an arrival; `before`: the paper's earlier ones."""
    shapes = [("claimant", n, shape) for n, shape in enumerate(document.claimants)]
    shapes += [("debtor", n, shape) for n, shape in enumerate(document.debtors)]
    parties = known_parties([shape for _role, _n, shape in shapes], on=on)
    made = {
        (role, n): participant(presentation, role, n, shape, party=party)
        for (role, n, shape), party in zip(shapes, parties, strict=True)
    }
    Participant.objects.bulk_create(made.values())
    remember(made.values())
    owe(presentation, document, made, before)


def names(document: DocumentShape) -> dict[str, tuple[str, ...]]:
    """The names under which the numbers of a document's parties came before."""
    return known_names(each.identifier for each in (*document.claimants, *document.debtors))


def remember(people: Iterable[Participant], *, of: UUID | None = None) -> None:
    """Keep what people are called and numbered here, so that a search finds them by it.

    `of`: the party they all are, whoever they were taken for.
    """
    every = [
        Wording.of(
            of or person.party_id,
            person.name_kk,
            person.name_ru,
            number=person.identifier or person.as_written,
        )
        for person in people
    ]
    Wording.objects.bulk_create(every, ignore_conflicts=True)


def participant(
    presentation: Presentation, role: str, position: int, shape: PartyShape, *, party: Party
) -> Participant:
    """A claimant or debtor as a document names him; not stored yet, his party is."""
    return Participant(
        presentation=presentation,
        party=party,
        role=role,
        position=position,
        name_kk=shape.name_kk,
        name_ru=shape.name_ru,
        identifier=shape.identifier,
        as_written=shape.iin_as_written or shape.bin_as_written,
        missing_reason=shape.iin_missing_reason,
        city=shape.city,
        address_kk=shape.address_kk,
        address_ru=shape.address_ru,
        iban=shape.iban,
        workplace=shape.workplace,
        workplace_city=shape.workplace_city,
        property_city=shape.property_city,
        birth_date=shape.birth_date,
    )


def become(person: Participant, party_id: Any, told: Mapping[str, Any]) -> None:
    """Let somebody else stand in a place of the case, with all that is told of him."""
    person.party_id = party_id
    for name in OWN:
        setattr(person, name, told[name])
    person.save(update_fields=["party", *OWN])

"""In whose territory a document is executed. Pure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from documents.executive_document import DocumentShape
from enforcement.remarks import Remark
from law.statute import Statute
from parties.spelling import Place, city_keys, same_place

Territories = Mapping[str, Collection[str]]


def right_office(
    document: DocumentShape, territories: Territories, *, lay_in: str = ""
) -> str | None:
    """The office of another territory where no place of execution lies in this one: of residence,
    work, property or body of a debtor, or of the acts; acts alone are executed where they are to
    be done (PLACE-01..03).

    Unknown cities are not judged; `lay_in`: where the document lay as it was told before, until a
    known place says otherwise.
    """
    lying = _lying(document, territories) or [lay_in]
    # Two offices may share a city: the one the document came to goes first.
    return None if document.office in lying else next(filter(None, lying), None)


def unknown_places(
    document: DocumentShape, territories: Territories, law: Statute, on: date
) -> list[Remark]:
    """The debtors whose places are told and tell nothing of where the document is executed, where
    no other place does."""
    if _lying(document, territories):
        return []
    roles = {"legal": "place_of_body"}
    return [
        Remark(
            code="place_unknown",
            field=f"debtors[{n}].city",
            rule=law.role(roles.get(party.kind, "place_of_person"), on),
        )
        for n, party in enumerate(document.debtors)
        if party.places or party.address_kk or party.address_ru
    ]


def _lying(document: DocumentShape, territories: Territories) -> list[str]:
    """The offices in whose territory a place of execution lies."""
    acts = [debt.act_city for debt in document.debts if debt.act and debt.act_city]
    lying = _offices_of(acts, territories)
    if lying and all(debt.act for debt in document.debts):
        return lying
    homes = [city for party in document.debtors for city in party.places]
    return _offices_of(homes + acts, territories)


def _offices_of(cities: Sequence[str], territories: Territories) -> list[str]:
    """The offices in whose territory these cities lie."""
    places = [place for city in cities for place in city_keys(city)]
    return [code for place in places for code in territories if lies_in(place, territories[code])]


def lies_in(place: Place, cities: Collection[str]) -> bool:
    """Whether a place is one of the cities, each named by its narrowest place."""
    return any(same_place(place, city_keys(city)[0]) for city in cities if city_keys(city))

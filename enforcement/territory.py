"""In whose territory a document is executed. Pure."""

from collections.abc import Collection, Mapping, Sequence

from documents.executive_document import DocumentShape
from parties.spelling import Place, city_keys, same_place


def right_office(document: DocumentShape, territories: Mapping[str, Collection[str]]) -> str | None:
    """The office of another territory where no place of execution lies in this one: of residence,
    work, property or body of a debtor, or of the acts; acts alone are executed where they are to
    be done (PLACE-01..03). Unknown cities are not judged."""
    acts = [debt.act_city for debt in document.debts if debt.act_city]
    lying = _offices_of(acts, territories)
    if not (lying and all(debt.act for debt in document.debts)):
        homes = [city for party in document.debtors for city in party.places]
        lying = _offices_of(homes + acts, territories)
    # Two offices may share a city: the one the document came to goes first.
    return None if document.office in lying else next(iter(lying), None)


def _offices_of(cities: Sequence[str], territories: Mapping[str, Collection[str]]) -> list[str]:
    """The offices in whose territory these cities lie."""
    places = [place for city in cities for place in city_keys(city)]
    return [code for place in places for code in territories if lies_in(place, territories[code])]


def lies_in(place: Place, cities: Collection[str]) -> bool:
    """Whether a place is one of the cities, each named by its narrowest place."""
    return any(same_place(place, city_keys(city)[0]) for city in cities if city_keys(city))

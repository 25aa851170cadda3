"""Find or make a party, and keep its addresses."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from django.db.models import Q

from parties.models import Address, Party


class Described(Protocol):
    """What a document tells of a party (documents.executive_document.PartyShape)."""

    @property
    def kind(self) -> str: ...
    @property
    def name_kk(self) -> str: ...
    @property
    def name_ru(self) -> str: ...
    @property
    def iin(self) -> str: ...
    @property
    def bin(self) -> str: ...
    @property
    def birth_date(self) -> date | None: ...
    @property
    def city(self) -> str: ...
    @property
    def address_kk(self) -> str: ...
    @property
    def address_ru(self) -> str: ...


def known_names(numbers: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The names under which these IIN and BIN first came."""
    asked = sorted(filter(None, set(numbers)))
    found = Party.objects.filter(Q(iin__in=asked) | Q(bin__in=asked)) if asked else []
    return {party.iin or party.bin: (party.name_kk, party.name_ru) for party in found}


def known_party(described: Described, *, on: date) -> Party:
    """The party with this IIN or BIN, or a new one; its address is brought up to `on`.

    The name first seen stays: each participant keeps the name of its own document.
    """
    party = _fresh(described)
    housed = bool(described.city or described.address_kk)
    if described.iin or described.bin:
        numbered = Q(iin=described.iin) if described.iin else Q(bin=described.bin)
        Party.objects.bulk_create([party], ignore_conflicts=True)
        # NO KEY: an arrival that only names the party checks its key at the commit and must not
        # wait.
        known = Party.objects.select_for_update(no_key=True) if housed else Party.objects
        party = known.get(numbered)
    else:
        party.save()
    if housed:
        _move(party, described, on=on)
    return party


def _fresh(described: Described) -> Party:
    return Party(
        kind=described.kind,
        iin=described.iin,
        bin="" if described.iin else described.bin,
        name_kk=described.name_kk,
        name_ru=described.name_ru,
        birth_date=described.birth_date,
    )


def _move(party: Party, described: Described, *, on: date) -> None:
    """Tell that the party lives where a document says, where that differs and is later."""
    known = list(party.addresses.order_by("since", "id"))
    now = next((each for each in known if each.until is None), None)
    new = (described.city, described.address_kk, described.address_ru)
    if now and ((now.city, now.address_kk, now.address_ru) == new or now.since >= on):
        return
    city, kk, ru = new
    move(party, since=on, city=city, address_kk=kk, address_ru=ru, known=known)


def move(
    party: Party,
    *,
    since: date,
    city: str,
    address_kk: str,
    address_ru: str,
    kind: str = "",
    known: Sequence[Address] | None = None,
) -> bool:
    """Put an address among the others by the day since when it holds; whether it is the newest.

    The party is locked by who calls; `known`: his addresses in order, where they were read before.
    """
    every = list(party.addresses.order_by("since", "id")) if known is None else known
    later = next((each for each in every if each.since > since), None)
    if every:
        lasting = Q(until=None) | Q(until__gt=since)
        party.addresses.filter(lasting, since__lte=since).update(until=since)
    Address.objects.create(
        party=party,
        kind=kind,
        city=city,
        address_kk=address_kk,
        address_ru=address_ru,
        since=since,
        until=later.since if later else None,
    )
    return later is None

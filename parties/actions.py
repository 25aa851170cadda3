"""Find or make a party, and keep its addresses."""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from datetime import date
from typing import Protocol
from uuid import UUID

from django.db.models import Q, QuerySet

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
    """The party with this IIN or BIN, or a new one; its address is brought up to `on`."""
    [party] = known_parties([described], on=on)
    return party


def known_parties(described: Sequence[Described], *, on: date) -> list[Party]:
    """The parties with these IIN and BIN, or new ones; their addresses are brought up to `on`.

    The name first seen stays: each participant keeps the name of its own document.
    """
    fresh = [_fresh(each) for each in described]
    # In the order of numbers, so that two arrivals never wait for each other's parties.
    Party.objects.bulk_create(sorted(fresh, key=_number), ignore_conflicts=True)
    numbers = {_number(party) for party in fresh} - {("", "")}
    housed = {_number(party) for party, each in zip(fresh, described, strict=True) if _housed(each)}
    # NO KEY: an arrival that only names the party checks its key at the commit and must not wait.
    known = _numbered(Party.objects.select_for_update(no_key=True), numbers & housed)
    known |= _numbered(Party.objects.all(), numbers - housed)
    found = [known.get(_number(party), party) for party in fresh]
    told = [pair for pair in zip(found, described, strict=True) if _housed(pair[1])]
    before = _addresses({party.pk for party, _told in told} - {party.pk for party in fresh})
    _move(told, before, on=on)
    return found


def _number(party: Party) -> tuple[str, str]:
    """By what a party is known."""
    return party.iin, party.bin


def _housed(described: Described) -> bool:
    return bool(described.city or described.address_kk)


def _numbered(rows: QuerySet[Party], numbers: Set[tuple[str, str]]) -> dict[tuple[str, str], Party]:
    """The parties with these IIN and BIN, read in the order of numbers."""
    if not numbers:
        return {}
    iins, bins = (sorted(filter(None, each)) for each in zip(*numbers, strict=True))
    found = rows.filter(Q(iin__in=iins) | Q(bin__in=bins)).order_by("iin", "bin")
    return {_number(party): party for party in found}


def _addresses(parties: Set[UUID]) -> dict[UUID, list[Address]]:
    """Their addresses, each one's in order."""
    found: dict[UUID, list[Address]] = defaultdict(list)
    if parties:
        for each in Address.objects.filter(party__in=parties).order_by("since", "id"):
            found[each.party_id].append(each)
    return found


def _fresh(described: Described) -> Party:
    return Party(
        kind=described.kind,
        iin=described.iin,
        bin="" if described.iin else described.bin,
        name_kk=described.name_kk,
        name_ru=described.name_ru,
        birth_date=described.birth_date,
    )


def _move(
    told: Iterable[tuple[Party, Described]], before: dict[UUID, list[Address]], *, on: date
) -> None:
    """Tell that each lives where a document says, where that differs from `before` and is later."""
    first = []
    for party, described in told:
        known = before.setdefault(party.pk, [])
        now = next((each for each in known if each.until is None), None)
        new = (described.city, described.address_kk, described.address_ru)
        if now and ((now.city, now.address_kk, now.address_ru) == new or now.since >= on):
            continue
        columns = dict(zip(("city", "address_kk", "address_ru"), new, strict=True))
        if known:
            move(party, since=on, known=known, **columns)
        else:
            known.append(Address(party=party, since=on, **columns))
            first += known
    Address.objects.bulk_create(first)


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

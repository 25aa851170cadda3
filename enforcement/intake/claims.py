"""Which claims of an arrival are claims of earlier arrivals of the same decision. Pure.

A claim is known by who owes whom what, never by its place in the paper: what was paid of it stays
paid however the paper orders its debts, whether one sum is told as two, in parts, by a duplicate,
or in a writ of its own for each joint debtor. Where that cannot be known, it is told.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Self
from uuid import UUID, uuid4

Person = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Named:
    """A claim as a paper names it: people by number and folded name, a sum or what else is owed."""

    claimant: Person | None
    debtors: frozenset[Person]
    joint: bool
    amount: Decimal | None
    #: The act, or the kind and first day of payments that come again.
    what: tuple[Hashable, ...]
    #: Which part of the decision the paper is, by its key; of a paper on the whole, empty.
    part: str


@dataclass(frozen=True, slots=True)
class Known:
    """A claim of an earlier arrival."""

    named: Named
    claim: UUID
    merged: tuple[UUID, ...] = ()
    #: What came for it, in tenge.
    paid: Decimal = Decimal(0)
    #: What courts added to it by indexation, in tenge.
    added: Decimal = Decimal(0)
    #: By which day what its payments owed was out of time.
    late_by: date | None = None
    #: Whether it was out of time as a whole.
    late: bool = False
    #: Whether only a second copy told of it, which stands for nothing itself.
    copied: bool = False

    def with_piece(self, other: Self) -> Self:
        """The claim whole, of which the same arrival tells another piece."""
        whole = _total((self.named, other.named))
        return replace(self, named=replace(self.named, amount=whole))


@dataclass(slots=True)
class Identity:
    """What a claim is: a claim of its own, or an earlier one; with those it names together."""

    claim: UUID = field(default_factory=uuid4)
    merged: tuple[UUID, ...] = ()


Key = Callable[[Named], Hashable]


def _people(named: Named, by: int) -> tuple[Hashable, frozenset[Hashable]]:
    """Claimant and debtors, by their numbers (0) or their names (1)."""
    claimant = named.claimant and (named.claimant[by] or named.claimant[1])
    return claimant, frozenset(person[by] or person[1] for person in named.debtors)


def _alike(by: int) -> Key:
    return lambda named: (*_people(named, by), named.joint, named.amount, named.what)


def _joint(by: int) -> Key:
    """A joint claim, whoever of those that owe it the paper names."""
    return lambda named: (_people(named, by)[0], named.amount, named.what)


def _sums(by: int) -> Key:
    """The sums between the same people."""
    return lambda named: (*_people(named, by), named.joint)


def identities(new: Sequence[Named], known: Iterable[Known]) -> list[Identity]:
    """What each new claim is, given the earlier ones, the oldest first.

    Equal claims are told apart by nothing and are taken in order.
    """
    found, _left = _told_apart(new, _last(known))
    return [found.get(place) or Identity() for place in range(len(new))]


def doubtful(new: Sequence[Named], known: Iterable[Known]) -> list[int]:
    """The places of claims of which something may have been paid that is not counted to them.

    An earlier claim on which something was paid is none of the new ones; what is new, or equal to
    it and paid less, can be it.
    """
    last = _last(known)
    found, left = _told_apart(new, last)
    paid = {each.claim: each.paid for each in last}
    return [
        place
        for place, named in enumerate(new)
        if any(_can_be(named, other, found.get(place), paid) for other in left)
    ]


def late_before(new: Sequence[Named], known: Iterable[Known]) -> dict[int, date]:
    """Place -> by which day what the claim's payments owed was out of time when it came before."""
    last = _last(known)
    found, _left = _told_apart(new, last)
    late = {each.claim: each.late_by for each in last}
    days = ((place, late.get(identity.claim)) for place, identity in found.items())
    return {place: day for place, day in days if day}


def over_before(new: Sequence[Named], known: Iterable[Known]) -> list[int]:
    """The places of claims that were out of time when they came before."""
    last = _last(known)
    found, _left = _told_apart(new, last)
    late = {each.claim for each in last if each.late}
    return [place for place, identity in found.items() if late & {identity.claim, *identity.merged}]


def all_paid(new: Sequence[Named], known: Iterable[Known]) -> bool:
    """Whether every new claim is a sum of earlier claims, and what came for them covers it."""
    last = _last(known)
    found, _left = _told_apart(new, last)
    if not new or len(found) < len(new) or any(named.amount is None for named in new):
        return False
    paid = {each.claim: each.paid for each in last}
    groups: dict[frozenset[UUID], list[Named]] = {}
    for place, identity in found.items():
        groups.setdefault(frozenset((identity.claim, *identity.merged)), []).append(new[place])
    came = {group: sum(paid.get(claim, Decimal(0)) for claim in group) for group in groups}
    added = {each.claim: each.added for each in last}
    more = {group: sum(added.get(claim, Decimal(0)) for claim in group) for group in groups}
    return all(came[group] >= _total(named) + more[group] for group, named in groups.items())


def strange(new: Sequence[Named], known: Iterable[Known]) -> bool:
    """Whether a new claim is not for sure an earlier one: it may be a writ of its own on the same
    decision, or the same claim told otherwise.

    A joint claim is the same one, but who owes it and was never named is another debtor.
    """
    last = _last(each for each in known if not each.copied)
    found, _left = _told_apart(new, last)
    named = {each.claim: each.named for each in last}
    return any(
        place not in found or not _named_before(each, named[found[place].claim])
        for place, each in enumerate(new)
    )


def in_another_part(new: Sequence[Named], known: Iterable[Known]) -> list[int]:
    """The places of claims that an earlier part of the decision told as its own: the same people,
    and the same sum however it was divided into claims, or the same act or payments."""
    told = _last(each for each in known if each.named.part and not each.copied)
    before: dict[str, list[Named]] = {}
    for each in told:
        before.setdefault(each.named.part, []).append(each.named)
    others = [named for part, named in before.items() if any(part != n.part for n in new)]
    return [
        place
        for place, named in enumerate(new)
        if named.part and any(_claimed_by(other, named, new) for other in others)
    ]


def _claimed_by(other: Sequence[Named], named: Named, new: Sequence[Named]) -> bool:
    """Whether another part claims this too, or the same sum between the same people in all."""
    for by in (0, 1):
        if any(_alike(by)(named) == _alike(by)(each) for each in other):
            return True
        whole = _sum_between(named, other, by)
        if named.amount and whole and whole == _sum_between(named, new, by):
            return True
    return False


def _sum_between(named: Named, claims: Sequence[Named], by: int) -> Decimal:
    """All sums among these claims between the people of one."""
    key = _sums(by)
    return _total(each for each in claims if key(each) == key(named))


def _named_before(named: Named, earlier: Named) -> bool:
    """Whether everybody who owes a claim owed it before."""
    return any(_people(named, by)[1] <= _people(earlier, by)[1] for by in (0, 1))


def _can_be(
    named: Named, other: Known, known_as: Identity | None, paid: Mapping[UUID, Decimal]
) -> bool:
    """Whether a new claim can be an earlier one that none of them was taken for."""
    if not other.paid or not _same_part(named, other.named):
        return False
    if known_as is None:
        return True
    same = any(key(named) == key(other.named) for key in (_alike(0), _alike(1)))
    return same and paid[known_as.claim] < other.paid


def _last(known: Iterable[Known]) -> list[Known]:
    """Each earlier claim once, as it was told last."""
    last: dict[UUID, Known] = {}
    for each in known:
        for gone in (each.claim, *each.merged):
            last.pop(gone, None)
        last[each.claim] = each
    return list(last.values())


def _told_apart(
    new: Sequence[Named], last: Sequence[Known]
) -> tuple[dict[int, Identity], list[Known]]:
    """Which new claims, by their place, are which earlier ones, and the earlier ones left."""
    found: dict[int, Identity] = {}
    left = list(last)
    for by in (0, 1):
        _match(new, left, found, _alike(by), _same_part)
    for by in (0, 1):
        _match(new, left, found, _joint(by), _both_joint)
    for by in (0, 1):
        _regroup(new, left, found, _sums(by))
    return found, left


def _same_part(one: Named, other: Named) -> bool:
    """Whether a part is not another one; of a paper that names none it can be any."""
    return one.part == other.part or not (one.part and other.part)


def _both_joint(one: Named, other: Named) -> bool:
    return one.joint and other.joint


def _match(
    new: Sequence[Named],
    left: list[Known],
    found: dict[int, Identity],
    key: Key,
    fits: Callable[[Named, Named], bool],
) -> None:
    """Take each new claim for the first earlier one of the same key."""
    for place, named in enumerate(new):
        if place in found:
            continue
        same = (o for o in left if key(o.named) == key(named) and fits(o.named, named))
        if (other := next(same, None)) is not None:
            left.remove(other)
            found[place] = Identity(other.claim, other.merged)


def _regroup(new: Sequence[Named], left: list[Known], found: dict[int, Identity], key: Key) -> None:
    """Sums between the same people that are together what they were: the same claims, told in
    other pieces."""
    free = [place for place in range(len(new)) if place not in found and new[place].amount]
    for group in dict.fromkeys(key(new[place]) for place in free):
        places = [place for place in free if key(new[place]) == group]
        old = [o for o in left if o.named.amount and key(o.named) == group]
        old = [o for o in old if all(_same_part(o.named, new[place]) for place in places)]
        if not old or _total(new[place] for place in places) != _total(o.named for o in old):
            continue
        first, *others = old
        together = (*first.merged, *(c for o in others for c in (o.claim, *o.merged)))
        for place in places:
            found[place] = Identity(first.claim, together)
        for each in old:
            left.remove(each)


def _total(named: Iterable[Named]) -> Decimal:
    return sum((each.amount for each in named if each.amount is not None), Decimal(0))

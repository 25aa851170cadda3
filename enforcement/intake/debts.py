"""The debts of an arriving document: each what it was before, or a claim of its own."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from documents.executive_document import DebtShape, DocumentShape, PartyShape
from documents.shares import parts
from enforcement.facts.balance import standing
from enforcement.facts.paid import added_to_claim, paid_of_claim
from enforcement.facts.successors import NOBODY, Person, Places
from enforcement.intake.claims import (
    Identity,
    Known,
    Named,
    all_paid,
    doubtful,
    identities,
    in_another_part,
    late_before,
    over_before,
    strange,
)
from enforcement.limitation import is_late, late_by
from enforcement.models import Debt, Participant, Presentation
from enforcement.verdict import ALREADY_RECEIVED
from law.refusal import Kind, Refusal
from parties.spelling import part_key

#: The people of an arrival by role and place.
Made = Mapping[tuple[str, int], Participant]
#: The same, as the paper names them.
People = Mapping[tuple[str, int], Participant | PartyShape]


def owe(
    presentation: Presentation,
    document: DocumentShape,
    made: Made,
    before: Collection[Presentation],
) -> None:
    """Write the debts of an arrival; `before`: the paper's earlier ones, whose claims they are."""
    owed, places = all_owed(document), Places.of(before)
    new = [_named(made, each, presentation.document.part, places) for each in owed]
    methods = _methods(before)
    for each, identity in zip(owed, identities(new, _known(before, places)), strict=True):
        _owe(presentation, each, made, identity, methods.get(identity.claim, ""))


def _methods(before: Collection[Presentation]) -> dict[UUID, str]:
    """The methods of execution that courts set for claims of earlier arrivals (COURT-DEFER-01)."""
    told = Debt.objects.filter(presentation__in=before).exclude(method="")
    return dict(told.order_by("presentation__ordinal").values_list("claim", "method"))


@dataclass(frozen=True, slots=True)
class PaidBefore:
    """What is known of a paper's claims by its earlier arrivals: whether all of them were paid in
    full; the debts that may be paid claims though they cannot be known again, so that it is not
    counted; by which day the payments of a debt were out of time, which debts were so as a whole;
    the debts that another part of the decision claims too; whether a claim is not for sure an
    earlier one."""

    in_full: bool = False
    in_doubt: tuple[int, ...] = ()
    late: Mapping[int, date] = field(default_factory=dict)
    late_claims: tuple[int, ...] = ()
    in_another_part: tuple[int, ...] = ()
    strange: bool = False


def paid_before(document: DocumentShape, before: Collection[Presentation]) -> PaidBefore:
    """What was paid before of the claims of a paper that arrives."""
    if not before:
        return PaidBefore()
    places = Places.of(before)
    known, owed, named = _known(before, places), all_owed(document), claims_of(document, places)
    money = (owed[place] for place in doubtful(named, known) if not owed[place].shape.act)
    in_doubt = tuple(dict.fromkeys(each.position for each in money))
    late = {owed[place].position: day for place, day in late_before(named, known).items()}
    twice = positions_of(document, in_another_part(named, known))
    unsure = strange(named, known) if named else _names_others(document, before, places)
    over = positions_of(document, over_before(named, known))
    return PaidBefore(all_paid(named, known), in_doubt, late, over, twice, unsure)


def positions_of(document: DocumentShape, places: Iterable[int]) -> tuple[int, ...]:
    """The debts of a paper in which these claims stand."""
    owed = all_owed(document)
    return tuple(dict.fromkeys(owed[place].position for place in places))


def identify_anew(
    presentation: Presentation, document: DocumentShape, others: Collection[Presentation]
) -> set[UUID]:
    """Take the claims of an arrival for what they are now that its paper is told otherwise, given
    the paper's `others`; all that they were and are. 409 where money came on one that becomes
    another, since it would count for others unseen."""
    people = {(each.role, each.position): each for each in presentation.participants.all()}
    places = Places.of(others)
    known = _known(others, places)
    new = [_named(people, each, document.part, places) for each in all_owed(document)]
    earlier = {each.claim for each in known}
    stood, touched = list(presentation.debts.order_by("position", "share")), set[UUID]()
    for debt, found in zip(stood, identities(new, known), strict=True):
        if found.claim not in earlier and not _shared(debt):
            found.claim = debt.claim
        was, becomes = (debt.claim, debt.merged), (found.claim, list(found.merged))
        if was == becomes:
            continue
        if standing().filter(debt=debt).exists():
            raise Refusal("claim_in_use", kind=Kind.STATE)
        debt.claim, debt.merged = becomes
        debt.save(update_fields=["claim", "merged"])
        touched |= {was[0], *was[1], becomes[0], *becomes[1]}
    return touched


def _shared(debt: Debt) -> bool:
    """Whether a debt of another arrival is the same claim."""
    same = Debt.objects.filter(Q(claim=debt.claim) | Q(merged__contains=[debt.claim]))
    return same.exclude(presentation=debt.presentation_id).exists()


def claims_of(document: DocumentShape, places: Places = NOBODY) -> list[Named]:
    """The claims of a paper as it names them, in the order in which they are kept; who was
    succeeded is who came in his place."""
    parties = (("claimant", document.claimants), ("debtor", document.debtors))
    people = {(role, n): each for role, rows in parties for n, each in enumerate(rows)}
    return [_named(people, each, document.part, places) for each in all_owed(document)]


def _names_others(
    document: DocumentShape, before: Collection[Presentation], places: Places
) -> bool:
    """Whether a paper that claims nothing names a debtor its earlier arrivals did not."""
    known = Participant.objects.filter(presentation__in=before, role="debtor")
    told = {each for person in known for each in places.person("debtor", person) if each}
    return any(told.isdisjoint(places.person("debtor", each)) for each in document.debtors)


@dataclass(frozen=True, slots=True)
class Owed:
    """A debt of the paper, or one debtor's share of it."""

    position: int
    shape: DebtShape
    debtors: tuple[int, ...]
    amount: Decimal | None
    monthly: Decimal | None
    share: int = 0
    shared: Decimal | None = None


def all_owed(document: DocumentShape) -> list[Owed]:
    """The debts as they are kept, in order."""
    return [each for n, debt in enumerate(document.debts) for each in _owed(n, debt)]


def _owed(position: int, debt: DebtShape) -> Iterator[Owed]:
    """A joint debt and an act as one; what several owe otherwise as a share of each."""
    monthly = debt.periodic.amount if debt.periodic else None
    if not debt.divided:
        yield Owed(position, debt, debt.debtors, debt.amount, monthly)
        return
    among = len(debt.debtors)
    sums = [whole and parts(whole, debt.shares, among) for whole in (debt.amount, monthly)]
    for n, debtor in enumerate(debt.debtors):
        amount, month = (each[n] if each else None for each in sums)
        yield Owed(position, debt, (debtor,), amount, month, n, debt.amount or monthly)


def _claimant(participant: Participant | PartyShape | None, places: Places) -> Person | None:
    return places.person("claimant", participant) if participant else None


def _debtors(people: Iterable[Participant | PartyShape], places: Places) -> frozenset[Person]:
    return frozenset(places.person("debtor", each) for each in people)


def _what(act: str, words: str, kind: str, since: date | None) -> tuple[Any, ...]:
    return (act, words) if act else (kind, since)


def _named(made: People, owed: Owed, part: str, places: Places) -> Named:
    """A claim as the arriving paper names it."""
    shape, periodic = owed.shape, owed.shape.periodic
    since = periodic.since if periodic else None
    return Named(
        claimant=_claimant(made.get(("claimant", shape.claimant)), places),
        debtors=_debtors((made["debtor", n] for n in owed.debtors), places),
        joint=shape.joint,
        amount=owed.amount,
        what=_what(shape.act, shape.act_text, periodic.kind if periodic else "", since),
        part=part_key(part),
    )


def _known(before: Collection[Presentation], places: Places) -> list[Known]:
    """The claims of the paper's earlier arrivals, in whatever office, the oldest first."""
    if not before:
        return []
    rows = Debt.objects.filter(presentation__in=before).prefetch_related("debtors")
    rows = rows.select_related("claimant", "presentation__document")
    order = ("presentation__received_on", "presentation__ordinal", "position", "share")
    found: dict[tuple[Any, UUID], Known] = {}
    for debt in rows.annotate(came=paid_of_claim(), added=added_to_claim()).order_by(*order):
        key, known = (debt.presentation_id, debt.claim), _known_as(debt, places)
        found[key] = found[key].with_piece(known) if key in found else known
    return list(found.values())


def _known_as(debt: Any, places: Places) -> Known:
    named = Named(
        claimant=_claimant(debt.claimant, places),
        debtors=_debtors(debt.debtors.all(), places),
        joint=debt.joint,
        amount=debt.amount,
        what=_what(debt.act, debt.act_text, debt.periodic_kind, debt.periodic_since),
        part=part_key(debt.presentation.document.part),
    )
    verdict = debt.presentation.verdict
    late, copied = late_by(verdict, debt.position), verdict["verdict"] == ALREADY_RECEIVED
    over = is_late(verdict, debt.position)
    return Known(named, debt.claim, tuple(debt.merged), debt.came, debt.added, late, over, copied)


def _owe(
    presentation: Presentation, owed: Owed, made: Made, identity: Identity, method: str
) -> None:
    debt = Debt.objects.create(
        presentation=presentation,
        method=method,
        position=owed.position,
        claim=identity.claim,
        merged=list(identity.merged),
        claimant=made.get(("claimant", owed.shape.claimant)),
        **claimed(owed),
    )
    debt.debtors.add(*(made["debtor", index] for index in owed.debtors))


def claimed(owed: Owed) -> dict[str, Any]:
    """What is claimed, by the columns of a debt."""
    shape, periodic = owed.shape, owed.shape.periodic
    return {
        "share": owed.share,
        "shared": owed.shared,
        "joint": shape.joint,
        "amount": owed.amount,
        "act": shape.act,
        "act_text": shape.act_text,
        "act_city": shape.act_city,
        "periodic_kind": periodic.kind if periodic else "",
        "periodic_share": periodic.share if periodic else "",
        "periodic_since": periodic.since if periodic else None,
        "periodic_until": periodic.until if periodic else None,
        "periodic_amount": owed.monthly,
        "periodic_day": periodic.day if periodic else None,
    }

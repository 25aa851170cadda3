"""A document moves with its debtor: sent to the bailiff of the new residence, accepted there."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from accounts.queries import bailiff_offices, offices_of
from documents.models import ExecutiveDocument
from enforcement.carrying import history
from enforcement.core import papers
from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Line
from enforcement.core.checks import refuse_unknown_step
from enforcement.core.facts import Facts
from enforcement.core.fields import Asked, Day, Option, Text, Thing
from enforcement.core.parsing import BLANK
from enforcement.core.roles import BAILIFFS
from enforcement.core.step import on_case
from enforcement.core.verb import verb
from enforcement.core.words import reading
from enforcement.endings import close
from enforcement.facts.proceeding import Running
from enforcement.facts.queries import running
from enforcement.intake.continuing import Same, carry
from enforcement.intake.receiving import open_case, record_arrival
from enforcement.lifecycle.measure import SERVED
from enforcement.models import Case, Debt, Participant, Presentation, Proceeding, Transfer
from enforcement.territory import lies_in
from enforcement.verdict import returns_under
from journal import actions as journal
from journal.models import Entry
from law.refusal import Fact, FieldError, Kind, Refusal
from law.statute import statute
from parties.actions import move
from parties.models import Party
from parties.spelling import city_keys, same_place

KEPT: Final = (
    *("party_id", "role", "name_kk", "name_ru", "identifier", "as_written", "missing_reason"),
    *("city", "address_kk", "address_ru", "iban", "workplace", "birth_date", "phone", "email"),
    *("workplace_city", "property_city"),
)


#: What lies where the debtor lived or kept it.
ON_THE_SPOT: Final = frozenset({"movable_property", "real_estate", "money"})


def _offices(now: Facts, option: Option | None) -> Iterator[tuple[Office, str]]:
    """The bailiffs' offices but the case's own."""
    for office in bailiff_offices():
        if office.pk != now.thing.case.office_id:
            yield office, office.name(reading())


#: What a debt keeps on its way.
OWED: Final = (
    *("claim", "merged", "position", "method", "amount", "joint", "shared", "share"),
    *("act", "act_text", "act_city"),
    *("periodic_kind", "periodic_share", "periodic_since", "periodic_until", "periodic_amount"),
    "periodic_day",
)


def _something_left(now: Facts) -> Refusal | None:
    """What was listed on the spot, and is still arrested, can be recovered here."""
    left = {each.target for each in now.running.live if each.state == SERVED} & ON_THE_SPOT
    if not left or not now.running.inventoried:
        return None
    fact = Fact("secured", ", ".join(sorted(left)), "-")
    return Refusal("something_left", rule=now.law.role("transfer_term"), facts=(fact,))


def _lying_there(now: Facts, given: Asked) -> str:
    """Some place of the office that is meant."""
    return next(iter(given["office"].territory), BLANK)


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="forward",
    asks=(
        Thing(
            "office",
            label=_("To the office"),
            among=_offices,
            key=lambda office: str(office.code),
        ),
        Text(
            "address",
            label=_("New address of the debtor"),
            hint=_("With the city or settlement."),
            sample=_lying_there,
        ),
        Text("act_text", label=_("Act: number, date, what it states")),
        Day(
            "act_on",
            label=_("Day of the act that nothing is left here"),
            hint=_("Empty: the day of this record. The three days run from it."),
            required=False,
            least=lambda now, given: now.thing.initiated_on,
            most=lambda now, given: now.on,
            rule="transfer_term",
        ),
    ),
    writes=(Line("transferred"),),
    issues=("transfer",),
    unless=_something_left,
    ends=True,
)
def transfer(
    act: Act[Proceeding],
    *,
    office: Office,
    address: str,
    act_text: str,
    act_on: date | None = None,
) -> Entry:
    """Send the document to the bailiff of the debtor's new residence, with the act that nothing
    is left to recover here, from whose day the three days run (TERM-TRANSFER-3D).

    The other office accepts it there, with the address and the history.
    """
    if office.kind != Office.Kind.BAILIFF or office.pk == act.case.office_id:
        raise Refusal("invalid", errors=(FieldError("office", "unknown"),))
    _refuse_elsewhere(act, office, address)
    told = {**papers.kept_secured(act), "evidence": {"act": act_text}}
    both = {"kk": office.name_kk, "ru": office.name_ru}
    act.issue("transfer", {**told, "right_office": both, "new_address": address})
    carried = history(act)
    drawn_up = {"drawn_up": True, "act_on": str(act_on or act.on)}
    entry = close(act, "transferred", office=office.code, **drawn_up)
    Transfer.objects.create(
        proceeding=act.subject, to=office, sent_on=act.on, address=address, carried=carried
    )
    keep_evidence(entry, {"address": address, "act": act_text})
    return entry


def _refuse_elsewhere(act: Act[Proceeding], office: Office, address: str) -> None:
    """422 unless a place of execution lies in the office's territory: where the debtor lives now,
    works, has property, or where the act is to be done (PLACE-01..03, TERM-TRANSFER-3D)."""
    if not office.territory:
        return
    debtor = act.subject.debtor
    works = debtor.workplace_city if act.running.person != Party.Kind.LEGAL else ""
    told = [address, works, *debtor.property_city.split(",")]
    acts = debtor.debts.exclude(act="").values_list("act_city", flat=True)
    # The acts are asked for only where nothing else lies there.
    if _lies(told, office) or _lies(acts, office):
        return
    raise Refusal(
        "other_territory",
        rule=act.law.role("transfer_term"),
        facts=(Fact("city", address, ", ".join(office.territory)),),
        errors=(FieldError("office", "other_territory"),),
    )


def _lies(cities: Iterable[str], office: Office) -> bool:
    """Whether one of these places lies in the office's territory."""
    return any(lies_in(place, office.territory) for city in cities for place in city_keys(city))


def told_of(person: Participant) -> dict[str, str]:
    """What the form holds of a debtor who moved: where he is found now (DUTY-ADDR-01)."""
    place = filter(None, (person.city, person.address(reading())))
    return {"address": ", ".join(place)}


def incoming(user: User, *, on: date) -> list[Transfer]:
    """The documents on their way to the user's offices, oldest first."""
    offices = offices_of(user, accept_transfer.card.by, on=on)
    waiting = Transfer.objects.filter(accepted=None, to__in=offices).select_related(
        "proceeding__case__office", "proceeding__case__stream", "proceeding__debtor", "to"
    )
    return list(waiting.order_by("sent_on", "id"))


def on_its_way(case: Case) -> Transfer:
    """The document of a case that nobody accepted yet; 409 where there is none."""
    law = statute(case.stream.rule_set)
    refuse_unknown_step(accept_transfer, law)
    sent = Transfer.objects.filter(proceeding__case=case, accepted=None).order_by("sent_on", "id")
    found = sent.first()
    if found is None:
        raise Refusal("nothing_there", kind=Kind.STATE, rule=law.role("transfer_term"))
    return found


@verb(on=Transfer, by=BAILIFFS, writes=(Line("transfer_accepted"),), listed=False)
def accept_transfer(sent: Transfer, *, on: date, by: User) -> Presentation:
    """Open a case on the transferred document in the office it was sent to (PLACE-01).

    It arrives with the debtor it concerns, at his new address, and his unpaid debts; both journals
    tell it.
    """
    held = Case.objects.select_for_update(of=("self",)).select_related("office", "stream")
    case = held.get(pk=sent.proceeding.case_id)
    known = ("proceeding__presentation__document", "proceeding__debtor", "to")
    read = Transfer.objects.select_related(*known).annotate(running=running("proceeding__"))
    sent = read.get(pk=sent.pk)
    sent.proceeding.case = case
    with on_case(accept_transfer, case, office_id=sent.to_id, on=on, by=by) as law:
        if sent.accepted_id:
            rule = law.role("transfer_term")
            raise Refusal("already_accepted", kind=Kind.STATE, rule=rule)
        arrival, same = _arrive(sent, open_case(sent.to, law, on=on), on=on, by=by)
        sent.accepted = arrival
        sent.save(update_fields=["accepted"])
        body = {"office": sent.to.code}
        journal.record(case.stream, "transfer_accepted", on=on, by=by, body=body)
        record_arrival(arrival, on=on, by=by)
        carry(arrival, same, on=on, by=by)
        return arrival


def _arrive(sent: Transfer, case: Case, *, on: date, by: User) -> tuple[Presentation, Same]:
    before = sent.proceeding.presentation
    # The presentation term was met at the first office: it is not asked again.
    verdict = {k: v for k, v in before.verdict.items() if not k.startswith("presentation_")}
    values = {
        field.attname: getattr(before.document, field.attname)
        for field in ExecutiveDocument._meta.concrete_fields
        if field.attname != "id"
    }
    # With the transfer's own number, so that no paper of the other office bears it already.
    ref = f"{sent.proceeding.case.label}/{sent.proceeding.ordinal}/{sent.pk}"
    arrival = Presentation.objects.create(
        case=case,
        office=sent.to,
        ordinal=1,
        document=ExecutiveDocument.objects.create(**values),
        received_on=on,
        received_by=by,
        source_id=before.office_id,
        ref=ref,
        digest=before.digest,
        verdict={**verdict, "proceedings": 1, "returns_under": returns_under(before.verdict)},
    )
    return arrival, _people_and_debts(sent, arrival)


def _people_and_debts(sent: Transfer, arrival: Presentation) -> Same:
    """The claimants and this debtor with his debts; a joint claim stays one with the old office."""
    moving = sent.proceeding.debtor
    claimants = list(sent.proceeding.presentation.participants.filter(role="claimant"))
    new = {old.pk: _copy(old, arrival, old.position) for old in claimants}
    new[moving.pk] = debtor = _copy(moving, arrival, 0)
    if sent.address:
        _settle(debtor, sent)
    Participant.objects.bulk_create(new.values())
    told: Any = sent
    claims = Running.of(told.running).claims
    owed = {claim.id for claim in claims if claim.owed_on(sent.sent_on)}
    for debt in moving.debts.order_by("position", "share"):
        if str(debt.pk) not in owed:
            continue
        kept = {name: getattr(debt, name) for name in OWED}
        claimant = new.get(debt.claimant_id) if debt.claimant_id else None
        moved = Debt.objects.create(presentation=arrival, claimant=claimant, **kept)
        moved.debtors.add(debtor)
    return [(old, new[old.pk]) for old in (*claimants, moving)]


def _settle(debtor: Participant, sent: Transfer) -> None:
    """The debtor lives where the act says since the document was sent."""
    named = city_keys(sent.address)
    cities = (
        city
        for city in sent.to.territory
        if any(same_place(one, other) for one in named for other in city_keys(city))
    )
    city, place = next(cities, ""), sent.address[:300]
    debtor.city, debtor.address_kk, debtor.address_ru = city, place, place
    party = Party.objects.select_for_update(no_key=True).get(pk=debtor.party_id)
    move(party, since=sent.sent_on, city=city, address_kk=place, address_ru=place)


def _copy(person: Participant, arrival: Presentation, position: int) -> Participant:
    values = {name: getattr(person, name) for name in KEPT}
    return Participant(presentation=arrival, position=position, **values)

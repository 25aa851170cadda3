"""A document that moved with its debtor is accepted by the bailiff of the new residence."""

from datetime import date

from django.db import transaction

from accounts.models import User
from accounts.queries import offices_of
from documents.models import ExecutiveDocument
from enforcement.actions import intake, money
from enforcement.models import Case, Debt, Participant, Presentation, Transfer
from enforcement.permissions import PERMISSIONS
from enforcement.steps import allow
from enforcement.verdict import returns_under
from journal import actions as journal
from law.refusal import Kind, Refusal
from law.statute import statute

RULE = "TERM-TRANSFER-3D"
KEPT = ("party_id", "role", "name_kk", "name_ru", "identifier", "as_written", "missing_reason")
KEPT += ("city", "address_kk", "address_ru", "iban", "workplace", "birth_date")


def incoming(user: User, *, on: date) -> list[Transfer]:
    """The documents on their way to the user's offices, oldest first."""
    offices = offices_of(user, PERMISSIONS["accept_transfer"], on=on)
    waiting = Transfer.objects.filter(accepted=None, to__in=offices).select_related(
        "proceeding__case__office", "proceeding__debtor", "to"
    )
    return list(waiting.order_by("sent_on", "id"))


def on_its_way(case: Case) -> Transfer:
    """The document of a case that nobody accepted yet; 409 where there is none."""
    sent = Transfer.objects.filter(proceeding__case=case, accepted=None).order_by("sent_on", "id")
    found = sent.first()
    if found is None:
        raise Refusal("nothing_there", kind=Kind.STATE, rule=RULE)
    return found


@transaction.atomic
def accept_transfer(sent: Transfer, *, on: date, by: User) -> Presentation:
    """Open a case on the transferred document in the office it was sent to (PLACE-01).

    It arrives with the debtor it concerns and his unpaid debts; both journals tell it.
    """
    held = Case.objects.select_for_update(of=("self",)).select_related("office", "stream")
    case = held.get(pk=sent.proceeding.case_id)
    known = ("proceeding__presentation__document", "proceeding__debtor", "to")
    sent = Transfer.objects.select_related(*known).get(pk=sent.pk)
    sent.proceeding.case = case
    allow("accept_transfer", by=by, office_id=sent.to_id, rule=RULE, on=on)
    if sent.accepted_id or on < sent.sent_on:
        raise Refusal("already_accepted", kind=Kind.STATE, rule=RULE)
    law = statute(case.stream.rule_set)
    arrival = _arrive(sent, intake.open_case(sent.to, law, on=on), on=on, by=by)
    sent.accepted = arrival
    sent.save(update_fields=["accepted"])
    body = {"office": sent.to.code}
    journal.record(case.stream, "transfer_accepted", on=max(on, sent.sent_on), by=by, body=body)
    intake.tell(arrival, on=on, by=by)
    return arrival


def _arrive(sent: Transfer, case: Case, *, on: date, by: User) -> Presentation:
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
    _people_and_debts(sent, arrival)
    return arrival


def _people_and_debts(sent: Transfer, arrival: Presentation) -> None:
    """The claimants and this debtor with his debts; a joint claim stays one with the old office."""
    moving = sent.proceeding.debtor
    claimants = sent.proceeding.presentation.participants.filter(role="claimant")
    new = {old.pk: _copy(old, arrival, old.position) for old in claimants}
    new[moving.pk] = debtor = _copy(moving, arrival, 0)
    Participant.objects.bulk_create(new.values())
    for debt in money.debts_of(sent.proceeding):
        if not money.still(debt):
            continue
        plain = ("claim", "position", "amount", "joint", "act")
        periodic = ("periodic_kind", "periodic_share", "periodic_since", "periodic_until")
        kept = {name: getattr(debt, name) for name in (*plain, *periodic)}
        moved = Debt.objects.create(
            presentation=arrival, claimant=new.get(debt.claimant_id), **kept
        )
        moved.debtors.add(debtor)


def _copy(person: Participant, arrival: Presentation, position: int) -> Participant:
    values = {name: getattr(person, name) for name in KEPT}
    return Participant(presentation=arrival, position=position, **values)

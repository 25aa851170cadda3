"""A party drops out and the court names his successor: he takes the party's place in everything
that hangs on it (SUCC-01)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.executive_document import PartyShape
from documents.fields import Place, read_shape
from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Annulled, Line
from enforcement.core.evidence import complete
from enforcement.core.facts import Facts
from enforcement.core.fields import Choice, Chosen, Given, Option, Text
from enforcement.core.people import by_path, parties
from enforcement.core.roles import BAILIFFS
from enforcement.core.verb import verb
from enforcement.engagement import back_with, leave_with
from enforcement.facts.queries import Person, people_of
from enforcement.intake import parties as arriving
from enforcement.intake.receiving import Directory
from enforcement.lifecycle.proceeding import OPEN, SUSPENDED
from enforcement.models import Debt, Participant, Presentation, Proceeding, Succession
from journal.models import Entry
from law.evidence import Kept
from law.model import Dropout, Words
from law.refusal import Fact, FieldError, Kind, Refusal
from law.statute import Statute
from parties.actions import known_party

CLAIMANT: Final = "claimant"
#: A name nobody typed yet: what has no letter names nobody.
SOMEBODY: Final = "Ә"


# --- What is chosen -------------------------------------------------------------------------------


def _dropouts(law: Statute, verb: str) -> Iterator[Option]:
    for each in law.dropouts.values():
        own = (each.id, each.rule.id, each.title, each.rule.text, "evidence", each.asks)
        kinds = ((key, law.evidence_kind(key, each.id)) for key in each.asks)
        yield Option(*own, pieces={key: kind for key, kind in kinds if kind})


def _befalls(now: Facts, known: Dropout, person: Person) -> bool:
    """Whether it can befall a claimant, or the debtor of this proceeding."""
    here = person["role"] == CLAIMANT or person["id"] == str(now.thing.debtor_id)
    return here and person["kind"] in known.befalls and person["role"] in known.roles


def _somebody(now: Facts, option: Option) -> bool:
    known = now.law.dropouts[option.id]
    return any(_befalls(now, known, person) for person in people_of(now.thing))


def _whom(now: Facts, option: Option | None) -> Mapping[str, Words]:
    """Whom it can have befallen; everybody while nothing is chosen."""
    if option is None:
        return parties(now)
    known = now.law.dropouts[option.id]
    return parties(now, lambda person: _befalls(now, known, person))


def _first(now: Facts, given: Mapping[str, Any]) -> str:
    known = now.law.dropouts.get(given.get("event", ""))
    found = by_path(now).items()
    return next((path for path, each in found if known and _befalls(now, known, each)), "")


def _kinds(now: Facts, option: Option | None) -> Mapping[str, Words]:
    return {each: now.law.word("fields", f"kind.{each}") for each in ("natural", "legal")}


def _field(name: str, *, required: bool = False, sample: str = "") -> Text:
    """What a document tells of a party too, under the law's own words."""
    return Text(
        name,
        label=LABELS[name],
        longest=300,
        required=required,
        sample=lambda now, given: sample,
    )


#: As the form calls what is told of a successor.
LABELS: Final = {
    "name_kk": _("Successor: name in Kazakh"),
    "name_ru": _("Successor: name in Russian"),
    "number": _("Successor: IIN or BIN"),
    "city": _("City or settlement"),
    "address_kk": _("Address in Kazakh"),
    "address_ru": _("Address in Russian"),
    "iban": _("Bank account (IBAN)"),
}


# --- Annulled -------------------------------------------------------------------------------------


def _replaced_since(now: Facts, line: Entry, left: Sequence[Entry]) -> bool:
    """Whoever came in a successor's place must go first."""
    same = [
        each.seq
        for each in now.lines
        if each.kind == line.kind and each.facts.get("participant") == line.facts["participant"]
    ]
    gone = {each.corrects for each in now.lines}
    return any(seq > line.seq and seq not in gone for seq in same)


def _is_back(act: Act[Proceeding], wrong: Entry, entry: Entry) -> None:
    """The former party is the party again."""
    found = Succession.objects.select_related("participant").get(entry=wrong)
    person, told = found.participant, dict(found.was)
    born = told.pop("birth_date")
    told["birth_date"] = born and date.fromisoformat(born)
    arriving.become(person, found.party_id, told)
    Succession.objects.filter(pk=found.pk).update(annulled_by=entry.seq)
    _correctable_again(person.presentation_id)
    back_with(act, wrong)


def _correctable_again(arrival: Any) -> None:
    """Where nobody on the arrival is a successor any more, it tells what was handed in."""
    here = Succession.objects.filter(participant__presentation=arrival).order_by("-entry__seq")
    if here.filter(annulled_by=None).exists():
        return
    handed_in = next((each.was["handed_in"] for each in here if each.was["handed_in"]), None)
    Presentation.objects.filter(pk=arrival).update(handed_in=handed_in)


# --- The verb -------------------------------------------------------------------------------------


def _due(now: Facts) -> Mapping[str, str] | None:
    """It stands still until the court names a successor, and nobody was named yet."""
    running = now.running
    grounds = {each.ground for each in running.held if now.law.ground(each.ground).succeeds}
    if running.state != SUSPENDED or not grounds:
        return None
    stood = [e.seq for e in now.standing("suspended") if e.facts.get("ground") in grounds]
    named = [e.seq for e in now.standing("party_replaced")]
    return None if max(named, default=0) > max(stood, default=0) else {}


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="forward",
    asks=(
        Chosen(
            "event",
            label=_("Why the party dropped out"),
            texts="evidence",
            among=_dropouts,
            fits=_somebody,
        ),
        Choice("person", label=_("Who dropped out"), among=_whom, named=True, sample=_first),
        Choice("kind", label=_("Natural or legal person"), among=_kinds),
        _field("name_kk", required=True, sample=SOMEBODY),
        _field("name_ru"),
        _field("number"),
        _field("city"),
        _field("address_kk"),
        _field("address_ru"),
        _field("iban"),
    ),
    writes=(Line("party_replaced", Annulled.ANY, undo=_is_back, stays=_replaced_since),),
    due=_due,
)
def replace_party(
    act: Act[Proceeding],
    *,
    event: str,
    evidence: Given,
    person: str,
    kind: str,
    name_kk: str,
    name_ru: str = "",
    number: str = "",
    city: str = "",
    address_kk: str = "",
    address_ru: str = "",
    iban: str = "",
) -> Entry:
    """Put the successor whom the court named in the place of a party (SUCC-01, SUCC-REORG-01).

    Debts, money, measures, terms and papers hang on the place, so that all goes on with him; the
    former party is kept with his last day and is found by search.
    """
    known = act.law.dropouts.get(event)
    if known is None:
        raise Refusal("invalid", errors=(FieldError("event", "unknown"),))
    stood = _stood(act, known, person)
    proof = _proof(act, known, evidence)
    told = {"kind": kind, "name_kk": name_kk, "name_ru": name_ru or name_kk, "iban": iban}
    told |= {"city": city, "address_kk": address_kk, "address_ru": address_ru or address_kk}
    shape = _read(act, {**told, "bin" if kind == "legal" else "iin": number})
    fresh = arriving.participant(
        stood.presentation, stood.role, stood.position, shape, party=known_party(shape, on=act.on)
    )
    _refuse_one_person(stood, fresh, rule=known.rule.id)
    entry = act.record("party_replaced", dropout=event, participant=str(stood.pk))
    keep_evidence(entry, {"was": stood.name_kk, "name_kk": name_kk, **proof})
    _keep(stood, entry, event=event, until=act.on)
    arriving.remember([fresh])
    arriving.become(stood, fresh.party_id, {name: getattr(fresh, name) for name in arriving.OWN})
    leave_with(act, stood, entry, because=known.rule.id)
    return entry


def _refuse_one_person(stood: Participant, fresh: Participant, *, rule: str) -> None:
    """Nobody succeeds himself, owes himself, or is proceeded against twice for one claim: who owed
    it beside the former party owes it already; who both owes it and is owed it owes nothing."""
    if fresh.party_id == stood.party_id:
        raise Refusal("invalid", rule=rule, errors=(FieldError("number", "same"),))
    if not Participant.objects.filter(party=fresh.party_id).exists():
        return
    errors = (FieldError("number", "same"),)
    at_stake = Debt.objects.filter(claimant=stood) if stood.role == CLAIMANT else stood.debts.all()
    if stood.role == CLAIMANT:
        other_side = at_stake.filter(debtors__party=fresh.party_id)
    else:
        other_side = at_stake.filter(claimant__party=fresh.party_id)
        claims = list(at_stake.values_list("claim", flat=True))
        owing = Participant.objects.filter(party=fresh.party_id, debts__claim__in=claims)
        here = Q(presentation=stood.presentation_id)
        if owing.filter(here | Q(proceedings__state__in=OPEN)).exists():
            raise Refusal("owes_already", kind=Kind.STATE, rule=rule, errors=errors)
    if other_side.exists() and other_side.count() == at_stake.count():
        raise Refusal("confusion", kind=Kind.STATE, rule=rule, errors=errors)


def _proof(act: Act[Proceeding], known: Dropout, evidence: Given) -> dict[str, Kept]:
    """What proves that he dropped out and who came, complete."""
    pieces = {key: act.law.evidence_kind(key, known.id) for key in known.asks}
    return complete(act.law, pieces, evidence, rule=known.rule.id, on=act.on)


def _keep(stood: Participant, entry: Entry, *, event: str, until: date) -> None:
    """Keep who the party was; the intake is corrected no more, since it told of him."""
    arrival = stood.presentation
    born = stood.birth_date
    was = {name: getattr(stood, name) for name in arriving.OWN}
    kept = {**was, "birth_date": born and born.isoformat(), "handed_in": arrival.handed_in}
    Succession.objects.create(
        entry=entry,
        participant=stood,
        party_id=stood.party_id,
        event=event,
        until=until,
        name_kk=stood.name_kk,
        name_ru=stood.name_ru,
        was=kept,
    )
    Presentation.objects.filter(pk=arrival.pk).update(handed_in=None)


def _stood(act: Act[Proceeding], known: Dropout, path: str) -> Participant:
    """The party who dropped out; 422 where that cannot befall him."""
    named = by_path(act.now).get(path)
    if named is None or not _befalls(act.now, known, named):
        fact = Fact("person", named["kind"] if named else "-", ", ".join(known.befalls))
        error = FieldError("person", "unknown")
        raise Refusal("other_person", rule=known.rule.id, facts=(fact,), errors=(error,))
    found = Participant.objects.select_related("presentation", "party")
    return found.get(pk=named["id"])


def _read(act: Act[Proceeding], told: Mapping[str, Any]) -> PartyShape:
    """The successor as a document would tell of him, or a Refusal with what is wrong."""
    place = Place("", Directory.now().codes(act.law), {}, {})
    found = read_shape(PartyShape, {name: text for name, text in told.items() if text}, place)
    if place.errors:
        named = {"iin": "number", "bin": "number"}
        errors = (FieldError(named.get(path, path), code) for path, code in place.errors.items())
        raise Refusal("invalid", errors=tuple(errors))
    if not found.name_kk:
        raise Refusal("invalid", errors=(FieldError("name_kk", "required"),))
    return found

"""Where a party is found and by which phone or e-mail, and where he works: told with the day since
when, by his notice or as it was found out."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Line
from enforcement.core.facts import Facts
from enforcement.core.fields import Asked, Choice, Day, Option, Text
from enforcement.core.parsing import BLANK
from enforcement.core.roles import REGISTERING
from enforcement.core.verb import verb
from enforcement.models import Participant, Presentation
from enforcement.people import paths
from journal.models import Entry
from law.model import Words
from law.refusal import FieldError, Refusal
from parties.actions import move
from parties.models import Party

_PHONE: Final = frozenset("+0123456789 ()-")
#: What is told of a party beside where he lives.
BESIDE: Final = ("phone", "email", "workplace", "workplace_city")


def people_here(arrival: Presentation) -> Any:
    """The people of an arrival with who they are."""
    return arrival.participants.select_related("party", "presentation")


def contact(name: str, text: str, field: str = "value") -> str:
    """A phone or an e-mail address that can be one."""
    text = text.strip()
    try:
        if name == "email" and text:
            validate_email(text)
        known = name == "email" or set(text) <= _PHONE
    except ValidationError:
        known = False
    if not known:
        raise Refusal("invalid", errors=(FieldError(field, "format"),))
    return text


def reach(person: Participant, **contacts: str) -> None:
    """Keep by what a person is reached from now on."""
    for name, text in contacts.items():
        setattr(person, name, text)
    person.save(update_fields=list(contacts))


def _persons(now: Facts, option: Option | None) -> Mapping[str, Words]:
    """The people of the arrival by role and place."""
    found = {}
    for person in now.thing.participants.order_by("role", "position"):
        path = f"{person.role}s[{person.position}]"
        found[path] = paths.words_of(now.law, path, person.name_kk)
    return found


def _nothing(now: Facts, given: Asked) -> str:
    return ""


def _beside(name: str, label: Any, longest: int = 300) -> Text:
    """What may be told beside the address, or alone."""
    return Text(name, label=label, longest=longest, required=False, sample=_nothing)


def _place(name: str, label: Any, sample: str = BLANK) -> Text:
    """A part of an address; an example has one, a person may tell a phone alone."""
    return Text(name, label=label, longest=300, required=False, sample=lambda now, given: sample)


@verb(
    on=Presentation,
    by=REGISTERING,
    icon="pen",
    asks=(
        Choice("person", label=_("Whose address"), among=_persons),
        Choice("kind", label=_("What kind of address"), among="address_kinds"),
        Day(
            "since",
            label=_("Since when he lives or is found there"),
            most=lambda now, given: now.on,
            sample=lambda now, given: now.on,
        ),
        _place("city", _("City or settlement")),
        _place("address_kk", _("Address in Kazakh")),
        _place("address_ru", _("Address in Russian"), ""),
        _beside("phone", _("Phone"), 60),
        _beside("email", _("E-mail"), 254),
        _beside("workplace", _("Place of work")),
        _beside("workplace_city", _("City or settlement of the place of work")),
        Text(
            "notice",
            label=_("Notice of the party: number, day, how it came"),
            hint=_("Empty where it was found out otherwise."),
            required=False,
        ),
    ),
    writes=(Line("address_recorded"),),
)
def record_address(
    act: Act[Presentation],
    *,
    person: str,
    kind: str,
    since: date,
    city: str = "",
    address_kk: str = "",
    address_ru: str = "",
    phone: str = "",
    email: str = "",
    workplace: str = "",
    workplace_city: str = "",
    notice: str = "",
) -> Entry:
    """Record where a party is found since a day, where he works, by which phone or e-mail he is
    reached: by his notice, where he gave one (PLACE-01, DUTY-ADDR-01).

    The newest address is the one that later papers and the post use; the others stay with their
    days.
    """
    place: dict[str, Any] = {
        "city": city,
        "address_kk": address_kk,
        "address_ru": address_ru or address_kk,
    }
    reached = {"phone": contact("phone", phone, "phone"), "email": contact("email", email, "email")}
    reached |= {"workplace": workplace, "workplace_city": workplace_city}
    told = {name: text for name, text in reached.items() if text}
    _refuse_nothing(place, told)
    role, position = paths.person_of(person) or ("", -1)
    found = people_here(act.subject).get(role=role, position=position)
    was = {name: getattr(found, name) for name in told}
    Party.objects.select_for_update(no_key=True).get(pk=found.party_id)
    newest = bool(city) and move(found.party, kind=kind, since=since, **place)
    reach(found, **told, **(place if newest else {}))
    body: dict[str, Any] = {"person": str(found.pk), "kind": kind, "since": since.isoformat()}
    entry = act.record("address_recorded", **body | ({"by_notice": True} if notice else {}))
    keep_evidence(entry, {**{f"was_{name}": t for name, t in was.items()}, "notice": notice})
    return entry


def _refuse_nothing(place: Mapping[str, str], told: Mapping[str, str]) -> None:
    """422 for half an address, and where nothing is told at all."""
    needed = ("city", "address_kk")
    if told and not any(place.values()):
        return
    if lacking := tuple(FieldError(name, "required") for name in needed if not place[name]):
        raise Refusal("evidence_missing", errors=lacking)

"""A claimant or debtor on the page of a case: where he lived, what was told of him before."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from enforcement.case.file import CaseFile, annotated
from enforcement.case.timeline import day_of
from enforcement.core.card import writing
from enforcement.core.needs import offices_elsewhere
from enforcement.core.words import reading
from enforcement.lifecycle.proceeding import OPEN
from enforcement.models import Participant
from enforcement.people.paths import person_of, told
from enforcement.people.typed import shown
from law.statute import Statute


def person(each: Participant, file: CaseFile) -> dict[str, Any]:
    """A person with his addresses and former wordings."""
    language = reading()
    homes = [_home(home, file.law) for home in annotated(each).homes]
    return {
        "role": each.role,
        "name": each.name(language),
        "identifier": each.identifier or each.as_written,
        "identifier_kind": "iin" if each.party.kind == "natural" else "bin",
        "birth_date": each.birth_date,
        "city": each.city,
        "address": each.address(language),
        "phone": each.phone,
        "email": each.email,
        "homes": homes if len(homes) > 1 or any(home["kind"] for home in homes) else [],
        "iban": each.iban,
        "workplace": each.workplace,
        "workplace_city": each.workplace_city,
        "property_city": each.property_city,
        "missing_reason": each.missing_reason,
        "was": [*_was(each, file), *_former(each)],
        "moved": list(_moved(each, file)),
    }


def _moved(person: Participant, file: CaseFile) -> Iterator[dict[str, str]]:
    """The offices to which the document can follow a debtor whose new address lies in their
    territory (DUTY-ADDR-01, TERM-TRANSFER-3D)."""
    own = [each for each in file.running if each.debtor_id == person.pk and each.state in OPEN]
    told = (line.facts for line in file.entries if line.kind == "address_recorded")
    if not own or not any(facts.get("person") == str(person.pk) for facts in told):
        return
    verb = writing("transferred").name
    if verb not in file.law.steps:
        return
    for office in offices_elsewhere(person.city, file.case.office_id):
        query = {"proceeding": own[0].pk, "office": office.code, "follows": person.pk}
        url = f"{reverse('step', args=[file.case.pk, verb])}?{urlencode(query)}"
        yield {"office": office.name(reading()), "url": url}


def _home(kept: dict[str, Any], law: Statute) -> dict[str, Any]:
    """An address of a party with its days."""
    place = kept["address_ru" if reading() == "ru" else "address_kk"]
    return {
        "kind": law.word("address_kinds", kept["kind"]).in_(reading()) if kept["kind"] else "",
        "place": ", ".join(filter(None, (kept["city"], place))),
        "since": day_of(kept["since"]),
        "until": day_of(kept["until"]),
    }


def _was(person: Participant, file: CaseFile) -> Iterator[dict[str, str]]:
    """What was told of a person before it was put right, the oldest first."""
    for line in file.lines:
        if line.subject != person.presentation_id:
            continue
        for path in told(line.facts):
            if person_of(path) != (person.role, person.position):
                continue
            kept = {each["key"]: each["text"] for each in annotated(line).proof}
            label = file.law.word("fields", path.rpartition(".")[2]).in_(reading())
            was = kept.get(f"was.{path}", kept.get("was", ""))
            yield {"label": label, "text": shown(file.law, path, was)}


def _former(person: Participant) -> Iterator[dict[str, str]]:
    """In whose place he came, with the day until which that one was the party (SUCC-01)."""
    for each in annotated(person).former:
        name = each["ru" if reading() == "ru" else "kk"]
        text = f"{name}, {each['number']}" if each["number"] else name
        until = date_format(date.fromisoformat(each["until"]), "SHORT_DATE_FORMAT")
        yield {"label": _("Former party, until %(day)s") % {"day": until}, "text": text}

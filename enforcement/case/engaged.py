"""Who takes part in a case beside the parties, as its page shows it."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.urls import reverse

from enforcement.case.file import CaseFile
from enforcement.core.card import writing
from enforcement.core.fields import ONE
from enforcement.core.words import reading
from enforcement.facts.engaged import Engaged, engaged_of

#: How many days ahead an authority that runs out is told.
SOON: Final = 10


def taking_part(file: CaseFile, *, today: date) -> list[dict[str, Any]]:
    """Those engaged on the current arrival; who left stands last."""
    rows = [_row(each, file, today) for each in engaged_of(file.current)]
    return sorted(rows, key=lambda row: row["tone"] == "ended")


def _row(each: Engaged, file: CaseFile, today: date) -> dict[str, Any]:
    whom = file.people[UUID(each.whom)].name(reading()) if each.whom else ""
    way = file.law.participations[each.role]
    address = reverse("step", args=[file.case.pk, writing("engagement_ended").name])
    return {
        "id": each.id,
        "role": each.role,
        "title": way.title.in_(reading()),
        "rule": way.rule.id,
        "name": each.name,
        "whom": whom,
        "serves": way.serves and each.stands(today),
        "reach": list(filter(None, _told(each, file))),
        "since": each.since,
        "until": each.ended_on or each.lasts_until,
        "tone": _tone(each, today),
        "end_url": "" if each.ended else f"{address}?engagement={each.id}",
    }


def _told(each: Engaged, file: CaseFile) -> Iterator[str]:
    """On what basis, by which number and where he is known, what he may do expressly."""
    law, language = file.law, reading()
    yield law.told("authority_basis", each.basis).in_(language)
    yield f"{law.word('fields', 'iin').in_(language)} {each.iin}" if each.iin else ""
    yield ", ".join(filter(None, (each.address, each.contact)))
    for name in each.powers:
        yield law.word("parts", name).in_(language)


def _tone(each: Engaged, today: date) -> str:
    """Whether he left, his authority ran out, or it does soon."""
    if each.ended:
        return "ended"
    if each.over(today):
        return "over"
    return "soon" if each.over(today + SOON * ONE) else ""

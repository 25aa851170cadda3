"""Who takes part in a case beside the parties, as the query that reads a thing tells it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from enforcement.models import Engagement
from law.statute import Statute

#: What is read of each.
DAYS: Final = ("since", "lasts_until", "ended_on")
NAMES: Final = (
    *("id", "role", "name", "iin", "address", "contact", "basis", "powers"),
    *DAYS,
)


@dataclass(frozen=True, slots=True)
class Engaged:
    """A person in a role (PART-LIST-01, PARTIC-01)."""

    id: str
    role: str
    #: For whom of the parties he acts; empty where for none of them.
    whom: str
    name: str
    iin: str
    address: str
    contact: str
    basis: str
    powers: Sequence[str]
    since: date
    lasts_until: date | None
    ended_on: date | None

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """As his row is read."""
        known: dict[str, Any] = {name: told[name] for name in NAMES}
        for name in DAYS:
            known[name] = told[name] and date.fromisoformat(told[name])
        return cls(**known, whom=told["whom"] or "")

    @property
    def ended(self) -> bool:
        """Whether it was written that he takes part no more."""
        return self.ended_on is not None

    def over(self, on: date) -> bool:
        """Whether his authority had ended by that day, by itself or as it was written."""
        left = self.ended_on is not None and self.ended_on <= on
        return left or (self.lasts_until is not None and self.lasts_until < on)

    def stands(self, on: date) -> bool:
        """Whether he takes part on that day."""
        return self.since <= on and not self.over(on)


def lasting(engagement: Engagement) -> dict[str, Any]:
    """What a line tells of the last day of an authority."""
    lasts = engagement.lasts_until
    return {"until": lasts.isoformat()} if lasts else {}


def engaged(path: str) -> ArraySubquery:
    """Everybody engaged on the arrival at `path`, inside a query of what hangs on it."""
    rows = Engagement.objects.filter(presentation=OuterRef(path), annulled_by=None)
    told = JSONObject(whom="whom_id", **{name: name for name in NAMES})
    return ArraySubquery(rows.order_by("since", "id").values(told=told))


def engaged_of(thing: Any) -> list[Engaged]:
    """Everybody engaged on a thing's arrival, as its query told."""
    return [Engaged.of(told) for told in vars(thing).get("engaged", ())]


def agents_of(cases: Collection[Any]) -> dict[Any, list[Engaged]]:
    """Everybody who was engaged for a party, by the case; of many cases in one query, of none in
    none."""
    if not cases:
        return {}
    rows = Engagement.objects.filter(presentation__case__in=set(cases), annulled_by=None)
    rows = rows.exclude(whom=None).order_by("since", "id").annotate(case=F("presentation__case"))
    found: dict[Any, list[Engaged]] = {}
    for row in rows:
        told = {name: getattr(row, name) for name in NAMES}
        own = Engaged(**{**told, "id": str(row.pk)}, whom=str(row.whom_id))
        found.setdefault(vars(row)["case"], []).append(own)
    return found


def serving(thing: Any, person: str, *, law: Statute, on: date) -> list[Engaged]:
    """To whom papers for a party go on that day: his representatives (REP-01)."""
    return [
        each
        for each in engaged_of(thing)
        if each.whom == person and law.participations[each.role].serves and each.stands(on)
    ]

"""Who stands in a party's place since a court named a successor (SUCC-01): everybody who stood
there is one party of the paper, whichever of them a paper that arrives names."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from documents.executive_document import PartyShape
from enforcement.models import Participant, Presentation, Succession
from journal.models import Entry
from parties.spelling import name_key

#: By number and folded name.
Person = tuple[str, str]


def _followed(found: Any, next_one: Mapping[Any, Any]) -> Any:
    """The last one in a row of successors; nobody is followed twice."""
    seen = set()
    while found in next_one and found not in seen:
        seen.add(found)
        found = next_one[found]
    return found


@dataclass(frozen=True, slots=True)
class Places:
    """Who stands in whose place on the arrivals of one paper."""

    #: A former party -> who came in his place, by role.
    parties: Mapping[tuple[str, Any], tuple[str, Any]] = field(default_factory=dict)
    #: The same by a number or a folded name.
    people: Mapping[tuple[str, str], Person] = field(default_factory=dict)

    @classmethod
    def of(cls, arrivals: Collection[Presentation] | QuerySet[Presentation]) -> Self:
        """The places of these arrivals, as the successions that stand left them."""
        rows = Succession.objects.filter(participant__presentation__in=arrivals, annulled_by=None)
        parties, people = {}, {}
        for row in rows.select_related("participant").order_by("until", "entry__seq"):
            there = row.participant
            parties[there.role, row.party_id] = (there.role, there.party_id)
            for told in (row.was["identifier"], name_key(row.name_kk)):
                if told:
                    people[there.role, told] = _named(there)
        return cls(parties, people)

    def party(self, person: Participant) -> Any:
        """The party that stands now where this one stood."""
        return _followed((person.role, person.party_id), self.parties)[1]

    def person(self, role: str, told: Participant | PartyShape) -> Person:
        """Who stands now where the person told of stood, by number and folded name."""
        found, seen = _named(told), set()
        while found not in seen:
            seen.add(found)
            number, name = found
            after = self.people.get((role, number)) or self.people.get((role, name))
            found = after or found
        return found


def _named(told: Participant | PartyShape) -> Person:
    return told.identifier, name_key(told.name_kk)


#: Of a paper nobody succeeded on.
NOBODY: Places = Places()


def at_place_of(person: Participant) -> Q:
    """The proceedings against whoever stands, or stood, where this debtor does, inside a query."""
    former = Succession.objects.filter(participant=person, annulled_by=None).values("party")
    replaced = Succession.objects.filter(
        Q(party=person.party_id) | Q(party__in=former), annulled_by=None
    )
    own = Q(debtor__party=person.party_id) | Q(debtor__party__in=former)
    return own | Q(debtor__in=replaced.values("participant"))


def same_place(here: str, there: str) -> Q:
    """Whether the participant at `here` and the one at `there` of the query around it are one
    party, or were before a succession."""
    party = OuterRef(OuterRef(f"{there}__party"))
    return (
        Q(**{f"{here}__party": OuterRef(f"{there}__party")})
        | Q(Exists(_former(OuterRef(here)).filter(party=party)))
        | Q(Exists(_former(OuterRef(OuterRef(there))).filter(party=OuterRef(f"{here}__party"))))
        | Q(
            Exists(
                _former(OuterRef(here)).filter(
                    party__in=_former(OuterRef(OuterRef(OuterRef(there)))).values("party")
                )
            )
        )
    )


def name_then(person: str, language: str) -> Coalesce:
    """What the participant at `person` was called when the thing of the query was written down,
    whoever came in his place since."""
    written = Entry.objects.filter(subject=OuterRef(OuterRef("pk"))).order_by("seq")
    since = Subquery(written.values("seq")[:1])
    gone = Succession.objects.filter(
        participant=OuterRef(person), annulled_by=None, entry__seq__gt=since
    )
    name = f"name_{language}"
    first = gone.order_by("entry__seq").values(name)[:1]
    return Coalesce(Subquery(first), F(f"{person}__{name}"))


def named_then(person: str) -> JSONObject:
    """The same in both languages."""
    return JSONObject(kk=name_then(person, "kk"), ru=name_then(person, "ru"))


def _former(participant: OuterRef) -> QuerySet[Succession]:
    return Succession.objects.filter(participant=participant, annulled_by=None)

"""A paper that waits in the post for a party whom a court replaced since goes to his successor, or
to his representative of that day (SUCC-01, REP-01)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

from documents.models import Paper
from enforcement.core.papers import in_place_of
from enforcement.models import Engagement, Succession
from law.statute import Statute, statute

#: How a key begins that stands for people of one role.
ROLES: Final = {"claimants": "claimant", "debtors": "debtor"}
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Successors:
    """The successions that stand in some cases, and who acts for the successors."""

    of: tuple[Succession, ...]
    acting: tuple[Engagement, ...]

    @classmethod
    def among(cls, papers: Iterable[Paper]) -> Self:
        """Those of the cases of these papers; one query where nobody was succeeded."""
        streams = {each.entry.stream_id for each in papers}
        found = Succession.objects.filter(
            annulled_by=None, participant__presentation__case__stream__in=streams
        )
        of = tuple(found.select_related("participant", "entry").order_by("entry__seq"))
        people = {each.participant_id for each in of}
        acting = Engagement.objects.filter(whom__in=people, ended_on=None, annulled_by=None)
        return cls(of, tuple(acting) if people else ())

    def goes_to(self, paper: Paper, on: date) -> dict[str, Names]:
        """Key -> who gets the paper on that day, of those who were succeeded since it was issued;
        as an addressee is kept."""
        law = statute(paper.rule_set)
        told = ((each, self._succeeded(paper, each, law)) for each in paper.addressees)
        return {each["key"]: self._named(each["key"], by, law, on) for each, by in told if by}

    def _succeeded(self, paper: Paper, named: Names, law: Statute) -> Succession | None:
        """The succession of an addressee that came after the paper; of several in a row the
        first, by whose name he is known there."""
        role, _dot, place = named["key"].partition(".")
        told = (paper.facts.get(role) or ()) if role in ROLES else ()
        number = told[int(place)].get("identifier", "") if place.isdigit() and told else None
        for each in self.of:
            own = each.entry.stream_id == paper.entry.stream_id and each.entry.seq > paper.entry.seq
            fits = ROLES.get(role, each.participant.role) == each.participant.role
            same = number is None or number == each.was["identifier"]
            if own and fits and same and named["kk"] in self._names(each, law):
                return each
        return None

    def _names(self, gone: Succession, law: Statute) -> set[str]:
        """What papers called a party by his last day: his name, or in whose place he had come."""
        before = [
            each
            for each in self.of
            if each.participant_id == gone.participant_id and each.entry.seq < gone.entry.seq
        ]
        told = {"kk": gone.name_kk, "ru": gone.name_ru}
        was = [{"kk": each.name_kk, "ru": each.name_ru} for each in before[-1:]]
        return {gone.name_kk, *(in_place_of(law, told, each)["kk"] for each in was)}

    def _named(self, key: str, gone: Succession, law: Statute, on: date) -> Names:
        person, was = gone.participant, {"kk": gone.name_kk, "ru": gone.name_ru}
        names = in_place_of(law, {"kk": person.name_kk, "ru": person.name_ru}, was)
        agents = [each.name for each in self.acting if self._acts(each, person.pk, law, on)]
        return {"key": key, **names, **({"through": "; ".join(agents)} if agents else {})}

    def _acts(self, agent: Engagement, person: Any, law: Statute, on: date) -> bool:
        lasts = agent.lasts_until is None or agent.lasts_until >= on
        serves = law.participations[agent.role].serves
        return agent.whom_id == person and serves and agent.since <= on and lasts

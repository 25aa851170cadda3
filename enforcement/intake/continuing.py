"""What goes on with a document that comes again or to another office: in whose place a party came
by a court's ruling (SUCC-01), and whose authority to act for him still runs (REP-01)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import Q

from accounts.models import User
from enforcement.core.act import keep_evidence
from enforcement.facts.engaged import lasting
from enforcement.facts.successors import Person, Places
from enforcement.intake.parties import OWN, become
from enforcement.models import Engagement, Participant, Presentation, Succession
from enforcement.verdict import ALREADY_RECEIVED
from journal import actions as journal
from journal.models import Entry

CARRIED: Final = "succession_carried"
#: A party of the arrival before -> who he is on this one.
Same = Sequence[tuple[Participant, Participant]]


def go_on(arrival: Presentation, before: Sequence[Presentation], *, on: date, by: User) -> None:
    """Let a paper that comes again be about whoever stands in its parties' places now; `before`:
    its earlier arrivals. A second copy stands for nothing itself."""
    if not before or arrival.verdict["verdict"] == ALREADY_RECEIVED:
        return
    places = Places.of(before)
    known = _known(before, places)
    told = (
        (known.get((each.role, places.person(each.role, each))), each)
        for each in arrival.participants.order_by("role", "position")
    )
    same = [(old, new) for old, new in told if old is not None]
    carry(arrival, same, on=on, by=by, case=arrival.case_id)


def _known(before: Sequence[Presentation], places: Places) -> dict[tuple[str, Person], Participant]:
    """Who was told of on the earlier arrivals, by role and who stands in his place; the last one
    of each."""
    order = ("presentation__received_on", "presentation__ordinal")
    people = Participant.objects.filter(presentation__in=before).order_by(*order)
    return {(each.role, places.person(each.role, each)): each for each in people}


def carry(arrival: Presentation, same: Same, *, on: date, by: User, case: Any = None) -> None:
    """Write on an arrival in whose places its people came, and who acts for them.

    `case`: only authorities known in that case; in any where it is None.
    """
    news = {old.pk: new for old, new in same}
    gone = Succession.objects.filter(participant__in=news, annulled_by=None)
    for each in gone.select_related("participant").order_by("until", "entry__seq"):
        _carry(arrival, each, news[each.participant_id], on=on, by=by)
    lasts = Q(lasts_until=None) | Q(lasts_until__gte=on)
    acting = Engagement.objects.filter(lasts, whom__in=news, ended_on=None, annulled_by=None)
    if case is not None:
        acting = acting.filter(presentation__case=case)
    for agent in acting.order_by("since", "id"):
        if agent.whom_id:
            _engage(arrival, agent, news[agent.whom_id], on=on, by=by)


def _carry(
    arrival: Presentation, gone: Succession, new: Participant, *, on: date, by: User
) -> None:
    """The successor stands on this arrival too, whomever the paper names; the intake, which tells
    of whom it names, is corrected no more."""
    stood = gone.participant
    told = {"participant": str(new.pk), "dropout": gone.event, "until": gone.until.isoformat()}
    entry = _write(arrival, CARRIED, told, on=on, by=by)
    keep_evidence(entry, {"was": gone.name_kk, "name_kk": stood.name_kk})
    kept = {"party_id": gone.party_id, "event": gone.event, "until": gone.until}
    names = {"name_kk": gone.name_kk, "name_ru": gone.name_ru}
    was = {**gone.was, "handed_in": arrival.handed_in}
    Succession.objects.create(entry=entry, participant=new, was=was, **kept, **names)
    if new.party_id != stood.party_id:
        become(new, stood.party_id, {name: getattr(stood, name) for name in OWN})
    Presentation.objects.filter(pk=arrival.pk).update(handed_in=None)


def _engage(
    arrival: Presentation, agent: Engagement, new: Participant, *, on: date, by: User
) -> None:
    """Who acts for a party acts for him here."""
    known = ("role", "name", "iin", "address", "contact", "basis", "powers", "lasts_until")
    own = {name: getattr(agent, name) for name in known}
    here = Engagement(presentation=arrival, whom=new, since=on, **own)
    told = {"engagement": str(here.pk), "part": agent.role, **lasting(here)}
    here.entry = _write(arrival, "engaged", told, on=on, by=by)
    here.save(force_insert=True)
    keep_evidence(here.entry, {"name": agent.name})


def _write(
    arrival: Presentation, event: str, body: Mapping[str, Any], *, on: date, by: User
) -> Entry:
    return journal.record(
        arrival.case.stream,
        event,
        on=on,
        by=by,
        body=dict(body),
        machine=Presentation.MACHINE,
        subject=arrival.pk,
        state_after=arrival.state,
    )

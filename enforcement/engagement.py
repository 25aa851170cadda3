"""Who takes part beside the parties: a representative, a witness, an interpreter and others are
engaged on a case and leave it; for whom, on what authority and until when."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Annulled, Line
from enforcement.core.evidence import complete
from enforcement.core.facts import Facts
from enforcement.core.fields import Choice, Chosen, Given, Option, Text, Thing
from enforcement.core.parsing import BLANK
from enforcement.core.people import by_path, parties
from enforcement.core.roles import BAILIFFS, REGISTERING
from enforcement.core.verb import verb
from enforcement.core.words import reading
from enforcement.facts.engaged import Engaged, engaged_of, lasting
from enforcement.facts.queries import Person, people_of
from enforcement.models import Engagement, Participant, Presentation
from journal.models import Entry
from law.evidence import Kept
from law.model import Participation, Words
from law.refusal import Fact, FieldError, Kind, Refusal
from law.statute import Statute
from parties.identifiers import iin_fault

NOTHING: Final[Given] = MappingProxyType({})
#: He is none of those who cannot be representatives.
NOT_BARRED: Final = "none"
#: How many make somebody a co-participant.
SEVERAL: Final = 2


# --- What is chosen and asked ---------------------------------------------------------------------


def _ways(law: Statute, verb: str) -> Iterator[Option]:
    for each in law.participations.values():
        own = (each.id, each.rule.id, each.title, each.rule.text, "evidence", each.asks)
        kinds = ((key, law.evidence_kind(key, each.id)) for key in each.asks)
        yield Option(*own, pieces={key: kind for key, kind in kinds if kind})


def _has_others(now: Facts, option: Option) -> bool:
    """Whether there is somebody to entrust it to, where only one of the parties can be it."""
    roles = [person["role"] for person in people_of(now.thing)]
    return not now.law.participations[option.id].among or any(
        roles.count(role) >= SEVERAL for role in roles
    )


def _where(told: Callable[[Participation], bool]) -> Callable[[Facts, Option | None], bool]:
    """Whether it is asked of somebody who takes part in the way chosen; of any, while none is."""
    return lambda now, option: option is None or told(now.law.participations[option.id])


_FOR_A_PARTY: Final = _where(lambda way: bool(way.whom))
_FOR_ONE_NAMED: Final = _where(lambda way: way.whom == "must")
_A_PARTY: Final = _where(lambda way: way.among)
_NO_PARTY: Final = _where(lambda way: not way.among)


def _parties(now: Facts, option: Option | None) -> Mapping[str, Words]:
    return parties(now)


def _sample(now: Facts, given: Mapping[str, Any]) -> str | None:
    """An example of a party, where one must be named."""
    way = now.law.participations.get(given.get("role", ""))
    return next(iter(parties(now)), "") if way and way.whom == "must" else ""


def _other(now: Facts, given: Mapping[str, Any]) -> str:
    """An example of another one in the same role."""
    way = now.law.participations.get(given.get("role", ""))
    return list(parties(now))[-1] if way and way.among else ""


def _name(now: Facts, given: Mapping[str, Any]) -> str:
    way = now.law.participations.get(given.get("role", ""))
    return "" if way and way.among else BLANK


# --- Annulled -------------------------------------------------------------------------------------


def _of(now: Facts, line: Entry) -> list[Entry]:
    """The lines that stand and tell of the one of whom this line tells, or of what he did."""
    gone = {each.corrects for each in now.lines}
    own = line.facts["engagement"]
    left = (each for each in now.lines if each.seq not in gone)
    return [e for e in left if own in (e.facts.get("engagement"), e.facts.get("agent"))]


def _acted_since(now: Facts, line: Entry, left: Sequence[Entry]) -> bool:
    """Whoever acted or left since, and who takes part again by another line, stays engaged."""
    return _of(now, line) != [line]


def _left_with(now: Facts, line: Entry, left: Sequence[Entry]) -> bool:
    """Who left with his principal comes back with him alone; who takes part again has not left."""
    return "succession" in line.facts or _of(now, line)[-1] != line


def _never_took_part(act: Act[Any], wrong: Entry, entry: Entry) -> None:
    Engagement.objects.filter(entry=wrong).update(annulled_by=entry.seq)


def _still_takes_part(act: Act[Any], wrong: Entry, entry: Entry) -> None:
    Engagement.objects.filter(pk=wrong.facts["engagement"]).update(ended_on=None)


@verb(
    on=Presentation,
    by=REGISTERING,
    icon="plus",
    asks=(
        Chosen(
            "role",
            label=_("In which role"),
            texts="evidence",
            among=_ways,
            fits=_has_others,
        ),
        Choice(
            "whom",
            label=_("For which party"),
            among=_parties,
            named=True,
            required=False,
            when=_FOR_A_PARTY,
            must=_FOR_ONE_NAMED,
            sample=_sample,
        ),
        Choice(
            "party",
            label=_("Which of the parties takes part for him"),
            among=_parties,
            named=True,
            required=False,
            when=_A_PARTY,
            must=_A_PARTY,
            sample=_other,
        ),
        Text(
            "name",
            label=_("Surname, name, patronymic"),
            longest=300,
            required=False,
            when=_NO_PARTY,
            must=_NO_PARTY,
            sample=_name,
        ),
        Text("iin", label=_("IIN"), longest=12, required=False, when=_NO_PARTY),
        Text("address", label=_("Address"), longest=300, required=False, when=_NO_PARTY),
        Text("contact", label=_("Phone, e-mail"), longest=300, required=False, when=_NO_PARTY),
    ),
    writes=(Line("engaged", Annulled.ANY, undo=_never_took_part, stays=_acted_since),),
)
def engage(
    act: Act[Presentation],
    *,
    role: str,
    evidence: Given = NOTHING,
    whom: str = "",
    party: str = "",
    name: str = "",
    iin: str = "",
    address: str = "",
    contact: str = "",
) -> Entry:
    """Write that somebody takes part: for whom, on what authority, until when (PART-LIST-01).

    PARTIC-01, REP-01, REP-04. Who cannot be a representative is refused (REP-03), and an authority
    that is over by the day; what only the debtor can do is entrusted to nobody (PARTY-MULTI-02).
    """
    way = act.law.participations.get(role)
    if way is None:
        raise Refusal("invalid", errors=(FieldError("role", "unknown"),))
    people = by_path(act.now)
    principal = _principal(act, way, people.get(whom))
    if way.among:
        name = _entrusted(act, way, principal, people.get(party))
    _refuse_nobody(way, name, iin)
    told = _authority(act, way, evidence)
    reach = {"name": name, "iin": iin, "address": address, "contact": contact}
    engagement = _entered(act, way, principal, told, reach)
    own = {"engagement": str(engagement.pk), "part": role, **lasting(engagement)}
    entry = act.record("engaged", **own)
    engagement.entry = entry
    engagement.save()
    keep_evidence(entry, {"name": name, **told})
    return entry


def _entered(
    act: Act[Presentation],
    way: Participation,
    principal: Person | None,
    told: Mapping[str, Kept],
    reach: Mapping[str, str],
) -> Engagement:
    """Who takes part from the day of the act; not stored yet."""
    lasts = _lasts_until(told)
    _refuse_over(act, lasts)
    return Engagement(
        presentation=act.subject,
        role=way.id,
        whom_id=principal and principal["id"],
        basis=str(told.get("authority_basis", "")),
        powers=sorted(_parts(told, "powers")),
        since=act.on,
        lasts_until=lasts,
        **reach,
    )


def _principal(act: Act[Presentation], way: Participation, named: Person | None) -> Person | None:
    """The party he acts for; a Refusal where one must be named."""
    if named is None and way.whom == "must":
        error = FieldError("whom", "required")
        raise Refusal("evidence_missing", rule=way.rule.id, errors=(error,))
    return named if way.whom else None


def _entrusted(
    act: Act[Presentation], way: Participation, by: Person | None, to: Person | None
) -> str:
    """The name of the co-participant who takes part for another; 422 where he cannot."""
    if by is None or to is None or to["id"] == by["id"] or to["role"] != by["role"]:
        error = FieldError("party", "not_with_him")
        raise Refusal("invalid", rule=way.rule.id, errors=(error,))
    owed = act.subject.debts.filter(debtors__id=by["id"], act__in=way.personal)
    if personal := sorted(set(owed.values_list("act", flat=True))):
        fact = Fact("act", ", ".join(personal), "-")
        raise Refusal("personal_duty", rule=way.rule.id, facts=(fact,))
    return to["kk"]


def _refuse_nobody(way: Participation, name: str, iin: str) -> None:
    """422 without a name, or with an IIN that nobody has."""
    if not name:
        error = FieldError("name", "required")
        raise Refusal("evidence_missing", rule=way.rule.id, errors=(error,))
    if iin and (fault := iin_fault(iin)):
        raise Refusal("invalid", errors=(FieldError("iin", fault),))


def _authority(act: Act[Presentation], way: Participation, given: Given) -> dict[str, Kept]:
    """What proves that he takes part, complete; a Refusal of whom the law bars (REP-03)."""
    pieces = {key: act.law.evidence_kind(key, way.id) for key in way.asks}
    told = complete(act.law, pieces, given, rule=way.rule.id, on=act.on)
    barred = str(told.get("barred", NOT_BARRED))
    freed = barred in way.freed and told.get("authority_basis") in way.barred
    if barred != NOT_BARRED and not freed:
        fact = Fact("barred", barred, NOT_BARRED)
        error = FieldError("evidence.barred", "barred")
        rule = act.law.role("barred_representative")
        raise Refusal("cannot_represent", rule=rule, facts=(fact,), errors=(error,))
    return told


def _parts(told: Mapping[str, Kept], key: str) -> Mapping[str, str]:
    """The parts of a piece; none where it was told whole."""
    piece = told.get(key, "")
    return {} if isinstance(piece, str) else piece


def _lasts_until(told: Mapping[str, Kept]) -> date | None:
    last = _parts(told, "authority").get("lasts_until")
    return date.fromisoformat(last) if last else None


def _refuse_over(act: Act[Presentation], lasts: date | None) -> None:
    """Nobody acts by an authority whose last day is over (REP-04)."""
    if lasts is None or lasts >= act.on:
        return
    fact = Fact("until", lasts.isoformat(), f">= {act.on.isoformat()}")
    error = FieldError("evidence.authority.lasts_until", "out_of_range")
    rule = act.law.role("authority")
    raise Refusal("authority_over", rule=rule, facts=(fact,), errors=(error,))


# --- He takes part no more ------------------------------------------------------------------------


def _left(now: Facts, option: Option | None = None) -> Iterator[tuple[Engaged, str]]:
    """Who was engaged and has not left: also whose authority ran out by itself."""
    for each in engaged_of(now.thing):
        if not each.ended:
            yield each, f"{each.name} ({now.law.participations[each.role].title.in_(reading())})"


def _nobody(now: Facts) -> Refusal | None:
    return None if any(_left(now)) else Refusal("nobody_engaged", kind=Kind.STATE)


@verb(
    on=Presentation,
    by=BAILIFFS,
    icon="cross",
    asks=(
        Thing(
            "engagement",
            label=_("Who takes part no more"),
            among=_left,
            key=lambda each: each.id,
            belongs=lambda now, each: each.id in {known.id for known in engaged_of(now.thing)},
        ),
        Text("reason", label=_("Reason")),
    ),
    writes=(Line("engagement_ended", Annulled.ANY, undo=_still_takes_part, stays=_left_with),),
    unless=_nobody,
)
def end_engagement(act: Act[Presentation], *, engagement: Engaged, reason: str) -> Entry:
    """Write that somebody takes part no more: later papers go to the party himself (REP-02)."""
    if engagement.id not in {each.id for each, _name in _left(act.now)}:
        raise Refusal("nobody_engaged", kind=Kind.STATE)
    Engagement.objects.filter(pk=engagement.id).update(ended_on=act.on)
    entry = act.record("engagement_ended", engagement=engagement.id, part=engagement.role)
    keep_evidence(entry, {"name": engagement.name, "reason": reason})
    return entry


def leave_with(act: Act[Any], principal: Participant, line: Entry, *, because: str) -> None:
    """An authority ends with who gave it: who acted for him takes part no more since the line by
    which his successor came (REP-02)."""
    for each in principal.engaged.filter(ended_on=None, annulled_by=None).order_by("since", "id"):
        Engagement.objects.filter(pk=each.pk).update(ended_on=act.on)
        ending = act.on_another(principal.presentation, end_engagement)
        told: dict[str, Any] = {"engagement": str(each.pk), "part": each.role}
        told |= {"because": because, "succession": line.seq}
        keep_evidence(ending.record("engagement_ended", **told), {"name": each.name})


def back_with(act: Act[Any], wrong: Entry) -> None:
    """Who had left because of a line that is annulled takes part again."""
    ended = [each.facts for each in act.lines if each.kind == "engagement_ended"]
    keys = [each["engagement"] for each in ended if each.get("succession") == wrong.seq]
    for each in Engagement.objects.filter(pk__in=keys).order_by("since", "id"):
        Engagement.objects.filter(pk=each.pk).update(ended_on=None)
        again = act.on_another(each.presentation, engage)
        told: dict[str, Any] = {"engagement": str(each.pk), "part": each.role, **lasting(each)}
        keep_evidence(again.record("engaged", **told), {"name": each.name})

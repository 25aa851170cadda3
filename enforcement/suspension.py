"""A proceeding stands still on a ground the law names, and goes on when the last one is gone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from deadlines.fold import Event
from enforcement.core import papers
from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Annulled, Line
from enforcement.core.evidence import until_when
from enforcement.core.facts import Facts
from enforcement.core.fields import ONE, Choice, Day, Given, Option, Text, wrong_period
from enforcement.core.grounds import GROUND, complete
from enforcement.core.lapse import LASTING, Lasting, record_lapse
from enforcement.core.roles import BAILIFFS
from enforcement.core.verb import verb
from enforcement.core.waiting import waiting_submissions
from enforcement.lifecycle.proceeding import INITIATED, SUSPENDED
from enforcement.models import Proceeding, Suspension
from journal.models import Entry, Stream
from law.evidence import Kept
from law.model import Dated, Ground, Words
from law.refusal import Fact, FieldError, Kind, Refusal

#: The line that tells that a suspension came to its day.
LAPSED = "suspension_lapsed"
#: The grounds on which a bailiff must suspend.
MANDATORY = "mandatory"


# --- Annulled: the grounds hold as they did before ------------------------------------------------


def _runs_again(act: Act[Proceeding], wrong: Entry) -> str:
    """Without the wrong suspension it stands still only if another ground holds."""
    others = [each for each in act.running.held if each.ground != wrong.facts["ground"]]
    return SUSPENDED if others else INITIATED


def _stands_again(act: Act[Proceeding], wrong: Entry) -> str:
    return SUSPENDED


def _holds_no_more(act: Act[Proceeding], wrong: Entry, entry: Entry) -> None:
    held = act.subject.suspensions.filter(ground=wrong.facts["ground"], until=None)
    held.update(until=wrong.on, ended_by=entry.seq)


def hold_again(act: Act[Proceeding], wrong: Entry, entry: Entry) -> None:
    """The grounds that the wrong line ended hold again."""
    again = act.subject.suspensions.filter(ended_by=wrong.seq)
    if wrong.by_id is None:
        # Its day itself was wrong: it now holds until somebody resumes.
        again.update(ends_on=None)
    again.update(until=None, ended_by=None)


def _held_since(now: Facts, line: Entry, left: Sequence[Entry]) -> bool:
    """The end of one of several grounds stays once nothing stands still or the same holds again."""
    held = [each.ground for each in now.running.held]
    return now.running.state != SUSPENDED or line.facts["ground"] in held


# --- Suspend --------------------------------------------------------------------------------------


def _ends_on_a_day(now: Facts, option: Option | None) -> bool:
    return option is not None and option.dated is not Dated.NEVER


def _must_end_on_a_day(now: Facts, option: Option | None) -> bool:
    return option is not None and option.dated is Dated.REQUIRED


def _some_day(now: Facts, given: Mapping[str, Any]) -> date | None:
    named = next((g for g in now.law.grounds() if g.rule.id == given.get("ground")), None)
    return now.on + ONE if named and named.dated is Dated.REQUIRED else None


def _until_its_day(act: Act[Proceeding], given: Mapping[str, Any]) -> Iterator[Event]:
    """On its day the suspension ends by itself."""
    until = given.get("until")
    if until:
        yield Event(0, LAPSED, until, act.running.scope, {"ground": given["ground"]})


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="pause",
    asks=(
        GROUND,
        Day(
            "until",
            label=_("The proceedings go on from"),
            hint=_("Empty: until you resume the proceedings yourself."),
            required=False,
            when=_ends_on_a_day,
            must=_must_end_on_a_day,
            sample=_some_day,
        ),
    ),
    writes=(Line("suspended", Annulled.LAST_OF_STATE, undo=_holds_no_more, back=_runs_again),),
    issues=("suspend",),
    afterwards=_until_its_day,
)
def suspend(
    act: Act[Proceeding], *, ground: str, evidence: Given, until: date | None = None
) -> Entry:
    """Stop the proceeding and its clock on a ground the law names; measures stay (SEC-KEEP-01).

    `until`: the day from which it goes on by itself, where the ground ends on a date (Q24).
    """
    named, proof = complete(act, ground, evidence)
    _refuse_wrong_end(named, until, act.on)
    _refuse_longer(act, named, proof, until)
    if ground in [each.ground for each in act.running.held]:
        raise Refusal("ground_holds", kind=Kind.STATE, rule=ground)
    told = papers.proceeding(act, act.subject, ground=named, evidence=proof)
    act.issue("suspend", {**told, "suspended_until": until and until.isoformat()})
    dated: dict[str, Any] = {"until": until.isoformat()} if until else {}
    entry = act.record("suspended", ground=ground, evidence=sorted(named.evidence), **dated)
    Suspension.objects.create(proceeding=act.subject, ground=ground, since=act.on, ends_on=until)
    keep_evidence(entry, proof)
    return entry


def _refuse_wrong_end(named: Ground, until: date | None, on: date) -> None:
    """A date where the ground ends on one, after the day of the resolution; no date elsewhere."""
    rule = named.rule.id
    if until is None and named.dated is Dated.REQUIRED:
        raise Refusal("evidence_missing", rule=rule, errors=(FieldError("until", "required"),))
    if until is not None and named.dated is Dated.NEVER:
        raise Refusal("invalid", rule=rule, errors=(FieldError("until", "unknown_field"),))
    if until is not None and until <= on:
        raise wrong_period("until", until, f">= {on + ONE}", rule=rule)


def _refuse_longer(
    act: Act[Proceeding], named: Ground, proof: Mapping[str, Kept], until: date | None
) -> None:
    """It stands still no longer than was applied for, or than the paper says one is away."""
    kinds = ((act.law.evidence_kind(key, named.rule.id), kept) for key, kept in proof.items())
    for last in filter(None, (until_when(kind, kept) for kind, kept in kinds)):
        if until is not None and until > last:
            raise wrong_period("until", until, f"<= {last}", rule=named.rule.id)


# --- Resume ---------------------------------------------------------------------------------------


def _held(now: Facts, option: Option | None) -> dict[str, Words]:
    """The grounds that hold now, by id."""
    return {each.ground: now.law.rule(each.ground).title for each in now.running.held}


def undecided(now: Facts, ground: str) -> Refusal | None:
    """What the law makes stand still for a complaint goes on once the court decided it (Q24)."""
    named = now.law.ground(ground, on=now.on)
    own = (None, now.running.id)
    waits = (line.facts for line in waiting_submissions(now) if named.kind == MANDATORY)
    waiting = {told["kind"] for told in waits if told.get("proceeding") in own}
    if not waiting & set(named.handed):
        return None
    return Refusal("complaint_waits", kind=Kind.STATE, rule=ground)


def _all_undecided(now: Facts) -> Refusal | None:
    """Closes the resumption where no ground that holds can end yet."""
    refused = [undecided(now, each.ground) for each in now.running.held]
    return refused[0] if refused and all(refused) else None


def _due(now: Facts) -> Mapping[str, str] | None:
    stands = now.running.state == SUSPENDED and not now.running.goes_on_by_itself(now.on)
    stands = stands and not _all_undecided(now)
    return {} if stands else None


def _last_or_one(now: Facts, given: Mapping[str, Any]) -> str:
    """With several grounds holding, only one of them ends."""
    return "end_ground" if len(now.running.held) > 1 else "resume"


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="play",
    asks=(
        Choice("ground", label=_("Ground"), among=_held, judged=True),
        Text("proof", label=_("What proves its end")),
    ),
    writes=(
        Line("resumed", Annulled.LAST_OF_STATE, undo=hold_again, back=_stands_again),
        Line("ground_ended", Annulled.ANY, undo=hold_again, stays=_held_since, looked_over=False),
        Line(LAPSED, Annulled.LAST_OF_STATE, undo=hold_again, back=_stands_again),
    ),
    issues=("resume",),
    unless=_all_undecided,
    due=_due,
    becomes=_last_or_one,
    also=("end_ground",),
)
def resume(act: Act[Proceeding], *, ground: str, proof: str) -> Entry:
    """End one ground of suspension; with the last one the proceeding goes on (Q24)."""
    holding = {each.ground: each.id for each in act.running.held}
    if ground not in holding:
        fact = Fact("ground", ground, ", ".join(holding))
        raise Refusal("ground_not_held", kind=Kind.STATE, rule=ground, facts=(fact,))
    if refused := undecided(act.now, ground):
        raise refused
    goes_on = len(holding) == 1
    if goes_on:
        named = act.law.ground(ground, on=act.on)
        told = papers.proceeding(act, act.subject, ground=named, supposed="resumed")
        act.issue("resume", {**told, "evidence": {named.ends_on: proof}})
    entry = act.record("resumed" if goes_on else "ground_ended", ground=ground)
    Suspension.objects.filter(pk=holding[ground]).update(until=act.on, ended_by=entry.seq)
    keep_evidence(entry, {"proof": proof})
    return entry


# --- Its day has come -----------------------------------------------------------------------------


def _came_to_their_day(on: date) -> Sequence[UUID]:
    stood = Suspension.objects.filter(until=None, ends_on__lte=on).order_by()
    return list(stood.values_list("proceeding__case__stream", flat=True))


def _go_on(streams: Mapping[UUID, Stream], on: date) -> list[UUID]:
    """The day named in a suspension has come: it holds no more, the other grounds still do.

    No paper is issued: the resolution that suspended says from which day the proceeding goes on.
    """
    over = Suspension.objects.filter(
        proceeding__case__in=list(streams), until=None, ends_on__lte=on
    )
    ended = list(over.select_related("proceeding").order_by("ends_on", "id"))
    for each in ended:
        _end_one(each, streams[each.proceeding.case_id])
    return [each.proceeding.case_id for each in ended]


def _end_one(suspension: Suspension, stream: Stream) -> None:
    running, day = suspension.proceeding, suspension.ends_on
    assert day is not None
    others = running.suspensions.filter(until=None).exclude(pk=suspension.pk)
    if others.exists():
        running.end_ground()
    else:
        running.resume()
    running.save(update_fields=["state"])
    event = LAPSED if running.state == INITIATED else "ground_ended"
    entry = record_lapse(stream, running, event, on=day, ground=suspension.ground)
    suspension.until, suspension.ended_by = day, entry.seq
    suspension.save(update_fields=["until", "ended_by"])


LASTING.append(Lasting("suspended", _came_to_their_day, _go_on))

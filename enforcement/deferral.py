"""What a court decides of the execution: its deferral or instalment, and the end of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from deadlines.fold import Event
from documents.models import ExecutiveDocument
from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Annulled, Line
from enforcement.core.evidence import told_apart
from enforcement.core.facts import Facts
from enforcement.core.fields import ONE, Choice, Day, Text
from enforcement.core.lapse import LASTING, Lasting, record_lapse
from enforcement.core.parsing import BLANK, is_told
from enforcement.core.roles import BAILIFFS
from enforcement.core.verb import verb
from enforcement.models import Deferral, Proceeding, Transfer
from journal.models import Entry, Stream
from law.evidence import Kept
from law.refusal import FieldError, Kind, Refusal

#: The ruling as a piece of evidence, and the fields by which its parts are asked.
RULING: Final = "deferral_ruling"
OWN: Final = {name: name for name in ("court", "number", "in_force_on")} | {"on": "ruled_on"}


def _deferred(now: Facts) -> Refusal | None:
    if not now.running.deferred:
        return None
    return Refusal("deferred_already", kind=Kind.STATE, rule=now.law.role("deferral"))


def _not_deferred(now: Facts) -> Refusal | None:
    if now.running.deferred:
        return None
    return Refusal("not_deferred", kind=Kind.STATE, rule=now.law.role("deferral"))


def _never_held(act: Act[Proceeding], wrong: Entry, entry: Entry) -> None:
    Deferral.objects.filter(entry=wrong).update(ended_on=F("since"), ended_by=entry.seq)


def defer_again(act: Act[Proceeding], wrong: Entry, entry: Entry) -> None:
    """The deferral that the wrong line ended holds again."""
    act.subject.deferrals.filter(ended_by=wrong.seq).update(ended_on=None, ended_by=None)


def close_deferrals(act: Act[Proceeding], entry: Entry) -> None:
    """An ended proceeding is deferred no more."""
    if act.running.deferred:
        held = act.subject.deferrals.filter(ended_on=None)
        held.update(ended_on=act.on, ended_by=entry.seq)


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="pause",
    asks=(
        Choice("kind", label=_("Kind"), among="deferral_kinds"),
        Choice("initiator", label=_("Proposed by"), among="initiators"),
        Text("court", label=_("Court that ruled"), required=False, longest=300),
        Text("number", label=_("Number of its ruling"), required=False, longest=300),
        Text(
            "ruling",
            label=_("Court's ruling: number, court"),
            hint=_("In own words, where court and number are not told apart."),
            required=False,
            sample=lambda now, given: "" if given.get("court") or given.get("number") else BLANK,
        ),
        Day(
            "ruled_on",
            label=_("Day of the court's ruling"),
            most=lambda now, given: now.on,
            rule="deferral",
            sample=lambda now, given: now.on,
        ),
        Day("in_force_on", label=_("Day on which it came into force"), required=False),
        Day(
            "until",
            label=_("Until the day"),
            least=lambda now, given: given["ruled_on"] + ONE,
            rule="deferral",
        ),
    ),
    writes=(Line("court_deferred", Annulled.LAST_OF_CHAPTER, undo=_never_held),),
    unless=_deferred,
)
def record_deferral(
    act: Act[Proceeding],
    *,
    kind: str,
    initiator: str,
    ruled_on: date,
    until: date,
    ruling: str = "",
    court: str = "",
    number: str = "",
    in_force_on: date | None = None,
) -> Entry:
    """Let the terms stand still from the day of a court's ruling (COURT-DEFER-01, Q15).

    The ruling is told by its court and number, or in own words (`ruling`). `until`: the day on
    which they go on by themselves. Securing measures stay (SEC-KEEP-01).
    """
    told: dict[str, Any] = {"kind": kind, "initiator": initiator}
    proof = _ruling(act, ruling, court=court, number=number, on=ruled_on, in_force_on=in_force_on)
    entry = act.record("court_deferred", since=str(ruled_on), until=str(until), **told)
    days = {"since": ruled_on, "until": until}
    Deferral.objects.create(proceeding=act.subject, entry=entry, **days, **told)
    keep_evidence(entry, {RULING: proof})
    return entry


def _ruling(act: Act[Proceeding], ruling: str, **parts: Any) -> Kept:
    """The court's ruling as it is kept; a Refusal where it is told in no way, or in both."""
    if parts["court"] or parts["number"]:
        if ruling:
            raise Refusal("invalid", errors=(FieldError("ruling", "unknown_field"),))
        return told_apart(act.law, RULING, parts, OWN, on=act.on)
    if not is_told(ruling):
        raise Refusal("evidence_missing", errors=(FieldError("ruling", "required"),))
    if parts["in_force_on"]:
        told_apart(act.law, RULING, {**parts, "court": ruling, "number": ruling}, OWN, on=act.on)
    return ruling


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="play",
    asks=(Text("proof", label=_("Court's act or the day that came: what proves the end")),),
    writes=(Line("deferral_ended", Annulled.LAST_OF_CHAPTER, undo=defer_again),),
    unless=_not_deferred,
)
def end_deferral(act: Act[Proceeding], *, proof: str) -> Entry:
    """End a court's deferral on its day or by a later act of the court; the terms go on."""
    entry = act.record("deferral_ended")
    held = act.subject.deferrals.filter(ended_on=None)
    held.update(ended_on=act.on, ended_by=entry.seq)
    keep_evidence(entry, {"proof": proof})
    return entry


# --- It goes with its document --------------------------------------------------------------------


def carried(act: Act[Any]) -> list[Deferral]:
    """The court's deferrals that hold as the proceeding begins: the one the document names, or
    those that held in the office it came from and hold still."""
    sent: Transfer | None = getattr(act.subject, "transferred_from", None)
    if sent is None:
        return _named_in(act.subject.document, act)
    # What a court ended, or annulled, before the document moved holds nowhere.
    held = Deferral.objects.filter(proceeding=sent.proceeding_id, until__gt=act.on)
    return list(held.filter(ended_by=_moved()))


def _named_in(document: ExecutiveDocument, act: Act[Any]) -> list[Deferral]:
    """The deferral that the document itself names, up to and with its last day."""
    last, kinds = document.deferred_until, act.law.list("deferral_kinds")
    if last is None or last < act.on or not kinds:
        return []
    return [Deferral(kind=next(iter(kinds)), since=act.on, until=last + ONE)]


def standstill(held: Sequence[Deferral], proceeding: Proceeding) -> list[Event]:
    """The lines of these deferrals on the proceeding, as they are foreseen."""
    own = f"{Proceeding.MACHINE}:{proceeding.pk}"
    return [
        event
        for each in held
        for event in (
            Event(0, "court_deferred", each.since, own, {"since": str(each.since)}),
            Event(0, "deferral_ended", each.until, own),
        )
    ]


def carry_over(act: Act[Any], held: Sequence[Deferral], proceeding: Proceeding) -> None:
    """Let these deferrals of a court hold on the proceeding as well."""
    for deferral in held:
        told: dict[str, Any] = {"kind": deferral.kind, "initiator": deferral.initiator}
        days: dict[str, Any] = {"since": str(deferral.since), "until": str(deferral.until)}
        entry = act.record_birth(proceeding, "court_deferred", **days, **told)
        dated = {"since": deferral.since, "until": deferral.until}
        Deferral.objects.create(proceeding=proceeding, entry=entry, **dated, **told)
        if deferral.entry_id:
            proof = deferral.entry.evidence.all()
            keep_evidence(entry, {each.key: each.parts or each.text for each in proof})


def _moved() -> Subquery:
    """The line by which the deferral's proceeding went to another office."""
    lines = Entry.objects.filter(kind="transferred", subject=OuterRef("proceeding"))
    return Subquery(lines.order_by("-seq").values("seq")[:1])


# --- Its day has come -----------------------------------------------------------------------------


def _came_to_their_day(on: date) -> Sequence[UUID]:
    waited = Deferral.objects.filter(ended_on=None, until__lt=on).order_by()
    return list(waited.values_list("proceeding__case__stream", flat=True))


def _go_on(streams: Mapping[UUID, Stream], on: date) -> list[UUID]:
    """The day to which a court deferred the execution is over: the terms go on from it."""
    over = Deferral.objects.filter(proceeding__case__in=list(streams), ended_on=None, until__lt=on)
    ended = list(over.select_related("proceeding").order_by("until", "id"))
    for each in ended:
        stream = streams[each.proceeding.case_id]
        entry = record_lapse(stream, each.proceeding, "deferral_ended", on=each.until)
        each.ended_on, each.ended_by = each.until, entry.seq
    Deferral.objects.bulk_update(ended, ["ended_on", "ended_by"])
    return [each.proceeding.case_id for each in ended]


LASTING.append(Lasting("court_deferred", _came_to_their_day, _go_on))

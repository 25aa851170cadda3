"""What a court decides of the execution: its deferral or instalment, and the end of it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import OuterRef, Subquery

from accounts.models import User
from deadlines.fold import Event
from enforcement.models import Deferral, Proceeding, Transfer
from enforcement.steps import Act, keep, refuse_unknown, refuse_unproven, step
from journal.models import Entry
from law.refusal import Fact, FieldError, Kind, Refusal

DEFERRAL_RULE: Final = "COURT-DEFER-01"
ONE: Final = timedelta(days=1)


@transaction.atomic
def record_deferral(
    proceeding: Proceeding,
    *,
    kind: str,
    initiator: str,
    ruling: str,
    ruled_on: date,
    until: date,
    on: date,
    by: User,
) -> Entry:
    """Let the terms stand still from the day of a court's ruling (COURT-DEFER-01, Q15).

    `until`: the day on which they go on by themselves. Securing measures stay (SEC-KEEP-01).
    """
    with step(proceeding, "record_deferral", on=on, by=by) as act:
        refuse_unknown(act.law, kind, "deferral_kinds", "kind")
        refuse_unknown(act.law, initiator, "initiators", "initiator")
        refuse_unproven("ruling", ruling)
        if ruled_on > on:
            raise wrong_period("ruled_on", ruled_on, f"<= {on}", rule=DEFERRAL_RULE)
        if until <= ruled_on:
            raise wrong_period("until", until, f">= {ruled_on + ONE}", rule=DEFERRAL_RULE)
        if act.subject.deferrals.filter(ended_on=None).exists():
            raise Refusal("deferred_already", kind=Kind.STATE, rule=DEFERRAL_RULE)
        told = {"kind": kind, "initiator": initiator}
        entry = act.record("court_deferred", since=str(ruled_on), until=str(until), **told)
        Deferral.objects.create(
            proceeding=act.subject, entry=entry, since=ruled_on, until=until, **told
        )
        keep(entry, {"ruling": ruling})
        return entry


@transaction.atomic
def end_deferral(proceeding: Proceeding, *, proof: str, on: date, by: User) -> Entry:
    """End a court's deferral on its day or by a later act of the court; the terms go on."""
    with step(proceeding, "end_deferral", on=on, by=by) as act:
        held = act.subject.deferrals.filter(ended_on=None).first()
        if held is None:
            raise Refusal("not_deferred", kind=Kind.STATE, rule=DEFERRAL_RULE)
        refuse_unproven("proof", proof)
        entry = act.record("deferral_ended")
        held.ended_on, held.ended_by = on, entry.seq
        held.save(update_fields=["ended_on", "ended_by"])
        keep(entry, {"proof": proof})
        return entry


def carried(act: Act[Any]) -> list[Deferral]:
    """The court's deferrals that held in the office the document came from and hold still."""
    sent: Transfer | None = getattr(act.subject, "transferred_from", None)
    if sent is None:
        return []
    # What a court ended, or annulled, before the document moved holds nowhere.
    held = Deferral.objects.filter(proceeding=sent.proceeding_id, until__gt=act.on)
    return list(held.filter(ended_by=_moved()))


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
        told = {"kind": deferral.kind, "initiator": deferral.initiator}
        days = {"since": str(deferral.since), "until": str(deferral.until)}
        entry = act.bear(proceeding, "court_deferred", **days, **told)
        dated = {"since": deferral.since, "until": deferral.until}
        Deferral.objects.create(proceeding=proceeding, entry=entry, **dated, **told)
        keep(entry, dict(deferral.entry.evidence.values_list("key", "text")))


def _moved() -> Subquery:
    """The line by which the deferral's proceeding went to another office."""
    lines = Entry.objects.filter(kind="transferred", subject=OuterRef("proceeding"))
    return Subquery(lines.order_by("-seq").values("seq")[:1])


def wrong_period(field: str, day: date, needed: str, *, rule: str) -> Refusal:
    """The refusal of a day that does not fit the others."""
    error = FieldError(field, "out_of_range")
    return Refusal(
        "wrong_period", rule=rule, facts=(Fact(field, str(day), needed),), errors=(error,)
    )

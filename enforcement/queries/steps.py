"""The next lawful step of what waits: the facts it needs, in one expression, and its verb.

A list of any length asks for these facts in the query of the list itself.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject

from deadlines.models import Deadline
from enforcement.lifecycle.course import INITIATED, OPEN, SUSPENDED
from enforcement.lifecycle.intake import RECEIVED
from enforcement.lifecycle.measures import LIVE
from enforcement.lifecycle.postponements import APPROVED
from enforcement.models import (
    Debt,
    Deferral,
    Measure,
    Participant,
    Postponement,
    Presentation,
    Proceeding,
    Recovery,
    Suspension,
)
from enforcement.models.measures import BANK_MONEY
from journal.models import Entry
from law.statute import statute

ZERO: Final = Decimal("0.00")
#: Which step a live freeze waits for; a requested one waits for the prosecutor.
BY_FREEZE: Final = {"sanctioned": "serve_freeze", "served": "record_recovery"}
VOLUNTARY, COERCIVE = "voluntary", "coercive"
#: By which rule coercive acts wait, and the fact that says until when.
HOLDING: Final = {"COURT-DEFER-01": "deferred_until", "POSTP-01": "postponed_until"}
#: Which step of intake answers a verdict.
BY_VERDICT: Final = {
    each.custom["verdict"]: each.custom["verb"]
    for each in Presentation().get_all_state_transitions()
    if each.custom["verdict"]
}


def balance_of(debtor: str) -> Subquery:
    """What is left of all sums a debtor owes, as text; null where no sum is claimed."""
    owed = Debt.objects.filter(debtors=OuterRef(debtor), amount__isnull=False).order_by()
    his = Debt.objects.filter(debtors=OuterRef(OuterRef(debtor)))
    paid = Recovery.objects.filter(debt__claim__in=his.values("claim"), reversal=None).order_by()
    owed_sum = owed.values("debtors").annotate(all=Sum("amount")).values("all")
    paid_sum = paid.values(one=Value(1)).annotate(all=Sum("amount")).values("all")
    left = Subquery(owed_sum) - Coalesce(Subquery(paid_sum), ZERO)
    return Cast(left, TextField())  # type: ignore[return-value]


def facts() -> JSONObject:
    """What decides the next step of a proceeding, inside a query of proceedings."""
    live = Measure.objects.filter(proceeding=OuterRef("pk"), state__in=LIVE)
    freezes = live.filter(target=BANK_MONEY).order_by("-requested_on", "-id")
    asked = Measure.objects.filter(proceeding=OuterRef("pk"), initiator="claimant")
    tag = Concat(Value("proceeding:"), Cast(OuterRef("pk"), TextField()))
    own = Deadline.objects.filter(stream=OuterRef("case__stream"), scope=tag)
    term = own.filter(rule="TERM-VOLUNTARY-5D").order_by("-started_by")
    claims = Debt.objects.filter(debtors=OuterRef("debtor"))
    return JSONObject(
        id="pk",
        ordinal="ordinal",
        state="state",
        voluntary="voluntary",
        kind="presentation__document__kind",
        kk="debtor__name_kk",
        ru="debtor__name_ru",
        left=balance_of("debtor"),
        money=Exists(claims.filter(act="")),
        beside=_any(claims.filter(amount=None).exclude(performed())),
        stands_until=_stands_until(),
        deferred_until=_deferred_until(),
        postponed_until=_postponed_until(),
        voluntary_until=Subquery(term.values("due_on")[:1]),
        delivered=_stands("offer_delivered"),
        inventoried=_stands("inventoried"),
        skipped=_stands("inventory_skipped"),
        applied=ExpressionWrapper(
            _stands("securing_claimed") | Exists(asked), output_field=BooleanField()
        ),
        foreclosed=_stands("foreclosed"),
        secured=Exists(live),
        measure=Subquery(freezes.values(told=JSONObject(id="pk", state="state"))[:1]),
    )


def _any(rows: QuerySet[Any]) -> Coalesce:
    """Whether there is such a row, asked for each thing by itself: of an EXISTS the database may
    think it cheaper to read the whole table once."""
    return Coalesce(Subquery(rows.values(one=Value(True))[:1]), Value(False))


def performed() -> Exists:
    """Whether a claim was performed in full, inside a query of claims."""
    lines = Entry.objects.filter(stream=OuterRef("presentation__case__stream"), kind="performed")
    told = lines.filter(body__contains=Cast(OuterRef("pk"), TextField()))
    return Exists(told.exclude(Exists(_annulling())))


def _stands_until() -> Subquery:
    """From which day the proceeding goes on by itself; null while a ground without one holds."""
    held = Suspension.objects.filter(proceeding=OuterRef("pk"), until=None)
    return Subquery(held.order_by(F("ends_on").desc(nulls_first=True)).values("ends_on")[:1])


def _deferred_until() -> Subquery:
    """The last day to which a court deferred the execution, come already or still to come."""
    deferrals = Deferral.objects.filter(proceeding=OuterRef("pk"))
    ends = deferrals.annotate(end=Coalesce("ended_on", "until")).order_by("-end")
    return Subquery(ends.values("end")[:1])


def _postponed_until() -> Subquery:
    """The same of approved postponements of the acts."""
    asked = Postponement.objects.filter(proceeding=OuterRef("pk"), state=APPROVED)
    return Subquery(asked.order_by("-until").values("until")[:1])


def _annulling() -> QuerySet[Entry]:
    return Entry.objects.filter(stream=OuterRef("stream"), corrects=OuterRef("seq"))


def _stands(kind: str) -> Exists:
    """Whether a line of this kind stands that nobody annulled."""
    lines = Entry.objects.filter(subject=OuterRef("pk"), kind=kind)
    return Exists(lines.exclude(Exists(_annulling())))


def told(proceeding: Proceeding) -> dict[str, Any]:
    """The facts of one proceeding."""
    found = Proceeding.objects.filter(pk=proceeding.pk).annotate(running=facts())
    running: dict[str, Any] = found.values_list("running", flat=True).get()
    return running


def owed(running: Mapping[str, Any]) -> bool:
    """Whether anything is still owed: a sum, payments that come again, or an act not performed."""
    left = running["left"]
    return running["beside"] or bool(left and Decimal(left))


def inventory_due(running: Mapping[str, Any]) -> bool:
    """Whether the inventory is still to be made (Q10): a reason does not do once it is a duty."""
    left_out = running["skipped"] and not running["applied"]
    return bool(running["money"] and not running["inventoried"] and not left_out)


def held_up(running: Mapping[str, Any], on: date) -> tuple[str, date] | None:
    """What keeps the debtor from being forced on that day, and the day on which it is over.

    A court's deferral or instalment (COURT-DEFER-01), an approved postponement (POSTP-01).
    """
    for rule, known in HOLDING.items():
        until = date.fromisoformat(running[known]) if running[known] else None
        if until is not None and on < until:
            return rule, until
    return None


def voluntary_until(running: Mapping[str, Any]) -> date | None:
    """The last day of the voluntary term; None before the offer, and while it stands still."""
    day = running["voluntary_until"]
    return date.fromisoformat(day) if day else None


def stage(running: Mapping[str, Any], on: date) -> str:
    """Voluntary until the last day is over on `on`, swept or not; coercive where no term is given.

    ELEM-STD-04, BASIS-COERCE-01.
    """
    last = voluntary_until(running)
    over = last is not None and last < on
    return COERCIVE if over or not running["voluntary"] else VOLUNTARY


def debtor_of(presentation: str) -> Subquery:
    """The first debtor of a presentation: {kk, ru}."""
    people = Participant.objects.filter(presentation=OuterRef(presentation), role="debtor")
    return Subquery(
        people.order_by("position").values(told=JSONObject(kk="name_kk", ru="name_ru"))[:1]
    )


def _scope(kind: str) -> Concat:
    return Concat(Value(f"{kind}:"), Cast("id", TextField()), output_field=TextField())


def with_facts(terms: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """Terms with `running` (facts of their proceeding) and `waiting` (of the arrival)."""
    named = Case(
        When(tag=OuterRef("scope"), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    proceedings = (
        Proceeding.objects.filter(case__stream=OuterRef("stream"))
        .annotate(tag=_scope("proceeding"), named=named)
        .order_by("-named", F("ended_on").asc(nulls_first=True), "ordinal")
    )
    arrivals = (
        Presentation.objects.filter(case__stream=OuterRef("stream"))
        .annotate(tag=_scope("presentation"), named=named)
        .order_by("-named", "-ordinal")
    )
    told = JSONObject(state="state", verdict=KT("verdict__verdict"), debtor=debtor_of("pk"))
    return terms.annotate(
        running=Subquery(proceedings.values(told=facts())[:1]),
        waiting=Subquery(arrivals.values(told=told)[:1]),
    )


def still_owed(terms: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """Terms whose proceeding or arrival is still open: the rest nobody can mend any more."""
    of_stream = Proceeding.objects.filter(case__stream=OuterRef("stream"), state__in=OPEN)
    own = of_stream.annotate(tag=_scope("proceeding")).filter(tag=OuterRef("scope"))
    waiting = Presentation.objects.filter(case__stream=OuterRef("stream"), state=RECEIVED)
    of_arrival = ~Q(scope__startswith="proceeding:")
    return terms.filter(
        Exists(own) | (of_arrival & (Exists(of_stream) | Exists(waiting)))  # type: ignore[operator]
    )


def step_of(case_id: Any, running: Mapping[str, Any] | None, *, on: date) -> dict[str, str] | None:
    """{verb, url} of the next step of a proceeding; None where only time or others can help."""
    if running is None:
        return None
    verb, query = _verb(running, on)
    if not verb:
        return None
    return {"verb": verb, "url": f"/cases/{case_id}/{verb}?{query}"}


def _verb(running: Mapping[str, Any], on: date) -> tuple[str, str]:
    """The lawful order: offer, inventory, freeze, then force."""
    own = f"proceeding={running['id']}"
    if running["state"] == SUSPENDED:
        goes_on = running["stands_until"]
        return ("", "") if goes_on and goes_on > on.isoformat() else ("resume", own)
    if running["state"] != INITIATED:
        return "", ""
    if not owed(running):
        return "terminate", f"{own}&ground=TERMN-07"
    if running["voluntary"] and not running["delivered"]:
        return "deliver_offer", own
    if verb := _to_secure(running):
        return verb, own
    return _by_force_or_freeze(running, on, own)


def only_secures(running: Mapping[str, Any]) -> bool:
    """Whether the document secures a claim that nobody has awarded yet."""
    return statute().kind(running["kind"]).secures


def _to_secure(running: Mapping[str, Any]) -> str:
    """What is due by law before anything is chosen (Q10, SEC-DUTY-01)."""
    if inventory_due(running):
        return "inventory"
    return "secure" if running["applied"] and not running["secured"] else ""


def _by_force_or_freeze(running: Mapping[str, Any], on: date, own: str) -> tuple[str, str]:
    freeze, money = running["measure"], running["left"] is not None
    if money and freeze is None:
        return "request_freeze", own
    if freeze and freeze["state"] == "sanctioned":
        return "serve_freeze", f"measure={freeze['id']}"
    waits = freeze is not None and freeze["state"] not in BY_FREEZE
    forced = running["foreclosed"] or held_up(running, on) or only_secures(running)
    if not waits and stage(running, on) == COERCIVE and not forced:
        return "foreclose", own
    return BY_FREEZE.get(freeze["state"] if freeze else "", ""), own


def step_of_arrival(case_id: Any, verdict: str) -> dict[str, str] | None:
    """{verb, url} of the step that answers a waiting document's verdict."""
    verb = BY_VERDICT.get(verdict)
    return {"verb": verb, "url": f"/cases/{case_id}/{verb}"} if verb else None


def debtor_named(told: Mapping[str, str] | None, language: str) -> str:
    """The debtor's name in the reader's language."""
    if not told:
        return ""
    return told["ru" if language.startswith("ru") else "kk"]


def duty(deadline: Deadline, today: date, language: str) -> dict[str, Any]:
    """A duty of the day: case, debtor, term, days left, the next step."""
    case = deadline.stream.case
    running, waiting = deadline.running, deadline.waiting  # type: ignore[attr-defined]
    own = deadline.scope.startswith("presentation:")
    decides = own and waiting and waiting["state"] == RECEIVED
    verdict = waiting["verdict"] if waiting else ""
    step = step_of_arrival(case.pk, verdict) if decides else step_of(case.pk, running, on=today)
    days = (deadline.due_on - today).days if deadline.due_on else None
    return {
        "case_id": case.pk,
        "number": case.label,
        "debtor": debtor_named(waiting["debtor"] if decides else running, language),
        "rule": deadline.rule,
        "due_on": deadline.due_on,
        "safe_on": deadline.safe_on,
        # A term that ran out is a duty still: what counts is how many days ago.
        "status": "running",
        "days_left": days,
        "ledger_url": f"/cases/{case.pk}/deadlines/{deadline.pk}",
        "step": step,
    }


def silence(proceeding: Proceeding, language: str, *, today: date) -> dict[str, Any]:
    """A proceeding nobody acted in: since when, and the next step."""
    running = proceeding.running  # type: ignore[attr-defined]
    case = proceeding.case
    return {
        "case_id": case.pk,
        "number": case.label,
        "debtor": debtor_named(running, language),
        "since": case.last_act_on,
        "step": step_of(case.pk, running, on=today),
    }


def arriving(arrival: Presentation, language: str) -> dict[str, Any]:
    """A document that waits for a decision, and the step that answers its verdict."""
    return {
        "case_id": arrival.case_id,
        "number": arrival.case.label,
        "debtor": debtor_named(arrival.debtor, language),  # type: ignore[attr-defined]
        "received_on": arrival.received_on,
        "verdict": arrival.verdict,
        "step": step_of_arrival(arrival.case_id, arrival.verdict["verdict"]),
    }

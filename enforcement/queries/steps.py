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
from enforcement.models import Debt, Measure, Participant, Presentation, Proceeding, Recovery
from journal.models import Entry

ZERO: Final = Decimal("0.00")
#: Which step a live measure waits for; a requested one waits for the prosecutor.
BY_MEASURE: Final = {"sanctioned": "serve_freeze", "served": "record_recovery"}
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
    annulled = Entry.objects.filter(stream=OuterRef("stream"), corrects=OuterRef("seq"))
    delivered = Entry.objects.filter(subject=OuterRef("pk"), kind="offer_delivered")
    delivered = delivered.exclude(Exists(annulled))
    return JSONObject(
        id="pk",
        ordinal="ordinal",
        state="state",
        voluntary="voluntary",
        kk="debtor__name_kk",
        ru="debtor__name_ru",
        left=balance_of("debtor"),
        delivered=Exists(delivered),
        measure=Subquery(
            live.order_by("-requested_on", "-id").values(told=JSONObject(id="pk", state="state"))[
                :1
            ]
        ),
    )


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


def step_of(case_id: Any, running: Mapping[str, Any] | None) -> dict[str, str] | None:
    """{verb, url} of the next step of a proceeding; None where only time or others can help."""
    if running is None:
        return None
    verb, query = _verb(running)
    if not verb:
        return None
    return {"verb": verb, "url": f"/cases/{case_id}/{verb}?{query}"}


def _verb(running: Mapping[str, Any]) -> tuple[str, str]:
    own = f"proceeding={running['id']}"
    measure = running["measure"]
    left = running["left"]
    if running["state"] == SUSPENDED:
        return "resume", own
    if running["state"] != INITIATED:
        return "", ""
    if left is not None and not Decimal(left):
        return "terminate", f"{own}&ground=TERMN-07"
    if running["voluntary"] and not running["delivered"]:
        return "deliver_offer", own
    if measure:
        verb = BY_MEASURE.get(measure["state"], "")
        return verb, f"measure={measure['id']}" if verb == "serve_freeze" else own
    return ("request_freeze", own) if left is not None else ("", "")


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
    step = step_of_arrival(case.pk, verdict) if decides else step_of(case.pk, running)
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


def silence(proceeding: Proceeding, language: str) -> dict[str, Any]:
    """A proceeding nobody acted in: since when, and the next step."""
    running = proceeding.running  # type: ignore[attr-defined]
    case = proceeding.case
    return {
        "case_id": case.pk,
        "number": case.label,
        "debtor": debtor_named(running, language),
        "since": case.last_act_on,
        "step": step_of(case.pk, running),
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

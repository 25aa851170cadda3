"""The path of a case for tests: documents admitted, then taken from step to step by the verbs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from deadlines.actions import differences
from enforcement.actions.course import initiate
from enforcement.actions.verbs import VERBS
from enforcement.models import Case, Measure, Presentation, Proceeding
from exchange.models import Message
from journal.queries import verify
from law.statute import statute
from tests.office import DAY, NEXT, paper, receive, user

#: The ground each kind of end is reached by, where a test does not name one.
SUSPENDS: Final = "SUSP-OPT-06"
TERMINATES: Final = "TERMN-01"
RETURNS: Final = "RET-01"
PROOF: Final = "2026 жылғы 11 наурыздағы № 1 акт"
BANK: Final = "«Үлгі Банкі» АҚ"
#: What each verb of the course asks, in words a person could have typed.
ASKS: Final[dict[str, dict[str, Any]]] = {
    "deliver_offer": {"channel": "in_person", "outcome": "delivered", "proof": PROOF},
    "attempt_offer": {"channel": "registered_mail", "outcome": "not_found", "proof": PROOF},
    "set_four_months": {"reason": "auction"},
    "request_freeze": {"bank": BANK, "amount": Decimal("1000.00")},
    "grant_sanction": {"number": "С-1"},
    "refuse_sanction": {"reason": "Негізі жоқ"},
    "record_answer": {"answer": "Тыйым салынды"},
    "lift": {"reason": PROOF},
    "send_to_liquidation": {"commission": "Тарату комиссиясы, Алматы", "decision": PROOF},
    "suspend": {"ground": SUSPENDS},
    "resume": {"ground": SUSPENDS, "proof": PROOF},
    "terminate": {"ground": TERMINATES},
    "return_to_claimant": {"ground": RETURNS},
}
#: A verb that another one becomes, by what it is told.
CALLED: Final = {"attempt_offer": "deliver_offer", "end_ground": "resume"}


def evidence(ground: str) -> dict[str, str]:
    """All a ground needs, in words."""
    return {key: f"{PROOF}: {key}" for key in statute().ground(ground).evidence}


def admitted(
    number: int | str = 1,
    *,
    received_on: date = DAY,
    on: date | None = None,
    by: str = "bailiff.ala",
    **changes: Any,
) -> list[Proceeding]:
    """The proceedings on a paper received on one day and admitted on another (NEXT unless told)."""
    presentation = receive(paper(number, **changes), on=received_on, by="court.system")
    return begun(presentation, on=on or received_on + (NEXT - DAY), by=by)


def begun(presentation: Presentation, *, on: date, by: str = "bailiff.ala") -> list[Proceeding]:
    """Admit a document that arrived; its proceedings in order."""
    initiate(presentation, on=on, by=user(by))
    return list(presentation.proceedings.order_by("ordinal"))


def initiated(number: int | str = 1, **changes: Any) -> Proceeding:
    """One proceeding that has begun on NEXT."""
    [proceeding] = admitted(number, **changes)
    return proceeding


def do(thing: Any, verb: str, *, on: date = NEXT, by: str = "bailiff.ala", **given: Any) -> Any:
    """Take a verb on a proceeding or a measure with what it asks, unless told otherwise."""
    asked = {**ASKS.get(verb, {}), **given}
    function = VERBS[CALLED.get(verb, verb)].function
    if "ground" in asked and verb not in ("resume", "end_ground") and "evidence" not in asked:
        asked["evidence"] = evidence(asked["ground"])
    if verb == "record_recovery":
        asked.setdefault("debt", thing.debtor.debts.order_by("position").first())
        asked["amount"] = Decimal(str(asked.get("amount", "1000.00")))
    return function(thing, on=on, by=user(by), **asked)


def frozen(proceeding: Proceeding, *, on: date = NEXT, amount: str = "1000.00") -> Measure:
    """A freeze asked for, sanctioned and served."""
    measure = do(proceeding, "request_freeze", on=on, amount=Decimal(amount))
    do(measure, "grant_sanction", on=on, by="prosecutor.ala")
    do(measure, "serve_freeze", on=on)
    return now(measure)


def now(thing: Any) -> Any:
    """The thing as it stands in the database."""
    return type(thing).objects.get(pk=thing.pk)


def terms_of(thing: Any) -> dict[str, tuple[str | None, str]]:
    """The terms on a thing or its whole case by rule: last day and status; complaints apart."""
    scopes = {f"{thing.MACHINE}:{thing.pk}"}
    if thing.MACHINE == "proceeding":
        scopes.add(f"presentation:{thing.presentation_id}")
    rows = thing.case.stream.deadlines.filter(scope__in=scopes).order_by("started_by", "rule")
    return {row.rule: (row.due_on and str(row.due_on), row.status) for row in rows}


def kinds(case: Case) -> list[str]:
    """What happened in a case, in order."""
    return list(case.stream.entries.order_by("seq").values_list("kind", flat=True))


def papers(case: Case) -> list[str]:
    """The papers of a case, in order."""
    found = case.stream.entries.order_by("seq").values_list("papers__kind", flat=True)
    return [kind for kind in found if kind]


def outgoing(case: Case) -> list[str]:
    """What went into the outbox for a case."""
    sent = Message.objects.filter(entry__stream=case.stream).order_by("entry__seq")
    return list(sent.values_list("kind", flat=True))


def sound(cases: Iterable[Case] | None = None) -> None:
    """The journal is whole and the stored terms are what it says."""
    found = Case.objects.select_related("stream") if cases is None else cases
    assert [d for case in found for d in differences(case.stream)] == []
    assert verify()["faults"] == []


def later(days: int, *, since: date = NEXT) -> date:
    """A day after the initiation."""
    return since + timedelta(days=days)

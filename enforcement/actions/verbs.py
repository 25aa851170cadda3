"""Every verb by its name: what it is taken on, and how typed words become its arguments.

Screens, API and commands all come through `take_on`.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist

from accounts.models import Office, User
from documents.shape import EARLIEST, LATEST
from enforcement.actions import (
    coercion,
    corrections,
    costs,
    course,
    court,
    intake,
    measures,
    money,
    performance,
    postponements,
)
from enforcement.actions.property import claim_securing, inventory, skip_inventory
from enforcement.models import Case, Cost, Debt, Measure, Postponement, Proceeding
from enforcement.queries import arrival_for
from enforcement.queries.verbs import whole
from enforcement.steps import Given, possible_verbs
from law.model import Dated, Rule, Words
from law.refusal import FieldError, Kind, Refusal
from law.statute import OWN_ARGUMENTS, Statute, statute


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb: its function and the machine of the thing it is taken on."""

    name: str
    function: Callable[..., Any]
    machine: str

    @property
    def asks(self) -> list[str]:
        """The names of what it asks beside the thing, the day and the person."""
        names = list(inspect.signature(self.function).parameters)[1:]
        return [name for name in names if name not in ("on", "by")]


def _verbs(machine: str, *functions: Callable[..., Any]) -> dict[str, Verb]:
    return {each.__name__: Verb(each.__name__, each, machine) for each in functions}


VERBS: Final[dict[str, Verb]] = {
    **_verbs("presentation", course.initiate, *intake.VERBS.values()),
    **_verbs(
        "proceeding",
        course.deliver_offer,
        course.set_four_months,
        measures.request_freeze,
        measures.secure,
        claim_securing,
        inventory,
        skip_inventory,
        coercion.foreclose,
        money.record_recovery,
        course.suspend,
        course.resume,
        course.terminate,
        course.return_to_claimant,
        course.transfer,
        course.send_to_liquidation,
        postponements.postpone,
        court.record_deferral,
        court.end_deferral,
        performance.record_performance,
        costs.record_cost,
        costs.reimburse_cost,
        corrections.correct,
    ),
    **_verbs(
        "measure",
        measures.grant_sanction,
        measures.refuse_sanction,
        measures.serve_freeze,
        measures.record_answer,
        measures.replace,
        measures.lift,
    ),
    **_verbs("postponement", postponements.approve, postponements.decline),
}
#: What each machine but the presentation's is of, and in which order its things stand.
THINGS: Final = {
    "proceeding": (Proceeding, "ordinal"),
    "measure": (Measure, "requested_on"),
    "postponement": (Postponement, "requested_on"),
}


def take(case: Case, verb: Verb, given: Mapping[str, str], *, on: date, by: User) -> Any:
    """Take a verb with words as typed: `given` names its arguments and which thing is meant."""
    return take_on(meant(case, verb, given), verb, given, on=on, by=by)


def take_on(subject: Any, verb: Verb, given: Mapping[str, str], *, on: date, by: User) -> Any:
    """Take a verb on the thing that is meant."""
    return verb.function(subject, on=on, by=by, **arguments(verb, subject, given))


def meant(case: Case, verb: Verb, given: Mapping[str, str]) -> Any:
    """The thing of the case the verb is taken on: named, or the only one it is possible on."""
    if verb.machine == "presentation":
        return arrival_for(case, intake.fitting(verb.name))
    things = _things(case, verb.machine)
    which = given.get(verb.machine, "")
    if which:
        things = [each for each in things if which in (str(each.pk), _ordinal(each))]
        if not things:
            raise Refusal("not_found", kind=Kind.UNSEEN)
    ready = [each for each in things if _open_to(verb, each)] or things
    if not ready:
        raise Refusal("nothing_there", kind=Kind.STATE, rule=_rule(case, verb))
    if len(ready) > 1 and not which:
        raise Refusal("which_one", errors=(FieldError(verb.machine, "required"),))
    return ready[0]


def _things(case: Case, machine: str) -> list[Any]:
    model, order = THINGS[machine]
    things = list(whole(model).filter(case=case).order_by(order, "id"))
    for each in things:
        each.case = case
    return things


def _ordinal(thing: Any) -> str:
    return str(getattr(thing, "ordinal", ""))


def _open_to(verb: Verb, thing: Any) -> bool:
    possible = possible_verbs(thing)
    return verb.name in possible


def _rule(case: Case, verb: Verb) -> str:
    return statute(case.stream.rule_set).steps[verb.name].rule


def arguments(verb: Verb, subject: Any, given: Mapping[str, str]) -> dict[str, Any]:
    """Typed arguments from words; a Refusal names the field that cannot be."""
    found: dict[str, Any] = {}
    parameters = inspect.signature(verb.function).parameters
    for name in verb.asks:
        kind = parameters[name].annotation
        text = given.get(name, "")
        if kind == Given:
            found[name] = {k.partition(".")[2]: v for k, v in given.items() if _of(k, name)}
        elif text or parameters[name].default is inspect.Parameter.empty:
            found[name] = _typed(name, text, kind, subject)
    return found


def _of(key: str, name: str) -> bool:
    return key.startswith(f"{name}.")


def _typed(name: str, text: str, kind: Any, subject: Any) -> Any:
    readers: dict[Any, Callable[[], Any]] = {
        Decimal: lambda: _sum(text),
        int: lambda: int(text),
        date: lambda: _day(text),
        date | None: lambda: _day(text) if text else None,
        Office: lambda: Office.objects.get(code=text),
        Debt: lambda: _debt(text, subject, money=name == "debt"),
        Cost: lambda: _cost(text, subject),
        Measure | None: lambda: subject.measures.get(pk=UUID(text)),
    }
    try:
        return readers.get(kind, lambda: text)()
    except (InvalidOperation, ValueError, ObjectDoesNotExist) as bad:
        code = "format" if text else "required"
        raise Refusal("invalid", errors=(FieldError(name, code),)) from bad


def _sum(text: str) -> Decimal:
    amount = Decimal(text.replace("\u00a0", "").replace(" ", "").replace(",", "."))
    if not amount.is_finite():
        raise ValueError(text)
    return amount


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if not EARLIEST <= day <= LATEST:
        raise ValueError(text)
    return day


def _cost(text: str, proceeding: Proceeding) -> Cost:
    """A cost of the proceeding by its id; the oldest one not paid back when not named."""
    own = proceeding.costs.order_by("on", "entry__seq")
    if text:
        return own.get(pk=UUID(text))
    left = [cost for cost in own if costs.unpaid(cost)]
    return left[0] if left else own[:1].get()


def _debt(text: str, proceeding: Proceeding, *, money: bool) -> Debt:
    """A debt of the proceeding's debtor by its id or its place; the first when not named.

    `money`: whether a sum is meant, or a claim that is none.
    """
    debts = proceeding.debtor.debts.order_by("position")
    if not text:
        return debts.filter(amount__isnull=not money)[:1].get()
    if text.isdigit():
        return debts.get(position=int(text))
    return debts.get(pk=UUID(text))


# --- What is chosen before the rest is asked ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Option:
    """A ground, a measure or a coercive act: chosen first, since it says what else is asked."""

    id: str
    rule: str
    title: Words
    text: Words
    #: Where the texts it asks are kept: `evidence` or `details`.
    texts: str
    asks: tuple[str, ...]
    kind: str = ""
    ends_on: str = ""
    dated: Dated = Dated.NEVER

    def fields(self) -> dict[str, str]:
        """What it asks: the name of each field and the law's key for its words."""
        return {ask if ask in OWN_ARGUMENTS else f"{self.texts}.{ask}": ask for ask in self.asks}


def chosen_by(verb: Verb) -> str:
    """The argument that is chosen first; empty where nothing is."""
    if "evidence" in verb.asks:
        return "ground"
    chosen = ("kind", "way") if "details" in verb.asks else ()
    return next((field for field in chosen if field in verb.asks), "")


def options(verb: Verb, law: Statute) -> dict[str, Option]:
    """What can be chosen first, by id."""
    field = chosen_by(verb)
    if field == "ground":
        found = [
            Option(
                *(g.rule.id, g.rule.id, *_said(g.rule), "evidence", g.evidence),
                *(g.kind, g.ends_on, g.dated),
            )
            for g in law.grounds(verb.name)
        ]
    elif field == "kind":
        known = law.securing().values()
        found = [Option(m.rule.id, m.rule.id, *_said(m.rule), "details", m.asks) for m in known]
    elif field == "way":
        found = [
            Option(w.id, w.rule.id, w.title, w.rule.text, "details", w.asks)
            for w in law.coercive.values()
        ]
    else:
        found = []
    return {each.id: each for each in found}


def _said(rule: Rule) -> tuple[Words, Words]:
    return rule.title, rule.text

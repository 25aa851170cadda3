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

from accounts.models import Office, User
from enforcement.actions import corrections, course, intake, measures, money
from enforcement.models import Case, Debt, Measure, Proceeding
from enforcement.queries import arrival_for
from enforcement.queries.verbs import whole
from enforcement.steps import possible_verbs
from law.refusal import FieldError, Refusal
from law.statute import statute


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


MODELS: Final = {"proceeding": Proceeding, "measure": Measure}
VERBS: Final[dict[str, Verb]] = {
    **_verbs("presentation", course.initiate, *intake.VERBS.values()),
    **_verbs(
        "proceeding",
        course.deliver_offer,
        course.set_four_months,
        measures.request_freeze,
        money.record_recovery,
        course.suspend,
        course.resume,
        course.terminate,
        course.return_to_claimant,
        course.transfer,
        course.send_to_liquidation,
        corrections.correct,
    ),
    **_verbs(
        "measure",
        measures.grant_sanction,
        measures.refuse_sanction,
        measures.serve_freeze,
        measures.record_answer,
        measures.lift,
    ),
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
            raise Refusal("not_found", status=404)
    ready = [each for each in things if _open_to(verb, each)] or things
    if not ready:
        raise Refusal("nothing_there", status=409, rule=_rule(case, verb))
    if len(ready) > 1 and not which:
        raise Refusal("which_one", errors=(FieldError(verb.machine, "required"),))
    return ready[0]


def _things(case: Case, machine: str) -> list[Any]:
    found = whole(MODELS[machine]).filter(case=case)
    things = list(found.order_by("ordinal" if machine == "proceeding" else "requested_on", "id"))
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
    evidence = {k.partition(".")[2]: v for k, v in given.items() if k.startswith("evidence.")}
    found: dict[str, Any] = {}
    parameters = inspect.signature(verb.function).parameters
    for name in verb.asks:
        kind = parameters[name].annotation
        text = given.get(name, "")
        if name == "evidence":
            found[name] = evidence
        elif text or parameters[name].default is inspect.Parameter.empty:
            found[name] = _typed(name, text, kind, subject)
    return found


def _typed(name: str, text: str, kind: Any, subject: Any) -> Any:
    try:
        if kind is Decimal:
            amount = Decimal(text.replace("\u00a0", "").replace(" ", "").replace(",", "."))
            if not amount.is_finite():
                raise ValueError(text)
            return amount
        if kind is int:
            return int(text)
        if kind is Office:
            return Office.objects.get(code=text)
        if kind is Debt:
            return _debt(text, subject)
    except (InvalidOperation, ValueError, Office.DoesNotExist, Debt.DoesNotExist) as bad:
        code = "format" if text else "required"
        raise Refusal("invalid", errors=(FieldError(name, code),)) from bad
    return text


def _debt(text: str, proceeding: Proceeding) -> Debt:
    """A debt of the proceeding's debtor by its id or its place; the only one when not named."""
    debts = proceeding.debtor.debts.order_by("position")
    if not text:
        return debts.exclude(amount=None)[:1].get()
    if text.isdigit():
        return debts.get(position=int(text))
    return debts.get(pk=UUID(text))

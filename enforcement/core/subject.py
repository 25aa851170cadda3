"""Which thing of a case a verb is taken on."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.functional import SimpleLazyObject

from accounts.models import User
from accounts.queries import roles_in
from enforcement.core.card import Verb
from enforcement.core.checks import closed, refuse_unknown_step, wrong_state
from enforcement.core.facts import Facts
from enforcement.core.step import facts_of, lines_of
from enforcement.facts.arrivals import current
from enforcement.facts.queries import with_facts
from enforcement.lifecycle.proceeding import ANNULLED
from enforcement.models import (
    Case,
    Letter,
    Measure,
    Postponement,
    Presentation,
    Proceeding,
    Subject,
    Submission,
)
from law.refusal import FieldError, Kind, Refusal
from law.statute import Statute, statute

#: In which order the things of each machine stand.
ORDER: Final[dict[str, tuple[type[Subject], str]]] = {
    "presentation": (Presentation, "ordinal"),
    "proceeding": (Proceeding, "ordinal"),
    "measure": (Measure, "requested_on"),
    "postponement": (Postponement, "requested_on"),
    "submission": (Submission, "received_on"),
    "letter": (Letter, "sent_on"),
}


def things_of(case: Case, machine: str) -> list[Any]:
    """The things of a machine in a case, with the facts guards judge by."""
    model, order = ORDER[machine]
    things = list(with_facts(model).filter(case=case).order_by(order, "id"))
    for each in things:
        each.case = case
    return things


def find_subject(case: Case, verb: Verb, given: Mapping[str, str]) -> Any:
    """The thing of the case the verb is taken on: named, or the only one it is possible on."""
    law = statute(case.stream.rule_set)
    refuse_unknown_step(verb, law)
    things = things_of(case, verb.machine)
    if verb.machine == Presentation.MACHINE:
        return choose_arrival(verb, things, law)
    which = given.get(verb.machine, "")
    if which:
        things = [each for each in things if which in (str(each.pk), _ordinal(each))]
        if not things:
            raise Refusal("not_found", kind=Kind.UNSEEN)
    ready = [each for each in things if not wrong_state(each, verb, law=law)]
    if not ready and not which:
        _refuse_before_proceedings(case, verb, law)
    ready = ready or things
    if not ready:
        raise nothing_there(verb, law, verb.machine)
    if len(ready) > 1 and not which:
        raise Refusal("which_one", errors=(FieldError(verb.machine, "required"),))
    return ready[0]


def _refuse_before_proceedings(case: Case, verb: Verb, law: Statute) -> None:
    """409 where no proceeding was opened yet on the arrival the case stands by."""
    arrivals = list(case.presentations.order_by("ordinal"))
    begun = case.proceedings.filter(presentation=current(arrivals)).exclude(state=ANNULLED)
    if not begun.exists():
        raise nothing_there(verb, law, Proceeding.MACHINE)


def nothing_there(verb: Verb, law: Statute, machine: str) -> Refusal:
    """409: there is no thing of that machine yet to take the verb on."""
    says = f"nothing_there.{machine}"
    refused = Refusal(
        "nothing_there",
        kind=Kind.STATE,
        rule=law.steps[verb.name].rule,
        possible=law.instead.get(says, ()),
        says=says,
    )
    refused.verb, refused.rule_set = verb.name, law.name
    return refused


def _ordinal(thing: Any) -> str:
    return str(getattr(thing, "ordinal", ""))


def choose_arrival(verb: Verb, arrivals: list[Presentation], law: Statute) -> Presentation:
    """The arrival a step means: the waiting one it answers, else the one the case stands by."""
    for each in arrivals:
        now = Facts(each, law, each.received_on, None, (), ())
        if verb.card.due and not closed(verb, now):
            return each
    return current(arrivals)


def facts_for(thing: Any, user: User, *, on: date) -> Facts:
    """The facts of a thing for the person who would act on that day.

    Roles and lines are read once somebody asks for them: few forms do.
    """
    case = thing.case
    return facts_of(
        thing,
        law=statute(case.stream.rule_set),
        on=on,
        by=user.pk,
        roles=SimpleLazyObject(lambda: roles_in(user, case.office_id, on=on)),
        lines=SimpleLazyObject(lambda: tuple(lines_of(case))),
    )

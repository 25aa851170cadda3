"""What is shown before signing is what the act then does: deferrals, their end, an approval."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pytest

from enforcement.core.card import VERBS
from enforcement.core.rehearsal import GOES_ON, STANDS, STARTS, Outcome, rehearse
from tests.course import ASKS, do, initiated, later, now
from tests.enforcement.signing.test_course_whatif import dates, stored
from tests.enforcement.signing.test_views import at_desk
from tests.office import census, user

UNTIL: Final = ASKS["record_deferral"]["until"]
TWO, VOLUNTARY, COMPLAINT = "TERM-EXEC-2M", "TERM-VOLUNTARY-5D", "TERM-COMPLAINT-10D"


def begun() -> Any:
    """A proceeding in its voluntary term."""
    proceeding = initiated()
    do(proceeding, "deliver_offer")
    return now(proceeding)


def deferred() -> Any:
    """The same, deferred by a court until UNTIL."""
    proceeding = begun()
    do(proceeding, "record_deferral", on=later(1))
    return now(proceeding)


def asked() -> Any:
    """A postponement that waits for approval."""
    return now(do(begun(), "postpone", on=later(1)))


def suspended() -> Any:
    proceeding = deferred()
    do(proceeding, "suspend", on=later(2))
    return now(proceeding)


def terms(outcome: Outcome, on: date) -> set[Any]:
    """The terms shown, as `stored` tells those in the database."""
    told = ((t.rule, t.status, t.starts_on, t.reckoning.due_on) for t in outcome.terms)
    return dates(told, on)


#: A thing, a verb, its day, what is typed, and what it does to which term.
ACTS: Final[dict[str, tuple[Callable[[], Any], str, date, dict[str, Any], dict[str, str]]]] = {
    "ruled today": (
        *(begun, "record_deferral", later(2), {"ruled_on": later(2)}),
        {TWO: STANDS, VOLUNTARY: STANDS},
    ),
    "ruled before": (
        *(begun, "record_deferral", later(4), {"ruled_on": later(1)}),
        {TWO: STANDS, VOLUNTARY: STANDS},
    ),
    "ended before its day": (
        *(deferred, "end_deferral", later(9), {}),
        {TWO: GOES_ON, VOLUNTARY: GOES_ON},
    ),
    "ended on its day": (
        *(deferred, "end_deferral", UNTIL, {}),
        {TWO: GOES_ON, VOLUNTARY: GOES_ON},
    ),
    "ended under a suspension": (suspended, "end_deferral", later(9), {}, {}),
    "approved": (asked, "approve", later(3), {}, {COMPLAINT: STARTS}),
    "its day is over, seen by nobody": (
        *(deferred, "set_four_months", date(2026, 5, 6), {"reason": "auction"}),
        {TWO: "ends", VOLUNTARY: GOES_ON, "TERM-EXEC-4M": STARTS, COMPLAINT: STARTS},
    ),
}


def shown(thing: Any, verb: str, on: date, given: dict[str, Any]) -> Outcome:
    """What is shown before signing, with what is typed."""
    typed = {**ASKS.get(verb, {}), **given}
    return rehearse(VERBS[verb], thing, typed, on=on, by=user("senior.ala"))


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.rule("COURT-DEFER-01", "POSTP-01")
def test_what_is_shown_is_what_the_act_does(offices: None, act: str) -> None:
    prepare, verb, on, given, told = ACTS[act]
    thing = prepare()
    before = census()
    outcome = shown(thing, verb, on, given)
    assert census() == before, "showing saves nothing"
    do(thing, verb, on=on, by="senior.ala", **given)
    assert stored(thing, on) == terms(outcome, on)
    assert {each.rule: each.kind for each in outcome.changes} == told


@pytest.mark.parametrize(
    ("prepare", "verb", "on", "given"),
    [
        (begun, "record_deferral", later(2), {"ruled_on": later(3)}),
        (begun, "end_deferral", later(2), {}),
        (deferred, "end_deferral", date(2026, 5, 6), {}),
        (asked, "decline", later(3), {}),
    ],
)
def test_what_would_be_refused_or_moves_nothing_shows_nothing(
    offices: None, prepare: Callable[[], Any], verb: str, on: date, given: dict[str, Any]
) -> None:
    assert shown(prepare(), verb, on, given).changes == []


def test_the_form_shows_what_stands_still_from_the_ruling_typed(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    thing = begun()
    set_clock(later(4))
    address = f"/cases/{thing.case_id}/record_deferral?proceeding={thing.pk}&on={later(4)}"
    shown = at_desk().get(f"{address}&ruled_on={later(1)}").context["changes"]
    assert {row["rule"]: row["kind"] for row in shown} == {TWO: STANDS, VOLUNTARY: STANDS}
    assert at_desk().get(f"{address}&ruled_on={later(5)}").context["changes"] == []

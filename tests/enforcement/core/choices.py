"""What a random history chooses among, and what it looks at."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random
from typing import Any

from hypothesis import HealthCheck, settings

from enforcement.core.card import Annulled
from enforcement.core.card import lines as written
from enforcement.models import Proceeding
from tests.course import ALIMONY, WITH_ALIMONY

GROUNDS = ("SUSP-MAND-04", "SUSP-OPT-06", "SUCC-02")
OF_A_PROCEEDING = (
    *("deliver", "four_months", "pay", "suspend", "resume", "end", "freeze", "annul"),
    *("secure", "inventory", "leave_out", "apply", "force"),
    *("defer", "undefer", "ask", "spend", "pay_back", "perform"),
    *("pay_month", "refund", "reverse", "month", "arrears"),
)
OF_A_POSTPONEMENT = ("approve", "decline")
OF_A_MEASURE = ("grant", "refuse", "serve", "lift", "replace")
LAID: dict[str, dict[str, Any]] = {
    "SEC-02": {"target": "securities", "object": "Акциялар", "details": {}},
    "SEC-05": {"target": "movable_property", "object": "Гараж", "details": {"seal": "1"}},
}
ENDS: list[tuple[str, str, dict[str, Any]]] = [
    ("terminate", "terminated", {"ground": "TERMN-07"}),
    ("terminate", "terminated", {"ground": "TERMN-07"}),
    ("terminate", "terminated", {"ground": "TERMN-01"}),
    ("return_to_claimant", "returned", {}),
    ("send_to_liquidation", "sent_to_liquidation", {}),
    ("transfer", "transferred", {}),
]
#: What fails is made as short as it can be, and is the same the next time.
LIVED = settings(
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)


def running(proceedings: list[Proceeding], on: date) -> Counter[tuple[str, str | None]]:
    """The terms of the case that run or stand still on a day."""
    rows = proceedings[0].case.stream.deadlines.filter(status__in=("running", "paused"))
    rows = rows.exclude(due_on__lt=on)
    return Counter((row.rule, row.due_on and str(row.due_on)) for row in rows)


def stateful() -> list[str]:
    """The lines of which only the last that changed the state can be annulled."""
    last = Annulled.LAST_OF_STATE
    return [event for event, (_verb, line) in written().items() if line.annulled is last]


#: Awards: from which day, the first day after them where they end, by which day what they owed was
#: out of time: three years back from 10 March 2026, read a day later, with the days off after it.
AWARDS: list[tuple[date, date | None, date | None]] = [
    (date(2026, 1, 25), None, None),
    (date(2026, 1, 25), date(2026, 4, 10), None),
    (date(2022, 6, 15), None, date(2023, 3, 5)),
    (date(2022, 6, 15), date(2023, 9, 1), date(2023, 3, 5)),
]


def with_award(chance: Random) -> tuple[list[dict[str, Any]], dict[str, date | None]]:
    """A sum and payments that come again beside it, and what the model knows of these."""
    since, until, late = chance.choice(AWARDS)
    told = {**ALIMONY["periodic"], "since": str(since)} | ({"until": str(until)} if until else {})
    known = {"awarded": since, "ends": until, "late": late}
    return [WITH_ALIMONY[0], {**ALIMONY, "periodic": told}], known

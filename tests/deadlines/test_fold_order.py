"""The terms of a case do not depend on when beat looked at the calendar."""

from datetime import date

import pytest

from deadlines.fold import Event, FoldedTerm, fold
from law.statute import statute
from law.workdays import calendar

SUBJECT = "proceeding:1"
INITIATED = {"completion_months": 2}
#: Two months from 10 March 2026 end on Tuesday 12 May.
DUE = date(2026, 5, 12)
SEEN_OUT = ("expired", DUE, {"rule": "TERM-EXEC-2M", "scope": SUBJECT}, None)
Line = tuple[str, date, dict[str, object], int | None]


def completion(*lines: Line) -> FoldedTerm:
    """The completion term of a proceeding initiated on 10 March 2026, after these lines."""
    first: Line = ("initiated", date(2026, 3, 10), INITIATED, None)
    events = [
        Event(n, kind, on, "" if kind == "expired" else SUBJECT, dict(body), corrects)
        for n, (kind, on, body, corrects) in enumerate((first, *lines), start=1)
    ]
    terms = fold(events, law=statute("lecture"), calendar=calendar)
    (term,) = (each for each in terms if each.rule == "TERM-EXEC-2M")
    return term


@pytest.mark.rule("TERM-EXEC-2M")
@pytest.mark.parametrize(
    ("line", "status", "due"),
    [
        (("suspended", date(2026, 5, 8), {}, None), "paused", None),
        (("terminated", date(2026, 5, 11), {}, None), "met", DUE),
        (("terminated", date(2026, 5, 14), {}, None), "expired", DUE),
        (("transferred", date(2026, 5, 11), {}, None), "cancelled", DUE),
        (("transferred", date(2026, 5, 14), {}, None), "expired", DUE),
        (("initiated", date(2026, 3, 20), INITIATED, 1), "running", date(2026, 5, 20)),
    ],
)
def test_an_act_counts_by_its_own_date_whether_beat_looked_before_or_not(
    line: Line, status: str, due: date | None
) -> None:
    for lines in ([line], [SEEN_OUT, line]):
        term = completion(*lines)
        assert (term.status, term.reckoning.due_on) == (status, due)


def test_a_term_that_beat_saw_run_out_and_nothing_ended_has_expired() -> None:
    term = completion(SEEN_OUT)
    assert (term.status, term.ended_on) == ("expired", DUE)


def test_a_term_nobody_saw_run_out_is_still_told_as_running() -> None:
    assert completion().status == "running"

"""Terms that change while they run: four months for two, grounds that end apart, ends too late."""

from __future__ import annotations

from datetime import date

import pytest

from tests.deadlines.test_fold import expired, folded, initiated, line, only, told


@pytest.mark.rule("TERM-EXEC-4M")
def test_four_months_stand_still_whenever_the_two_had_before_the_change() -> None:
    """Q14: from the same initiation; pauses before the change and after it are kept."""
    journal = [
        initiated(1, "2026-03-10"),
        line(2, "suspended", "2026-04-01", ground="A"),
        line(3, "resumed", "2026-04-11", ground="A"),
        line(4, "four_months_set", "2026-04-20", initiated_on="2026-03-10"),
        line(5, "suspended", "2026-05-01", ground="B"),
        line(6, "resumed", "2026-05-06", ground="B"),
    ]
    two, _complaint, four = folded(*journal)
    assert (two.status, four.status) == ("cancelled", "running")
    assert four.pauses == (
        (date(2026, 4, 1), date(2026, 4, 11)),
        (date(2026, 5, 1), date(2026, 5, 6)),
    )
    assert four.reckoning.nominal_on == date(2026, 7, 25)


def test_four_months_set_while_the_proceeding_stands_still_stand_still_too() -> None:
    journal = [
        initiated(1, "2026-03-10"),
        line(2, "suspended", "2026-04-01", ground="A"),
        line(3, "four_months_set", "2026-04-20", initiated_on="2026-03-10"),
    ]
    assert told(*journal)[2] == ("TERM-EXEC-4M", "paused", None)


@pytest.mark.parametrize("swept", [True, False])
def test_four_months_set_too_late_leave_the_two_overdue(swept: bool) -> None:
    journal = [initiated(1, "2026-03-10")]
    journal += [expired(2, "2026-05-12")] if swept else []
    journal += [line(3, "four_months_set", "2026-05-20", initiated_on="2026-03-10")]
    assert told(*journal) == [
        ("TERM-EXEC-2M", "expired", "2026-05-12"),
        ("TERM-COMPLAINT-10D", "running", "2026-06-01"),
        ("TERM-EXEC-4M", "running", "2026-07-10"),
    ]


def test_a_ground_that_ended_before_the_last_one_was_annulled_stands_still_no_more() -> None:
    """Of two grounds one ended; when the other is annulled, the clock ran since that day."""
    journal = [
        initiated(1, "2026-03-10"),
        line(2, "suspended", "2026-04-01", ground="A"),
        line(3, "suspended", "2026-04-05", ground="B"),
        line(4, "ground_ended", "2026-04-11", ground="A"),
        line(5, "attached", "2026-04-20", corrects=3),
    ]
    assert only(*journal).pauses == ((date(2026, 4, 1), date(2026, 4, 11)),)


def test_days_that_began_between_a_resumption_and_its_annulment_stand_still_too() -> None:
    """The offer was delivered while the proceeding seemed to go on; it had never been resumed."""
    journal = [
        initiated(1, "2026-03-10"),
        line(2, "suspended", "2026-03-24", ground="A"),
        line(3, "resumed", "2026-03-27", ground="A"),
        line(4, "offer_delivered", "2026-04-01", voluntary=True),
    ]
    assert told(*journal)[1] == ("TERM-VOLUNTARY-5D", "running", "2026-04-06")
    annulled = line(5, "corrected", "2026-04-02", corrects=3)
    assert told(*journal, annulled) == [
        ("TERM-EXEC-2M", "paused", None),
        ("TERM-VOLUNTARY-5D", "paused", None),
    ]
    resumed = line(6, "resumed", "2026-04-10", ground="A")
    assert told(*journal, annulled, resumed)[1] == ("TERM-VOLUNTARY-5D", "running", "2026-04-14")


def test_days_that_begin_after_a_pause_know_nothing_of_it() -> None:
    journal = [
        initiated(1, "2026-03-10"),
        line(2, "suspended", "2026-03-24", ground="A"),
        line(3, "resumed", "2026-03-27", ground="A"),
        line(4, "offer_delivered", "2026-04-01", voluntary=True),
    ]
    assert folded(*journal)[1].pauses == ()

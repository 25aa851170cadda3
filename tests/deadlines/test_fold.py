"""What starts, pauses, meets, cancels and ends a term: journals written by hand, and folded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

import pytest

from deadlines.fold import Event, FoldedTerm, fold
from law.blocks import events
from law.statute import RULE_SETS, statute
from law.workdays import calendar

DEBTOR: Final = "proceeding:1"
ARRIVAL: Final = "presentation:1"
#: The acts of the course; each starts ten days for a complaint, shown apart below.
COURSE: Final = {
    *("initiated", "suspended", "resumed", "terminated", "returned_to_claimant"),
    *("transferred", "sent_to_liquidation"),
}


def line(seq: int, kind: str, on: str, subject: str = DEBTOR, **body: Any) -> Event:
    """A journal line; `corrects` and `calendar` are its own fields."""
    corrects, edition = body.pop("corrects", None), body.pop("calendar", "")
    day = date.fromisoformat(on)
    return Event(seq, kind, day, subject, body, corrects=corrects, calendar=edition)


def initiated(seq: int, on: str, subject: str = DEBTOR, **body: Any) -> Event:
    return line(seq, "initiated", on, subject, completion_months=2, **body)


def whole(*journal: Event, rule_set: str = "lecture") -> list[FoldedTerm]:
    return fold(journal, law=statute(rule_set), calendar=calendar)


def folded(*journal: Event, rule_set: str = "lecture") -> list[FoldedTerm]:
    """The terms of a journal, less the ten days for a complaint of each act of its course."""
    course = {event.seq for event in journal if event.kind in COURSE}
    found = whole(*journal, rule_set=rule_set)
    return [t for t in found if (t.rule, t.started_by in course) != ("TERM-COMPLAINT-10D", True)]


def told(*journal: Event, rule_set: str = "lecture") -> list[tuple[str, str, str | None]]:
    """Rule, status and last day of every term of a journal."""
    return [
        (term.rule, term.status, term.reckoning.due_on and str(term.reckoning.due_on))
        for term in folded(*journal, rule_set=rule_set)
    ]


def only(*journal: Event, rule_set: str = "lecture") -> FoldedTerm:
    [term] = folded(*journal, rule_set=rule_set)
    return term


# --- What starts a term --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "rules"),
    [
        pytest.param(
            line(1, "received", "2026-03-18", ARRIVAL, verdict="defective"),
            {"TERM-DEFECT-3D"},
            marks=pytest.mark.rule("TERM-DEFECT-3D"),
        ),
        pytest.param(
            line(1, "received", "2026-03-18", ARRIVAL, verdict="accept", voluntary_term=True),
            {"TERM-OFFER-3D"},
            marks=pytest.mark.rule("TERM-OFFER-3D"),
        ),
        pytest.param(
            line(1, "received", "2026-03-18", ARRIVAL, verdict="accept", voluntary_term=False),
            set(),
            marks=pytest.mark.rule("INIT-IMM-01"),
        ),
        pytest.param(
            line(1, "received", "2026-03-18", ARRIVAL, verdict="wrong_territory"),
            {"TERM-TRANSFER-3D"},
            marks=pytest.mark.rule("TERM-TRANSFER-3D"),
        ),
        pytest.param(
            line(1, "offer_delivered", "2026-03-18", voluntary=True),
            {"TERM-VOLUNTARY-5D"},
            marks=pytest.mark.rule("TERM-VOLUNTARY-5D"),
        ),
        (line(1, "offer_delivered", "2026-03-18", voluntary=False), set()),
        (line(1, "debtor_moved", "2026-03-18"), {"TERM-TRANSFER-3D"}),
        pytest.param(
            line(1, "letter_received", "2026-03-18", pace="processing"),
            {"TERM-INFO-3D"},
            marks=pytest.mark.rule("TERM-INFO-3D"),
        ),
        (line(1, "letter_received", "2026-03-18", pace="at_once"), set()),
        (line(1, "returned_defective", "2026-03-18", ARRIVAL), {"TERM-COMPLAINT-10D"}),
        (line(1, "refused_late", "2026-03-18", ARRIVAL), {"TERM-COMPLAINT-10D"}),
        pytest.param(
            line(1, "initiated", "2026-03-18", completion_months=2),
            {"TERM-EXEC-2M"},
            marks=pytest.mark.rule("TERM-EXEC-2M"),
        ),
        pytest.param(
            line(1, "initiated", "2026-03-18", completion_months=4),
            {"TERM-EXEC-4M"},
            marks=pytest.mark.rule("TERM-EXEC-4M"),
        ),
        pytest.param(
            line(1, "initiated", "2026-03-18"),
            set(),
            marks=pytest.mark.rule("TERM-EXEC-EXC"),
        ),
        (line(1, "attached", "2026-03-18"), set()),
    ],
    ids=lambda value: f"{value.kind} {value.body}" if isinstance(value, Event) else "",
)
def test_an_entry_starts_the_terms_the_law_hangs_on_it(entry: Event, rules: set[str]) -> None:
    terms = folded(entry)
    assert {term.rule for term in terms} == rules
    assert {(term.status, term.started_by) for term in terms} <= {("running", 1)}


def test_in_force_an_acceptable_arrival_starts_initiation_and_no_offer() -> None:
    arrival = line(1, "received", "2026-05-06", ARRIVAL, verdict="accept", voluntary_term=True)
    assert told(arrival, rule_set="in_force") == [("INF-INIT-3WD", "running", "2026-05-13")]


@pytest.mark.rule("PRES-3Y")
def test_a_presentation_term_began_before_and_the_arrival_itself_ends_it() -> None:
    body = {"presentation_term": "PRES-3Y", "presentation_start": "2023-05-10"}
    in_time = only(line(1, "received", "2026-05-12", ARRIVAL, verdict="accept", **body))
    assert (in_time.starts_on, in_time.status) == (date(2023, 5, 10), "met")
    late = folded(line(1, "received", "2026-05-13", ARRIVAL, verdict="late", **body))
    assert [(term.rule, term.status) for term in late] == [("PRES-3Y", "expired")]


def test_a_day_term_starts_on_the_legal_day_though_the_hour_be_of_another_in_greenwich() -> None:
    """02:00 in Almaty is the evening before in UTC, and the term runs from Almaty's day."""
    at_night = datetime(2026, 3, 9, 21, 0, tzinfo=UTC)
    entry = replace(initiated(1, "2026-03-10"), happened_at=at_night)
    assert only(entry).starts_on == date(2026, 3, 10)


# --- What ends it --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "on", "status"),
    [
        ("returned_defective", "2026-03-26", "met"),
        ("returned_defective", "2026-03-27", "expired"),
        ("admitted", "2026-03-20", "cancelled"),
        ("sent_on", "2026-03-20", "cancelled"),
        ("already_received_recorded", "2026-03-20", "cancelled"),
        ("attached", "2026-03-20", "running"),
        ("resumed", "2026-03-20", "running"),
    ],
)
@pytest.mark.rule("TERM-DEFECT-3D")
def test_the_term_for_a_return_is_met_cancelled_or_missed(kind: str, on: str, status: str) -> None:
    arrival = line(1, "received", "2026-03-18", ARRIVAL, verdict="defective")
    returning = folded(arrival, line(2, kind, on, ARRIVAL))[0]
    assert (returning.rule, returning.status) == ("TERM-DEFECT-3D", status)
    assert returning.ended_on == (None if status == "running" else date.fromisoformat(on))


def expired(seq: int, on: str, scope: str = DEBTOR, rule: str = "TERM-EXEC-2M") -> Event:
    """A line of the timer, dated on the last day of the term."""
    return line(seq, "expired", on, subject="", rule=rule, scope=scope)


def test_a_term_expires_only_where_the_line_names_its_rule_and_scope() -> None:
    start = initiated(1, "2026-03-10")
    assert only(start, expired(2, "2026-05-12")).status == "expired"
    assert only(start, expired(2, "2026-05-12", rule="TERM-EXEC-4M")).status == "running"
    assert only(start, expired(2, "2026-05-12", scope="proceeding:2")).status == "running"


@pytest.mark.parametrize(
    ("dated", "status"),
    [("2026-05-12", "met"), ("2026-05-13", "expired"), ("2026-05-14", "expired")],
)
def test_an_act_dated_in_time_meets_a_term_that_was_seen_to_expire(dated: str, status: str) -> None:
    start, seen = initiated(1, "2026-03-10"), expired(2, "2026-05-12")
    found = only(start, seen, line(3, "terminated", dated))
    assert (found.status, found.ended_on) == (status, date.fromisoformat(dated))


def test_an_ended_term_is_not_moved_by_what_follows() -> None:
    journal = [
        initiated(1, "2026-03-10"),
        line(2, "terminated", "2026-04-01"),
        line(3, "suspended", "2026-04-10"),
        line(4, "returned_to_claimant", "2026-04-20"),
    ]
    assert folded(*journal[:2]) == folded(*journal)


def test_an_ended_term_keeps_the_calendar_it_ended_under() -> None:
    """In the first calendar of 2026 the 31st of August was a day off, in the second it is not."""
    start = line(1, "received", "2026-08-28", ARRIVAL, verdict="defective")
    done = line(2, "returned_defective", "2026-09-01", ARRIVAL, calendar="2026-1")
    by_the_first = folded(start, done)[0]
    by_the_second = folded(start, replace(done, calendar="2026-2"))[0]
    assert (by_the_first.status, by_the_first.reckoning.calendar) == ("met", "2026-1")
    assert by_the_first.reckoning.due_on == date(2026, 9, 1)
    assert (by_the_second.status, by_the_second.reckoning.due_on) == ("expired", date(2026, 8, 31))
    assert only(start).reckoning.calendar == calendar().edition


def test_four_months_take_the_place_of_two_from_the_same_day() -> None:
    four = line(2, "four_months_set", "2026-04-20", initiated_on="2026-03-10")
    assert told(initiated(1, "2026-03-10"), four) == [
        ("TERM-EXEC-2M", "cancelled", "2026-05-12"),
        ("TERM-COMPLAINT-10D", "running", "2026-04-30"),
        ("TERM-EXEC-4M", "running", "2026-07-10"),
    ]


# --- What makes it stand still -------------------------------------------------------------------


@pytest.mark.rule("TERM-EXEC-2M")
def test_a_suspension_stops_the_term_from_its_day_to_the_day_of_resumption() -> None:
    start, stop = initiated(1, "2026-03-10"), line(2, "suspended", "2026-04-01")
    standing = only(start, stop)
    assert (standing.status, standing.reckoning.due_on) == ("paused", None)
    assert standing.reckoning.days_left == 40
    going = only(start, stop, line(3, "resumed", "2026-04-11"))
    assert (going.status, going.reckoning.due_on) == ("running", date(2026, 5, 20))
    assert going.pauses == ((date(2026, 4, 1), date(2026, 4, 11)),)


@pytest.mark.parametrize(
    ("ends", "due"),
    [
        ((("resumed", "2026-04-10"), ("deferral_ended", "2026-04-15")), "2026-05-25"),
        ((("deferral_ended", "2026-04-10"), ("resumed", "2026-04-15")), "2026-05-25"),
        ((("resumed", "2026-04-10"),), None),
        ((("deferral_ended", "2026-04-10"),), None),
    ],
)
def test_a_suspension_and_a_deferral_overlap_and_each_ends_by_its_own_event(
    ends: tuple[tuple[str, str], ...], due: str | None
) -> None:
    journal = [
        initiated(1, "2026-03-10"),
        line(2, "suspended", "2026-04-01"),
        line(3, "court_deferred", "2026-04-05"),
        *(line(4 + n, kind, on) for n, (kind, on) in enumerate(ends)),
    ]
    assert told(*journal) == [("TERM-EXEC-2M", "running" if due else "paused", due)]


def test_several_suspensions_add_up() -> None:
    days = ["2026-03-20", "2026-03-25", "2026-04-01", "2026-04-11"]
    kinds = ["suspended", "resumed"] * 2
    stops = [line(2 + n, kind, on) for n, (kind, on) in enumerate(zip(kinds, days, strict=True))]
    assert told(initiated(1, "2026-03-10"), *stops) == [("TERM-EXEC-2M", "running", "2026-05-25")]


@pytest.mark.parametrize("rule_set", RULE_SETS)
def test_only_terms_of_execution_and_the_voluntary_term_ever_stand_still(rule_set: str) -> None:
    standing = {term.id for term in statute(rule_set).terms() if term.pausable}
    allowed = {"TERM-EXEC-2M", "TERM-EXEC-4M", "TERM-VOLUNTARY-5D", "INF-EXEC-6M-AGREED"}
    allowed.add("TERM-EXEC-EXC")
    assert standing == allowed & {term.id for term in statute(rule_set).terms()}


@pytest.mark.rule("TERM-COMPLAINT-10D", "TERM-TRANSFER-3D")
def test_a_suspension_does_not_stop_a_complaint_or_a_transfer() -> None:
    journal = [line(1, "returned_defective", "2026-04-29"), line(2, "debtor_moved", "2026-04-29")]
    before = told(*journal)
    assert told(*journal, line(3, "suspended", "2026-04-30")) == before
    assert [status for _, status, _ in before] == ["running", "running"]


# --- Corrections ---------------------------------------------------------------------------------


def test_an_annulled_suspension_gives_its_days_back() -> None:
    journal = [
        initiated(1, "2026-03-10"),
        line(2, "suspended", "2026-04-01"),
        line(3, "resumed", "2026-04-11"),
    ]
    annulled = line(4, "attached", "2026-04-20", corrects=2)
    assert told(*journal, annulled) == [("TERM-EXEC-2M", "running", "2026-05-12")]


def test_a_corrected_start_moves_the_term_and_keeps_what_happened_since() -> None:
    journal = [
        initiated(1, "2026-03-10"),
        line(2, "suspended", "2026-04-01"),
        line(3, "resumed", "2026-04-11"),
    ]
    right = initiated(4, "2026-03-12", corrects=1)
    found = only(*journal, right)
    assert (found.started_by, found.starts_on) == (4, date(2026, 3, 12))
    assert found.pauses == ((date(2026, 4, 1), date(2026, 4, 11)),)
    assert found.reckoning.due_on == date(2026, 5, 22)


def test_a_correction_can_be_corrected() -> None:
    journal = [
        initiated(1, "2026-03-10"),
        line(2, "suspended", "2026-04-01"),
        line(3, "resumed", "2026-04-11"),
        initiated(4, "2026-03-12", corrects=1),
        initiated(5, "2026-03-11", corrects=4),
    ]
    found = only(*journal)
    assert (found.started_by, found.reckoning.due_on) == (5, date(2026, 5, 21))


def test_a_corrected_end_leaves_the_term_running() -> None:
    journal = [initiated(1, "2026-03-10"), line(2, "terminated", "2026-04-01")]
    wrong = line(3, "attached", "2026-04-02", corrects=2)
    assert told(*journal, wrong) == [("TERM-EXEC-2M", "running", "2026-05-12")]


# --- Whose term it is ----------------------------------------------------------------------------


def test_the_terms_of_two_debtors_do_not_touch_each_other() -> None:
    other = "proceeding:2"
    journal = [
        initiated(1, "2026-03-10"),
        initiated(2, "2026-03-10", other),
        line(3, "suspended", "2026-04-01"),
        line(4, "terminated", "2026-04-20", other),
    ]
    first, second = folded(*journal)
    assert (first.scope, first.status) == (DEBTOR, "paused")
    assert (second.scope, second.status) == (other, "met")
    assert second.pauses == ()


def test_a_second_arrival_does_not_touch_the_term_of_the_first() -> None:
    journal = [
        line(1, "received", "2026-03-18", ARRIVAL, verdict="defective"),
        line(2, "received", "2026-03-19", "presentation:2", verdict="already_received"),
        line(3, "already_received_recorded", "2026-03-19", "presentation:2"),
    ]
    assert told(*journal) == [("TERM-DEFECT-3D", "running", "2026-03-26")]


@pytest.mark.parametrize("kind", sorted(COURSE))
@pytest.mark.rule("TERM-COMPLAINT-10D")
def test_every_act_of_the_course_can_be_complained_of_for_ten_days(kind: str) -> None:
    [term] = [t for t in whole(line(1, kind, "2026-03-10")) if t.rule == "TERM-COMPLAINT-10D"]
    assert (term.scope, str(term.reckoning.due_on)) == ("act:1", "2026-03-20")


@pytest.mark.rule("TERM-COMPLAINT-10D")
def test_a_complaint_meets_the_term_of_the_act_it_names() -> None:
    journal = [
        line(1, "returned_defective", "2026-04-01", ARRIVAL),
        line(2, "returned_defective", "2026-04-02", "presentation:2"),
        line(3, "submitted", "2026-04-05", act=2, of="complaint"),
    ]
    found = [(term.scope, term.status) for term in folded(*journal)]
    assert found == [("act:1", "running"), ("act:2", "met")]


@pytest.mark.parametrize("rule_set", RULE_SETS)
def test_the_law_names_only_events_the_journal_can_hold(rule_set: str) -> None:
    for term in statute(rule_set).terms():
        named = {each.event for each in (*term.starts, *term.met, *term.cancelled)}
        named |= {event for pair in term.pauses for event in pair}
        assert named <= events()


def test_an_empty_journal_has_no_terms() -> None:
    assert folded() == []

"""A court's deferral or instalment: the terms stand still from its ruling to its end (Q15)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enforcement.core.sweep import sweep
from enforcement.models import Deferral, Evidence, Proceeding
from journal.models import Entry
from tests.at_once import at_once
from tests.course import (
    ASKS,
    do,
    for_verb,
    frozen,
    initiated,
    kinds,
    now,
    sound,
    terms_of,
    told_in_three_languages,
)
from tests.deadlines.walk import walk
from tests.enforcement.signing.test_views import at_desk
from tests.office import NEXT, open_offices, refused, refused_by_the_database
from tests.platform.database import FreshDatabase
from tests.standing import lines

TWO, VOLUNTARY, COMPLAINT = "TERM-EXEC-2M", "TERM-VOLUNTARY-5D", "TERM-COMPLAINT-10D"
UNTIL = ASKS["record_deferral"]["until"]
ONE = timedelta(days=1)
RULED = date(2026, 4, 1)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def due(*pauses: tuple[date, date | None]) -> str | None:
    """The last day of two months from NEXT, counted a second time, day by day."""
    found = walk("month", 2, NEXT, pauses).due
    return str(found) if found else None


def deferred(number: int | str = 1, *, on: date = RULED, by: str = "", **given: Any) -> Proceeding:
    proceeding = for_verb(by, number)
    do(proceeding, "record_deferral", on=on, **given)
    return proceeding


# --- What stands still, from when, until when -----------------------------------------------------


@pytest.mark.parametrize("kind", ["deferral", "instalment"])
@pytest.mark.parametrize("initiator", ["bailiff", "claimant", "debtor"])
@pytest.mark.rule("COURT-DEFER-01", "COURT-DEFER-02")
def test_the_terms_stand_still_from_the_ruling_and_nothing_else_does(
    offices: None, kind: str, initiator: str
) -> None:
    proceeding = initiated()
    do(proceeding, "deliver_offer", on=day("03-12"))
    measure = frozen(proceeding, on=day("03-12"))
    entry = do(
        proceeding, "record_deferral", on=day("03-16"), kind=kind, initiator=initiator, until=UNTIL
    )
    found = terms_of(proceeding)
    assert (found[TWO], found[VOLUNTARY]) == ((None, "paused"), (None, "paused"))
    complaints = proceeding.case.stream.deadlines.filter(rule=COMPLAINT)
    assert {each.status for each in complaints} == {"running"}
    assert (now(proceeding).state, now(measure).state) == ("initiated", "served")
    assert (entry.kind, entry.facts["since"], entry.facts["until"]) == (
        "court_deferred",
        "2026-03-16",
        UNTIL.isoformat(),
    )
    assert Evidence.objects.get(entry=entry).text == ASKS["record_deferral"]["ruling"]
    sound()


@pytest.mark.rule("COURT-DEFER-01")
def test_a_ruling_that_became_known_later_holds_from_its_own_day(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "record_recovery", on=day("04-10"))
    do(proceeding, "record_deferral", on=day("04-15"), ruled_on=day("04-01"))
    kept = proceeding.case.stream.deadlines.get(rule=TWO)
    assert (kept.status, kept.days_kept) == ("paused", 41)
    do(proceeding, "end_deferral", on=day("04-20"))
    assert terms_of(proceeding)[TWO] == (due((day("04-01"), day("04-20"))), "running")
    sound()


def test_a_term_that_had_run_out_runs_again_when_the_court_had_deferred_before(
    offices: None,
) -> None:
    proceeding = initiated()
    sweep(on=day("05-20"))
    assert terms_of(proceeding)[TWO] == ("2026-05-12", "expired")
    given = {"ruled_on": day("05-04"), "until": day("06-01")}
    do(proceeding, "record_deferral", on=day("05-20"), **given)
    assert terms_of(proceeding)[TWO] == (None, "paused")
    do(proceeding, "end_deferral", on=day("05-25"))
    assert terms_of(proceeding)[TWO] == (due((day("05-04"), day("05-25"))), "running")
    sound()


@pytest.mark.parametrize(
    ("steps", "pauses"),
    [
        ([("suspend", "04-10"), ("end_deferral", "04-20"), ("resume", "04-30")], ("04-30",)),
        ([("suspend", "04-10"), ("resume", "04-15"), ("end_deferral", "04-20")], ("04-20",)),
        ([("end_deferral", "04-05"), ("suspend", "04-10"), ("resume", "04-15")], None),
    ],
    ids=["overlapping", "one inside the other", "one after the other"],
)
@pytest.mark.rule("COURT-DEFER-01", "SUSP-TERM-01")
def test_deferral_and_suspension_lose_each_day_once(
    offices: None, steps: list[tuple[str, str]], pauses: tuple[str] | None
) -> None:
    proceeding = deferred()
    for verb, on in steps:
        do(proceeding, verb, on=day(on))
    lost = [(day("04-01"), day(pauses[0]))] if pauses else []
    lost = lost or [(day("04-01"), day("04-05")), (day("04-10"), day("04-15"))]
    assert terms_of(proceeding)[TWO] == (due(*lost), "running")
    sound()


@pytest.mark.parametrize("verb", ["terminate", "return_to_claimant", "send_to_liquidation"])
def test_an_end_ends_the_deferral_too_and_its_annulment_brings_it_back(
    offices: None, verb: str
) -> None:
    proceeding = deferred(by=verb)
    entry = do(proceeding, verb, on=day("04-10"))
    held = Deferral.objects.get()
    assert (held.ended_on, held.ended_by) == (day("04-10"), entry.seq)
    annulled = {"line": entry.seq, "authority": "court", "reason": "№ 7"}
    do(now(proceeding), "correct", on=day("04-11"), **annulled)
    assert (Deferral.objects.get().ended_on, terms_of(proceeding)[TWO]) == (None, (None, "paused"))
    sound()


# --- Time ends it ---------------------------------------------------------------------------------


def ended_by_time(proceeding: Proceeding) -> Entry:
    """The line by nobody that ended the deferral; there is one and it is dated its day."""
    line = proceeding.case.stream.entries.get(kind="deferral_ended")
    assert (line.by, line.on, line.subject) == (None, UNTIL, proceeding.pk)
    return line


@pytest.mark.rule("COURT-DEFER-01")
def test_beat_ends_it_once_when_its_day_has_passed(offices: None) -> None:
    proceeding = deferred()
    sweep(on=UNTIL)
    assert Deferral.objects.get().ended_on is None
    for on in (UNTIL + ONE, UNTIL + 2 * ONE):
        sweep(on=on)
    line = ended_by_time(proceeding)
    assert (Deferral.objects.get().ended_on, Deferral.objects.get().ended_by) == (UNTIL, line.seq)
    assert terms_of(proceeding)[TWO] == (due((day("04-01"), UNTIL)), "running")
    sound()


def test_beat_that_slept_for_months_finds_the_terms_that_ran_out_meanwhile(offices: None) -> None:
    proceeding = deferred()
    sweep(on=day("10-01"))
    ended_by_time(proceeding)
    last = due((day("04-01"), UNTIL))
    assert terms_of(proceeding)[TWO] == (last, "expired")
    assert str(proceeding.case.stream.entries.get(kind="expired", body__contains=TWO).on) == last
    sound()


@pytest.mark.parametrize("state", ["initiated", "suspended"])
def test_who_acts_before_beat_finds_it_ended_on_its_day(offices: None, state: str) -> None:
    proceeding = deferred()
    if state == "suspended":
        do(proceeding, "suspend", on=day("04-02"), ground="SUSP-OPT-05")
    do(now(proceeding), "record_recovery", on=UNTIL + 3 * ONE)
    ended_by_time(proceeding)
    acts = [kind for kind in kinds(proceeding.case) if kind != "expired"]
    assert acts[-2:] == ["deferral_ended", "recovered"]
    assert now(proceeding).state == state
    sound()


def test_an_act_can_still_be_dated_before_the_day_on_which_time_ended_it(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = deferred()
    set_clock(UNTIL + 2 * ONE)
    sweep(on=UNTIL + 2 * ONE)
    do(proceeding, "record_recovery", on=UNTIL - ONE)
    sound()


def test_a_refused_step_does_not_end_it_either(offices: None) -> None:
    proceeding = deferred()
    with refused("wrong_period", status=422):
        do(proceeding, "record_recovery", on=UNTIL + 3 * ONE, received_on=UNTIL + 4 * ONE)


def test_many_end_in_bounded_batches(offices: None) -> None:
    for number in range(12):
        deferred(number)
    with CaptureQueriesContext(connection) as asked:
        sweep(on=UNTIL + ONE, batch=5)
    locks = [q for q in asked.captured_queries if "SKIP LOCKED" in q["sql"]]
    assert len(locks) >= 3
    updates = [q for q in asked.captured_queries if q["sql"].startswith('UPDATE "enforcement_def')]
    assert len(updates) == 3, "one update a batch"
    assert Entry.objects.filter(kind="deferral_ended", on=UNTIL, by=None).count() == 12
    sound()


def test_sweeps_at_the_same_moment_end_each_once(fresh_database: FreshDatabase) -> None:
    open_offices()
    for number in range(9):
        deferred(number)
    at_once(*[lambda: sweep(on=UNTIL + ONE, batch=4) for _ in range(4)])
    assert Entry.objects.filter(kind="deferral_ended").count() == 9
    sound()


# --- Refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"kind": "mercy"}, "invalid", "kind"),
        ({"initiator": "neighbour"}, "invalid", "initiator"),
        ({"ruling": "  "}, "evidence_missing", "ruling"),
        ({"ruling": "—"}, "evidence_missing", "ruling"),
        ({"court": "Сот", "number": "2-77"}, "invalid", "ruling"),
        ({"ruling": "", "court": "Сот"}, "evidence_missing", "number"),
        ({"ruling": "", "number": "2-77"}, "evidence_missing", "court"),
        ({"in_force_on": day("04-02")}, "invalid", "in_force_on"),
        ({"in_force_on": day("03-31")}, "invalid", "in_force_on"),
        ({"ruled_on": day("04-02")}, "wrong_period", "ruled_on"),
        ({"until": day("04-01")}, "wrong_period", "until"),
        ({"until": day("03-01")}, "wrong_period", "until"),
    ],
)
@pytest.mark.rule("COURT-DEFER-02")
def test_a_deferral_that_cannot_be_is_refused(
    offices: None, given: dict[str, Any], code: str, field: str
) -> None:
    proceeding = initiated()
    with refused(code, status=422) as caught:
        do(proceeding, "record_deferral", on=day("04-01"), **{"ruled_on": day("04-01"), **given})
    assert [error.field for error in caught.value.errors] == [field]
    told_in_three_languages(caught.value)


def test_it_is_not_given_twice_at_once_and_ends_once(offices: None) -> None:
    proceeding = deferred()
    with refused("deferred_already", status=409) as caught:
        do(proceeding, "record_deferral", on=day("04-02"))
    told_in_three_languages(caught.value)
    with refused("evidence_missing", status=422):
        do(proceeding, "end_deferral", on=day("04-05"), proof=" ")
    do(proceeding, "end_deferral", on=day("04-05"))
    with refused("not_deferred", status=409) as caught:
        do(proceeding, "end_deferral", on=day("04-06"))
    told_in_three_languages(caught.value)
    do(proceeding, "record_deferral", on=day("04-07"))
    sound()


def test_one_that_time_has_ended_makes_room_for_another_before_beat_looks(offices: None) -> None:
    proceeding = deferred()
    do(proceeding, "record_deferral", on=UNTIL + 2 * ONE, until=day("06-01"))
    ended_by_time(proceeding)
    assert Deferral.objects.filter(ended_on=None).count() == 1
    sound()


def test_the_database_holds_one_open_deferral(offices: None) -> None:
    proceeding = deferred()
    do(proceeding, "end_deferral", on=day("04-05"))
    do(proceeding, "record_deferral", on=day("04-06"))
    with refused_by_the_database("deferral_once"), connection.cursor() as cursor:
        cursor.execute("UPDATE enforcement_deferral SET ended_on = NULL")


# --- Corrections ----------------------------------------------------------------------------------


def annul(proceeding: Proceeding, line: int, *, on: date) -> Entry:
    given = {"line": line, "authority": "senior", "reason": "Қате", "by": "senior.ala"}
    entry: Entry = do(now(proceeding), "correct", on=on, **given)
    return entry


def test_a_deferral_annulled_gives_its_days_back(offices: None) -> None:
    proceeding = initiated()
    sweep(on=day("04-01"))
    before = terms_of(proceeding)
    wrong = do(proceeding, "record_deferral", on=day("04-01"))
    annul(proceeding, wrong.seq, on=day("04-03"))
    assert terms_of(proceeding) == before
    do(proceeding, "record_deferral", on=day("04-03"))
    sound()


def test_an_end_annulled_lets_it_stand_as_if_never_ended(offices: None) -> None:
    proceeding = deferred()
    wrong = do(proceeding, "end_deferral", on=day("04-05"))
    annul(proceeding, wrong.seq, on=day("04-08"))
    assert terms_of(proceeding)[TWO] == (None, "paused")
    sweep(on=UNTIL + ONE)
    assert terms_of(proceeding)[TWO] == (due((day("04-01"), UNTIL)), "running")
    sound()


def test_only_the_last_line_of_the_deferrals_can_be_annulled(offices: None) -> None:
    proceeding = deferred()
    end = do(proceeding, "end_deferral", on=day("04-05"))
    first = proceeding.case.stream.entries.get(kind="court_deferred").seq
    second = do(proceeding, "record_deferral", on=day("04-06")).seq
    assert {first, end.seq} & set(lines(now(proceeding))) == set()
    annul(proceeding, second, on=day("04-07"))
    assert end.seq in lines(now(proceeding))
    assert first not in lines(now(proceeding))
    annul(proceeding, end.seq, on=day("04-07"))
    annul(proceeding, first, on=day("04-07"))
    assert terms_of(proceeding)[TWO] == ("2026-05-12", "running")
    sound()


def test_what_time_ended_is_annulled_with_the_deferral_itself(offices: None) -> None:
    proceeding = deferred()
    sweep(on=UNTIL + ONE)
    line = ended_by_time(proceeding)
    first = proceeding.case.stream.entries.get(kind="court_deferred").seq
    assert line.seq not in lines(now(proceeding))
    annul(proceeding, first, on=UNTIL + ONE)
    assert terms_of(proceeding)[TWO] == ("2026-05-12", "running")
    sound()


# --- The page -------------------------------------------------------------------------------------


@pytest.mark.rule("COURT-DEFER-01")
def test_the_case_page_shows_it_while_it_holds_and_afterwards(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = deferred(kind="instalment")
    set_clock(day("04-05"))
    address = f"/cases/{proceeding.case_id}"
    page = at_desk().get(address).content.decode()
    assert 'data-deferral="instalment"' in page
    form = at_desk().get(f"{address}/end_deferral")
    assert (form.status_code, 'name="proof"' in form.content.decode()) == (200, True)
    typed = {"on": "2026-04-05", "proof": "№ 3", "proceeding": str(proceeding.pk)}
    assert at_desk().post(f"{address}/end_deferral", typed).status_code == 302
    page = at_desk().get(address).content.decode()
    assert 'data-deferral="instalment"' not in page
    assert 'datetime="2026-04-01"' in page


@pytest.mark.parametrize("until", ["", "yesterday", "9999-12-31", "0001-01-01", "2026-02-30"])
def test_a_strange_day_in_its_form_is_answered(
    offices: None, set_clock: Callable[[date], None], until: str
) -> None:
    proceeding = initiated()
    set_clock(day("04-01"))
    address = f"/cases/{proceeding.case_id}/record_deferral"
    typed = {**ASKS["record_deferral"], "ruled_on": "2026-04-01", "on": "2026-04-01"}
    answer = at_desk().post(address, {**typed, "until": until, "proceeding": str(proceeding.pk)})
    assert answer.status_code == 422
    typed["until"] = "2026-05-04"
    answer = at_desk().post(address, {**typed, "proceeding": str(proceeding.pk)})
    assert (answer.status_code, Deferral.objects.count()) == (302, 1)

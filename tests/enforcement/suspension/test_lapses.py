"""A suspension that names the day on which it ends goes on from that day, whoever looks first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from deadlines.actions import folded
from documents.models import Paper
from enforcement.core.card import VERBS
from enforcement.core.rehearsal import rehearse
from enforcement.core.sweep import sweep
from enforcement.models import Proceeding, Suspension
from enforcement.post.sending import dispatch
from law.model import Dated
from law.statute import statute
from tests.course import (
    PROOF,
    do,
    evidence,
    initiated,
    kinds,
    later,
    now,
    papers,
    sound,
    terms_of,
    told_in_three_languages,
)
from tests.deadlines.walk import walk
from tests.office import NEXT, open_offices, refused, user
from tests.platform.database import FreshDatabase
from tests.standing import step_of, told

TWO = "TERM-EXEC-2M"
BY_COURT = {"authority": "court", "reason": "№ 7"}
ASKED, AWAY, COURT = "SUSP-OPT-06", "SUSP-OPT-02", "SUSP-MAND-04"
STOPPED, UNTIL = later(5), later(25)
GROUNDS = statute("lecture").grounds("suspend")


def stopped(*, ground: str = ASKED, until: date = UNTIL) -> Proceeding:
    """A proceeding that stands still until a day."""
    proceeding = initiated()
    do(proceeding, "suspend", on=STOPPED, ground=ground, until=until)
    return now(proceeding)


def acts(proceeding: Proceeding) -> list[str]:
    """What happened in its case beside terms that ran out."""
    return [kind for kind in kinds(proceeding.case) if kind != "expired"]


def due(until: date | None = UNTIL) -> str | None:
    """The last day of two months with the pause, told independently."""
    found = walk("month", 2, NEXT, [(STOPPED, until)]).due
    return found and str(found)


@pytest.mark.rule("SUSP-TERM-01", "SUSP-OPT-02", "SUSP-OPT-03")
def test_the_law_says_which_grounds_end_on_a_date() -> None:
    found = {dated: {g.rule.id for g in GROUNDS if g.dated is dated} for dated in Dated}
    assert found[Dated.REQUIRED] == {ASKED}
    assert found[Dated.OPTIONAL] == {AWAY, "SUSP-OPT-03", "SUSP-OPT-07"}


@pytest.mark.rule("SUSP-TERM-01", "SUSP-OPT-06")
def test_it_goes_on_from_its_day_and_so_do_the_terms(offices: None) -> None:
    proceeding = stopped()
    assert terms_of(proceeding)[TWO] == (None, "paused")
    sweep(on=later(24))
    assert now(proceeding).state == "suspended"
    for on in (UNTIL, later(26)):
        sweep(on=on)
    assert (now(proceeding).state, kinds(proceeding.case)[-1]) == ("initiated", "suspension_lapsed")
    line = proceeding.case.stream.entries.get(kind="suspension_lapsed")
    assert (line.on, line.by, line.facts["ground"]) == (UNTIL, None, ASKED)
    assert terms_of(proceeding)[TWO] == (due(), "running")
    assert papers(proceeding.case).count("resume") == 0
    sound()


def test_who_acts_before_beat_finds_it_running_from_its_day(offices: None) -> None:
    proceeding = stopped()
    do(proceeding, "deliver_offer", on=later(26))
    assert acts(proceeding)[-2:] == ["suspension_lapsed", "offer_delivered"]
    assert terms_of(proceeding)[TWO] == (due(), "running")
    sound()


@pytest.mark.parametrize(
    ("other", "on", "verb"),
    [(False, later(24), None), (False, UNTIL, "resume"), (True, later(24), "resume")],
)
def test_until_its_day_only_time_helps(
    offices: None, other: bool, on: date, verb: str | None
) -> None:
    proceeding = stopped()
    if other:
        do(proceeding, "suspend", on=later(6), ground=COURT)
    found = step_of(proceeding.case_id, told(proceeding), on=on)
    assert (found and found["verb"]) == verb


def test_it_can_be_resumed_before_its_day(offices: None) -> None:
    proceeding = stopped(ground=AWAY)
    do(proceeding, "resume", on=later(10), ground=AWAY)
    sweep(on=later(40))
    assert kinds(proceeding.case)[-1] != "suspension_lapsed"
    assert terms_of(proceeding)[TWO] == (due(later(10)), "running")


def test_while_another_ground_holds_it_stands_still_all_the_same(offices: None) -> None:
    proceeding = stopped()
    do(proceeding, "suspend", on=later(6), ground=COURT)
    sweep(on=UNTIL)
    assert (now(proceeding).state, acts(proceeding)[-1]) == ("suspended", "ground_ended")
    assert terms_of(proceeding)[TWO] == (None, "paused")
    assert list(now(proceeding).suspensions.filter(until=None).values_list("ground")) == [(COURT,)]
    sound()


def test_an_act_of_before_its_day_is_judged_as_of_then(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = stopped()
    set_clock(later(27))
    sweep(on=later(27))
    with refused("date_before_last", status=422):
        do(proceeding, "deliver_offer", on=later(24))


def test_annulled_it_holds_again_until_somebody_resumes(offices: None) -> None:
    proceeding = stopped()
    sweep(on=UNTIL)
    line = proceeding.case.stream.entries.get(kind="suspension_lapsed").seq
    do(now(proceeding), "correct", on=later(26), line=line, authority="court", reason="№ 7")
    sweep(on=later(30))
    assert now(proceeding).state == "suspended"
    assert terms_of(proceeding)[TWO] == (None, "paused")
    held = Suspension.objects.get(proceeding=proceeding)
    assert (held.until, held.ends_on) == (None, None)
    sound()


@pytest.mark.rule("SUSP-TERM-01")
@pytest.mark.parametrize(("verb", "event"), [("terminate", "terminated"), ("resume", "resumed")])
def test_what_ended_it_annulled_it_lasts_no_longer_than_its_day(
    offices: None, verb: str, event: str
) -> None:
    proceeding = stopped()
    do(proceeding, verb, on=later(10), **({"ground": ASKED} if verb == "resume" else {}))
    line = proceeding.case.stream.entries.get(kind=event).seq
    do(now(proceeding), "correct", on=later(40), line=line, **BY_COURT)
    sweep(on=later(45))
    assert now(proceeding).state == "initiated"
    assert str(proceeding.case.stream.deadlines.get(rule=TWO).due_on) == due()
    sound()


def test_a_court_annuls_a_lapsed_suspension_by_an_act_of_before_its_day(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = stopped()
    set_clock(later(27))
    sweep(on=later(27))
    for kind in ("suspension_lapsed", "suspended"):
        line = proceeding.case.stream.entries.get(kind=kind).seq
        given = {**BY_COURT, "act_on": later(15)}
        do(now(proceeding), "correct", on=later(27), line=line, **given)
    assert terms_of(proceeding)[TWO] == (str(walk("month", 2, NEXT, []).due), "running")
    sound()


def test_another_ground_cannot_end_before_the_day_that_one_lapsed(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = stopped()
    do(proceeding, "suspend", on=later(6), ground=COURT)
    set_clock(later(27))
    sweep(on=later(27))
    with refused("date_before_last", status=422):
        do(proceeding, "resume", on=later(10), ground=COURT)
    do(proceeding, "resume", on=UNTIL, ground=COURT)
    assert terms_of(proceeding)[TWO] == (due(), "running")


def test_no_act_slips_in_before_a_paper_sent_when_nobody_had_looked_yet(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = stopped()
    paper = Paper.objects.get(entry__stream=proceeding.case.stream, kind="suspend")
    to = [each["key"] for each in paper.addressees]
    sent = {"channel": "registered_mail", "proof": PROOF, "by": user("bailiff.ala")}
    dispatch(paper, to=to, on=later(35), **sent)
    set_clock(later(36))
    sweep(on=later(36))
    with refused("date_before_last", status=422):
        do(proceeding, "deliver_offer", on=later(26))


def test_what_if_knows_of_a_day_that_nobody_saw_yet(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = stopped()
    set_clock(later(27))
    given = {"ruled_on": later(27)}
    by = user("bailiff.ala")
    outcome = rehearse(VERBS["record_deferral"], proceeding, given, on=later(27), by=by)
    [shown] = [term for term in outcome.terms if term.rule == TWO]
    do(proceeding, "record_deferral", on=later(27), until=later(60))
    [real] = [t for t in folded(proceeding.case.stream) if t.rule == TWO]
    assert shown.pauses == real.pauses


def test_a_suspension_and_a_deferral_that_end_at_once_stop_nobodys_sweep(
    fresh_database: FreshDatabase,
) -> None:
    open_offices()
    both, plain = initiated(1), initiated(2)
    for proceeding in (both, plain):
        do(proceeding, "suspend", on=STOPPED, ground=ASKED, until=later(8))
    do(both, "record_deferral", on=later(6), until=later(10))
    sweep(on=later(70))
    assert [now(each).state for each in (both, plain)] == ["initiated", "initiated"]
    assert {row.status for row in plain.case.stream.deadlines.filter(rule=TWO)} == {"expired"}
    sound()


@pytest.mark.parametrize(
    ("ground", "until", "code", "error"),
    [
        (ASKED, None, "evidence_missing", "required"),
        (ASKED, STOPPED, "wrong_period", "out_of_range"),
        (AWAY, later(1), "wrong_period", "out_of_range"),
        (COURT, UNTIL, "invalid", "unknown_field"),
    ],
)
def test_a_day_that_does_not_fit_the_ground_is_refused(
    offices: None, ground: str, until: date | None, code: str, error: str
) -> None:
    proceeding = initiated()
    given = {"ground": ground, "evidence": evidence(ground), "until": until}
    with refused(code, status=422) as found:
        do(proceeding, "suspend", on=STOPPED, **given)
    told_in_three_languages(found.value)
    assert [(e.field, e.code) for e in found.value.errors] == [("until", error)]
    assert (now(proceeding).state, found.value.rule) == ("initiated", ground)

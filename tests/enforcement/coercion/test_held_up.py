"""Coercion waits for a court's day and for that of a postponement, and is never next meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.formats import date_format

from enforcement.case.context import page
from enforcement.case.file import read
from enforcement.core.sweep import sweep
from enforcement.models import Proceeding
from law.refusal import Refusal
from tests import standing as steps
from tests.course import (
    ASKS,
    PROOF,
    coerced,
    do,
    initiated,
    later,
    of_example,
    sound,
    told_in_three_languages,
)
from tests.enforcement.coercion.test_coercion import force
from tests.office import refused, user


def waits(proceeding: Proceeding, code: str, rule: str, *, on: date, until: date) -> Refusal:
    """Coercion is refused until the day, and the page of the case says so too."""
    with refused(code, status=409) as caught:
        force(proceeding, "wages", on=on)
    assert caught.value.rule == rule
    assert [(f.name, f.value, f.needed) for f in caught.value.facts] == [
        ("until", until.isoformat(), ""),
        ("on", on.isoformat(), f">= {until.isoformat()}"),
    ]
    told_in_three_languages(caught.value)
    closed = on_the_page(proceeding, on=on)
    assert not closed["possible"]
    assert closed["opens"].endswith(date_format(until, "SHORT_DATE_FORMAT"))
    return caught.value


def on_the_page(proceeding: Proceeding, *, on: date) -> dict[str, Any]:
    """Coercion among the acts of the case as the bailiff's page lists them."""
    shown = page(read(proceeding.case), user("bailiff.ala"), today=on)
    [found] = [act for act in shown["acts"] if act["verb"] == "foreclose"]
    return found


@pytest.mark.parametrize("kind", ["deferral", "instalment"])
@pytest.mark.rule("COURT-DEFER-01", "BASIS-COERCE-01")
def test_nobody_is_forced_while_a_court_s_deferral_holds(offices: None, kind: str) -> None:
    proceeding = initiated()
    do(proceeding, "inventory")
    on = coerced(proceeding)
    assert steps.step_of("", steps.told(proceeding), on=on) == {
        "verb": "request_freeze",
        "url": f"/cases//request_freeze?proceeding={proceeding.pk}",
    }
    until = later(30)
    do(proceeding, "record_deferral", on=on, kind=kind, until=until)
    for day in (on, later(29)):
        told = waits(proceeding, "execution_deferred", "COURT-DEFER-01", on=day, until=until)
        assert told.possible == ("end_deferral",)
    assert on_the_page(proceeding, on=until)["possible"]
    force(proceeding, "wages", on=until)
    sound([proceeding.case])


def test_a_deferral_ended_by_the_court_or_annulled_hinders_no_more(offices: None) -> None:
    proceeding = initiated()
    on = coerced(proceeding)
    do(proceeding, "record_deferral", on=on)
    do(proceeding, "end_deferral", on=later(9))
    assert on_the_page(proceeding, on=later(9))["possible"]
    force(proceeding, "wages", on=later(9))
    wrong = do(proceeding, "record_deferral", on=later(9))
    with refused("execution_deferred", status=409):
        force(proceeding, "wages", on=later(9))
    do(proceeding, "correct", on=later(9), line=wrong.seq, authority="court", reason=PROOF)
    force(proceeding, "wages", on=later(9))
    sound([proceeding.case])


def test_what_beat_ended_on_its_day_still_held_before_it(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = initiated()
    on, until = coerced(proceeding), later(20)
    do(proceeding, "record_deferral", on=on, until=until)
    set_clock(later(25))
    sweep(on=later(25))
    waits(proceeding, "execution_deferred", "COURT-DEFER-01", on=later(19), until=until)
    force(proceeding, "wages", on=until)


@pytest.mark.rule("POSTP-01", "POSTP-02", "BASIS-COERCE-01")
def test_nobody_is_forced_while_an_approved_postponement_is_in_force(offices: None) -> None:
    proceeding = initiated()
    on, until = coerced(proceeding), ASKS["postpone"]["until"]
    asked = do(proceeding, "postpone", on=on)
    assert on_the_page(proceeding, on=on)["possible"]
    force(proceeding, "wages", on=on)  # without approval it has no force
    do(asked, "approve", on=on, by="senior.ala")
    for day in (on, until - timedelta(days=1)):
        told = waits(proceeding, "acts_postponed", "POSTP-01", on=day, until=until)
        assert told.possible == ()
    assert on_the_page(proceeding, on=until)["possible"]
    force(proceeding, "wages", on=until)
    sound([proceeding.case])


def test_a_postponement_declined_hinders_nothing(offices: None) -> None:
    proceeding = initiated()
    on = coerced(proceeding)
    do(do(proceeding, "postpone", on=on), "decline", on=on, by="senior.ala")
    force(proceeding, "wages", on=on)


def test_force_is_not_the_next_step_while_it_waits(offices: None) -> None:
    demolition, there = of_example("11")
    do(demolition, "deliver_offer", **there)
    after = there["on"] + timedelta(days=30)

    def wanted(on: date) -> str:
        found = steps.step_of("", steps.told(demolition), on=on)
        return found["verb"] if found else ""

    assert wanted(after) == "foreclose"
    until = after + timedelta(days=9)
    do(demolition, "record_deferral", on=after, by=there["by"], until=until)
    assert (wanted(after), wanted(until)) == ("", "foreclose")

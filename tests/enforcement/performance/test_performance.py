"""What a debtor did on a claim that is no sum, and every interruption of the presentation term."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from enforcement.models import Evidence, Proceeding
from tests import standing as steps
from tests.course import (
    WITH_ALIMONY,
    begun,
    do,
    initiated,
    kinds,
    later,
    now,
    sound,
    terms_of,
    told_in_three_languages,
)
from tests.enforcement.signing.test_views import at_desk
from tests.office import example, paper, receive, received_on, refused
from tests.standing import account, lines

ON = received_on("11")
BY_FORCE = {"way": "other", "details": {"act": "Құрылысты бұзу", "basis": "Шешім, 2-тармақ"}}
TRZ = "bailiff.trz"


def demolition() -> Proceeding:
    """A proceeding on an act to be performed: a building to be pulled down."""
    [proceeding] = begun(receive(example("11"), on=ON, by="clerk"), on=ON, by=TRZ)
    return proceeding


def done(proceeding: Proceeding, extent: str, *, days: int = 1, **given: Any) -> Any:
    on = later(days, since=ON)
    return do(proceeding, "record_performance", extent=extent, on=on, by=TRZ, **given)


@pytest.mark.parametrize(("extent", "event"), [("part", "partly_performed"), ("full", "performed")])
@pytest.mark.rule("INTERR-02", "RIGHT-DEBT-01")
def test_what_was_done_on_an_act_is_recorded(offices: None, extent: str, event: str) -> None:
    proceeding = demolition()
    before = terms_of(proceeding)
    entry = done(proceeding, extent)
    claim = proceeding.debtor.debts.get()
    assert (entry.kind, entry.facts) == (event, {"claim": str(claim.pk)})
    assert Evidence.objects.get(entry=entry).key == "what"
    assert terms_of(proceeding) == before, "the term of execution runs on"
    sound()


def test_payments_that_come_again_are_performed_too(offices: None) -> None:
    proceeding = initiated(debts=WITH_ALIMONY)
    entry = do(proceeding, "record_performance", what="Наурыз айы төленді")
    assert entry.kind == "partly_performed"


@pytest.mark.rule("RIGHT-DEBT-01", "TERMN-07")
def test_who_performs_of_his_own_will_in_the_voluntary_days_ends_the_case(offices: None) -> None:
    proceeding = demolition()
    do(proceeding, "deliver_offer", on=later(1, since=ON), by=TRZ)
    assert terms_of(proceeding)["TERM-VOLUNTARY-5D"][1] == "running"
    done(proceeding, "full", days=3)
    do(proceeding, "terminate", ground="TERMN-07", on=later(3, since=ON), by=TRZ)
    assert now(proceeding).state == "terminated"
    assert terms_of(proceeding)["TERM-VOLUNTARY-5D"][1] == "met"


def test_what_was_performed_in_full_is_not_performed_again_until_annulled(offices: None) -> None:
    proceeding = demolition()
    wrong = done(proceeding, "full")
    with refused("performed_already", status=409) as caught:
        done(proceeding, "part")
    told_in_three_languages(caught.value)
    assert wrong.seq in lines(proceeding)
    given = {"line": wrong.seq, "authority": "own", "reason": "Қате", "by": TRZ}
    do(proceeding, "correct", on=later(1, since=ON), **given)
    done(proceeding, "part")
    assert kinds(proceeding.case)[-3:] == ["performed", "corrected", "partly_performed"]
    sound()


@pytest.mark.rule("TERMN-07", "BASIS-COERCE-01")
def test_what_was_performed_in_full_is_owed_no_more_and_enforced_by_nothing(offices: None) -> None:
    proceeding = demolition()
    do(proceeding, "deliver_offer", on=later(1, since=ON), by=TRZ)
    wrong, after = done(proceeding, "full", days=2), {"on": later(30, since=ON), "by": TRZ}
    step = steps.step_of("", steps.told(proceeding), on=after["on"])
    assert (step and step["verb"], account(proceeding).owed) == ("terminate", set())
    for verb, given in (("foreclose", BY_FORCE), ("secure", {})):
        with refused("debt_paid", status=422) as caught:
            do(proceeding, verb, **after, **given)
        assert caught.value.possible == ("terminate",)
    given = {"line": wrong.seq, "authority": "court", "reason": "№ 7"}
    do(proceeding, "correct", **after, **given)
    step = steps.step_of("", steps.told(proceeding), on=after["on"])
    assert (step and step["verb"], account(proceeding).owed) == ("foreclose", {"act"})
    do(proceeding, "foreclose", **after, **BY_FORCE)
    sound()


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"extent": "almost"}, "invalid", "extent"),
        ({"what": "  "}, "evidence_missing", "what"),
    ],
)
def test_a_performance_says_what_and_to_what_extent(
    offices: None, given: dict[str, str], code: str, field: str
) -> None:
    proceeding = demolition()
    with refused(code, status=422) as caught:
        done(proceeding, **{"extent": "part", **given})
    assert [error.field for error in caught.value.errors] == [field]
    told_in_three_languages(caught.value)


def test_a_sum_is_recovered_and_not_performed_and_a_strange_claim_is_unknown(offices: None) -> None:
    proceeding, other = initiated(1), initiated(2, debts=WITH_ALIMONY)
    with refused("is_sum", status=422) as caught:
        do(proceeding, "record_performance")
    told_in_three_languages(caught.value)
    claim = other.debtor.debts.get(amount=None)
    with refused("not_found", status=404):
        do(proceeding, "record_performance", claim=claim)


# --- The presentation clock -----------------------------------------------------------------------


def interruptions(proceeding: Proceeding, login: str) -> list[tuple[str, str]]:
    """Every interruption the case page lists: the rule and the day."""
    page = at_desk(login).get(f"/cases/{proceeding.case_id}").content.decode()
    found = re.findall(r'data-interruption="([A-Z0-9-]+)".*?datetime="([\d-]+)"', page, re.S)
    return [(rule, day) for rule, day in found]


@pytest.mark.rule("INTERR-01", "INTERR-02", "INTERR-04")
def test_the_page_lists_presentation_every_part_and_the_return(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = initiated()
    do(proceeding, "record_recovery", on=later(2))
    wrong = do(proceeding, "record_recovery", on=later(3))
    given = {"line": wrong.seq, "authority": "own", "reason": "Қате"}
    do(proceeding, "correct", on=later(3), **given)
    do(proceeding, "return_to_claimant", on=later(9))
    set_clock(later(9))
    assert interruptions(proceeding, "bailiff.ala") == [
        ("INTERR-01", "2026-03-10"),
        ("INTERR-02", str(later(2))),
        ("INTERR-04", str(later(9))),
    ]


@pytest.mark.rule("INTERR-02")
def test_the_page_lists_what_was_done_of_an_act(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = demolition()
    done(proceeding, "part", days=2)
    done(proceeding, "full", days=4)
    set_clock(later(9, since=ON))
    told = interruptions(proceeding, TRZ)
    assert told[-1] == ("INTERR-02", str(later(2, since=ON)))
    assert len(told) == 2


def test_the_last_payment_executes_the_document_and_interrupts_nothing(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = initiated()
    do(proceeding, "record_recovery", amount="1900658.00", on=later(1))
    do(proceeding, "record_recovery", amount="1.00", on=later(2))
    set_clock(later(2))
    rules = [rule for rule, _day in interruptions(proceeding, "bailiff.ala")]
    assert rules == ["INTERR-01", "INTERR-02"]


@pytest.mark.rule("INTERR-03", "REPRES-01")
def test_after_the_return_the_whole_term_runs_whatever_was_used_before(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = initiated()
    do(proceeding, "return_to_claimant", on=later(9))
    row = proceeding.case.stream.deadlines.get(rule="PRES-3Y", status="running")
    assert (row.starts_on, str(row.due_on)) == (later(9), "2029-03-20")
    set_clock(date(2028, 11, 1))
    again = receive(paper(1, ref="T-1-again"), on=date(2028, 11, 1))
    assert (again.case, again.verdict["verdict"]) == (proceeding.case, "accept")
    assert interruptions(proceeding, "bailiff.ala") == [
        ("INTERR-01", "2026-03-10"),
        ("INTERR-04", str(later(9))),
        ("INTERR-01", "2028-11-01"),
    ]


@pytest.mark.rule("INTERR-02", "INTERR-03", "REPRES-01")
def test_what_was_done_after_a_return_is_recorded_and_interrupts_the_term(offices: None) -> None:
    proceeding = demolition()
    do(proceeding, "return_to_claimant", on=later(5, since=ON), by=TRZ)
    when = later(9, since=ON)
    entry = done(now(proceeding), "part", days=12, performed_on=when)
    assert entry.facts["since"] == str(when)
    row = proceeding.case.stream.deadlines.get(rule="PRES-3Y", status="running")
    assert (row.starts_on, row.due_on) == (when, when.replace(year=when.year + 3))
    again = receive(example("11") | {"ref": "again"}, on=later(20, since=ON), by="registrar.trz")
    assert again.verdict["presentation_start"] == str(when)
    given = {"line": entry.seq, "authority": "senior", "reason": "Қате", "by": "senior.trz"}
    do(now(proceeding), "correct", on=later(20, since=ON), **given)
    sound()


@pytest.mark.rule("INTERR-02", "RIGHT-DEBT-01")
def test_what_was_done_is_recorded_on_its_own_day_whatever_came_after(offices: None) -> None:
    proceeding = demolition()
    do(proceeding, "deliver_offer", on=later(9, since=ON), by=TRZ)
    entry = done(now(proceeding), "full", days=4)
    assert (entry.on, entry.facts["since"]) == (later(9, since=ON), str(later(4, since=ON)))
    [claim] = steps.told(now(proceeding)).claims
    assert claim.performed_on == later(4, since=ON)
    do(now(proceeding), "terminate", ground="TERMN-07", on=later(9, since=ON), by=TRZ)
    with refused("performed_already", status=409):
        done(now(proceeding), "part", days=12)


def test_its_form_asks_for_the_claim_and_writes_what_was_done(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = demolition()
    set_clock(later(1, since=ON))
    address = f"/cases/{proceeding.case_id}/record_performance"
    form = at_desk(TRZ).get(address).content.decode()
    claim = str(proceeding.debtor.debts.get().pk)
    assert claim in form
    typed = {"claim": claim, "extent": "part", "what": "Шатыры алынды", "on": str(ON)}
    answer = at_desk(TRZ).post(address, {**typed, "proceeding": str(proceeding.pk)})
    assert (answer.status_code, kinds(proceeding.case)[-1]) == (302, "partly_performed")

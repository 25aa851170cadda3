"""What is to be given back or released is marked where it is so, and Today finds it by its mark."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from enforcement.core.sweep import recompute
from enforcement.models import Mark, Proceeding
from enforcement.today.lists import day_of
from tests.course import ALIMONY, do, frozen, initiated, later, now, sound
from tests.enforcement.money.test_money import JOINT_ON, joint
from tests.office import NEXT, user

WHOLE, MORE = "1900659.00", "1900700.00"
Steps = list[Callable[[Proceeding], Any]]


def takes(verb: str, days: int = 0, **given: Any) -> Callable[[Proceeding], Any]:
    return lambda proceeding: do(now(proceeding), verb, on=later(days), **given)


def annuls(verb: str, days: int = 0) -> Callable[[Proceeding], Any]:
    """The senior bailiff annuls the last line of a kind."""

    def step(proceeding: Proceeding) -> Any:
        line = proceeding.case.stream.entries.filter(kind=verb).order_by("-seq")[0].seq
        told = {"line": line, "authority": "senior", "reason": "Қате", "by": "senior.ala"}
        return do(now(proceeding), "correct", on=later(days), **told)

    return step


def lifts(proceeding: Proceeding) -> Any:
    return do(now(proceeding.measures.get()), "lift", on=later(5))


def freezes(proceeding: Proceeding) -> Any:
    return frozen(now(proceeding))


PAY = takes("record_recovery", 1, amount=MORE)
#: What is done one after the other; what waits to be given back then, and since when something
#: is live though nothing is owed.
MARKED: dict[str, tuple[Steps, str | None, int | None]] = {
    "nothing": ([], None, None),
    "paid": ([takes("record_recovery", amount=WHOLE)], None, None),
    "paid, with a freeze": ([freezes, takes("record_recovery", 2, amount=WHOLE)], None, 2),
    "a tiyn is left": ([freezes, takes("record_recovery", amount="1900658.99")], None, None),
    "more than all": ([PAY], "41.00", None),
    "more than all, with a freeze": ([freezes, PAY], "41.00", 1),
    "given back": ([PAY, takes("return_surplus", 1)], None, None),
    "given back, and annulled": (
        [PAY, takes("return_surplus", 1), annuls("surplus_returned", 1)],
        "41.00",
        None,
    ),
    "the payment annulled": ([freezes, PAY, annuls("recovered", 1)], None, None),
    "lifted": ([freezes, PAY, lifts], "41.00", None),
    "returned, then paid": (
        [freezes, takes("return_to_claimant", 3), takes("record_recovery", 4, amount=WHOLE)],
        None,
        4,
    ),
    "returned, and more": ([takes("return_to_claimant"), PAY], "41.00", None),
    "terminated": ([freezes, PAY, takes("terminate", 1, ground="TERMN-07")], "41.00", None),
}


@pytest.mark.rule("TERMN-EFF-02", "RIGHT-DEBT-01")
@pytest.mark.parametrize("case", MARKED)
def test_what_waits_is_marked_in_the_step_that_makes_it_so(offices: None, case: str) -> None:
    steps, surplus, days = MARKED[case]
    proceeding = initiated()
    for step in steps:
        step(proceeding)
        sound([proceeding.case])
    mark = Mark.objects.get(proceeding=proceeding)
    assert (mark.surplus and str(mark.surplus)) == surplus
    assert mark.free_since == (None if days is None else later(days))
    day = day_of(user("bailiff.ala"), today=later(9), language="kk")
    assert [str(row["surplus"]) for row in day.surplus] == ([surplus] if surplus else [])
    assert [row["since"] for row in day.needless] == ([mark.free_since] if days else [])
    elsewhere = day_of(user("bailiff.trz"), today=later(9), language="kk")
    assert (elsewhere.surplus, elsewhere.needless) == ([], [])


#: All of both claims of paper 12, and five tenge more.
PAID = ("4500005.00", "700000.00")


def test_who_pays_a_joint_claim_moves_the_marks_of_all_who_owe_it(offices: None) -> None:
    one, other = joint()
    do(other, "secure", on=JOINT_ON)
    day = JOINT_ON + timedelta(3)
    for debt, amount in zip(one.debtor.debts.order_by("position"), PAID, strict=True):
        do(now(one), "record_recovery", debt=debt, amount=amount, on=day)
    assert Mark.objects.get(proceeding=other).free_since == day
    assert Mark.objects.get(proceeding=other).surplus is None
    first = Mark.objects.get(proceeding=one)
    assert first.surplus
    assert first.free_since is None
    # What he paid the day before counts first: of the other's sum more is above.
    do(now(other), "record_recovery", amount="5.00", on=day, received_on=JOINT_ON)
    assert Mark.objects.get(proceeding=one).surplus == first.surplus + 5
    sound()


def test_a_performed_act_and_settled_months_release_too(offices: None) -> None:
    act = {"claimant": 0, "debtors": [0], "act": "demolition"}
    proceeding = initiated(debts=[act])
    do(proceeding, "secure")
    do(now(proceeding), "record_performance", extent="full", on=later(2))
    assert Mark.objects.get(proceeding=proceeding).free_since == later(2)
    ended = {**ALIMONY["periodic"], "since": "2026-01-01", "until": "2026-02-01"}
    months = initiated(2, debts=[{**ALIMONY, "periodic": ended}])
    do(months, "record_arrears", amount=10)
    do(now(months), "secure")
    do(now(months), "record_recovery", amount="12.00", on=later(1))
    mark = Mark.objects.get(proceeding=months)
    assert (str(mark.surplus), mark.free_since) == ("2.00", later(1))
    sound()


def test_today_shows_the_sum_and_leads_to_giving_it_back(
    offices: None, set_clock: Callable[..., None]
) -> None:
    proceeding = initiated()
    PAY(proceeding)
    set_clock(later(3))
    page = Client()
    page.force_login(user("bailiff.ala"))
    for address in ("/today", "/today/surplus"):
        shown = page.get(address).content.decode()
        assert 'data-surplus="41.00"' in shown
        assert f"/cases/{proceeding.case_id}/return_surplus?proceeding={proceeding.pk}" in shown
    do(now(proceeding), "return_surplus", on=later(3))
    assert 'id="surplus"' not in page.get("/today").content.decode()


def test_a_mark_that_is_not_so_is_found_and_mended(offices: None) -> None:
    proceeding = initiated()
    PAY(proceeding)
    Mark.objects.update(surplus=None, surplus_since=None, free_since=NEXT)
    [found] = recompute(check=True)["differences"]
    assert (found["rule"], found["scope"]) == ("mark", f"proceeding:{proceeding.pk}")
    assert "41.00" in found["folded"]
    recompute(check=False)
    assert recompute(check=True)["differences"] == []
    assert str(Mark.objects.get().surplus) == "41.00"


@pytest.mark.parametrize("index", ["mark_surplus", "mark_free"])
def test_the_lists_read_an_index_of_what_is_marked(offices: None, index: str) -> None:
    field = {"mark_surplus": "surplus_since", "mark_free": "free_since"}[index]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT 1 FROM enforcement_mark WHERE {field} IS NOT NULL")
        assert index in str(cursor.fetchall())

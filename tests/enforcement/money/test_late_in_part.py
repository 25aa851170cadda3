"""What is out of time in a paper is not demanded for the sake of what is in time beside it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import pytest

from enforcement.models import Proceeding
from tests import standing as money
from tests.api.asking import Caller
from tests.course import begun, do, initiated, now, sound
from tests.desk import Desk
from tests.enforcement.money.test_payments import award
from tests.examples.papers import judged, people, shape
from tests.office import NEXT, paper, receive, refused, user

OWED: Final = {"claimant": 0, "debtors": [0]}
SUM: Final = {**OWED, "amount": "900000.00"}
OTHER: Final = {**OWED, "act": "other", "act_text": "Қоршауды жылжыту"}
EVICTION: Final = {**OWED, "act": "eviction"}
LONG_AGO: Final = {"decision_on": "2018-01-11", "in_force_on": "2018-02-11"}
LATE_SUM: Final = {"code": "late_in_part", "field": "debts[0]", "rule": "PRES-START-01"}


def mixed(*debts: dict[str, Any], **changes: Any) -> Proceeding:
    """A proceeding on a paper whose sums are of 2018."""
    return initiated(**{"debts": list(debts), **LONG_AGO, "issued_on": "2026-02-20", **changes})


def late_first(proceeding: Proceeding) -> bool:
    return LATE_SUM in proceeding.presentation.verdict["remarks"]


@pytest.mark.rule("PRES-MISSED-01", "PERIOD-02", "SEC-01")
def test_a_late_sum_beside_alimony_is_not_demanded_frozen_or_taken(offices: None) -> None:
    proceeding = mixed(SUM, award(since="2026-01-01"))
    assert late_first(proceeding)
    assert money.told(proceeding).due(NEXT) == Decimal("120000.00")
    with refused("above_balance", status=422):
        do(proceeding, "request_freeze", amount=Decimal("120000.01"))
    do(proceeding, "request_freeze", amount=Decimal("120000.00"))
    debt = proceeding.debtor.debts.get(position=0)
    do(now(proceeding), "record_recovery", debt=debt, amount=Decimal("10.00"))
    assert str(money.account(now(proceeding)).surplus) == "10.00"
    do(now(proceeding), "return_surplus")
    assert money.account(now(proceeding)).surplus == 0
    sound([proceeding.case])


@pytest.mark.rule("PRES-MISSED-01", "BASIS-COERCE-01")
@pytest.mark.parametrize("beside", [EVICTION, OTHER], ids=["an eviction", "a dummy act"])
def test_an_act_beside_it_rescues_no_late_sum(offices: None, beside: dict[str, Any]) -> None:
    proceeding = mixed(SUM, beside)
    assert late_first(proceeding)
    running = money.told(proceeding)
    assert (running.due(NEXT), running.account.owed) == (Decimal(0), {"act"})
    with refused("above_balance", status=422):
        do(proceeding, "request_freeze", amount=Decimal("1.00"))
    do(proceeding, "deliver_offer")
    late = {"way": "wages", "on": NEXT.replace(day=30)}
    with refused("claim_unfit", status=422):
        do(now(proceeding), "foreclose", **late)


@pytest.mark.rule("PRES-MISSED-01", "TERM-EXEC-EXC", "PARTY-MULTI-01")
def test_terms_and_proceedings_follow_what_is_demanded(offices: None) -> None:
    found = judged(shape(debts=[SUM, award()], **LONG_AGO))
    assert found.completion_term is False
    two = [{**each, "city": "Алматы"} for each in people(2)]
    alone = {**award(), "debtors": [1]}
    sent = paper(debtors=two, debts=[SUM, alone], **LONG_AGO)
    arrived = receive(sent)
    assert arrived.verdict["proceedings"] == 1
    [proceeding] = begun(arrived, on=NEXT)
    assert proceeding.debtor.position == 1


@pytest.mark.rule("INTERR-04", "PRES-MISSED-01", "RESTORE-01")
def test_a_return_revives_nothing_of_it_and_a_court_does(offices: None) -> None:
    proceeding = mixed(SUM, award(since="2026-01-01"))
    do(proceeding, "return_to_claimant", ground="RET-01")
    again = {"debts": [SUM, award(since="2026-01-01")], **LONG_AGO, "issued_on": "2026-02-20"}
    came = receive(paper(1, ref="again", **again), on=NEXT)
    assert LATE_SUM in came.verdict["remarks"]
    only = receive(paper(1, ref="only the sum", **{**again, "debts": [SUM]}), on=NEXT)
    assert only.verdict["verdict"] in ("late", "already_received")
    act = {"court": "Бостандық аудандық соты", "number": "2-118", "on": "2026-03-02"}
    restored = judged(shape(**again, restored=act))
    assert not any(each["code"] == "late_in_part" for each in restored.remarks)


@pytest.mark.rule("PRES-MISSED-01")
def test_the_case_and_the_api_say_so(offices: None) -> None:
    proceeding = mixed(SUM, award(since="2026-01-01"))
    page = Desk()
    page.force_login(user("bailiff.ala"))
    shown = page.get(f"/cases/{proceeding.case_id}").content.decode()
    assert 'data-late="claim"' in shown
    answer = Caller("bailiff.ala").get(f"/cases/{proceeding.case_id}").json()
    debts = answer["presentations"][0]["debts"]
    assert [each["out_of_time"] for each in debts] == [True, False]

"""A separate copy of a court order recovers the state duty for the budget (ISSUE-ORDER-03)."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.course import begun, do, now
from tests.office import NEXT, paper, receive

BUDGET: Final[dict[str, Any]] = {
    "kind": "legal",
    "name_kk": "Алматы қаласының мысал мемлекеттік кірістер басқармасы",
    "name_ru": "Управление государственных доходов города Алматы (пример)",
    "bin": "150340012340",
    "city": "Алматы",
    "address_kk": "Абай даңғылы, 93",
    "address_ru": "проспект Абая, 93",
}
ORDER: Final[dict[str, Any]] = {
    "type": "DOC-TYPE-02",
    "sealed": True,
    "no_objection": True,
    "case_number": "7514-26-00-2/555",
}
DUTY: Final = {
    "claimants": [BUDGET],
    "debts": [{"claimant": 0, "debtors": [0], "amount": "21625.00"}],
    "part": "state_duty",
}


@pytest.mark.rule("ISSUE-ORDER-03")
@pytest.mark.parametrize("first", ["order", "duty"])
def test_the_copy_for_the_state_duty_is_its_own_claim_whichever_comes_first(
    offices: None, first: str
) -> None:
    sent = {"order": {"ref": "order"}, "duty": {"ref": "duty", **DUTY}}
    names = [first, *(name for name in sent if name != first)]
    arrivals = {name: receive(paper(2, **ORDER, **sent[name])) for name in names}
    told = {name: each.verdict["verdict"] for name, each in arrivals.items()}
    assert told == {"order": "accept", "duty": "accept"}
    assert not any(each.verdict.get("remarks") for each in arrivals.values())
    running = {name: begun(arrivals[name], on=NEXT) for name in names}
    [duty], [order] = running["duty"], running["order"]
    do(duty, "record_recovery", amount="21625.00")
    assert now(order).state == "initiated"
    do(now(duty), "terminate", ground="TERMN-07")
    assert (now(duty).state, now(order).state) == ("terminated", "initiated")

"""Money that came before its paper could be executed counts; that it is early is told."""

from __future__ import annotations

import pytest

from tests import standing as money
from tests.course import initiated, now
from tests.desk import Desk
from tests.enforcement.core.test_commands import step
from tests.office import user

#: The day on which money came, of what paper, and before which of its days it is told to be.
EARLY = {
    "before the decision": ("2026-01-14", {}, "decision_on"),
    "on the day of the decision": ("2026-01-15", {}, "in_force_on"),
    "before it was in force": ("2026-02-18", {}, "in_force_on"),
    "once in force": ("2026-02-19", {}, ""),
    "before it was in force, executed at once": ("2026-02-18", {"immediate": True}, ""),
    "before the decision, executed at once": ("2026-01-14", {"immediate": True}, "decision_on"),
}


@pytest.mark.parametrize("case", EARLY)
def test_money_that_came_before_the_paper_could_be_executed_counts_and_is_told(
    offices: None, case: str
) -> None:
    came, changes, told = EARLY[case]
    days = {"decision_on": "2026-01-15", "in_force_on": "2026-02-19", "issued_on": "2026-02-20"}
    proceeding = initiated(**days, **changes)
    given = {"amount": "5.00", "received_on": came}
    address = f"/cases/{proceeding.case_id}/record_recovery"
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    shown = desk.get(address, given).content.decode()
    assert (f'data-earlier="{told}"' in shown) is bool(told)
    typed = [f"{name}={value}" for name, value in given.items()]
    written = step(str(proceeding.case_id), "record_recovery", *typed, by="bailiff.ala")
    assert written[0] == 0
    line = now(proceeding).case.stream.entries.get(kind="recovered")
    assert line.facts.get("earlier_than", "") == told
    page = desk.get(f"/cases/{proceeding.case_id}").content.decode()
    assert ("келіп түскен күні шешім" in page) is bool(told)
    assert str(money.balance(proceeding)) == "1900654.00"

"""The list of cases and Today are narrowed to what the reader conducts himself."""

from __future__ import annotations

from typing import Any

import pytest

from enforcement.assignment import conducted
from enforcement.models import Case
from tests.course import do, initiated, later, now
from tests.desk import Desk
from tests.office import user


@pytest.mark.rule("RECUSE-SELF-01")
def test_a_case_is_his_to_whom_it_was_assigned_last_or_who_began_on_it(
    offices: None, set_clock: Any
) -> None:
    own, given = initiated(1), initiated(2)
    bailiff, senior = user("bailiff.ala"), user("senior.ala")
    told = {"bailiff": senior, "by": "senior.ala"}
    line = do(given.presentation, "assign_bailiff", on=later(1), **told)

    def mine(reader: Any) -> list[Case]:
        return list(conducted(Case.objects.all(), reader))

    assert (mine(bailiff), mine(senior)) == ([own.case], [given.case])
    set_clock(later(2))
    desk = Desk()
    desk.force_login(bailiff)
    listed = desk.get("/cases").content.decode()
    assert all(name in listed for name in (bailiff.full_name, senior.full_name))
    for address in ("/cases?mine=1", "/today?mine=1", "/today/due?mine=1"):
        page = desk.get(address).content.decode()
        assert f"/cases/{given.case_id}" not in page, address
    assert f"/cases/{own.case_id}" in desk.get("/cases?mine=1").content.decode()
    slip = {"authority": "senior", "reason": "Қате", "by": "senior.ala", "on": later(1)}
    do(now(given), "correct", line=line.seq, **slip)
    assert set(mine(bailiff)) == {own.case, given.case}

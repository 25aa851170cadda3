"""The court's ruling on deferral is an act of a court: kept and shown by its parts."""

from __future__ import annotations

import pytest

from enforcement.models import Evidence
from tests.course import initiated
from tests.enforcement.core.test_commands import step
from tests.enforcement.signing.test_views import at_desk
from tests.office import NEXT

RULING = {"kind": "deferral", "initiator": "debtor", "court": "Медеу соты", "number": "2-77"}
DAYS = {"ruled_on": "2026-03-10", "in_force_on": "2026-03-11", "until": "2026-05-04"}


@pytest.mark.parametrize("door", ["form", "act"])
@pytest.mark.rule("COURT-DEFER-01")
def test_the_ruling_is_kept_and_shown_by_its_parts(offices: None, door: str) -> None:
    proceeding, desk, given = initiated(), at_desk(), {**RULING, **DAYS}
    address = f"/cases/{proceeding.case_id}"
    if door == "form":
        signed = desk.post(f"{address}/record_deferral", {**given, "on": str(NEXT)})
        assert signed.status_code == 302
    else:
        typed = [f"{name}={value}" for name, value in given.items()]
        case = str(proceeding.case_id)
        assert step(case, "record_deferral", *typed, by="bailiff.ala")[0] == 0
    kept = Evidence.objects.get(key="deferral_ruling")
    days = {"on": "2026-03-10", "in_force_on": "2026-03-11"}
    assert (kept.text, kept.parts) == ("", {"court": "Медеу соты", "number": "2-77", **days})
    told = "Сот немесе орган: Медеу соты; Нөмірі: 2-77; Күні: 10.03.2026"
    assert told in desk.get(address).content.decode()

"""The prosecutor takes a file for checking, returns it with a demand, and the demand is carried
out: by the API and on the pages in Kazakh."""

from __future__ import annotations

from typing import Any, Final

import pytest
from playwright.sync_api import expect

from enforcement.models import Submission
from tests.course import kinds, papers
from tests.journeys.road import Road
from tests.office import paper
from tests.platform.live import LiveOffice

#: A file goes out of the office and comes back by two programs and a browser.
pytestmark = pytest.mark.prove
NOTE: Final = "Тексерілді: шектеу шарасы қолданылмаған"
DEMAND: Final = "Борышкердің мүлкіне тыйым салу шаралары қолданылсын"


@pytest.mark.rule("PROS-PWR-01", "PROS-PWR-02", "PROS-SUP-01")
def test_a_file_checked_comes_back_with_a_demand_that_is_carried_out(
    own_office: LiveOffice, browser: Any
) -> None:
    road = Road(own_office, browser, "bailiff.ala")
    road.day("2026-03-10")
    assert road.hand_in(paper("S-1"))["verdict"] == "accept"
    road.sign_in()
    road.day("2026-03-11")
    road.act("initiate")
    assert road.case is not None
    case, key = road.case, str(road.case.pk)

    road.day("2026-03-12")
    taken = {"what": "prosecutor_check", "text": "Өндіріп алушының арызы бойынша"}
    number = {"number": "07-12/26"}
    body = {"case": key, **taken, "answer_by": "2026-03-16", "told": number}
    file = road.rest("/supervision", body, who="prosecutor")
    road.page.goto(f"/cases/{key}")
    expect(road.page.locator("[data-file-out]")).to_contain_text("16.03.2026")
    road.page.goto("/today")
    expect(road.page.locator("#asked")).to_contain_text("Прокурор")

    road.day("2026-03-13")
    back = road.rest(f"/supervision/{file['id']}/return", {"note": NOTE}, who="prosecutor")
    assert back["state"] == "file_returned"
    told = {"number": "07-13/26", "watched_over": "rights"}
    demand = {"what": "prosecutor_demand", "text": DEMAND, "answer_by": "2026-03-20"}
    asked = road.rest("/supervision", {"case": key, **demand, "told": told}, who="prosecutor")
    road.page.goto(f"/cases/{key}")
    expect(road.page.locator("[data-file-out]")).to_have_count(0)
    expect(road.page.locator("[data-of=file_check]")).to_contain_text(NOTE)
    road.page.goto("/supervision")
    row = road.page.locator(f"[data-supervision='{asked['id']}']")
    expect(row).to_contain_text("20.03.2026")

    road.day("2026-03-16")
    road.act("skip_inventory", reason="Мүлік табылмады, шот іздестірілуде")
    road.page.goto("/supervision")
    row.locator("[data-verb=answer_submission]").click()
    form = road.page.locator("form[method=post]:has([name=on])")
    form.locator("[name=outcome]").select_option("granted")
    form.locator("[name=reason]").fill("Мүлікті іздестіру басталды")
    form.locator("button[type=submit]").last.click()
    road.page.wait_for_url(f"**/cases/{key}")
    expect(road.page.locator("[data-of=supervision]")).to_have_attribute("data-state", "granted")
    assert papers(case)[-1] == "supervision_answered"
    found = road.rest(f"/supervision/{asked['id']}", who="prosecutor")
    assert (found["state"], found["decided_on"]) == ("granted", "2026-03-16")
    assert [kind for kind in kinds(case) if kind != "expired"][-5:] == [
        *("supervised", "file_returned", "supervised", "inventory_skipped"),
        "submission_answered",
    ]
    assert Submission.objects.filter(case=case, supervisor__isnull=False).count() == 2

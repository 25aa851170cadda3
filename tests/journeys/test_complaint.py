"""A complaint upheld by the court brings a terminated proceeding back, on the pages in Kazakh."""

from __future__ import annotations

from typing import Any, Final

import pytest
from playwright.sync_api import expect

from tests.course import kinds
from tests.journeys.road import Road
from tests.office import claimants_of, paper
from tests.platform.live import LiveOffice

#: A document is taken from its arrival to the court's act and back by a browser.
pytestmark = pytest.mark.prove
COURT: Final = "Алматы қаласының мысал аудандық соты"
ACT: Final = "7514-26-00-4а/17"


@pytest.mark.rule("RIGHT-09", "COMPL-WHO-01", "COMPL-SUSP-01")
def test_a_complaint_upheld_brings_a_terminated_proceeding_back(
    own_office: LiveOffice, browser: Any
) -> None:
    road = Road(own_office, browser, "bailiff.ala")
    road.day("2026-03-10")
    assert road.hand_in(paper("J-1"))["verdict"] == "accept"
    road.sign_in()
    road.day("2026-03-11")
    road.act("initiate")
    road.day("2026-03-12")
    waiver = {"evidence.waiver.author": claimants_of(), "evidence.waiver.on": "2026-03-11"}
    road.act("terminate", ground="TERMN-01", **waiver)
    assert road.case is not None
    ended = str(road.case.stream.entries.get(kind="terminated").seq)

    road.day("2026-03-16")
    told = {"line": ended, "channel": "registered_mail", "text": "Бас тартуға қол қоймадым"}
    road.act("record_submission", what="complaint_line", **told, **{"told.court": COURT})
    asked = road.page.locator("[data-of=complaint]")
    expect(asked).to_have_attribute("data-state", "lodged")
    expect(asked.locator("[data-in-time]")).to_have_attribute("data-in-time", "yes")
    road.page.goto("/today")
    expect(road.page.locator("#asked")).to_contain_text("шағым")

    road.day("2026-04-20")
    days = {"act_on": "2026-04-10", "in_force_on": "2026-04-15"}
    reason = "Өндіріп алушы бас тартпаған"
    road.act("answer_submission", outcome="granted", reason=reason, act_number=ACT, **days)
    expect(asked).to_have_attribute("data-state", "granted")
    asked.locator("[data-opens]").click()
    form = road.page.locator("form[method=post]:has([name=on])")
    expect(form.locator("[name=act_number]")).to_have_value(ACT)
    expect(form.locator("[name=line]")).to_have_value(ended)
    form.locator("button[type=submit]").last.click()
    road.page.wait_for_url(f"**/cases/{road.case.pk}")
    expect(road.page.locator("body")).to_have_attribute("data-state", "initiated")
    assert [kind for kind in kinds(road.case) if kind != "expired"][-3:] == [
        *("submitted", "submission_answered", "corrected"),
    ]

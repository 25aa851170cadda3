"""A document refused as late is begun once a court restored its term, on the pages in Kazakh."""

from __future__ import annotations

from typing import Any, Final

import pytest
from playwright.sync_api import expect

from tests.course import kinds, papers
from tests.journeys.road import Road
from tests.office import paper
from tests.platform.live import LiveOffice

#: A document is taken from its refusal to its initiation by a browser.
pytestmark = pytest.mark.prove
COURT: Final = "Алматы қаласының мысал аудандық соты"
ACT: Final = "7514-26-00-4/118"


@pytest.mark.rule("RESTORE-01", "COURT-RESTORE-01", "PRES-MISSED-01")
def test_a_term_missed_and_restored_by_the_court(own_office: LiveOffice, browser: Any) -> None:
    road = Road(own_office, browser, "bailiff.ala")
    road.day("2026-03-10")
    assert road.hand_in(paper("L-1", verdict="late"))["verdict"] == "late"
    road.sign_in()
    road.day("2026-03-11")
    road.act("refuse_late")
    ran = {"TERM-COMPLAINT-10D": "2026-03-26"}
    road.stands(state="refused_late", line="refused_late", paper="refuse_late", terms=ran)

    # The court's act came: the document is judged anew on that day.
    road.day("2026-04-10")
    told = {"court": COURT, "number": ACT, "ruled_on": "2026-04-01", "in_force_on": "2026-04-08"}
    road.act("add_restored_term", **told)
    offer = {"TERM-OFFER-3D": "2026-04-13"}
    road.stands(state="received", line="term_restored", paper=None, terms=offer)
    expect(road.page.locator("section.verdict")).to_have_attribute("data-verdict", "accept")
    expect(road.page.locator("main")).to_contain_text(ACT)
    refused = road.page.locator("ol.timeline [data-kind=refused_late]")
    expect(refused).to_have_count(1)
    expect(refused).not_to_have_class("corrected")

    road.day("2026-04-13")
    road.act("initiate")
    expect(road.page.locator("body")).to_have_attribute("data-state", "initiated")
    assert road.case is not None
    assert [kind for kind in kinds(road.case) if kind != "expired"] == [
        *("received", "refused_late", "term_restored", "admitted", "initiated")
    ]
    assert papers(road.case) == ["refuse_late", "initiate", "offer"]
    term = road.case.stream.deadlines.get(rule="TERM-OFFER-3D")
    assert (str(term.due_on), term.status) == ("2026-04-13", "met")
    two_months = road.case.stream.deadlines.get(rule="TERM-EXEC-2M")
    assert str(two_months.due_on) == "2026-06-15"

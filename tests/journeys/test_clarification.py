"""A clarification is asked for, the proceedings stand still, it is answered, they go on: on the
pages in Kazakh, with every date, paper and term."""

from __future__ import annotations

from typing import Any, Final

import pytest
from playwright.sync_api import expect

from accounts.models import Office
from tests.course import papers
from tests.journeys.road import Road
from tests.office import paper
from tests.platform.live import LiveOffice

#: A letter goes to the court and its answer comes back by a browser.
pytestmark = pytest.mark.prove
COURT: Final = "ALA-BOS"
UNCLEAR: Final = "Қай мекенжайдағы құрылыс бұзылуға тиіс екені көрсетілмеген"
ANSWER: Final = "Абай даңғылы, 1-үйдегі құрылыс"
NUMBER: Final = "7514-26-00-2/1-түс"


@pytest.mark.rule("CLARIFY-01", "SUSP-OPT-01", "BAIL-PWR-04")
def test_a_clarification_is_asked_for_and_the_proceedings_stand_still_until_its_answer(
    own_office: LiveOffice, browser: Any
) -> None:
    road = Road(own_office, browser, "bailiff.ala")
    page = road.page
    road.day("2026-03-10")
    assert road.hand_in(paper("U-1"))["verdict"] == "accept"
    road.sign_in()
    road.day("2026-03-11")
    road.act("initiate")
    assert road.case is not None
    case = road.case
    running = case.proceedings.get()
    before = road.running(running)
    # 11 May is given for Victory Day, which falls on a Saturday.
    assert before["TERM-EXEC-2M"] == "2026-05-12"

    road.day("2026-03-16")
    page.goto(f"/cases/{case.pk}/suspend?ground=SUSP-OPT-01")
    expect(page.locator("main")).to_contain_text("Жауабы күтіліп тұрған мұндай өтініш")
    page.goto(f"/cases/{case.pk}/apply_to_court?kind=clarification")
    page.locator(f"[name=to][value={COURT}]").check()
    page.fill("[name='details.unclear']", UNCLEAR)
    page.locator("button[data-verb=apply_to_court]").click()
    page.wait_for_url(f"**/cases/{case.pk}")
    letter = page.locator("[data-letter][data-kind=clarification]")
    expect(letter).to_have_attribute("data-state", "awaited")
    assert papers(case)[-1] == "clarification_request"
    expect(page.locator("main")).to_contain_text("Атқарушылық құжатты түсіндіру туралы ӨТІНІШ")

    letter.locator("a[data-verb=suspend]").click()
    form = page.locator("form[method=post]:has([name=on])")
    expect(form.locator("[name='evidence.clarification_request.on']")).to_have_value("2026-03-16")
    form.locator("button[type=submit]").last.click()
    page.wait_for_url(f"**/cases/{case.pk}")
    stood = {rule: None for rule in before if rule in ("TERM-EXEC-2M", "TERM-VOLUNTARY-5D")}
    road.stands(
        state="suspended",
        line="suspended",
        paper="suspend",
        terms=road.running(running) | stood,
        of=running,
    )

    road.day("2026-03-26")
    page.goto("/today")
    expect(page.locator("#letters")).to_contain_text("түсіндіру")
    page.goto(f"/cases/{case.pk}")
    letter.locator("a[data-verb=record_reply]").click()
    page.select_option("[name=outcome]", "clarified")
    page.fill("[name=answer]", ANSWER)
    page.fill("[name=number]", NUMBER)
    page.fill("[name=decided_on]", "2026-03-24")
    page.locator("button[data-verb=record_reply]").click()
    page.wait_for_url(f"**/cases/{case.pk}")
    expect(letter).to_have_attribute("data-state", "answered")
    letter.locator("a[data-verb=resume]").click()
    expect(form.locator("[name=proof]")).to_have_value(f"№ {NUMBER}, 24.03.2026, {_court()}")
    form.locator("button[type=submit]").last.click()
    page.wait_for_url(f"**/cases/{case.pk}")
    # Ten days stood still: from 16 March to the day before the 26th.
    assert road.running(running)["TERM-EXEC-2M"] == "2026-05-21"
    expect(page.locator("body")).to_have_attribute("data-state", "initiated")
    assert papers(case)[-1] == "resume"


def _court() -> str:
    """The court as the letter names it."""
    return Office.objects.get(code=COURT).name("kk")

"""A clerk types papers with the keyboard alone; the form judges them while they are typed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.desk import PAPERS, Desk, own_ref, read_case, settled, type_party
from tests.platform.live import LiveOffice
from tests.platform.stage import connected
from tests.screens.browsing import Reader, set_clock


@pytest.mark.parametrize("ref", ["01", "04", "16"])
def test_a_paper_typed_by_keyboard_gets_the_verdict_of_the_law(desk: Desk, ref: str) -> None:
    said, due = desk.hand_in(ref).said, PAPERS[ref]["expect"]
    assert {key: said[key] for key in due} == due
    assert said["state"] == "received"
    assert desk.clerk.trouble() == []


@pytest.mark.parametrize("ref", ["01", "04", "16"])
def test_the_form_judges_while_it_is_typed(desk: Desk, ref: str) -> None:
    judged = desk.hand_in(ref).judged
    verdicts = [each["verdict"] for each in judged]
    # How often it judges on the way depends on how fast the hands and the machine are.
    assert verdicts[0] == ""
    assert "defective" in verdicts, "without its parties the paper is defective"
    assert verdicts[-1] == PAPERS[ref]["expect"]["verdict"]
    assert any("WRIT-CONT-06" in each["missing"] for each in judged)
    assert judged[-1]["missing"] == PAPERS[ref]["expect"].get("missing", [])


@pytest.mark.rule("WRIT-CONT-04", "WRIT-CONT-06", "TERM-DEFECT-3D")
def test_the_case_shows_each_rule_behind_a_defective_paper(desk: Desk) -> None:
    said = desk.hand_in("04").said
    assert {"WRIT-CONT-04", "WRIT-CONT-06", "TERM-DEFECT-3D"} <= said["rules"]
    assert said["running"] == {"TERM-DEFECT-3D": "2026-03-26"}
    assert said["possible"] == [], "a clerk decides nothing"


def census(office: LiveOffice) -> dict[str, int]:
    """The rows of every table but the sessions'."""
    with connected(office["dsn"]["app"]) as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = [name for (name,) in cursor.fetchall() if name != "django_session"]
        counted = {}
        for name in names:
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            counted[name] = cursor.fetchone()[0]
    return counted


def test_a_mistyped_iin_is_named_at_once_and_nothing_is_stored(
    desk: Desk, live_office: LiveOffice
) -> None:
    paper, page = PAPERS["15"], desk.clerk.page
    set_clock(live_office, f"{paper['received_on']}T10:00")
    before = census(live_office)
    hands = desk.open_form()
    hands.choose("type", paper["type"])
    hands.write("ref", own_ref("15"))
    type_party(hands, "debtors[0]", paper["debtors"][0], upto="iin")
    hands.press("Enter")
    said = page.locator('[id="debtors[0].iin.error"]')
    expect(said).to_have_text(re.compile("Борышкер 1 › ЖСН: бақылау цифры дұрыс емес"))
    expect(page.locator("[aria-invalid=true]")).to_have_id("debtors[0].iin")
    settled(page, "invalid")

    with page.expect_response("**/intake") as answer:
        hands.press("Control+Enter")
    assert answer.value.status == 422
    expect(page.locator("[data-focus-first]")).to_be_focused()
    assert census(live_office) == before

    hands.press("Tab")
    hands.press("Enter")
    assert hands.held() == "debtors[0].iin", "the summary leads to the field"
    hands.press("Control+a")
    page.keyboard.type(PAPERS["01"]["debtors"][0]["iin"])
    hands.press("Control+Enter")
    page.wait_for_url("**/cases/*")
    assert page.locator("[data-state]").get_attribute("data-state") == "received"
    assert census(live_office) != before


# --- Without JavaScript ---------------------------------------------------------------------------


def fill(page: Any, paper: dict[str, Any]) -> None:
    """Fill the whole form; rows that are not there yet are asked for by their buttons."""
    for name in ("type", "issuer", "office", "language"):
        page.select_option(f"#{name}", paper[name])
    for name in ("case_number", "decision_on", "in_force_on", "issued_on", "operative", "ref"):
        page.fill(f"#{name}", paper[name])
    for what in ("claimants", "debtors"):
        for index, party in enumerate(paper[what]):
            if index:
                page.click(f'button[name=add][value="{what}"]')
            fill_row(page, f"{what}[{index}]", party)
    for index, debt in enumerate(paper["debts"]):
        if index:
            page.click('button[name=add][value="debts"]')
        place = f"debts[{index}]"
        page.select_option(f'[id="{place}.claimant"]', str(debt["claimant"]))
        for debtor in debt["debtors"]:
            page.check(f'[id="{place}.debtors.{debtor}"]')
        page.fill(f'[id="{place}.amount"]', debt["amount"])
        page.set_checked(f'[id="{place}.joint"]', debt["joint"])


def fill_row(page: Any, place: str, party: dict[str, Any]) -> None:
    """Fill a claimant or a debtor."""
    page.check(f'[id="{place}.kind.{party["kind"]}"]')
    for name, value in party.items():
        if name != "kind":
            page.fill(f'[id="{place}.{name}"]', value)


def test_the_same_form_works_without_javascript(browser: Any, live_office: LiveOffice) -> None:
    paper = {**PAPERS["12"], "ref": own_ref("12")}
    set_clock(live_office, f"{paper['received_on']}T10:00")
    clerk = Reader(browser, live_office, java_script_enabled=False).sign_in("clerk")
    page = clerk.page
    page.goto("/intake")
    fill(page, paper)
    page.click("form .buttons button[name=check]")
    panel = page.locator("#verdict [data-verdict]")
    expect(panel).to_have_attribute("data-verdict", "accept")
    assert "Қозғалатын іс жүргізу саны: 2" in panel.inner_text()
    page.click("button[data-register]")
    page.wait_for_url("**/cases/*")
    said = read_case(page)
    assert said["verdict"] == "accept"
    assert said["presentation_last_day"] == paper["expect"]["presentation_last_day"]
    assert page.locator('[data-role="debtor"]').count() == 2
    clerk.close()

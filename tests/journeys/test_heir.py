"""A bailiff, in Kazakh: a claimant's representative is entered, the debtor dies, the heir takes his
place with the balance, the measures and the terms."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.course import do, frozen, initiated, later, now
from tests.office import DAY, NEXT
from tests.platform.live import LiveOffice
from tests.screens.browsing import Reader, set_clock

HEIR: Final = "Мұрагеров Жалғас Үлгіұлы"
AGENT: Final = "Өкілов Сенім Үлгіұлы"


def fill(page: Any, typed: dict[str, str]) -> None:
    """Fill a form by the names of its fields and sign it."""
    for name, text in typed.items():
        field = page.locator(f"[name='{name}']")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)
    page.locator("form.signing button[type=submit]").click()
    page.wait_for_selector("[data-page=case]")


@pytest.mark.prove
@pytest.mark.rule("SUCC-01", "REP-01")
def test_the_heir_takes_the_place_of_the_debtor(own_office: LiveOffice, browser: Any) -> None:
    proceeding = initiated()
    frozen(proceeding)
    do(now(proceeding), "record_recovery", amount="400000.00")
    do(now(proceeding), "suspend", ground="SUSP-MAND-01", on=later(1))
    set_clock(own_office, f"{later(2)}T09:30")
    bailiff = Reader(browser, own_office).sign_in("bailiff.ala")
    page, case = bailiff.page, f"/cases/{proceeding.case_id}"

    page.goto(f"{case}/engage?role=representative")
    fill(
        page,
        {
            "whom": "claimants[0]",
            "name": AGENT,
            "address": "Абай даңғ., 9-үй",
            "evidence.authority_basis": "power_of_attorney",
            "evidence.authority.number": "17",
            "evidence.authority.on": f"{DAY}",
            "evidence.authority.lasts_until": f"{later(6)}",
            "evidence.barred": "none",
        },
    )
    assert page.locator("[data-part=representative][data-tone=soon]").count() == 1
    shown = page.inner_text("main")
    left, due = page.locator(".about b").last.inner_text(), _terms(page)

    page.goto(f"{case}/replace_party?event=death")
    fill(
        page,
        {
            "person": "debtors[0]",
            "kind": "natural",
            "name_kk": HEIR,
            "city": "Алматы",
            "address_kk": "Жібек жолы, 4-үй",
            "evidence.replacement_ruling.court": "Мысал аудандық соты",
            "evidence.replacement_ruling.number": "2-17",
            "evidence.replacement_ruling.on": f"{NEXT}",
            "evidence.replacement_ruling.in_force_on": f"{later(1)}",
            "evidence.death_record.body": "АХАЖ",
            "evidence.death_record.number": "5",
            "evidence.death_record.on": f"{NEXT}",
        },
    )
    assert HEIR in page.inner_text("h1 ~ .about")
    assert page.locator(".about b").last.inner_text() == left
    assert _terms(page) == due
    assert page.locator("[data-measure][data-state=served]").count() == 1
    assert proceeding.debtor.name_kk in page.inner_text("main")
    assert AGENT in shown

    page.goto(f"{case}/resume")
    fill(page, {"ground": "SUSP-MAND-01", "proof": "Соттың 2-17 ұйғарымы"})
    assert page.locator("[data-page=case]").get_attribute("data-state") == "initiated"
    bailiff.close()


def _terms(page: Any) -> list[list[str]]:
    found: list[list[str]] = page.locator("[data-deadline]").evaluate_all(
        "days => days.map(day => [day.dataset.deadline, day.dataset.due])"
    )
    return found

"""A bailiff, in Kazakh: the claimant assigns his claim. The court is asked, the proceedings stand
still, the court rules, the new claimant takes the old one's place; balance, measure, terms, account
and papers go on with him."""

from __future__ import annotations

from typing import Any, Final

import pytest

from documents.models import Paper
from enforcement.models import Dispatch, Measure, Outgoing, Succession
from exchange.models import Message
from tests.course import BANK, do, frozen, initiated, kinds, later, now, sound, terms_of
from tests.journeys.test_heir import fill
from tests.office import NEXT
from tests.platform.live import LiveOffice
from tests.screens.browsing import Reader, set_clock

FIRM: Final = "«Жаңа Несие» ЖШС"
BIN: Final = "150340012340"
ACCOUNT: Final = "KZ86125KZT5004100100"
CONTRACT: Final = "2026 жылғы 12 наурыздағы № 9 шарт"
TWO: Final = "TERM-EXEC-2M"
#: The court is asked, and rules; the proceedings go on; the bank is ordered to pay.
ASKED, RULED, RESUMED, FORCED = later(7), later(9), later(12), later(14)


def terms(page: Any) -> dict[str, str]:
    """The last days the page of the case shows, by rule."""
    found: dict[str, str] = dict(
        page.locator("[data-deadline]").evaluate_all(
            "days => days.map(day => [day.dataset.deadline, day.dataset.due])"
        )
    )
    return found


def left(page: Any) -> str:
    """What is left of the debt, as the page says it."""
    found: str = page.locator(".about b").last.inner_text()
    return found.replace("\u00a0", " ")


def state(page: Any) -> str | None:
    found: str | None = page.locator("[data-page=case]").get_attribute("data-state")
    return found


@pytest.mark.prove
@pytest.mark.rule("SUCC-01", "SUCC-02", "BAIL-PWR-05")
def test_the_claim_is_assigned_and_goes_on_with_the_new_claimant(
    own_office: LiveOffice, browser: Any
) -> None:
    proceeding = initiated()
    former = proceeding.presentation.participants.get(role="claimant")
    debtor = proceeding.debtor
    frozen(proceeding)
    do(now(proceeding), "deliver_offer")
    do(now(proceeding), "record_recovery", amount="400000.00")
    set_clock(own_office, f"{ASKED}T09:30")
    me = Reader(browser, own_office).sign_in("bailiff.ala")
    page, case = me.page, f"/cases/{proceeding.case_id}"
    page.goto(case)
    assert (left(page), state(page)) == ("1 500 659,00 ₸", "initiated")
    assert terms_of(proceeding)[TWO] == ("2026-05-12", "running")

    # The claimant tells of the assignment; the court is asked to replace him.
    page.goto(f"{case}/apply_to_court?kind=replace_party")
    page.locator("[name=to]").first.check()
    page.fill("[name='details.circumstance']", "Талап № 9 шартпен берілді")
    page.locator("button[data-verb=apply_to_court]").click()
    page.wait_for_selector("[data-page=case]")
    asked = page.locator("[data-letter][data-kind=replace_party]")
    assert asked.get_attribute("data-state") == "awaited"
    page.goto(f"{case}/suspend?ground=SUCC-02")
    fill(page, {"evidence.succession_event": CONTRACT})
    assert state(page) == "suspended"
    assert terms_of(proceeding)[TWO] == (None, "paused")
    waits = Paper.objects.get(kind="suspend", entry__stream=proceeding.case.stream)
    assert Outgoing.objects.filter(paper=waits).exists()

    # The court's ruling leads to the replacement, filled with what it says.
    set_clock(own_office, f"{RULED}T09:30")
    page.goto(case)
    page.locator("[data-letter][data-kind=replace_party] a[data-verb=record_reply]").click()
    page.select_option("[name=outcome]", "granted")
    page.fill("[name=answer]", "Өндіріп алушы ауыстырылды")
    page.fill("[name=number]", "2-17")
    page.fill("[name=decided_on]", f"{later(8)}")
    page.locator("button[data-verb=record_reply]").click()
    page.wait_for_selector("[data-letter][data-kind=replace_party][data-state=answered]")
    page.locator("[data-letter][data-kind=replace_party] a[data-verb=replace_party]").click()
    page.goto(f"{page.url}&event=assignment")
    court = "[name='evidence.replacement_ruling.number']"
    assert page.input_value(court) == "2-17"
    told = {
        "person": "claimants[0]",
        "kind": "legal",
        "name_kk": FIRM,
        "name_ru": "ТОО «Жаңа Несие»",
        "number": BIN,
        "city": "Алматы",
        "address_kk": "Сәтбаев көшесі, 22-үй",
        "iban": ACCOUNT,
        "evidence.replacement_ruling.in_force_on": f"{later(9)}",
        "evidence.succession_event": CONTRACT,
    }
    fill(page, told)
    assert (left(page), state(page)) == ("1 500 659,00 ₸", "suspended")
    shown = page.inner_text("main")
    assert all(text in shown for text in (FIRM, former.name_kk, ACCOUNT))
    assert page.locator("[data-measure][data-state=served]").count() == 1
    succession = Succession.objects.get(participant=former)
    assert (succession.party, succession.until) == (former.party, RULED)
    assert now(former).party.bin == BIN
    assert kinds(proceeding.case)[-1] == "party_replaced"

    # What waited in the post for the old claimant goes to the new one.
    page.goto("/post")
    named = f"{FIRM} (құқықтық мирасқор; бұрынғы тарап: {former.name_kk})"
    row = page.locator(f"[data-paper='{waits.pk}']")
    assert named in row.inner_text()
    row.locator("summary").click()
    row.locator("[name=channel]").select_option("registered_mail")
    row.locator("[name=proof]").fill("№ 7 түбіртек")
    row.locator("button[type=submit]").click()
    page.wait_for_selector("td:has-text('№ 7 түбіртек')")
    assert named in page.locator("tr").filter(has_text="№ 7 түбіртек").inner_text()
    assert page.locator(f"[data-paper='{waits.pk}']").count() == 0
    sent = Dispatch.objects.get(paper=waits)
    assert [told["kk"] for told in sent.instead.values()] == [named]

    # The proceedings go on: the days that stood still are given back.
    set_clock(own_office, f"{RESUMED}T09:30")
    page.goto(f"{case}/resume?ground=SUCC-02")
    fill(page, {"proof": "Соттың 2-17 ұйғарымы"})
    assert state(page) == "initiated"
    assert terms_of(proceeding)[TWO] == ("2026-05-18", "running")
    assert terms(page)[TWO] == "2026-05-18"
    resumed = Paper.objects.get(kind="resume", entry__stream=proceeding.case.stream)
    names = {each["kk"] for each in resumed.addressees}
    assert {named, debtor.name_kk} <= names

    # The bank is ordered to pay to the new claimant's account.
    set_clock(own_office, f"{FORCED}T09:30")
    page.goto(f"{case}/foreclose?way=collect")
    page.locator("form.signing button[type=submit]").click()
    page.wait_for_selector("[data-page=case]")
    order = Message.objects.get(entry__stream=proceeding.case.stream, kind="collect")
    assert (order.to, order.body["amount"]) == (BANK, "1000.00")
    paper = Paper.objects.get(pk=order.body["paper"])
    assert paper.facts["claimant_accounts"] == [ACCOUNT]
    assert former.iban != ACCOUNT
    do(now(proceeding), "record_recovery", amount="1000.00", source="bank", on=FORCED)
    page.goto(case)
    assert left(page) == "1 499 659,00 ₸"
    assert Measure.objects.get(proceeding=proceeding).state == "served"
    assert NEXT < ASKED
    assert me.trouble() == []
    sound([proceeding.case])
    me.close()

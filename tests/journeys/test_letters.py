"""A bailiff, in Kazakh, asks five banks at once; one stays silent, and a protocol is drawn up."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import expect

from tests.office import paper
from tests.platform.live import LiveOffice
from tests.screens.browsing import Reader, set_clock

People = Callable[[str], Reader]
BEGAN: Final = date(2026, 6, 8)
#: Three days after the request reached whoever is online are over.
LATER: Final = date(2026, 6, 15)
BANKS: Final = (
    *("«Жобалық Банк» АҚ", "«Мысал Банк» АҚ", "«Сынақ Банкі» АҚ"),
    *("«Үлгі Банкі» АҚ", "«Өрнек Банк» АҚ"),
)
SILENT: Final = "«Сынақ Банкі» АҚ"


def begun(office: LiveOffice, folder: Path) -> str:
    """A case with proceedings, made by commands; its key."""
    file = folder / "paper.json"
    file.write_text(json.dumps(paper("L-1", ref="T-L-1"), ensure_ascii=False), encoding="utf-8")
    on = ("--on", f"{BEGAN}", "--json")
    came = office.manage("act", "-", "receive", f"document={file}", "--by", "registrar.ala", *on)
    assert came.returncode == 0, came.stdout + came.stderr
    case: str = json.loads(came.stdout)["case"]
    began = office.manage("act", case, "initiate", "--by", "bailiff.ala", *on)
    assert began.returncode == 0, began.stdout + began.stderr
    return case


def letter_to(page: Any, name: str) -> Any:
    """The row of a letter on the page of its case."""
    return page.locator("[data-letter]").filter(has_text=name).first


def follow(row: Any, verb: str) -> None:
    """Press the button of a step beside a letter."""
    row.locator(f"a[data-verb={verb}]").click()


@pytest.mark.prove
@pytest.mark.rule("BAIL-PWR-03", "BAIL-OBSTR-01", "BAIL-PWR-02")
def test_five_banks_are_asked_one_is_silent_and_a_protocol_is_drawn(
    reader: People, live_office: LiveOffice, tmp_path: Path
) -> None:
    set_clock(live_office, f"{BEGAN}T10:00")
    case = begun(live_office, tmp_path)
    me = reader("bailiff.ala")
    page = me.page
    page.goto(f"/cases/{case}")
    page.locator(".acts-panel li[data-verb=send_letter] a").first.click()
    page.get_by_role("link", name="Ақпарат сұрату").click()
    for name in BANKS:
        page.get_by_label(f"Банк: {name}").check()
    page.select_option("[name=pace]", "processing")
    page.fill("[name='details.asked_for']", "Борышкердің шоттары мен олардағы қалдық")
    page.select_option("[name='details.secrecy']", "bank")
    page.locator("button[data-verb=send_letter]").click()
    expect(page.locator("[data-letter][data-state=awaited]")).to_have_count(len(BANKS))

    follow(letter_to(page, BANKS[1]), "record_reply")
    page.select_option("[name=outcome]", "nothing_held")
    page.fill("[name=answer]", "Шот жоқ")
    page.locator("button[data-verb=record_reply]").click()
    expect(letter_to(page, BANKS[1])).to_have_attribute("data-state", "answered")

    set_clock(live_office, f"{LATER}T10:00")
    page.goto("/today")
    late = page.locator("#unanswered li").filter(has_text=SILENT)
    late.locator("a[data-verb=record_breach]").click()
    page.select_option("[name=outcome]", "silent")
    page.fill("[name=proof]", "Кіріс журналында жауап тіркелмеген")
    page.locator("button[data-verb=record_breach]").click()
    expect(letter_to(page, SILENT)).to_have_attribute("data-state", "unmet")

    follow(letter_to(page, SILENT), "draw_protocol")
    expect(page.locator("[name='details.offender']")).to_have_value(SILENT)
    page.locator("[name=to]").first.check()
    page.fill("[name='details.offence_facts']", "Сұратылған мәліметтер мерзімінде берілмеді")
    page.locator("button[data-verb=draw_protocol]").click()
    expect(page.locator("[data-letter][data-kind=papers_withheld]")).to_have_count(1)
    assert "Әкімшілік құқық бұзушылық туралы ХАТТАМА" in page.inner_text("main")
    assert me.trouble() == []

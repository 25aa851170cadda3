"""A bailiff, in Kazakh, decides on what arrived: nearest last day first, reasons before the act."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.desk import Desk
from tests.platform.live import LiveOffice
from tests.screens.browsing import Reader, set_clock

People = Callable[[str], Reader]
TODAY: Final = date(2026, 6, 17)
#: What decides on the paper; what was typed can be corrected beside it.
POSSIBLE: Final = (
    "[data-possible=yes]:not([data-verb=correct_intake], [data-verb=put_right],"
    " [data-verb=record_address], [data-verb=record_submission], [data-verb=assign_bailiff],"
    " [data-verb=supervise], [data-verb=show_file], [data-verb=take_statement],"
    " [data-verb=engage])"
)


def left(days: int) -> str:
    """What a Kazakh reader is told of a running term."""
    if days < 0:
        return f"Мерзімнен {-days} күн өтті"
    return f"{days} күн қалды" if days else "Бүгін — соңғы күн"


def waiting(page: Any) -> list[dict[str, Any]]:
    """The rows of the inbox as they are read, from top to bottom."""
    rows = []
    for row in page.locator("tr[data-state]").all():
        term = row.locator("[data-due]")
        rows.append(
            {
                "number": row.locator("a.lead").inner_text(),
                "due": term.get_attribute("data-due") if term.count() else None,
                "left": row.locator(".left").inner_text().strip() if term.count() else None,
                "received": row.locator("td:last-child time").get_attribute("datetime"),
            }
        )
    return rows


def test_the_inbox_puts_the_nearest_last_day_first(desk: Desk, reader: People) -> None:
    numbers = [desk.hand_in("01").number, desk.hand_in("16").number]
    page = reader("bailiff.ala").page
    set_clock(desk.clerk.office, f"{TODAY}T10:00")
    page.goto("/inbox")
    rows = waiting(page)
    assert set(numbers) <= {row["number"] for row in rows}
    assert all(row["received"] for row in rows)
    order = [row["due"] or row["received"] for row in rows]
    assert order == sorted(order)
    for row in rows:
        if row["due"]:
            assert row["left"] == left((date.fromisoformat(row["due"]) - TODAY).days)
    assert [row["due"] for row in rows if row["number"] == numbers[1]] == ["2026-06-22"]


def day(text: str) -> date:
    """A day as pages write it: 26.03.2026."""
    d, m, y = text.split(".")
    return date(int(y), int(m), int(d))


def rows_of(ledger: Locator) -> list[dict[str, Any]]:
    """The rows of a ledger: kind, first and last day, what is counted, the running sum."""
    found = []
    for row in ledger.all():
        days = [day(text) for text in row.locator("time").all_inner_texts()]
        counted, together = row.locator("td.amount").all_inner_texts()
        found.append(
            {
                "kind": row.get_attribute("data-kind"),
                "on": days[0],
                "until": days[-1],
                "n": int(counted.lstrip("+ ") or 0),
                "total": int(together or 0),
            }
        )
    return found


def add_up(page: Any, *, length: int) -> date:
    """Add a ledger of days up by hand, and give the last day it comes to."""
    rows = rows_of(page.locator("table.ledger tbody tr"))
    assert (rows[0]["kind"], rows[0]["n"]) == ("start", 0)
    total, reached = 0, rows[0]["on"]
    for row in rows[1:]:
        total += row["n"]
        if row["n"]:
            assert row["total"] == total
            assert row["n"] == (row["until"] - row["on"]).days + 1
            assert row["on"] == reached + timedelta(days=1), "a day is left out"
            reached = row["until"]
    assert total == length
    moved = [row for row in rows if row["kind"] == "rolled"]
    assert [row["on"] for row in moved] == sorted({row["on"] for row in moved})
    if moved:
        reached = moved[-1]["until"] + timedelta(days=1)
    assert rows[-1]["kind"] == "due"
    return reached


def test_the_bailiff_returns_the_defective_paper(
    desk: Desk, reader: People, live_office: LiveOffice
) -> None:
    number = desk.hand_in("04").number
    set_clock(live_office, "2026-03-19T09:30")
    bailiff = reader("bailiff.trz")
    page = bailiff.page
    page.goto("/inbox")
    page.click(f"text={number}")
    assert page.locator("[data-page=case]").get_attribute("data-state") == "received"
    assert "Кемшілігі бар" in page.locator("section.verdict").inner_text()

    page.click("article.deadline >> text=Неге осы күн")
    expect(page.locator("body")).to_have_attribute("data-page", "ledger")
    assert page.locator(".result time").get_attribute("data-due") == "2026-03-26"
    assert add_up(page, length=3) == date(2026, 3, 26)
    page.click(f".crumbs >> text={number}")

    page.click("[data-verb=return_defective] a")
    assert page.input_value("#id_on") == "2026-03-19"
    for draft in page.locator("a[hreflang]").all():
        drafted = page.request.get(draft.get_attribute("href"))
        assert drafted.body().startswith(b"%PDF")
    page.click("form.tall button[type=submit]")
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]+$"))

    assert page.locator("[data-page=case]").get_attribute("data-state") == "returned_defective"
    line = page.locator(".timeline li").first
    assert line.get_attribute("data-kind") == "returned_defective"
    assert line.locator("time").first.inner_text() == "19.03.2026"
    assert "Мұратов Асхат Дәулетұлы" in line.inner_text()
    assert page.locator(POSSIBLE).count() == 0
    ended = page.locator("section", has_text="Аяқталған мерзімдер").locator("li")
    assert "Мерзімінде орындалды" in ended.filter(has_text="қайтару мерзімі").inner_text()
    papers = page.locator(".files .pair a")
    assert papers.evaluate_all("links => links.map(link => link.hreflang)") == ["kk", "ru"]
    for paper in papers.all():
        read = page.request.get(paper.get_attribute("href"))
        assert read.headers["content-type"] == "application/pdf"
        assert read.headers["cache-control"] == "private, no-store"
        assert read.body().startswith(b"%PDF")
    assert bailiff.trouble() == []


@pytest.mark.parametrize(
    ("ref", "verb", "state"),
    [
        ("D-05", "refuse_late", "refused_late"),
        ("D-04", "send_on", "sent_on"),
    ],
)
def test_the_bailiff_refuses_what_is_late_and_sends_on_what_is_elsewhere(
    live_office: LiveOffice, reader: People, ref: str, verb: str, state: str
) -> None:
    set_clock(live_office, "--reset")
    page = reader("bailiff.ala").page
    page.goto("/inbox")
    row = page.locator("tr[data-state]").filter(has=page.get_by_text(f"шығыс № {ref}", exact=True))
    number = row.locator("a.lead").inner_text()
    row.locator("a.lead").click()
    possible = page.locator(POSSIBLE)
    expect(possible).to_have_count(1)
    expect(possible).to_have_attribute("data-verb", verb)
    expect(possible.locator("a")).to_have_class(re.compile(r"\bfirst\b"))
    possible.locator("a").click()
    page.click("form.tall button[type=submit]")
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]+$"))
    assert page.locator("[data-page=case]").get_attribute("data-state") == state
    assert page.locator(".timeline li").first.get_attribute("data-kind") == state
    paper = page.locator(".files .pair a").first.get_attribute("href")
    assert page.request.get(paper).body().startswith(b"%PDF")
    page.goto("/inbox")
    assert number not in page.locator("main").inner_text()
    page.click("text=Барлығы")
    expect(page.locator(f'tr[data-state="{state}"]', has_text=number)).to_have_count(1)


def test_a_step_refused_says_why_and_leaves_the_case_as_it_was(
    live_office: LiveOffice, desk: Desk, reader: People
) -> None:
    url = desk.hand_in("01").url
    set_clock(live_office, "2026-03-10T12:00")
    page = reader("bailiff.ala").page
    page.goto(url)
    written = page.locator(".timeline li").count()
    page.goto(f"{url}/return_defective")
    with page.expect_response("**/return_defective") as answer:
        page.click("form.tall button[type=submit]")
    assert answer.value.status == 422
    refusal = page.locator("[data-refusal='422']")
    expect(refusal).to_be_focused()
    said = refusal.inner_text()
    assert "Қабылдауға болады" in said
    assert "Кемшілігі бар" in said
    page.goto(url)
    assert page.locator("[data-page=case]").get_attribute("data-state") == "received"
    assert page.locator(".timeline li").count() == written

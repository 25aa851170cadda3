"""What waits at an office: the nearest last day first, every paper once, nobody else's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from enforcement.facts.pagination import PAGE
from enforcement.intake.arrived import inbox
from tests.office import DAY, act, arrive, paper, receive, user

TODAY = DAY + timedelta(days=10)


def page(login: str = "bailiff.ala", *, show: str = "received", after: str = "") -> list[str]:
    """The keys of the papers on one page."""
    found = inbox(user(login), show=show, after=after, language="kk", today=TODAY)
    return [row["ref"] for row in found.rows]


def walk(login: str = "bailiff.ala", *, show: str = "received") -> list[list[str]]:
    """All pages, one after another."""
    pages, after = [], ""
    while True:
        found = inbox(user(login), show=show, after=after, language="kk", today=TODAY)
        pages.append([row["ref"] for row in found.rows])
        if found.next_cursor is None:
            return pages
        after = found.next_cursor


@pytest.mark.parametrize("show", ["received", "all"])
def test_every_paper_is_on_one_page(offices: None, show: str) -> None:
    verdicts = ("accept", "defective", "late", "wrong_territory")
    for number in range(PAGE + 12):
        # Many on one day: the cursor has to tell them apart.
        arrive(verdicts[number % 4], number, on=DAY + timedelta(days=number % 3))
    pages = walk(show=show)
    assert [len(refs) for refs in pages] == [PAGE, 12]
    refs = [ref for each in pages for ref in each]
    assert sorted(refs) == sorted(f"T-{number}" for number in range(PAGE + 12))


def test_the_nearest_last_day_stands_first(offices: None) -> None:
    arrive("accept", "later", on=DAY + timedelta(days=3))
    arrive("late", "no term", on=DAY + timedelta(days=1))
    arrive("defective", "sooner", on=DAY)
    assert page() == ["T-no term", "T-sooner", "T-later"]


def test_what_was_answered_waits_no_more_but_stays_among_all(offices: None) -> None:
    answered = arrive("defective", "answered")
    arrive("accept", "waiting")
    act(answered, "return_defective")
    assert page() == ["T-waiting"]
    assert sorted(page(show="all")) == ["T-answered", "T-waiting"]


@pytest.mark.parametrize(
    ("login", "refs"),
    [
        ("bailiff.ala", ["T-ala"]),
        ("bailiff.trz", ["T-trz"]),
        ("prosecutor.ala", ["T-ala"]),
        ("prosecutor.system", ["T-ala", "T-trz"]),
        ("clerk", ["T-ala", "T-trz"]),
        ("administrator", []),
    ],
)
def test_everybody_sees_his_own(offices: None, login: str, refs: list[str]) -> None:
    arrive("accept", "ala")
    receive(paper("trz", office="TRZ", debtor={"city": "Тараз"}))
    assert sorted(page(login)) == refs


@pytest.mark.parametrize("after", ["x", "_", "2026-03-10_x", "2026-99-99_x", "\x00", "a_b_c"])
def test_a_strange_cursor_begins_anew(offices: None, after: str) -> None:
    arrive()
    assert page(after=after) == ["T-1"]


def test_a_row_shows_names_verdict_and_the_last_day(offices: None) -> None:
    presentation = arrive("defective")
    found = inbox(user("head.ala"), show="received", language="ru", today=TODAY)
    (row,) = found.rows
    assert (row["claimants"], row["debtors"]) == ("АО «Үлгі Банкі»", "Ахметов Серік Болатұлы")
    assert (row["issuer"], row["case_id"]) == (
        "Бостандыкский районный суд города Алматы",
        presentation.case_id,
    )
    assert row["verdict"]["verdict"] == "defective"
    assert row["deadline"] == {
        "rule": "TERM-DEFECT-3D",
        "due_on": date(2026, 3, 13),
        "safe_on": date(2026, 3, 13),
        "status": "running",
        "days_left": -7,
    }

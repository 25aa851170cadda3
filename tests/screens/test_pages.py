"""Every screen, Kazakh and Russian, wide and narrow, light and dark: no barrier, no stray word."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.screens.browsing import HEIGHTS, set_clock
from tests.screens.cases import DAY
from tests.screens.gallery import BAILIFF, CLERK, SCREENS, Gallery, Screen
from tests.screens.reading import WORDS, strange

ROOT: Final = Path(__file__).parents[2]
Look = tuple[int, str]
EVERY_LOOK: Final[list[Look]] = [(w, scheme) for w in HEIGHTS for scheme in ("light", "dark")]
#: Russian words are longer and fill a page otherwise; its colours are the same.
LOOKS: Final = {"kk": EVERY_LOOK, "ru": [(w, "light") for w in HEIGHTS]}
#: What every run looks at, in Kazakh, wide and by day: the first screen of each page. All screens
#: in every size, light and language are proved at leisure.
FIRST: Final = list({screen.page: screen for screen in reversed(SCREENS)}.values())
#: What runs out of its box, though the page as a whole may hide it.
SIDEWAYS: Final = """() => [...document.querySelectorAll("html, main, .sheet, table")]
  .filter((box) => box.scrollWidth > box.clientWidth + 1)
  .map((box) => `${box.tagName} ${box.className}: ${box.scrollWidth} in ${box.clientWidth}`)"""
#: Axe tells of what breaks its rules and need not describe everything that keeps them.
BREACHES: Final = {"resultTypes": ["violations"]}
#: The dark changes colours and nothing else.
IN_THE_DARK: Final = {**BREACHES, "runOnly": ["color-contrast"]}
#: What programs read on a page, said wrongly or by halves.
MARKS: Final = """() => {
  const { page, state, verb } = document.body.dataset;
  const wrong = [];
  const check = (selector, holds) => {
    for (const each of document.querySelectorAll(selector)) {
      if (!holds(each)) wrong.push(`mark: ${each.outerHTML.slice(0, 120)}`);
    }
  };
  if (page === "case" && !state) wrong.push("a case without its state");
  if (page === "act" && !verb) wrong.push("the form of no verb");
  check("[data-possible]", (act) => act.dataset.verb && /^(yes|no)$/.test(act.dataset.possible));
  check("[data-deadline]", (term) => term.dataset.deadline && "due" in term.dataset);
  check("[data-due]", (term) => (term.getAttribute("datetime") ?? "") === term.dataset.due);
  check(".deadline, .due", (card) => card.querySelector("[data-deadline]"));
  check(".rule", (rule) => rule.closest("[data-rule]")?.dataset.rule);
  check("main form [name=on]", (field) => field.form.closest("[data-verb], [data-paper]"));
  return wrong;
}"""
#: What a page must not be without.
TOLD: Final = {
    "today": ["#overdue [data-deadline=TERM-OFFER-3D][data-due]", "[data-verb=initiate]"],
    "case overdue": ["article [data-deadline=TERM-OFFER-3D][data-due='2026-06-11']"],
    "case begun": [
        "[data-verb=suspend][data-possible=yes]",
        "[data-verb=resume][data-possible=no]",
    ],
    "case still": ["body[data-state=suspended]", "[data-deadline=TERM-EXEC-2M][data-due='']"],
    "case over": ["body[data-state=terminated]", "[data-rule=TERMN-01]"],
    "case back": ["body[data-state=returned]", "[data-clock=PRES-3Y]"],
    "case frozen": ["[data-measure][data-state=served]", "[data-verb=lift][data-possible=yes]"],
    "case both": [
        "[data-proceeding='1'][data-state=suspended]",
        "[data-proceeding='2'] [data-verb]",
    ],
    "what if asked": ["[data-change] [data-deadline=TERM-EXEC-2M]"],
    "sanctions to decide": ["[data-measure] [data-verb=grant_sanction]", "[data-rule=SANCT-01]"],
    "approvals": ["[data-verb=correct]"],
    "post": ["[data-paper]"],
    "act suspend": ["[data-rule=SUSP-MAND-01]", "[data-rule=SUSP-OPT-06]"],
    "act deliver_offer": ["#effects [data-deadline=TERM-VOLUNTARY-5D]"],
}
POLICY: Final = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}
NAMES: Final = [screen.name for screen in SCREENS]


def look(page: Any, axe: Axe, width: int, scheme: str) -> list[str]:
    """What is wrong with a page in one size and one scheme of colours."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.emulate_media(color_scheme=scheme)
    where = f"{width} {scheme}"
    found = [f"{where}: sideways {box}" for box in page.evaluate(SIDEWAYS)]
    options = IN_THE_DARK if scheme == "dark" else BREACHES
    for violation in breaches(page, axe, options):
        nodes = [str(node["html"])[:120] for node in violation["nodes"][:3]]
        found.append(f"{where}: {violation['id']} {nodes}")
    return found


def breaches(page: Any, axe: Axe, options: dict[str, Any]) -> list[Any]:
    """What axe finds; it is put into a page once, however often that is looked at."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe.axe_script)
    found: list[Any] = page.evaluate("how => axe.run(how).then(all => all.violations)", options)
    return found


def read(page: Any, screen: Screen, language: str) -> list[str]:
    """What is wrong with a page in any size: its language, its name, its words."""
    found = []
    if page.evaluate("document.documentElement.lang") != language:
        found.append("the page is in another language")
    if page.evaluate("document.body.dataset.page") != screen.page:
        found.append("the page goes by another name")
    if page.locator("h1").count() != 1:
        found.append("one heading is needed")
    found += page.evaluate(MARKS)
    told = TOLD.get(screen.name, ())
    found += [f"not told: {mark}" for mark in told if not page.locator(mark).count()]
    return found + [f"stray word: {word}" for word in strange(page.evaluate(WORDS), language)]


def walk(screen: Screen, language: str, looks: list[Look], gallery: Gallery, axe: Axe) -> list[str]:
    """Go to a screen and look at it; everything wrong that was seen."""
    reader = gallery.window(language, screen.login)
    reader.page.set_viewport_size({"width": 1366, "height": HEIGHTS[1366]})
    answer = screen.way(reader.page, gallery)
    found = [] if answer.status == screen.status else [f"status {answer.status}"]
    policy = answer.headers.get("content-security-policy", "")
    if not answer.url.endswith("/fault") and set(policy.split("; ")) != POLICY:
        found.append(f"policy: {policy}")
    found += read(reader.page, screen, language)
    for width, scheme in looks:
        found += look(reader.page, axe, width, scheme)
    trouble = reader.trouble()
    return found if screen.status == 500 else found + trouble


@pytest.mark.parametrize("screen", FIRST, ids=[screen.name for screen in FIRST])
def test_a_screen_has_no_barrier_and_no_stray_word(
    gallery: Gallery, axe: Axe, screen: Screen
) -> None:
    assert walk(screen, "kk", [(1366, "light")], gallery, axe) == []


@pytest.mark.prove
@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("screen", SCREENS, ids=NAMES)
def test_a_screen_has_none_in_any_size_and_light(
    gallery: Gallery, axe: Axe, screen: Screen, language: str
) -> None:
    assert walk(screen, language, LOOKS[language], gallery, axe) == []


def test_every_template_of_a_page_has_a_screen_here() -> None:
    names = set()
    for file in (ROOT / "templates").rglob("*.html"):
        found = re.search(r"block page %}([\w-]+){%", file.read_text(encoding="utf-8"))
        names |= {found[1]} if found else set()
    # What is shown while the database is away is looked at in tests/platform/test_stores_away.py.
    assert names - {"error-503"} == {screen.page for screen in SCREENS}


@pytest.mark.parametrize("name", ["inbox all", "case joint", "ledger of 3 days", "intake accept"])
def test_nothing_runs_sideways_on_screens_between(gallery: Gallery, name: str) -> None:
    screen = next(each for each in SCREENS if each.name == name)
    page = gallery.window("ru", screen.login).page
    page.set_viewport_size({"width": 1366, "height": HEIGHTS[1366]})
    screen.way(page, gallery)
    for width in (320, 600, 769, 834, 961, 1024, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(SIDEWAYS) == [], width


@pytest.mark.parametrize(("language", "scheme"), [("kk", "light"), ("ru", "dark")])
def test_the_menu_of_a_narrow_screen_opens_by_keyboard(
    gallery: Gallery, axe: Axe, language: str, scheme: str
) -> None:
    page = gallery.window(language, "bailiff.ala").page
    page.set_viewport_size({"width": 390, "height": HEIGHTS[390]})
    page.goto("/inbox")
    menu = page.locator("#menu")
    assert not menu.is_visible()
    page.focus(".menu-button")
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    assert look(page, axe, 390, scheme) == []
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#menu') !== null")
    page.keyboard.press("Escape")
    expect(menu).not_to_be_visible()


def test_the_reader_keeps_his_place_when_he_changes_the_language(gallery: Gallery) -> None:
    page = gallery.window("kk", "bailiff.ala").page
    page.set_viewport_size({"width": 1366, "height": HEIGHTS[1366]})
    page.goto("/inbox?show=all")
    for name, language in (("Русский", "ru"), ("English", "en"), ("Қазақша", "kk")):
        page.click(f".languages >> text={name}")
        page.wait_for_function("code => document.documentElement?.lang === code", arg=language)
        assert page.url.endswith("/inbox?show=all")
    page.context.clear_cookies(name="django_language")


def test_a_half_typed_paper_survives_the_change_of_language(gallery: Gallery) -> None:
    page = gallery.window("kk", CLERK).page
    page.set_viewport_size({"width": 1366, "height": HEIGHTS[1366]})
    page.goto("/intake")
    page.fill("#case_number", "7514-26-00-2/77")
    for name, language in (("Русский", "ru"), ("Қазақша", "kk")):
        page.click(f".languages >> text={name}")
        page.wait_for_function("code => document.documentElement?.lang === code", arg=language)
        assert page.input_value("#case_number") == "7514-26-00-2/77"
    page.context.clear_cookies(name="django_language")


def test_each_of_the_five_minutes_leads_where_it_says(gallery: Gallery) -> None:
    set_clock(gallery.office, "--reset")
    page = gallery.window("kk", BAILIFF).page
    page.goto("/today")
    ways = page.locator(".guide li a").evaluate_all("all => all.map(each => each.href)")
    found = [
        (page.goto(way).status, page.locator("body").get_attribute("data-page")) for way in ways
    ]
    set_clock(gallery.office, f"{DAY}T10:00")
    assert found == [(200, each) for each in ("case", "ledger", "act", "act", "what-if")]


def test_the_day_is_one_screen(gallery: Gallery) -> None:
    page = gallery.window("ru", BAILIFF).page
    page.set_viewport_size({"width": 1366, "height": HEIGHTS[1366]})
    page.goto("/today")
    ends = page.locator(".day section").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().bottom)"
    )
    assert max(ends) <= HEIGHTS[1366]

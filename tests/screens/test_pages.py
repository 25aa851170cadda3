"""Every screen, Kazakh and Russian, wide and narrow, light and dark: no barrier, no stray word."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.screens.browsing import HEIGHTS
from tests.screens.gallery import SCREENS, Gallery, Screen
from tests.screens.reading import WORDS, strange

ROOT: Final = Path(__file__).parents[2]
Look = tuple[int, str]
EVERY_LOOK: Final[list[Look]] = [(w, scheme) for w in HEIGHTS for scheme in ("light", "dark")]
#: Each size and each scheme of colours once: the rest is proved at leisure.
THIN: Final[dict[str, list[Look]]] = {"kk": [(1366, "light")], "ru": [(390, "dark")]}
#: What runs out of its box, though the page as a whole may hide it.
SIDEWAYS: Final = """() => [...document.querySelectorAll("html, main, .sheet, table")]
  .filter((box) => box.scrollWidth > box.clientWidth + 1)
  .map((box) => `${box.tagName} ${box.className}: ${box.scrollWidth} in ${box.clientWidth}`)"""
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
    for violation in axe.run(page).response["violations"]:
        nodes = [str(node["html"])[:120] for node in violation["nodes"][:3]]
        found.append(f"{where}: {violation['id']} {nodes}")
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


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("screen", SCREENS, ids=NAMES)
def test_a_screen_has_no_barrier_and_no_stray_word(
    gallery: Gallery, axe: Axe, screen: Screen, language: str
) -> None:
    assert walk(screen, language, THIN[language], gallery, axe) == []


@pytest.mark.prove
@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("screen", SCREENS, ids=NAMES)
def test_a_screen_has_none_in_any_size_and_light(
    gallery: Gallery, axe: Axe, screen: Screen, language: str
) -> None:
    rest = [each for each in EVERY_LOOK if each not in THIN[language]]
    assert walk(screen, language, rest, gallery, axe) == []


def test_every_template_of_a_page_has_a_screen_here() -> None:
    names = set()
    for file in (ROOT / "templates").rglob("*.html"):
        found = re.search(r"block page %}([\w-]+){%", file.read_text(encoding="utf-8"))
        names |= {found[1]} if found else set()
    assert names == {screen.page for screen in SCREENS}


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
        page.wait_for_function("code => document.documentElement.lang === code", arg=language)
        assert page.url.endswith("/inbox?show=all")
    page.context.clear_cookies(name="django_language")

"""The style sheets: a part is one file named as its template; badges: a table of looks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from django.core.management import call_command
from django.template.loader import render_to_string

from enforcement.core.transitions import transitions
from enforcement.templatetags.looks import INVALID, STATES, VERDICTS
from law.statute import statute

ROOT: Final = Path(__file__).parents[2]
SHEETS: Final = ROOT / "static" / "css"
#: Parts that are a class in many templates and no template of their own.
CLASSES: Final = {"button", "files", "note", "sheet", "table", "tabs"}
#: All sheets but paper's together, in bytes: a page is drawn only when they are there.
LARGEST: Final = 42_000
_LINK: Final = re.compile(r'<link rel="stylesheet" href="/static/css/([^"]+)"')
_MANIFEST: Final = "whitenoise.storage.CompressedManifestStaticFilesStorage"


def linked() -> list[str]:
    """The sheets of a page in their order."""
    return _LINK.findall(render_to_string("styles.html"))


def test_every_sheet_is_linked_once() -> None:
    there = {file.relative_to(SHEETS).as_posix() for file in SHEETS.rglob("*.css")}
    assert sorted(linked()) == sorted(there)
    assert linked()[:3] == ["tokens.css", "base.css", "layout.css"]
    assert linked()[-1] == "print.css"


def test_every_part_is_named_as_its_template() -> None:
    parts = {file.stem for file in (SHEETS / "components").glob("*.css")}
    templates = {file.stem.lstrip("_") for file in (ROOT / "templates").rglob("*.html")}
    assert parts - templates == CLASSES


def test_no_sheet_fetches_another_and_all_stay_light() -> None:
    texts = {name: (SHEETS / name).read_text(encoding="utf-8") for name in linked()}
    assert [name for name, text in texts.items() if "@import" in text or "url(" in text] == []
    assert sum(len(text.encode()) for text in texts.values()) < LARGEST


def test_an_office_serves_every_sheet_under_the_name_of_its_content(
    settings: Any, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": _MANIFEST}}
    call_command("collectstatic", interactive=False, verbosity=0)
    served = linked()
    assert len(served) == len(list(SHEETS.rglob("*.css")))
    for name in served:
        assert re.search(r"\.[0-9a-f]{12}\.css$", name)
        assert (tmp_path / "css" / name).is_file()


def test_every_state_and_every_verdict_has_its_look() -> None:
    assert set(STATES) == {row["target"] for row in transitions()}
    assert {*VERDICTS, "invalid"} == set(statute("lecture").list("verdicts"))


def test_tones_and_icons_of_the_looks_are_there() -> None:
    tones = re.findall(r'\[data-tone~="(\w+)"\]', (SHEETS / "base.css").read_text("utf-8"))
    icons = re.findall(r'id="([\w-]+)"', (ROOT / "static/icons/icons.svg").read_text("utf-8"))
    for look in {*STATES.values(), *VERDICTS.values(), INVALID}:
        assert look.tone in tones
        assert look.icon in icons

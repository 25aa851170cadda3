"""The pictures of the README, taken anew: `.venv/bin/python -m tests.screens.pictures`.

They show a demo office of its own on a fixed day, whose terms cross Nauryz. Look at each picture
before it is kept.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from PIL import Image
from playwright.sync_api import sync_playwright

import clock
from tests.platform.live import LiveOffice, running_office
from tests.screens.browsing import Reader

FOLDER: Final = Path(__file__).parents[2] / "docs" / "screenshots"
DAY: Final = datetime(2026, 3, 19, 10, 0, tzinfo=clock.ALMATY)
LARGEST: Final = 150_000
#: The paper of the demo whose term crosses Nauryz, and the one a clerk is typing.
DEFECTIVE: Final = "D-03"
TYPED: Final = {
    "type": "DOC-TYPE-01",
    "issuer": "ALA-BOS",
    "case_number": "7514-26-00-2/4170",
    "decision_on": "2026-01-15",
    "issued_on": "2026-03-02",
    "operative": "«Мысал Несие» ЖШС-нің пайдасына Үлгібаев Ермек Сәкенұлынан микрокредит шарты "
    "бойынша 612 400 (алты жүз он екі мың төрт жүз) теңге өндірілсін.",
}
PARTIES: Final = {
    "claimants[0]": {
        "name_kk": "«Мысал Несие» ЖШС",
        "bin": "170540001237",
        "city": "Алматы",
        "address_kk": "Назарбаев даңғ., 223-үй",
    },
    "debtors[0]": {
        "name": "Үлгібаев Ермек Сәкенұлы",
        "iin": "820407300519",
        "city": "Алматы",
        "address_kk": "Гагарин даңғ., 136-үй",
    },
}
#: Date fields speak the browser's language; a reader's browser writes the day first.
_DAY_FIRST: Final = """() => {
  for (const field of document.querySelectorAll("input[type=date]")) {
    const [year, month, day] = field.value.split("-");
    field.type = "text";
    if (day) field.value = `${day}.${month}.${year}`;
  }
}"""


@contextmanager
def office() -> Iterator[LiveOffice]:
    """Run a fresh demo office for which it is DAY."""
    with tempfile.TemporaryDirectory(prefix="ory-") as folder:
        # A server started as root runs as nobody and must reach its data.
        Path(folder).chmod(0o711)
        var = Path(folder) / "var"
        var.mkdir(mode=0o700)
        clock.keep_shift_in(var / "clock.json")
        clock.set_to(DAY)
        environ = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        with running_office({**environ, "ORYNDAU_VAR": str(var), "ORYNDAU_DEMO": "1"}) as running:
            yield running


def keep(name: str, picture: bytes, *, colours: int = 256) -> None:
    """Keep a picture with as few colours as it needs to be light."""
    file = FOLDER / f"{name}.png"
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(colours, dither=Image.Dither.NONE).save(file, optimize=True)
    size = file.stat().st_size
    assert size < LARGEST, f"{file.name}: {size} bytes"


def of_the_clerk(page: Any) -> None:
    """The form with a paper half typed, and the verdict on it."""
    page.goto("/intake")
    for name in ("type", "issuer"):
        page.select_option(f"#{name}", TYPED[name])
    for name in TYPED.keys() - {"type", "issuer"}:
        page.fill(f"#{name}", TYPED[name])
    page.check('[id="claimants[0].kind.legal"]')
    for place, fields in PARTIES.items():
        for name, value in fields.items():
            page.fill(f'[id="{place}.{name}"]', value)
    page.fill('[id="debts[0].amount"]', "612400")
    page.press('[id="debts[0].amount"]', "Tab")
    page.wait_for_timeout(3000)  # whatever is still to be judged is judged
    assert page.locator("#verdict li .badge").count() == 1
    page.evaluate(_DAY_FIRST)
    page.evaluate("scrollTo(0, 0)")
    keep("intake", page.screenshot())


def of_the_bailiff(page: Any) -> None:
    """Today; then, as the guide leads: a case, a ledger, a form before it is signed, a paper."""
    ways = page.locator(".guide li a").evaluate_all("all => all.map(each => each.href)")
    page.click(".guide button")
    page.wait_for_url("**/today")
    keep("today", page.screenshot())
    page.set_viewport_size({"width": 390, "height": 844})
    keep("today-390", page.screenshot())
    page.set_viewport_size({"width": 1366, "height": 900})
    page.goto(ways[0])
    keep("case", page.screenshot())
    page.goto("/inbox")
    page.locator("tr[data-state]", has_text=DEFECTIVE).locator("a.lead").click()
    page.locator("article.deadline a").first.click()
    page.wait_for_url("**/deadlines/*")
    keep("ledger", page.screenshot())
    page.goto(ways[2])
    page.evaluate(_DAY_FIRST)
    keep("initiate", page.screenshot())
    page.goto(ways[3].rpartition("/")[0])
    paper = page.request.get(page.locator(".pair a").first.get_attribute("href")).body()
    if shutil.which("pdftoppm"):
        drawn = subprocess.run(
            ["pdftoppm", "-png", "-r", "90", "-f", "1", "-l", "1", "-"],
            input=paper,
            capture_output=True,
            check=True,
        )
        keep("paper", drawn.stdout, colours=64)


def main() -> None:
    """Take every picture."""
    program = next(p for p in map(shutil.which, ("chromium", "google-chrome")) if p)
    with office() as running, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        of_the_clerk(Reader(chromium, running).sign_in("clerk").page)
        of_the_bailiff(Reader(chromium, running).sign_in("bailiff.ala").page)
        chromium.close()


if __name__ == "__main__":
    main()

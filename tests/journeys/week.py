"""Two windows of an office: papers are typed at one, acts are signed at the other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from playwright.sync_api import expect

from enforcement.models import Case
from tests.documents.reading import PaperFile
from tests.journeys.road import PATIENCE, Road
from tests.platform.live import LiveOffice

#: The registrar's paper: a field of the form, as it is named there, and what is typed into it.
Sheet = Mapping[str, str | bool]
_ROW: Final = re.compile(r"(\w+)\[(\d+)\]\.")
_TERMS: Final = "days => Object.fromEntries(days.map(d => [d.dataset.deadline, d.dataset.due]))"
_INTERRUPTED: Final = (
    "all => all.map(e => [e.dataset.interruption, e.querySelector('time').dateTime])"
)
_MONTHS: Final = """
rows => rows.map(row => [
  row.dataset.month,
  ...[...row.cells].slice(1).map(cell => cell.textContent.trim().replaceAll("\u00a0", " ")),
])
"""


class Week:
    """A registrar and a bailiff of one office, who both have the same case before them."""

    def __init__(self, office: LiveOffice, browser: Any) -> None:
        self.registrar = Road(office, browser, "registrar.ala")
        self.bailiff = Road(office, browser, "bailiff.ala")

    def open_office(self, day: str) -> None:
        """On the first morning both come in by the door."""
        self.day(day)
        self.registrar.sign_in()
        self.bailiff.sign_in()

    def day(self, text: str) -> None:
        """It is ten in the morning of a day."""
        self.registrar.day(text)
        self.bailiff.today = self.registrar.today

    def take_up(self, case: Case) -> None:
        """Both lay a case before them."""
        self.registrar.case = self.bailiff.case = case

    # --- The registrar's window -------------------------------------------------------------------

    def begin_form(self) -> None:
        """An empty form."""
        self.registrar.page.goto("/intake")

    def type_in(self, sheet: Sheet) -> None:
        """Type into the form; rows that are not there yet are asked for by their buttons."""
        for field, value in sheet.items():
            self._show(field)
            place = self.registrar.page.locator(f'[id="{field}"]')
            if isinstance(value, bool):
                place.set_checked(value)
            elif place.evaluate("each => each.tagName") == "SELECT":
                place.select_option(value)
            else:
                place.fill(value)

    def _show(self, field: str) -> None:
        """Ask for the row a field stands in, and open what is folded over it."""
        page, row = self.registrar.page, _ROW.match(field)
        place = page.locator(f'[id="{field}"]')
        if row and not place.count():
            page.click(f'button[name=add][value="{row[1]}"]')
            expect(place).to_be_attached(timeout=PATIENCE)
        if not place.is_visible():
            place.locator("xpath=ancestor::details[not(@open)]/summary").click()

    def add_issuer(self, *, kind: str, name_kk: str, name_ru: str) -> None:
        """Enter an issuer that the list lacks, without leaving the form."""
        told = {"new_issuer.kind": kind, "new_issuer.name_kk": name_kk}
        self.type_in({**told, "new_issuer.name_ru": name_ru})
        self.registrar.page.click("button[name=add_issuer]")
        chosen = self.registrar.page.locator("#issuer option:checked")
        expect(chosen).to_have_text(name_kk, timeout=PATIENCE)

    def check(self, verdict: str, **days: str) -> str:
        """Wait until the form says a verdict, with its days; give all that it says."""
        panel = self.registrar.page.locator("#verdict [data-verdict]")
        expect(panel).to_have_attribute("data-verdict", verdict, timeout=PATIENCE)
        told = panel.locator("[data-deadline]").evaluate_all(_TERMS)
        assert told == {name.replace("_", "-"): day for name, day in days.items()}
        return str(panel.inner_text())

    def register(self) -> Case:
        """Register what was typed; its case lies before both."""
        page = self.registrar.page
        page.click("button[data-register]")
        page.wait_for_url("**/cases/*")
        case = Case.objects.select_related("stream").get(pk=page.url.rpartition("/")[2])
        self.take_up(case)
        return case

    # --- What both read ---------------------------------------------------------------------------

    def stands(
        self,
        state: str,
        *,
        line: str,
        terms: Mapping[str, str],
        stage: str = "",
        paper: str | None = None,
        **sums: str,
    ) -> None:
        """State, stage, last line, its paper, every running term, and every sum the page says."""
        told = {"state": state, "stage": stage, "line": line, "paper": paper}
        self.bailiff.stands(**told, terms=dict(terms))
        said = {name: self.says(name) for name in ("balance", "arrears", "surplus")}
        assert {name: found for name, found in said.items() if found} == {
            name: [amount] for name, amount in sums.items()
        }

    def says(self, mark: str) -> list[str]:
        """What the page of the case says under a mark, such as `balance`."""
        found = self.bailiff.page.locator(f"[data-{mark}]")
        return list(found.evaluate_all(f"all => all.map(each => each.dataset.{mark})"))

    def reads(self, text: str) -> bool:
        """Whether the page of the case has a text."""
        return text in self.bailiff.page.locator("main").inner_text()

    def months(self) -> dict[str, tuple[str, ...]]:
        """Of payments that come again: what each month owes, what of it is paid, what is left."""
        rows = self.bailiff.page.locator("tr[data-month]").evaluate_all(_MONTHS)
        return {month: tuple(sums) for month, *sums in rows}

    def interruptions(self) -> list[tuple[str, str]]:
        """What interrupted the term of presentation, each by its rule and its own day."""
        rows = self.bailiff.page.locator("[data-interruption]").evaluate_all(_INTERRUPTED)
        return [(rule, day) for rule, day in rows]

    def paper(self, title: str) -> str:
        """The newest paper of a title as a stranger reads it in Kazakh, without blanks."""
        return PaperFile(self.bailiff.page.request.get(self._link(title)).body()).squeezed

    def _link(self, title: str) -> str:
        row = self.bailiff.page.locator(".files li", has_text=title).last
        return str(row.locator("a[hreflang=kk]").get_attribute("href"))

    def send(self, title: str, **told: str) -> None:
        """Write into the register of outgoing post that a paper left for all who are to have it."""
        page, link = self.bailiff.page, self._link(title)
        page.goto("/post")
        row = page.locator(f'li[data-paper]:has(a[href="{link}"])')
        row.locator("summary").click()
        row.locator("[name=channel]").select_option(told["channel"])
        row.locator("[name=proof]").fill(told["proof"])
        row.locator("button[type=submit]").click()
        expect(row).to_have_count(0, timeout=PATIENCE)

    def finds(self, name: str) -> bool:
        """Whether the search finds the case by a name."""
        page, case = self.registrar.page, self.registrar.case
        assert case is not None
        page.goto("/search")
        page.fill("main [name=q]", name)
        page.press("main [name=q]", "Enter")
        page.wait_for_url("**/search?s=*")
        return page.locator(f'main a[href="/cases/{case.pk}"]').count() > 0

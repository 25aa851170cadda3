"""The clerk's desk: examples typed into the form, key by key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import expect

from tests.examples.papers import EXAMPLES
from tests.journeys.keyboard import Hands
from tests.screens.browsing import PATIENCE, Reader, set_clock

PAPERS: Final[dict[str, dict[str, Any]]] = {each["ref"]: each for each in EXAMPLES["documents"]}
#: The fields in the order of the form, and how each is typed.
OF_PAPER: Final = (
    ("type", "choose"),
    ("issuer", "choose"),
    ("case_number", "write"),
    ("decision_on", "write_date"),
    ("in_force_on", "write_date"),
    ("issued_on", "write_date"),
    ("language", "choose"),
    ("operative", "write"),
    ("office", "choose"),
    ("application.on", "write_date"),
    ("application.channel", "choose"),
    ("ref", "write"),
)
OF_PARTY: Final = (
    ("name", "write"),
    ("iin", "write"),
    ("name_kk", "write"),
    ("bin", "write"),
    ("name_ru", "write"),
    ("birth_date", "write_date"),
    ("workplace", "write"),
    ("iban", "write"),
    ("city", "write"),
    ("address_kk", "write"),
    ("address_ru", "write"),
)
#: Notes every change of the live verdict and what it finds missing.
_LISTEN: Final = """
window.judged = [];
const panel = document.getElementById("verdict");
const note = () => {
  const verdict = panel.querySelector("[data-verdict]").dataset.verdict;
  const rows = [...panel.querySelectorAll("li:has(.badge)")];
  const missing = rows.map((row) => row.dataset.rule);
  const now = { verdict, missing };
  if (JSON.stringify(window.judged.at(-1)) !== JSON.stringify(now)) window.judged.push(now);
};
note();
new MutationObserver(note).observe(panel, { childList: true, subtree: true });
"""
_TERMS: Final = "days => days.map(day => [day.dataset.deadline, day.dataset.due])"
DISPUTED: Final = "Соңғы күнді екі түрлі түсінуге болады"


@dataclass(frozen=True)
class Typed:
    """A paper as it went in: what the form said meanwhile, what its case said at once."""

    judged: list[dict[str, Any]]
    said: dict[str, Any]
    url: str
    number: str


class Desk:
    """Papers are typed once, whoever asks for their case; each on the day it arrived."""

    def __init__(self, clerk: Reader) -> None:
        self.clerk = clerk
        self._typed: dict[str, Typed] = {}

    def hand_in(self, ref: str) -> Typed:
        """Type an example and register it, if that was not done before."""
        if ref not in self._typed:
            paper, page = PAPERS[ref], self.clerk.page
            set_clock(self.clerk.office, f"{paper['received_on']}T10:00")
            hands = self.open_form()
            type_in(hands, {**paper, "ref": own_ref(ref)})
            judged = page.evaluate("window.judged")
            hands.press("Control+Enter")
            page.wait_for_url("**/cases/*")
            number = page.locator("h1 .nowrap").inner_text()
            self._typed[ref] = Typed(judged, read_case(page), page.url, number)
        return self._typed[ref]

    def open_form(self) -> Hands:
        """Go to the empty form and note from now on what it says of the paper."""
        self.clerk.page.goto("/intake")
        self.clerk.page.evaluate(_LISTEN)
        return Hands(self.clerk.page)


def own_ref(ref: str) -> str:
    """A number of this desk, since another test may hand in the same example."""
    return f"KEYS-{ref}"


def type_in(hands: Hands, paper: dict[str, Any]) -> None:
    """Type a whole paper and wait for the verdict on the last of it."""
    sheet = {f"application.{key}": value for key, value in paper["application"].items()} | paper
    for field, how in OF_PAPER:
        if sheet.get(field):
            getattr(hands, how)(field, sheet[field])
    for what in ("claimants", "debtors"):
        for index, party in enumerate(paper[what]):
            type_party(hands, f"{what}[{index}]", party)
    with hands.page.expect_response("**/intake/check", timeout=PATIENCE):
        hands.write("debts[0].amount", paper["debts"][0]["amount"])
    settled(hands.page, paper["expect"]["verdict"])


def type_party(hands: Hands, place: str, party: dict[str, Any], *, upto: str = "") -> None:
    """Type a claimant or a debtor, to the end or up to a field."""
    if party["kind"] == "legal":
        hands.tick(f"{place}.kind.legal")
    for field, how in OF_PARTY:
        if party.get(field):
            getattr(hands, how)(f"{place}.{field}", party[field])
        if field == upto:
            return


def settled(page: Any, verdict: str) -> None:
    """Wait until the panel says a verdict."""
    expect(page.locator("#verdict [data-verdict]")).to_have_attribute(
        "data-verdict", verdict, timeout=PATIENCE
    )


def read_case(page: Any) -> dict[str, Any]:
    """What the page of a case says, the verdict in the words of an example's `expect`."""
    panel = page.locator("section.verdict")
    days = dict(panel.locator("[data-deadline]").evaluate_all(_TERMS))
    return {
        "state": page.locator("body").get_attribute("data-state"),
        "verdict": panel.get_attribute("data-verdict"),
        "missing": _data(panel.locator("li:has(.badge)"), "rule"),
        "return_ruling_due": days.pop("TERM-DEFECT-3D", None),
        "presentation_last_day": next(iter(days.values()), None),
        "disputed_day": DISPUTED in panel.inner_text(),
        "rules": set(_data(panel.locator("[data-rule]"), "rule")),
        "running": dict(page.locator("article.deadline [data-deadline]").evaluate_all(_TERMS)),
        "possible": _data(page.locator("[data-possible=yes]"), "verb"),
    }


def _data(found: Any, name: str) -> list[str]:
    return list(found.evaluate_all(f"all => all.map(each => each.dataset.{name})"))

"""Every screen there is, and the way to it."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpRequest
from django.template import loader
from django.utils import translation

from tests.desk import HEAD
from tests.office import paper
from tests.platform.live import LiveOffice
from tests.screens.browsing import Reader, password, set_clock
from tests.screens.cases import BEGAN, BEGUN, BY, DAY, LEFT, PAPERS, PROOF, STEPS

BAILIFF, CLERK = "bailiff.ala", "clerk"
SENIOR, PROSECUTOR = "senior.ala", "prosecutor.ala"
_TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
_FIRST_CHOICE: Final = re.compile(r'<select name="(\w+)"[^>]*>\s*<option value="([^"]*)"')


class Gallery:
    """An office with a case of every kind, and windows of the people who look at them."""

    def __init__(self, browser: Any, office: LiveOffice) -> None:
        self.browser = browser
        self.office = office
        self._windows: dict[tuple[str, str], Reader] = {}
        self.cases: dict[str, str] = {}
        set_clock(office, f"{BEGAN}T10:00")
        for name, data in (BEGUN | LEFT).items():
            self._hand_in(name, data)
            if name in BEGUN:
                self._sign(name, "initiate", BEGAN, {})
        set_clock(office, f"{DAY}T10:00")
        for name, data in PAPERS.items():
            self._hand_in(name, data)
        for name, verb, fields in STEPS:
            self._sign(name, verb, DAY, fields)
        page = self.window("kk", BAILIFF).page
        page.goto(self.case("sound"))
        pdf = {"name": "арыз.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 invented"}
        page.set_input_files("#attachment", pdf)
        page.click(".attach button")

    def _sign(self, name: str, verb: str, on: str, fields: dict[str, str]) -> None:
        """Take a step by its form, without looking at the pages."""
        login = BY.get(verb, BAILIFF)
        asking = self.window("kk", login).context.request
        path = self.case(name, verb)
        chosen = ("proceeding", "ground", "kind", "way", "what")
        form = asking.get(path, params={k: v for k, v in fields.items() if k in chosen})
        told = {"on": on, "password": password(self.office, login)}
        told |= dict(_FIRST_CHOICE.findall(form.text())) | fields
        told["csrfmiddlewaretoken"] = _TOKEN.search(form.text())[1]
        told["head"] = HEAD.search(form.text())[1]
        answer = asking.post(path, form=told)
        assert answer.url.endswith(self.case(name)), f"{name} {verb}: {answer.status}"

    def _hand_in(self, name: str, data: dict[str, Any]) -> None:
        request = urllib.request.Request(
            f"{self.office['url']}api/v1/executive-documents",
            json.dumps(data).encode(),
            {
                "Authorization": f"Bearer {self.office['tokens']['court']}",
                "Content-Type": "application/json",
            },
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            self.cases[name] = str(json.load(answer)["case"])

    def case(self, name: str, *rest: str) -> str:
        """The path of a case or of what belongs to it."""
        return "/".join(["/cases", self.cases[name], *rest])

    def window(self, language: str, login: str) -> Reader:
        """Somebody's window, kept open for the next screen."""
        if (language, login) not in self._windows:
            reader = Reader(self.browser, self.office, language=language, reduced_motion="reduce")
            self._windows[language, login] = reader.sign_in(login) if login else reader
        return self._windows[language, login]

    def close(self) -> None:
        """Close every window; time is real again."""
        for reader in self._windows.values():
            reader.close()
        set_clock(self.office, "--reset")


@dataclass(frozen=True)
class Screen:
    """A screen: how it names itself, who sees it, its status and the way to it."""

    name: str
    page: str
    way: Callable[[Any, Gallery], Any] = field(repr=False)
    login: str = BAILIFF
    status: int = 200


def at(path: str) -> Callable[[Any, Gallery], Any]:
    """The way to an address."""
    return lambda page, gallery: page.goto(path)


def case(name: str, *rest: str) -> Callable[[Any, Gallery], Any]:
    """The way to a case or to one of its steps."""
    return lambda page, gallery: page.goto(gallery.case(name, *rest))


def ledger(name: str, rule: str) -> Callable[[Any, Gallery], Any]:
    """The way from a case to the ledger of one of its terms."""

    def way(page: Any, gallery: Gallery) -> Any:
        page.goto(gallery.case(name))
        row = page.locator("article.deadline, .files li").filter(
            has=page.locator(f'[data-deadline="{rule}"]')
        )
        return page.goto(row.locator("a[href*=deadlines]").get_attribute("href"))

    return way


def sending(page: Any, button: str) -> Any:
    """Press a button of a form and give the page it answers with."""
    with page.expect_navigation() as answer:
        page.click(button)
    return answer.value


def refused_step(page: Any, gallery: Gallery) -> Any:
    """A step dated into the future."""
    page.goto(gallery.case("defective", "return_defective"))
    page.fill("#id_on", "2099-01-01")
    return sending(page, "form.tall button[type=submit]")


def empty_step(page: Any, gallery: Gallery) -> Any:
    """A step without its date."""
    page.goto(gallery.case("defective", "return_defective"))
    page.fill("#id_on", "")
    page.evaluate("document.querySelector('form.tall').noValidate = true")
    return sending(page, "form.tall button[type=submit]")


def refused_file(page: Any, gallery: Gallery) -> Any:
    """A file of a kind that is not kept."""
    page.goto(gallery.case("defective"))
    text = {"name": "арыз.txt", "mimeType": "text/plain", "buffer": "арыз".encode()}
    page.set_input_files("#attachment", text)
    return sending(page, ".attach button")


def judged(verdict: str) -> Callable[[Any, Gallery], Any]:
    """The form, filled and checked, with a verdict of each kind."""

    def way(page: Any, gallery: Gallery) -> Any:
        page.goto("/intake")
        data = paper("S-9", verdict=verdict) if verdict != "invalid" else paper("S-9")
        data["debtors"][0] |= {"iin": "850314300123"} if verdict == "invalid" else {}
        fill(page, data)
        press = "register" if verdict == "invalid" else "check"
        return sending(page, f"form .buttons button[name={press}]")

    return way


def fill(page: Any, data: dict[str, Any]) -> None:
    """Fill the form with a paper of one claimant, one debtor and one sum, at one stroke."""
    sheet = ("type", "issuer", "office", "case_number", "decision_on", "in_force_on", "issued_on")
    typed = {name: data[name] for name in (*sheet, "operative")}
    for place in ("claimants", "debtors"):
        party = dict(data[place][0])
        page.check(f'[id="{place}[0].kind.{party.pop("kind")}"]')
        typed |= {f"{place}[0].{name}": value for name, value in party.items()}
    typed["debts[0].amount"] = data["debts"][0]["amount"]
    page.evaluate(
        "typed => Object.entries(typed).forEach(([id, value]) => {"
        " document.getElementById(id).value = value })",
        typed,
    )


def many_rows(page: Any, gallery: Gallery) -> Any:
    """The form with a second row of each kind, the rarer fields open."""
    answer = page.goto("/intake")
    for what in ("claimants", "debtors", "debts"):
        page.click(f'button[name=add][value="{what}"]')
        page.locator(f'[id^="{what}[1]."]').first.wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    return answer


def wrong_password(page: Any, gallery: Gallery) -> Any:
    """A sign-in with a login that nobody has."""
    page.goto("/sign-in")
    page.fill("#id_login", "nobody")
    page.fill("#id_password", "қате құпиясөз")
    return sending(page, "form.stack button[type=submit]")


def grown_old(page: Any, gallery: Gallery) -> Any:
    """A form whose token is not the session's any more."""
    page.goto("/inbox")
    page.evaluate(
        "document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach(t => { t.value = 'old' })"
    )
    return sending(page, "form[action='/sign-out'] button")


def fault(status: int) -> Callable[[Any, Gallery], Any]:
    """A page that no address leads to while all is well, as the server would send it."""

    def way(page: Any, gallery: Gallery) -> Any:
        language = page.evaluate("navigator.language")[:2]
        with translation.override(language):
            request = None if status == 500 else HttpRequest()
            html = loader.get_template(f"{status}.html").render({}, request)
        page.route(
            "**/fault",
            lambda route: route.fulfill(
                status=status, content_type="text/html; charset=utf-8", body=html
            ),
        )
        answer = page.goto("/fault")
        page.unroute("**/fault")
        return answer

    return way


def found(page: Any, gallery: Gallery) -> Any:
    """A search by a part of a name."""
    page.goto("/search")
    page.fill("#q", "үлгі")
    return sending(page, "main form button[type=submit]")


def refused_post(page: Any, gallery: Gallery) -> Any:
    """A paper said to have left on a day to come."""
    page.goto("/post")
    page.locator(".posted summary").first.click()
    form = page.locator(".posted form").first
    for name, value in (("addressee", "Үлгі"), ("proof", PROOF), ("on", "2099-01-01")):
        form.locator(f"[name={name}]").fill(value)
    form.locator("[name=channel]").select_option("registered_mail")
    with page.expect_navigation() as answer:
        form.locator("button[type=submit]").click()
    return answer.value


def step(name: str, verb: str, ask: str = "") -> Callable[[Any, Gallery], Any]:
    """The way to the form of a verb, its ground or its thing named."""
    return lambda page, gallery: page.goto(gallery.case(name, verb) + (f"?{ask}" if ask else ""))


SCREENS: Final = [
    Screen("sign-in", "sign-in", at("/sign-in"), login=""),
    Screen("sign-in refused", "sign-in", wrong_password, login="", status=403),
    Screen("today", "today", at("/today")),
    Screen("today, all that is due", "today-list", at("/today/due")),
    Screen("today, all that waits", "today-list", at("/today/waiting")),
    Screen("today, nothing in a list", "today-list", at("/today/waiting"), login="head.trz"),
    Screen("sanctions", "sanctions", at("/sanctions")),
    Screen("supervision", "supervision", at("/supervision")),
    Screen("sanctions to decide", "sanctions", at("/sanctions"), login=PROSECUTOR),
    Screen("search", "search", at("/search")),
    Screen("search with hits", "search", found),
    Screen("cases", "cases", at("/cases")),
    Screen("approvals", "approvals", at("/approvals"), login=SENIOR),
    Screen("post", "post", at("/post")),
    Screen("post refused", "post", refused_post, status=422),
    Screen("what if", "what-if", case("begun", "what-if")),
    Screen(
        "what if asked",
        "what-if",
        case("begun", "what-if?from=2026-06-20&until=2026-07-20"),
    ),
    Screen("what if of two", "what-if", case("both", "what-if")),
    Screen("inbox", "inbox", at("/inbox")),
    Screen("inbox all", "inbox", at("/inbox?show=all")),
    Screen("inbox of a clerk", "inbox", at("/inbox"), login=CLERK),
    Screen("inbox empty", "inbox", at("/inbox"), login="administrator"),
    *[
        Screen(f"case {name}", "case", case(name))
        for name in (
            *("sound", "defective", "late", "elsewhere", "disputed", "alimony", "joint"),
            *("returned", "refused", "sent", "second"),
            *("begun", "overdue", "still", "over", "back", "frozen", "both"),
        )
    ],
    Screen("case read by an auditor", "case", case("defective"), login="auditor.ala"),
    Screen("ledger of 3 days", "ledger", ledger("defective", "TERM-DEFECT-3D")),
    Screen("ledger of 3 years", "ledger", ledger("sound", "PRES-3Y")),
    Screen("ledger of 10 days", "ledger", ledger("returned", "TERM-COMPLAINT-10D")),
    Screen("act return", "act", case("defective", "return_defective")),
    Screen("act refuse", "act", case("late", "refuse_late")),
    Screen("act send on", "act", case("elsewhere", "send_on")),
    Screen("act set aside", "act", case("sound", "record_already_received")),
    *[
        Screen(f"act {verb} {ask}".strip(), "act", step(name, verb, ask))
        for name, verb, ask in (
            ("sound", "initiate", ""),
            ("disputed", "initiate", ""),
            ("offered", "deliver_offer", ""),
            ("begun", "suspend", ""),
            ("begun", "suspend", "ground=SUSP-MAND-01"),
            ("still", "resume", ""),
            ("begun", "request_freeze", ""),
            ("allowed", "serve_freeze", ""),
            ("frozen", "record_answer", ""),
            ("frozen", "lift", ""),
            ("begun", "record_recovery", ""),
            ("begun", "set_four_months", ""),
            ("frozen", "terminate", ""),
            ("frozen", "terminate", "ground=TERMN-07"),
            ("begun", "return_to_claimant", "ground=RET-01"),
            ("begun", "transfer", ""),
            ("firm", "send_to_liquidation", ""),
            ("begun", "correct", ""),
        )
    ],
    Screen("act grant", "act", step("asked", "grant_sanction"), login=PROSECUTOR),
    Screen("act refuse sanction", "act", step("asked", "refuse_sanction"), login=PROSECUTOR),
    Screen("act on which of two", "act", step("both", "record_recovery"), status=422),
    Screen("act of another role", "act", step("begun", "suspend"), login=CLERK, status=403),
    Screen("act of another state", "act", step("over", "suspend"), status=409),
    Screen("act without a date", "act", empty_step, status=422),
    Screen("act refused", "act", refused_step, status=422),
    Screen("file refused", "refused", refused_file, status=422),
    Screen("intake", "intake", at("/intake")),
    Screen("rights", "rights", at("/rights")),
    Screen("issuers", "issuers", at("/issuers"), login="registrar.ala"),
    Screen("tokens", "tokens", at("/tokens"), login="administrator"),
    Screen("intake of a clerk", "intake", many_rows, login=CLERK),
    *[
        Screen(f"intake {verdict}", "intake", judged(verdict), status=status)
        for verdict, status in {
            "accept": 200,
            "defective": 200,
            "late": 200,
            "wrong_territory": 200,
            "invalid": 422,
        }.items()
    ],
    Screen("no such page", "error-404", at("/cases/nothing"), status=404),
    Screen("grown old", "error-403", grown_old, login=CLERK, status=403),
    Screen("unreadable", "error-400", fault(400), login="", status=400),
    Screen("forbidden", "error-403", fault(403), login="", status=403),
    Screen("broken", "error-500", fault(500), login="", status=500),
]

"""A reader at a browser: signs in, and notices what no page may do."""

from __future__ import annotations

from typing import Any, Final

from tests.platform.live import LiveOffice

LOCALES: Final = {"kk": "kk-KZ", "ru": "ru-RU"}
HEIGHTS: Final = {1366: 768, 390: 844}
#: Several people's tests share a small machine: a page may be slow, never absent.
PATIENCE: Final = 30_000

_WATCH: Final = """
window.broken = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.broken.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""


class Reader:
    """One person's browser window, in one language."""

    def __init__(
        self,
        browser: Any,
        office: LiveOffice,
        *,
        language: str = "kk",
        width: int = 1366,
        **options: Any,
    ) -> None:
        self.office = office
        self.language = language
        self.context = browser.new_context(
            base_url=office["url"],
            locale=LOCALES[language],
            viewport={"width": width, "height": HEIGHTS[width]},
            **options,
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(_WATCH)
        self.page = self.context.new_page()
        self._said: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda fault: self._said.append(str(fault)))

    def _listen(self, message: Any) -> None:
        # A refusal answers 4xx on purpose, and browsers say so.
        refused = "the server responded with a status of 4" in message.text
        if message.type in ("error", "warning") and not refused:
            self._said.append(message.text)

    def sign_in(self, login: str) -> Reader:
        """Come in as somebody, by the form at the door."""
        self.page.goto("/sign-in")
        self.page.fill("#id_login", login)
        self.page.fill("#id_password", password(self.office, login))
        self.page.press("#id_password", "Enter")
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        return self

    def trouble(self) -> list[str]:
        """What the browser complained of since it was last asked."""
        found = self._said + self.page.evaluate("window.broken")
        self._said = []
        return found

    def close(self) -> None:
        """Close the window."""
        self.context.close()


def password(office: LiveOffice, login: str) -> str:
    """The password the demo made for somebody."""
    return str(next(user["password"] for user in office["users"] if user["login"] == login))


def set_clock(office: LiveOffice, instant: str) -> None:
    """Make it an instant for the whole office, or real time again with `--reset`."""
    done = office.manage("clock", instant)
    assert done.returncode == 0, done.stderr

"""An office of its own, with worker and beat, and the people who take a case along the path."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from enforcement.models import Case, Proceeding
from tests.course import kinds, papers
from tests.platform.live import LiveOffice

PATIENCE: Final = 60_000
#: Beat looks at the calendar twice a minute, and at the outbox six times.
BEAT_SECONDS: Final = 150


class Road:
    """A case on its way: courts and prosecutors come by REST, bailiffs by Chromium in Kazakh."""

    def __init__(self, office: LiveOffice, browser: Any, login: str) -> None:
        self.office = office
        self.today = date.min
        context = browser.new_context(base_url=office["url"], locale="kk-KZ")
        context.set_default_timeout(PATIENCE)
        self.page = context.new_page()
        self.login = login
        self.case: Case | None = None

    def day(self, text: str) -> None:
        """It is ten in the morning of a day."""
        done = self.office.manage("clock", f"{text}T10:00")
        assert done.returncode == 0, done.stderr
        self.today = date.fromisoformat(text)

    def sign_in(self) -> None:
        """The bailiff comes in by the door."""
        self.page.goto("/sign-in")
        self.page.fill("[name=login]", self.login)
        self.page.fill("[name=password]", self.password())
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(lambda url: "sign-in" not in url)

    def password(self) -> str:
        """What the demo gave him to sign in with."""
        users = self.office["users"]
        return str(next(each["password"] for each in users if each["login"] == self.login))

    def rest(self, path: str, body: Any = None, *, who: str) -> Any:
        """Ask the API as the courts' or the prosecutors' system; must be answered with 2xx."""
        request = urllib.request.Request(
            f"{self.office['url'].rstrip('/')}/api/v1{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {self.office['tokens'][who]}",
                "Content-Type": "application/json",
            },
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

    def hand_in(self, document: dict[str, Any]) -> dict[str, Any]:
        """The court sends a paper; its verdict."""
        answer = self.rest("/executive-documents", document, who="court")
        self.case = Case.objects.select_related("stream").get(pk=answer["case"])
        verdict: dict[str, Any] = answer["verdict"]
        return verdict

    def act(
        self, verb: str, *, ground: str = "", what: str = "", of: Any = None, **fields: str
    ) -> None:
        """The bailiff fills in the form of a verb and signs it."""
        assert self.case is not None
        asked = {name: key for name, key in (("ground", ground), ("what", what)) if key}
        if of is not None:
            asked[of.MACHINE] = str(of.pk)
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        self.page.goto(f"/cases/{self.case.pk}/{verb}?{query}")
        assert self.page.locator("html").get_attribute("lang") == "kk"
        form = self.page.locator("form[method=post]:has([name=on])")
        for name, value in fields.items():
            field = form.locator(f'[name="{name}"]').first
            if field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        if form.locator("[name=password]").count():
            form.locator("[name=password]").fill(self.password())
        form.locator("button[type=submit]").last.click()
        self.page.wait_for_url(f"**/cases/{self.case.pk}")

    def wait_for(self, met: Callable[[], bool], what: str) -> None:
        """Beat and worker get their time."""
        end = time.monotonic() + BEAT_SECONDS
        while not met():
            assert time.monotonic() < end, f"{what}: nothing happened"
            time.sleep(0.5)

    def stands(
        self,
        *,
        state: str,
        line: str,
        paper: str | None,
        terms: dict[str, str | None],
        stage: str = "",
        of: Proceeding | None = None,
    ) -> None:
        """State, stage, last line, its paper, and every term that runs with its last day."""
        assert self.case is not None
        told = [kind for kind in kinds(self.case) if kind != "expired"]
        assert told[-1] == line
        entry = self.case.stream.entries.exclude(kind="expired").order_by("-seq")[0]
        if paper is not None:
            assert paper in papers(self.case), paper
            assert entry.papers.exists() or line == "measure_lifted"
        assert self.running(of) == terms
        self.wait_for(self._tells_every_line, "the case page tells every line of the journal")
        if of is not None:
            assert Proceeding.objects.get(pk=of.pk).state == state
        else:
            assert self.page.locator("body").get_attribute("data-state") == state
            stages = self.page.locator("[data-stage]")
            found = {stages.nth(n).get_attribute("data-stage") for n in range(stages.count())}
            assert found == ({stage} if stage else set())

    def _tells_every_line(self) -> bool:
        """Beat may write a line while the page is on its way: then it is asked for again."""
        assert self.case is not None
        before = len(kinds(self.case))
        self.page.goto(f"/cases/{self.case.pk}")
        told = self.page.locator("ol.timeline li").count()
        return bool(before == told == len(kinds(self.case)))

    def running(self, of: Proceeding | None = None) -> dict[str, str | None]:
        """Rule -> last day of what runs, None while it stands still; of acts the latest."""
        assert self.case is not None
        rows = self.case.stream.deadlines.filter(status__in=("running", "paused"))
        if of is not None:
            rows = rows.filter(scope=f"proceeding:{of.pk}")
        return {
            row.rule: row.due_on and row.due_on.isoformat()
            for row in rows.order_by("started_by")
            if row.due_on is None or row.due_on >= self.today
        }

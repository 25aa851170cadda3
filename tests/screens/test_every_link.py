"""Every page, tab, form and further page that a page leads to opens, for everybody."""

from __future__ import annotations

import json
import os
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from html.parser import HTMLParser
from typing import Final
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest
from django.test import Client

from enforcement.core.sweep import sweep
from enforcement.management import histories
from enforcement.management.commands import demo_office
from enforcement.management.plots import ENDS, INTAKE, MEASURES, PLOTS, RUNNING, STANDING, Plot
from enforcement.models import Measure, Presentation, Proceeding
from tests.office import HOLDERS, offices, set_clock, user

__all__ = ["offices", "set_clock"]

TODAY: Final = date(2026, 5, 20)
#: Every kind of paper and measure once, and some of what runs, stands still and ends.
SOME: Final = (*INTAKE[::3], *RUNNING[5::4], *MEASURES[3::2], STANDING[-3], *ENDS[-6::3])
PEOPLE: Final = [
    person["login"]
    for person in json.loads(demo_office.DEMO.read_text(encoding="utf-8"))["users"]
    if not person.get("by_token")
]
#: What tells two addresses of one kind apart: keys, days, numbers and cursors.
_OWN: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d{2}-\d{2}|\d+")
#: Cases differ most: of their pages so many times more are opened than of others.
CASE: Final = "/cases/#?"
MORE_CASES: Final = 3
_CURSORS: Final = ("after", "before", "cursor")


@dataclass
class Page(HTMLParser):
    """The addresses a page leads to: its links, and its forms as they stand filled in."""

    text: str
    links: list[str] = field(default_factory=list)
    #: Addresses that are only posted to: there a 405 is an answer.
    posts: list[str] = field(default_factory=list)
    _form: str | None = None
    _fields: dict[str, str] = field(default_factory=dict)
    _select: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attributes}
        self.links += [told[name] for name in ("href", "hx-get") if tag != "link" and name in told]
        self.posts += [told["hx-post"]] if "hx-post" in told else []
        name = told.get("name", "")
        if tag == "form":
            posted = told.get("method", "get").lower() == "post"
            self.posts += [told.get("action", "")] if posted else []
            self._form = None if posted else told.get("action", "")
            self._fields = {}
        elif tag == "input" and name and told.get("type") not in ("file", "radio", "checkbox"):
            self._fields[name] = told.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            chosen = "selected" in told or not self._fields.get(self._select)
            self._fields |= {self._select: told.get("value", "")} if chosen else {}

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "form" and self._form is not None:
            self.links.append(f"{self._form}?{urlencode(self._fields)}")
            self._form = None


def kind_of(address: str) -> str:
    """What an address is of: the same page of another case is of the same kind."""
    parts = urlsplit(address)
    asked = [(name, "" if name in _CURSORS else value) for name, value in parse_qsl(parts.query)]
    return _OWN.sub("#", f"{parts.path}?{urlencode(sorted(asked))}")


def inside(page: str, links: Sequence[str]) -> Iterator[str]:
    """The addresses of this house among the links of a page."""
    for link in links:
        there = urlsplit(urljoin(page, link))
        if not (there.netloc or there.scheme or there.path.startswith("/static/")):
            yield f"{there.path}?{there.query}" if there.query else there.path


def walk(login: str, *, each: int) -> tuple[Counter[str], list[str]]:
    """Go wherever a person's pages lead, to so many addresses of a kind; and what does not open."""
    client = Client(raise_request_exception=False)
    client.force_login(user(login))
    queue: deque[tuple[str, str, bool]] = deque([("/", "the door", True)])
    known: set[str] = set()
    opened: Counter[str] = Counter()
    faults: list[str] = []
    while queue:
        address, seen_on, linked = queue.popleft()
        kind = kind_of(address)
        if address in known or opened[kind] >= each * (MORE_CASES if kind == CASE else 1):
            continue
        known.add(address)
        opened[kind] += 1
        answer = client.get(address)
        # A verb may be closed by the state or by the role: then its page says so.
        fine = (200, 302, 403, 409, 422) if linked else (200, 302, 403, 405, 409, 422)
        if answer.status_code not in fine:
            faults.append(f"{login}: {answer.status_code} {address} from {seen_on}")
        if answer.status_code == 302:
            queue.append((answer.headers["Location"], address, True))
        elif answer.headers["Content-Type"].startswith("text/html"):
            page = Page(answer.content.decode())
            queue += [(there, address, True) for there in inside(address, page.links)]
            queue += [(there, address, False) for there in inside(address, page.posts)]
    return opened, faults


def lived(plots: Sequence[Plot]) -> None:
    """Tell histories in both offices."""
    for office in ("ALA", "TRZ"):
        histories.tell(TODAY, office=office, plots=plots)
    sweep(on=TODAY)


def every_link_opens(people: Sequence[str], *, each: int) -> Counter[str]:
    """How often each kind of address was opened; nothing fell, and no link led nowhere."""
    walks = [walk(login, each=each) for login in people]
    assert [fault for _opened, faults in walks for fault in faults] == []
    return sum((opened for opened, _faults in walks), Counter())


def test_every_link_of_every_role_opens(
    offices: None, set_clock: Callable[[date], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(TODAY)
    monkeypatch.setattr("enforcement.facts.pagination.PAGE", 2)  # so that lists have further pages
    lived([replace(plot, count=1) for plot in SOME])
    opened = every_link_opens(list(HOLDERS.values()), each=1)
    for wanted in ("/sanctions?state=served", "/inbox?cursor=&show=all", "/cases/#", "/papers/#"):
        assert any(kind.startswith(wanted) for kind in opened), (wanted, sorted(opened))


@pytest.mark.prove
def test_every_link_opens_for_everybody_of_the_filled_office(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    set_clock(TODAY)
    lived(PLOTS)
    for machine in (Presentation, Proceeding, Measure):
        assert machine.objects.values("state").distinct().count() > 4
    every_link_opens(PEOPLE, each=60 if os.environ.get("SIZE") == "full" else 2)

"""The page of sanctions: every tab opens for everybody, and each list is shown to its end."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

import pytest
from django.test import Client

from enforcement.measures.sanctions import TABS
from enforcement.models import Measure
from tests.course import do, frozen, initiated
from tests.office import NEXT, user

_ONWARD: Final = re.compile(r'class="button" href="(\?[^"]*after=[^"]+)"')


@pytest.fixture(autouse=True)
def today(offices: None, set_clock: Callable[[date], None]) -> None:
    """The offices on the day the proceedings begin."""
    set_clock(NEXT)


def page(address: str = "", login: str = "prosecutor.ala") -> str:
    """The page of sanctions as somebody sees it."""
    client = Client()
    client.force_login(user(login))
    answer = client.get(f"/sanctions{address}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("state", TABS)
@pytest.mark.parametrize("login", ["prosecutor.ala", "bailiff.ala", "auditor.ala"])
def test_every_tab_opens_whatever_measures_there_are(state: str, login: str) -> None:
    do(initiated(1), "secure")
    frozen(initiated(2))
    shown = page(f"?state={state}", login).count("data-measure")
    assert shown == (1 if state == "served" else 0)


def test_a_list_of_sanctions_is_shown_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enforcement.facts.pagination.PAGE", 2)
    for number in range(5):
        do(initiated(number), "request_freeze")
    seen, pages, address = [], 0, "?state=requested"
    while address:
        shown = page(address)
        seen += re.findall(r'data-measure="([^"]+)"', shown)
        onward = _ONWARD.search(shown)
        address = onward[1].replace("&amp;", "&") if onward else ""
        pages += 1
    wanted = Measure.objects.order_by("requested_on", "id").values_list("pk", flat=True)
    assert (seen, pages) == ([str(pk) for pk in wanted], 3)

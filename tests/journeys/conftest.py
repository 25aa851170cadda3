"""The people of the journeys, each at a window of his own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.journeys.desk import Desk
from tests.platform.live import LiveOffice
from tests.screens.browsing import Reader, set_clock


@pytest.fixture(scope="package")
def reader(browser: Any, live_office: LiveOffice) -> Iterator[Callable[[str], Reader]]:
    """Give a way to a signed-in person who reads Kazakh; afterwards time is real again."""
    windows: dict[str, Reader] = {}

    def sit_down(login: str) -> Reader:
        if login not in windows:
            windows[login] = Reader(browser, live_office).sign_in(login)
        return windows[login]

    yield sit_down
    for window in windows.values():
        window.close()
    set_clock(live_office, "--reset")


@pytest.fixture(scope="package")
def desk(reader: Callable[[str], Reader]) -> Desk:
    """Give the clerk's desk."""
    return Desk(reader("clerk"))

"""The gallery of every screen, and the axe that looks for barriers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.platform.live import LiveOffice
from tests.screens.gallery import Gallery


@pytest.fixture(scope="package")
def gallery(browser: Any, live_office: LiveOffice) -> Iterator[Gallery]:
    """Give the office with a case of every kind."""
    found = Gallery(browser, live_office)
    yield found
    found.close()


@pytest.fixture(scope="package")
def axe() -> Axe:
    """Give axe-core as it comes, every rule of it."""
    return Axe()

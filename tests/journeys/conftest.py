"""The people of the journeys, each at a window of his own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.journeys.desk import Desk
from tests.office import open_offices
from tests.platform.database import point_django_at
from tests.platform.live import LiveOffice, office_environ, running_office
from tests.platform.stage import Stage
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


@pytest.fixture(scope="module")
def own_office(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, stage: Stage, browser: Any
) -> Iterator[LiveOffice]:
    """An office on a database of its own, which a module's tests look into as it lives."""
    name = stage.clone()
    with django_db_blocker.unblock():
        point_django_at(stage.app_dsn(name))
        open_offices()
        try:
            with running_office(office_environ(stage, name, stage.folder / name)) as office:
                yield office
        finally:
            point_django_at(stage.app_dsn(stage.test_database))
            stage.drop(name)

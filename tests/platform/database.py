"""Fixtures of databases: one migrated template a session, and clones of it. Nothing is flushed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from pytest_django import DjangoDbBlocker

from config import environment
from tests.office import open_offices
from tests.platform.stage import Stage, connected

_FLUSHING = {"transactional_db", "live_server", "django_db_reset_sequences"}


@dataclass(frozen=True)
class FreshDatabase:
    """A database for one test, where what is committed stays until the test ends."""

    name: str
    app_dsn: str
    owner_dsn: str
    environ: dict[str, str]

    def owner_cursor(self) -> AbstractContextManager[Any]:
        """Open a connection as the owner, who may do what the app may not."""
        return connected(self.owner_dsn)


@pytest.fixture(scope="session")
def stage(pytestconfig: pytest.Config) -> Stage:
    """Give the session's servers, which need not run yet."""
    return pytestconfig.stash[Stage.KEY]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, stage: Stage
) -> Iterator[None]:
    """Migrate one template as its owner, then let Django work on a clone of it as the app.

    The template is empty; in the clone, where each test is taken back, the demo's offices are open.
    """
    with django_db_blocker.unblock():
        stage.start()
        point_django_at(stage.owner_dsn(stage.template))
        call_command("migrate", interactive=False, verbosity=0)
        connections.close_all()  # a database that somebody looks at cannot be cloned
        point_django_at(stage.app_dsn(stage.clone(stage.test_database)))
        open_offices()
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture
def fresh_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, stage: Stage
) -> Iterator[FreshDatabase]:
    """Give a test its own database: real commits, several processes, nothing to clean up.

    Not to be mixed with `django_db`, whose transaction belongs to another database.
    """
    name = stage.clone()
    addresses = {
        "DATABASE_URL": stage.app_dsn(name),
        "DATABASE_OWNER_URL": stage.owner_dsn(name),
    }
    with django_db_blocker.unblock():
        point_django_at(addresses["DATABASE_URL"])
        try:
            yield FreshDatabase(name, *addresses.values(), environ={**stage.environ(), **addresses})
        finally:
            point_django_at(stage.app_dsn(stage.test_database))
            stage.drop(name)


@pytest.fixture
def owner_cursor(fresh_database: FreshDatabase) -> Iterator[Any]:
    """Give a cursor on the fresh database as its owner."""
    with fresh_database.owner_cursor() as cursor:
        yield cursor


def point_django_at(dsn: str) -> None:
    """Let every thread's next connection go to another database."""
    connections.close_all()
    connections.settings["default"].update(environment.database(dsn))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse what would flush: guards against TRUNCATE stay on in tests too."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        flushes = _FLUSHING & set(getattr(item, "fixturenames", ()))
        if flushes or (marker and marker.kwargs.get("transaction")):
            raise pytest.UsageError(f"{item.nodeid}: use fresh_database; nothing is flushed here")

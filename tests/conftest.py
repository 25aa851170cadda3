"""Prepares the environment of the tests before Django reads it, and names their fixtures.

Nothing is started here: pure tests need no server, and the first test that does starts it.
"""

from __future__ import annotations

import gc
import os

import pytest

from tests.platform.stage import Stage

#: The folder of the session that started this worker; it is taken away even if we were killed.
INSIDE = "ORYNDAU_TESTS_INSIDE"
BEFORE = dict(os.environ)
STAGE = Stage.set_up(os.environ, inside=os.environ.get(INSIDE, ""))
os.environ.update(STAGE.environ())

import django  # noqa: E402  the environment had to come first

django.setup()

import config.celery  # noqa: E402, F401  tasks sent by a test find the test's broker

pytest_plugins = ["tests.platform.database", "tests.platform.live", "tests.platform.sharing"]


def pytest_configure(config: pytest.Config) -> None:
    """Hand the stage to the fixtures, or to workers, who have servers of their own, its folder."""
    config.stash[Stage.KEY] = STAGE
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        os.environ.clear()
        os.environ.update({**BEFORE, INSIDE: str(STAGE.folder)})


def pytest_collection_finish() -> None:
    """Let the collector of garbage leave alone what stays for the whole session."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the servers and leave nothing on disk, also after Ctrl-C."""
    STAGE.strike()

"""Prepares the environment of the tests before Django reads it, and names their fixtures.

Nothing is started here: pure tests need no server, and the first test that does starts it.
"""

from __future__ import annotations

import gc
import os

import pytest

from tests.platform.stage import Stage

#: Names the variables that a session set itself; a worker inherits them and has its own servers.
OWN = "ORYNDAU_TESTS_OWN"
for name in os.environ.pop(OWN, "").split():
    os.environ.pop(name, None)
STAGE = Stage.set_up(os.environ)
os.environ.update({**STAGE.environ(), OWN: " ".join(STAGE.own)})

import django  # noqa: E402  the environment had to come first

django.setup()

import config.celery  # noqa: E402, F401  tasks sent by a test find the test's broker

pytest_plugins = ["tests.platform.database", "tests.platform.live"]


def pytest_configure(config: pytest.Config) -> None:
    """Hand the stage to the fixtures."""
    config.stash[Stage.KEY] = STAGE


def pytest_collection_finish() -> None:
    """Let the collector of garbage leave alone what stays for the whole session."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the servers and leave nothing on disk, also after Ctrl-C."""
    STAGE.strike()

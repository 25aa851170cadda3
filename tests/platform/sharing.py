"""Which tests stay together on one worker; every other test goes to whoever is free."""

from __future__ import annotations

from typing import Any, Final

import pytest
from xdist.scheduler import LoadScopeScheduling

#: Files and folders whose tests share something dear, such as a running office, and what it is.
TOGETHER: Final = {
    "tests/api/test_client.py": "the running office",
    "tests/api/test_running.py": "the running office",
    "tests/journal/test_verify.py": "a written journal",
    "tests/journeys/test_path.py": "an office to look into",
    "tests/journeys/test_week.py": "an office to look into for a week",
    "tests/journeys/": "the running office",
    "tests/platform/test_embedded.py": "a cluster to kill",
    "tests/platform/test_running_office.py": "the running office",
    "tests/platform/test_supervisor.py": "an office to kill",
    "tests/screens/test_every_link.py": "an office told, not running",
    "tests/screens/": "the running office",
}


class Sharing(LoadScopeScheduling):
    """Hands out what stays together as one piece, the largest first, and then test by test."""

    def _split_scope(self, nodeid: str) -> str:
        return next((what for path, what in TOGETHER.items() if nodeid.startswith(path)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing:
    """Let workers be given tests by the table above."""
    return Sharing(config, log)

"""An office that runs: it is well, tells who may sign in, and has its folder to itself."""

from __future__ import annotations

import urllib.request
from pathlib import Path

from tests.platform.live import LiveOffice, free_port
from tests.platform.run import Run


def test_a_running_office_is_well_and_says_who_may_sign_in(live_office: LiveOffice) -> None:
    with urllib.request.urlopen(f"{live_office['url']}healthz", timeout=10) as answer:
        assert answer.status == 200
    assert {"role", "login", "password"} <= set(live_office["users"][0])
    assert {"court", "prosecutor"} <= set(live_office["tokens"])
    assert (Path(live_office.environ["ORYNDAU_VAR"]) / "run.json").stat().st_mode & 0o077 == 0


def test_a_second_office_on_the_same_folder_is_refused_kindly(live_office: LiveOffice) -> None:
    second = Run(Path(live_office.environ["ORYNDAU_VAR"]), port=free_port())
    assert second.process.wait(10) == 1
    assert f"already runs at {live_office['url']}" in second.words
    assert live_office.manage("clock").returncode == 0

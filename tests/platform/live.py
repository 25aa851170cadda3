"""Fixtures of a whole running office and of a browser to look at it."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from embedded import processes
from embedded.places import ROOT, read_whole
from enforcement.management.commands import demo_office
from tests.platform.database import point_django_at
from tests.platform.stage import Stage

NO_CHROMIUM = "no Chromium found: browser tests not run"
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class LiveOffice(dict[str, Any]):
    """What var/run.json says of a running office, and its commands."""

    def __init__(self, environ: dict[str, str]) -> None:
        super().__init__(read_whole(Path(environ["ORYNDAU_VAR"]) / "run.json"))
        self.environ = environ

    def manage(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command of manage.py against this office."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environ,
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    def answer(self, *arguments: str, stdin: str = "") -> Any:
        """Run a command that must go well and give the JSON it printed."""
        done = self.manage(*arguments, stdin=stdin)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


def free_port() -> int:
    """Find a port below those that the kernel hands out, so that no client takes it by chance."""
    while True:
        port = random.randint(20000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


@contextmanager
def running_office(environ: dict[str, str]) -> Iterator[LiveOffice]:
    """Run the office of an environment by the supervisor, as `make run` does, then end it."""
    var = Path(environ["ORYNDAU_VAR"])
    command = [sys.executable, "-m", "embedded.supervisor", "--with-parent"]
    said = var.parent / f"{var.name}.said"
    with said.open("wb") as output:
        supervisor = processes.start(
            [*command, "--port", str(free_port())], environ=environ, folder=ROOT, output=output
        )
    try:
        processes.wait_for(
            lambda: supervisor.poll() is not None or _is_ready(var, supervisor.pid), seconds=180
        )
        if not _is_ready(var, supervisor.pid):
            pytest.fail(f"the office did not become ready:\n{processes.tail(said, 60)}")
        yield LiveOffice(environ)
    finally:
        processes.end(supervisor, by=signal.SIGINT, seconds=20)


def _is_ready(var: Path, pid: int) -> bool:
    run = read_whole(var / "run.json")
    return bool(run) and run["pid"] == pid


def office_environ(stage: Stage, database: str, var: Path) -> dict[str, str]:
    """Give the environment of an office on a clone, with a var folder and a Valkey of its own."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": os.environ.get("HOME", "/"),
        "DATABASE_URL": stage.app_dsn(database),
        "DATABASE_OWNER_URL": stage.owner_dsn(database),
        "ORYNDAU_VAR": str(var),
        "ORYNDAU_DEMO": "1",
    }


@pytest.fixture(scope="session")
def live_office(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, stage: Stage
) -> Iterator[LiveOffice]:
    """Give a whole office, web, worker and beat, with the demo's people, shared by the session.

    Its arrivals are there; the two hundred histories are proved apart (tests/commands).
    """
    database = stage.clone()
    with django_db_blocker.unblock():
        point_django_at(stage.app_dsn(database))
        try:
            demo_office.fill(json.loads(demo_office.DEMO.read_text(encoding="utf-8")))
        finally:
            point_django_at(stage.app_dsn(stage.test_database))
    with running_office(office_environ(stage, database, stage.folder / "live")) as office:
        yield office
    stage.drop(database)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Give the machine's own Chromium; tests that need it are skipped, and named, without."""
    program = next((found for name in _CHROMIUM if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip(NO_CHROMIUM)
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, which Django would take for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program, headless=True, args=_CHROMIUM_ARGUMENTS
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any, live_office: LiveOffice) -> Iterator[Any]:
    """Give an empty page of a Kazakh reader; addresses are relative to the live office."""
    context = browser.new_context(base_url=live_office["url"], locale="kk-KZ")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Name the browser tests that were not run, so that their absence is seen."""
    skipped = terminalreporter.stats.get("skipped", [])
    missed = [report.nodeid for report in skipped if NO_CHROMIUM in str(report.longrepr)]
    if missed:
        terminalreporter.section(f"{NO_CHROMIUM} ({len(missed)})")
        for name in missed:
            terminalreporter.write_line(name)

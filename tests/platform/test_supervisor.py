"""The whole office on one machine: it comes up, says so, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from embedded import processes
from embedded.places import ROOT, read_whole
from tests.platform.live import free_port
from tests.platform.run import ENDED_SECONDS, Run
from tests.platform.stage import connected, throw_away_place


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    """Give a var folder that root's servers can reach, kept for the tests of this module."""
    with tempfile.TemporaryDirectory(prefix="ory-", dir=throw_away_place()) as name:
        Path(name).chmod(0o711)
        yield Path(name) / "var"


@pytest.fixture
def run(var: Path) -> Iterator[Run]:
    """Give a run of the office on the module's var, ended in any case."""
    started = Run(var, port=free_port())
    yield started
    processes.end(started.process, by=signal.SIGINT, seconds=ENDED_SECONDS)


def entries(run_file: dict[str, Any]) -> int:
    """Count what the office has written in its journal."""
    with connected(run_file["dsn"]["app"]) as cursor:
        cursor.execute("SELECT count(*) FROM journal_entry")
        return int(cursor.fetchone()[0])


def test_a_taken_port_is_refused_before_anything_is_started(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port()))
        other.listen()
        run = Run(tmp_path / "var", port=other.getsockname()[1])
        assert run.process.wait(10) == 1
    assert "is taken" in run.words
    assert "make run PORT=" in run.words
    assert not (tmp_path / "var" / "pg-18").exists()


def test_an_address_without_its_owner_is_refused(tmp_path: Path) -> None:
    run = Run(tmp_path / "var", port=free_port(), DATABASE_URL="postgresql://a@/b?host=/nowhere")
    assert run.process.wait(10) == 1
    assert "DATABASE_OWNER_URL" in run.words
    assert run.left() == {}


def test_a_real_office_refuses_to_start_without_a_secret() -> None:
    asked = [sys.executable, "-c", "import config.settings"]
    done = subprocess.run(
        asked, cwd=ROOT, env={"PATH": os.defpath}, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "ORYNDAU_SECRET_KEY is missing or weak" in done.stderr


@pytest.mark.prove
def test_an_office_comes_up_from_nothing_and_ctrl_c_leaves_nothing(run: Run) -> None:
    run.until_ready()
    assert run.end() == 0
    assert run.left() == {}
    assert not (run.var / "run.json").exists()
    assert not (run.var / "servers.json").exists()


@pytest.mark.prove
def test_a_second_start_keeps_what_the_first_one_wrote(run: Run) -> None:
    first = run.until_ready()
    before = entries(first)
    run.end(signal.SIGTERM)
    again = Run(run.var, port=run.port)
    second = again.until_ready()
    assert "migrations" not in again.words
    assert entries(second) == before > 0
    assert (second["users"], second["tokens"]) == (first["users"], first["tokens"])
    assert again.end() == 0


@pytest.mark.prove
@pytest.mark.parametrize("name", ["PostgreSQL", "Valkey", "web", "worker", "beat"])
def test_when_one_process_is_killed_it_is_named_and_all_end(run: Run, name: str) -> None:
    run.until_ready()
    os.kill(_pid(run, name), signal.SIGKILL)
    assert run.process.wait(ENDED_SECONDS) == 1
    assert f"{name} ended by itself (killed by SIGKILL)" in run.words
    assert run.left() == {}


@pytest.mark.prove
@pytest.mark.parametrize("victims", ["the supervisor alone", "everything at once"])
def test_after_an_outright_kill_the_next_start_recovers(run: Run, victims: str) -> None:
    before = entries(run.until_ready())
    pids = [run.process.pid] if victims == "the supervisor alone" else list(run.left())
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    run.process.wait()
    again = Run(run.var, port=run.port)
    assert entries(again.until_ready()) == before
    assert again.end() == 0
    assert again.left() == {}


@pytest.mark.prove
@pytest.mark.parametrize("moment", ["PostgreSQL and Valkey", "web, worker, beat"])
def test_ctrl_c_while_starting_leaves_nothing(run: Run, moment: str) -> None:
    processes.wait_for(lambda: moment in run.words, seconds=30, every=0.01)
    assert run.end() == 0, run.words
    assert run.left() == {}, run.words


def _pid(run: Run, name: str) -> int:
    children = read_whole(run.var / "children.json")
    if name in children:
        return int(children[name])
    folder = {"PostgreSQL": run.var / "pg-18", "Valkey": run.var / "valkey"}[name]
    return min(processes.at_work_in(folder.resolve()))

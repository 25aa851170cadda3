"""A run of the supervisor by its own command, and what it said."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from embedded import processes
from embedded.places import ROOT, read_whole

READY_SECONDS = 180
ENDED_SECONDS = 15


class Run:
    """One `python -m embedded.supervisor`, and what it said."""

    def __init__(self, var: Path, *, port: int, **environ: str) -> None:
        self.var = var
        self.port = port
        self.said = var.parent / f"{var.name}.said"
        given = {"PATH": os.defpath, "ORYNDAU_DEMO": "1", "ORYNDAU_VAR": str(var), **environ}
        with self.said.open("wb") as output:
            self.process = processes.start(
                [sys.executable, "-m", "embedded.supervisor", "--port", str(port)],
                environ=given,
                folder=ROOT,
                output=output,
            )

    @property
    def words(self) -> str:
        """Give everything it said so far."""
        return self.said.read_text(encoding="utf-8")

    def until_ready(self) -> dict[str, Any]:
        """Wait for READY and give var/run.json."""
        seen = lambda: "READY" in self.words or self.process.poll() is not None  # noqa: E731
        processes.wait_for(seen, seconds=READY_SECONDS)
        assert f"READY http://127.0.0.1:{self.port}/" in self.words, self.words
        return dict(read_whole(self.var / "run.json"))

    def end(self, by: signal.Signals = signal.SIGINT) -> int:
        """Ask it to end as Ctrl-C does, and give its exit code."""
        self.process.send_signal(by)
        return self.process.wait(ENDED_SECONDS)

    def left(self) -> dict[int, str]:
        """Name the processes that still know this var folder."""
        marker = f"ORYNDAU_VAR={self.var}".encode()
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                ours = marker in (entry / "environ").read_bytes().split(b"\0")
                command = processes.command_of(int(entry.name))
            except OSError:
                continue
            if command and (ours or str(self.var) in command):
                found[int(entry.name)] = command
        return found

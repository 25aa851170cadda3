"""A Redis-protocol server of one's own, on a socket that only its user opens."""

from __future__ import annotations

import signal
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

from embedded import CannotRun, endings, processes


@dataclass
class Valkey:
    """One data folder and its server."""

    program: Path
    data: Path
    socket: Path
    log: Path
    keeps: bool = True
    server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Give the address as redis-py takes it."""
        return f"unix://{self.socket}?db=0"

    def start(self) -> None:
        """Start the server, after ending what an earlier crash may have left."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        processes.end_leftovers(self.data, by=signal.SIGTERM)
        self.socket.unlink(missing_ok=True)
        with endings.undisturbed(), self.log.open("wb") as log:
            self.server = processes.start(
                [str(self.program), *self._arguments()],
                environ={"LC_ALL": "C"},
                folder=self.data,
                output=log,
            )
        ready = processes.wait_for(lambda: self._answers() or self._has_died(), seconds=30)
        if not ready or self._has_died():
            raise CannotRun(f"Valkey did not start:\n{processes.tail(self.log)}")

    def stop(self) -> None:
        """Stop the server; what it holds is on disk before it ends."""
        if self.server is not None:
            processes.end(self.server, by=signal.SIGTERM, seconds=4)
            self.server = None

    def _arguments(self) -> list[str]:
        keeping = "yes" if self.keeps else "no"
        return [
            *("--port", "0"),
            *("--unixsocket", str(self.socket)),
            *("--unixsocketperm", "700"),
            *("--appendonly", keeping),
            *("--save", ""),
            *("--daemonize", "no"),
            *("--loglevel", "warning"),
        ]

    def _answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
                line.settimeout(1)
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def _has_died(self) -> bool:
        return self.server is not None and self.server.poll() is not None

"""Bringing a database up to date: migrations by its owner, then the demo office."""

from __future__ import annotations

import hashlib
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from embedded import CannotRun, commands, endings, processes
from embedded.places import ROOT, Places
from embedded.servers import Addresses, Servers, child_environ, python


class Preparation:
    """The steps between a server that answers and an office that works."""

    def __init__(self, servers: Servers, addresses: Addresses) -> None:
        self.servers = servers
        self.addresses = addresses
        self.step: subprocess.Popen[bytes] | None = None

    @property
    def places(self) -> Places:
        """Give the office's paths."""
        return self.servers.places

    def migrate(self) -> None:
        """Run the migrations; our own cluster remembers which ones it has, so that none costs none.

        A server from elsewhere is asked every time, as others may have changed it.
        """
        own = self.servers.cluster is not None
        wanted = digest_of_migrations()
        if own and _text_of(self.places.migrated) == wanted:
            return
        self.servers.say("migrations")
        self._run(commands.MIGRATE, as_owner=True)
        if own:
            self.places.migrated.write_text(wanted, encoding="ascii")

    def make_demo_office(self) -> None:
        """Fill an empty office with a demo, once."""
        if self.servers.cluster is not None and self.places.demo.exists():
            return
        self.servers.say("demo office")
        self._run(commands.DEMO_OFFICE, as_owner=False)

    def abandon(self) -> None:
        """End the step at work, if one is."""
        if self.step is not None:
            processes.end(self.step, by=signal.SIGTERM, seconds=2)

    def _run(self, command: list[str], *, as_owner: bool) -> None:
        environ = child_environ(self.servers.environ, self.places, self.addresses)
        if as_owner:
            environ = self._owners(environ)
        log = self.places.var / "log" / f"{command[1]}.log"
        with endings.undisturbed(), log.open("wb") as output:
            self.step = processes.start(
                python(*command), environ=environ, folder=ROOT, output=output
            )
        code = self.step.wait()
        self.step = None
        if code:
            raise CannotRun(f"`manage.py {command[1]}` failed:\n{processes.tail(log)}")
        log.unlink()  # the demo's answer holds its passwords

    def _owners(self, environ: Mapping[str, str]) -> dict[str, str]:
        return {**environ, "DATABASE_URL": self.addresses.owner}


def _text_of(file: Path) -> str:
    return file.read_text(encoding="ascii") if file.exists() else ""


def digest_of_migrations() -> str:
    """Tell one set of migrations from another, the frameworks' own included."""
    digest = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
    for file in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(str(file.relative_to(ROOT)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()

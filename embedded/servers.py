"""The two servers an office needs: those named in the environment, or our own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from embedded import CannotRun, binaries, postgres, processes
from embedded.places import Places, make_private, read_whole, write_whole
from embedded.postgres import Cluster
from embedded.valkey import Valkey

Say = Callable[[str], None]


@dataclass(frozen=True)
class Addresses:
    """Where an office's stores are: the database as app and as owner, and Redis."""

    app: str
    owner: str
    redis: str

    def environ(self) -> dict[str, str]:
        """Give the addresses as settings.py reads them."""
        return {
            "DATABASE_URL": self.app,
            "DATABASE_OWNER_URL": self.owner,
            "REDIS_URL": self.redis,
        }


class Servers:
    """Starts what the environment does not name, and stops what it started."""

    def __init__(self, places: Places, environ: Mapping[str, str], say: Say) -> None:
        self.places = places
        self.environ = environ
        self.say = say
        self.cluster: Cluster | None = None
        self.valkey: Valkey | None = None

    def start(self) -> Addresses:
        """Start what is needed and write down where it is."""
        refuse_half_an_address(self.environ)
        end_orphans(self.places)
        make_private(self.places.sockets)
        (self.places.var / "log").mkdir(mode=0o700, exist_ok=True)
        app, owner = self._database()
        addresses = Addresses(app, owner, self._redis())
        write_whole(self.places.servers, {"pid": os.getpid(), **asdict(addresses)})
        return addresses

    def stop(self) -> None:
        """Stop our own servers, Redis first: it holds nothing that the database lacks."""
        self.places.servers.unlink(missing_ok=True)
        for server in (self.valkey, self.cluster):
            if server is not None:
                server.stop()
        self.places.children.unlink(missing_ok=True)
        shutil.rmtree(self.places.sockets, ignore_errors=True)

    def children(self) -> dict[str, subprocess.Popen[bytes]]:
        """Give the servers that run as our own children, by name."""
        found = {"PostgreSQL": self.cluster, "Valkey": self.valkey}
        return {name: it.server for name, it in found.items() if it and it.server}

    def _database(self) -> tuple[str, str]:
        if self.environ.get("DATABASE_URL"):
            return self.environ["DATABASE_URL"], self.environ["DATABASE_OWNER_URL"]
        self.cluster = postgres.cluster(self.places, self.environ)
        if not self.cluster.is_made():
            self.say("PostgreSQL: making the cluster")
            # What was true of an older cluster is not true of this one.
            self.places.migrated.unlink(missing_ok=True)
            self.places.demo.unlink(missing_ok=True)
            self.cluster.make()
        self.cluster.start()
        self.cluster.run_roles()
        return self.cluster.dsn("oryndau_app"), self.cluster.dsn("oryndau_owner")

    def _redis(self) -> str:
        if self.environ.get("REDIS_URL"):
            return self.environ["REDIS_URL"]
        self.valkey = Valkey(
            binaries.valkey_server(self.environ),
            data=self.places.valkey,
            socket=self.places.sockets / "valkey.sock",
            log=self.places.var / "log" / "valkey.log",
        )
        self.valkey.start()
        return self.valkey.url


def refuse_half_an_address(environ: Mapping[str, str]) -> None:
    """Migrations need the owner; guessing its address from the app's would be worse than asking."""
    if environ.get("DATABASE_URL") and not environ.get("DATABASE_OWNER_URL"):
        raise CannotRun(
            "DATABASE_URL is given without DATABASE_OWNER_URL. Give both: the first as the role "
            "oryndau_app, the second as oryndau_owner, who runs the migrations."
        )


def child_environ(
    environ: Mapping[str, str], places: Places, addresses: Addresses
) -> dict[str, str]:
    """Give the environment for the office's own processes."""
    kept = {name: value for name, value in environ.items() if not name.startswith("PG")}
    given = {
        "ORYNDAU_VAR": str(places.var),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
        "PATH": environ.get("PATH", os.defpath),
    }
    return {**kept, **given, **addresses.environ()}


def python(*arguments: str) -> list[str]:
    """Give a command of this project's own Python."""
    return [sys.executable, *arguments]


def note_children(places: Places, pids: Mapping[str, int]) -> None:
    """Write down the processes to look for should this one be killed outright."""
    write_whole(places.children, dict(pids))


def end_orphans(places: Places) -> None:
    """End the office's processes that outlived a supervisor killed outright."""
    for pid in (read_whole(places.children) or {}).values():
        command = processes.command_of(pid)
        if "config.celery" in command or "config.wsgi" in command:
            try:
                os.killpg(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            processes.wait_until_gone(pid, seconds=5)
    places.children.unlink(missing_ok=True)

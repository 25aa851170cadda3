"""A PostgreSQL cluster of one's own: made, started, recovered and stopped without asking."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote

from embedded import CannotRun, binaries, endings, processes
from embedded.places import Places, is_reachable
from embedded.processes import Identity

ROLES: Final = Path(__file__).with_name("roles.sql")
DATABASE: Final = "oryndau"
SUPERUSER: Final = "postgres"

# Without a named locale a bare machine makes an SQL_ASCII cluster, where lower() knows no Kazakh.
INITDB_ARGS: Final = (
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
)
# Errors are logged without the values and statements that could name a person.
QUIET_LOG: Final = {"log_error_verbosity": "terse", "log_min_error_statement": "panic"}
# For clusters that are thrown away.
UNSAFE_BUT_FAST: Final = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

_OUTSIDE: Final = Path("/var/lib/oryndau")


@dataclass
class Cluster:
    """One data folder and its server, reached by a socket in a folder that only its user opens."""

    bin: Path
    data: Path
    sockets: Path
    log: Path
    identity: Identity | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    server: subprocess.Popen[bytes] | None = None

    def dsn(self, role: str, database: str = DATABASE) -> str:
        """Give an address that psycopg2 and psql both take."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.sockets))}&port=5432"

    def is_made(self) -> bool:
        """Tell whether the data folder holds a cluster."""
        return (self.data / "PG_VERSION").exists()

    def make(self) -> None:
        """Make the cluster aside and move it into place, so that half a one is never found."""
        fresh = self.data.with_name(f"{self.data.name}.making")
        shutil.rmtree(fresh, ignore_errors=True)
        self._own(fresh)
        initdb = [str(self.bin / "initdb"), "-D", str(fresh), "-U", SUPERUSER, "-A", "trust"]
        done: subprocess.CompletedProcess[bytes] = subprocess.run(
            [*initdb, *INITDB_ARGS],
            env=self._environ(),
            cwd="/",
            capture_output=True,
            check=False,
            **processes.as_whom(self.identity),
        )
        if done.returncode:
            words = done.stderr.decode("utf-8", "replace").strip()
            raise CannotRun(f"PostgreSQL's initdb failed:\n{words}")
        if self.data.exists():
            self.data.rmdir()
        fresh.rename(self.data)

    def start(self) -> None:
        """Start the server, after ending what an earlier crash may have left."""
        processes.end_leftovers(self.data, by=signal.SIGINT)
        self._forget_the_dead()
        shutil.rmtree(self.sockets, ignore_errors=True)  # its lock too names the dead
        self._own(self.sockets)
        given = {"listen_addresses": "", "unix_socket_directories": str(self.sockets)}
        command = [str(self.bin / "postgres"), "-D", str(self.data)]
        for name, value in {**given, **QUIET_LOG, **self.settings}.items():
            command += ["-c", f"{name}={value}"]
        with endings.undisturbed(), self.log.open("wb") as log:
            self.server = processes.start(
                command,
                environ=self._environ(),
                folder=Path("/"),
                output=log,
                identity=self.identity,
                orphaned=signal.SIGINT,
            )
        ready = processes.wait_for(lambda: self._is_ready() or self._has_died(), seconds=60)
        if not ready or self._has_died():
            raise CannotRun(f"PostgreSQL did not start:\n{processes.tail(self.log)}")

    def stop(self) -> None:
        """Stop the server: open transactions are rolled back, everything committed stays."""
        if self.server is not None:
            processes.end(self.server, by=signal.SIGINT, seconds=4)
            self.server = None

    def run_roles(self, database: str = DATABASE) -> None:
        """Make the three roles and a database with their rights; safe to run again."""
        self.psql("-v", f"database={database}", "-f", str(ROLES))

    def psql(self, *arguments: str, database: str = "postgres") -> str:
        """Run psql as the superuser and give what it printed."""
        dsn = self.dsn(SUPERUSER, database)
        done = subprocess.run(
            [self.bin / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", dsn, *arguments],
            env=self._environ(),
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise CannotRun(f"psql failed:\n{done.stderr.decode('utf-8', 'replace').strip()}")
        return done.stdout.decode("utf-8").strip()

    def _is_ready(self) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except OSError:
            return False
        assert self.server is not None
        ours = lines[:1] == [str(self.server.pid)]
        return ours and len(lines) > 7 and lines[7].strip() == "ready"

    def _has_died(self) -> bool:
        return self.server is not None and self.server.poll() is not None

    def _forget_the_dead(self) -> None:
        """Take away a dead server's note of its number, which something else may bear by now.

        PostgreSQL itself would take a process that merely awaits its parent, or after a crash of
        the machine any other process of this user, for a server at work.
        """
        file = self.data / "postmaster.pid"
        try:
            pid = int(file.read_text(encoding="utf-8").split("\n", 1)[0])
        except (OSError, ValueError):
            return
        if "postgres" not in processes.command_of(pid):
            file.unlink()

    def _own(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        if self.identity is not None:
            os.chown(folder, self.identity.uid, self.identity.gid)

    def _environ(self) -> dict[str, str]:
        # None of the caller's PG* variables, and messages in one language.
        return {"PATH": os.defpath, "LC_ALL": "C", "PGCLIENTENCODING": "UTF8", "HOME": "/"}


def cluster(
    places: Places, environ: Mapping[str, str], *, settings: Mapping[str, str] | None = None
) -> Cluster:
    """Find where and as whom an office's cluster runs; the server refuses to run as root."""
    programs = binaries.postgres_bin(environ)
    data = places.cluster
    identity = whom_to_run_as()
    if identity is not None:
        programs = programs_for_nobody(programs)
        if not is_reachable(data):
            data = _outside(data)
    log = places.var / "log" / "postgres.log"
    return Cluster(programs, data, places.sockets / "pg", log, identity, settings or {})


def whom_to_run_as() -> Identity | None:
    """Choose the server's user: ourselves, or nobody where we are root."""
    try:
        pwd.getpwuid(os.getuid())
    except KeyError:
        raise CannotRun(
            f"PostgreSQL cannot run as uid {os.getuid()}, which this machine has no name for. "
            "Give a server by DATABASE_URL and DATABASE_OWNER_URL, or run as a named user."
        ) from None
    if os.getuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return Identity(nobody.pw_uid, nobody.pw_gid)


def programs_for_nobody(programs: Path) -> Path:
    """Give the programs where root's chosen user can run them, copied if need be."""
    if is_reachable(programs):
        return programs
    _OUTSIDE.mkdir(mode=0o755, parents=True, exist_ok=True)
    return binaries.copy_for_another_user(programs, into=_OUTSIDE)


def _outside(link: Path) -> Path:
    """Keep root's data where its user can reach it, and a link to it where one looks for it."""
    if not link.is_symlink():
        _OUTSIDE.mkdir(mode=0o755, parents=True, exist_ok=True)
        home = Path(tempfile.mkdtemp(prefix="office-", dir=_OUTSIDE))
        home.chmod(0o711)
        link.symlink_to(home / link.name)
    return Path(os.readlink(link))

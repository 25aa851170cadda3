"""The stage the tests play on: a throw-away cluster, a template database and clones of it."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest

from embedded import binaries, postgres
from embedded.postgres import UNSAFE_BUT_FAST, Cluster
from embedded.servers import refuse_half_an_address
from embedded.valkey import Valkey

# What the template needs on a server from elsewhere, run by its owner; as in roles.sql.
_RIGHTS: Final = """
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {app};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app};
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'oryndau_reader') THEN
    GRANT USAGE ON SCHEMA public TO oryndau_reader;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO oryndau_reader;
  END IF;
END $$;
"""

#: Memory that looks like a folder, and the bytes that two workers' clusters may need at most.
_MEMORY: Final = "/dev/shm"
_ROOM: Final = 6 * 1024**3
#: A cluster that lives for minutes needs no upkeep; queries of tests are too small to be compiled.
#: Vacuum would count the tables as empty, for what tests write is never committed: then the planner
#: reads through whole tables where an index stands ready.
_SHORT_LIVED: Final = {
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "256MB",
    "jit": "off",
}


class Stage:
    """Servers and databases of one test session."""

    KEY: Final = pytest.StashKey["Stage"]()

    def __init__(self, folder: Path, cluster: Cluster | None, valkey: Valkey | None) -> None:
        self.folder = folder
        self.cluster = cluster
        self.valkey = valkey
        self.app_url = cluster.dsn("oryndau_app") if cluster else os.environ["DATABASE_URL"]
        self.owner_url = (
            cluster.dsn("oryndau_owner") if cluster else os.environ["DATABASE_OWNER_URL"]
        )
        self.redis_url = valkey.url if valkey else os.environ["REDIS_URL"]
        self.template = f"oryndau_template_{os.getpid()}"
        self.test_database = f"oryndau_test_{os.getpid()}"
        self._numbers = itertools.count(1)
        self._databases: list[str] = []

    @classmethod
    def set_up(cls, environ: Mapping[str, str], *, inside: str = "") -> Stage:
        """Choose the servers and their addresses, without starting anything."""
        refuse_half_an_address(environ)
        # Sockets want a short path; root's servers run as nobody and must reach it.
        folder = Path(tempfile.mkdtemp(prefix="ory-", dir=inside or throw_away_place()))
        folder.chmod(0o711)
        (folder / "var").mkdir(mode=0o700)
        cluster = None if environ.get("DATABASE_URL") else _cluster(folder, environ)
        valkey = None if environ.get("REDIS_URL") else _valkey(folder, environ)
        return cls(folder, cluster, valkey)

    def environ(self) -> dict[str, str]:
        """Give what settings.py is to read in this session."""
        return {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": self.app_dsn(self.test_database),
            "DATABASE_OWNER_URL": self.owner_dsn(self.test_database),
            "REDIS_URL": self.redis_url,
            "ORYNDAU_VAR": str(self.folder / "var"),
            "ORYNDAU_DEMO": "1",
        }

    def app_dsn(self, database: str) -> str:
        """Give a database's address as the app's role."""
        return _with_database(self.app_url, database)

    def owner_dsn(self, database: str) -> str:
        """Give a database's address as its owner."""
        return _with_database(self.owner_url, database)

    def start(self) -> None:
        """Start the servers and make an empty template, ready for migrations."""
        if self.valkey is not None:
            self.valkey.start()
        if self.cluster is not None:
            self.cluster.make()
            self.cluster.start()
            self.cluster.run_roles(self.template)
            self._databases.append(self.template)
            return
        self._create(self.template, like="template1")
        with connected(self.owner_dsn(self.template)) as cursor:
            cursor.execute(_RIGHTS.format(app=urlsplit(self.app_url).username))

    def clone(self, name: str = "") -> str:
        """Make a database like the template, and give its name."""
        name = name or f"oryndau_clone_{os.getpid()}_{next(self._numbers)}"
        self._create(name, like=self.template)
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever still looks at it."""
        with self._administrator() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._databases.remove(name)

    def strike(self) -> None:
        """Take everything down; safe where nothing was started."""
        if self.cluster is None:
            for name in list(self._databases):
                self.drop(name)
        else:
            self.cluster.stop()
        if self.valkey is not None:
            self.valkey.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _create(self, name: str, *, like: str) -> None:
        owner, app = urlsplit(self.owner_url).username, urlsplit(self.app_url).username
        with self._administrator() as cursor:
            cursor.execute(
                f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY FILE_COPY OWNER {owner}"
            )
            cursor.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
            cursor.execute(f"GRANT CONNECT ON DATABASE {name} TO {owner}, {app}")
            cursor.execute("SELECT FROM pg_roles WHERE rolname = 'oryndau_reader'")
            if cursor.rowcount:
                cursor.execute(f"GRANT CONNECT ON DATABASE {name} TO oryndau_reader")
        self._databases.append(name)

    @contextmanager
    def _administrator(self) -> Iterator[Any]:
        address = self.owner_url
        if self.cluster is not None:
            address = self.cluster.dsn(postgres.SUPERUSER, "postgres")
        with connected(address) as cursor:
            yield cursor


@contextmanager
def connected(dsn: str) -> Iterator[Any]:
    """Give a cursor of a connection of its own, where each statement commits by itself."""
    connection = psycopg2.connect(dsn)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def throw_away_place() -> str:
    """Choose where servers keep what nobody will miss: in memory where it is roomy.

    A clone is hundreds of small files: in memory it is made in a twentieth of the time.
    """
    try:
        roomy = shutil.disk_usage(_MEMORY).free > _ROOM and os.access(_MEMORY, os.W_OK)
    except OSError:
        roomy = False
    return _MEMORY if roomy else "/tmp"


def _cluster(folder: Path, environ: Mapping[str, str]) -> Cluster:
    home = folder / "pg"
    home.mkdir(mode=0o711)
    programs = binaries.postgres_bin(environ)
    identity = postgres.whom_to_run_as()
    if identity is not None:
        programs = postgres.programs_for_nobody(programs)
    settings = {**UNSAFE_BUT_FAST, **_SHORT_LIVED, "max_connections": "200"}
    log = folder / "postgres.log"
    return Cluster(programs, home / "data", home / "s", log, identity, settings)


def _valkey(folder: Path, environ: Mapping[str, str]) -> Valkey:
    return Valkey(
        binaries.valkey_server(environ),
        data=folder / "valkey",
        socket=folder / "valkey.sock",
        log=folder / "valkey.log",
        keeps=False,
    )


def _with_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))

"""The cluster of the one-machine stack: its locale, its roles, and what it survives."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
from django.db import connection
from psycopg2 import errors

from embedded import CannotRun, holding, postgres, processes
from embedded.places import Places, places
from embedded.postgres import UNSAFE_BUT_FAST, Cluster
from embedded.servers import refuse_half_an_address
from tests.platform.database import FreshDatabase
from tests.platform.stage import connected, throw_away_place


@contextmanager
def short_var() -> Iterator[Path]:
    """Make a var folder with a path short enough for sockets, which root's servers can reach."""
    with tempfile.TemporaryDirectory(prefix="ory-", dir=throw_away_place()) as name:
        folder = Path(name)
        folder.chmod(0o711)
        (folder / "log").mkdir()
        yield folder


@pytest.fixture
def var() -> Iterator[Path]:
    """Give a var folder of the test's own."""
    with short_var() as folder:
        yield folder


@pytest.fixture(scope="module")
def own_cluster() -> Iterator[Cluster]:
    """Give a running cluster that these tests may kill, as long as it runs again afterwards."""
    with short_var() as folder:
        # Commits are awaited, as tests here look at what is left of them.
        cluster = postgres.cluster(Places(folder), {}, settings={"fsync": "off"})
        cluster.make()
        cluster.start()
        cluster.run_roles()
        yield cluster
        cluster.stop()


def test_the_cluster_knows_kazakh_letters_whatever_the_machine_speaks(own_cluster: Cluster) -> None:
    with connected(own_cluster.dsn("oryndau_app")) as cursor:
        cursor.execute("SELECT lower('ӘҒҚҢӨҰҮҺІ'), 'ҚАЗАҚ' ILIKE 'қазақ'")
        assert cursor.fetchone() == ("әғқңөұүһі", True)
        cursor.execute("SELECT pg_encoding_to_char(encoding), datlocale FROM pg_database")
        assert set(cursor.fetchall()) == {("UTF8", "C.UTF-8")}


def test_nothing_listens_on_the_network_and_the_socket_is_ours_alone(own_cluster: Cluster) -> None:
    assert own_cluster.psql("-c", "SHOW listen_addresses") == ""
    assert own_cluster.sockets.stat().st_mode & 0o077 == 0


def test_errors_are_logged_without_values_or_statements(own_cluster: Cluster) -> None:
    with connected(own_cluster.dsn("oryndau_owner")) as cursor:
        cursor.execute("CREATE TABLE person (iin text PRIMARY KEY)")
        cursor.execute("INSERT INTO person VALUES ('880101300123')")
        with pytest.raises(errors.UniqueViolation):
            cursor.execute("INSERT INTO person VALUES ('880101300123')")
    log = own_cluster.log.read_text(encoding="utf-8")
    assert "duplicate key" in log
    assert "880101300123" not in log


def test_roles_are_safe_to_make_again(own_cluster: Cluster) -> None:
    own_cluster.run_roles()
    own_cluster.run_roles()


def test_a_server_killed_with_its_children_recovers_what_was_committed(
    own_cluster: Cluster,
) -> None:
    with connected(own_cluster.dsn("oryndau_owner")) as cursor:
        cursor.execute("CREATE TABLE kept AS SELECT 42 AS n")
    assert own_cluster.server is not None
    os.kill(own_cluster.server.pid, signal.SIGKILL)
    own_cluster.server.wait()
    assert (own_cluster.data / "postmaster.pid").exists()

    own_cluster.start()
    with connected(own_cluster.dsn("oryndau_app")) as cursor:
        cursor.execute("SELECT n FROM kept")
        assert cursor.fetchone() == (42,)


def test_a_server_that_outlived_its_supervisor_is_ended_and_replaced(own_cluster: Cluster) -> None:
    first = own_cluster.server
    assert first is not None
    own_cluster.start()
    assert first.wait(1) is not None
    assert own_cluster.psql("-c", "SELECT 1") == "1"


def test_a_stale_pid_that_another_process_now_bears_is_forgotten(own_cluster: Cluster) -> None:
    own_cluster.stop()
    (own_cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n", encoding="ascii")
    own_cluster.start()
    assert own_cluster.psql("-c", "SELECT 1") == "1"


def test_a_cluster_half_made_is_made_anew(var: Path) -> None:
    cluster = postgres.cluster(Places(var), {}, settings=UNSAFE_BUT_FAST)
    half = cluster.data.with_name(f"{cluster.data.name}.making")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n", encoding="ascii")
    assert not cluster.is_made()
    cluster.make()
    assert cluster.is_made()


@pytest.mark.django_db
def test_tests_run_as_the_app_which_is_no_superuser_and_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls,"
            " (SELECT count(*) FROM pg_class WHERE relowner = pg_roles.oid)"
            " FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("oryndau_app", False, False, False, False, 0)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (n int)",
        "CREATE TEMPORARY TABLE mine (n int)",
        "ALTER TABLE django_migrations ADD COLUMN n int",
        "TRUNCATE django_migrations",
        "DROP TABLE django_migrations",
        "CREATE ROLE friend",
        "CREATE DATABASE mine",
        "SET ROLE oryndau_owner",
    ],
)
def test_the_app_changes_no_tables_roles_or_databases(
    fresh_database: FreshDatabase, statement: str
) -> None:
    with (
        connected(fresh_database.app_dsn) as cursor,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        cursor.execute(statement)


def test_the_reader_only_reads(fresh_database: FreshDatabase) -> None:
    dsn = fresh_database.app_dsn.replace("oryndau_app", "oryndau_reader")
    with connected(dsn) as cursor:
        cursor.execute("SELECT count(*) > 0 FROM django_migrations")
        assert cursor.fetchone() == (True,)
        cursor.execute("SET default_transaction_read_only = off")
        with pytest.raises(errors.InsufficientPrivilege):
            cursor.execute("DELETE FROM django_migrations")


def test_what_a_fresh_database_commits_is_gone_with_it(
    fresh_database: FreshDatabase, owner_cursor: psycopg2.extensions.cursor
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), current_user")
        assert cursor.fetchone() == (fresh_database.name, "oryndau_app")
    owner_cursor.execute("CREATE TABLE kept (n int)")
    with connected(fresh_database.app_dsn) as cursor:
        cursor.execute("INSERT INTO kept VALUES (1)")


def test_half_an_address_is_refused() -> None:
    with pytest.raises(CannotRun, match="DATABASE_OWNER_URL"):
        refuse_half_an_address({"DATABASE_URL": "postgresql://oryndau_app@db/oryndau"})


def test_one_process_holds_the_servers_and_the_kernel_lets_go(var: Path) -> None:
    where = places({"ORYNDAU_VAR": str(var)})
    hold = holding.take(where, what="manage.py sweep")
    assert hold is not None
    assert holding.take(where, what="make run") is None
    assert holding.holder(where) == holding.Holder(os.getpid(), "manage.py sweep")
    hold.release()
    again = holding.take(where, what="make run")
    assert again is not None
    again.release()


def test_sockets_move_where_their_path_fits(tmp_path: Path) -> None:
    for awkward in ("a folder with spaces", "x" * 90, "қалта"):
        sockets = Places(tmp_path / awkward).sockets
        assert len(os.fsencode(sockets)) < 50
        assert sockets == Places(tmp_path / awkward).sockets


def test_children_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    child = processes.start(["sleep", "60"], environ={"PATH": os.defpath}, folder=tmp_path)
    assert processes.is_alive(child.pid)
    processes.end(child, by=signal.SIGTERM, seconds=5)
    assert not processes.is_alive(child.pid)

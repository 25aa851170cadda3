"""The database is away, follows another one or is full: 503, and all is well again after."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

import pytest
from django.db import close_old_connections, connections
from django.http import HttpResponse
from django.test import Client

from tests.api.asking import Caller, problem
from tests.office import arrive, census, open_offices, paper, user
from tests.platform.database import FreshDatabase
from tests.platform.stage import Stage

#: As PostgreSQL says it: no room for another block of a table.
FULL: Final = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON {} FOR EACH ROW EXECUTE FUNCTION full_disk();
"""
ROOM: Final = "DROP FUNCTION full_disk() CASCADE"


class Office:
    """A court's system, a bailiff and whoever watches, each request as a server takes it."""

    def __init__(self) -> None:
        open_offices()
        self.court, self.desk = Caller(), Client(raise_request_exception=False)
        self.desk.force_login(user("bailiff.ala"))
        self.case = arrive().case_id

    def ask(self, request: Callable[[], HttpResponse]) -> HttpResponse:
        """One request: connections that died are given back before and after."""
        close_old_connections()
        answer = request()
        close_old_connections()
        return answer

    def health(self) -> dict[str, Any]:
        answer = self.ask(lambda: self.desk.get("/healthz"))
        return {"status": answer.status_code, **json.loads(answer.content)}

    def page(self) -> HttpResponse:
        return self.ask(lambda: self.desk.get(f"/cases/{self.case}"))

    def hand_in(self, number: int) -> HttpResponse:
        return self.ask(lambda: self.court.send(paper(number)))

    def is_well(self, number: int) -> None:
        """Everything answers."""
        assert self.health() == {"status": 200, "database": True, "redis": True}
        assert (self.page().status_code, self.hand_in(number).status_code) == (200, 201)

    def is_away(self) -> None:
        """What cannot be done now is said so, by API and page."""
        answer = self.hand_in(9)
        found = problem(answer)
        assert (answer.status_code, found["code"]) == (503, "unavailable")
        assert answer.headers["Retry-After"]
        page = self.page()
        assert page.status_code == 503
        assert 'data-page="error-503"' in page.content.decode()


@pytest.fixture
def office(fresh_database: FreshDatabase) -> Office:
    """Give the office, which is well."""
    found = Office()
    found.is_well(2)
    return found


def test_a_database_that_is_away_is_told_and_comes_back_by_itself(
    office: Office, fresh_database: FreshDatabase, stage: Stage
) -> None:
    name = fresh_database.name
    with stage._administrator() as cursor:
        cursor.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        office.is_away()
        assert office.health() == {"status": 503, "database": False, "redis": True}
        cursor.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    office.is_well(3)


def test_a_database_that_takes_no_writes_is_told(
    office: Office, fresh_database: FreshDatabase, stage: Stage
) -> None:
    with stage._administrator() as cursor:
        cursor.execute(f"ALTER DATABASE {fresh_database.name} SET default_transaction_read_only=on")
        connections.close_all()
        office.is_away()
        assert office.health() == {"status": 503, "database": False, "redis": True}
        cursor.execute(f"ALTER DATABASE {fresh_database.name} RESET default_transaction_read_only")
        connections.close_all()
    office.is_well(3)


def test_a_full_disk_keeps_nothing_by_halves(office: Office, owner_cursor: Any) -> None:
    before = census()
    owner_cursor.execute(FULL.format("journal_entry"))
    found = problem(office.hand_in(9))
    assert (found["status"], found["code"]) == (503, "unavailable")
    assert census() == before
    owner_cursor.execute(ROOM)
    owner_cursor.execute(FULL.format("django_session"))
    assert office.health() == {"status": 503, "database": False, "redis": True}
    owner_cursor.execute(ROOM)
    office.is_well(3)


def test_looking_after_the_office_leaves_nothing_behind(office: Office) -> None:
    before = census()
    for _ in range(3):
        assert office.health()["status"] == 200
    assert census() == before


@pytest.mark.parametrize(
    ("address", "shape"), [("/api/v1/cases/{}", "json"), ("/cases/{}", "html")]
)
def test_a_fault_of_ours_has_the_caller_s_shape_too(
    office: Office, owner_cursor: Any, address: str, shape: str
) -> None:
    owner_cursor.execute("ALTER TABLE enforcement_participant RENAME COLUMN city TO town")
    where = address.format(office.case)
    ask = office.court.client if shape == "json" else office.desk
    headers = office.court._headers({}) if shape == "json" else {}
    answer = office.ask(lambda: ask.get(where, headers=headers))
    assert answer.status_code == 500
    assert shape in answer.headers["Content-Type"]
    if shape == "json":
        assert problem(answer)["code"] == "broken"

"""Offices, people and documents for tests: invented, and made by the product's own doors.

Days are fixed: what happens on DAY stays in the past, however late the tests are run.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

import clock
from accounts.models import ApiToken, Membership, Office, User
from enforcement.core.card import VERBS
from enforcement.core.http_status import status_of
from enforcement.management.commands import demo_office
from enforcement.models import Presentation
from law.refusal import Refusal
from tests import arriving as intake

EXAMPLES = json.loads(
    (Path(__file__).parent / "examples" / "executive-documents.json").read_text(encoding="utf-8")
)
DOCUMENTS = {paper["ref"]: paper for paper in EXAMPLES["documents"]}
#: What an example says about a paper besides the paper.
ABOUT = ("expect", "why", "received_on")

#: A Tuesday; the three days of most duties end on Friday the 13th.
DAY = date(2026, 3, 10)
NEXT = DAY + timedelta(days=1)

#: Who holds a role in the office ALA, and who knows the papers of its courts.
HOLDERS = {
    "clerk": "clerk",
    "registrar": "registrar.ala",
    "bailiff": "bailiff.ala",
    "senior_bailiff": "senior.ala",
    "head": "head.ala",
    "prosecutor": "prosecutor.ala",
    "auditor": "auditor.ala",
    "administrator": "administrator",
}
#: By which verdict and verb each state of a presentation is reached.
WAYS = {
    "received": ("accept", ""),
    "returned_defective": ("defective", "return_defective"),
    "refused_late": ("late", "refuse_late"),
    "sent_on": ("wrong_territory", "send_on"),
    "already_received": ("already_received", "record_already_received"),
    "admitted": ("accept", "initiate"),
}
#: What makes of a sound paper one with another verdict.
FAULTS: dict[str, dict[str, Any]] = {
    "accept": {},
    "defective": {"operative": ""},
    "late": {"decision_on": "2021-01-11", "in_force_on": "2021-02-11", "issued_on": "2021-02-12"},
    "wrong_territory": {"debtor": {"city": "Тараз"}},
}


def open_offices() -> None:
    """Fill a database with the demo's offices and people, who have no passwords."""
    data = json.loads(demo_office.DEMO.read_text(encoding="utf-8"))
    demo_office.fill({**data, "arrivals": []})


@pytest.fixture
def offices(db: None) -> Iterator[None]:
    """Give a test the demo's offices and people; what it leaves must be fit to be committed.

    They are open in the database every test of a worker shares (platform/database.py).
    """
    yield
    settle()


@pytest.fixture
def set_clock() -> Iterator[Callable[[date], None]]:
    """Give a way to make it noon of a day; afterwards time is real again."""
    yield lambda day: clock.set_to(datetime.combine(day, time(12), clock.ALMATY))
    clock.reset()


def settle() -> None:
    """Let every guard that waits for the commit speak now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def refused_by_the_database(words: str) -> Iterator[None]:
    """Expect a guard of the database to refuse what is done inside, at once or at the commit."""
    with pytest.raises(IntegrityError, match=words), _as_if_committed():
        yield


@contextmanager
def _as_if_committed() -> Iterator[None]:
    with transaction.atomic():
        yield
        settle()


def user(login: str) -> User:
    """A person of the demo, read anew."""
    return User.objects.get(login=login)


def appoint(login: str, role: str, office: str, *, since: date, until: date | None = None) -> User:
    """Give somebody, known or new, a role in an office from `since` to the day before `until`."""
    person = User.objects.filter(login=login).first() or User.objects.create_user(
        login, None, full_name="Мысалов Сынақ Үлгіұлы"
    )
    Membership.objects.create(
        user=person, office=Office.objects.get(code=office), role=role, since=since, until=until
    )
    return person


def token(login: str = "court.system", **limits: Any) -> str:
    """A new secret of somebody's, for the API."""
    # Used a moment ago: nothing is kept of its next use.
    return ApiToken.issue(user(login), name="test", used_at=timezone.now(), **limits)[1]


def example(ref: str) -> dict[str, Any]:
    """An example document as it is handed in."""
    return {key: copy.deepcopy(value) for key, value in DOCUMENTS[ref].items() if key not in ABOUT}


def received_on(ref: str) -> date:
    """The day an example arrives."""
    return date.fromisoformat(DOCUMENTS[ref]["received_on"])


def paper(number: int | str = 1, *, verdict: str = "accept", **changes: Any) -> dict[str, Any]:
    """A document of its own, sound or with what gives it another verdict on DAY.

    `claimant` and `debtor` change fields of the first claimant and debtor; None takes one out.
    """
    changes = {"ref": f"T-{number}", "case_number": f"7514-26-00-2/{number}"} | changes
    found = example("01")
    for name, value in (FAULTS[verdict] | changes).items():
        if name in ("claimant", "debtor"):
            found[f"{name}s"][0].update(value)
        elif value is None:
            found.pop(name, None)
        else:
            found[name] = value
    return found


def receive(
    data: dict[str, Any], *, on: date = DAY, by: str | User = "court.system"
) -> Presentation:
    """Hand a document in, as the courts' system unless told; applied for no later than it came."""
    person = user(by) if isinstance(by, str) else by
    applied = data.get("application") or {}
    if applied.get("on", "") > f"{on}":
        data = {**data, "application": {**applied, "on": f"{on}"}}
    return intake.receive(data, on=on, by=person).presentation


def arrive(verdict: str = "accept", number: int | str = 1, *, on: date = DAY) -> Presentation:
    """An arrival at ALA with this verdict; for `already_received` its first copy comes before."""
    if verdict == "already_received":
        receive(paper(number), on=on)
        return receive(paper(number, ref=f"T-{number}-again"), on=on)
    return receive(paper(number, verdict=verdict), on=on)


def act(
    presentation: Presentation,
    verb: str,
    *,
    on: date = NEXT,
    by: str = "bailiff.ala",
    **asked: Any,
) -> Any:
    """Take a step of intake."""
    return VERBS[verb](presentation, on=on, by=user(by), **asked)


def reach(state: str, number: int | str = 1) -> Presentation:
    """An arrival at ALA brought to a state by the verbs that lead there."""
    verdict, verb = WAYS[state]
    presentation = arrive(verdict, number)
    if verb:
        act(presentation, verb)
    return afresh(presentation)


def afresh(presentation: Presentation) -> Presentation:
    """The presentation as it stands in the database."""
    return Presentation.objects.select_related("case__stream").get(pk=presentation.pk)


@contextmanager
def refused(code: str, *, status: int) -> Iterator[pytest.ExceptionInfo[Refusal]]:
    """Expect a refusal that leaves every table of the database as it was."""
    before = census()
    with pytest.raises(Refusal) as found:
        yield found
    assert (found.value.code, status_of(found.value)) == (code, status)
    assert census() == before, "a refusal left something behind"


def lines(presentation: Presentation) -> list[tuple[str, str]]:
    """The journal of its case: what happened and on what day."""
    entries = presentation.case.stream.entries.order_by("seq")
    return [(entry.kind, entry.on.isoformat()) for entry in entries]


def terms(presentation: Presentation) -> dict[str, tuple[str | None, str]]:
    """The terms of the presentation's case: rule -> last day, status."""
    rows = presentation.case.stream.deadlines.order_by("started_by", "rule")
    return {row.rule: (row.due_on and row.due_on.isoformat(), row.status) for row in rows}


@cache
def _counted() -> str:
    """The query of the census; every database of a session has the same tables."""
    ignored = {"django_session", "django_migrations"}
    names = [name for name in connection.introspection.table_names() if name not in ignored]
    each = "SELECT '{0}', count(*), md5(string_agg(ctid::text || xmin, ' ' ORDER BY ctid))"
    return " UNION ALL ".join(f"{each} FROM {{0}}".format(name) for name in names)


def census() -> dict[str, tuple[int, str]]:
    """Every table's number of rows and which versions of them stand: equal means untouched, and a
    row that was written anew as it was is not equal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_prepared_statements WHERE name = 'census'")
        if not cursor.rowcount:
            cursor.execute(f"PREPARE census AS {_counted()}")
        cursor.execute("EXECUTE census")
        return {name: (rows, digest) for name, rows, digest in cursor.fetchall()}


def claimants_of(proceeding: Any = None) -> str:
    """Everybody who has to sign what ends the recovery."""
    if proceeding is None:
        return "; ".join(each.get("name_kk") or each["name"] for each in paper()["claimants"])
    own = proceeding.presentation.participants.filter(role="claimant").order_by("position")
    return "; ".join(own.values_list("name_kk", flat=True))

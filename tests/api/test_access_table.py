"""Who may do what by API: operation x role x what is his own, another's, or not there at all.

A new operation fails until its row stands here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import ROLES, ApiToken
from documents.models import Paper
from enforcement.models import Case, Measure, Proceeding, Submission
from tests.api.asking import Caller
from tests.api.described import operations
from tests.course import do, later
from tests.office import DAY, HOLDERS, NEXT, act, appoint, open_offices, paper, receive, user
from tests.platform.database import FreshDatabase

#: A court's own system; the demo's clerk hands in for every court.
CLERK: Final = "court.eco"
CALLERS: Final = {**HOLDERS, "clerk": CLERK, "nobody": "", "expired": "registrar.ala"}
OFFICE: Final = ("registrar", "bailiff", "senior_bailiff", "head")
ABSENT: Final = (404, 404, 404)
REFUSED: Final = (403, 403, 403)
SHUT: Final = (401, 401, 401)
SEES, SEEN, UNSEEN = (200, 404, 404), ("own", "", ""), ("", "", "")

WHOSE: Final = ("own", "other", "none")

Row = dict[str, tuple[Any, Any, Any]]


def row(default: tuple[Any, Any, Any], **told: tuple[Any, Any, Any]) -> Row:
    """What each role gets, where none is named the default; without a token that holds nothing."""
    found = {role: told.get(role, default) for role in ROLES}
    return {**found, "nobody": SHUT, "expired": SHUT}


CASES: Final = row(SEES, administrator=ABSENT)
FREEZE: Final = row(SEES, clerk=ABSENT, administrator=ABSENT)
DECIDE: Final = row((403, 404, 404), clerk=ABSENT, prosecutor=SEES, administrator=ABSENT)
HAND_IN: Final = row(REFUSED, **dict.fromkeys((*OFFICE, "clerk"), (201, 403, 422)))
CHECK: Final = row(REFUSED, **dict.fromkeys((*OFFICE, "clerk"), (200, 403, 422)))
FOUND: Final = row(SEEN, administrator=UNSEEN)


def told(status: int) -> Row:
    """The prosecutor acts himself, or his office records what came from him."""
    able = dict.fromkeys((*OFFICE, "prosecutor"), (status, 404, 404))
    return {**able, "clerk": ABSENT, "administrator": ABSENT}


TABLE: Final[dict[str, Row]] = {
    "POST /executive-documents": HAND_IN,
    "POST /executive-documents/check": CHECK,
    "POST /executive-documents/find": FOUND,
    "GET /cases/{case_id}": CASES,
    "GET /cases/{case_id}/journal": CASES,
    "GET /cases/{case_id}/deadlines": CASES,
    "GET /cases/{case_id}/papers": CASES,
    "GET /papers/{paper_id}.pdf": CASES,
    "GET /papers": row(UNSEEN, clerk=SEEN),
    "GET /changes": FOUND,
    "GET /sanctions": row(SEEN, clerk=UNSEEN, administrator=UNSEEN),
    "GET /sanctions/{measure_id}": FREEZE,
    "POST /sanctions/{measure_id}/grant": DECIDE,
    "POST /sanctions/{measure_id}/refuse": DECIDE,
    "GET /supervision": row(SEEN, clerk=UNSEEN, administrator=UNSEEN),
    "GET /supervision/{supervision_id}": FREEZE,
    "POST /supervision": row((403, 404, 404), **told(201)),
    "POST /supervision/{supervision_id}/return": row((403, 404, 404), **told(200)),
}


def test_every_operation_has_a_row_for_every_role() -> None:
    told = {f"{m} {address.removeprefix('/api/v1')}" for m, address, _told in operations()}
    assert set(TABLE) == told, "a new operation needs a row, and a row an operation"
    for operation, roles in TABLE.items():
        assert set(roles) == set(CALLERS), operation


class World:
    """A case of one's own and one of others, with freezes and acts of supervision."""

    def __init__(self) -> None:
        appoint(CLERK, "clerk", "ALA-ECO", since=DAY - timedelta(days=400))
        self.of = {
            "own": ("bailiff.ala", "prosecutor.ala", {"issuer": "ALA-ECO", "office": "ALA"}),
            "other": (
                "bailiff.trz",
                "prosecutor.trz",
                {"issuer": "TRZ-CIV", "office": "TRZ", "debtor": {"city": "Тараз"}},
            ),
        }
        self.cases = {whose: self._begun(whose) for whose in self.of}
        self.freezes = {whose: self._freeze(whose) for whose in self.of}
        self.files = {whose: self._file(whose) for whose in self.of}
        self.returned = {whose: self._returned(whose) for whose in self.of}
        self.number = 0

    def _begun(self, whose: str) -> Proceeding:
        bailiff, _prosecutor, told = self.of[whose]
        arrival = receive(paper(whose, **told))
        act(arrival, "initiate", by=bailiff)
        return Proceeding.objects.get(presentation=arrival)

    def _returned(self, whose: str) -> Case:
        """A case in which a paper goes to the court."""
        bailiff, _prosecutor, told = self.of[whose]
        arrival = receive(paper(f"{whose} back", operative="", **told))
        act(arrival, "return_defective", by=bailiff)
        return arrival.case

    def _freeze(self, whose: str) -> Measure:
        made: Measure = do(self.cases[whose], "request_freeze", by=self.of[whose][0])
        return made

    def _file(self, whose: str) -> Submission:
        told = {"what": "prosecutor_check", "text": "Тексеру", "told": {"number": whose}}
        told |= {"answer_by": later(5), "by": self.of[whose][1]}
        made: Submission = do(self.cases[whose].presentation, "supervise", **told)
        return made

    def keys(self, whose: str) -> dict[str, Any]:
        """What stands in an address for what is his own, another's, nowhere."""
        if whose == "none":
            names = ("case_id", "measure_id", "supervision_id", "paper_id")
            return {name: uuid4() for name in names}
        case = self.cases[whose].case
        papers = Paper.objects.filter(entry__stream=case.stream_id)
        return {
            "case_id": case.pk,
            "measure_id": self.freezes[whose].pk,
            "supervision_id": self.files[whose].pk,
            "paper_id": papers.order_by("number")[0].pk,
        }

    def body(self, operation: str, whose: str) -> Any:
        """What is sent: a new paper of his own court, of another's, for no office."""
        self.number += 1
        if "find" in operation:
            return {"ref": {"own": "T-own", "other": "T-other", "none": "T-none"}[whose]}
        if "executive-documents" in operation:
            told = self.of[whose][2] if whose in self.of else {"office": "QQQ"}
            return paper(f"{operation} {self.number}"[-30:], application=None, **told)
        if operation == "POST /supervision":
            told = {"number": f"{self.number}", "watched_over": "uniform"}
            about = {"what": "prosecutor_demand", "text": "Талап", "told": told}
            case = str(self.keys(whose)["case_id"])
            return {**about, "case": case, "answer_by": later(5).isoformat()}
        if "refuse" in operation:
            return {"reason": "Негізі жоқ"}
        return {"number": f"С-{self.number}"} if "grant" in operation else {"note": "Ескерту жоқ"}

    def outcome(self, caller: Caller, operation: str, whose: str) -> Any:
        """How he is answered: a status, or in a list which rows he is shown."""
        method, address = operation.split(" ")
        path = address.format(**self.keys(whose))
        query = "?limit=500" if path in ("/papers", "/changes", "/sanctions") else ""
        answer = (
            caller.get(path + query)
            if method == "GET"
            else caller.post(path, self.body(operation, whose))
        )
        lists = ("/papers", "/changes", "/sanctions", "/supervision", "/executive-documents/find")
        if address not in lists or answer.status_code != 200 or operation == "POST /supervision":
            return answer.status_code
        rows = answer.json().get("results", answer.json().get("changes"))
        case = self.keys(whose)["case_id"]
        if path == "/papers" and whose in self.returned:
            case = self.returned[whose].pk
        wanted = str(case)
        return whose if any(each["case"] == wanted for each in rows) else ""


#: What is told only of transactions that have ended.
SETTLED: Final = "GET /changes"


def test_each_role_gets_what_the_table_says(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    world = World()
    set_clock(NEXT)
    for operation in TABLE:
        if operation != SETTLED:
            assert (operation, answers(world, operation)) == (operation, TABLE[operation])


def test_each_role_follows_what_the_table_says(
    fresh_database: FreshDatabase, set_clock: Callable[[date], None]
) -> None:
    open_offices()
    world = World()
    set_clock(NEXT)
    assert answers(world, SETTLED) == TABLE[SETTLED]


def answers(world: World, operation: str) -> dict[str, tuple[Any, ...]]:
    """What every role gets for its own, another's, what is not there; nothing of it stays."""
    found: dict[str, tuple[Any, ...]] = {}
    for role, login in CALLERS.items():
        with transaction.atomic():
            caller = Caller(login)
            if role == "expired":
                ApiToken.objects.filter(user=user(login)).update(expires_at=timezone.now())
            found[role] = tuple(world.outcome(caller, operation, whose) for whose in WHOSE)
            transaction.set_rollback(True)
    return found

"""A court's system looks before it hands in, finds what it handed in, reads papers, follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from enforcement.models import Presentation
from journal.models import Reading
from tests.api.asking import Caller, problem
from tests.api.test_words import leftovers
from tests.course import do, initiated
from tests.office import (
    DAY,
    FAULTS,
    NEXT,
    act,
    appoint,
    arrive,
    census,
    open_offices,
    paper,
    receive,
    user,
)
from tests.platform.database import FreshDatabase


@pytest.fixture
def court(offices: None, set_clock: Callable[[date], None]) -> Caller:
    """The courts' system, on DAY."""
    set_clock(DAY)
    return Caller()


def check(court: Caller, body: Any) -> Any:
    return court.post("/executive-documents/check", body)


def find(court: Caller, **by: Any) -> list[str]:
    answer = court.post("/executive-documents/find", by)
    assert answer.status_code == 200, answer.content
    return [each["ref"] for each in answer.json()["results"]]


# --- Looked at before ---------------------------------------------------------------------------


@pytest.mark.parametrize("verdict", FAULTS)
def test_what_is_looked_at_is_told_as_it_would_be_and_kept_nowhere(
    court: Caller, verdict: str
) -> None:
    before = census()
    looked_at = check(court, paper(verdict=verdict)).json()
    assert census() == before
    receipt = court.send(paper(verdict=verdict)).json()
    assert (looked_at["would"], looked_at["verdict"]) == ("register", receipt["verdict"])
    rows = [{**term, "scope": "presentation"} for term in receipt["deadlines"]]
    assert looked_at["deadlines"] == rows
    assert receipt["number"] == "ALA-2026-00001", "no number was used up"
    assert check(court, paper(verdict=verdict)).json()["would"] == "repeat"


REFUSED: dict[str, tuple[dict[str, Any], int, str]] = {
    "a wrong number": ({"debtor": {"iin": "850314300123"}}, 422, "invalid"),
    "no such office": ({"office": "QQQ"}, 422, "invalid"),
    "a key that is taken": ({"operative": "Басқа мәтін."}, 409, "ref_taken"),
}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("why", REFUSED)
def test_what_would_be_refused_is_refused_when_looked_at(
    court: Caller, why: str, language: str
) -> None:
    changes, status, code = REFUSED[why]
    court.send(paper())
    before = census()
    caller = Caller(language=language)
    looked_at, sent = check(caller, paper(**changes)), caller.send(paper(**changes))
    assert (looked_at.status_code, problem(looked_at)["code"]) == (status, code)
    assert problem(looked_at) == problem(sent)
    assert {k: v for k, v in census().items() if v != before[k]}.keys() <= {"accounts_apitoken"}
    assert language == "en" or leftovers(problem(looked_at)) == []


# --- Found --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "wanted"),
    [
        ({"ref": "T-1"}, ["T-1"]),
        ({"ref": "t-1"}, []),
        ({"number": "ALA-2026-00001"}, ["T-1"]),
        ({"number": "ala-2026-1"}, ["T-1"]),
        ({"number": "№ 7514-26-00-2/2"}, ["T-2"]),
        ({"number": "ALA-2026-99999"}, []),
        ({"identifier": "850314300122"}, ["T-1", "T-2"]),
        ({"identifier": "850314 300122"}, ["T-1", "T-2"]),
        ({"identifier": "940640001014"}, []),  # the claimant's
    ],
    ids=repr,
)
def test_a_document_is_found_by_its_key_a_number_or_the_debtor(
    court: Caller, by: dict[str, str], wanted: list[str]
) -> None:
    for number in (1, 2):
        receive(paper(number))
    assert sorted(find(court, **by)) == wanted
    noted = Reading.objects.filter(what="found", user=user("court.system"))
    assert noted.count() == len(wanted)


def test_a_court_finds_nothing_of_another(court: Caller) -> None:
    receive(paper(1, issuer="ALA-ECO"))
    receive(paper(2, issuer="ALA-BOS"))
    appoint("court.eco", "clerk", "ALA-ECO", since=DAY)
    own = Caller("court.eco")
    assert find(own, identifier="850314300122") == ["T-1"]
    assert find(own, ref="T-2") == []
    assert sorted(find(Caller("auditor.ala"), identifier="850314300122")) == ["T-1", "T-2"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "ref", "one_of_these"),
        ({"ref": "T-1", "number": "1"}, "number", "one_of_these"),
        ({"ref": 5}, "ref", "format"),
        ({"ref": "a\x00b"}, "ref", "format"),
        ({"ref": " "}, "ref", "format"),
        ({"ref": "x" * 65}, "ref", "too_long"),
        ({"identifier": "850314300123"}, "identifier", "check_digit"),
        ({"identifier": "85031430"}, "identifier", "format"),
        ({"name": "Ахметов"}, "name", "unknown_field"),
        ({"ref": "T-1", "after": "x"}, "after", "unknown"),
    ],
    ids=repr,
)
def test_what_cannot_be_looked_for_is_refused(
    court: Caller, body: dict[str, Any], field: str, code: str, language: str
) -> None:
    found = problem(Caller(language=language).post("/executive-documents/find", body))
    assert found["status"] == 422
    assert (field, code) in {(each["field"], each["code"]) for each in found["errors"]}
    assert language == "en" or "name" in body or leftovers(found) == []


def test_what_is_found_comes_page_by_page(court: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enforcement.facts.pagination.PAGE", 2)
    for number in range(5):
        receive(paper(number))
    seen, after = [], ""
    while after is not None:
        body = {"identifier": "850314300122", "after": after}
        page = court.post("/executive-documents/find", body).json()
        seen += [each["ref"] for each in page["results"]]
        after = page["next"]
    assert sorted(seen) == [f"T-{number}" for number in range(5)]


# --- Papers -------------------------------------------------------------------------------------


def test_the_papers_addressed_to_a_court_are_listed_and_read(
    court: Caller, set_clock: Callable[[date], None]
) -> None:
    returned = arrive("defective")
    set_clock(NEXT)
    act(returned, "return_defective")
    initiated(2)
    [row] = court.get("/papers").json()["results"]
    assert (row["case"], row["kind"]) == (str(returned.case_id), "return_defective")
    assert row["void"] is False
    line = court.get(f"/cases/{returned.case_id}/journal").json()["entries"][row["line"] - 1]
    assert line["papers"] == [{"id": row["id"], "kind": row["kind"], "number": row["number"]}]
    assert court.get(f"/papers/{row['id']}.pdf").content.startswith(b"%PDF")
    titles = {lang: Caller(language=lang).get("/papers").json() for lang in ("kk", "ru")}
    assert titles["kk"]["results"][0]["title"] != titles["ru"]["results"][0]["title"]
    assert Caller("bailiff.ala").get("/papers").json()["results"] == []


def test_a_paper_of_what_was_begun_by_mistake_is_void(offices: None) -> None:
    proceeding = initiated()
    line = proceeding.case.stream.entries.get(kind="initiated")
    address = f"/cases/{proceeding.case_id}/papers"
    before = Caller().get(address).json()["results"]
    assert [each["void"] for each in before] == [False] * len(before)
    mistaken = {"line": line.seq, "authority": "senior", "reason": "Қате қозғалған"}
    do(proceeding, "correct", by="senior.ala", **mistaken)
    after = {each["id"]: each["void"] for each in Caller().get(address).json()["results"]}
    assert all(after[each["id"]] for each in before if each["kind"] == "initiate")


# --- Followed -----------------------------------------------------------------------------------


def test_what_happens_is_followed_by_a_cursor_without_a_gap(
    fresh_database: FreshDatabase, set_clock: Callable[[date], None]
) -> None:
    open_offices()
    court, after, seen = Caller(), "", []

    def follow() -> list[tuple[str, str]]:
        nonlocal after
        told: list[tuple[str, str]] = []
        more = True
        while more:
            page = court.get(f"/changes?limit=1&after={after}").json()
            told += [(each["number"], each["kind"]) for each in page["changes"]]
            more, after = page["more"], page["next"]
        return told

    first = arrive("defective")
    set_clock(NEXT)
    assert follow() == [(first.case.label, "received")]
    act(first, "return_defective")
    receive(paper(2))
    seen = follow()
    assert seen == [(first.case.label, "returned_defective"), ("ALA-2026-00002", "received")]
    assert follow() == []
    page = court.get("/changes?limit=500").json()
    assert len(page["changes"]) == 3
    assert page["changes"][1]["papers"][0]["kind"] == "return_defective"
    assert Caller("head.trz").get("/changes").json()["changes"] == []
    assert Presentation.objects.count() == 2


def test_a_court_does_not_know_of_a_freeze_before_the_bank_does(
    fresh_database: FreshDatabase, set_clock: Callable[[date], None]
) -> None:
    open_offices()
    measure = do(initiated(), "request_freeze")
    do(measure, "grant_sanction", by="prosecutor.ala")
    set_clock(NEXT)
    address = f"/cases/{measure.case_id}/journal"
    hidden = {"freeze_requested", "sanction_granted"}

    def kinds(login: str) -> tuple[set[str], set[str]]:
        caller = Caller(login)
        lines = caller.get(address).json()["entries"]
        assert all(a["hash"] == b["prev"] for a, b in pairwise(lines))
        changes = caller.get("/changes").json()["changes"]
        return {each["kind"] for each in lines}, {each["kind"] for each in changes}

    told, followed = kinds("court.system")
    assert not hidden & (told | followed)
    assert "withheld" in told
    assert all(hidden <= each for each in kinds("bailiff.ala"))
    do(measure, "serve_freeze")
    assert all(hidden <= each for each in kinds("court.system"))


@pytest.mark.parametrize("query", ["after=x", "after=1", "after=1_x", "after=-1_0", "limit=501"])
def test_a_cursor_that_is_none_is_refused(offices: None, query: str) -> None:
    for path in ("/changes", "/papers"):
        answer = Caller().get(f"{path}?{query}")
        assert (path, answer.status_code, problem(answer)["code"]) == (path, 422, "invalid")

"""Reading a case by the API: what is there, for whom, and that each reading is noted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest

from enforcement.models import Presentation
from journal import actions as journal
from journal.models import Entry, Reading, Stream
from tests.api.asking import Caller, problem
from tests.office import DAY, NEXT, act, appoint, arrive, census, paper, receive

VIEWS = ["", "/journal", "/deadlines"]


@pytest.fixture
def returned(offices: None, set_clock: Callable[[date], None]) -> Presentation:
    """A paper that ALA returned, on the day after."""
    presentation = arrive("defective")
    act(presentation, "return_defective")
    set_clock(NEXT)
    return presentation


def at(presentation: Presentation, view: str = "", query: str = "") -> str:
    """The address of a view of its case."""
    return f"/cases/{presentation.case_id}{view}{query}"


def test_a_case_with_its_arrivals_parties_debts_and_terms(returned: Presentation) -> None:
    answer = Caller(language="kk").get(at(returned))
    found = answer.json()
    stream = Stream.objects.get(pk=returned.case.stream_id)
    assert answer["ETag"].startswith(f'"{stream.head_hash}.')
    assert {key: found[key] for key in ("id", "number", "office", "rule_set", "opened_on")} == {
        "id": str(returned.case_id),
        "number": "ALA-2026-00001",
        "office": "ALA",
        "rule_set": "lecture",
        "opened_on": "2026-03-10",
    }
    assert found["head"] == stream.head_hash
    (arrival,) = found["presentations"]
    assert (arrival["id"], arrival["state"]) == (str(returned.pk), "returned_defective")
    assert arrival["verdict"]["missing"] == ["WRIT-CONT-03"]
    assert arrival["participants"] == [
        {"role": "claimant", "name": "«Үлгі Банкі» АҚ", "identifier": "940640001014"},
        {"role": "debtor", "name": "Ахметов Серік Болатұлы", "identifier": "850314300122"},
    ]
    assert arrival["debts"] == [
        {
            "amount": "1900659.00",
            "indexed": "0.00",
            "method": "",
            "joint": False,
            "act": "",
            "periodic": None,
            "out_of_time": False,
            "arrears": None,
            "months": [],
        }
    ]
    terms = {term["rule"]: (term["due_on"], term["status"]) for term in found["deadlines"]}
    assert terms == {
        "TERM-DEFECT-3D": ("2026-03-13", "met"),
        "TERM-COMPLAINT-10D": ("2026-03-26", "running"),
    }


def test_names_are_in_the_reader_s_language(returned: Presentation) -> None:
    claimant = {
        language: Caller(language=language)
        .get(at(returned))
        .json()["presentations"][0]["participants"][0]["name"]
        for language in ("kk", "ru")
    }
    assert claimant == {"kk": "«Үлгі Банкі» АҚ", "ru": "АО «Үлгі Банкі»"}


def test_the_journal_can_be_followed_from_hash_to_hash(returned: Presentation) -> None:
    found = Caller().get(at(returned, "/journal")).json()
    assert found["next"] is None
    entries = found["entries"]
    assert [(e["seq"], e["kind"], e["on"], e["state_after"]) for e in entries] == [
        (1, "received", "2026-03-10", "received"),
        (2, "returned_defective", "2026-03-11", "returned_defective"),
    ]
    assert entries[1]["prev"] == entries[0]["hash"]
    assert all(datetime.fromisoformat(entry["recorded_at"]).tzinfo for entry in entries)
    papers = entries[1]["body"]["papers"]
    assert [(each["kind"], each["number"]) for each in papers] == [("return_defective", "1/2026")]


@pytest.mark.parametrize(
    ("after", "seqs"),
    [("1", [2]), ("2", []), ("9" * 18, []), ("", [1, 2]), ("0", [1, 2])],
)
def test_the_journal_goes_on_after_a_line(
    returned: Presentation, after: str, seqs: list[int]
) -> None:
    answer = Caller().get(at(returned, "/journal", f"?after={after}"))
    assert answer.status_code == 200
    assert [entry["seq"] for entry in answer.json()["entries"]] == seqs


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "%C2%B2", "9" * 5000, "%D9%A1", "%00"])
def test_what_is_no_line_to_go_on_after_is_refused(returned: Presentation, after: str) -> None:
    answer = Caller().get(at(returned, "/journal", f"?after={after}"))
    assert (answer.status_code, problem(answer)["code"]) == (422, "invalid")


def test_a_long_journal_comes_in_pages(returned: Presentation) -> None:
    for _ in range(250):
        journal.record(returned.case.stream, "attached", on=NEXT, by=None)
    caller, seen, after = Caller(), [], 0
    while after is not None:
        page = caller.get(at(returned, "/journal", f"?after={after}")).json()
        seen += [entry["seq"] for entry in page["entries"]]
        after = page["next"]
    assert seen == list(range(1, 253))


@pytest.mark.rule("TERM-DEFECT-3D")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_date_is_explained_row_by_row(returned: Presentation, language: str) -> None:
    caller = Caller(language=language)
    plain = caller.get(at(returned, "/deadlines")).json()["deadlines"]
    assert all("steps" not in term for term in plain)
    explained = caller.get(at(returned, "/deadlines", "?explain=1")).json()["deadlines"]
    term = next(each for each in explained if each["rule"] == "TERM-DEFECT-3D")
    assert [(step["on"], step["kind"]) for step in term["steps"]] == [
        ("2026-03-10", "start"),
        *((f"2026-03-{day}", "counted") for day in (11, 12, 13)),
        ("2026-03-13", "due"),
    ]
    assert sum(step["n"] for step in term["steps"]) == 3
    assert all(step["why"] for step in term["steps"])


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_paper_is_the_very_bytes_the_journal_vouches_for(
    returned: Presentation, language: str
) -> None:
    entry = Entry.objects.get(kind="returned_defective")
    paper_id = entry.papers.get().pk
    query = f"?lang={language}" if language != "kk" else ""
    answer = Caller().get(f"/papers/{paper_id}.pdf{query}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    digest = hashlib.sha256(answer.content).hexdigest()
    assert digest == entry.facts["papers"][0]["digests"][language]
    assert f"1-2026-{language}.pdf" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("query", ["?lang=en", "?lang=xx", "?lang="])
def test_a_paper_in_another_language_does_not_exist(returned: Presentation, query: str) -> None:
    paper_id = Entry.objects.get(kind="returned_defective").papers.get().pk
    answer = Caller().get(f"/papers/{paper_id}.pdf{query}")
    assert (answer.status_code, problem(answer)["code"]) == (422, "invalid")


@pytest.mark.parametrize("view", ["?x=1", "/journal?afte=1", "/deadlines?explain=banana"])
def test_a_parameter_that_an_address_does_not_know_is_refused(
    returned: Presentation, view: str
) -> None:
    answer = Caller("auditor.ala").get(at(returned, view))
    assert (answer.status_code, problem(answer)["code"]) == (422, "invalid")


@pytest.mark.parametrize(
    ("view", "what"), [("", "case"), ("/journal", "journal"), ("/deadlines", "deadlines")]
)
def test_every_reading_of_a_case_is_noted(returned: Presentation, view: str, what: str) -> None:
    caller = Caller("auditor.ala")
    before = census()
    assert caller.get(at(returned, view)).status_code == 200
    noted = Reading.objects.get()
    assert (noted.user.login, noted.stream_id, noted.what) == (
        "auditor.ala",
        returned.case.stream_id,
        what,
    )
    changed = {name for name, state in census().items() if state != before[name]}
    assert changed == {"journal_reading"}


def test_the_reading_of_a_paper_is_noted(returned: Presentation) -> None:
    paper_id = Entry.objects.get(kind="returned_defective").papers.get().pk
    Caller("prosecutor.ala").get(f"/papers/{paper_id}.pdf")
    assert [(each.user.login, each.what) for each in Reading.objects.all()] == [
        ("prosecutor.ala", "paper")
    ]


STRANGERS = ["bailiff.trz", "head.trz", "prosecutor.trz", "administrator"]


@pytest.mark.parametrize("login", STRANGERS)
def test_another_office_s_case_is_as_absent_as_one_that_never_was(
    returned: Presentation, login: str
) -> None:
    caller = Caller(login)
    paper_id = Entry.objects.get(kind="returned_defective").papers.get().pk
    there = [*(f"/cases/{returned.case_id}{view}" for view in VIEWS), f"/papers/{paper_id}.pdf"]
    nowhere = [*(f"/cases/{uuid4()}{view}" for view in VIEWS), f"/papers/{uuid4()}.pdf"]
    for seen, unseen in zip(there, nowhere, strict=True):
        found, absent = caller.get(seen), caller.get(unseen)
        assert found.status_code == 404
        assert found.content == absent.content
        assert dict(found.headers) == dict(absent.headers)
    assert not Reading.objects.exists()


def test_a_court_reads_what_it_handed_in_and_nothing_else(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    own = receive(paper(1, issuer="ALA-ECO"))
    other = receive(paper(2))
    appoint("court.eco", "clerk", "ALA-ECO", since=DAY)
    set_clock(NEXT)
    caller = Caller("court.eco")
    asked: dict[str, Any] = {"own": own, "other": other}
    told = {name: caller.get(at(each)).status_code for name, each in asked.items()}
    assert told == {"own": 200, "other": 404}

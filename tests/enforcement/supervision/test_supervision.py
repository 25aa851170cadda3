"""The prosecutor demands, protests, takes a file for checking: on the case, on Today, by API."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from accounts.models import Office
from documents.models import Paper
from enforcement.core.card import VERBS
from enforcement.models import Proceeding, Submission
from enforcement.submission import prefill
from enforcement.today.lists import day_of
from law.statute import statute
from tests.api.asking import BASE, JSON, Caller, problem
from tests.course import do, initiated, kinds, later, now, papers
from tests.desk import Desk
from tests.documents.reading import PaperFile, squeezed
from tests.enforcement.submission.test_petitions import shown
from tests.office import NEXT, refused, user

PROSECUTOR = "prosecutor.ala"
UNTIL = later(5)
TEXT = "Өндіріп алушының құқығы қалпына келтірілсін"


def supervised(proceeding: Proceeding, what: str, **given: Any) -> Submission:
    """Something the prosecutor does of his own."""
    told: dict[str, Any] = {"text": TEXT, "answer_by": UNTIL, "by": PROSECUTOR, **given}
    number = {"number": "07-1/26"}
    beside = {**number, "watched_over": "rights"} if what == "prosecutor_demand" else number
    told.setdefault("told", beside)
    if what == "prosecutor_protest":
        lines = proceeding.case.stream.entries
        told.setdefault("line", lines.get(kind="initiated", subject=proceeding.pk))
    found: Submission = do(proceeding.presentation, "supervise", what=what, **told)
    return found


KINDS = ["prosecutor_demand", "prosecutor_protest", "prosecutor_check"]


@pytest.mark.rule("PROS-PWR-01", "PROS-PWR-02")
@pytest.mark.parametrize("what", KINDS)
@pytest.mark.parametrize("by", [PROSECUTOR, "prosecutor.system", "registrar.ala"])
def test_the_prosecutor_acts_himself_or_the_office_records_what_came(
    offices: None, what: str, by: str
) -> None:
    asked = supervised(initiated(), what, by=by)
    assert asked.supervisor is not None
    assert asked.supervisor.kind == Office.Kind.PROSECUTOR
    assert (asked.state, asked.answer_by, asked.beside["number"]) == ("lodged", UNTIL, "07-1/26")


@pytest.mark.parametrize(
    ("what", "given", "code"),
    [
        ("prosecutor_demand", {"answer_by": None}, "evidence_missing"),
        ("prosecutor_demand", {"answer_by": date(2026, 3, 1)}, "wrong_period"),
        ("prosecutor_demand", {"told": {"number": "1"}}, "evidence_missing"),
        ("prosecutor_demand", {"told": {"watched_over": "all"}}, "invalid"),
        ("prosecutor_protest", {"line": None}, "evidence_missing"),
        ("prosecutor_protest", {"told": {}}, "evidence_missing"),
        ("petition_other", {}, "invalid"),
    ],
)
def test_what_is_not_told_as_it_must_be_is_not_recorded(
    offices: None, what: str, given: dict[str, Any], code: str
) -> None:
    proceeding = initiated()
    with refused(code, status=422):
        supervised(proceeding, what, **given)


def test_a_party_lodges_nothing_of_the_prosecutor_s(offices: None) -> None:
    proceeding = initiated()
    with refused("invalid", status=422):
        do(proceeding.presentation, "record_submission", what="prosecutor_demand", author=None)


@pytest.mark.parametrize(
    ("login", "code", "status"),
    [("prosecutor.trz", "not_found", 404), ("clerk", "wrong_role", 403)],
)
def test_no_other_prosecutor_and_no_court_supervises(
    offices: None, login: str, code: str, status: int
) -> None:
    proceeding = initiated()
    with refused(code, status=status):
        supervised(proceeding, "prosecutor_demand", by=login)


@pytest.mark.rule("PROS-PWR-01")
def test_a_demand_waits_on_today_until_a_resolution_answers_it(offices: None) -> None:
    proceeding = initiated()
    asked = supervised(proceeding, "prosecutor_demand")
    [row] = day_of(user("bailiff.ala"), today=later(2), language="kk").asked
    assert (row["kind"].decides, row["answer_by"], row["received_on"]) == ("bailiff", UNTIL, NEXT)
    do(now(asked), "answer_submission", outcome="granted", reason="Орындалды", on=later(2))
    assert day_of(user("bailiff.ala"), today=later(2), language="kk").asked == []
    assert papers(proceeding.case)[-1] == "supervision_answered"
    paper = Paper.objects.get(kind="supervision_answered")
    for language in ("kk", "ru"):
        text = PaperFile(paper.renderings.get(language=language).blob.intact()).squeezed
        assert asked.supervisor is not None
        for said in (asked.supervisor.name(language), "07-1/26", TEXT, "Орындалды"):
            assert squeezed(said) in text


@pytest.mark.rule("PROS-PWR-02")
def test_a_protest_upheld_brings_back_what_was_terminated(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "terminate")
    ended = proceeding.case.stream.entries.get(kind="terminated")
    asked = supervised(now(proceeding), "prosecutor_protest", line=ended, on=later(1))
    do(now(asked), "answer_submission", outcome="granted", reason="Негізді", on=later(2))
    [told] = shown(proceeding.case)
    assert isinstance(told["opens"], dict)
    verb = VERBS["correct"]
    assert verb.name in told["opens"]["url"]
    held = prefill.held(now(asked), verb.name, statute("lecture"))
    assert (held["authority"], held["line"]) == ("prosecutor", str(ended.seq))
    given = {**held, "line": ended.seq, "act_on": date.fromisoformat(held["act_on"])}
    do(now(proceeding), "correct", on=later(2), **given)
    assert now(proceeding).state == "initiated"


def test_a_demand_against_no_line_opens_no_correction(offices: None) -> None:
    proceeding = initiated()
    asked = supervised(proceeding, "prosecutor_demand")
    do(now(asked), "answer_submission", outcome="granted")
    [told] = shown(proceeding.case)
    assert told["opens"] is None


@pytest.mark.rule("PROS-PWR-02")
@pytest.mark.parametrize("by", [PROSECUTOR, "registrar.ala"])
def test_a_file_goes_out_and_comes_back_with_a_note(
    offices: None, set_clock: Callable[[date], None], by: str
) -> None:
    proceeding = initiated()
    asked = supervised(proceeding, "prosecutor_check")
    set_clock(later(2))
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    case = f"/cases/{proceeding.case_id}"
    assert "data-file-out" in desk.get(case).content.decode()
    [row] = day_of(user("bailiff.ala"), today=later(2), language="kk").asked
    assert row["kind"].decides == "prosecutor"
    for verb in ("answer_submission", "withdraw_submission"):
        with refused("answered_otherwise", status=409):
            do(now(asked), verb, on=later(2))
    note = "Тексерілді, бұзушылық жоқ"
    do(now(asked), "return_file", on=later(2), by=by, note=note, returned_on=later(1))
    found = now(asked)
    assert (found.state, found.answer, found.decided_on) == ("file_returned", note, later(1))
    page = desk.get(case).content.decode()
    assert "data-file-out" not in page
    assert note in page


def test_what_is_asked_is_not_given_back_as_a_file(offices: None) -> None:
    asked = supervised(initiated(), "prosecutor_demand")
    with refused("answered_otherwise", status=409):
        do(asked, "return_file")


def test_the_page_shows_whose_move_it_is_to_who_sees_the_case(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    asked = supervised(initiated(), "prosecutor_demand")
    set_clock(later(9))
    for login, sees in (("bailiff.ala", True), (PROSECUTOR, True), ("prosecutor.trz", False)):
        desk = Desk()
        desk.force_login(user(login))
        page = desk.get("/supervision").content.decode()
        assert (str(asked.pk) in page) is sees
        assert ('data-verb="answer_submission"' in page) is (login == "bailiff.ala")
    do(now(asked), "answer_submission", on=later(9))
    assert str(asked.pk) in desk_of(PROSECUTOR).get("/supervision?state=over").content.decode()


def desk_of(login: str) -> Desk:
    desk = Desk()
    desk.force_login(user(login))
    return desk


@pytest.mark.parametrize(
    ("what", "blank"), [("prosecutor_demand", True), ("prosecutor_protest", False)]
)
def test_no_line_is_chosen_for_a_demand_that_concerns_none(
    offices: None, set_clock: Callable[[date], None], what: str, blank: bool
) -> None:
    proceeding = initiated()
    set_clock(NEXT)
    page = desk_of(PROSECUTOR).get(f"/cases/{proceeding.case_id}/supervise?what={what}")
    field = page.content.decode().partition('name="line"')[2].partition("</select>")[0]
    assert ('<option value=""' in field) is blank


# --- By the API -----------------------------------------------------------------------------------


def send(path: str, body: Any, *, login: str = "prosecutor.system", **headers: str) -> Any:
    caller = Caller(login)
    data, told = json.dumps(body), caller._headers(headers)
    return caller.client.post(f"{BASE}{path}", data=data, content_type=JSON, headers=told)


def body_of(
    proceeding: Proceeding, what: str = "prosecutor_demand", **given: Any
) -> dict[str, Any]:
    told = {"number": "07-2/26", "watched_over": "uniform"}
    about = {"what": what, "text": TEXT, "answer_by": UNTIL.isoformat(), "told": told}
    return {"case": str(proceeding.case_id), **about, **given}


@pytest.mark.rule("PROS-PWR-01")
def test_a_program_demands_once_and_reads_what_became_of_it(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = initiated()
    set_clock(NEXT)
    made = send("/supervision", body_of(proceeding))
    assert made.status_code == 201, made.content
    told = made.json()
    assert send("/supervision", body_of(proceeding)).status_code == 200
    assert kinds(proceeding.case).count("supervised") == 1
    listed = Caller("prosecutor.system").get("/supervision").json()["results"]
    assert [each["id"] for each in listed] == [told["id"]]
    asked = Submission.objects.get(pk=told["id"])
    do(asked, "answer_submission", outcome="refused", reason="Негізсіз")
    found = Caller("prosecutor.system").get(f"/supervision/{told['id']}").json()
    assert (found["state"], found["answer"], found["answer_by"]) == (
        *("refused", "Негізсіз"),
        UNTIL.isoformat(),
    )


@pytest.mark.rule("PROS-PWR-02")
def test_a_program_takes_the_file_and_gives_it_back(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = initiated()
    set_clock(NEXT)
    body = body_of(proceeding, "prosecutor_check", told={"number": "3"})
    key = send("/supervision", body).json()["id"]
    set_clock(later(2))
    answer = send(f"/supervision/{key}/return", {"note": "Ескерту жоқ"})
    assert (answer.status_code, answer.json()["state"]) == (200, "file_returned")
    again = send(f"/supervision/{key}/return", {"note": "Ескерту жоқ"})
    assert (again.status_code, problem(again)["code"]) == (409, "wrong_state")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"case": "x"}, 422),
        ({"case": "00000000-0000-4000-8000-000000000000"}, 404),
        ({"answer_by": "05.03.2026"}, 422),
        ({"answer_by": 5}, 422),
        ({"line": 999}, 422),
        ({"line": True}, 422),
        ({"what": "recusal"}, 422),
        ({"what": 5}, 422),
        ({"text": 5}, 422),
        ({"told": []}, 422),
        ({"told": {"number": 5}}, 422),
        ({"colour": "red"}, 422),
    ],
    ids=repr,
)
def test_a_body_that_cannot_be_is_refused_by_name(
    offices: None, set_clock: Callable[[date], None], change: dict[str, Any], status: int
) -> None:
    proceeding = initiated()
    set_clock(NEXT)
    answer = send("/supervision", body_of(proceeding, **change))
    assert answer.status_code == status, answer.content
    assert "supervised" not in kinds(proceeding.case)


def test_another_s_supervision_is_not_found(offices: None) -> None:
    asked = supervised(initiated(), "prosecutor_check")
    caller = Caller("prosecutor.trz")
    assert caller.get(f"/supervision/{asked.pk}").status_code == 404

"""Which door opens for whom; what every answer carries besides the page."""

from __future__ import annotations

from typing import Any, Final

import pytest
from django.test import Client

from documents.models import Attachment, Paper
from tests import arriving as intake
from tests.office import HOLDERS, NEXT, act, arrive, offices, user

__all__ = ["offices"]

DOORS: Final = {
    "today": "/today",
    "list of today": "/today/due",
    "sanctions": "/sanctions",
    "supervision": "/supervision",
    "search": "/search",
    "approvals": "/approvals",
    "post": "/post",
    "inbox": "/inbox",
    "intake": "/intake",
    "issuers": "/issuers",
    "rights": "/rights",
    "tokens": "/tokens",
    "case": "/cases/{case}",
    "ledger": "/cases/{case}/deadlines/{deadline}",
    "step": "/cases/{case}/return_defective",
    "what if": "/cases/{case}/what-if",
    "paper": "/papers/{paper}.kk.pdf",
    "attachment": "/attachments/{attachment}",
}
#: What each person gets at each door, for a case of ALA that a court handed in and that was
#: returned: the state forbids the step to who may take it, everybody else's role does.
OPEN: Final = dict.fromkeys(("inbox", "sanctions", "supervision", "search", "rights"), 200)
NOBODY: Final = dict.fromkeys(DOORS, 404) | OPEN
CASE: Final = dict.fromkeys(("case", "ledger", "paper", "attachment", "what if"), 200)
READER: Final = {**NOBODY, **CASE, "step": 403}
WRITER: Final = {**READER, "intake": 200}
TODAY: Final = {"today": 200, "list of today": 200}
BAILIFF: Final = {**WRITER, "step": 409, **TODAY, "post": 200}
LEADER: Final = {**BAILIFF, "approvals": 200, "issuers": 200}
ELSEWHERE: Final = {**NOBODY, "intake": 200, **TODAY, "post": 200}
ENTRANCE: Final = {
    "clerk": WRITER,
    "registrar.ala": {**WRITER, "issuers": 200},
    "bailiff.ala": BAILIFF,
    "senior.ala": LEADER,
    "head.ala": LEADER,
    "prosecutor.ala": READER,
    "auditor.ala": READER,
    "administrator": {**NOBODY, "issuers": 200, "tokens": 200},
    "bailiff.trz": ELSEWHERE,
    "head.trz": {**ELSEWHERE, "approvals": 200, "issuers": 200},
    "prosecutor.trz": NOBODY,
}
UNKNOWN: Final = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def places(offices: None) -> dict[str, str]:
    """Give the doors of a case that was returned, with a paper and an attachment."""
    arrival = arrive("defective")
    intake.attach(arrival, name="арыз.pdf", content=b"%PDF-1.7", on=NEXT, by=user("registrar.ala"))
    act(arrival, "return_defective")
    case = arrival.case
    known = {
        "case": str(case.pk),
        "deadline": str(case.stream.deadlines.order_by("rule")[0].pk),
        "paper": str(Paper.objects.get().pk),
        "attachment": str(Attachment.objects.get().pk),
    }
    return {name: path.format(**known) for name, path in DOORS.items()}


def as_(login: str, **options: Any) -> Client:
    """The browser of somebody who is signed in."""
    client = Client(**options)
    client.force_login(user(login))
    return client


def test_everybody_of_the_demo_office_stands_in_the_table() -> None:
    assert set(HOLDERS.values()) <= set(ENTRANCE)


@pytest.mark.parametrize("login", ENTRANCE)
def test_each_door_opens_for_whom_it_should(places: dict[str, str], login: str) -> None:
    client = as_(login)
    assert {name: client.get(path).status_code for name, path in places.items()} == ENTRANCE[login]


def test_whoever_is_not_signed_in_is_asked_to_and_comes_back(places: dict[str, str]) -> None:
    for path in places.values():
        answer = Client().get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/sign-in?next={path}")
    page = Client().get(f"/sign-in?next={places['case']}").content.decode()
    assert f'<input type="hidden" name="next" value="{places["case"]}">' in page


def come_in(**more: str) -> Any:
    """Sign in by the form, and give its answer."""
    person = user("clerk")
    person.set_password("өте құпия сөз 12")
    person.save()
    return Client().post("/sign-in", {"login": "clerk", "password": "өте құпия сөз 12", **more})


@pytest.mark.parametrize("place", ["https://elsewhere.example/", "//elsewhere.example", "data:,"])
def test_the_door_leads_nowhere_else(offices: None, place: str) -> None:
    answer = come_in(next=place)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


@pytest.mark.parametrize(
    "path", ["/cases/{}", "/cases/{}/return_defective", "/papers/{}.kk.pdf", "/attachments/{}"]
)
def test_what_does_not_exist_looks_like_what_is_not_yours(offices: None, path: str) -> None:
    assert as_("bailiff.ala").get(path.format(UNKNOWN)).status_code == 404


def test_a_verb_nobody_knows_is_no_page(places: dict[str, str]) -> None:
    client = as_("bailiff.ala")
    assert client.get(f"{places['case']}/shred").status_code == 404
    assert client.post(f"{places['case']}/shred", {"on": "2026-03-11"}).status_code == 404


@pytest.mark.parametrize("login", ["clerk", "auditor.ala", "prosecutor.ala", "registrar.ala"])
def test_a_step_that_is_not_yours_is_refused(offices: None, login: str) -> None:
    arrival = arrive("defective")
    answer = as_(login).post(f"/cases/{arrival.case_id}/return_defective", {"on": str(NEXT)})
    assert answer.status_code == 403
    assert b'data-refusal="403"' in answer.content


def test_the_menu_names_an_office_only_to_who_has_one(offices: None) -> None:
    named = b'<p class="office">'
    assert named in as_("bailiff.ala").get("/inbox").content
    assert named not in as_("clerk").get("/inbox").content, "a clerk of several courts"


# --- What is sent must be meant ------------------------------------------------------------------

SENT: Final = [
    "/intake",
    "/intake/check",
    "/intake/row?what=debts&index=1",
    "/guide",
    "/sign-out",
    "/language",
]


@pytest.mark.parametrize("path", SENT)
def test_nothing_is_taken_from_a_form_of_another_site(offices: None, path: str) -> None:
    client = as_("clerk", enforce_csrf_checks=True)
    answer = client.post(path)
    assert answer.status_code == 403
    assert b'data-page="error-403"' in answer.content
    assert client.get("/inbox").status_code == 200, "still signed in"


@pytest.mark.parametrize("path", ["/intake/check", "/intake/row", "/sign-out"])
def test_what_only_takes_forms_shows_no_page(offices: None, path: str) -> None:
    assert as_("clerk").get(path).status_code == 405


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("what=debts&index=1", 200),
        ("what=claimants&index=199", 200),
        ("what=debts&index=200", 404),
        ("what=debts&index=-1", 404),
        ("what=debts&index=x", 404),
        ("what=nobody&index=1", 404),
        ("", 404),
    ],
)
def test_a_row_more_is_one_of_three_kinds_and_not_endless(
    offices: None, query: str, status: int
) -> None:
    assert as_("clerk").post(f"/intake/row?{query}").status_code == status


def test_a_file_too_many_is_no_file(offices: None) -> None:
    arrival = arrive()
    answer = as_("bailiff.ala").post(f"/cases/{arrival.case_id}/attach")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/cases/{arrival.case_id}")


# --- The language --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wished", "language"),
    [("kk-KZ", "kk"), ("ru-RU,ru", "ru"), ("en-US,en", "kk"), ("de", "kk"), ("", "kk")],
)
def test_pages_are_kazakh_unless_the_reader_wishes_another(
    db: None, wished: str, language: str
) -> None:
    answer = Client(headers={"Accept-Language": wished}).get("/sign-in")
    assert f'<html lang="{language}">' in answer.content.decode()
    assert answer.headers["Content-Language"] == language
    assert {"Accept-Language", "Cookie"} <= set(answer.headers["Vary"].split(", "))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_choice_of_language_keeps_the_page_and_lasts(offices: None, language: str) -> None:
    client = as_("bailiff.ala")
    answer = client.post("/language", {"language": language, "next": "/inbox?show=all"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/inbox?show=all")
    assert f'<html lang="{language}">' in client.get("/inbox").content.decode()


# --- Headers -------------------------------------------------------------------------------------

CAREFUL: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize(
    "name", ["today", "inbox", "intake", "case", "ledger", "what if", "paper", "attachment"]
)
def test_every_answer_is_careful(places: dict[str, str], name: str) -> None:
    answer = as_("bailiff.ala").get(places[name])
    assert {header: answer.headers[header] for header in CAREFUL} == CAREFUL
    assert "no-store" in answer.headers["Cache-Control"], "the next at this machine goes back"
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "*" not in policy
    assert {"default-src 'self'", "frame-ancestors 'none'"} <= set(policy.split("; "))


@pytest.mark.parametrize("path", ["/sign-in", "/nothing", "/intake/row"])
def test_so_is_what_is_no_page_of_the_office(offices: None, path: str) -> None:
    answer = Client().get(path)
    assert {header: answer.headers[header] for header in CAREFUL} == CAREFUL
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("name", ["paper", "attachment"])
def test_files_stay_in_no_cache_and_are_called_by_their_name(
    places: dict[str, str], name: str
) -> None:
    answer = as_("bailiff.ala").get(places[name])
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Type"] == "application/pdf"
    way = "inline" if name == "paper" else "attachment"
    assert answer.headers["Content-Disposition"].startswith(f"{way}; filename")


def test_cookies_are_out_of_the_reach_of_scripts(offices: None) -> None:
    cookies = come_in().cookies
    for name in ("sessionid", "csrftoken"):
        assert cookies[name]["httponly"]
        assert cookies[name]["samesite"] == "Lax"


# --- The demo's door -----------------------------------------------------------------------------


def test_a_demo_tells_at_its_door_who_can_come_in(offices: None, settings: Any) -> None:
    person = user("bailiff.ala")
    person.set_password("өте құпия сөз 12")
    person.save()
    for demo in (True, False):
        settings.DEMO = demo
        page = Client().get("/sign-in").content.decode()
        assert ("?login=bailiff.ala" in page) is demo
        assert 'href="?login=court.system"' not in page, "it has no password"
        assert ('id="guide-title"' in page) is demo
        assert "өте құпия" not in page
    page = Client().get("/sign-in?login=bailiff.ala").content.decode()
    assert 'value="bailiff.ala"' in page


def test_the_guide_stays_closed_in_a_browser_that_closed_it(offices: None, settings: Any) -> None:
    settings.DEMO = True
    client = Client()
    answer = client.post("/guide", {"show": "0", "next": "/sign-in"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in")
    assert b'id="guide-title"' not in client.get("/sign-in").content
    assert client.post("/guide", {"show": "1", "next": "//elsewhere"}).headers["Location"] == "/"
    assert b'id="guide-title"' in client.get("/sign-in").content
    settings.DEMO = False
    assert client.post("/guide", {"show": "1"}).status_code == 404


def test_a_half_typed_paper_changes_its_language_with_the_page(offices: None) -> None:
    client = as_("clerk")
    typed = {"case_number": "7514-26-00-2/1", "own_ref": "20260310-0000", "language": "kk"}
    answer = client.post("/intake", {**typed, "screen": "ru"})
    page = answer.content.decode()
    assert '<html lang="ru">' in page
    assert all(f'value="{typed[name]}"' in page for name in ("case_number", "own_ref"))
    assert '<html lang="ru">' in client.get("/inbox").content.decode(), "the choice lasts"

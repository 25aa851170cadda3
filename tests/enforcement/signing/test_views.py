"""Screens note who read what, and what nobody would type breaks none of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from documents.models import Attachment, Rendering
from enforcement.models import Presentation
from journal.models import Reading
from tests import arriving as intake
from tests.desk import Desk
from tests.office import NEXT, act, afresh, arrive, census, user

PDF = b"%PDF-1.7 invented"


def at_desk(login: str = "bailiff.ala") -> Client:
    """Somebody signed in; a fault of ours shows as he sees it."""
    client = Desk(raise_request_exception=False)
    client.force_login(user(login))
    return client


@pytest.fixture
def case(offices: None, set_clock: Callable[[date], None]) -> Presentation:
    """A defective paper with a file, and one that was returned."""
    set_clock(NEXT)
    act(arrive("defective", "returned"), "return_defective")
    presentation = arrive("defective")
    intake.attach(presentation, name="a", content=PDF, on=NEXT, by=user("registrar.ala"))
    return presentation


def addresses(presentation: Presentation) -> dict[str, str]:
    """Every address of a case that shows personal data, by what is noted of it."""
    issued = Rendering.objects.get(language="ru").paper_id
    return {
        "case": f"/cases/{presentation.case_id}",
        "preview": f"/cases/{presentation.case_id}/return_defective/preview.kk.pdf",
        "paper": f"/papers/{issued}.ru.pdf",
        "attachment": f"/attachments/{Attachment.objects.get().pk}",
    }


@pytest.mark.parametrize("what", ["case", "preview", "paper", "attachment"])
def test_what_is_read_on_a_screen_is_noted(case: Presentation, what: str) -> None:
    assert at_desk().get(addresses(case)[what]).status_code == 200
    assert [(each.user.login, each.what) for each in Reading.objects.all()] == [
        ("bailiff.ala", what)
    ]


@pytest.mark.parametrize("what", ["case", "preview", "paper", "attachment"])
@pytest.mark.parametrize("login", ["bailiff.trz", "administrator"])
def test_a_stranger_s_screen_shows_nothing_and_notes_nothing(
    case: Presentation, login: str, what: str
) -> None:
    desk = at_desk(login)
    absent = addresses(case)[what].replace(str(case.case_id), str(uuid4()))
    assert desk.get(addresses(case)[what]).status_code == 404
    assert desk.get(absent).status_code == 404
    assert not Reading.objects.exists()


@pytest.mark.parametrize("what", ["case", "preview", "paper", "attachment"])
def test_who_is_not_signed_in_is_shown_the_door(case: Presentation, what: str) -> None:
    answer = Desk().get(addresses(case)[what])
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in?next=/")


def test_a_step_by_its_form(case: Presentation) -> None:
    address = f"/cases/{case.case_id}/return_defective"
    assert at_desk().get(address).status_code == 200
    answer = at_desk().post(address, {"on": NEXT.isoformat()})
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.case_id}")
    assert afresh(case).state == "returned_defective"


@pytest.mark.parametrize(
    ("login", "verb", "on", "status"),
    [
        ("bailiff.trz", "return_defective", "2026-03-11", 404),
        ("registrar.ala", "return_defective", "2026-03-11", 403),
        ("bailiff.ala", "refuse_late", "2026-03-11", 422),
        ("bailiff.ala", "return_defective", "2026-03-12", 422),
        ("bailiff.ala", "return_defective", "2026-03-01", 422),
        ("bailiff.ala", "return_defective", "9999-12-31", 422),
        ("bailiff.ala", "return_defective", "yesterday", 422),
        ("bailiff.ala", "return_defective", "", 422),
        ("bailiff.ala", "forgive", "2026-03-11", 404),
        ("bailiff.ala", "receive", "2026-03-11", 404),
    ],
)
def test_a_refused_form_changes_nothing(
    case: Presentation, login: str, verb: str, on: str, status: int
) -> None:
    desk = at_desk(login)
    before = census()
    answer = desk.post(f"/cases/{case.case_id}/{verb}", {"on": on})
    assert answer.status_code == status
    assert census() == before


def test_a_step_taken_twice_by_one_form_is_refused_the_second_time(case: Presentation) -> None:
    address, desk = f"/cases/{case.case_id}/return_defective", at_desk()
    assert desk.post(address, {"on": NEXT.isoformat()}).status_code == 302
    before = census()
    assert desk.post(address, {"on": NEXT.isoformat()}).status_code == 409
    assert census() == before


@pytest.mark.parametrize("index", ["²", "٣", "9" * 5000, "-1", "50", "", "x"])
def test_a_strange_row_is_not_found(offices: None, index: str) -> None:
    answer = at_desk().post("/intake/row", query_params={"what": "debtors", "index": index})
    assert answer.status_code in (200, 404)


STRANGE = ["²", "٣", "9" * 5000, "-1", "\x00", "<script>", "%s"]
FIELDS = ["debts[0].claimant", "debts[0].debtors", "debts[0].amount", "office", "type", "ref"]


@pytest.mark.parametrize("address", ["/intake", "/intake/check"])
@pytest.mark.parametrize("field", FIELDS)
def test_a_strange_value_in_the_form_is_answered(offices: None, field: str, address: str) -> None:
    typed = {"type": "DOC-TYPE-01", "office": "ALA", "debtors[0].name": "Мысалов"}
    desk = at_desk("registrar.ala")
    answers = {value: desk.post(address, typed | {field: value}).status_code for value in STRANGE}
    assert set(answers.values()) <= {200, 302, 422}, answers


@pytest.mark.parametrize("cursor", ["x", "2026-03-10_x", "\x00", "_"])
def test_a_strange_cursor_of_the_inbox_is_answered(offices: None, cursor: str) -> None:
    answer = at_desk().get("/inbox", query_params={"cursor": cursor, "show": cursor})
    assert answer.status_code == 200

"""The day a paper came is told by the office itself; its duties run from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from enforcement.models import Presentation
from law.refusal import Refusal
from tests.course import begun, terms_of
from tests.office import lines, paper, receive, terms, user

FRIDAY, MONDAY = date(2026, 3, 13), date(2026, 3, 16)


@pytest.mark.parametrize(
    ("verdict", "rule", "due"),
    [
        ("defective", "TERM-DEFECT-3D", "2026-03-16"),
        ("accept", "TERM-OFFER-3D", "2026-03-16"),
        ("wrong_territory", "TERM-TRANSFER-3D", "2026-03-16"),
    ],
)
@pytest.mark.rule("TERM-DEFECT-3D", "TERM-OFFER-3D", "ELEM-STD-03")
def test_fridays_post_on_monday_leaves_the_office_the_days_since_friday(
    offices: None, verdict: str, rule: str, due: str
) -> None:
    handed = paper(verdict=verdict, received_on=FRIDAY.isoformat())
    arrived = receive(handed, on=MONDAY, by="registrar.ala")
    assert (arrived.received_on, arrived.verdict["verdict"]) == (FRIDAY, verdict)
    assert lines(arrived) == [("received", "2026-03-16")]
    assert terms(arrived)[rule] == (due, "running")


@pytest.mark.rule("PRES-MISSED-01", "ELEM-STD-03")
def test_a_paper_that_came_on_its_last_day_is_in_time_though_registered_later(
    offices: None,
) -> None:
    dates = {"in_force_on": "2023-03-13", "decision_on": "2023-02-13", "issued_on": "2023-03-14"}
    late = receive(paper(1, **dates), on=date(2026, 3, 17), by="registrar.ala")
    told = receive(
        paper(2, **dates, received_on="2026-03-13"), on=date(2026, 3, 17), by="registrar.ala"
    )
    assert (late.verdict["verdict"], told.verdict["verdict"]) == ("late", "accept")
    assert terms(told)["PRES-3Y"] == ("2026-03-13", "met")
    [proceeding] = begun(told, on=date(2026, 3, 17))
    assert terms_of(proceeding)["TERM-EXEC-2M"][0] == "2026-05-18"


@pytest.mark.parametrize(
    ("login", "told", "code"),
    [
        ("registrar.ala", "2026-03-17", "in_future"),
        ("court.system", "2026-03-13", "office_only"),
        ("registrar.ala", "13.03.2026", "format"),
        ("registrar.ala", "1949-12-31", "out_of_range"),
    ],
)
def test_a_day_of_receipt_that_cannot_be_is_refused_beside_its_field(
    offices: None, login: str, told: str, code: str
) -> None:
    with pytest.raises(Refusal) as found:
        receive(paper(received_on=told), on=MONDAY, by=login)
    assert [(e.field, e.code) for e in found.value.errors] == [("received_on", code)]
    assert not Presentation.objects.exists()


def test_a_court_may_name_the_day_it_hands_in(offices: None) -> None:
    arrived = receive(paper(received_on=MONDAY.isoformat()), on=MONDAY)
    assert arrived.received_on == MONDAY


def test_the_form_asks_the_office_for_the_day_and_takes_it(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    set_clock(MONDAY)
    client = Client()
    client.force_login(user("registrar.ala"))
    shown = client.get("/intake").content.decode()
    assert 'name="received_on" type="date" value="2026-03-16"' in shown
    posted = {"type": "DOC-TYPE-01", "office": "ALA", "received_on": "2026-03-13", "register": "1"}
    client.post("/intake", posted)
    arrived = Presentation.objects.get()
    assert (arrived.received_on, arrived.case.opened_on) == (FRIDAY, MONDAY)
    court = Client()
    court.force_login(user("clerk"))
    assert 'name="received_on"' not in court.get("/intake").content.decode()

"""What somebody is in an office lasts from a day to the day before another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

import clock
from accounts.models import Membership, Office
from accounts.queries import bailiff_offices, issuers, memberships, offices_of, roles_in
from tests.office import appoint, arrive, user

SINCE, UNTIL = date(2026, 3, 2), date(2026, 3, 10)


@pytest.mark.parametrize(
    ("on", "until", "roles"),
    [
        (SINCE - timedelta(days=1), UNTIL, set()),
        (SINCE, UNTIL, {"bailiff"}),
        (UNTIL - timedelta(days=1), UNTIL, {"bailiff"}),
        (UNTIL, UNTIL, set()),
        (date(2999, 1, 1), None, {"bailiff"}),
    ],
    ids=["day before", "first day", "last day", "day after", "without end"],
)
def test_a_role_is_held_on_its_days_only(
    offices: None, on: date, until: date | None, roles: set[str]
) -> None:
    person = appoint("passer", "bailiff", "ALA", since=SINCE, until=until)
    office = Office.objects.get(code="ALA")
    assert roles_in(person, office.pk, on=on) == roles
    assert [m.role for m in memberships(person, on=on)] == sorted(roles)
    assert offices_of(person, {"bailiff"}, on=on) == ([office] if roles else [])


def test_a_role_counts_in_its_own_office_only(offices: None) -> None:
    appoint("two", "bailiff", "ALA", since=SINCE)
    person = appoint("two", "auditor", "TRZ", since=SINCE)
    told = {
        code: roles_in(person, Office.objects.get(code=code).pk, on=UNTIL)
        for code in ("ALA", "TRZ", "ALA-BOS")
    }
    assert told == {"ALA": {"bailiff"}, "TRZ": {"auditor"}, "ALA-BOS": set()}


@pytest.mark.parametrize("days", [0, -1])
def test_a_role_cannot_end_before_it_began(offices: None, days: int) -> None:
    with pytest.raises(IntegrityError, match="membership_ends_after_start"), transaction.atomic():
        appoint("passer", "bailiff", "ALA", since=SINCE, until=SINCE + timedelta(days=days))


def test_the_same_appointment_is_not_made_twice(offices: None) -> None:
    appoint("passer", "bailiff", "ALA", since=SINCE)
    with pytest.raises(IntegrityError, match="membership_once"), transaction.atomic():
        appoint("passer", "bailiff", "ALA", since=SINCE)
    appoint("passer", "bailiff", "ALA", since=UNTIL)


def test_who_left_yesterday_sees_no_case_on_any_screen(offices: None) -> None:
    case = arrive().case_id
    today = clock.today()
    person = appoint("left", "bailiff", "ALA", since=today - timedelta(days=9))
    client = Client()
    client.force_login(person)
    pages = ["/inbox", f"/cases/{case}", f"/cases/{case}/refuse_late", "/intake"]
    assert [client.get(page).status_code for page in pages] == [200, 200, 200, 200]
    assert str(case) in client.get("/inbox").text
    Membership.objects.filter(user=person).update(until=today)
    assert [client.get(page).status_code for page in pages] == [200, 404, 404, 404]
    assert str(case) not in client.get("/inbox").text
    assert client.post(f"/cases/{case}/refuse_late", {"on": today}).status_code == 404


def test_a_prosecutor_sees_the_offices_he_supervises_and_no_longer(offices: None) -> None:
    case = arrive().case_id
    client = Client()
    client.force_login(user("prosecutor.ala"))
    assert client.get(f"/cases/{case}").status_code == 200
    Office.objects.get(code="ALA-PRO").supervises.clear()
    assert client.get(f"/cases/{case}").status_code == 404


def test_offices_that_receive_and_offices_that_issue_are_told_apart(offices: None) -> None:
    receive_ = {office.code for office in bailiff_offices()}
    issue = {office.code for office in issuers()}
    assert receive_ == {"ALA", "TRZ"}
    assert issue & receive_ == set()
    assert {"ALA-BOS", "TRZ-PRO"} <= issue
    assert all(office.issues for office in issuers())

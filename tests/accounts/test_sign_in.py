"""The door: who comes in, who is slowed down, and where the door leads."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import SignInAttempt, User
from accounts.passwords import FAILURES, WINDOW, sign_in
from enforcement.core.http_status import status_of
from law.refusal import Refusal
from tests.office import user

PASSWORD = "тау-өзен-дала-7"
WRONG = "тау-өзен-дала-8"
NOW = datetime(2026, 3, 10, 4, tzinfo=UTC)
LOGIN = "bailiff.ala"


@pytest.fixture
def bailiff(offices: None, settings: Any) -> User:
    """A bailiff who has a password, hashed quickly: how it is hashed is another test's matter."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    person = user(LOGIN)
    person.set_password(PASSWORD)
    person.save()
    return person


def enter(login: str = LOGIN, password: str = PASSWORD) -> User:
    """Sign in as a view does."""
    return sign_in(login=login, password=password, address="192.0.2.1")


def knock(password: str, login: str = LOGIN) -> str:
    """The code of the refusal; "" when the door opens."""
    try:
        enter(login, password)
    except Refusal as refusal:
        return refusal.code
    return ""


def test_passwords_are_kept_by_argon2_and_salted(offices: None) -> None:
    one, other = user(LOGIN), user("head.ala")
    for person in (one, other):
        person.set_password(PASSWORD)
        assert person.password.startswith("argon2$argon2id$")
        assert PASSWORD not in person.password
    assert one.password != other.password
    one.save()
    assert enter() == one
    with pytest.raises(Refusal) as refusal:
        enter(password=WRONG)
    assert (refusal.value.code, status_of(refusal.value)) == ("sign_in", 403)


def test_who_has_no_password_cannot_sign_in(offices: None) -> None:
    assert not user("court.system").has_usable_password()
    assert knock("", "court.system") == "sign_in"
    assert knock("!", "court.system") == "sign_in"


@pytest.mark.parametrize("login", [LOGIN, "BAILIFF.ALA", "Bailiff.Ala", "  bailiff.ala "])
def test_a_login_is_the_same_in_any_case(bailiff: User, login: str) -> None:
    assert enter(login) == bailiff


def test_a_second_login_that_differs_only_in_case_cannot_be_made(bailiff: User) -> None:
    made = User.objects.create_user("New.Person", None, full_name="Мысалов Сынақ")
    assert made.login == "new.person"


@pytest.mark.parametrize("login", ["nobody", "", "bailiff.ala\x00", "' OR 1=1 --"])
def test_an_unknown_login_is_refused_as_a_wrong_password_is(bailiff: User, login: str) -> None:
    login = login.replace("\x00", "")
    expected = "" if login == LOGIN else "sign_in"
    assert knock(PASSWORD, login) == expected
    assert knock(WRONG) == "sign_in"


def test_who_left_cannot_sign_in(bailiff: User) -> None:
    bailiff.is_active = False
    bailiff.save()
    assert knock(PASSWORD) == "sign_in"


def test_after_five_failures_even_the_right_password_rests(bailiff: User) -> None:
    with time_machine.travel(NOW, tick=False):
        assert [knock(WRONG) for _ in range(FAILURES)] == ["sign_in"] * 5
        assert knock(PASSWORD) == "sign_in_rest"
        assert knock(PASSWORD, LOGIN.upper()) == "sign_in_rest"
        assert knock(PASSWORD, "head.ala") == "sign_in"
    with time_machine.travel(NOW + WINDOW - timedelta(seconds=1), tick=False):
        assert knock(PASSWORD) == "sign_in_rest"
    with time_machine.travel(NOW + WINDOW + timedelta(seconds=1), tick=False):
        assert knock(PASSWORD) == ""


def test_knocking_on_a_resting_door_does_not_lengthen_the_rest(bailiff: User) -> None:
    for minute in range(12):
        with time_machine.travel(NOW + timedelta(minutes=minute), tick=False):
            knock(WRONG)
    with time_machine.travel(NOW + WINDOW + timedelta(minutes=5), tick=False):
        assert knock(PASSWORD) == ""


def test_a_sign_in_forgives_the_failures_before_it(bailiff: User) -> None:
    for _ in range(3):
        assert [knock(WRONG) for _ in range(FAILURES - 1)] == ["sign_in"] * (FAILURES - 1)
        assert knock(PASSWORD) == ""


def test_every_attempt_is_kept_without_its_password(bailiff: User) -> None:
    knock(WRONG)
    knock(PASSWORD)
    kept = SignInAttempt.objects.order_by("id").values_list("login", "address", "succeeded")
    assert list(kept) == [(LOGIN, "192.0.2.1", False), (LOGIN, "192.0.2.1", True)]


@pytest.mark.parametrize(
    ("wanted", "leads"),
    [
        ("", "/"),
        ("/inbox", "/inbox"),
        ("/inbox?show=all", "/inbox?show=all"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("https:evil.example", "/"),
        ("javascript:alert(1)", "/"),
        (" https://evil.example", "/"),
        ("http://testserver@evil.example/", "/"),
        ("http://testserver/inbox", "http://testserver/inbox"),
    ],
)
@pytest.mark.parametrize("by", ["form", "address"])
def test_the_door_leads_only_into_this_house(
    bailiff: User, by: str, wanted: str, leads: str
) -> None:
    client = Client(headers={"host": "localhost"})
    leads = leads.replace("testserver", "localhost")
    wanted = wanted.replace("testserver", "localhost")
    if by == "form":
        answer = client.post("/sign-in", {"login": LOGIN, "password": PASSWORD, "next": wanted})
    else:
        answer = client.post(
            "/sign-in", {"login": LOGIN, "password": PASSWORD}, query_params={"next": wanted}
        )
    assert (answer.status_code, answer["Location"]) == (302, leads)


def test_a_wrong_password_opens_no_session(bailiff: User) -> None:
    client = Client()
    answer = client.post("/sign-in", {"login": LOGIN, "password": WRONG})
    assert answer.status_code == 403
    assert "sessionid" not in client.cookies
    assert client.get("/inbox").status_code == 302


def test_the_door_tells_nobody_whether_a_login_exists(bailiff: User, settings: Any) -> None:
    settings.DEMO = False  # a demo names its invented people itself
    known, unknown = (
        Client().post("/sign-in", {"login": login, "password": WRONG})
        for login in (LOGIN, "nobody.at.all")
    )
    assert known.status_code == unknown.status_code == 403
    said = [
        each.content.replace(login, b"")
        for each, login in ((known, LOGIN.encode()), (unknown, b"nobody.at.all"))
    ]
    assert len(said[0]) == len(said[1])


def test_a_session_begins_anew_at_sign_in_and_ends_at_sign_out(bailiff: User) -> None:
    client = Client()
    client.get("/sign-in")
    client.post("/sign-in", {"login": LOGIN, "password": PASSWORD})
    session = client.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    first = session.value
    assert client.get("/inbox").status_code == 200
    assert client.get("/sign-out").status_code == 405
    client.post("/sign-out")
    assert client.get("/inbox").status_code == 302
    client.post("/sign-in", {"login": LOGIN, "password": PASSWORD})
    assert client.cookies["sessionid"].value != first


def test_who_is_dismissed_is_out_at_once(bailiff: User) -> None:
    client = Client()
    client.force_login(bailiff)
    assert client.get("/inbox").status_code == 200
    User.objects.filter(pk=bailiff.pk).update(is_active=False)
    assert client.get("/inbox").status_code == 302


def test_a_form_from_another_site_is_refused(bailiff: User) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/sign-in", {"login": LOGIN, "password": PASSWORD}).status_code == 403

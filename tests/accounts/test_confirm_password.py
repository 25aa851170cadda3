"""Whose hand signs: wrong passwords over an act are kept, counted and slowed down."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from accounts.models import SignInAttempt, User
from accounts.passwords import FAILURES, WINDOW, confirm_password, sign_in
from enforcement.core.http_status import status_of
from law.refusal import Refusal
from tests.course import evidence, initiated, now
from tests.desk import Desk
from tests.office import NEXT, open_offices, user
from tests.platform.database import FreshDatabase

PASSWORD = "тау-өзен-дала-7"
WRONG = "тау-өзен-дала-8"
NOW = datetime(2026, 3, 11, 4, tzinfo=UTC)
LOGIN = "bailiff.ala"


@pytest.fixture(autouse=True)
def quick_hashes(settings: Any) -> None:
    """Passwords are hashed quickly: how they are hashed is another test's matter."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def with_password(login: str = LOGIN) -> User:
    """Somebody of the demo who has a password."""
    person = user(login)
    person.set_password(PASSWORD)
    person.save()
    return person


def sign(password: str, login: str = LOGIN) -> str:
    """The code of the refusal; "" when the password is the signer's."""
    try:
        confirm_password(user(login), password, address="192.0.2.1")
    except Refusal as refusal:
        return refusal.code
    return ""


def knock(password: str) -> str:
    """The same at the door."""
    try:
        sign_in(login=LOGIN, password=password, address="192.0.2.9")
    except Refusal as refusal:
        return refusal.code
    return ""


def test_after_five_wrong_passwords_nothing_is_signed_for_a_while(offices: None) -> None:
    with_password()
    with time_machine.travel(NOW, tick=False):
        assert [sign(WRONG) for _ in range(FAILURES)] == ["password"] * FAILURES
        assert [sign(WRONG), sign(PASSWORD)] == ["password_rest"] * 2
        with pytest.raises(Refusal) as refused:
            confirm_password(user(LOGIN), PASSWORD)
        assert status_of(refused.value) == 403
        assert [each.field for each in refused.value.errors] == ["password"]
    with time_machine.travel(NOW + WINDOW + timedelta(seconds=1), tick=False):
        assert sign(PASSWORD) == ""


def test_a_right_password_forgives_the_wrong_ones_before_it(offices: None) -> None:
    with_password()
    for _ in range(3):
        assert {sign(WRONG) for _ in range(FAILURES - 1)} == {"password"}
        assert sign(PASSWORD) == ""


@pytest.mark.parametrize("password", ["", " ", "\0"])
def test_nothing_is_no_password(offices: None, password: str) -> None:
    with_password()
    assert sign(password) == "password"
    assert sign("", "court.system") == "password"


def test_the_door_and_the_signature_are_counted_apart(offices: None) -> None:
    """A stranger at the door locks nobody out of his work, nor who guesses inside out of home."""
    with_password()
    for _ in range(FAILURES):
        knock(WRONG)
    assert (knock(PASSWORD), sign(PASSWORD)) == ("sign_in_rest", "")
    with_password("senior.ala")
    for _ in range(FAILURES):
        sign(WRONG, "senior.ala")
    assert sign(PASSWORD, "senior.ala") == "password_rest"
    sign_in(login="senior.ala", password=PASSWORD, address=None)


def test_a_signature_does_not_forgive_failures_at_the_door(offices: None) -> None:
    with_password()
    for _ in range(FAILURES):
        knock(WRONG)
        sign(PASSWORD)
    assert knock(PASSWORD) == "sign_in_rest"


def test_every_signature_is_kept_as_what_it_was(offices: None) -> None:
    with_password()
    sign(WRONG)
    sign(PASSWORD)
    knock(PASSWORD)
    kept = SignInAttempt.objects.order_by("id").values_list("purpose", "login", "succeeded")
    assert list(kept) == [
        ("sign_act", LOGIN, False),
        ("sign_act", LOGIN, True),
        ("sign_in", LOGIN, True),
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [("kk", "15 минут"), ("ru", "15 минут"), ("en", "15 minutes")],
)
def test_the_form_of_an_end_stops_guessing(offices: None, language: str, words: str) -> None:
    with_password()
    proceeding = initiated()
    desk = Desk(headers={"accept-language": language})
    desk.cookies["django_language"] = language
    desk.force_login(user(LOGIN))
    address = f"/cases/{proceeding.case_id}/terminate"
    proof = {f"evidence.{key}": text for key, text in evidence("TERMN-05").items()}
    form = {"on": NEXT.isoformat(), "ground": "TERMN-05", **proof}
    for _ in range(FAILURES):
        assert desk.post(address, {**form, "password": WRONG}).status_code == 403
    answer = desk.post(address, {**form, "password": PASSWORD})
    assert (answer.status_code, now(proceeding).state) == (403, "initiated")
    assert words in answer.content.decode()
    assert SignInAttempt.objects.filter(purpose="sign_act").count() == FAILURES


def test_many_guesses_at_once_are_not_more_guesses(fresh_database: FreshDatabase) -> None:
    open_offices()
    with_password()
    codes: list[str] = []

    def guess(ask: Any) -> None:
        codes.append(ask(WRONG))
        connection.close()

    threads = [threading.Thread(target=guess, args=[ask]) for ask in (sign, knock) * 12]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert codes.count("password") == codes.count("sign_in") == FAILURES
    assert SignInAttempt.objects.count() == 2 * FAILURES
    assert Client().get("/sign-in").status_code == 200

"""Who may call: tokens, of which only a digest is stored."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import ApiToken
from tests.api.asking import Caller, problem
from tests.office import arrive, census, paper, token, user

SOON = timedelta(hours=1)


@pytest.fixture
def address(offices: None) -> str:
    """A case's address."""
    return f"/cases/{arrive().case_id}"


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer ory_unknown",
        "Bearer ory_\xff",
        "Basic Y291cnQ6c2VjcmV0",
        "Token ory_unknown",
        "Bearer " + "x" * 10_000,
    ],
)
def test_without_a_live_token_nothing_is_told(address: str, authorization: str) -> None:
    caller = Caller("")
    headers = {"Authorization": authorization} if authorization else {}
    before = census()
    answers = [caller.get(address, **headers), caller.send(paper(9), **headers)]
    for answer in answers:
        assert (answer.status_code, problem(answer)["code"]) == (401, "not_authenticated")
        assert answer["WWW-Authenticate"] == "Bearer"
    assert census() == before


def test_a_revoked_token_is_worth_nothing(address: str) -> None:
    caller = Caller()
    assert caller.get(address).status_code == 200
    ApiToken.objects.update(revoked_at=timezone.now())
    assert caller.get(address).status_code == 401


@pytest.mark.parametrize(("life", "status"), [(SOON, 200), (-SOON, 401)])
def test_a_token_lives_until_it_expires(address: str, life: timedelta, status: int) -> None:
    caller = Caller("")
    caller.secret = token(expires_at=timezone.now() + life)
    assert caller.get(address).status_code == status


def test_the_token_of_somebody_who_left_is_worth_nothing(address: str) -> None:
    caller = Caller()
    person = user("court.system")
    person.is_active = False
    person.save()
    assert caller.get(address).status_code == 401


def test_the_scheme_may_be_written_in_any_case(address: str) -> None:
    caller = Caller()
    assert caller.get(address, Authorization=f"bEARER {caller.secret}").status_code == 200


def test_two_tokens_live_side_by_side_while_one_replaces_the_other(address: str) -> None:
    old, new = Caller(), Caller()
    assert [each.get(address).status_code for each in (old, new)] == [200, 200]
    ApiToken.objects.filter(digest=ApiToken.digest_of(old.secret)).update(revoked_at=timezone.now())
    assert [each.get(address).status_code for each in (old, new)] == [401, 200]


def test_only_a_digest_of_a_token_is_stored_anywhere(offices: None) -> None:
    issued, secret = ApiToken.issue(user("court.system"), name="court")
    assert issued.digest != secret
    assert len(secret) > 40
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{secret}%"])
            assert (table, cursor.fetchone()[0]) == (table, 0)
            half = secret[len(secret) // 2 :]
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{half}%"])
            assert (table, cursor.fetchone()[0]) == (table, 0)


def test_a_sign_in_to_the_screens_opens_no_api(address: str) -> None:
    caller = Caller("")
    caller.client.force_login(user("head.ala"))
    assert caller.get(address).status_code == 401
    assert caller.send(paper(9)).status_code == 401


def test_a_token_opens_no_screen(address: str) -> None:
    caller = Caller()
    answer = caller.client.get("/inbox", headers={"Authorization": f"Bearer {caller.secret}"})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in?next=/inbox")

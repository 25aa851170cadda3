"""The administrator's page of tokens: given with limits, renewed while two hold, taken away."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from accounts.models import SCOPES, ApiToken, Membership, User
from tests.api.asking import BASE
from tests.office import user

SHOWN = re.compile(r"data-secret>([^<]+)<")


@pytest.fixture
def desk(offices: None) -> Client:
    """The administrator at his page; people sign in with passwords, systems have none."""
    User.objects.exclude(login__endswith=".system").update(password=make_password("invented"))
    client = Client()
    client.force_login(user("administrator"))
    return client


def give(desk: Client, login: str = "prosecutor.system", **told: object) -> str:
    form = {"do": "issue", "system": user(login).pk, "name": "Жүйе", **told}
    answer = desk.post("/tokens", form)
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    return SHOWN.findall(answer.content.decode())[0]


def status(secret: str, path: str = "/sanctions") -> int:
    headers = {"Authorization": f"Bearer {secret}"}
    return int(Client().get(BASE + path, headers=headers).status_code)


def test_a_token_is_given_and_its_secret_shown_once(desk: Client) -> None:
    secret = give(desk, scopes=["sanctions", "decide"])
    kept = ApiToken.objects.get(digest=ApiToken.digest_of(secret))
    assert (kept.issued_by, kept.scopes) == (user("administrator"), ["sanctions", "decide"])
    assert secret not in desk.get("/tokens").content.decode()
    assert status(secret) == 200
    kept.refresh_from_db()
    assert kept.used_at is not None


@pytest.mark.parametrize("scope", SCOPES)
def test_a_token_opens_what_its_scopes_name_and_nothing_else(desk: Client, scope: str) -> None:
    secret = give(desk, scopes=[scope])
    opened = {"/sanctions": "sanctions", "/changes": "changes", "/papers": "cases"}
    opened |= {"/supervision": "supervision"}
    for path, needed in opened.items():
        assert (path, status(secret, path)) == (path, 200 if scope == needed else 403)
    answer = Client().post(
        f"{BASE}/executive-documents",
        "{}",
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    wanted = "wrong_role" if scope == "submit" else "out_of_scope"
    assert (answer.status_code, answer.json()["code"]) == (403, wanted)


def test_two_hold_while_one_takes_the_place_of_the_other(desk: Client) -> None:
    first = give(desk, scopes=["sanctions"])
    old = ApiToken.objects.get(digest=ApiToken.digest_of(first))
    page = desk.post("/tokens", {"do": "renew", "token": old.pk}).content.decode()
    [second] = SHOWN.findall(page)
    old.refresh_from_db()
    assert old.expires_at is not None
    assert timedelta(days=6) < old.expires_at - timezone.now() <= timedelta(days=7)
    assert ApiToken.objects.get(digest=ApiToken.digest_of(second)).scopes == ["sanctions"]
    assert [status(each) for each in (first, second)] == [200, 200]
    assert desk.post("/tokens", {"do": "revoke", "token": old.pk}).status_code == 200
    assert [status(each) for each in (first, second)] == [401, 200]
    old.refresh_from_db()
    assert old.revoked_by == user("administrator")
    assert desk.post("/tokens", {"do": "revoke", "token": old.pk}).status_code == 404


@pytest.mark.parametrize(
    ("told", "field"),
    [({"name": ""}, "name"), ({"scopes": ["all"]}, "scopes"), ({"until": "2020-01-01"}, "until")],
)
def test_a_token_that_cannot_be_is_not_given(
    desk: Client, told: dict[str, object], field: str
) -> None:
    before = ApiToken.objects.count()
    form = {"do": "issue", "system": user("court.system").pk, "name": "x", **told}
    answer = desk.post("/tokens", form)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert ApiToken.objects.count() == before


def test_nobody_gives_a_token_to_a_person_or_to_a_system_beyond_his_offices(desk: Client) -> None:
    systems = set(desk.get("/tokens").context["form"].fields["system"].queryset)
    assert systems == {user("court.system"), user("prosecutor.system")}
    form = {"do": "issue", "system": user("head.ala").pk, "name": "x"}
    assert desk.post("/tokens", form).status_code == 422
    # Of one office alone: both systems reach another.
    held = Membership.objects.get(user=user("administrator"), office__code="TRZ")
    Membership.objects.filter(pk=held.pk).update(until=held.since + timedelta(days=1))
    assert desk.get("/tokens").status_code == 404
    kept = ApiToken.issue(user("court.system"), name="kept")[0]
    assert desk.post("/tokens", {"do": "revoke", "token": kept.pk}).status_code == 404


@pytest.mark.parametrize("login", ["head.ala", "bailiff.ala", "prosecutor.ala", "clerk"])
def test_the_page_is_the_administrator_s_alone(offices: None, login: str) -> None:
    client = Client()
    client.force_login(user(login))
    assert client.get("/tokens").status_code == 404


def test_a_token_is_void_from_its_day(desk: Client) -> None:
    day = date.today() + timedelta(days=2)
    kept = ApiToken.objects.get(digest=ApiToken.digest_of(give(desk, until=day.isoformat())))
    assert timezone.localtime(kept.expires_at).date() == day

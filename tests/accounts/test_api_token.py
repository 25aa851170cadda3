"""The keys of a system to the API: issued, listed, replaced, revoked by command."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.models import Membership
from tests.api.asking import BASE
from tests.office import user

SYSTEM = "prosecutor.system"


def told(*words: str) -> list[str]:
    out = StringIO()
    call_command("api_token", SYSTEM, *words, stdout=out)
    return out.getvalue().split("\n")[:-1]


def answers(client: Client, secret: str) -> int:
    headers = {"Authorization": f"Bearer {secret}"}
    return int(client.get(f"{BASE}/sanctions", headers=headers).status_code)


@pytest.fixture
def system(offices: None) -> str:
    """A system that has no token yet."""
    user(SYSTEM).tokens.update(revoked_at=timezone.now())
    return SYSTEM


def test_two_tokens_hold_while_one_replaces_the_other(system: str, client: Client) -> None:
    [first], [second] = told("--issue", "first"), told("--issue", "second")
    assert [answers(client, secret) for secret in (first, second)] == [200, 200]
    told("--revoke", first[:8])
    assert [answers(client, secret) for secret in (first, second)] == [401, 200]
    assert sum("revoked" not in line for line in told()) == 1


def test_a_token_is_void_from_its_day(system: str, client: Client) -> None:
    today = timezone.localdate()
    days = {today: 401, today + timedelta(days=1): 200}
    for until, status in days.items():
        [secret] = told("--issue", "dated", "--until", until.isoformat())
        assert answers(client, secret) == status, until


def test_what_is_not_there_is_said_in_a_line(system: str) -> None:
    with pytest.raises(CommandError, match="0 tokens"):
        told("--revoke", "ory_none")
    with pytest.raises(CommandError, match="no such user"):
        call_command("api_token", "nobody")
    held = Membership.objects.filter(user__login=SYSTEM).first()
    assert held is not None
    same = (SYSTEM, held.role, held.office.code, "--since", held.since.isoformat())
    with pytest.raises(CommandError, match="api_token"):
        call_command("create_user", *same, "--token", "again")

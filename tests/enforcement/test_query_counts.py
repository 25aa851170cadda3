"""A page asks the database as often for sixty cases as for five."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enforcement.models import Case
from tests.api.asking import Caller
from tests.office import DAY, NEXT, act, arrive, receive, user
from tests.office import paper as document

INBOX, CASE, API = 10, 12, 12
FEW, MANY = 5, 60


@pytest.fixture
def reader(offices: None, set_clock: Callable[[date], None]) -> Client:
    """A bailiff at his screen."""
    set_clock(NEXT)
    client = Client()
    client.force_login(user("bailiff.ala"))
    return client


def fill(first: int, last: int) -> None:
    """Arrivals of every kind, some with several parties, some already returned."""
    verdicts = ("accept", "defective", "late", "wrong_territory")
    for number in range(first, last):
        presentation = arrive(verdicts[number % 4], number)
        if number % 8 == 1:
            act(presentation, "return_defective")


def asked(client: Client, address: str) -> int:
    """How many queries a page takes, once it is warm."""
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(queries)


def counted(measure: Callable[[], int]) -> list[int]:
    """The count with few cases and with many."""
    fill(0, FEW)
    few = measure()
    fill(FEW, MANY)
    assert Case.objects.count() == MANY
    return [few, measure()]


@pytest.mark.parametrize("address", ["/inbox", "/inbox?show=all"])
def test_the_inbox(reader: Client, address: str) -> None:
    few, many = counted(lambda: asked(reader, address))
    assert few == many <= INBOX


def test_the_page_of_a_case(reader: Client) -> None:
    case = arrive("defective", "page").case_id
    fill(1, FEW)
    few = asked(reader, f"/cases/{case}")
    fill(FEW, MANY)
    assert few == asked(reader, f"/cases/{case}") <= CASE


def test_the_page_of_a_case_with_many_arrivals_parties_and_papers(reader: Client) -> None:
    first = arrive("defective", "page")
    alone = asked(reader, f"/cases/{first.case_id}")
    act(first, "return_defective", on=DAY)
    people = document()["debtors"][0]
    named = [
        {**people, "name": f"Мысалов {n}", "iin": "", "iin_missing_reason": "—"} for n in range(9)
    ]
    debts = [{"claimant": 0, "debtors": [n], "amount": "10.00"} for n in range(9)]
    for n in range(3):
        again = receive(
            document("page", verdict="defective", ref=f"again {n}", debtors=named, debts=debts)
        )
        act(again, "return_defective", on=DAY)
    many = asked(reader, f"/cases/{first.case_id}")
    assert max(alone, many) <= CASE
    assert many - alone <= 1, "a page may ask for papers only where there are any"


@pytest.mark.parametrize("view", ["", "/journal", "/deadlines?explain=1"])
def test_a_case_by_the_api(reader: Client, view: str) -> None:
    case = arrive("defective", "page").case_id
    caller = Caller("bailiff.ala")
    address = f"/cases/{case}{view}"
    caller.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert caller.get(address).status_code == 200
    assert len(queries) <= API

"""Every page opens for a case of whatever rule set, also where a set lacks what a page names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from enforcement.intake.receiving import receive
from enforcement.models import Case
from law.statute import RULE_SETS, statute
from tests.office import DAY, NEXT, paper, user

LISTS = ("today", "sanctions", "inbox", "post", "approvals", "search")
OF_THE_DAY = ("overdue", "due", "arrivals", "waiting", "silent")


@pytest.fixture(autouse=True)
def today(offices: None, set_clock: Callable[[date], None]) -> None:
    """The offices, on the day after the arrival."""
    set_clock(NEXT)


def received_under(rule_set: str) -> Case:
    """A case on a document of the first kind that the rule set knows."""
    law = statute(rule_set)
    kind = next(iter(law.kinds())).rule.id
    return receive(paper(type=kind), law=law, on=DAY, by=user("court.system")).presentation.case


@pytest.mark.parametrize("login", ["bailiff.ala", "senior.ala", "prosecutor.ala", "auditor.ala"])
@pytest.mark.parametrize("rule_set", RULE_SETS)
def test_a_case_opens_with_the_ledger_of_each_of_its_terms(rule_set: str, login: str) -> None:
    case = received_under(rule_set)
    client = Client()
    client.force_login(user(login))
    terms = case.stream.deadlines.values_list("pk", flat=True)
    addresses = [reverse("case", args=[case.pk])]
    addresses += [reverse("ledger", args=[case.pk, term]) for term in terms]
    for address in addresses:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("rule_set", RULE_SETS)
def test_the_lists_hold_a_case_of_each_rule_set(rule_set: str) -> None:
    received_under(rule_set)
    client = Client()
    client.force_login(user("senior.ala"))
    addresses = [reverse(name) for name in LISTS]
    addresses += [reverse("today_list", args=[name]) for name in OF_THE_DAY]
    for address in addresses:
        assert client.get(address).status_code == 200

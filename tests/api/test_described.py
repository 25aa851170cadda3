"""docs/openapi.yaml describes what is really read and answered: nothing more, nothing less."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse

from tests.api.asking import PROBLEM, Caller
from tests.api.described import faults
from tests.api.test_sanctions import asked, decide
from tests.examples.papers import EXAMPLES
from tests.examples.papers import paper as example
from tests.office import DAY, NEXT, act, arrive, paper


def as_described(name: str, answer: HttpResponse) -> dict[str, Any]:
    """The answer, which is as described."""
    found: dict[str, Any] = answer.json()
    assert faults(name, found) == []
    return found


@pytest.mark.parametrize(
    "document", EXAMPLES["documents"], ids=[each["ref"] for each in EXAMPLES["documents"]]
)
def test_every_example_is_a_document_as_described(document: dict[str, Any]) -> None:
    about = ("expect", "why", "received_on")
    assert faults("Document", {k: v for k, v in document.items() if k not in about}) == []


@pytest.mark.parametrize(
    "change",
    [
        {"office": None},
        {"ref": "r" * 65},
        {"type": "DOC-TYPE-77"},
        {"language": "en"},
        {"decision_on": "15.01.2026"},
        {"immediate": "false"},
        {"duplicate": 7},
        {"application": {"channel": "post"}},
        {"application": {"by": "x"}},
        {"claimants": {}},
        {"claimants": [{}] * 201},
        {"debtors_0_kind": "ghost"},
        {"debtors_0_address_ru": "a" * 301},
        {"debts_0_amount": 1900659},
        {"debts_0_amount": "1 900 659.00"},
        {"debts_0_claimant": -1},
        {"debts_0_debtors": ["0"]},
        {"debts_0_act": "dance"},
        {"debts_0_periodic": {"kind": "rent"}},
        {"colour": "red"},
    ],
    ids=repr,
)
def test_what_is_refused_when_read_is_described_as_impossible(change: dict[str, Any]) -> None:
    assert faults("Document", example(**change))


def test_a_receipt_a_case_its_journal_and_its_terms_are_as_described(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    set_clock(DAY)
    court = Caller()
    receipt = as_described("Receipt", court.send(paper()))
    assert receipt["verdict"]["verdict"] == "accept"
    returned = arrive("defective", 2)
    set_clock(NEXT)
    act(returned, "return_defective")
    address = f"/cases/{receipt['case']}"
    case = as_described("Case", court.get(address))
    assert case["presentations"]
    assert case["deadlines"]
    assert as_described("Journal", court.get(f"{address}/journal"))["entries"]
    terms = as_described("Deadlines", court.get(f"{address}/deadlines?explain=1"))
    assert terms["deadlines"][0]["steps"]


def test_a_request_for_a_sanction_and_the_decision_are_as_described(offices: None) -> None:
    measure = asked()
    assert as_described("Sanctions", Caller("prosecutor.system").get("/sanctions"))["results"]
    assert as_described("Sanction", decide(measure, "grant"))["state"] == "sanctioned"
    again = decide(measure, "refuse", reason="Негізі жоқ")
    assert again["Content-Type"] == PROBLEM
    assert as_described("Problem", again)["possible"]


def test_an_invalid_document_is_a_problem_as_described(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    set_clock(DAY)
    found = as_described("Problem", Caller().send(paper(office="QQQ")))
    assert found["verdict"] == {"verdict": "invalid", "field": "office"}

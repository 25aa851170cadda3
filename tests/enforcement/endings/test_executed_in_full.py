"""Executed in full is what was done in full: every sum, every payment due, every act (TERMN-07)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.course import do, initiated, now, told_in_three_languages
from tests.office import refused

SUM = {"claimant": 0, "debtors": [0], "amount": "5.00"}
ACT = {"claimant": 0, "debtors": [0], "act": "demolition"}
ALIMONY = {
    "claimant": 0,
    "debtors": [0],
    "periodic": {"kind": "alimony", "share": "1/4", "since": "2026-01-25"},
}
#: What is claimed, what was done of it, and what the refusal names; nothing where none is met.
ROWS: list[tuple[str, list[dict[str, Any]], list[dict[str, Any]], list[tuple[str, str, str]]]] = [
    ("a sum, nothing paid", [SUM], [], [("balance", "5.00", "0.00")]),
    ("a sum, a tiyn short", [SUM], [{"amount": "4.99"}], [("balance", "0.01", "0.00")]),
    ("a sum, paid", [SUM], [{"amount": "5.00"}], []),
    ("an act, nothing done", [ACT], [], [("act", "demolition", "full")]),
    ("an act, half done", [ACT], [{"extent": "part"}], [("act", "demolition", "full")]),
    ("an act, done", [ACT], [{"extent": "full"}], []),
    (
        "both, nothing done",
        [SUM, ACT],
        [],
        [("balance", "5.00", "0.00"), ("act", "demolition", "full")],
    ),
    ("both, the sum paid", [SUM, ACT], [{"amount": "5.00"}], [("act", "demolition", "full")]),
    ("both, the act done", [SUM, ACT], [{"extent": "full"}], [("balance", "5.00", "0.00")]),
    ("both, all done", [SUM, ACT], [{"amount": "5.00"}, {"extent": "full"}], []),
    ("alimony", [ALIMONY], [], [("periodic", "alimony", "full")]),
    ("alimony, in part", [ALIMONY], [{"extent": "part"}], [("periodic", "alimony", "full")]),
    ("alimony, in full", [ALIMONY], [{"extent": "full"}], []),
]


@pytest.mark.rule("TERMN-07")
@pytest.mark.parametrize(
    ("claims", "done", "owed"), [pytest.param(*row, id=name) for name, *row in ROWS]
)
def test_it_ends_only_what_is_done_and_the_refusal_names_what_is_not(
    offices: None,
    claims: list[dict[str, Any]],
    done: list[dict[str, Any]],
    owed: list[tuple[str, str, str]],
) -> None:
    proceeding = initiated(debts=claims)
    for given in done:
        do(
            now(proceeding),
            "record_recovery" if "amount" in given else "record_performance",
            **given,
        )
    if owed:
        with refused("balance_left", status=422) as caught:
            do(now(proceeding), "terminate", ground="TERMN-07")
        assert [(f.name, f.value, f.needed) for f in caught.value.facts] == owed
        assert caught.value.rule == "TERMN-07"
        told_in_three_languages(caught.value)
    else:
        do(now(proceeding), "terminate", ground="TERMN-07")
    assert now(proceeding).state == ("initiated" if owed else "terminated")


@pytest.mark.rule("RET-00")
@pytest.mark.parametrize("claims", [[ACT], [SUM, ACT], [ALIMONY]])
def test_what_was_done_in_full_is_not_returned(offices: None, claims: list[dict[str, Any]]) -> None:
    proceeding = initiated(debts=claims)
    for claim in claims:
        given = {"amount": "5.00"} if "amount" in claim else {"extent": "full"}
        verb = "record_recovery" if "amount" in claim else "record_performance"
        do(now(proceeding), verb, **given)
    with refused("nothing_left", status=422) as caught:
        do(now(proceeding), "return_to_claimant")
    told_in_three_languages(caught.value)

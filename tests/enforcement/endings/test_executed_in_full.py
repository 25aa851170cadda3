"""Executed in full is what was done in full: every sum, every payment due, every act (TERMN-07)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from enforcement.models import Proceeding
from tests.course import ALIMONY, do, initiated, now, told_in_three_languages
from tests.office import refused

SUM = {"claimant": 0, "debtors": [0], "amount": "5.00"}
ACT = {"claimant": 0, "debtors": [0], "act": "demolition"}
#: Over before the day of the acts; and paid ahead while it goes on.
ENDED: dict[str, Any] = {
    **ALIMONY,
    "periodic": {**ALIMONY["periodic"], "since": "2026-01-01", "until": "2026-02-15"},
}
GOES_ON: dict[str, Any] = {**ALIMONY, "periodic": {**ENDED["periodic"], "until": "2026-06-01"}}
OWES = [("periodic", "alimony", "full")]
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
    ("alimony, arrears stated", [ENDED], [{"unpaid": "150000"}], OWES),
    ("alimony, the arrears paid", [ENDED], [{"unpaid": "150000"}, {"amount": "150000"}], []),
    ("alimony, a tiyn short", [ENDED], [{"unpaid": "150000"}, {"amount": "149999.99"}], OWES),
    ("alimony, no month reckoned", [ENDED], [{"amount": "900000"}], OWES),
    ("alimony, every month paid", [ENDED], [{"monthly": "50000"}, {"amount": "75000"}], []),
    ("alimony, no month paid", [ENDED], [{"monthly": "50000"}], OWES),
    ("alimony, a month unpaid", [ENDED], [{"monthly": "50000"}, {"amount": "74999"}], OWES),
    (
        "alimony, reckoned from later on",
        [ENDED],
        [{"monthly": "50000", "since": date(2026, 2, 1)}, {"amount": "75000"}],
        OWES,
    ),
    ("alimony that goes on", [GOES_ON], [{"monthly": "50000"}, {"amount": "900000"}], OWES),
    ("alimony without an end", [ALIMONY], [{"monthly": "50000"}, {"amount": "900000"}], OWES),
]
#: What is told of payments that come again: by which verb.
BY: dict[str, str] = {
    "amount": "record_recovery",
    "unpaid": "record_arrears",
    "monthly": "set_monthly_sum",
    "extent": "record_performance",
}


def told(proceeding: Proceeding, given: dict[str, Any]) -> None:
    """Record what was done or reckoned; a row names a sum by what it is of."""
    name = next(iter(given))
    rest = {key: each for key, each in given.items() if key != name}
    sums = {} if name == "extent" else {"amount": Decimal(given[name])}
    do(proceeding, BY[name], **rest, **(sums or given))


@pytest.mark.rule("TERMN-07", "PERIOD-01")
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
        told(now(proceeding), given)
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
@pytest.mark.parametrize("claims", [[ACT], [SUM, ACT]])
def test_what_was_done_in_full_is_not_returned(offices: None, claims: list[dict[str, Any]]) -> None:
    proceeding = initiated(debts=claims)
    for claim in claims:
        given = {"amount": "5.00"} if "amount" in claim else {"extent": "full"}
        verb = "record_recovery" if "amount" in claim else "record_performance"
        do(now(proceeding), verb, **given)
    with refused("nothing_left", status=422) as caught:
        do(now(proceeding), "return_to_claimant")
    told_in_three_languages(caught.value)


@pytest.mark.rule("RET-00", "PERIOD-01")
@pytest.mark.parametrize(("award", "returned"), [(ENDED, False), (GOES_ON, True)])
def test_an_award_paid_to_its_end_is_returned_only_while_it_goes_on(
    offices: None, award: dict[str, Any], returned: bool
) -> None:
    proceeding = initiated(debts=[award])
    for given in ({"monthly": "50000"}, {"amount": "900000"}):
        told(now(proceeding), given)
    if not returned:
        with refused("nothing_left", status=422):
            do(now(proceeding), "return_to_claimant")
        return
    do(now(proceeding), "return_to_claimant")
    assert now(proceeding).state == "returned"


@pytest.mark.rule("TERMN-07", "PERIOD-01")
def test_no_word_executes_payments_that_come_again(offices: None) -> None:
    proceeding = initiated(debts=[ALIMONY])
    with refused("months_decide", status=422) as caught:
        do(proceeding, "record_performance", extent="full")
    assert [each.field for each in caught.value.errors] == ["extent"]
    assert set(caught.value.possible) == {"record_recovery", "set_monthly_sum", "record_arrears"}
    told_in_three_languages(caught.value)

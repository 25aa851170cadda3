"""Two people decide differently at one moment: one wins, the other is told what it became."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from accounts.models import Office
from documents.models import Paper, Register
from enforcement import transfer as transfers
from enforcement.core.http_status import status_of
from enforcement.models import Proceeding, Recovery
from journal.models import Entry
from law.refusal import Refusal
from tests import standing as money
from tests.at_once import at_once
from tests.course import PROOF, begun, do, initiated, kinds, later, now, sound
from tests.office import NEXT, appoint, example, open_offices, receive, received_on, user
from tests.platform.database import FreshDatabase

Call = Callable[[], Any]
JOINT_ON = received_on("12")
HALF = Decimal("3000000.00")
LONG = [5, pytest.param(100, marks=pytest.mark.prove)]
AWAY = {"address": "Тараз қ., Үлгі к-сі, 1", "act_text": PROOF}


@pytest.fixture(autouse=True)
def people(fresh_database: FreshDatabase) -> None:
    """A database of the test's own, for threads commit; two prosecutors."""
    open_offices()
    appoint("second.prosecutor", "prosecutor", "ALA-PRO", since=later(-100))


def split(ended: list[Any]) -> tuple[list[Any], list[Refusal]]:
    """Who won, and who was refused; anything else is a fault."""
    lost = [each for each in ended if isinstance(each, Refusal)]
    won = [each for each in ended if not isinstance(each, Refusal)]
    assert [each for each in won if isinstance(each, Exception)] == []
    return won, lost


def registers_without_gap() -> None:
    """Every paper's number once, and none left out."""
    for register in Register.objects.filter(kind="paper"):
        issued = Paper.objects.filter(office=register.office, year=register.year)
        numbers = sorted(issued.values_list("number", flat=True))
        assert numbers == list(range(1, register.last + 1))


# --- Either or ------------------------------------------------------------------------------------


def decisions(number: int) -> tuple[Call, Call]:
    """Two prosecutors on one request."""
    measure = do(initiated(number), "request_freeze")
    return (
        partial(do, measure, "grant_sanction", by="prosecutor.ala"),
        partial(do, measure, "refuse_sanction", by="second.prosecutor"),
    )


def ends(number: int) -> tuple[Call, Call]:
    """One proceeding, ended in two ways."""
    proceeding = initiated(number)
    return (
        partial(do, proceeding, "terminate", by="bailiff.ala"),
        partial(do, proceeding, "return_to_claimant", by="head.ala"),
    )


def halts(number: int) -> tuple[Call, Call]:
    """One ground of suspension, found by two."""
    proceeding = initiated(number)
    return (
        partial(do, proceeding, "suspend", by="bailiff.ala"),
        partial(do, proceeding, "suspend", by="head.ala"),
    )


def joint(number: int) -> list[Proceeding]:
    """The proceedings of two who owe one sum."""
    paper = example("12") | {"ref": f"J-{number}", "case_number": f"J/{number}"}
    return begun(receive(paper, on=JOINT_ON, by="clerk"), on=JOINT_ON)


def pays(proceeding: Proceeding, login: str) -> Call:
    """More than half of the sum, by one of two."""
    debt = proceeding.debtor.debts.order_by("position")[0]
    given = {"amount": HALF, "debt": debt, "on": JOINT_ON, "by": login}
    return partial(do, proceeding, "record_recovery", **given)


def payments(number: int) -> tuple[Call, Call]:
    """Both debtors pay more than half of what they owe jointly."""
    one, other = joint(number)
    return pays(one, "bailiff.ala"), pays(other, "head.ala")


def payments_in_two_offices(number: int) -> tuple[Call, Call]:
    """The same, after one of them moved to another office with his document."""
    stays, goes = joint(number)
    do(goes, "transfer", office=Office.objects.get(code="TRZ"), on=JOINT_ON, **AWAY)
    sent = transfers.on_its_way(goes.case)
    arrival = transfers.accept_transfer(sent, on=JOINT_ON, by=user("bailiff.trz"))
    [there] = begun(arrival, on=JOINT_ON, by="bailiff.trz")
    return pays(stays, "bailiff.ala"), pays(there, "bailiff.trz")


def refunds(number: int) -> tuple[Call, Call]:
    """What came above the debt, given back by two."""
    proceeding = initiated(number)
    do(proceeding, "record_recovery", amount="9999999.00")
    paid = proceeding.recoveries.get()
    one, other = (
        partial(do, proceeding, "return_surplus", recovery=paid, by=login)
        for login in ("bailiff.ala", "head.ala")
    )
    return one, other


def acceptances(number: int) -> tuple[Call, Call]:
    """A document on its way, accepted by two."""
    proceeding = initiated(number)
    do(proceeding, "transfer", office=Office.objects.get(code="TRZ"), **AWAY)
    sent = transfers.on_its_way(proceeding.case)
    logins = ("bailiff.trz", "head.trz")
    one, other = (
        partial(transfers.accept_transfer, sent, on=NEXT, by=user(login)) for login in logins
    )
    return one, other


#: Each race: what the loser is told, and by how many papers the winner's act is longer.
RACES: list[tuple[Callable[[int], tuple[Call, Call]], str, int, int]] = [
    (decisions, "wrong_state", 409, 0),
    (ends, "wrong_state", 409, 1),
    (halts, "ground_holds", 409, 1),
    (refunds, "no_surplus", 422, 0),
    (acceptances, "already_accepted", 409, 0),
]


@pytest.mark.parametrize("rounds", LONG)
@pytest.mark.parametrize(
    ("begin", "code", "status", "papers"), RACES, ids=[race[0].__name__ for race in RACES]
)
def test_of_two_who_decide_differently_one_wins_and_the_other_is_told_why(
    begin: Callable[[int], tuple[Call, Call]], code: str, status: int, papers: int, rounds: int
) -> None:
    winners: Counter[int] = Counter()
    for number in range(rounds):
        both = begin(number)
        issued, acts = Paper.objects.count(), Entry.objects.exclude(by=None).count()
        ended = at_once(*both)
        won, [refusal] = split(ended)
        assert len(won) == 1
        winners[ended.index(won[0])] += 1
        assert (refusal.code, status_of(refusal)) == (code, status)
        assert refusal.rule
        assert refusal.facts or code in ("ground_holds", "already_accepted")
        assert Paper.objects.count() == issued + papers
        told = 2 if begin is acceptances else 1  # in both journals
        assert Entry.objects.exclude(by=None).count() == acts + told
    assert sum(winners.values()) == rounds
    registers_without_gap()
    sound()


@pytest.mark.parametrize("begin", [payments, payments_in_two_offices])
@pytest.mark.parametrize("rounds", LONG)
def test_what_two_pay_at_once_is_both_written_and_one_is_above(
    rounds: int, begin: Callable[[int], tuple[Call, Call]]
) -> None:
    for number in range(rounds):
        both = begin(number)
        won, lost = split(at_once(*both))
        assert (len(won), lost) == (2, [])
        paid = list(Proceeding.objects.filter(recoveries__entry__in=won))
        assert [money.balance(each) for each in paid] == [Decimal("700000.00")] * 2
        above = [money.account(each).surplus for each in paid]
        assert sorted(above) == [0, 2 * Decimal(HALF) - Decimal("4500000.00")]
    assert Recovery.objects.count() == 2 * rounds
    sound()


# --- Both, but one after the other ----------------------------------------------------------------


@pytest.mark.parametrize("rounds", LONG)
def test_a_proceeding_terminated_is_not_suspended_whoever_came_first(rounds: int) -> None:
    """A suspended proceeding can be terminated, never the other way round."""
    for number in range(rounds):
        proceeding = initiated(number)
        do(proceeding, "request_freeze")
        issued = Paper.objects.count()
        end = partial(do, proceeding, "terminate", by="bailiff.ala")
        won, lost = split(at_once(end, partial(do, proceeding, "suspend", by="head.ala")))
        told = [kind for kind in kinds(proceeding.case) if kind in ("suspended", "terminated")]
        assert now(proceeding).state == "terminated"
        assert told == (["terminated"] if lost else ["suspended", "terminated"])
        assert Paper.objects.count() == issued + len(won)
        for refusal in lost:
            assert (refusal.code, status_of(refusal)) == ("wrong_state", 409)
            assert refusal.facts[0].value == "terminated"
        assert not now(proceeding).suspensions.filter(until=None).exists()
    registers_without_gap()
    sound()


@pytest.mark.parametrize("rounds", LONG)
def test_of_two_grounds_that_end_at_once_the_last_one_lets_the_proceeding_go_on(
    rounds: int,
) -> None:
    grounds = ("SUSP-OPT-05", "SUSP-MAND-04")
    for number in range(rounds):
        proceeding = initiated(number)
        for ground in grounds:
            do(now(proceeding), "suspend", ground=ground)
        both = [
            partial(do, now(proceeding), "resume", ground=ground, by=login)
            for ground, login in zip(grounds, ("bailiff.ala", "head.ala"), strict=True)
        ]
        won, lost = split(at_once(*both))
        assert (len(won), lost) == (2, [])
        assert now(proceeding).state == "initiated"
        assert kinds(proceeding.case)[-2:] == ["ground_ended", "resumed"]
    registers_without_gap()
    sound()

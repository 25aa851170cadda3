"""A claim is a claim: by who owes whom what, never by its place in the paper."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis.strategies import integers, randoms

from enforcement.facts.balance import Account, Claim
from enforcement.intake.claims import Known, Named, doubtful, identities, strange
from enforcement.models import Proceeding
from tests import standing as money
from tests.course import begun, do, now
from tests.enforcement.money.test_money import JOINT_ON
from tests.office import DAY, NEXT, afresh, example, paper, receive

BANK, SHOP = ("940640001014", "банк"), ("180240099888", "дукен")
SERIK, VIKTOR = ("850314300122", "серик"), ("721225300918", "виктор")
ERLAN = ("", "ерлан")


def sum_of(
    amount: int,
    *debtors: tuple[str, str],
    claimant: tuple[str, str] = BANK,
    joint: bool = False,
    part: str = "",
) -> Named:
    people = frozenset(debtors or (SERIK,))
    return Named(claimant, people, joint, Decimal(amount), ("", None), part)


def other(*what: Any, debtor: tuple[str, str] = SERIK) -> Named:
    return Named(BANK, frozenset({debtor}), False, None, what, "")


BOTH = (SERIK, VIKTOR)
#: Earlier claims, the claims that arrive, and of which earlier ones (by place) each of them is.
ARRIVING: dict[str, tuple[list[Named], list[Named], list[str]]] = {
    "the same": ([sum_of(5)], [sum_of(5)], ["0"]),
    "another order": ([sum_of(5), sum_of(7)], [sum_of(7), sum_of(5)], ["1", "0"]),
    "two alike": ([sum_of(5), sum_of(5)], [sum_of(5), sum_of(5)], ["0", "1"]),
    "another sum": ([sum_of(5)], [sum_of(6)], [""]),
    "another claimant": ([sum_of(5)], [sum_of(5, claimant=SHOP)], [""]),
    "another debtor": ([sum_of(5)], [sum_of(5, VIKTOR)], [""]),
    "debtors in another order": (
        [sum_of(5, *BOTH, joint=True)],
        [sum_of(5, *BOTH[::-1], joint=True)],
        ["0"],
    ),
    "one in two": ([sum_of(12)], [sum_of(5), sum_of(7)], ["0", "0"]),
    "two in one": ([sum_of(5), sum_of(7)], [sum_of(12)], ["01"]),
    "two in three": ([sum_of(5), sum_of(7)], [sum_of(2), sum_of(4), sum_of(6)], ["01"] * 3),
    "two in two of other sizes": ([sum_of(5), sum_of(7)], [sum_of(4), sum_of(8)], ["01"] * 2),
    "one in two beside another": (
        [sum_of(12), sum_of(3)],
        [sum_of(3), sum_of(5), sum_of(7)],
        ["1", "0", "0"],
    ),
    "in two that are more": ([sum_of(12)], [sum_of(5), sum_of(8)], ["", ""]),
    "in two of another debtor": ([sum_of(12)], [sum_of(5), sum_of(7, VIKTOR)], ["", ""]),
    "the same part": ([sum_of(5, part="1")], [sum_of(5, part="1")], ["0"]),
    "another part": ([sum_of(5, part="1")], [sum_of(5, part="2")], [""]),
    "the whole after a part": ([sum_of(5, part="1")], [sum_of(5)], ["0"]),
    "a part after the whole": ([sum_of(5)], [sum_of(5, part="2")], ["0"]),
    "a joint debtor's own writ": (
        [sum_of(5, *BOTH, joint=True)],
        [sum_of(5, VIKTOR, joint=True, part="2")],
        ["0"],
    ),
    "the other joint debtor's own writ": (
        [sum_of(5, SERIK, joint=True, part="1")],
        [sum_of(5, VIKTOR, joint=True, part="2")],
        ["0"],
    ),
    "a share's own writ": (
        [sum_of(5, SERIK), sum_of(5, VIKTOR)],
        [sum_of(5, VIKTOR, part="2")],
        ["1"],
    ),
    "an act": ([other("demolition")], [other("demolition")], ["0"]),
    "another act": ([other("demolition")], [other("eviction")], [""]),
    "payments that come again": ([other("alimony", DAY)], [other("alimony", DAY)], ["0"]),
    "payments from another day": ([other("alimony", DAY)], [other("alimony", NEXT)], [""]),
    "a debtor without a number": ([sum_of(5, ERLAN)], [sum_of(5, ERLAN)], ["0"]),
    "a number told later": ([sum_of(5, ERLAN)], [sum_of(5, ("850314300122", "ерлан"))], ["0"]),
    "nothing before": ([], [sum_of(5)], [""]),
}


@pytest.mark.parametrize("case", ARRIVING)
def test_a_claim_is_known_by_who_owes_whom_what(case: str) -> None:
    before, new, expected = ARRIVING[case]
    known = [Known(named, key(place)) for place, named in enumerate(before)]
    place = {each.claim: str(n) for n, each in enumerate(known)}
    found = [
        "".join(place.get(claim, "") for claim in (each.claim, *each.merged))
        for each in identities(new, known)
    ]
    assert found == expected


#: Earlier claims with what was paid of each, the claims that arrive, which of them are in doubt.
DOUBTED: dict[str, tuple[list[tuple[Named, int]], list[Named], list[int]]] = {
    "the same": ([(sum_of(5), 3)], [sum_of(5)], []),
    "nothing paid": ([(sum_of(5), 0)], [sum_of(6)], []),
    "another sum": ([(sum_of(5), 3)], [sum_of(2)], [0]),
    "another sum beside the same": ([(sum_of(5), 3)], [sum_of(2), sum_of(5)], []),
    "one of two is another": (
        [(sum_of(5), 3), (sum_of(7), 1)],
        [sum_of(5), sum_of(6)],
        [1],
    ),
    "only the unpaid is another": ([(sum_of(5), 3), (sum_of(7), 0)], [sum_of(5), sum_of(6)], []),
    "another claimant": ([(sum_of(5), 3)], [sum_of(5, claimant=SHOP)], [0]),
    "another debtor": ([(sum_of(5), 3)], [sum_of(5, VIKTOR)], [0]),
    "a name without a number, another name": ([(sum_of(5), 3)], [sum_of(5, ERLAN)], [0]),
    "in two that are more": ([(sum_of(12), 3)], [sum_of(5), sum_of(8)], [0, 1]),
    "in two": ([(sum_of(12), 3)], [sum_of(5), sum_of(7)], []),
    "joined": ([(sum_of(5), 3), (sum_of(7), 1)], [sum_of(12)], []),
    "another part": ([(sum_of(5, part="1"), 3)], [sum_of(6, part="2")], []),
    "a part of another sum": ([(sum_of(12), 3)], [sum_of(6, part="2")], [0]),
    "a joint debtor's own writ": (
        [(sum_of(5, *BOTH, joint=True), 3)],
        [sum_of(5, VIKTOR, joint=True, part="2")],
        [],
    ),
    "joint, then not": ([(sum_of(5, *BOTH, joint=True), 3)], [sum_of(5, VIKTOR)], [0]),
    "one of two alike, the later paid": ([(sum_of(5), 0), (sum_of(5), 3)], [sum_of(5)], [0]),
    "one of two alike, the first paid": ([(sum_of(5), 3), (sum_of(5), 0)], [sum_of(5)], []),
    "payments from another day": (
        [(other("alimony", DAY), 3)],
        [other("alimony", NEXT)],
        [0],
    ),
    "the arrears as a sum": ([(other("alimony", DAY), 3)], [sum_of(9)], [0]),
    "nothing before": ([], [sum_of(5)], []),
}


@pytest.mark.parametrize("case", DOUBTED)
def test_where_a_paid_claim_is_not_known_again_it_is_told(case: str) -> None:
    before, new, expected = DOUBTED[case]
    known = [
        Known(named, key(place), paid=Decimal(paid)) for place, (named, paid) in enumerate(before)
    ]
    assert doubtful(new, known) == expected


#: Earlier claims, the claims that arrive, whether one of them is not for sure an earlier one.
STRANGE: dict[str, tuple[list[Named], list[Named], bool]] = {
    "the same": ([sum_of(5)], [sum_of(5)], False),
    "two alike": ([sum_of(5), sum_of(5)], [sum_of(5), sum_of(5)], False),
    "one in two": ([sum_of(12)], [sum_of(5), sum_of(7)], False),
    "one of two": ([sum_of(5), sum_of(7)], [sum_of(7)], False),
    "another debtor": ([sum_of(5)], [sum_of(5, VIKTOR)], True),
    "another joint debtor": (
        [sum_of(5, SERIK, joint=True)],
        [sum_of(5, VIKTOR, joint=True)],
        True,
    ),
    "one more joint debtor": (
        [sum_of(5, SERIK, joint=True)],
        [sum_of(5, *BOTH, joint=True)],
        True,
    ),
    "one of the joint debtors": (
        [sum_of(5, *BOTH, joint=True)],
        [sum_of(5, VIKTOR, joint=True)],
        False,
    ),
    "another claimant": ([sum_of(5)], [sum_of(5, claimant=SHOP)], True),
    "another sum": ([sum_of(5)], [sum_of(6)], True),
    "a number told later": ([sum_of(5, ERLAN)], [sum_of(5, ("850314300122", "ерлан"))], False),
    "nothing claimed before": ([], [sum_of(5)], True),
    "nothing claimed": ([sum_of(5)], [], False),
}


@pytest.mark.parametrize("case", STRANGE)
def test_what_is_not_for_sure_an_earlier_claim_is_asked_about(case: str) -> None:
    before, new, expected = STRANGE[case]
    known = [Known(named, key(place)) for place, named in enumerate(before)]
    assert strange(new, known) is expected
    assert strange(new, [*known, *copies(new)]) is expected, "a second copy stands for nothing"


def copies(of: list[Named]) -> list[Known]:
    return [Known(named, key(90 + place), copied=True) for place, named in enumerate(of)]


def key(place: int) -> UUID:
    return UUID(int=place)


@settings(deadline=None)
@given(chance=randoms(use_true_random=False), sums=integers(1, 6))
def test_no_order_of_the_debts_makes_another_claim_of_one(chance: Random, sums: int) -> None:
    before = [
        sum_of(chance.randint(1, 3), chance.choice(BOTH), claimant=chance.choice((BANK, SHOP)))
        for _ in range(sums)
    ]
    known = [Known(named, key(place)) for place, named in enumerate(before)]
    new = chance.sample(before, len(before))
    found = identities(new, known)
    assert sorted(each.claim for each in found) == [each.claim for each in known]
    for named, each in zip(new, found, strict=True):
        assert before[each.claim.int] == named


# --- What was paid stays paid ---------------------------------------------------------------------


def told(place: int, claim: int, amount: int | None, receipts: list[Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {"act": "", "periodic": "", "reckoned": [], "late": False}
    plain |= dict.fromkeys(("since", "until", "monthly", "day", "late_by", "performed_on"))
    sums = None if amount is None else str(amount)
    return {"id": str(place), "claim": str(claim), "amount": sums, "receipts": receipts, **plain}


def receipt(line: int, amount: int, *, debt: str = "earlier", back: int = 0) -> dict[str, Any]:
    plain = {"id": str(line), "line": line, "on": str(DAY), "proceeding": "", "debt": debt}
    return {**plain, "amount": str(amount), "back": str(back)}


@given(chance=randoms(use_true_random=False), pieces=integers(1, 6), paid=integers(0, 6))
def test_no_grouping_of_a_claim_changes_what_is_left(
    chance: Random, pieces: int, paid: int
) -> None:
    sums = [chance.randint(1, 40) for _ in range(pieces)]
    debts = [str(n) for n in range(pieces)] + ["earlier"]
    came = [receipt(n, chance.randint(1, 50), debt=chance.choice(debts)) for n in range(paid)]
    whole = Account.of(Claim.all_of([told(0, 0, sum(sums), came)]))
    split = Account.of(Claim.all_of([told(n, 0, each, came) for n, each in enumerate(sums)]))
    assert (split.left, split.paid, split.surplus) == (whole.left, whole.paid, whole.surplus)
    chance.shuffle(came)
    again = Account.of(Claim.all_of([told(n, 0, each, came) for n, each in enumerate(sums)]))
    assert again == split, "in whatever order they are read"


def presented_again(case_number: str, debts: list[dict[str, Any]], **changes: Any) -> Proceeding:
    """The proceeding of a paper that comes again, with its debts told anew."""
    document = paper(case_number=case_number, debts=debts, **{"ref": "again", **changes})
    [proceeding] = begun(receive(document, on=DAY.replace(month=5)), on=DAY.replace(month=5))
    return proceeding


def owing(*amounts: str) -> list[dict[str, Any]]:
    return [{"claimant": 0, "debtors": [0], "amount": amount} for amount in amounts]


#: The debts of the first arrival, what is paid of which, and how they are told the second time.
TOLD_AGAIN: dict[str, tuple[list[str], dict[int, str], list[str], str]] = {
    "in another order": (["1000.00", "300.00"], {0: "400.00"}, ["300.00", "1000.00"], "900.00"),
    "one as two": (["1300.00"], {0: "1100.00"}, ["1000.00", "300.00"], "200.00"),
    "two as one": (["1000.00", "300.00"], {0: "900.00", 1: "100.00"}, ["1300.00"], "300.00"),
    "as they were": (["1000.00", "300.00"], {1: "300.00"}, ["1000.00", "300.00"], "1000.00"),
    "other sums": (["1000.00"], {0: "400.00"}, ["2000.00"], "2000.00"),
}


@pytest.mark.parametrize("case", TOLD_AGAIN)
def test_what_was_paid_stays_paid_when_the_paper_comes_again(offices: None, case: str) -> None:
    before, paid, again, left = TOLD_AGAIN[case]
    first = paper(1, debts=owing(*before))
    [proceeding] = begun(receive(first), on=NEXT)
    for place, amount in paid.items():
        debt = proceeding.debtor.debts.get(position=place)
        do(proceeding, "record_recovery", debt=debt, amount=amount)
    do(now(proceeding), "return_to_claimant")
    found = presented_again(first["case_number"], owing(*again))
    assert str(money.balance(found)) == left
    told = [r["field"] for r in found.presentation.verdict.get("remarks", ())]
    assert told == (["debts[0]"] if case == "other sums" else [])
    for debt in found.debtor.debts.order_by("position"):
        do(now(found), "record_recovery", debt=debt, amount=left, on=DAY.replace(month=5))
    assert money.balance(found) == 0


#: The debts of the first arrival, what is paid of which, how they come again, the verdict.
PAID_OFF: dict[str, tuple[list[str], dict[int, str], list[str], str]] = {
    "all of it": (["1000.00"], {0: "1000.00"}, ["1000.00"], "already_received"),
    "all, told as two": (["1300.00"], {0: "1300.00"}, ["1000.00", "300.00"], "already_received"),
    "one of two": (["1000.00", "300.00"], {0: "1000.00"}, ["1000.00", "300.00"], "accept"),
    "all, and another beside": (["1000.00"], {0: "1000.00"}, ["1000.00", "5.00"], "accept"),
}


@pytest.mark.parametrize("case", PAID_OFF)
@pytest.mark.rule("TERMN-07", "WRIT-ONE-01")
def test_a_paper_that_was_paid_after_its_return_is_executed(offices: None, case: str) -> None:
    before, paid, again, verdict = PAID_OFF[case]
    first = paper(1, debts=owing(*before))
    [proceeding] = begun(receive(first), on=NEXT)
    do(proceeding, "return_to_claimant")
    for place, amount in paid.items():
        debt = proceeding.debtor.debts.get(position=place)
        do(now(proceeding), "record_recovery", debt=debt, amount=amount)
    told = receive(paper(1, debts=owing(*again), ref="again"), on=DAY.replace(month=5)).verdict
    executed = verdict == "already_received"
    assert (told["verdict"], told.get("executed", False)) == (verdict, executed)
    assert (told.get("of") == first["ref"]) is executed


def test_a_claim_told_in_pieces_is_known_the_third_time(offices: None) -> None:
    first = paper(1, debts=owing("1300.00"))
    [proceeding] = begun(receive(first), on=NEXT)
    do(proceeding, "record_recovery", amount="1100.00")
    pieces = (["1000.00", "300.00"], ["300.00", "1000.00"], ["1300.00"])
    for n, sums in enumerate(pieces):
        do(now(proceeding), "return_to_claimant", on=now(proceeding).case.last_act_on)
        proceeding = presented_again(first["case_number"], owing(*sums), ref=f"again {n}")
        assert money.balance(proceeding) == 200


@pytest.mark.rule("WRIT-ONE-02")
def test_writs_of_each_joint_debtor_are_one_claim(offices: None) -> None:
    both = example("12")
    proceedings = []
    for n in (0, 1):
        own = {**both, "ref": f"part-{n}", "part": f"{n + 1}", "debtors": [both["debtors"][n]]}
        own["debts"] = [{"claimant": 0, "debtors": [0], "joint": True, "amount": "4500000.00"}]
        proceedings += begun(receive(own, on=JOINT_ON, by="clerk"), on=JOINT_ON)
    one, two = proceedings
    do(one, "record_recovery", amount="4000000.00", on=JOINT_ON)
    assert [str(money.balance(each)) for each in (one, two)] == ["500000.00"] * 2


OTHER = example("02")["claimants"][0]
#: The part of the first paper and of the second, what the second claims of the same debtor for
#: whom, and what is left of each proceeding begun on it.
SECOND_WRITS: dict[str, tuple[str, str, str, bool, list[str]]] = {
    "another part for another claimant": ("1", "2", "700.00", True, ["700.00"]),
    "another part for the same claimant": ("1", "2", "700.00", False, ["700.00"]),
    "a part for another claimant": ("", "2", "700.00", True, ["700.00"]),
    "a part of what runs whole": ("", "2", "700.00", False, []),
    "what runs already": ("", "2", "1000.00", False, []),
}


@pytest.mark.rule("WRIT-ONE-02")
@pytest.mark.parametrize("case", SECOND_WRITS)
def test_a_second_writ_is_begun_for_its_own_claims_alone(offices: None, case: str) -> None:
    one, two, amount, another, left = SECOND_WRITS[case]
    first = paper(1, debts=owing("1000.00"), part=one)
    [running] = begun(receive(first), on=NEXT)
    again: dict[str, Any] = {**first, "ref": "again", "part": two, "debts": owing(amount)}
    again |= {"claimants": [OTHER]} if another else {}
    found = begun(receive(again, on=NEXT), on=NEXT)
    assert [str(money.balance(each)) for each in found] == left
    assert str(money.balance(now(running))) == "1000.00"


@pytest.mark.rule("PARTY-MULTI-01")
def test_a_shared_debt_is_claimed_of_each_by_his_share(offices: None) -> None:
    document = example("12")
    document["debts"] = [
        {"claimant": 0, "debtors": [0, 1], "joint": False, "amount": "1000000.01"},
        {"claimant": 0, "debtors": [0, 1], "amount": "90.00", "shares": ["2/3", "1/3"]},
    ]
    arrival = receive(document, on=JOINT_ON, by="clerk")
    one, two = begun(arrival, on=JOINT_ON)
    assert [str(money.balance(each)) for each in (one, two)] == ["500060.01", "500030.00"]
    do(one, "record_recovery", amount="1000000.00", on=JOINT_ON)
    assert [str(money.balance(each)) for each in (one, two)] == ["60.00", "500030.00"]
    assert str(money.account(one).surplus) == "499999.99", "it is his own, not the other's"
    debts = afresh(arrival).debts.order_by("position", "share").values_list("amount", flat=True)
    assert sum(debts) == Decimal("1000090.01")

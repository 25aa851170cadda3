"""Each payment that comes again is presented in its own time; what comes covers what is asked."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest
from django.test import Client

from accounts.models import Office
from enforcement.limitation import Earlier
from enforcement.models import Proceeding
from enforcement.transfer import accept_transfer
from tests import standing as money
from tests.api.asking import Caller
from tests.course import begun, do, initiated, later, now, sound, told_in_three_languages
from tests.examples.papers import judged, shape
from tests.office import DAY, NEXT, paper, receive, refused, user

OWED: Final[dict[str, Any]] = {"claimant": 0, "debtors": [0]}
AWARD: Final[dict[str, Any]] = {
    "kind": "alimony",
    "amount": "60000.00",
    "since": "2022-01-01",
}
#: Of a writ that came on 10 March 2026: three years earlier, read a day later (Q7), the last of
#: them a Saturday that is followed by days off.
LATE_BY: Final = date(2023, 3, 5)


def award(**changes: Any) -> dict[str, Any]:
    return {**OWED, "periodic": {**AWARD, **changes}}


#: The award, what was before, and by which day what it owed is out of time.
LATE: list[tuple[str, dict[str, Any], Earlier, str | None]] = [
    ("begun four years ago", {}, Earlier(), "2023-03-05"),
    ("without its first day", {"since": None}, Earlier(), None),
    ("begun before the writ's three years", {"since": "2023-03-06"}, Earlier(), None),
    ("its first month owed before them", {"since": "2023-02-10"}, Earlier(), "2023-03-05"),
    ("its first month owed within them", {"since": "2023-03-05"}, Earlier(), None),
    ("to pay on the third", {"since": "2023-03-01", "day": 3}, Earlier(), "2023-03-05"),
    ("to pay on the fifth", {"since": "2023-03-01", "day": 5}, Earlier(), None),
    ("still to come", {"since": "2027-01-01"}, Earlier(), None),
    ("returned within three years", {}, Earlier(returned_on=date(2024, 5, 5)), None),
    ("returned longer ago", {}, Earlier(returned_on=date(2022, 5, 5)), "2023-03-05"),
    (
        "paid in part since the return",
        {},
        Earlier(returned_on=date(2022, 5, 5), performed_on=[date(2024, 1, 1)]),
        None,
    ),
    ("late when it came before", {}, Earlier(late={0: date(2023, 9, 1)}), "2023-09-01"),
    ("less late when it came before", {}, Earlier(late={0: date(2022, 9, 1)}), "2023-03-05"),
]


@pytest.mark.rule("PERIOD-02", "INTERR-04")
@pytest.mark.parametrize(
    ("changes", "before", "day"), [pytest.param(*row, id=name) for name, *row in LATE]
)
def test_each_payment_is_presented_in_its_own_time(
    changes: dict[str, Any], before: Earlier, day: str | None
) -> None:
    found = judged(shape(debts=[award(**changes)]), earlier=before)
    assert found.verdict == "accept"
    assert found.late_payments == ({"debts[0]": day} if day else None)
    told = [each["field"] for each in found.remarks if each["code"] == "late_payments"]
    assert told == (["debts[0]"] if day else [])


@pytest.mark.rule("PERIOD-02", "RESTORE-01")
def test_of_a_restored_term_nothing_is_out_of_time() -> None:
    act = {"court": "Сот", "number": "1", "on": "2026-03-02"}
    assert judged(shape(debts=[award()], restored=act)).late_payments is None


def alimony(**changes: Any) -> Proceeding:
    return initiated(debts=[award(**changes)])


def claim(proceeding: Proceeding) -> Any:
    return money.told(proceeding).claims[0]


def pay(proceeding: Proceeding, amount: str, on: date = NEXT) -> Any:
    return do(now(proceeding), "record_recovery", amount=amount, on=on)


@pytest.mark.rule("PERIOD-02", "SEC-01")
def test_what_is_out_of_time_is_not_demanded_and_not_frozen(offices: None) -> None:
    """Owed are the months from March 2023 to February 2026: 36; of 14 before nobody asks."""
    proceeding = alimony()
    found = claim(proceeding)
    assert (found.award.late_by, str(found.arrears(NEXT))) == (LATE_BY, "2160000.00")
    months = found.months(NEXT)
    assert [each.late for each in months] == [True] * 14 + [False] * 36
    with refused("above_balance", status=422):
        do(proceeding, "request_freeze", amount=Decimal("2160000.01"))
    do(proceeding, "request_freeze", amount=Decimal("2160000.00"))
    pay(proceeding, "60000.00")
    first = [each for each in claim(proceeding).months(NEXT) if each.paid]
    assert [str(each.since) for each in first] == ["2023-03-01"]
    sound([proceeding.case])


#: What the award names, the sum of each month set by the bailiff, the most that is in arrears.
MOST: Final[list[tuple[dict[str, Any], str, str | None]]] = [
    ({"since": "2015-01-01", "amount": "10000.00"}, "", "360000.00"),
    ({"since": "2015-01-01", "amount": "10000.00"}, "20000.00", "720000.00"),
    ({"since": "2026-01-01"}, "", "120000.00"),
    ({"since": "2015-01-01", "amount": None, "share": "1/4"}, "", None),
    ({"since": "2015-01-01", "amount": None, "share": "1/4"}, "10000.00", "360000.00"),
]


@pytest.mark.rule("PERIOD-02")
@pytest.mark.parametrize(("told", "monthly", "most"), MOST)
def test_arrears_are_stated_within_what_the_months_in_time_owe(
    offices: None, told: dict[str, Any], monthly: str, most: str | None
) -> None:
    proceeding = alimony(**told)
    if monthly:
        do(proceeding, "set_monthly_sum", amount=Decimal(monthly))
    above = Decimal(most or "0.00") + Decimal("0.01")
    with refused("above_schedule" if most else "late_not_reckoned", status=422) as found:
        do(now(proceeding), "record_arrears", amount=above)
    told_in_three_languages(found.value)
    assert (found.value.rule, "set_monthly_sum" in found.value.possible) == ("PERIOD-02", True)
    if most:
        assert [(f.value, f.needed) for f in found.value.facts] == [(str(above), f"<= {most}")]
        do(now(proceeding), "record_arrears", amount=Decimal(most))
        with refused("above_balance", status=422):
            do(now(proceeding), "request_freeze", amount=above)


@pytest.mark.rule("PERIOD-02")
def test_the_case_and_the_api_tell_what_is_out_of_time(offices: None) -> None:
    proceeding = alimony()
    page = Client()
    page.force_login(user("bailiff.ala"))
    shown = page.get(f"/cases/{proceeding.case_id}").content.decode()
    assert f'data-late-by="{LATE_BY}"' in shown
    assert shown.count('data-late="payment"') == 14
    answer = Caller("bailiff.ala").get(f"/cases/{proceeding.case_id}").json()
    (owed,) = answer["presentations"][0]["debts"]
    assert [month["out_of_time"] for month in owed["months"]][:15] == [True] * 14 + [False]
    assert owed["months"][0] == {
        "since": "2022-01-01",
        "due": "60000.00",
        "paid": "0.00",
        "left": "0.00",
        "out_of_time": True,
    }


@pytest.mark.rule("PERIOD-02", "REPRES-01")
def test_what_was_out_of_time_once_is_so_when_it_comes_again_or_goes_on(offices: None) -> None:
    proceeding = alimony()
    do(proceeding, "return_to_claimant", on=NEXT)
    # The return gives all that was in time its three years again, and the rest nothing.
    again = receive(paper(1, ref="again", debts=[award()]), on=later(30))
    [found] = begun(again, on=later(30))
    assert claim(found).award.late_by == LATE_BY
    there = {"office": Office.objects.get(code="TRZ"), "address": "Тараз", "act_text": "№ 1"}
    do(found, "transfer", on=later(31), **there)
    moved = accept_transfer(found.transfer_out, on=later(32), by=user("bailiff.trz"))
    [there_too] = begun(moved, on=later(32), by="bailiff.trz")
    assert claim(there_too).award.late_by == LATE_BY


# --- What comes above what the months ask ---------------------------------------------------------

ENDED: Final = {"since": "2026-01-01", "until": "2026-03-01"}
GOES_ON: Final = {"since": "2026-01-01"}
#: The award, the sums that came, what waits to be given back; which months are paid ahead.
ABOVE: dict[str, tuple[dict[str, Any], list[str], str, list[str]]] = {
    "ended, less": (ENDED, ["119999.99"], "0.00", []),
    "ended, all": (ENDED, ["120000"], "0.00", []),
    "ended, a tiyn more": (ENDED, ["120000.01"], "0.01", []),
    "ended, more in two": (ENDED, ["100000", "50000"], "30000.00", []),
    "ends later": ({**GOES_ON, "until": "2026-05-01"}, ["240000"], "0.00", ["03", "04"]),
    "ends later, more": ({**GOES_ON, "until": "2026-05-01"}, ["250000"], "10000.00", ["03", "04"]),
    "without an end": (GOES_ON, ["250000"], "0.00", ["03", "04", "05"]),
    "the rest is out of time": (
        {"since": "2022-01-01", "until": "2023-05-01"},
        ["150000"],
        "30000.00",
        [],
    ),
    "nobody reckoned it": ({**ENDED, "amount": None, "share": "1/4"}, ["900000"], "0.00", []),
}


@pytest.mark.rule("PERIOD-01", "PERIOD-02", "RIGHT-DEBT-01")
@pytest.mark.parametrize("case", ABOVE)
def test_what_no_month_asks_is_given_back_and_the_rest_covers_months(
    offices: None, case: str
) -> None:
    awarded, sums, surplus, ahead = ABOVE[case]
    proceeding = alimony(**awarded)
    for amount in sums:
        pay(proceeding, amount)
    assert str(money.account(proceeding).surplus) == surplus
    months = claim(proceeding).months(NEXT)
    assert [f"{m.since:%m}" for m in months if m.owed_on > NEXT] == ahead
    if surplus == "0.00":
        with refused("no_surplus", status=422):
            do(now(proceeding), "return_surplus")
        return
    do(now(proceeding), "return_surplus")
    assert money.account(proceeding).surplus == 0
    sound([proceeding.case])


def test_a_smaller_sum_of_each_month_leaves_more_above_it(offices: None) -> None:
    """What the months ask is reckoned anew, and so is what is above them."""
    proceeding = alimony(**ENDED)
    pay(proceeding, "120000")
    since = date(2026, 2, 1)
    less = do(now(proceeding), "set_monthly_sum", amount=Decimal("10000"), since=since)
    assert str(money.account(proceeding).surplus) == "50000.00"
    told = {"line": less.seq, "authority": "senior", "reason": "Қате", "by": "senior.ala"}
    do(now(proceeding), "correct", **told)
    assert money.account(proceeding).surplus == 0


def test_what_stated_arrears_took_into_account_is_no_surplus(offices: None) -> None:
    proceeding = alimony(**ENDED)
    pay(proceeding, "110000")
    do(now(proceeding), "record_arrears", amount=Decimal("5000"), until=NEXT)
    pay(proceeding, "6000", NEXT + timedelta(1))
    assert str(money.account(proceeding).surplus) == "1000.00"
    do(now(proceeding), "return_surplus", on=NEXT + timedelta(1))
    do(now(proceeding), "terminate", ground="TERMN-07", on=NEXT + timedelta(1))


#: The day of the month to pay on, and what is in arrears the day the document came.
ON_DAY: Final = [(None, "120000.00"), (9, "180000.00"), (10, "120000.00"), (31, "120000.00")]


@pytest.mark.rule("PERIOD-02")
@pytest.mark.parametrize(("on", "arrears"), ON_DAY)
def test_a_document_may_name_the_day_of_the_month(
    offices: None, on: int | None, arrears: str
) -> None:
    proceeding = alimony(**GOES_ON, day=on)
    assert str(claim(proceeding).arrears(DAY)) == arrears


NO_DAY: Final = [(0, "out_of_range"), (32, "out_of_range"), ("он", "format"), (True, "format")]


@pytest.mark.parametrize(("typed", "code"), NO_DAY)
def test_a_day_of_the_month_is_one_of_31(offices: None, typed: Any, code: str) -> None:
    with refused("invalid", status=422) as caught:
        alimony(day=typed)
    assert [(e.field, e.code) for e in caught.value.errors] == [("debts[0].periodic.day", code)]

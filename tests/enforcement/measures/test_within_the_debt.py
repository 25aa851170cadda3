"""Freezes stay within the debt: what is frozen is shown, more needs a reason, paid is released."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pytest
from django.db import transaction
from django.test import Client

from documents.models import Paper
from documents.rendering import render
from enforcement.facts.frozen import Frozen, unneeded
from enforcement.facts.frozen import frozen as already
from enforcement.facts.proceeding import Laid
from enforcement.facts.queries import read
from enforcement.models import Measure, Proceeding
from enforcement.today.lists import Day, day_of
from exchange.models import Message
from law.refusal import Refusal
from law.statute import statute
from tests.api.asking import Caller
from tests.course import BANK, admitted, coerced, do, frozen, initiated, later, now, sound
from tests.documents.reading import PaperFile
from tests.office import NEXT, example, refused, user

PROSECUTOR: Final = "prosecutor.ala"
OTHER_BANK: Final = "«Басқа Банк» АҚ"
WHY: Final = "Бірінші банкте қаражат жоқ"
MILLION: Final = {"claimant": 0, "amount": "1000000.00"}


def joint(**more: Any) -> tuple[Proceeding, Proceeding]:
    """Two debtors who owe one million together, as case 25 has them."""
    debtors = example("12")["debtors"]
    one, other = admitted("joint", debtors=debtors, debts=[{**MILLION, **JOINTLY, **more}])
    return one, other


JOINTLY: Final = {"debtors": [0, 1], "joint": True}


def alone() -> Proceeding:
    """One debtor who owes a million."""
    return initiated("alone", debts=[{**MILLION, "debtors": [0]}])


def asked(proceeding: Proceeding, amount: str, **given: Any) -> Measure:
    measure: Measure = do(now(proceeding), "request_freeze", amount=Decimal(amount), **given)
    return measure


def sanctioned(proceeding: Proceeding, amount: str) -> Measure:
    measure = asked(proceeding, amount)
    do(measure, "grant_sanction", by=PROSECUTOR)
    return now(measure)


def served(proceeding: Proceeding, amount: str) -> Measure:
    return frozen(proceeding, amount=amount)


def turned_down(proceeding: Proceeding, amount: str) -> None:
    do(asked(proceeding, amount), "refuse_sanction", by=PROSECUTOR)


def lifted(proceeding: Proceeding, amount: str) -> None:
    do(frozen(proceeding, amount=amount), "lift")


def paid(proceeding: Proceeding, amount: str) -> None:
    do(now(proceeding), "record_recovery", amount=amount)


# --- What may still be frozen ---------------------------------------------------------------------

Step = tuple[Callable[[Proceeding, str], Any], str]
#: What happened before to the debtor, and of each sum asked then whether it is frozen without a
#: reason, only with one, or never.
ASKED: Final[list[tuple[str, list[Step], dict[str, str]]]] = [
    (
        "nothing",
        [],
        {"0.01": "yes", "999999.99": "yes", "1000000.00": "yes", "1000000.01": "never"},
    ),
    (
        "requested",
        [(asked, "400000.00")],
        {"0.01": "yes", "600000.00": "yes", "600000.01": "why", "1000000.00": "why"},
    ),
    (
        "sanctioned",
        [(sanctioned, "400000.00")],
        {"600000.00": "yes", "600000.01": "why", "1000000.01": "never"},
    ),
    (
        "served",
        [(served, "400000.00")],
        {"600000.00": "yes", "600000.01": "why", "1000000.00": "why", "2000000.00": "never"},
    ),
    (
        "in three banks, each otherwise",
        [(asked, "100000.00"), (sanctioned, "200000.00"), (served, "300000.00")],
        {"400000.00": "yes", "400000.01": "why", "1000000.00": "why"},
    ),
    ("all of it", [(served, "1000000.00")], {"0.01": "why", "1000000.00": "why"}),
    (
        "all of it, and a tenth is left",
        [(served, "1000000.00"), (paid, "900000.00")],
        {"0.01": "why", "100000.00": "why", "100000.01": "never"},
    ),
    (
        "a part, and less is left than that",
        [(served, "300000.00"), (paid, "800000.00")],
        {"0.01": "why", "200000.00": "why", "200000.01": "never"},
    ),
    (
        "a part, and more is left than that",
        [(served, "300000.00"), (paid, "500000.00")],
        {"200000.00": "yes", "200000.01": "why", "500000.00": "why", "500000.01": "never"},
    ),
    ("lifted", [(lifted, "1000000.00")], {"1000000.00": "yes", "1000000.01": "never"}),
    ("refused", [(turned_down, "1000000.00")], {"1000000.00": "yes"}),
    (
        "paid in part and nothing frozen",
        [(paid, "0.01")],
        {"999999.99": "yes", "1000000.00": "never"},
    ),
]


def outcome(proceeding: Proceeding, amount: str) -> str:
    """Whether the sum is frozen without a reason, only with one, or never; nothing stays."""
    for told, given in (("yes", {}), ("why", {"above_because": WHY})):
        try:
            with transaction.atomic():
                asked(proceeding, amount, bank=OTHER_BANK, **given)
                raise Undone
        except Undone:
            return told
        except Refusal as found:
            if found.code != "frozen_above":
                return {"above_balance": "never"}.get(found.code, found.code)
    return "never"


class Undone(Exception):
    """What was done is taken back."""


@pytest.mark.parametrize(("happened", "steps", "sums"), ASKED, ids=[row[0] for row in ASKED])
@pytest.mark.rule("BAIL-PWR-10", "SEC-01")
def test_no_more_is_frozen_than_is_left_without_a_reason(
    offices: None, happened: str, steps: list[Step], sums: dict[str, str]
) -> None:
    proceeding = alone()
    for verb, amount in steps:
        verb(now(proceeding), amount)
    assert {amount: outcome(proceeding, amount) for amount in sums} == sums


def test_a_joint_debtor_is_frozen_for_the_whole_and_told_what_the_other_has(offices: None) -> None:
    one, other = joint()
    frozen(one, amount="1000000.00")
    assert outcome(other, "1000000.00") == "yes"
    frozen(other, amount="1000000.00")
    assert (outcome(other, "0.01"), outcome(one, "0.01")) == ("why", "why")


def test_a_debtor_s_own_part_is_not_what_others_owe(offices: None) -> None:
    one, other = joint(joint=False)
    frozen(one, amount="1000.00")
    assert held(other) == ("0.00", "0.00")


def held(proceeding: Proceeding) -> tuple[str, str]:
    """What is frozen of the debtor and of the others, as a new freeze finds it."""
    told = already(proceeding, read(proceeding))
    return str(told.total), str(told.of_others)


def laid(cap: str) -> Laid:
    """A freeze of that sum."""
    return Laid("", "served", "SEC-01", "bank_money", "bailiff", NEXT, BANK, Decimal(cap))


@pytest.mark.parametrize(
    ("left", "caps", "free"),
    [
        ("100.00", [], "100.00"),
        ("100.00", ["40.00"], "60.00"),
        ("100.00", ["40.00", "60.00"], "0.00"),
        ("100.00", ["40.00", "60.01"], "0.00"),
        ("0.00", [], "0.00"),
        ("0.01", ["0.01"], "0.00"),
    ],
)
def test_what_is_free_is_never_below_nothing(left: str, caps: list[str], free: str) -> None:
    found = Frozen(own=tuple(map(laid, caps)), others=(laid("1000.00"),))
    assert str(found.free(Decimal(left))) == free


def test_the_reason_is_read_by_the_prosecutor_and_stands_in_the_resolution(offices: None) -> None:
    proceeding = alone()
    frozen(proceeding, amount="1000000.00")
    with refused("frozen_above", status=422) as caught:
        asked(proceeding, "1.00")
    assert [each.field for each in caught.value.errors] == ["above_because"]
    measure = asked(proceeding, "1.00", bank=OTHER_BANK, above_because=WHY)
    do(measure, "grant_sanction", by=PROSECUTOR)
    do(now(measure), "serve_freeze")
    issued = Paper.objects.filter(kind="freeze").latest("number")
    for language in ("kk", "ru"):
        assert WHY in PaperFile(printed(issued, language)).text


def printed(issued: Paper, language: str) -> bytes:
    law = statute(issued.rule_set)
    return render(issued.kind, facts=issued.facts, language=language, law=law, on=issued.issued_on)


def test_a_reason_nobody_needs_is_not_kept(offices: None) -> None:
    assert asked(alone(), "1000000.00", above_because=WHY).above_because == ""


def test_of_two_sanctions_the_second_is_not_served_above_what_is_left(offices: None) -> None:
    proceeding = alone()
    first, second = sanctioned(proceeding, "500000.00"), sanctioned(proceeding, "500000.00")
    paid(proceeding, "400000.00")
    do(first, "serve_freeze")
    with refused("frozen_above", status=422):
        do(second, "serve_freeze")


# --- What is shown --------------------------------------------------------------------------------


def at(login: str) -> Client:
    client = Client()
    client.force_login(user(login))
    return client


@pytest.fixture
def today(offices: None, set_clock: Callable[[date], None]) -> None:
    """The offices some days after the proceedings began."""
    set_clock(later(5))


@pytest.mark.usefixtures("today")
def test_bailiff_and_prosecutor_see_what_is_frozen_before_they_decide() -> None:
    one, other = joint()
    frozen(one, amount="700000.00")
    frozen(other, amount="250000.00")
    waiting = asked(one, "100000.00", bank=OTHER_BANK)
    form = at("bailiff.ala").get(f"/cases/{one.case_id}/request_freeze?proceeding={one.pk}")
    told = form.content.decode().replace("\xa0", " ")
    for sum_ in ("1 000 000,00 ₸", "800 000,00 ₸", "700 000,00 ₸", "250 000,00 ₸", "200 000,00 ₸"):
        assert sum_ in told, sum_
    page = at(PROSECUTOR).get("/sanctions").content.decode().replace("\xa0", " ")
    assert "700 000,00 ₸" in page
    assert "250 000,00 ₸" in page
    answer = Caller(PROSECUTOR).get(f"/sanctions/{waiting.pk}").json()
    wanted = {"left": "1000000.00", "frozen": "700000.00", "frozen_of_others": "250000.00"}
    assert {name: answer[name] for name in wanted} == wanted


# --- Nothing is owed ------------------------------------------------------------------------------


def day(on: date = NEXT) -> Day:
    return day_of(user("bailiff.ala"), today=on, language="kk")


@pytest.mark.usefixtures("today")
@pytest.mark.rule("TERMN-EFF-02", "TERMN-07")
def test_a_joint_debt_paid_by_one_makes_it_a_duty_to_release_the_other() -> None:
    one, other = joint()
    frozen(one, amount="1000000.00")
    held = frozen(other, amount="1000000.00")
    assert day().needless == []
    do(now(one), "record_recovery", amount="1000000.00", on=later(1))
    assert {row["debtor"] for row in day(later(1)).needless} == {
        one.debtor.name("kk"),
        other.debtor.name("kk"),
    }
    do(now(one), "terminate", ground="TERMN-07", on=later(2))
    [row] = day(later(2)).needless
    assert (row["debtor"], row["since"], row["step"]["verb"]) == (
        other.debtor.name("kk"),
        later(1),
        "terminate",
    )
    assert str(other.pk) in row["step"]["url"]
    page = at("bailiff.ala").get("/today").content.decode()
    red = page[page.index('id="needless"') :]
    assert row["step"]["url"].replace("&", "&amp;") in red
    do(now(other), "terminate", ground="TERMN-07", on=later(3))
    assert (day(later(3)).needless, now(held).state) == ([], "lifted")
    sound([other.case])


@pytest.mark.usefixtures("today")
def test_what_stands_still_is_released_by_lifting() -> None:
    proceeding = alone()
    measure = frozen(proceeding, amount="1000.00")
    do(now(proceeding), "suspend")
    paid(proceeding, "1000000.00")
    [row] = day().needless
    assert (row["step"]["verb"], str(measure.pk) in row["step"]["url"]) == ("lift", True)
    do(now(measure), "lift")
    assert day().needless == []


#: What was paid, or done, of which claims, and whether the debtor is to be released.
ALIMONY: Final = {"claimant": 0, "debtors": [0], "periodic": {"kind": "alimony", "share": "1/4"}}


@pytest.mark.parametrize(
    ("debts", "amount", "needless"),
    [
        ([{**MILLION, "debtors": [0]}], "999999.99", 0),
        ([{**MILLION, "debtors": [0]}], "1000000.00", 1),
        ([{**MILLION, "debtors": [0]}, {**MILLION, "debtors": [0]}], "1000000.00", 0),
        ([{**MILLION, "debtors": [0]}, ALIMONY], "1000000.00", 0),
    ],
    ids=["a tiyn is left", "paid", "another sum is left", "payments come again"],
)
def test_released_is_who_owes_nothing_at_all(
    offices: None, debts: list[dict[str, Any]], amount: str, needless: int
) -> None:
    proceeding = initiated("owes", debts=debts)
    do(proceeding, "secure")
    paid(proceeding, amount)
    assert unneeded(Proceeding.objects.all()).count() == needless


# --- Orders to several banks ----------------------------------------------------------------------


def ordered(proceeding: Proceeding, measure: Measure, on: date) -> str:
    entry = do(now(proceeding), "foreclose", on=on, way="collect", details={}, measure=measure)
    return str(entry.facts["amount"])


@pytest.mark.rule("BODY-MONEY-01")
def test_several_banks_are_never_ordered_to_pay_more_than_is_left(offices: None) -> None:
    proceeding = alone()
    first = frozen(proceeding, amount="700000.00")
    second = asked(proceeding, "600000.00", bank=OTHER_BANK, above_because=WHY)
    third = asked(proceeding, "500000.00", bank="Үшінші банк", above_because=WHY)
    for each in (second, third):
        do(each, "grant_sanction", by=PROSECUTOR)
        do(now(each), "serve_freeze")
    on = coerced(now(proceeding))
    assert ordered(proceeding, first, on) == "700000.00"
    assert ordered(proceeding, second, on) == "300000.00"
    with refused("ordered_enough", status=409):
        ordered(proceeding, third, on)
    do(now(proceeding), "record_recovery", amount="400000.00", on=on)
    with refused("ordered_enough", status=409):
        ordered(proceeding, third, on)
    do(now(first), "lift", on=on)
    assert ordered(proceeding, third, on) == "300000.00"
    sent = Message.objects.filter(kind="collect").values_list("to", "body__amount")
    assert dict(sent)["Үшінші банк"] == "300000.00"


def test_joint_debtors_banks_are_ordered_to_pay_the_joint_debt_once(offices: None) -> None:
    one, other = joint()
    mine, theirs = frozen(one, amount="1000000.00"), frozen(other, amount="1000000.00")
    do(now(other), "deliver_offer")
    on = later(30)
    do(now(one), "deliver_offer")
    assert ordered(one, mine, on) == "1000000.00"
    with refused("ordered_enough", status=409):
        ordered(other, theirs, on)
    do(now(one), "record_recovery", amount="900000.00", on=on)
    do(now(mine), "lift", on=on)
    assert ordered(other, theirs, on) == "100000.00"

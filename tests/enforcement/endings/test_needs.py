"""What a ground needs: each against each state of things, refused with the fact that fails."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from enforcement.core.card import VERBS
from enforcement.core.checks import closed
from enforcement.core.subject import facts_for, find_subject
from enforcement.endings import send_to_liquidation
from enforcement.initiation import initiate
from enforcement.models import Proceeding
from tests.course import (
    ALIMONY,
    SOLD,
    begun,
    coerced,
    do,
    frozen,
    initiated,
    now,
    told_in_three_languages,
)
from tests.office import NEXT, example, paper, receive, received_on, refused, user

ACT = [{"claimant": 0, "debtors": [0], "act": "demolition"}]
Built = tuple[Proceeding, date]


def fresh(**changes: Any) -> Callable[[], Built]:
    return lambda: (initiated(**changes), NEXT)


def after(*steps: str, **changes: Any) -> Callable[[], Built]:
    def build() -> Built:
        proceeding = initiated(**changes)
        for verb in steps:
            do(now(proceeding), verb)
        return now(proceeding), NEXT

    return build


def offered_for_sale(way: str = "sale") -> Callable[[], Built]:
    def build() -> Built:
        proceeding = initiated()
        do(proceeding, "secure")
        on = coerced(proceeding)
        given = {"way": way, "details": SOLD} if way == "sale" else {}
        do(now(proceeding), "foreclose", on=on, **given)
        return now(proceeding), on

    return build


def on_the_disputed_day() -> Built:
    """Taken on the day that is late by the strict reading (Q7)."""
    on = received_on("16")
    arrival = receive(example("16"), on=on, by="clerk")
    initiate(arrival, on=on, by=user("bailiff.ala"), reason="Қатаң оқылмайды")
    return arrival.proceedings.get(), on


def restored() -> Built:
    """Late, and begun because a court restored its term."""
    told = {"court": "Алматы қаласының соты", "number": "2-77", "on": "2026-03-02"}
    [proceeding] = begun(receive(paper(1, verdict="late", restored=told)), on=NEXT)
    return proceeding, NEXT


def with_money(*, served: bool) -> Callable[[], Built]:
    """Nothing was found, but money is frozen in a bank, or only asked to be."""

    def build() -> Built:
        proceeding = initiated()
        do(proceeding, "skip_inventory")
        if served:
            frozen(now(proceeding))
        else:
            do(now(proceeding), "request_freeze")
        return now(proceeding), NEXT

    return build


def moved(city: str) -> Callable[[], Built]:
    """The debtor lives at a new address, which he told."""

    def build() -> Built:
        proceeding = initiated()
        do(proceeding.presentation, "record_address", city=city)
        return now(proceeding), NEXT

    return build


#: The ground, the state of things, and the fact that fails with its value; nothing where it is one.
ROWS: list[tuple[str, str, Callable[[], Built], tuple[str, str, str] | None]] = [
    ("TERMN-04", "presented in time", fresh(),
     ("not_over", "presentation_last_day", "2029-02-19")),
    ("TERMN-04", "no term of presentation", fresh(debts=[ALIMONY]),
     ("not_over", "presentation_last_day", "-")),
    ("TERMN-04", "late by the strict reading", on_the_disputed_day, None),
    ("TERMN-04", "restored by a court", restored,
     ("not_over", "presentation_last_day", "2024-02-12")),
    ("TERMN-08", "nothing taken", fresh(), ("nothing_secured", "secured", "-")),
    ("TERMN-08", "money in a bank asked for", after("request_freeze"),
     ("nothing_secured", "secured", "-")),
    ("TERMN-08", "property sealed", after("secure"), ("nothing_secured", "secured", "-")),
    ("TERMN-08", "property listed", after("inventory"), None),
    ("RET-02", "nobody looked", fresh(), ("not_searched", "", "")),
    ("RET-02", "left out for a reason", after("skip_inventory"), None),
    ("RET-02", "listed", after("inventory"), ("property_held", "secured", "movable_property")),
    ("RET-02", "sealed", after("skip_inventory", "secure"),
     ("property_held", "secured", "movable_property")),
    ("RET-02", "money frozen in a bank", with_money(served=True),
     ("property_held", "secured", "bank_money")),
    ("RET-02", "a freeze only asked for", with_money(served=False), None),
    ("RET-02", "the claimant made it a duty", after("skip_inventory", "claim_securing"),
     ("not_searched", "", "")),
    ("RET-02", "alimony, left out", after("skip_inventory", debts=[ALIMONY]), None),
    ("RET-02", "an act is no money", fresh(debts=ACT), ("claim_unfit", "claim", "act")),
    ("RET-03", "nothing on sale", fresh(), ("not_forced", "way", "-")),
    ("RET-03", "only sealed", after("secure"), ("not_forced", "way", "-")),
    ("RET-03", "wages withheld", offered_for_sale("wages"), ("not_forced", "way", "-")),
    ("RET-03", "put on sale", offered_for_sale(), None),
    ("RET-04", "no new address", fresh(), None),
    ("RET-04", "a new address in another office's place", moved("Тараз"),
     ("address_known", "city", "Тараз")),
    ("RET-04", "a new address in this office's place", moved("Алматы"), None),
    ("RET-04", "a new address in no office's place", moved("Ташкент"), None),
]  # fmt: skip
#: A day as machines write it, and what of a page nobody reads.
ISO, TAGS = re.compile(r"\b\d{4}-\d\d-\d\d\b"), re.compile(r"<[^>]*>", re.DOTALL)
VERB = {"TERMN": "terminate", "RET": "return_to_claimant"}


@pytest.mark.rule("TERMN-04", "RET-02", "RET-03")
@pytest.mark.rule("TERMN-08", "RET-04")
@pytest.mark.parametrize(
    ("ground", "build", "fails"),
    [pytest.param(*(r[0], r[2], r[3]), id=f"{r[0]}, {r[1]}") for r in ROWS],
)
def test_a_ground_is_one_only_where_what_it_needs_is_so(
    offices: None, ground: str, build: Callable[[], Built], fails: tuple[str, str, str] | None
) -> None:
    proceeding, on = build()
    verb = VERB[ground.partition("-")[0]]
    page = Client()
    page.force_login(user("bailiff.ala"))
    listed = page.get(f"/cases/{proceeding.case_id}/{verb}").content.decode()
    assert not ISO.search(TAGS.sub(" ", listed)), "a day stands as machines write it"
    sheet = listed.partition(f'data-rule="{ground}"')[2].partition("</li>")[0]
    if fails is None:
        assert "data-closed" not in sheet
        do(proceeding, verb, ground=ground, on=on)
        return
    code, name, value = fails
    assert f'data-closed="{code}"' in sheet
    assert f"ground={ground}" not in sheet
    with refused(code, status=422) as caught:
        do(proceeding, verb, ground=ground, on=on)
    assert caught.value.rule == ground
    assert [(f.name, f.value) for f in caught.value.facts] == ([(name, value)] if name else [])
    told_in_three_languages(caught.value)
    assert now(proceeding).state == "initiated"


@pytest.mark.rule("SUSP-MAND-02")
def test_what_cannot_befall_the_parties_is_told_before_anything_is_typed(offices: None) -> None:
    proceeding = initiated()
    page = Client()
    page.force_login(user("bailiff.ala"))
    listed = page.get(f"/cases/{proceeding.case_id}/suspend").content.decode()
    shut = {
        each.partition('"')[0]
        for each in listed.split('data-rule="')
        if 'data-closed="other_person"' in each.partition(">")[0]
    }
    assert shut == {"SUSP-MAND-02"}


@pytest.mark.rule("BAIL-DEC-01")
@pytest.mark.parametrize("debtor", ["01", "18"])
def test_only_a_firm_is_sent_to_a_commission(offices: None, debtor: str) -> None:
    proceeding = initiated(debtors=example(debtor)["debtors"])
    told = {"commission": "Тарату комиссиясы, Алматы", "decision": "№ 5, 2026-03-01"}
    verb = VERBS["send_to_liquidation"]
    found = find_subject(proceeding.case, verb, {})
    told_before = closed(verb, facts_for(found, user("bailiff.ala"), on=NEXT))
    if debtor == "18":
        assert told_before is None
        send_to_liquidation(proceeding, on=NEXT, by=user("bailiff.ala"), **told)
        assert now(proceeding).state == "sent_to_liquidation"
        return
    assert told_before
    assert told_before.code == "other_person"
    with refused("other_person", status=422) as caught:
        send_to_liquidation(proceeding, on=NEXT, by=user("bailiff.ala"), **told)
    assert [(f.name, f.value, f.needed) for f in caught.value.facts] == [
        ("person", "natural", "legal")
    ]
    told_in_three_languages(caught.value)


@pytest.mark.rule("TERMN-01", "RET-01")
def test_one_claimant_s_will_ends_the_recovery_of_no_other(offices: None) -> None:
    on = received_on("12")
    one, _other = begun(receive(example("12"), on=on, by="clerk"), on=on)
    first, second = (each["name_kk"] for each in named(example("12")["claimants"]))
    for verb, ground, piece in (
        ("terminate", "TERMN-01", "waiver"),
        ("return_to_claimant", "RET-01", "claimant_application"),
    ):
        told = {f"{piece}.author": first, f"{piece}.on": str(on), f"{piece}.number": "№ 3"}
        with refused("others_owed", status=422) as caught:
            do(one, verb, on=on, ground=ground, evidence=told)
        assert [fact.value for fact in caught.value.facts] == [second], ground
        told_in_three_languages(caught.value)
    both = {**told, f"{piece}.author": f"{first}; {second}"}
    do(one, verb, on=on, ground=ground, evidence=both)
    assert now(one).state == "returned"


def named(claimants: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Claimants with their names in Kazakh, which a paper may tell for both languages."""
    return [{"name_kk": each.get("name_kk") or each["name"]} for each in claimants]

"""The lecture's own words where an audit found the office off: each rule on both its sides."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accounts.models import Office
from enforcement.models import Evidence
from law.refusal import Refusal
from tests.course import (
    coerced,
    do,
    frozen,
    initiated,
    later,
    now,
    sound,
    terms_of,
    told_in_three_languages,
)
from tests.office import refused

COMPLAINT, TRANSFER = "TERM-COMPLAINT-10D", "TERM-TRANSFER-3D"
ENTRY = {
    "place": "Абай, 1",
    "witness_one": "Айғақов А., Алматы",
    "witness_two": "Куәлік Б., Алматы",
}


# --- The act that nothing is left here ------------------------------------------------------------


@pytest.mark.rule("TERM-TRANSFER-3D")
@pytest.mark.parametrize(
    ("drawn_up", "on", "due", "status"),
    [
        (None, 5, "2026-03-19", "met"),
        (5, 5, "2026-03-19", "met"),
        (2, 5, "2026-03-16", "met"),
        (1, 5, "2026-03-16", "met"),
        (0, 5, "2026-03-16", "met"),
        (0, 6, "2026-03-16", "expired"),
    ],
)
def test_the_three_days_run_from_the_act_that_nothing_is_left(
    offices: None, drawn_up: int | None, on: int, due: str, status: str
) -> None:
    proceeding = initiated()
    moved(proceeding, on=later(on), act_on=None if drawn_up is None else later(drawn_up))
    assert terms_of(proceeding)[TRANSFER] == (due, status)
    sound()


def moved(proceeding: Any, **given: Any) -> Any:
    """The document sent to Taraz."""
    told = {"office": Office.objects.get(code="TRZ"), "address": "Тараз", "act_text": "№ 3"}
    return do(now(proceeding), "transfer", **{**told, **given})


@pytest.mark.parametrize("day", [-1, 6])
def test_the_act_is_of_a_day_between_the_beginning_and_the_sending(offices: None, day: int) -> None:
    proceeding = initiated()
    with refused("wrong_period", status=422) as caught:
        moved(proceeding, on=later(5), act_on=later(day))
    assert caught.value.errors[0].field == "act_on"
    told_in_three_languages(caught.value)


@pytest.mark.rule("TERM-TRANSFER-3D")
@pytest.mark.parametrize(
    ("steps", "left"),
    [(("inventory",), "movable_property"), (("secure",), ""), ((), "")],
)
def test_where_something_is_left_to_recover_nothing_is_sent_on(
    offices: None, steps: tuple[str, ...], left: str
) -> None:
    proceeding = initiated()
    frozen(proceeding)  # money in a bank lies nowhere
    for verb in steps:
        do(now(proceeding), verb)
    if not left:
        moved(proceeding)
        return
    with refused("something_left", status=422) as caught:
        moved(proceeding)
    assert caught.value.facts[0].value == left
    told_in_three_languages(caught.value)


# --- Whose premises are entered -------------------------------------------------------------------


@pytest.mark.rule("BAIL-PWR-09")
@pytest.mark.parametrize(
    ("more", "lacking"),
    [
        ({}, ""),
        ({"data": "Көршінің айғағы"}, ""),
        ({"owner": "Үлгі Көрші", "data": "Көршінің айғағы"}, ""),
        ({"owner": "Үлгі Көрші"}, "details.data"),
        ({"owner": "Үлгі Көрші", "data": "  "}, "details.data"),
    ],
)
def test_entry_asks_data_only_where_the_premises_are_another_s(
    offices: None, more: dict[str, str], lacking: str
) -> None:
    proceeding = initiated()
    given = {"way": "entry", "details": ENTRY | more, "on": coerced(proceeding)}
    if lacking:
        with refused("invalid", status=422) as caught:
            do(proceeding, "foreclose", **given)
        assert [each.field for each in caught.value.errors] == [lacking]
        told_in_three_languages(caught.value)
        return
    entry = do(proceeding, "foreclose", **given)
    kept = dict(Evidence.objects.filter(entry=entry).values_list("key", "text"))
    assert kept == ENTRY | more


# --- From when one can complain -------------------------------------------------------------------


def complaints(proceeding: Any) -> list[tuple[str, str]]:
    """From when each term for a complaint runs, and its last day."""
    rows = proceeding.case.stream.deadlines.filter(rule=COMPLAINT).order_by("started_by")
    return [(str(row.starts_on), str(row.due_on)) for row in rows]


@pytest.mark.rule("TERM-COMPLAINT-10D")
@pytest.mark.parametrize(
    "verb", ["set_four_months", "skip_inventory", "secure", "suspend", "terminate", "inventory"]
)
def test_each_act_begins_its_ten_days(offices: None, verb: str) -> None:
    proceeding = initiated()
    assert len(complaints(proceeding)) == 1
    do(proceeding, verb, on=later(1))
    assert complaints(proceeding)[1:] == [("2026-03-12", "2026-03-26")]


@pytest.mark.rule("TERM-COMPLAINT-10D")
@pytest.mark.parametrize("served", [True, False])
def test_the_lifting_of_what_was_in_force_begins_them_too(offices: None, served: bool) -> None:
    proceeding = initiated()
    measure = frozen(proceeding) if served else do(proceeding, "request_freeze")
    before = len(complaints(proceeding))
    do(now(measure), "lift", on=later(1))
    assert len(complaints(proceeding)) == before + served


@pytest.mark.rule("TERM-COMPLAINT-10D")
@pytest.mark.parametrize("end", [None, "terminate", "return_to_claimant"])
def test_who_was_not_told_of_an_act_has_ten_days_from_when_he_knew(
    offices: None, end: str | None
) -> None:
    proceeding = initiated()
    if end:
        do(proceeding, end, on=later(1))
    first = proceeding.case.stream.entries.get(kind="initiated")
    given = {"line": first, "proof": "Борышкер, 2 сәуірдегі өтініші"}
    entry = do(now(proceeding), "record_knowledge", on=later(30), known_on=later(22), **given)
    assert complaints(proceeding)[-1] == ("2026-04-02", "2026-04-13")
    assert now(proceeding).state == (
        {"terminate": "terminated", "return_to_claimant": "returned"}.get(end or "", "initiated")
    )
    assert not any("өтініш" in str(each) for each in entry.facts.values())
    sound()


@pytest.mark.parametrize("known", [later(-1), later(31)])
def test_nobody_knows_of_an_act_before_it_or_tomorrow(offices: None, known: date) -> None:
    proceeding = initiated()
    first = proceeding.case.stream.entries.get(kind="initiated")
    with refused("wrong_period", status=422) as caught:
        do(proceeding, "record_knowledge", on=later(30), line=first, known_on=known, proof="№ 1")
    told_in_three_languages(caught.value)


# --- A sanction hangs on the money, not on the measure --------------------------------------------


@pytest.mark.rule("SANCT-01")
@pytest.mark.parametrize(
    ("given", "needed"),
    [
        ({"kind": "SEC-01", "target": "bank_money"}, True),
        ({"kind": "SEC-04", "target": "bank_money", "details": {"limit": "1000"}}, True),
        ({"kind": "SEC-02", "target": "bank_money"}, True),
        ({"kind": "SEC-07", "target": "third_party_obligations", "addressee": "«Үлгі Банкі» АҚ"},
         True),
        ({"kind": "SEC-07", "target": "third_party_obligations", "addressee": "АО «Пример Банк»"},
         True),
        ({"kind": "SEC-07", "target": "third_party_obligations", "addressee": "«Мысал» ЖШС",
          "object": "KZ40 125K ZT10 0000 0001 шотындағы ақша"}, True),
        ({"kind": "SEC-01", "target": "money", "object": "KZ40125KZT1000000001"}, True),
        ({"kind": "SEC-03", "target": "acts",
          "details": {"acts": "KZ40125KZT1000000001 шотынан ақша алу"}}, True),
        ({"kind": "SEC-07", "target": "third_party_obligations", "addressee": "«Мысал» ЖШС"},
         False),
        ({"kind": "SEC-07", "target": "third_party_obligations",
          "addressee": "«Мысал» ЖШС, Банковская көшесі, 3"}, False),
        ({"kind": "SEC-01", "target": "money"}, False),
        ({"kind": "SEC-02", "target": "movable_property", "addressee": "«Үлгі Банкі» АҚ, сейф"},
         False),
    ],
)  # fmt: skip
def test_money_in_a_bank_needs_its_sanction_whatever_the_measure_is_called(
    offices: None, given: dict[str, Any], needed: bool
) -> None:
    proceeding = initiated()
    told = {"object": "Қаражат", "details": {}, "initiator": "bailiff", **given}
    if told["kind"] == "SEC-03":
        told["object"] = ""
    if not needed:
        assert do(proceeding, "secure", **told).state == "served"
        return
    with pytest.raises(Refusal) as caught:
        do(proceeding, "secure", **told)
    assert (caught.value.code, caught.value.rule) == ("sanction_needed", "SANCT-01")
    told_in_three_languages(caught.value)

"""Arrest and inventory: a task of every money claim, closed by the act or by a reason (Q10)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from documents.models import Paper
from enforcement.models import Engagement, Evidence, Measure, Proceeding
from tests import standing as steps
from tests.course import (
    ASKS,
    do,
    frozen,
    initiated,
    kinds,
    later,
    now,
    of_example,
    outgoing,
    papers,
    sound,
)
from tests.office import NEXT, refused, refused_by_the_database
from tests.standing import lines


def due(proceeding: Proceeding) -> bool:
    return steps.inventory_due(steps.told(proceeding))


def next_step(proceeding: Proceeding, on: Any = NEXT) -> str:
    found = steps.step_of(proceeding.case_id, steps.told(proceeding), on=on)
    return found["verb"] if found else ""


@pytest.mark.rule("INIT-ARREST-01", "RIGHT-DEBT-02")
def test_an_act_of_inventory_arrests_what_it_lists_in_the_voluntary_term_too(
    offices: None,
) -> None:
    proceeding = initiated()
    do(proceeding, "deliver_offer")
    measure = do(proceeding, "inventory", on=later(1))
    assert (measure.kind, measure.target, now(measure).state) == (
        "SEC-01",
        "movable_property",
        "served",
    )
    listed = measure.items.order_by("position").values_list("description", "value", "preference")
    assert [(what, str(value), place) for what, value, place in listed] == [
        ("Тоңазытқыш", "120000.00", 2),
        ("Теледидар", "85000.50", 1),
        ("Үстел", "15000.00", None),
    ]
    assert kinds(proceeding.case)[-2:] == ["secured", "inventoried"]
    entry = proceeding.case.stream.entries.order_by("-seq")[0]
    told = {"measure": str(measure.pk), "items": 3, "value": "220000.50"}
    assert {name: entry.facts[name] for name in told} == told
    proof = dict(Evidence.objects.filter(entry=entry).values_list("key", "text"))
    assert proof == {key: ASKS["inventory"][key] for key in proof}
    assert set(proof) == {"place", "witness_one", "witness_two", "storage"}
    paper = Paper.objects.get(kind="inventory")
    assert (paper.entry, outgoing(proceeding.case)) == (entry, [])
    assert [item["place"] for item in paper.facts["items"]] == [2, 1, None]
    term = entry.stream.deadlines.get(started_by=entry.seq)
    assert (term.rule, str(term.due_on)) == ("TERM-COMPLAINT-10D", paper.facts["due_on"])
    sound([proceeding.case])


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"place": " "}, "place", "required"),
        ({"witness_one": "", "witness_two": " "}, "witness_one", "required"),
        ({"storage": " "}, "storage", "required"),
        ({"witness_two": " айғақов  БІРІНШІ, алматы"}, "witness_two", "same"),
        ({"items": " \n "}, "items", "required"),
        ({"items": "Үстел"}, "items", "format"),
        ({"items": "; 100"}, "items", "format"),
        ({"items": "Үстел; арзан"}, "items", "format"),
        ({"items": "Үстел; 0"}, "items", "format"),
        ({"items": "Үстел; -5"}, "items", "format"),
        ({"items": "Үстел; 1.005"}, "items", "format"),
        ({"items": "Үстел; NaN"}, "items", "format"),
        ({"items": "Үстел; 1e20"}, "items", "format"),
        ({"items": "Үстел; 100; 0"}, "items", "format"),
        ({"items": "Үстел; 100; бірінші"}, "items", "format"),
        ({"items": "Үстел; 100; 1; 2"}, "items", "format"),
        ({"items": "Үстел; 100; 1\nОрындық; 50; 1"}, "items", "format"),
        ({"items": "ә" * 501 + "; 100"}, "items", "format"),
    ],
)
@pytest.mark.rule("INIT-ARREST-01")
def test_an_act_without_witnesses_or_with_unreadable_lines_is_refused(
    offices: None, given: dict[str, str], field: str, code: str
) -> None:
    proceeding = initiated()
    with refused("invalid", status=422) as caught:
        do(proceeding, "inventory", **given)
    assert [(e.field, e.code) for e in caught.value.errors] == [(field, code)]
    if code == "format":
        assert [f.value for f in caught.value.facts] == [str(given["items"].count("\n") + 1)]


@pytest.mark.rule("BAIL-PWR-09", "PARTIC-01")
def test_as_many_witnesses_as_the_law_asks_are_named_or_picked_from_those_of_the_case(
    offices: None,
) -> None:
    proceeding = initiated()
    do(proceeding, "inventory", witness_two="")
    paper = Paper.objects.filter(kind="inventory").latest("number")
    assert paper.facts["details"]["witness_two"] == ""
    for name in ("Куәлік Бірінші", "Куәлік Екінші", "Куәлік Үшінші"):
        do(proceeding.presentation, "engage", role="witness", name=name)
    keys = [str(each.pk) for each in Engagement.objects.order_by("since", "id")]
    names = [Engagement.objects.get(pk=key).name for key in keys]
    told = {"witness_one": "", "witness_two": "Айғақова Төртінші"}
    do(now(proceeding), "inventory", witnesses=dict.fromkeys(keys, True), **told)
    paper = Paper.objects.filter(kind="inventory").latest("number")
    seats = "\n".join(paper.facts["details"][f"witness_{n}"] for n in ("one", "two"))
    assert seats.splitlines() == [*names, "Айғақова Төртінші"]
    with refused("invalid", status=422):
        do(now(proceeding), "inventory", witnesses={"1": True})


def test_nothing_is_listed_where_nothing_is_owed(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "record_recovery", amount="1900659.00")
    with refused("debt_paid", status=422):
        do(proceeding, "inventory")


# --- The task -------------------------------------------------------------------------------------


@pytest.mark.rule("INIT-ARREST-01")
def test_the_task_is_open_from_initiation_until_the_act_or_a_reason(offices: None) -> None:
    listed, left_out = initiated(1), initiated(2)
    assert due(listed)
    assert due(left_out)
    do(listed, "inventory")
    do(left_out, "skip_inventory")
    assert not due(listed)
    assert not due(left_out)
    assert kinds(left_out.case)[-1] == "inventory_skipped"
    assert Evidence.objects.filter(key="reason", text=ASKS["skip_inventory"]["reason"]).exists()
    for proceeding in (listed, left_out):
        with refused("no_inventory_due", status=409) as caught:
            do(proceeding, "skip_inventory")
        assert caught.value.rule == "INIT-ARREST-01"
    do(listed, "inventory", on=later(1))  # more was found
    assert listed.measures.count() == 2


def test_payments_that_come_again_make_a_task_an_act_claimed_makes_none(offices: None) -> None:
    alimony, there = of_example("02")
    assert due(alimony)
    demolition, here = of_example("11")
    assert not due(demolition)
    with refused("no_inventory_due", status=409):
        do(demolition, "skip_inventory", **here)
    do(demolition, "claim_securing", **here)
    assert next_step(demolition, here["on"]) == "deliver_offer"
    do(demolition, "deliver_offer", **here)
    assert next_step(demolition, here["on"]) == "secure"
    do(demolition, "secure", **here, initiator="claimant")
    assert next_step(demolition, here["on"]) == ""
    assert next_step(demolition, here["on"] + timedelta(days=30)) == "foreclose"
    assert there["by"] == "bailiff.trz"


@pytest.mark.rule("SEC-DUTY-01")
def test_once_the_claimant_applied_the_inventory_is_not_left_out(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "claim_securing")
    assert kinds(proceeding.case)[-1] == "securing_claimed"
    with refused("claimant_applied", status=409) as caught:
        do(proceeding, "skip_inventory")
    assert (caught.value.rule, caught.value.possible) == ("SEC-DUTY-01", ("inventory",))
    measure = do(proceeding, "inventory")
    assert (measure.initiator, due(proceeding)) == ("claimant", False)


@pytest.mark.rule("SEC-DUTY-01")
def test_an_application_opens_a_task_that_a_reason_had_closed(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "skip_inventory")
    assert not due(proceeding)
    do(proceeding, "claim_securing", on=later(1))
    assert due(proceeding)


def test_a_measure_laid_on_the_claimant_s_application_tells_that_he_applied(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "secure", initiator="claimant")
    with refused("claimant_applied", status=409):
        do(proceeding, "skip_inventory")


@pytest.mark.parametrize(
    ("verb", "given", "field"),
    [
        ("claim_securing", {"application": " "}, "application"),
        ("skip_inventory", {"reason": ""}, "reason"),
    ],
)
def test_an_application_and_a_reason_are_told(
    offices: None, verb: str, given: dict[str, str], field: str
) -> None:
    proceeding = initiated()
    with refused("evidence_missing", status=422) as caught:
        do(proceeding, verb, **given)
    assert [e.field for e in caught.value.errors] == [field]


def test_an_application_comes_also_while_the_proceedings_stand_still(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "suspend")
    do(proceeding, "claim_securing")
    for verb in ("inventory", "skip_inventory", "secure"):
        with refused("wrong_state", status=409):
            do(proceeding, verb)


def test_annulled_lines_open_and_close_the_task_again(offices: None) -> None:
    proceeding = initiated()
    measure = do(proceeding, "inventory")
    annul(proceeding)
    assert (due(proceeding), now(measure).state) == (True, "lifted")
    do(proceeding, "claim_securing")
    annul(proceeding)
    do(proceeding, "skip_inventory")
    assert not due(proceeding)
    annul(proceeding)
    assert due(proceeding)
    assert papers(proceeding.case) == ["initiate", "offer", "inventory", "lift"]
    sound([proceeding.case])


def annul(proceeding: Proceeding) -> Any:
    """Annul the last line that can be, by a court."""
    line = lines(now(proceeding))[-1]
    return do(proceeding, "correct", line=line, authority="court", reason="№ 3")


def test_what_is_listed_is_not_rewritten(offices: None) -> None:
    measure: Measure = do(initiated(), "inventory")
    for statement in ("UPDATE enforcement_item SET value = 1", "DELETE FROM enforcement_item"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)
    assert measure.items.count() == 3
    with refused_by_the_database("item_above_zero"):
        measure.items.create(position=9, description="x", value=0)


# --- The next step --------------------------------------------------------------------------------


def test_the_next_step_goes_from_offer_to_inventory_to_freeze_to_force(offices: None) -> None:
    proceeding = initiated()
    assert next_step(proceeding) == "deliver_offer"
    do(proceeding, "deliver_offer")
    assert next_step(proceeding) == "inventory"
    do(proceeding, "inventory")
    assert next_step(proceeding) == "request_freeze"
    measure = do(proceeding, "request_freeze")
    assert next_step(proceeding, later(30)) == "", "it waits for the prosecutor"
    do(measure, "grant_sanction", by="prosecutor.ala")
    assert next_step(proceeding, later(30)) == "serve_freeze"
    do(measure, "serve_freeze")
    assert next_step(proceeding) == "record_recovery"
    assert next_step(proceeding, later(5)) == "record_recovery", "the last day is not over"
    assert next_step(proceeding, later(6)) == "foreclose"
    do(proceeding, "foreclose", way="collect", details={}, on=later(6))
    assert next_step(proceeding, later(6)) == "record_recovery"
    do(proceeding, "record_recovery", amount="1900659.00", on=later(7))
    assert next_step(proceeding, later(7)) == "terminate"


def test_where_nothing_is_offered_the_inventory_comes_first(offices: None) -> None:
    proceeding, there = of_example("02")
    assert (proceeding.voluntary, next_step(proceeding, there["on"])) == (False, "inventory")
    do(proceeding, "skip_inventory", **there)
    assert next_step(proceeding, there["on"]) == "foreclose"
    do(proceeding, "foreclose", **there)
    assert next_step(proceeding, there["on"]) == ""


def test_a_freeze_does_not_stand_for_the_inventory(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "deliver_offer")
    frozen(proceeding)
    assert next_step(proceeding) == "inventory"

"""Securing measures beside freezes: laid at once, several together, replaced, kept, lifted."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from documents.models import Paper
from enforcement.models import Measure, Proceeding
from exchange.models import Message
from law.statute import statute
from tests.course import (
    ASKS,
    BANK,
    do,
    frozen,
    initiated,
    kinds,
    later,
    now,
    outgoing,
    papers,
    sound,
    terms_of,
)
from tests.office import refused, refused_by_the_database

REGISTRY = "«Азаматтарға арналған үкімет» корпорациясы"
#: What each kind asks, in words a person could have typed.
ASKED: dict[str, dict[str, Any]] = {
    "SEC-01": {"target": "real_estate", "object": "Пәтер, Абай даңғ., 1", "addressee": REGISTRY},
    "SEC-02": {"target": "securities", "object": "Жай акциялар, 100 дана"},
    "SEC-03": {"target": "acts", "details": {"acts": "Қосалқы құрылысты сату"}},
    "SEC-04": {"target": "movable_property", "object": "Автокөлік", "details": {"limit": "Алматы"}},
    "SEC-05": {"target": "movable_property", "object": "Гараж", "details": {"seal": "0412"}},
    "SEC-06": {"target": "title_documents", "details": {"documents": "Шарт\nАкт"}},
    "SEC-07": {
        "target": "third_party_obligations",
        "object": "Жалдау ақысы",
        "addressee": "«Үлгі» ЖШС",
    },
}
BLANK = {"object": "", "addressee": "", "details": {}, "initiator": "bailiff"}


def secured(proceeding: Proceeding, kind: str = "SEC-05", **given: Any) -> Measure:
    measure: Measure = do(proceeding, "secure", **{**BLANK, "kind": kind, **ASKED[kind], **given})
    return measure


def replaced(measure: Measure, kind: str, **given: Any) -> Any:
    return do(measure, "replace", **{**BLANK, "kind": kind, **ASKED[kind], **given})


def test_the_kinds_are_the_seven_of_the_law() -> None:
    assert set(statute("lecture").securing()) == set(ASKED)
    for kind in statute("lecture").securing().values():
        assert [target for target in kind.targets if not statute("lecture").sanction(target)]


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("SEC-01", marks=pytest.mark.rule("SEC-01")),
        pytest.param("SEC-02", marks=pytest.mark.rule("SEC-02")),
        pytest.param("SEC-03", marks=pytest.mark.rule("SEC-03")),
        pytest.param("SEC-04", marks=pytest.mark.rule("SEC-04")),
        pytest.param("SEC-05", marks=pytest.mark.rule("SEC-05")),
        pytest.param("SEC-06", marks=pytest.mark.rule("SEC-06")),
        pytest.param("SEC-07", marks=pytest.mark.rule("SEC-07")),
    ],
)
def test_every_kind_is_in_force_at_once_with_its_paper(offices: None, kind: str) -> None:
    proceeding = initiated()
    measure = secured(proceeding, kind)
    kept = now(measure)
    assert (kept.state, kept.kind, kept.cap, kept.sanction_number) == ("served", kind, None, "")
    assert kept.details == ASKED[kind].get("details", {})
    entry = proceeding.case.stream.entries.order_by("-seq")[0]
    told = {"kind": kind, "target": ASKED[kind]["target"], "initiator": "bailiff", "act": "secure"}
    assert {name: entry.facts[name] for name in told} == told
    assert (entry.kind, entry.subject, now(proceeding).state) == ("secured", kept.pk, "initiated")
    assert papers(proceeding.case) == ["initiate", "offer", "secure"]
    holder = ASKED[kind].get("addressee", "")
    assert outgoing(proceeding.case) == (["secure"] if holder else [])
    sound([proceeding.case])


@pytest.mark.rule("SEC-07")
def test_whoever_else_must_obey_is_told_through_the_outbox(offices: None) -> None:
    measure = secured(initiated(), "SEC-07")
    message, paper = Message.objects.get(), Paper.objects.get(kind="secure")
    assert (message.to, message.body) == (
        "«Үлгі» ЖШС",
        {
            "measure": str(measure.pk),
            "paper": str(paper.pk),
            "number": paper.label,
            "kind": "SEC-07",
            "target": "third_party_obligations",
            "object": "Жалдау ақысы",
        },
    )
    assert paper.facts["addressee"] == "«Үлгі» ЖШС"


CASES = [
    (kind, ask) for kind, measure in statute("lecture").securing().items() for ask in measure.asks
]


@pytest.mark.parametrize(("kind", "ask"), CASES)
def test_what_the_law_s_data_ask_of_a_kind_is_not_left_out(
    offices: None, kind: str, ask: str
) -> None:
    proceeding = initiated()
    own = ask in ("object", "addressee")
    given: dict[str, Any] = {ask: " "} if own else {"details": {ask: " "}}
    with refused("invalid", status=422) as caught:
        secured(proceeding, kind, **given)
    field = ask if own else f"details.{ask}"
    assert [(e.field, e.code) for e in caught.value.errors] == [(field, "required")]
    assert caught.value.rule == kind


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"kind": "SEC-99"}, "invalid", "kind"),
        ({"kind": "SANCT-01"}, "invalid", "kind"),
        ({"target": "acts"}, "target_unfit", "target"),
        ({"target": ""}, "target_unfit", "target"),
        ({"initiator": "neighbour"}, "invalid", "initiator"),
        ({"initiator": "debtor"}, "invalid", "initiator"),
        ({"details": {"seal": "1", "limit": "x"}}, "invalid", "details.limit"),
    ],
)
def test_a_measure_that_cannot_be_is_refused(
    offices: None, given: dict[str, Any], code: str, field: str
) -> None:
    proceeding = initiated()
    with refused(code, status=422) as caught:
        do(proceeding, "secure", **{**BLANK, **ASKED["SEC-05"], "kind": "SEC-05", **given})
    assert [e.field for e in caught.value.errors] == [field]


@pytest.mark.parametrize("kind", ["SEC-01", "SEC-04"])
@pytest.mark.rule("SANCT-01", "SEC-01")
def test_money_in_a_bank_is_frozen_with_a_sanction_or_not_at_all(offices: None, kind: str) -> None:
    proceeding = initiated()
    served = secured(proceeding)
    for attempt in (
        lambda: secured(proceeding, kind, target="bank_money"),
        lambda: replaced(served, kind, target="bank_money"),
    ):
        with refused("sanction_needed", status=422) as caught:
            attempt()
        assert (caught.value.rule, caught.value.possible) == ("SANCT-01", ("request_freeze",))


@pytest.mark.parametrize("initiator", ["bailiff", "claimant"])
@pytest.mark.rule("SEC-RIGHT-01")
def test_a_measure_rests_on_the_bailiff_s_will_or_on_the_claimant_s(
    offices: None, initiator: str
) -> None:
    measure = secured(initiated(), initiator=initiator)
    assert (
        Paper.objects.get(kind="secure").facts["initiator"] == now(measure).initiator == initiator
    )


@pytest.mark.rule("SEC-MULTI-01")
def test_several_kinds_hold_at_once_beside_a_freeze(offices: None) -> None:
    proceeding = initiated()
    laid = [secured(proceeding, kind) for kind in ASKED] + [frozen(proceeding)]
    assert {now(each).state for each in laid} == {"served"}
    assert proceeding.measures.count() == len(laid) == 8


@pytest.mark.rule("SEC-KEEP-01")
def test_a_suspension_keeps_measures_and_lets_no_new_one_in(offices: None) -> None:
    proceeding = initiated()
    measure = secured(proceeding)
    do(proceeding, "suspend", on=later(1))
    assert now(measure).state == "served"
    with refused("wrong_state", status=409) as caught:
        secured(proceeding, on=later(1))
    assert caught.value.facts[0].needed == "initiated"
    with refused("proceeding_stands", status=409):
        replaced(measure, "SEC-02", on=later(1))
    do(proceeding, "resume", on=later(2))
    assert now(measure).state == "served"


def test_where_nothing_is_owed_nothing_is_secured(offices: None) -> None:
    proceeding = initiated()
    measure = secured(proceeding)
    do(proceeding, "record_recovery", amount="1900659.00")
    for attempt in (lambda: secured(proceeding), lambda: replaced(measure, "SEC-02")):
        with refused("debt_paid", status=422) as caught:
            attempt()
        assert caught.value.possible == ("terminate",)


# --- Replacement ----------------------------------------------------------------------------------


@pytest.mark.rule("SEC-REPL-01", "SEC-REPL-02")
def test_one_ruling_puts_another_kind_in_the_place_of_one_that_held_until_then(
    offices: None,
) -> None:
    proceeding = initiated()
    old = frozen(proceeding)
    do(proceeding, "record_recovery", amount="5.00", on=later(1))
    assert now(old).state == "served"
    fresh = replaced(old, "SEC-07", initiator="debtor", on=later(2))
    assert (now(old).state, fresh.state, fresh.replaces) == ("replaced", "served", old)
    assert kinds(proceeding.case)[-2:] == ["secured", "measure_replaced"]
    assert papers(proceeding.case) == ["initiate", "offer", "freeze", "replace"]
    assert outgoing(proceeding.case) == ["freeze", "lift", "secure"]
    facts = Paper.objects.get(kind="replace").facts
    assert (facts["old_measure"], facts["measure"]) == ("SEC-01", "SEC-07")
    assert (facts["old_addressee"], facts["addressee"]) == (BANK, "«Үлгі» ЖШС")
    assert (facts["reason"], facts["initiator"]) == (ASKS["replace"]["reason"], "debtor")
    with refused("wrong_state", status=409):
        replaced(old, "SEC-05", on=later(2))
    do(fresh, "lift", on=later(3))
    sound([proceeding.case])


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "SEC-05"}, "same_kind"),
        ({"kind": "SEC-02", "reason": " "}, "evidence_missing"),
        ({"kind": "SEC-02", "target": "acts"}, "target_unfit"),
        ({"kind": "SEC-02", "object": ""}, "invalid"),
        ({"kind": "SEC-02", "initiator": "neighbour"}, "invalid"),
    ],
)
@pytest.mark.rule("SEC-REPL-02")
def test_a_replacement_that_is_refused_leaves_the_old_measure_in_force(
    offices: None, given: dict[str, Any], code: str
) -> None:
    measure = secured(initiated())
    with refused(code, status=422):
        replaced(measure, **{**ASKED[given["kind"]], **given})
    assert now(measure).state == "served"


@pytest.mark.parametrize("state", ["requested", "sanctioned"])
def test_only_what_is_in_force_is_replaced(offices: None, state: str) -> None:
    measure = do(initiated(), "request_freeze")
    if state == "sanctioned":
        do(measure, "grant_sanction", by="prosecutor.ala")
    with refused("wrong_state", status=409) as caught:
        replaced(measure, "SEC-05")
    assert caught.value.facts[0].needed == "served"


# --- Ends -----------------------------------------------------------------------------------------


@pytest.mark.rule("TERMN-EFF-02")
def test_the_end_of_the_case_lifts_them_all_and_tells_only_who_else_obeys(offices: None) -> None:
    proceeding = initiated()
    laid = [secured(proceeding, kind) for kind in ASKED]
    do(proceeding, "terminate", on=later(1))
    assert {now(each).state for each in laid} == {"lifted"}
    assert papers(proceeding.case).count("lift") == len(laid)
    assert outgoing(proceeding.case).count("lift") == 2
    sound([proceeding.case])


@pytest.mark.rule("TERM-COMPLAINT-10D")
def test_ten_days_for_a_complaint_run_from_a_measure_and_from_its_replacement(
    offices: None,
) -> None:
    proceeding = initiated()
    running = proceeding.case.stream.deadlines.filter(rule="TERM-COMPLAINT-10D")
    before = running.count()
    measure = secured(proceeding)
    assert running.count() == before + 1
    replaced(measure, "SEC-02")
    assert running.count() == before + 2
    issued = Paper.objects.get(kind="replace").facts["due_on"]
    assert issued == str(running.order_by("-started_by")[0].due_on)
    assert "TERM-VOLUNTARY-5D" not in terms_of(proceeding)


def test_a_bank_s_answer_belongs_to_a_freeze(offices: None) -> None:
    measure = secured(initiated())
    with refused("no_bank", status=409):
        do(measure, "record_answer")


# --- The database ---------------------------------------------------------------------------------


def born(proceeding: Proceeding, target: str, state: str, **more: Any) -> None:
    """Insert a measure as no verb does."""
    values = {
        "id": uuid4(),
        "state": state,
        "kind": "SEC-01",
        "target": target,
        "bank": BANK,
        "cap": Decimal("1.00"),
        "sanction_number": "X",
        "case_id": proceeding.case_id,
        "proceeding_id": proceeding.pk,
        "requested_on": later(0),
        "requested_by_id": proceeding.case.stream.entries.order_by("-seq")[0].by_id,
        **dict.fromkeys(("object", "addressee", "account", "refusal_reason", "answer"), ""),
        "details": "{}",
        "initiator": "bailiff",
        **more,
    }
    places = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO enforcement_measure ({', '.join(values)}) VALUES ({places})",
            list(values.values()),
        )


@pytest.mark.parametrize(
    ("target", "state", "words"),
    [
        ("bank_money", "served", "a measure on bank_money is not born served"),
        ("bank_money", "sanctioned", "not born sanctioned|unlawful transition"),
        ("movable_property", "requested", "a measure on movable_property is not born requested"),
        ("movable_property", "lifted", "not born lifted|unlawful transition"),
    ],
)
@pytest.mark.rule("SANCT-01")
def test_the_database_lets_no_measure_be_born_otherwise(
    offices: None, target: str, state: str, words: str
) -> None:
    proceeding = initiated()
    with refused_by_the_database(words):
        born(proceeding, target, state)


@pytest.mark.parametrize(
    ("more", "words"),
    [({"cap": None}, "measure_freeze_is_capped"), ({"bank": ""}, "measure_freeze_is_capped")],
)
def test_the_database_knows_no_freeze_without_a_bank_and_a_cap(
    offices: None, more: dict[str, Any], words: str
) -> None:
    proceeding = initiated()
    with refused_by_the_database(words):
        born(proceeding, "bank_money", "requested", **more)


@pytest.mark.parametrize(
    "change",
    [
        "target = 'bank_money'",
        "kind = 'SEC-01'",
        "cap = 5",
        "object = 'x'",
        "addressee = 'x'",
        'details = \'{"seal": "7"}\'',
        "requested_on = '2020-01-01'",
    ],
)
def test_what_was_laid_on_what_is_not_rewritten(offices: None, change: str) -> None:
    measure = secured(initiated())
    with refused_by_the_database("append-only"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE enforcement_measure SET {change} WHERE id = %s", [measure.pk])


def test_a_freeze_s_target_cannot_be_changed_to_pass_without_a_sanction(offices: None) -> None:
    measure = do(initiated(), "request_freeze")
    with refused_by_the_database("append-only"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE enforcement_measure SET target = 'money', state = 'sanctioned' WHERE id = %s",
            [measure.pk],
        )

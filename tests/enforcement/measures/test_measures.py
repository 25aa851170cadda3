"""Freezes: capped, sanctioned by another, served through the outbox, lifted when the case ends."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from accounts.models import Office
from documents.models import Paper, Register
from enforcement.models import Measure, Proceeding
from exchange.models import Message
from journal import actions as journal
from tests.course import (
    BANK,
    do,
    for_verb,
    frozen,
    initiated,
    kinds,
    later,
    now,
    outgoing,
    papers,
    sound,
)
from tests.office import appoint, refused, refused_by_the_database
from tests.standing import lines

WHOLE = Decimal("1900659.00")
PROSECUTOR = "prosecutor.ala"
IBAN = "KZ81125KZT2004100777"


def asked(proceeding: Proceeding, **given: Any) -> Measure:
    measure: Measure = do(proceeding, "request_freeze", **given)
    return measure


def sanctioned(proceeding: Proceeding, **given: Any) -> Measure:
    measure = asked(proceeding, **given)
    do(measure, "grant_sanction", by=PROSECUTOR)
    return measure


@pytest.mark.rule("INIT-ARREST-01", "BAIL-PWR-10")
def test_a_freeze_is_asked_for_from_the_day_of_initiation(offices: None) -> None:
    proceeding = initiated()
    measure = asked(proceeding, amount=WHOLE, account="kz81 125K ZT20 0410 0777")
    assert (measure.state, measure.account, measure.cap) == ("requested", IBAN, WHOLE)
    assert (now(proceeding).state, kinds(proceeding.case)[-1]) == ("initiated", "freeze_requested")
    assert outgoing(proceeding.case) == []


@pytest.mark.parametrize("amount", ["0", "-1", "1900659.01", "0.001", "1.005"])
def test_a_freeze_above_the_balance_is_refused(offices: None, amount: str) -> None:
    proceeding = initiated()
    with refused("above_balance", status=422):
        asked(proceeding, amount=Decimal(amount))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"bank": "  "}, "bank"),
        ({"account": "KZ00"}, "account"),
        ({"account": IBAN[:-1] + "8"}, "account"),
    ],
)
def test_a_freeze_names_its_bank_and_a_right_account(
    offices: None, given: dict[str, str], field: str
) -> None:
    proceeding = initiated()
    with refused("invalid", status=422) as caught:
        asked(proceeding, **given)
    assert caught.value.errors[0].field == field


@pytest.mark.rule("SANCT-01", "PROS-PWR-03", "SEC-01")
def test_a_sanctioned_freeze_leaves_through_the_outbox_with_its_paper(offices: None) -> None:
    proceeding = initiated()
    measure = sanctioned(proceeding, amount=WHOLE)
    assert outgoing(proceeding.case) == []
    do(measure, "serve_freeze")
    [message] = Message.objects.all()
    paper = Paper.objects.get(kind="freeze")
    assert (message.kind, message.to, message.sent_at) == ("freeze", BANK, None)
    assert message.body | {"account": ""} == {
        "measure": str(measure.pk),
        "account": "",
        "cap": "1900659.00",
        "sanction": now(measure).sanction_number,
        "paper": str(paper.pk),
        "number": paper.label,
    }
    assert paper.facts["sanction_no"] == now(measure).sanction_number
    do(measure, "record_answer", on=later(1))
    assert now(measure).answer
    assert now(measure).state == "served"


@pytest.mark.rule("SANCT-01")
def test_nothing_is_served_without_a_sanction(offices: None) -> None:
    measure = asked(initiated())
    with refused("wrong_state", status=409) as caught:
        do(measure, "serve_freeze")
    assert caught.value.rule == "SANCT-01"


def move(measure: Measure, state: str, *, number: str = "") -> None:
    """Change the state as no verb does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE enforcement_measure SET state = %s, sanction_number = %s WHERE id = %s",
            [state, number, measure.pk],
        )


@pytest.mark.parametrize("state", ["served", "sanctioned"])
def test_the_database_serves_nothing_without_a_sanction(offices: None, state: str) -> None:
    measure = asked(initiated())
    with refused_by_the_database("unlawful transition|measure_served_with_sanction"):
        move(measure, state)


def test_the_database_serves_nothing_whose_journal_knows_no_sanction(offices: None) -> None:
    measure = asked(initiated())
    with refused_by_the_database("its journal says requested"), connection.cursor() as cursor:
        for state in ("sanctioned", "served"):
            cursor.execute(
                "UPDATE enforcement_measure SET state = %s, sanction_number = 'X' WHERE id = %s",
                [state, measure.pk],
            )


@pytest.mark.parametrize("verb", ["grant_sanction", "refuse_sanction"])
@pytest.mark.rule("PROS-PWR-03")
def test_who_asked_never_decides(offices: None, verb: str) -> None:
    both = appoint("bailiff.ala", "prosecutor", "ALA-PRO", since=later(-100))
    measure = asked(initiated())
    with refused("own_request", status=403):
        do(measure, verb, by=both.login)
    with refused_by_the_database("measure_author_never_decides"):
        Measure.objects.filter(pk=measure.pk).update(decided_by=both)
    do(measure, verb, by=PROSECUTOR)


@pytest.mark.parametrize("verb", ["grant_sanction", "refuse_sanction"])
def test_a_prosecutor_of_elsewhere_finds_no_such_request(offices: None, verb: str) -> None:
    measure = asked(initiated())
    with refused("not_found", status=404):
        do(measure, verb, by="prosecutor.trz")


def test_a_refusal_says_its_reasons(offices: None) -> None:
    measure = asked(initiated())
    with refused("invalid", status=422):
        do(measure, "refuse_sanction", by=PROSECUTOR, reason=" ")


def test_a_sanction_without_a_number_gets_the_next_of_the_prosecutors_register(
    offices: None,
) -> None:
    told = [("", "1/2026"), ("С-7", "С-7"), (" ", "2/2026")]
    proceeding = initiated()
    for given, number in told:
        measure = asked(proceeding, amount=Decimal("10.00"))
        entry = do(measure, "grant_sanction", by=PROSECUTOR, number=given)
        assert (now(measure).sanction_number, entry.facts["number"]) == (number, number)
    first, *_others = now(proceeding).measures.order_by("requested_on")
    with refused("wrong_state", status=409):
        do(first, "grant_sanction", by=PROSECUTOR, number="")
    register = Register.objects.get(kind="sanction")
    assert (register.office.code, register.year, register.last) == ("ALA-PRO", 2026, 2)
    do(now(measure), "serve_freeze")
    assert Paper.objects.get(kind="freeze").facts["sanction_no"] == "2/2026"


def moved(proceeding: Proceeding, **given: Any) -> Any:
    there = Office.objects.get(code="TRZ")
    return do(proceeding, "transfer", office=there, address="Тараз", act_text="№ 1", **given)


#: What happened before the sanction came, and how serving the freeze is then refused.
TOO_LATE: dict[str, tuple[Callable[[Proceeding], Any], str, int]] = {
    "paid in full": (lambda p: do(p, "record_recovery", amount=WHOLE), "above_balance", 422),
    "paid in part": (lambda p: do(p, "record_recovery", amount="0.01"), "above_balance", 422),
    "suspended": (lambda p: do(p, "suspend"), "proceeding_stands", 409),
    "terminated": (lambda p: do(p, "terminate"), "wrong_state", 409),
    "returned": (lambda p: do(p, "return_to_claimant"), "wrong_state", 409),
    "transferred": (moved, "proceeding_stands", 409),
    "sent to liquidation": (lambda p: do(p, "send_to_liquidation"), "proceeding_stands", 409),
}


@pytest.mark.parametrize("sanction", ["before", "after"])
@pytest.mark.parametrize("happened", TOO_LATE)
@pytest.mark.rule("SANCT-01")
def test_a_freeze_that_comes_too_late_does_not_reach_the_bank(
    offices: None, happened: str, sanction: str
) -> None:
    takes, code, status = TOO_LATE[happened]
    proceeding = for_verb("send_to_liquidation")
    measure = asked(proceeding, amount=WHOLE)
    if sanction == "before":
        do(measure, "grant_sanction", by=PROSECUTOR)
    takes(proceeding)
    if sanction == "after":
        if happened in ("terminated", "returned"):
            with refused("wrong_state", status=409):
                do(measure, "grant_sanction", by=PROSECUTOR)
        else:
            do(measure, "grant_sanction", by=PROSECUTOR)
    with refused(code, status=status):
        do(measure, "serve_freeze")
    assert outgoing(proceeding.case) == []
    assert "freeze" not in papers(proceeding.case)
    sound()


@pytest.mark.rule("SEC-KEEP-01")
def test_a_suspension_leaves_what_is_frozen_frozen(offices: None) -> None:
    proceeding = initiated()
    served, waiting = frozen(proceeding), sanctioned(proceeding)
    do(proceeding, "suspend", on=later(1))
    assert (now(served).state, now(waiting).state) == ("served", "sanctioned")
    do(proceeding, "resume", on=later(2))
    do(waiting, "serve_freeze", on=later(2))
    assert outgoing(proceeding.case) == ["freeze", "freeze"]


@pytest.mark.rule("TERMN-EFF-01", "TERMN-EFF-02", "SEC-MULTI-01")
def test_termination_lifts_every_live_measure_and_tells_each_bank(offices: None) -> None:
    proceeding = initiated()
    served = [frozen(proceeding), frozen(proceeding)]
    others = [asked(proceeding), sanctioned(proceeding)]
    refused_one = asked(proceeding)
    do(refused_one, "refuse_sanction", by=PROSECUTOR)
    do(proceeding, "terminate", on=later(1))
    assert {now(each).state for each in served + others} == {"lifted"}
    assert now(refused_one).state == "sanction_refused"
    assert outgoing(proceeding.case) == ["freeze", "freeze", "lift", "lift"]
    issued = ["initiate", "offer", "freeze", "freeze", "terminate", "lift", "lift"]
    assert papers(proceeding.case) == issued
    told = Message.objects.filter(kind="lift").values_list("body__measure", flat=True)
    assert set(told) == {str(each.pk) for each in served}
    sound()


@pytest.mark.parametrize("state", ["requested", "sanctioned", "served"])
def test_the_database_knows_no_terminated_case_with_a_live_measure(
    offices: None, state: str
) -> None:
    proceeding = initiated()
    ways = {"requested": asked, "sanctioned": sanctioned, "served": frozen}
    ways[state](proceeding)
    with refused_by_the_database("ended with a live measure"):
        force(proceeding, "terminated", "terminated")


def force(proceeding: Proceeding, state: str, event: str) -> None:
    """End a proceeding as no verb does, journal and all."""
    journal.record(
        proceeding.case.stream,
        event,
        on=later(1),
        by=None,
        machine="proceeding",
        subject=proceeding.pk,
        state_after=state,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE enforcement_proceeding SET state = %s WHERE id = %s", [state, proceeding.pk]
        )


def test_a_lifted_freeze_says_why_and_tells_the_bank(offices: None) -> None:
    proceeding = initiated()
    measure = frozen(proceeding)
    with refused("evidence_missing", status=422):
        do(measure, "lift", reason=" ")
    do(measure, "lift", on=later(1))
    assert outgoing(proceeding.case) == ["freeze", "lift"]
    assert now(measure).state == "lifted"
    assert len(lines(now(proceeding))) == 1, "only that it began at all"

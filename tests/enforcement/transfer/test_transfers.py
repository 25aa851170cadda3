"""A document that moves: to another office with its debtor; to the claimant and in again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accounts.models import Office
from documents.models import Paper
from enforcement import transfer as transfers
from enforcement.core.sweep import sweep
from enforcement.models import Presentation, Proceeding
from tests import standing as money
from tests.course import (
    begun,
    do,
    frozen,
    initiated,
    kinds,
    later,
    now,
    papers,
    sound,
    terms_of,
    told_in_three_languages,
)
from tests.office import NEXT, example, paper, receive, received_on, refused, user

JOINT_ON = received_on("12")
MOVED = {"address": "Тараз қ., Үлгі к-сі, 1", "act_text": "2026 жылғы № 3 акт"}


def joint(**changes: Any) -> list[Proceeding]:
    """The two proceedings of paper 12, whose debtors owe jointly."""
    return begun(receive(example("12") | changes, on=JOINT_ON, by="clerk"), on=JOINT_ON)


def moved(proceeding: Proceeding, *, on: Any = NEXT) -> Presentation:
    """The document sent to Taraz and accepted there on the same day."""
    do(proceeding, "transfer", office=Office.objects.get(code="TRZ"), on=on, **MOVED)
    sent = transfers.on_its_way(proceeding.case)
    return transfers.accept_transfer(sent, on=on, by=user("bailiff.trz"))


@pytest.mark.rule("TERM-TRANSFER-3D")
def test_the_other_office_goes_on_where_the_first_one_stopped(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "record_recovery", amount="900659.00")
    arrival = moved(proceeding)
    assert now(proceeding).state == "transferred"
    assert kinds(proceeding.case)[-1] == "transfer_accepted"
    assert (arrival.case.office.code, kinds(arrival.case)) == ("TRZ", ["received"])
    [begun_there] = begun(arrival, on=NEXT, by="bailiff.trz")
    assert str(money.balance(begun_there)) == "1000000.00"
    assert terms_of(begun_there)["TERM-OFFER-3D"] == (
        "2026-03-16",
        "met",
    )  # the 14th is a Saturday
    sound()


def test_a_document_never_moves_while_a_ground_holds(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "suspend", ground="SUSP-MAND-04")
    with refused("wrong_state", status=409):
        do(proceeding, "transfer", office=Office.objects.get(code="TRZ"), **MOVED)
    assert not proceeding.case.stream.entries.filter(kind="transferred").exists()


@pytest.mark.rule("COURT-DEFER-01", "TERM-TRANSFER-3D")
@pytest.mark.parametrize(("accepted", "holds"), [(later(9), True), (later(40), False)])
def test_a_courts_deferral_holds_in_the_other_office_until_its_day(
    offices: None, accepted: date, holds: bool
) -> None:
    proceeding = initiated()
    do(proceeding, "record_deferral", on=later(4), ruled_on=later(2), until=later(30))
    do(proceeding, "transfer", office=Office.objects.get(code="TRZ"), on=later(9), **MOVED)
    sent = transfers.on_its_way(proceeding.case)
    arrival = transfers.accept_transfer(sent, on=accepted, by=user("bailiff.trz"))
    [there] = begun(arrival, on=accepted, by="bailiff.trz")
    found = there.deferrals.filter(ended_on=None)
    assert list(found.values_list("since", "until")) == [(later(2), later(30))] * holds
    assert (terms_of(there)["TERM-EXEC-2M"][1] == "paused") is holds
    told = [each.text for held in found for each in held.entry.evidence.all()]
    assert told == ["№ 2-77, аудандық сот"] * holds
    sound()


def test_the_resolution_there_names_the_last_day_with_the_deferral(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "record_deferral", on=later(1), until=later(30))
    [there] = begun(moved(proceeding, on=later(2)), on=later(3), by="bailiff.trz")
    sweep(on=later(31))
    paper = Paper.objects.get(entry__stream=there.case.stream, kind="initiate")
    assert paper.facts["completion_due"] == terms_of(there)["TERM-EXEC-2M"][0]


def test_a_court_annuls_a_deferral_that_came_along_by_an_act_of_before(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "record_deferral", on=later(1), until=later(60))
    [there] = begun(moved(proceeding, on=later(2)), on=later(10), by="bailiff.trz")
    line = there.case.stream.entries.get(kind="court_deferred").seq
    given = {"line": line, "authority": "court", "reason": "№ 7", "act_on": later(5)}
    do(there, "correct", on=later(11), by="bailiff.trz", **given)
    assert terms_of(there)["TERM-EXEC-2M"][1] == "running"
    sound()


def test_a_return_can_be_annulled_though_the_other_debtor_moved(offices: None) -> None:
    stays, goes = joint()
    do(stays, "return_to_claimant", on=JOINT_ON)
    moved(goes, on=JOINT_ON)
    line = stays.case.stream.entries.get(kind="returned_to_claimant").seq
    given = {"line": line, "authority": "court", "reason": "№ 7"}
    do(now(stays), "correct", on=JOINT_ON, **given)
    assert now(stays).state == "initiated"


def test_a_deferral_that_was_over_before_the_document_moved_holds_nowhere(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "record_deferral", on=later(4), ruled_on=later(2), until=later(30))
    do(proceeding, "end_deferral", on=later(5))
    arrival = moved(proceeding, on=later(6))
    [there] = begun(arrival, on=later(6), by="bailiff.trz")
    assert not there.deferrals.exists()


@pytest.mark.parametrize("login", ["bailiff.ala", "registrar.trz", "prosecutor.ala"])
def test_only_a_bailiff_of_the_other_office_accepts(offices: None, login: str) -> None:
    proceeding = initiated()
    do(proceeding, "transfer", office=Office.objects.get(code="TRZ"), **MOVED)
    sent = transfers.on_its_way(proceeding.case)
    assert transfers.incoming(user(login), on=NEXT) == []
    assert transfers.incoming(user("bailiff.trz"), on=NEXT) == [sent]
    with refused("wrong_role", status=403):
        transfers.accept_transfer(sent, on=NEXT, by=user(login))


def test_a_document_is_accepted_once(offices: None) -> None:
    proceeding = initiated()
    moved(proceeding)
    with refused("already_accepted", status=409):
        transfers.accept_transfer(now(proceeding).transfer_out, on=NEXT, by=user("bailiff.trz"))
    with refused("nothing_there", status=409):
        transfers.on_its_way(proceeding.case)


def test_a_joint_claim_stays_one_when_one_debtor_moves(offices: None) -> None:
    stays, goes = joint()
    [there] = begun(moved(goes, on=JOINT_ON), on=JOINT_ON, by="bailiff.trz")
    claim = stays.debtor.debts.order_by("position").first()
    do(stays, "record_recovery", debt=claim, amount=claim.amount, on=JOINT_ON)
    assert money.balance(stays) == money.balance(there)
    same = there.debtor.debts.get(claim=claim.claim)
    do(there, "record_recovery", debt=same, amount="0.01", on=JOINT_ON, by="bailiff.trz")
    assert str(money.account(there).surplus) == "0.01", "whatever is paid there is above the claim"
    assert money.account(stays).surplus == 0


def offered(proceeding: Proceeding) -> str:
    return terms_of(proceeding)["TERM-OFFER-3D"][1]


@pytest.mark.rule("TERM-OFFER-3D")
def test_each_debtor_is_offered_to_comply(offices: None) -> None:
    one, other = joint()
    assert (offered(one), offered(other)) == ("met", "met")
    assert papers(one.case) == ["initiate", "offer", "initiate", "offer"]
    do(one, "deliver_offer", on=JOINT_ON)
    assert "TERM-VOLUNTARY-5D" in terms_of(one)
    assert "TERM-VOLUNTARY-5D" not in terms_of(other)
    sound()


@pytest.mark.rule("REPRES-01", "TERMN-EFF-03")
def test_presented_again_only_what_was_returned_goes_on(offices: None) -> None:
    one, other = joint()
    do(one, "terminate", on=JOINT_ON)
    do(other, "return_to_claimant", on=JOINT_ON)
    again = receive(example("12") | {"ref": "12-again"}, on=JOINT_ON, by="clerk")
    assert (again.verdict["verdict"], again.case_id) == ("accept", one.case_id)
    assert [each.debtor.party_id for each in begun(again, on=JOINT_ON)] == [other.debtor.party_id]
    sound()


@pytest.mark.rule("WRIT-ONE-01")
def test_while_a_joint_debtor_s_proceedings_run_the_paper_is_not_taken_again(
    offices: None,
) -> None:
    _one, other = joint()
    do(other, "return_to_claimant", on=JOINT_ON)
    again = receive(example("12") | {"ref": "12-again"}, on=later(0, since=JOINT_ON), by="clerk")
    assert again.verdict["verdict"] == "already_received"


@pytest.mark.rule("INTERR-04", "REPRES-01")
def test_returned_by_the_other_office_the_document_can_be_presented_again(offices: None) -> None:
    [there] = begun(moved(initiated()), on=NEXT, by="bailiff.trz")
    do(there, "return_to_claimant", on=NEXT, by="bailiff.trz")
    assert there.case.stream.deadlines.get(rule="PRES-3Y").status == "running"
    again = receive(paper(1, ref="T-again", office="TRZ", debtor={"city": "Тараз"}), on=NEXT)
    assert (again.verdict["verdict"], again.case_id) == ("accept", there.case_id)
    [anew] = begun(again, on=NEXT, by="bailiff.trz")
    assert anew.debtor.debts.get().claim == there.debtor.debts.get().claim


@pytest.mark.rule("TERMN-EFF-02")
def test_what_the_first_office_froze_is_lifted_there_before_the_end(offices: None) -> None:
    proceeding = initiated()
    measure = frozen(proceeding)
    [there] = begun(moved(proceeding), on=NEXT, by="bailiff.trz")
    with refused("secured_elsewhere", status=409):
        do(there, "terminate", on=NEXT, by="bailiff.trz")
    do(measure, "lift", on=NEXT)
    do(there, "terminate", on=NEXT, by="bailiff.trz")
    assert now(there).state == "terminated"


def test_presented_to_another_office_a_debt_is_still_one_debt(offices: None) -> None:
    first = initiated()
    do(first, "record_recovery", amount="900659.00")
    do(now(first), "return_to_claimant")
    again = receive(paper(1, ref="T-again", office="TRZ", debtor={"city": "Тараз"}), on=NEXT)
    assert again.case_id != first.case_id
    [there] = begun(again, on=NEXT, by="bailiff.trz")
    assert str(money.balance(there)) == "1000000.00"


@pytest.mark.rule("TERM-TRANSFER-3D", "PLACE-01", "PLACE-02")
@pytest.mark.parametrize(
    ("address", "told", "lies"),
    [
        ("Тараз қ., Үлгі к-сі, 1", {}, True),
        ("г. Тараз", {}, True),
        ("Алматы қ., Тараз көшесі, 1", {}, False),
        ("Шымкент қ., Үлгі к-сі, 1", {}, False),
        ("Шымкент қ., Үлгі к-сі, 1", {"workplace_city": "Тараз"}, True),
        ("Шымкент қ., Үлгі к-сі, 1", {"property_city": "Алматы, г. Тараз"}, True),
        ("Шымкент қ., Үлгі к-сі, 1", {"workplace_city": "Алматы"}, False),
    ],
)
def test_a_document_goes_only_where_a_place_of_execution_lies(
    offices: None, address: str, told: dict[str, str], lies: bool
) -> None:
    proceeding, there = initiated(debtor=told), Office.objects.get(code="TRZ")
    given = {**MOVED, "office": there, "address": address}
    if lies:
        do(proceeding, "transfer", **given)
        assert now(proceeding).state == "transferred"
        return
    with refused("other_territory", status=422) as caught:
        do(proceeding, "transfer", **given)
    assert [(each.field, each.code) for each in caught.value.errors] == [
        ("office", "other_territory")
    ]
    assert caught.value.rule == "TERM-TRANSFER-3D"
    told_in_three_languages(caught.value)


@pytest.mark.rule("PLACE-03")
def test_an_act_takes_its_document_to_the_place_of_the_act(offices: None) -> None:
    debts = [{"claimant": 0, "debtors": [0], "act": "eviction", "act_city": "Тараз"}]
    arrival = receive(paper(1, office="TRZ", debts=debts), on=NEXT)
    assert arrival.verdict["verdict"] == "accept", "though the debtor lives in Almaty"
    assert receive(paper(2, debts=debts), on=NEXT).verdict["office"] == "TRZ"

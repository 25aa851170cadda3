"""Who executes, where, and who looks after him."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from accounts.models import Office
from enforcement.core.card import permissions
from enforcement.core.sweep import sweep
from enforcement.facts.access import visible_to
from law.blocks import acts
from law.statute import statute
from tests.course import do, initiated, later, now, papers
from tests.office import HOLDERS, NEXT, act, arrive, paper, receive, refused, user

AT_WORK = {"bailiff", "senior_bailiff", "head"}
#: What others than bailiffs do in a case: hand papers in, decide on freezes.
OF_OTHERS = {
    *("receive", "attach", "record_already_received", "grant_sanction", "refuse_sanction"),
    *("correct_intake", "record_address", "engage"),
    *("record_submission", "record_objection", "withdraw_submission"),
    *("show_file", "take_statement", "supervise", "return_file", "put_submission_right"),
    "add_restored_term",
}
FIRM = {"kind": "legal", "name_kk": "«Үлгі» ЖШС", "name_ru": "ТОО «Үлгі»", "iin": "", "name": ""}


def at_desk(login: str) -> Client:
    client = Client()
    client.force_login(user(login))
    return client


# --- Where ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("debtor", "city", "verdict"),
    [
        pytest.param({}, "Алматы", "accept", marks=pytest.mark.rule("PLACE-01")),
        pytest.param({}, "Тараз", "wrong_territory", marks=pytest.mark.rule("PLACE-01")),
        pytest.param(FIRM, "Алматы", "accept", marks=pytest.mark.rule("PLACE-02")),
        pytest.param(FIRM, "Тараз", "wrong_territory", marks=pytest.mark.rule("PLACE-02")),
    ],
    ids=["resides here", "resides elsewhere", "firm here", "firm elsewhere"],
)
def test_a_document_is_executed_where_its_debtor_is(
    offices: None, debtor: dict[str, Any], city: str, verdict: str
) -> None:
    bin_ = {"bin": "150340012340"}
    changes = {**debtor, **(bin_ if debtor else {}), "city": city}
    arrival = receive(paper(debtor=changes))
    assert arrival.verdict["verdict"] == verdict
    if verdict == "wrong_territory":
        assert arrival.verdict["office"] == "TRZ"
        act(arrival, "send_on")
        assert arrival.case.stream.deadlines.get(rule="TERM-TRANSFER-3D").status == "met"


@pytest.mark.rule("TERM-TRANSFER-3D", "PLACE-01")
def test_a_debtor_who_moved_is_followed_by_his_document_with_an_act_and_the_claimant_told(
    offices: None,
) -> None:
    proceeding = initiated()
    there = Office.objects.get(code="TRZ")
    for lacking in ("address", "act_text"):
        given = {"address": "Тараз", "act_text": "№ 1 акт", lacking: " "}
        with refused("evidence_missing", status=422):
            do(proceeding, "transfer", office=there, **given)
    do(proceeding, "transfer", office=there, address="Тараз", act_text="№ 1 акт")
    assert (now(proceeding).state, papers(proceeding.case)[-1]) == ("transferred", "transfer")
    told = [block["kk"] for block in statute("lecture").texts["transfer"]["addressees"]]
    assert any("{claimants}" in words for words in told)


# --- Who ------------------------------------------------------------------------------------------


@pytest.mark.rule("BAIL-DEF-01", "BODY-MAIN-01")
def test_bailiffs_and_nobody_else_execute(offices: None) -> None:
    assert {verb for verb, roles in permissions().items() if not roles <= AT_WORK} == OF_OTHERS
    proceeding = initiated()
    for role in set(HOLDERS) - AT_WORK:
        blind = role == "administrator"
        with refused("not_found" if blind else "wrong_role", status=404 if blind else 403):
            do(proceeding, "suspend", by=HOLDERS[role])
    assert proceeding.case.office.kind == Office.Kind.BAILIFF
    elsewhere = Office.objects.exclude(kind=Office.Kind.BAILIFF).first()
    with refused("invalid", status=422):
        do(proceeding, "transfer", office=elsewhere, address="Тараз", act_text="№ 1")


@pytest.mark.rule("BAIL-ETHIC-01")
def test_every_act_stands_on_the_law_and_stays_in_the_open(offices: None) -> None:
    law = statute("lecture")
    for verb in permissions():
        assert law.steps[verb].rule in law.ids(), verb
    proceeding = initiated()
    wrong = do(proceeding, "suspend")
    do(proceeding, "correct", line=wrong.seq, authority="court", reason="№ 7")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE id = %s", [wrong.pk])
    told = proceeding.case.stream.entries.order_by("-seq")[0]
    assert (told.kind, told.corrects, told.by.login) == ("corrected", wrong.seq, "bailiff.ala")


@pytest.mark.rule("BAIL-LIAB-01")
def test_what_a_bailiff_let_run_out_is_written_down_and_shown_to_the_senior_bailiff(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    case = initiated().case
    set_clock(date(2026, 5, 20))
    sweep(on=date(2026, 5, 20))
    rules = {e.facts["rule"] for e in case.stream.entries.filter(kind="expired", by=None)}
    assert "TERM-EXEC-2M" in rules
    page = at_desk("senior.ala").get("/approvals").content.decode()
    overdue = page.partition('id="overdue-title"')[2].partition("</section>")[0]
    assert case.label in overdue


@pytest.mark.parametrize(
    ("login", "sees"),
    [("prosecutor.ala", True), ("prosecutor.system", True), ("prosecutor.trz", False)],
)
@pytest.mark.rule("PROS-SUP-01")
def test_a_prosecutor_looks_into_every_case_of_the_offices_he_supervises(
    offices: None, login: str, sees: bool
) -> None:
    proceeding = initiated()
    assert (proceeding.case in visible_to(user(login))) is sees
    if sees:
        answer = at_desk(login).get(f"/cases/{proceeding.case_id}")
        assert (answer.status_code, 'data-page="case"' in answer.content.decode()) == (200, True)


# --- What for, and by which law -------------------------------------------------------------------


@pytest.mark.parametrize(("paid", "left"), [("0", "1900659.00"), ("900659.00", "1000000.00")])
@pytest.mark.rule("GEN-GOAL-01")
def test_how_far_a_document_was_executed_is_told_to_the_tiyn(
    offices: None, set_clock: Callable[[date], None], paid: str, left: str
) -> None:
    proceeding = initiated()
    if paid != "0":
        do(proceeding, "record_recovery", amount=paid)
    set_clock(NEXT)
    page = at_desk("bailiff.ala").get(f"/cases/{proceeding.case_id}").content.decode()
    assert re.findall(r'data-balance="([\d.]+)"', page) == [left]
    do(proceeding, "return_to_claimant", on=later(0))
    issued = proceeding.case.stream.entries.get(kind="returned_to_claimant").papers.get()
    assert issued.facts["balance"] == left


@pytest.mark.rule("GEN-SRC-01")
def test_every_rule_names_its_act_and_a_page_shows_it_beside_what_it_does(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    law = statute("lecture")
    for rule in map(law.rule, law.ids()):
        assert rule.act in acts()
        assert rule.since
    case = arrive().case_id
    set_clock(NEXT)
    page = at_desk("bailiff.ala").get(f"/cases/{case}").content.decode()
    shown = set(re.findall(r'data-rule="([A-Z0-9-]+)"', page))
    assert {"PRES-3Y", "TERM-OFFER-3D"} <= shown <= set(law.ids())

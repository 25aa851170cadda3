"""What a bailiff asks of others: it goes out to each, its reply has a term, and what does not come
can be an offence."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import escape, unescape
from typing import Any

import pytest
from django.db import connection

from exchange.models import Message
from tests.course import do, initiated, later, now, sound, terms_of, told_in_three_languages
from tests.enforcement.letters.posted import (
    ASKED,
    BANKS,
    LETTERS,
    OFFENCES,
    at_desk,
    five_banks,
    holds,
    said,
    sent,
    shown,
)
from tests.office import DAY, NEXT, refused, refused_by_the_database

# --- Information ----------------------------------------------------------------------------------


@pytest.mark.rule("BAIL-PWR-03")
def test_five_banks_are_asked_at_once_by_one_paper_and_each_answers_by_itself(
    offices: None,
) -> None:
    proceeding = initiated()
    letters = five_banks(proceeding)
    assert [each.to.code for each in letters if each.to] == list(BANKS)
    lines = proceeding.case.stream.entries.filter(kind="letter_sent")
    assert lines.count() == len(BANKS)
    [paper] = [paper for line in lines for paper in line.papers.all()]
    assert [each["kk"] for each in paper.addressees] == [each.name("kk") for each in letters]
    assert {each.paper for each in letters} == {paper.label}
    sent_now = set(Message.objects.filter(kind="letter").values_list("to", flat=True))
    assert sent_now == set(BANKS[:4]), "who is online gets it through the outbox, once"
    do(letters[0], "record_reply", outcome="nothing_held", answer="Шот жоқ")
    states = [now(each).state for each in letters]
    assert states == ["answered", *["awaited"] * 4]
    sound()


@pytest.mark.rule("TERM-INFO-3D")
def test_three_days_run_from_the_day_it_reached_each_of_them(offices: None) -> None:
    letters = five_banks(initiated())
    due = "2026-03-16"  # the third day is a Saturday
    assert terms_of(letters[0]) == {"TERM-INFO-3D": (due, "running")}
    assert terms_of(letters[4]) == {}, "by post it did not arrive yet"
    told = {"channel": "registered_mail", "proof": "№ 5", "delivered_on": later(2)}
    do(letters[4], "record_receipt", on=later(4), **told)
    assert terms_of(letters[4]) == {"TERM-INFO-3D": (str(later(5)), "running")}
    do(letters[4], "record_reply", on=later(5), outcome="given", answer="Бір шот")
    assert terms_of(letters[4]) == {"TERM-INFO-3D": (str(later(5)), "met")}
    do(letters[0], "record_reply", on=later(6), outcome="given", answer="Кеш")
    assert terms_of(letters[0])["TERM-INFO-3D"][1] == "expired"
    sound()


@pytest.mark.rule("TERM-INFO-3D")
def test_what_is_answered_at_once_is_due_the_day_it_arrives(offices: None) -> None:
    [online] = sent(initiated(), "information", to=["BNK-0001"])
    assert (online.answer_by, terms_of(online)) == (NEXT, {})
    [by_post] = sent(initiated(2), "information", to=["BNK-0005"])
    assert by_post.answer_by is None
    do(by_post, "record_receipt", on=later(2), channel="courier", proof="№ 1")
    assert now(by_post).answer_by == later(2)


# --- Every kind -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("demand", marks=pytest.mark.rule("BAIL-BIND-01")),
        pytest.param("summons", marks=pytest.mark.rule("BAIL-PWR-06")),
        pytest.param("inspection", marks=pytest.mark.rule("BAIL-PWR-07")),
        pytest.param("instruction", marks=pytest.mark.rule("BAIL-PWR-08")),
        pytest.param("police", marks=pytest.mark.rule("BAIL-PWR-14")),
        pytest.param("other_act", marks=pytest.mark.rule("BAIL-DUTY-04")),
        pytest.param("deferral", marks=pytest.mark.rule("BAIL-PWR-05", "COURT-DEFER-02")),
        *("instalment", "change_method", "indexation"),
        *("replace_party", "duplicate", "restore_term"),
    ],
)
def test_each_kind_goes_out_with_its_paper_waits_and_is_answered(offices: None, kind: str) -> None:
    proceeding, known = initiated(), LETTERS[kind]
    [letter] = sent(proceeding, kind)
    line = proceeding.case.stream.entries.get(subject=letter.pk)
    [paper] = line.papers.all()
    assert (paper.kind, line.facts["letter"]) == (known.paper, kind)
    assert paper.facts["details"] == said(kind) == letter.details
    assert (letter.answer_by is not None) == known.dated
    act: dict[str, Any] = {} if known.failures else {"number": "2-15", "decided_on": NEXT}
    entry = do(letter, "record_reply", outcome=known.replies[0], answer="Мысал", **act)
    issued = [paper.kind for paper in entry.papers.all()]
    assert (now(letter).state, issued) == ("answered", [known.reply_paper] * bool(issued))
    assert bool(issued) == bool(known.reply_paper)
    sound()


def test_every_kind_of_the_law_is_tried() -> None:
    test: Any = test_each_kind_goes_out_with_its_paper_waits_and_is_answered
    [rows] = test.pytestmark
    tried = {row if isinstance(row, str) else row.values[0] for row in rows.args[1]}
    others = {"information", "clarification", "search", *OFFENCES}
    assert tried | others == set(LETTERS)


@pytest.mark.rule("BAIL-BIND-01")
def test_a_demand_needs_its_last_day_and_an_application_has_none(offices: None) -> None:
    proceeding = initiated()
    told = {"kind": "demand", "to": ["ORG-0001"], "details": said("demand")}
    with refused("evidence_missing", status=422) as caught:
        do(proceeding, "send_letter", **told)
    assert [each.field for each in caught.value.errors] == ["answer_by"]
    with refused("wrong_period", status=422):
        do(proceeding, "send_letter", answer_by=DAY, **told)
    with refused("invalid", status=422):
        do(proceeding, "send_letter", answer_by=NEXT, **told | {"kind": "information"})


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"to": []}, "evidence_missing", "to"),
        ({"to": ["BNK-9999"]}, "invalid", "to"),
        ({"to": ["TRZ"]}, "invalid", "to"),
        ({"kind": "deferral"}, "invalid", "kind"),
        ({"kind": "nothing"}, "invalid", "kind"),
        ({"details": {"asked_for": "Шоттар", "secrecy": "invented"}}, "invalid", "details.secrecy"),
        ({"details": {"asked_for": "Шоттар"}}, "invalid", "details.secrecy"),
        ({"details": {**ASKED, "limit": "1"}}, "invalid", "details.limit"),
        ({"pace": "some_day"}, "invalid", "pace"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_field(
    offices: None, changes: dict[str, Any], code: str, field: str
) -> None:
    proceeding = initiated()
    told: dict[str, Any] = {"kind": "information", "to": ["BNK-0001"], "details": ASKED}
    with refused(code, status=422) as caught:
        do(proceeding, "send_letter", **told | changes)
    assert [each.field for each in caught.value.errors] == [field]
    told_in_three_languages(caught.value)


def test_a_summons_goes_to_one_person_and_a_request_to_anybody_named(offices: None) -> None:
    proceeding = initiated()
    debtor = str(proceeding.debtor_id)
    given = {"kind": "summons", "details": said("summons"), "answer_by": later(4)}
    with refused("one_addressee", status=422) as caught:
        do(proceeding, "send_letter", to=[debtor], person="Үлгібаев", **given)
    told_in_three_languages(caught.value)
    [letter] = do(proceeding, "send_letter", to=[debtor], **given)
    assert now(letter).participant == proceeding.debtor
    many = {"kind": "information", "to": [debtor, "BNK-0001"], "person": "Мысалова Үлгі"}
    assert len(do(proceeding, "send_letter", details=ASKED, **many)) == 3


# --- To the court ---------------------------------------------------------------------------------


@pytest.mark.rule("BAIL-PWR-04", "CLARIFY-01", "SUSP-OPT-01")
def test_a_clarification_asked_for_opens_the_suspension_and_its_answer_ends_it(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    [letter] = sent(initiated(), "clarification")
    set_clock(NEXT)
    address = shown(letter, "suspend")
    held = holds(letter, address)
    court = letter.name("kk")
    assert (held["ground"], held["evidence.clarification_request.court"]) == ("SUSP-OPT-01", court)
    desk, path = at_desk(), address.partition("?")[0]
    assert desk.post(path, held | {"on": f"{NEXT}"}).status_code == 302
    assert now(letter.proceeding).state == "suspended"
    assert shown(letter, "suspend") == "", "what was done is not offered again"
    told = {"outcome": "clarified", "answer": "Абай даңғ., 1", "number": "2-7", "decided_on": NEXT}
    do(letter, "record_reply", **told)
    address = shown(letter, "resume")
    held = holds(letter, address)
    assert held["proof"].startswith("№ 2-7")
    assert desk.post(address.partition("?")[0], held | {"on": f"{NEXT}"}).status_code == 302
    assert now(letter.proceeding).state == "initiated"
    sound()


@pytest.mark.parametrize(
    ("kind", "verb", "state"),
    [
        ("deferral", "record_deferral", "initiated"),
        ("instalment", "record_deferral", "initiated"),
        pytest.param(
            *("search", "suspend", "suspended"),
            marks=pytest.mark.rule("SEARCH-01", "SUSP-OPT-05"),
        ),
    ],
)
@pytest.mark.rule("COURT-DEFER-01")
def test_the_court_s_act_leads_to_its_step_with_what_it_says(
    offices: None,
    set_clock: Callable[[date], None],
    kind: str,
    verb: str,
    state: str,
) -> None:
    [letter] = sent(initiated(), kind)
    set_clock(NEXT)
    assert shown(letter, verb) == "", "nothing is decided yet"
    act = {"number": "2-15", "decided_on": NEXT}
    do(letter, "record_reply", outcome="granted", answer="Қанағаттандырылды", **act)
    address = shown(letter, verb)
    path = address.partition("?")[0]
    until = {"until": f"{later(90)}"} if verb == "record_deferral" else {}
    held = holds(letter, address) | {"on": f"{NEXT}"} | until
    assert at_desk().post(path, held).status_code == 302
    assert now(letter.proceeding).state == state
    if verb == "record_deferral":
        assert letter.proceeding.deferrals.get().kind == kind
    sound()


@pytest.mark.rule("BAIL-PWR-05", "SUCC-01", "SUCC-02")
@pytest.mark.parametrize("outcome", ["granted", "granted_in_part"])
def test_a_successor_the_court_named_takes_the_place_before_it_goes_on(
    offices: None, set_clock: Callable[[date], None], outcome: str
) -> None:
    proceeding = initiated()
    do(proceeding, "suspend", ground="SUCC-02")
    [letter] = sent(now(proceeding), "replace_party")
    act = {"number": "2-15", "decided_on": NEXT}
    do(letter, "record_reply", outcome=outcome, answer="Қанағаттандырылды", **act)
    set_clock(NEXT)
    assert shown(letter, "resume") == ""
    chosen = at_desk().get(shown(letter, "replace_party")).content.decode()
    [link] = {unescape(each) for each in re.findall(r'href="([^"]*event=death[^"]*)"', chosen)}
    form = at_desk().get(f"/cases/{letter.case_id}/replace_party{link}").content.decode()
    for said_ in ("2-15", letter.name("kk"), f"{NEXT}"):
        assert f'value="{escape(said_)}"' in form, said_


@pytest.mark.rule("REP-01")
def test_a_letter_to_a_party_goes_to_his_representative(offices: None) -> None:
    proceeding = initiated()
    proof = {"authority_basis": "law", "authority.number": "17", "authority.on": DAY}
    who = {"role": "representative", "whom": "debtors[0]", "name": "Өкілов Сенім"}
    do(proceeding.presentation, "engage", **who, evidence=proof | {"barred": "none"})
    [letter] = sent(now(proceeding), "summons", to=[str(proceeding.debtor_id)])
    [paper] = proceeding.case.stream.entries.get(subject=letter.pk).papers.all()
    assert [each["through"] for each in paper.addressees] == ["Өкілов Сенім"]


def test_a_court_s_act_has_a_number_and_a_day_and_nobody_is_late_with_it(offices: None) -> None:
    [letter] = sent(initiated(), "deferral")
    with refused("evidence_missing", status=422) as caught:
        do(letter, "record_reply", outcome="granted", answer="Мысал")
    assert [each.field for each in caught.value.errors] == ["number", "decided_on"]
    with refused("reply_not_owed", status=409) as caught:
        do(letter, "record_breach", outcome="silent", proof="Жоқ")
    told_in_three_languages(caught.value)


# --- Who waits for whom ---------------------------------------------------------------------------


@pytest.mark.rule("TERM-INFO-3D")
def test_today_tells_what_waits_and_in_red_what_is_late(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    letters = five_banks(initiated())
    do(letters[0], "record_reply", outcome="given", answer="Бір шот")
    set_clock(later(4))
    waits = at_desk().get("/today/letters").content.decode()
    assert waits.count("<li data-case") == 4
    set_clock(date(2026, 3, 17))
    late = at_desk().get("/today/unanswered").content.decode()
    assert (late.count("<li data-case"), 'data-tone="bad"' in late) == (3, True)
    assert f"record_breach?letter={letters[1].pk}" in late
    assert at_desk().get("/today/letters").content.decode().count("<li data-case") == 1


def test_a_withdrawn_letter_waits_no_more_and_its_term_ends(offices: None) -> None:
    letter = five_banks(initiated())[0]
    do(letter, "withdraw_letter")
    assert (now(letter).state, terms_of(letter)["TERM-INFO-3D"][1]) == ("withdrawn", "cancelled")


@pytest.mark.parametrize("change", ["kind = 'demand'", "sent_on = '2026-01-01'", "addressee = 'X'"])
def test_what_was_sent_stays_as_it_was(offices: None, change: str) -> None:
    letter = five_banks(initiated())[0]
    with refused_by_the_database("append-only"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE enforcement_letter SET {change} WHERE id = %s", [letter.pk])

"""A form sent twice writes once: the second answer says what was written since it was shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Office
from documents.models import Attachment, Paper
from enforcement.core.sweep import sweep
from enforcement.models import Dispatch, Measure, Postponement, Proceeding, Recovery
from tests.course import BANK, PROOF, SUSPENDS, admitted, do, initiated, kinds, now, sound
from tests.office import NEXT, arrive, census, example, paper, user

_HEAD: Final = re.compile(r'name="head" value="([0-9a-f]{64})"')


@pytest.fixture(autouse=True)
def today(offices: None, set_clock: Callable[[date], None]) -> None:
    """The offices on the day the proceedings begin."""
    set_clock(NEXT)


def at(login: str = "bailiff.ala", language: str = "en") -> Client:
    """Somebody at his screen."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(user(login))
    return client


def head_on(page: Any) -> str:
    """The state of the case a page was shown with."""
    return _HEAD.findall(page.content.decode())[0]


def recovery(proceeding: Proceeding, amount: str = "1000.00") -> tuple[str, dict[str, str]]:
    """The form of a recovery as it was shown, filled in."""
    address = f"/cases/{proceeding.case_id}/record_recovery"
    debt = proceeding.debtor.debts.get()
    given = {"on": NEXT.isoformat(), "debt": str(debt.pk), "amount": amount}
    return address, {**given, "head": head_on(at().get(address))}


def test_the_same_recovery_sent_twice_is_written_once() -> None:
    address, form = recovery(initiated())
    desk = at()
    assert desk.post(address, form).status_code == 302
    before = census()
    second = desk.post(address, form)
    assert second.status_code == 412
    assert census() == before
    assert Recovery.objects.count() == 1
    text = second.content.decode()
    assert "Nothing was written this time" in text
    assert 'value="1000.00"' in text
    # To sign what stands there now is a new act, and a lawful one.
    assert head_on(second) != form["head"]
    assert at().post(address, {**form, "head": head_on(second)}).status_code == 302
    assert Recovery.objects.count() == 2
    sound()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", ("Бұл жолы ештеңе жазылмады", "Содан бері жазылғаны", "тоқтатыла тұрды")),
        ("ru", ("На этот раз ничего не записано", "Записано с тех пор", "приостановлено")),
        ("en", ("Nothing was written this time", "Written since then", "suspended")),
    ],
)
def test_the_second_answer_says_what_was_written_since(
    language: str, words: tuple[str, ...]
) -> None:
    proceeding = initiated()
    address, form = recovery(proceeding)
    do(proceeding, "suspend")
    answer = at(language=language).post(address, form)
    assert answer.status_code == 412
    text = answer.content.decode()
    assert all(each in text for each in words), text


def test_a_form_refused_for_want_of_its_state_comes_back_with_it() -> None:
    address, form = recovery(initiated())
    del form["head"]
    bare = at().post(address, form)
    assert bare.status_code == 412
    text = bare.content.decode()
    assert 'value="1000.00"' in text
    assert at().post(address, {**form, "head": head_on(bare)}).status_code == 302


def test_a_term_that_ran_out_meanwhile_hinders_nobody(set_clock: Callable[[date], None]) -> None:
    proceeding = initiated()
    set_clock(NEXT + timedelta(days=20))
    address, form = recovery(proceeding)
    assert sweep(on=NEXT + timedelta(days=20)).expired
    assert head_on(at().get(address)) != form["head"]
    assert at().post(address, form).status_code == 302
    sound()


def test_a_mistyped_form_keeps_the_state_it_was_shown_with() -> None:
    """A wrong sum put right does not sign over what another wrote in between."""
    proceeding = initiated()
    address, form = recovery(proceeding, amount="much")
    mistyped = at().post(address, form)
    assert (mistyped.status_code, head_on(mistyped)) == (422, form["head"])
    do(proceeding, "record_recovery")
    assert at().post(address, {**form, "amount": "5.00"}).status_code == 412


def test_what_was_chosen_and_is_gone_is_told_as_that() -> None:
    """The ground ended meanwhile is no longer among the choices: not the choice is at fault."""
    proceeding = initiated()
    do(proceeding, "suspend")
    do(now(proceeding), "suspend", ground="SUSP-MAND-04")
    address = f"/cases/{proceeding.case_id}/resume"
    given = {"on": NEXT.isoformat(), "ground": SUSPENDS, "proof": PROOF}
    form = {**given, "head": head_on(at().get(address))}
    assert [at().post(address, form).status_code for _ in "ab"] == [302, 412]
    assert kinds(proceeding.case).count("ground_ended") == 1


def test_one_debtor_s_form_says_that_another_s_proceeding_moved_on() -> None:
    first, second = admitted("two", **_joint())
    address = f"/cases/{first.case_id}/suspend"
    chosen = {"ground": SUSPENDS, "proceeding": str(first.pk)}
    form = {"on": NEXT.isoformat(), "evidence.search_act": PROOF, **chosen}
    form["head"] = head_on(at().get(address, chosen))
    do(second, "suspend")
    assert at().post(address, form).status_code == 412
    assert now(first).state == "initiated"


def _joint() -> dict[str, Any]:
    [debt] = paper()["debts"]
    return {
        "debtors": example("12")["debtors"],
        "debts": [debt | {"debtors": [0, 1], "joint": True}],
    }


# --- Decisions, post, files: forms on lists -------------------------------------------------------


def test_a_decision_on_a_list_asks_whether_the_case_is_as_shown() -> None:
    """A prosecutor reads the freeze asked for; the sum was paid before he signs."""
    proceeding = initiated()
    do(proceeding, "request_freeze")
    desk = at("prosecutor.ala")
    measure = Measure.objects.get()
    given = {"measure": str(measure.pk), "verb": "refuse_sanction", "reason": "Төленген"}
    form = {**given, "head": head_on(desk.get("/sanctions"))}
    do(now(proceeding), "record_recovery")
    answer = desk.post("/sanctions", form)
    assert answer.status_code == 412
    assert 'value="Төленген"' in answer.content.decode()
    assert desk.post("/sanctions", {**form, "head": head_on(answer)}).status_code == 302


def test_an_approval_asks_whether_the_case_is_as_shown() -> None:
    proceeding = initiated()
    do(proceeding, "postpone")
    desk = at("senior.ala")
    asked = Postponement.objects.get()
    given = {"postponement": str(asked.pk), "verb": "decline", "reason": "Жол ашық"}
    form = {**given, "head": head_on(desk.get("/approvals"))}
    do(now(proceeding), "record_recovery")
    answer = desk.post("/approvals", form)
    assert (answer.status_code, now(asked).state) == (412, "requested")
    assert 'value="Жол ашық"' in answer.content.decode()
    assert desk.post("/approvals", {**form, "head": head_on(answer)}).status_code == 302


def test_a_paper_that_left_is_written_once() -> None:
    initiated()
    issued = Paper.objects.get(kind="initiate")
    sent = {"addressee": BANK, "channel": "registered_mail", "proof": PROOF}
    form = {"paper": str(issued.pk), "on": NEXT.isoformat(), **sent}
    form["head"] = head_on(at().get("/post"))
    assert [at().post("/post", form).status_code for _ in "ab"] == [302, 412]
    assert Dispatch.objects.count() == 1


def test_what_was_typed_of_a_paper_stays_where_it_is_not_sent() -> None:
    proceeding = initiated()
    sent = {"addressee": BANK, "channel": "registered_mail", "proof": "№ 77"}
    form = {"paper": str(Paper.objects.get(kind="initiate").pk), "on": NEXT.isoformat(), **sent}
    form["head"] = head_on(at().get("/post"))
    do(proceeding, "record_recovery")
    answer = at().post("/post", form)
    text = answer.content.decode()
    assert answer.status_code == 412
    assert 'value="№ 77"' in text
    assert '<option value="registered_mail" selected>' in text


def test_a_file_handed_in_twice_is_kept_once() -> None:
    case = arrive("accept").case
    desk, address = at("registrar.ala"), f"/cases/{case.pk}/attach"
    head = head_on(desk.get(f"/cases/{case.pk}"))
    scans = [SimpleUploadedFile("scan.pdf", b"%PDF-1.7 invented") for _ in "ab"]
    answers = [desk.post(address, {"file": scan, "head": head}).status_code for scan in scans]
    assert answers == [302, 412]
    assert Attachment.objects.count() == 1


def test_a_document_accepted_twice_is_one_case_and_the_way_to_it() -> None:
    proceeding = initiated()
    office = Office.objects.get(code="TRZ")
    do(proceeding, "transfer", office=office, address="Тараз", act_text=PROOF)
    sent, there = proceeding.transfer_out, at("bailiff.trz")
    ways = [there.post(f"/transfers/{sent.pk}/accept") for _ in "ab"]
    arrival = now(sent).accepted
    assert [each["Location"] for each in ways] == [f"/cases/{arrival.case_id}"] * 2
    assert at("bailiff.ala").post(f"/transfers/{sent.pk}/accept").status_code == 404


@pytest.mark.parametrize("head", [None, "", "never", "0" * 64])
def test_a_form_that_does_not_say_what_it_was_shown_with_writes_nothing(head: str | None) -> None:
    proceeding = initiated()
    do(proceeding, "request_freeze")
    do(proceeding, "postpone")
    address, form = recovery(proceeding)
    sent = {"addressee": BANK, "channel": "registered_mail", "proof": PROOF}
    issued, scan = (
        Paper.objects.get(kind="initiate"),
        SimpleUploadedFile("scan.pdf", b"%PDF-1.7 invented"),
    )
    arrived = arrive("accept", "scanned").case_id
    decision = {"measure": str(Measure.objects.get().pk), "verb": "grant_sanction"}
    approval = {"postponement": str(Postponement.objects.get().pk), "verb": "approve"}
    forms: list[tuple[str, str, dict[str, Any]]] = [
        ("bailiff.ala", address, form),
        ("registrar.ala", f"/cases/{arrived}/attach", {"file": scan}),
        ("bailiff.ala", "/post", {"paper": str(issued.pk), "on": NEXT.isoformat(), **sent}),
        ("prosecutor.ala", "/sanctions", decision),
        ("senior.ala", "/approvals", approval),
    ]
    desks = {login: at(login) for login, _where, _given in forms}
    before = census()
    for login, where, given in forms:
        given.pop("head", None)
        told = {} if head is None else {"head": head}
        assert desks[login].post(where, given | told).status_code == 412, where
    after = census()
    # The page shows again what was read.
    assert {name for name in before if before[name] != after[name]} <= {"journal_reading"}

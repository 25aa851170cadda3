"""Enforcement acts are put off by a bailiff and a senior bailiff, never by one of them alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from documents.models import Paper
from enforcement.core.http_status import status_of
from enforcement.models import Postponement
from law.refusal import Refusal
from tests.at_once import at_once
from tests.course import (
    ASKS,
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
from tests.desk import Desk
from tests.office import (
    example,
    open_offices,
    receive,
    received_on,
    refused,
    refused_by_the_database,
    user,
)
from tests.platform.database import FreshDatabase

ON, UNTIL = later(3), ASKS["postpone"]["until"]
REASON = ASKS["postpone"]["reason"]
SENIOR, HEAD = "senior.ala", "head.ala"


def asked(number: int | str = 1, *, on: date = ON, **given: Any) -> Postponement:
    """A postponement that waits for approval."""
    postponement: Postponement = do(initiated(number), "postpone", on=on, **given)
    return postponement


def at_desk(login: str) -> Client:
    client = Desk()
    client.force_login(user(login))
    return client


# --- What it does, and what it does not -----------------------------------------------------------


@pytest.mark.parametrize("initiator", ["bailiff", "claimant", "debtor"])
@pytest.mark.rule("POSTP-01")
def test_a_request_has_no_force_and_issues_no_paper(offices: None, initiator: str) -> None:
    postponement = asked(initiator=initiator)
    case = postponement.case
    assert (postponement.state, postponement.initiator) == ("requested", initiator)
    assert (kinds(case)[-1], papers(case)) == ("postponement_requested", ["initiate", "offer"])
    line = case.stream.entries.get(kind="postponement_requested")
    assert line.facts == {"initiator": initiator, "until": UNTIL.isoformat()}


@pytest.mark.rule("POSTP-02", "POSTP-03")
def test_an_approval_issues_the_resolution_and_a_notice_to_every_participant(offices: None) -> None:
    postponement = asked()
    entry = do(postponement, "approve", on=later(4), by=SENIOR)
    assert (entry.kind, entry.by.login) == ("approved", SENIOR)
    assert (now(postponement).state, now(postponement).decided_on) == ("approved", later(4))
    issued = list(entry.papers.order_by("number"))
    assert [paper.kind for paper in issued] == ["postpone", *["postponement_notice"] * 2]
    people = {p.name_kk for p in postponement.proceeding.presentation.participants.all()}
    assert {paper.facts["participant"]["kk"] for paper in issued[1:]} == people
    told = issued[0].facts
    assert (told["bailiff"], told["bailiff_role"]) == (user("bailiff.ala").full_name, "bailiff")
    assert (told["approved_by"], told["approver_role"]) == (
        user(SENIOR).full_name,
        "senior_bailiff",
    )
    sound()


def test_only_the_debtor_concerned_is_told_of_the_debtors(offices: None) -> None:
    on = received_on("12")
    one, other = begun(receive(example("12"), on=on, by="clerk"), on=on)
    entry = do(do(one, "postpone", on=on, until=later(9, since=on)), "approve", on=on, by=HEAD)
    notices = entry.papers.filter(kind="postponement_notice")
    told = [each.facts["participant"]["kk"] for each in notices.order_by("number")]
    assert other.debtor.name_kk not in told
    assert (told[-1], len(told)) == (one.debtor.name_kk, 3)


@pytest.mark.rule("POSTP-03")
def test_resolution_and_notices_wait_in_the_post(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    do(asked(), "approve", on=ON, by=SENIOR)
    set_clock(ON)
    page = at_desk("bailiff.ala").get("/post").content.decode()
    issued = Paper.objects.exclude(kind__in=["initiate", "offer"])
    assert len(issued) == 3
    for paper in issued:
        assert f'data-paper="{paper.pk}"' in page
        row = page.partition(f'data-paper="{paper.pk}"')[2].partition("</form>")[0]
        # A notice is one person's; the resolution goes to every one of them.
        assert row.count('name="to"') == (1 if paper.kind == "postponement_notice" else 2)


@pytest.mark.rule("POSTP-01", "SEC-KEEP-01")
def test_it_stops_no_term_and_keeps_the_measures(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "deliver_offer")
    measure = frozen(proceeding)
    before = terms_of(proceeding)
    do(do(proceeding, "postpone", on=ON), "approve", on=ON, by=SENIOR)
    assert terms_of(proceeding) == before
    assert (now(proceeding).state, now(measure).state) == ("initiated", "served")
    complaints = proceeding.case.stream.deadlines.filter(rule="TERM-COMPLAINT-10D")
    assert complaints.filter(starts_on=ON).count() == 1


@pytest.mark.rule("POSTP-02")
def test_a_declined_one_issues_nothing_says_why_and_leaves_room_for_another(offices: None) -> None:
    postponement = asked()
    entry = do(postponement, "decline", by=HEAD, on=ON)
    assert (entry.kind, papers(postponement.case)) == (
        "postponement_declined",
        ["initiate", "offer"],
    )
    assert now(postponement).decline_reason == ASKS["decline"]["reason"]
    do(postponement.proceeding, "postpone", on=ON)
    sound()


def test_after_its_day_another_one_can_be_asked_for(offices: None) -> None:
    postponement = asked()
    do(postponement, "approve", on=ON, by=SENIOR)
    with refused("postponed_already", status=409):
        do(postponement.proceeding, "postpone", on=later(5))
    do(postponement.proceeding, "postpone", on=UNTIL, until=later(1, since=UNTIL))


# --- Refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"reason": " "}, "evidence_missing", "reason"),
        ({"initiator": "neighbour"}, "invalid", "initiator"),
        ({"until": ON}, "wrong_period", "until"),
        ({"until": later(-9)}, "wrong_period", "until"),
    ],
)
def test_a_request_that_cannot_be_is_refused(
    offices: None, given: dict[str, Any], code: str, field: str
) -> None:
    proceeding = initiated()
    with refused(code, status=422) as caught:
        do(proceeding, "postpone", on=ON, **given)
    assert [error.field for error in caught.value.errors] == [field]
    told_in_three_languages(caught.value)


def test_two_requests_do_not_wait_at_once(offices: None) -> None:
    proceeding = asked().proceeding
    with refused("postponed_already", status=409) as caught:
        do(proceeding, "postpone", on=ON)
    assert caught.value.rule == "POSTP-01"
    told_in_three_languages(caught.value)


@pytest.mark.parametrize("verb", ["approve", "decline"])
@pytest.mark.rule("POSTP-02")
def test_nobody_decides_his_own_request(offices: None, verb: str) -> None:
    postponement: Postponement = do(initiated(), "postpone", by=SENIOR)
    with refused("own_request", status=403) as caught:
        do(postponement, verb, by=SENIOR)
    told_in_three_languages(caught.value)
    do(postponement, verb, by=HEAD)


@pytest.mark.parametrize("verb", ["suspend", "terminate", "return_to_claimant"])
def test_what_stands_still_or_has_ended_is_not_postponed(offices: None, verb: str) -> None:
    postponement = asked()
    do(postponement.proceeding, verb, on=later(4))
    with refused("proceeding_stands", status=409) as caught:
        do(postponement, "approve", on=later(4), by=SENIOR)
    told_in_three_languages(caught.value)
    do(postponement, "decline", on=later(4), by=SENIOR)


def test_a_day_that_has_come_is_not_approved(offices: None) -> None:
    postponement = asked()
    with refused("wrong_period", status=422) as caught:
        do(postponement, "approve", on=UNTIL, by=SENIOR)
    told_in_three_languages(caught.value)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_refusal_says_why(offices: None, reason: str) -> None:
    postponement = asked()
    with refused("evidence_missing", status=422):
        do(postponement, "decline", on=ON, by=SENIOR, reason=reason)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("state = 'approved'", "postponement_decided_by_somebody"),
        ("state = 'approved', decided_by_id = requested_by_id", "author_never_decides"),
        ("state = 'declined', decided_by_id = %s", "its journal says requested"),
    ],
)
def test_the_database_knows_who_may_decide(offices: None, change: str, words: str) -> None:
    postponement = asked()
    head = user(HEAD).pk
    with refused_by_the_database(words), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE enforcement_postponement SET {change} WHERE id = %s",
            [*([head] if "%s" in change else []), postponement.pk],
        )


# --- The page of approvals ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "given", "state"),
    [("approve", {}, "approved"), ("decline", {"reason": "Негіз жоқ"}, "declined")],
)
@pytest.mark.rule("POSTP-02")
def test_a_request_is_decided_on_the_page_of_approvals(
    offices: None,
    set_clock: Callable[[date], None],
    verb: str,
    given: dict[str, str],
    state: str,
) -> None:
    postponement = asked()
    set_clock(ON)
    desk = at_desk(SENIOR)
    page = desk.get("/approvals").content.decode()
    assert f'data-postponement="{postponement.pk}"' in page
    assert REASON in page
    answer = desk.post("/approvals", {"postponement": postponement.pk, "verb": verb, **given})
    assert (answer.status_code, now(postponement).state) == (302, state)
    assert f'data-postponement="{postponement.pk}"' not in desk.get("/approvals").content.decode()
    again = desk.post("/approvals", {"postponement": postponement.pk, "verb": verb, **given})
    assert again.status_code == 409
    assert 'data-refusal="409"' in again.content.decode()


def test_the_page_offers_nobody_his_own_request_and_strangers_none(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    postponement = do(initiated(), "postpone", by=SENIOR)
    set_clock(ON)
    own, other = (at_desk(login).get("/approvals").content.decode() for login in (SENIOR, HEAD))
    assert 'data-verb="approve"' not in own
    assert 'data-verb="approve"' in other
    assert str(postponement.pk) not in at_desk("senior.trz").get("/approvals").content.decode()
    posted = {"postponement": postponement.pk, "verb": "approve"}
    assert at_desk("senior.trz").post("/approvals", posted).status_code == 404
    assert at_desk("bailiff.ala").post("/approvals", posted).status_code == 404
    wrong = {"postponement": postponement.pk, "verb": "terminate"}
    assert at_desk(HEAD).post("/approvals", wrong).status_code == 404


@pytest.mark.rule("POSTP-01")
def test_the_case_page_shows_it_with_its_state_and_its_day(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    postponement = asked()
    set_clock(ON)
    address = f"/cases/{postponement.case_id}"
    waits = at_desk("bailiff.ala").get(address).content.decode()
    assert f'data-postponement="{postponement.pk}" data-state="requested"' in waits
    do(postponement, "approve", on=ON, by=SENIOR)
    lasts = at_desk("bailiff.ala").get(address).content.decode()
    assert f'data-postponement="{postponement.pk}" data-state="approved"' in lasts
    assert user(SENIOR).full_name in lasts


# --- Two at once ----------------------------------------------------------------------------------


def test_of_two_decisions_at_once_one_wins_and_the_other_is_told_why(
    fresh_database: FreshDatabase,
) -> None:
    open_offices()
    ways = [("approve", "approve"), ("approve", "decline"), ("decline", "decline")] * 2
    for number, (one, other) in enumerate(ways):
        postponement = asked(number)
        both = [
            partial(do, postponement, verb, on=ON, by=login)
            for verb, login in ((one, SENIOR), (other, HEAD))
        ]
        ended = at_once(*both)
        lost = [each for each in ended if isinstance(each, Exception)]
        assert [type(each) for each in lost] == [Refusal]
        assert (lost[0].code, status_of(lost[0])) == ("wrong_state", 409)
        state = now(postponement).state
        assert lost[0].facts[0].value == state
        told_in_three_languages(lost[0])
        issued = Paper.objects.filter(entry__stream=postponement.case.stream)
        assert issued.count() == (5 if state == "approved" else 2)
    sound()


def test_of_two_requests_at_once_one_waits(fresh_database: FreshDatabase) -> None:
    open_offices()
    for number in range(4):
        proceeding = initiated(number)
        both = [partial(do, proceeding, "postpone", by=login) for login in ("bailiff.ala", SENIOR)]
        ended = at_once(*both)
        lost = [each for each in ended if isinstance(each, Exception)]
        assert [getattr(each, "code", each) for each in lost] == ["postponed_already"]
        assert proceeding.postponements.count() == 1

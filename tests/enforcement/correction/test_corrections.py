"""Mistakes mended in the open: the wrong line stays, what it moved moves back, by whom the law
lets (Q25)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from enforcement.models import Evidence, Proceeding, Reversal
from enforcement.post import sending as post
from exchange.outbox import drain
from tests import standing as money
from tests.course import (
    begun,
    do,
    for_verb,
    frozen,
    initiated,
    kinds,
    later,
    now,
    outgoing,
    sound,
    terms_of,
)
from tests.office import paper, receive, refused, user
from tests.standing import lines

#: The line by which the first proceeding of a case began.
BEGUN = 3

TWO, FOUR, VOLUNTARY = "TERM-EXEC-2M", "TERM-EXEC-4M", "TERM-VOLUNTARY-5D"
COURT = "SUSP-MAND-04"


def annul(proceeding: Proceeding, line: int = 0, *, authority: str = "court", **given: Any) -> Any:
    """Annul a line, the last that can be unless told."""
    asked = {"line": line or lines(now(proceeding))[-1], "authority": authority, "reason": "№ 7"}
    return do(now(proceeding), "correct", **{**asked, **given})


def test_the_wrong_line_stays_and_the_new_one_names_it(offices: None) -> None:
    proceeding = initiated()
    wrong = do(proceeding, "suspend")
    entry = annul(proceeding, on=later(3))
    told = proceeding.case.stream.entries.get(seq=wrong.seq)
    assert (told.kind, told.hash) == ("suspended", wrong.hash)
    assert (entry.kind, entry.corrects, entry.facts["by"]) == ("corrected", wrong.seq, "court")
    assert Evidence.objects.get(entry=entry, key="reason").text == "№ 7"
    assert now(proceeding).state == "initiated"


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_correction_says_why(offices: None, reason: str) -> None:
    proceeding = initiated()
    do(proceeding, "suspend")
    with refused("evidence_missing", status=422):
        annul(proceeding, reason=reason)


@pytest.mark.parametrize("line", [1, 2, 99])
def test_only_lines_of_the_course_are_annulled(offices: None, line: int) -> None:
    """Receipt and admission have no undoing; a line of nothing has none either."""
    proceeding = initiated()
    with refused("not_correctable", status=409):
        annul(proceeding, line)


def test_the_end_of_one_of_two_grounds_annulled_lets_both_hold_again(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "suspend", on=later(1))
    do(proceeding, "suspend", on=later(2), ground=COURT)
    ended = do(proceeding, "resume", on=later(3))
    annul(proceeding, ended.seq, on=later(4))
    held = proceeding.suspensions.filter(until=None).values_list("ground", flat=True)
    assert set(held) == {"SUSP-OPT-05", COURT}
    do(proceeding, "resume", on=later(5))
    do(proceeding, "resume", on=later(6), ground=COURT)
    # Stood still from the first day to the sixth, once.
    assert terms_of(proceeding)[TWO] == ("2026-05-18", "running")
    sound()


# --- What moves -----------------------------------------------------------------------------------

SUSPENDED = [("suspend", 5, {}), ("resume", 15, {})]


@pytest.mark.rule("SUSP-TERM-01")
def test_a_suspension_annulled_gives_its_days_back(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "deliver_offer")
    before = terms_of(proceeding)
    do(proceeding, "suspend", on=later(2))
    assert terms_of(proceeding)[TWO] == (None, "paused")
    annul(proceeding, on=later(4))
    assert terms_of(proceeding) == before
    sound()


def test_a_resumption_annulled_lets_the_proceeding_stand_as_if_never_resumed(
    offices: None,
) -> None:
    proceeding = initiated()
    do(proceeding, "suspend", on=later(2))
    do(proceeding, "resume", on=later(4))
    annul(proceeding, on=later(6))
    assert (now(proceeding).state, terms_of(proceeding)[TWO]) == ("suspended", (None, "paused"))
    do(proceeding, "resume", on=later(12))
    # Ten days lost: 12 May (11 May is free) becomes 21 May.
    assert terms_of(proceeding)[TWO] == ("2026-05-21", "running")
    sound()


def test_of_two_grounds_one_annulled_leaves_the_other_holding(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "suspend", on=later(1))
    do(proceeding, "suspend", on=later(2), ground=COURT)
    annul(proceeding, on=later(3))
    assert (now(proceeding).state, terms_of(proceeding)[TWO]) == ("suspended", (None, "paused"))
    annul(proceeding, on=later(4))
    assert (now(proceeding).state, terms_of(proceeding)[TWO]) == (
        "initiated",
        ("2026-05-12", "running"),
    )
    sound()


def test_the_last_ground_annulled_after_the_first_had_ended_sets_the_clock_going_from_that_day(
    offices: None,
) -> None:
    proceeding = initiated()
    do(proceeding, "suspend", on=later(1))
    last = do(proceeding, "suspend", on=later(2), ground=COURT)
    do(proceeding, "resume", on=later(11))
    assert now(proceeding).state == "suspended"
    annul(proceeding, last.seq, on=later(20))
    assert (now(proceeding).state, terms_of(proceeding)[TWO]) == (
        "initiated",
        ("2026-05-21", "running"),
    )
    sound()


def test_a_delivery_annulled_leaves_room_for_the_right_one(offices: None) -> None:
    proceeding = initiated()
    wrong = do(proceeding, "deliver_offer")
    annul(proceeding, wrong.seq, authority="own")
    found = terms_of(proceeding)
    assert VOLUNTARY not in found
    assert found["TERM-OFFER-3D"] == ("2026-03-13", "met")
    do(proceeding, "deliver_offer", on=later(1))
    assert terms_of(proceeding)[VOLUNTARY] == ("2026-03-17", "running")
    sound()


def test_four_months_annulled_are_two_again(offices: None) -> None:
    proceeding = initiated()
    before = terms_of(proceeding)
    wrong = do(proceeding, "set_four_months", on=later(1))
    annul(proceeding, wrong.seq, on=later(2), authority="senior", by="senior.ala")
    assert (terms_of(proceeding), now(proceeding).completion_months) == (before, 2)
    do(proceeding, "set_four_months", on=later(3))
    assert terms_of(proceeding)[FOUR] == ("2026-07-13", "running")
    sound()


@pytest.mark.parametrize("end", ["terminate", "return_to_claimant", "send_to_liquidation"])
@pytest.mark.parametrize("stood", [False, True])
@pytest.mark.rule("TERMN-EFF-03")
def test_an_end_annulled_by_a_court_brings_back_the_state_before(
    offices: None, end: str, stood: bool
) -> None:
    proceeding = for_verb(end)
    do(proceeding, "deliver_offer")
    if stood:
        do(proceeding, "suspend", on=later(1))
    before, state = terms_of(proceeding), now(proceeding).state
    do(proceeding, end, on=later(3))
    for authority, by in (("own", "bailiff.ala"), ("senior", "senior.ala")):
        with refused("wrong_authority", status=403) as caught:
            annul(proceeding, on=later(3), authority=authority, by=by)
        assert caught.value.facts[0].needed == "court, prosecutor"
    annul(proceeding, on=later(9), authority="prosecutor")
    again = now(proceeding)
    assert (again.state, again.ended_on, terms_of(proceeding)) == (state, None, before)
    assert again.suspensions.filter(until=None).exists() == stood
    sound()


def test_what_was_lifted_with_a_termination_stays_lifted_when_it_is_annulled(
    offices: None,
) -> None:
    proceeding = initiated()
    measure = frozen(proceeding)
    do(proceeding, "terminate", on=later(1))
    annul(proceeding, on=later(2))
    assert (now(proceeding).state, now(measure).state) == ("initiated", "lifted")
    assert outgoing(proceeding.case) == ["freeze", "lift"]
    frozen(proceeding, on=later(3))


def test_a_payment_annulled_is_owed_again(offices: None) -> None:
    proceeding = initiated()
    wrong = do(proceeding, "record_recovery", amount="900.00")
    right = do(proceeding, "record_recovery", amount="90.00")
    annul(proceeding, wrong.seq, on=later(1))
    assert str(money.account(proceeding).recovered) == "90.00"
    assert Reversal.objects.get().recovery.entry == wrong
    with refused("not_correctable", status=409):
        annul(proceeding, wrong.seq, on=later(1))
    assert lines(now(proceeding)) == [BEGUN, right.seq]


# --- By whom --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("authority", "by", "days", "told"),
    [
        ("own", "bailiff.ala", 0, None),
        ("own", "bailiff.ala", 1, "wrong_authority"),
        ("own", "head.ala", 0, "wrong_authority"),
        ("senior", "bailiff.ala", 0, "wrong_authority"),
        ("senior", "senior.ala", 5, None),
        ("senior", "head.ala", 5, None),
        ("court", "bailiff.ala", 5, None),
        ("prosecutor", "bailiff.ala", 5, None),
        ("nobody", "bailiff.ala", 0, "wrong_authority"),
        ("own", "auditor.ala", 0, "wrong_role"),
        ("court", "prosecutor.ala", 0, "wrong_role"),
    ],
)
def test_who_may_annul_a_suspension(
    offices: None, authority: str, by: str, days: int, told: str | None
) -> None:
    proceeding = initiated()
    do(proceeding, "suspend")
    given = {"on": later(days), "authority": authority, "by": by}
    if told:
        with refused(told, status=403):
            annul(proceeding, **given)
    else:
        annul(proceeding, **given)
        assert now(proceeding).state == "initiated"


def test_a_slip_is_one_s_own_only_until_its_paper_has_left(offices: None) -> None:
    proceeding = initiated()
    entry = do(proceeding, "suspend")
    proof = {"addressee": "Борышкер", "channel": "courier", "proof": "№ 3"}
    post.dispatch(entry.papers.get(), on=entry.on, by=user("bailiff.ala"), **proof)
    with refused("wrong_authority", status=403):
        annul(proceeding, authority="own")
    annul(proceeding, authority="senior", by="senior.ala")


def test_what_the_bank_has_got_is_no_slip(offices: None) -> None:
    proceeding = initiated()
    frozen(proceeding)
    assert drain() == 1
    assert lines(now(proceeding)) == [BEGUN]


# --- In the middle of a history -------------------------------------------------------------------

#: A history whose every line but the first three can be annulled at the end.
HISTORY: list[tuple[str, int, dict[str, Any]]] = [
    ("attempt_offer", 0, {}),
    ("deliver_offer", 1, {}),
    ("record_recovery", 2, {"amount": "100.00"}),
    ("suspend", 3, {}),
    ("resume", 13, {}),
    ("set_four_months", 14, {}),
    ("record_recovery", 15, {"amount": "200.00"}),
    ("suspend", 16, {"ground": COURT}),
]


@pytest.mark.parametrize("place", range(7))
def test_after_a_correction_in_the_middle_the_stored_terms_are_the_journal_s(
    offices: None, set_clock: Callable[[date], None], place: int
) -> None:
    proceeding = initiated()
    for verb, days, given in HISTORY:
        do(now(proceeding), verb, on=later(days), **given)
    can = lines(now(proceeding))
    if place >= len(can):
        return
    closed = {r: t for r, t in terms_of(proceeding).items() if t[1] in ("met", "cancelled")}
    annul(proceeding, can[place], on=later(20))
    sound([proceeding.case])
    after = terms_of(proceeding)
    assert after["PRES-3Y"] == closed["PRES-3Y"]
    assert kinds(proceeding.case).count("corrected") == 1


# --- Returned and presented again -----------------------------------------------------------------


def again(number: int = 1, **changes: Any) -> dict[str, Any]:
    """The same paper handed in once more."""
    return paper(number, ref=f"T-{number}-again", **changes)


@pytest.mark.rule("INTERR-03", "INTERR-04", "REPRES-01")
def test_a_returned_document_has_a_new_term_from_the_day_of_return(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "return_to_claimant", on=later(5))
    presented = proceeding.case.stream.deadlines.filter(rule="PRES-3Y").order_by("started_by")
    assert [(str(d.starts_on), str(d.due_on), d.status) for d in presented] == [
        ("2026-02-19", "2029-02-19", "met"),
        ("2026-03-16", "2029-03-16", "running"),
    ]
    facts = proceeding.case.stream.entries.get(kind="returned_to_claimant").papers.get().facts
    assert facts["new_presentation_due"] == "2029-03-16"
    sound()


@pytest.mark.parametrize(
    ("on", "verdict", "status"),
    [(date(2029, 3, 16), "accept", "met"), (date(2029, 3, 19), "late", "expired")],
)
@pytest.mark.rule("INTERR-04", "REPRES-01", "PRES-MISSED-01")
def test_a_returned_document_is_presented_again_in_time_or_too_late(
    offices: None, set_clock: Callable[[date], None], on: date, verdict: str, status: str
) -> None:
    proceeding = initiated()
    do(proceeding, "return_to_claimant", on=later(5))
    set_clock(on)
    second = receive(again(), on=on)
    assert (second.case_id, second.ordinal) == (proceeding.case_id, 2)
    assert (second.verdict["verdict"], second.verdict["start_rule"]) == (verdict, "INTERR-04")
    terms = proceeding.case.stream.deadlines.filter(rule="PRES-3Y", starts_on=later(5))
    assert {term.status for term in terms} == {status}
    if verdict == "accept":
        [fresh] = begun(second, on=on)
        assert (fresh.ordinal, fresh.state) == (2, "initiated")
        assert terms_of(fresh)[TWO][1] == "running"
    sound()


def test_a_return_is_not_annulled_when_the_document_lives_on_elsewhere(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "return_to_claimant", on=later(5))
    begun(receive(again(), on=later(10)), on=later(10))
    assert lines(now(proceeding)) == []
    with refused("not_correctable", status=409):
        annul(proceeding, 4, on=later(11))


@pytest.mark.rule("TERMN-EFF-03")
def test_a_terminated_document_is_not_taken_up_anew(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "terminate", on=later(5))
    second = receive(again(), on=later(10))
    assert second.verdict["verdict"] == "already_received"


def test_what_was_recovered_before_a_return_is_not_recovered_again(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "record_recovery", amount="900659.00")
    do(proceeding, "return_to_claimant", on=later(5))
    [fresh] = begun(receive(again(), on=later(10)), on=later(10))
    assert str(money.balance(fresh)) == "1000000.00"

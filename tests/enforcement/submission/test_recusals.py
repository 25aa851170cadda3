"""A bailiff is challenged or recuses himself: the senior bailiff decides, another takes over."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from documents.models import Paper
from enforcement.case.file import read
from enforcement.case.submissions import conducting
from enforcement.core.card import VERBS
from enforcement.core.roles import BAILIFFS
from enforcement.models import Proceeding, Submission
from enforcement.today.approvals import watch
from law.statute import statute
from tests.course import (
    do,
    hand_in,
    initiated,
    kinds,
    later,
    now,
    person_of,
    told_in_three_languages,
)
from tests.desk import Desk
from tests.documents.reading import PaperFile, squeezed
from tests.office import DAY, appoint, refused, user

DECLARED = "Іске қатысым да, мүддем де жоқ"


def other(login: str = "bailiff.other") -> User:
    """Another bailiff of the office."""
    person: User = appoint(login, "bailiff", "ALA", since=DAY)
    return person


def challenged(proceeding: Proceeding, **given: Any) -> Submission:
    """The debtor challenges the bailiff who began."""
    return hand_in(proceeding, "recusal", concerned=user("bailiff.ala"), **given)


def granted(asked: Submission, to: User, **given: Any) -> None:
    told = {"outcome": "granted", "successor": to, "declared": DECLARED, "by": "senior.ala"}
    do(asked, "answer_submission", **{**told, **given})


@pytest.mark.rule("RIGHT-08", "RECUSE-SELF-01")
@pytest.mark.parametrize("kind", ["recusal", "recusal_self"])
def test_a_challenge_granted_gives_the_case_another_bailiff_at_once(
    offices: None, kind: str
) -> None:
    proceeding = initiated()
    who = {"author": None} if kind == "recusal_self" else {"concerned": user("bailiff.ala")}
    asked = hand_in(proceeding, kind, **who)
    assert now(asked).concerned == user("bailiff.ala")
    assert conducting(read(proceeding.case))["bailiff"] == user("bailiff.ala").full_name
    to = other()
    granted(asked, to, on=later(1))
    told = conducting(read(proceeding.case))
    assert told == {"bailiff": to.full_name, "bailiff_since": later(1)}
    assert kinds(proceeding.case)[-2:] == ["submission_answered", "bailiff_assigned"]


@pytest.mark.rule("RIGHT-08")
@pytest.mark.parametrize("login", ["bailiff.ala", "bailiff.other"])
def test_nobody_but_the_senior_bailiff_decides_on_a_challenge(offices: None, login: str) -> None:
    to, asked = other(), challenged(initiated())
    code = "own_recusal" if login == "bailiff.ala" else "wrong_role"
    with refused(code, status=403):
        granted(asked, to, by=login)


@pytest.mark.rule("RECUSE-SELF-01")
@pytest.mark.parametrize("login", ["senior.ala", "head.ala"])
def test_the_senior_bailiff_does_not_decide_on_the_challenge_of_himself(
    offices: None, login: str
) -> None:
    to, asked = other(), hand_in(initiated(), "recusal", concerned=user("senior.ala"))
    if login == "head.ala":
        granted(asked, to, by=login)
        assert now(asked).state == "granted"
    else:
        with refused("own_recusal", status=403):
            granted(asked, to, by=login)


@pytest.mark.rule("RECUSE-APPEAL-01")
@pytest.mark.parametrize(("outcome", "runs"), [("refused", True), ("granted", False)])
def test_from_a_refusal_the_term_for_a_complaint_runs(
    offices: None, outcome: str, runs: bool
) -> None:
    proceeding = initiated()
    granted(challenged(proceeding), other(), outcome=outcome)
    line = proceeding.case.stream.entries.get(kind="submission_answered")
    found = proceeding.case.stream.deadlines.filter(started_by=line.seq)
    assert [term.rule for term in found] == ["TERM-COMPLAINT-10D"] * runs
    if runs:
        complaint = hand_in(proceeding, "complaint_line", line=line, on=later(3))
        assert found.get().status == "running", "the claimant may still complain"
        assert complaint.line == line.seq


#: What a challenged bailiff still does: what cannot wait, told why; and what came in is written.
URGENT = ("request_freeze", "deliver_offer", "secure")
COMES = ("record_recovery", "record_cost", "claim_securing", "record_deferral")
WAITS = (
    *("terminate", "suspend", "postpone", "set_four_months", "return_to_claimant", "inventory"),
    *("skip_inventory", "draw_protocol", "apply_to_court", "send_letter", "replace_party"),
)
WHY = "Мүлік бүгін сатылып кетуі мүмкін"


@pytest.mark.rule("RECUSE-SELF-01")
@pytest.mark.parametrize("verb", [*URGENT, *COMES, *WAITS])
def test_a_challenged_bailiff_takes_only_what_cannot_wait(offices: None, verb: str) -> None:
    proceeding = initiated()
    other()
    challenged(proceeding)
    if verb not in WAITS:
        do(now(proceeding), verb, **({"urgency": WHY} if verb in URGENT else {}))
        return
    with refused("challenged", status=403) as found:
        do(now(proceeding), verb)
    assert found.value.rule == "RIGHT-08"
    do(now(proceeding), verb, by="bailiff.other")


def test_all_but_what_the_law_names_is_held_of_a_challenged_bailiff() -> None:
    law = statute("lecture")
    assert set(law.while_challenged) == {"urgent", "recorded"}
    free = {verb for verbs in law.while_challenged.values() for verb in verbs}
    own = {name for name, verb in VERBS.items() if verb.card.by & BAILIFFS}
    assert free < own
    held = {"assign_bailiff", "lift", "approve", "decline", "replace", "initiate", "resume"}
    held |= {"foreclose", "answer_submission", "correct", "put_right", "withdraw_letter"}
    assert not held & free


@pytest.mark.rule("RECUSE-SELF-01")
@pytest.mark.parametrize("verb", URGENT)
def test_why_it_cannot_wait_is_asked_kept_and_printed(offices: None, verb: str) -> None:
    proceeding = initiated()
    challenged(proceeding)
    with refused("evidence_missing", status=422) as found:
        do(now(proceeding), verb)
    assert [error.field for error in found.value.errors] == ["urgency"]
    do(now(proceeding), verb, urgency=WHY)
    line = proceeding.case.stream.entries.order_by("seq").last()
    assert line.evidence.get(key="urgency").text == WHY
    for paper in line.papers.all():
        for language in ("kk", "ru"):
            text = PaperFile(paper.renderings.get(language=language).blob.intact()).squeezed
            assert squeezed(WHY) in text


def test_nobody_else_is_asked_why_it_cannot_wait(offices: None) -> None:
    proceeding = initiated()
    other()
    challenged(proceeding)
    desk = Desk()
    for login, asked in (("bailiff.ala", True), ("bailiff.other", False)):
        desk.force_login(user(login))
        form = desk.get(f"/cases/{proceeding.case_id}/deliver_offer").content.decode()
        assert ('name="urgency"' in form) is asked, login


@pytest.mark.rule("RECUSE-SELF-01", "POSTP-02")
def test_a_challenged_senior_approves_nothing_and_his_page_says_why(offices: None) -> None:
    proceeding = initiated()
    asked = do(proceeding, "postpone")
    hand_in(proceeding, "recusal", concerned=user("senior.ala"))
    [row] = watch(user("senior.ala"), today=later(1), language="kk").requests
    assert not row["possible"]
    assert row["why"]
    with refused("challenged", status=403):
        do(now(asked), "approve", by="senior.ala")
    [row] = watch(user("head.ala"), today=later(1), language="kk").requests
    assert row["possible"]


def test_once_refused_he_goes_on_as_before(offices: None) -> None:
    proceeding = initiated()
    do(challenged(proceeding), "answer_submission", outcome="refused", by="senior.ala")
    do(now(proceeding), "terminate")
    assert now(proceeding).state == "terminated"


@pytest.mark.rule("RECUSE-SELF-01")
def test_a_recused_bailiff_never_gets_the_case_back(offices: None) -> None:
    proceeding = initiated()
    granted(challenged(proceeding), other())
    with refused("recused", status=403):
        do(
            proceeding.presentation,
            "assign_bailiff",
            bailiff=user("bailiff.ala"),
            declared=DECLARED,
            by="senior.ala",
        )


@pytest.mark.rule("RECUSE-SELF-01", "RIGHT-08")
@pytest.mark.parametrize("verb", [*URGENT, *COMES, *WAITS])
def test_a_recused_bailiff_does_nothing_on_the_case_any_more(offices: None, verb: str) -> None:
    proceeding = initiated()
    granted(challenged(proceeding), other())
    with refused("recused", status=403) as found:
        do(now(proceeding), verb, on=later(1))
    assert found.value.rule == "RIGHT-08"
    told_in_three_languages(found.value)
    do(now(proceeding), verb, on=later(1), by="bailiff.other")


def test_who_is_a_registrar_too_still_registers_after_he_was_recused(offices: None) -> None:
    proceeding = initiated()
    granted(challenged(proceeding), other())
    with refused("recused", status=403):
        hand_in(proceeding, "petition_other", on=later(1))
    appoint("bailiff.ala", "registrar", "ALA", since=DAY)
    hand_in(proceeding, "petition_other", on=later(1))


@pytest.mark.rule("RECUSE-SELF-01")
def test_a_bailiff_takes_a_case_himself_and_only_a_senior_one_gives_it(offices: None) -> None:
    proceeding = initiated()
    to, arrival = other(), proceeding.presentation
    with refused("wrong_role", status=403):
        do(arrival, "assign_bailiff", bailiff=to, declared=DECLARED)
    do(arrival, "assign_bailiff", bailiff=to, declared=DECLARED, by="senior.ala")
    do(arrival, "assign_bailiff", bailiff=user("bailiff.ala"), declared=DECLARED, on=later(2))
    told = conducting(read(proceeding.case))
    assert told == {"bailiff": user("bailiff.ala").full_name, "bailiff_since": later(2)}


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("recusal", {"concerned": None}, "evidence_missing"),
        ("recusal", {"author": None, "concerned": "x"}, "evidence_missing"),
        ("recusal_self", {"author": "a party"}, "not_his_to_lodge"),
        ("petition_other", {"concerned": "x"}, "invalid"),
    ],
)
def test_a_challenge_says_who_lodges_it_against_whom(
    offices: None, kind: str, given: dict[str, Any], code: str
) -> None:
    proceeding = initiated()
    known = {"x": user("bailiff.ala"), "a party": person_of(proceeding.presentation)}
    told = {name: known.get(who, who) for name, who in given.items()}
    with refused(code, status=422):
        hand_in(proceeding, kind, **told)


@pytest.mark.parametrize("lacking", ["successor", "declared"])
def test_a_challenge_is_granted_with_a_successor_who_declared_no_interest(
    offices: None, lacking: str
) -> None:
    to, asked = other(), challenged(initiated())
    with refused("evidence_missing", status=422) as found:
        granted(asked, to, **{lacking: None if lacking == "successor" else ""})
    assert [error.field for error in found.value.errors] == [lacking]


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_resolution_names_whom_it_is_about_and_who_takes_the_case(
    offices: None, language: str
) -> None:
    to = other()
    granted(challenged(initiated(), text="Борышкердің туысы"), to)
    paper = Paper.objects.get(kind="recusal_answered")
    text = PaperFile(paper.renderings.get(language=language).blob.intact()).squeezed
    for said in (user("bailiff.ala").full_name, to.full_name, "Борышкердің туысы"):
        assert squeezed(said) in text, said


@pytest.mark.rule("TERM-COMPLAINT-10D", "RECUSE-APPEAL-01")
@pytest.mark.parametrize(("outcome", "told"), [("granted", False), ("refused", True)])
def test_a_last_day_for_a_complaint_stands_only_where_a_term_runs(
    offices: None, outcome: str, told: bool
) -> None:
    granted(challenged(initiated()), other(), outcome=outcome)
    paper = Paper.objects.get(kind="recusal_answered")
    assert bool(paper.facts["due_on"]) is told

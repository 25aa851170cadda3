"""What was answered, withdrawn, noted or written down wrong is mended in the open."""

from __future__ import annotations

from typing import Any

import pytest

from enforcement.case.file import read
from enforcement.case.hearing import hearing
from enforcement.case.submissions import conducting, handed_in
from enforcement.core.waiting import RIGHTED, SUBMITTED
from enforcement.models import Proceeding, Submission
from tests.course import do, hand_in, initiated, kinds, later, now, person_of
from tests.desk import Desk
from tests.enforcement.submission.test_complaints import (
    COURT,
    by_both,
    complaint,
    decided,
    term_of,
)
from tests.enforcement.submission.test_recusals import DECLARED, challenged, granted, other
from tests.office import NEXT, refused, user


def line_of(proceeding: Proceeding, event: str) -> Any:
    """The newest line of this kind."""
    return proceeding.case.stream.entries.filter(kind=event).order_by("seq").last()


def annulled(proceeding: Proceeding, event: str, **given: Any) -> None:
    """A line beside the proceedings is annulled, by the senior bailiff unless told otherwise."""
    told = {"authority": "senior", "by": "senior.ala", "on": later(3), "reason": "Қате", **given}
    told.setdefault("line", line_of(proceeding, event).seq)
    do(proceeding.presentation, "correct_record", **told)


@pytest.mark.rule("BAIL-DUTY-03")
@pytest.mark.parametrize("how", ["granted", "granted_in_part", "refused", "withdrawn"])
def test_an_answer_annulled_lets_it_wait_again_and_be_answered_anew(
    offices: None, how: str
) -> None:
    proceeding = initiated()
    asked = hand_in(proceeding, "petition_other")
    event = "submission_withdrawn" if how == "withdrawn" else "submission_answered"
    if how == "withdrawn":
        do(asked, "withdraw_submission")
    else:
        do(asked, "answer_submission", outcome=how)
    annulled(proceeding, event)
    told = now(asked)
    assert (told.state, told.answer, told.decided_by, told.decided_on) == ("lodged", "", None, None)
    assert (
        proceeding.case.stream.deadlines.filter(started_by=line_of(proceeding, event).seq).count()
        == 0
    )
    do(told, "answer_submission", on=later(4), outcome="refused")
    assert now(asked).state == "refused"


def test_an_answer_is_annulled_by_whoever_may_and_by_nobody_else(offices: None) -> None:
    proceeding = initiated()
    do(hand_in(proceeding, "petition_other"), "answer_submission")
    for given in ({"authority": "own"}, {"authority": "senior", "by": "bailiff.ala"}):
        with refused("wrong_authority", status=403):
            annulled(proceeding, "submission_answered", **given)
    annulled(proceeding, "submission_answered", authority="own", on=NEXT, by="bailiff.ala")


@pytest.mark.rule("RIGHT-07", "RIGHT-05", "BAIL-DUTY-02")
@pytest.mark.parametrize(
    ("verb", "event"),
    [
        ("record_objection", "objected"),
        ("show_file", "file_shown"),
        ("take_statement", "statement_taken"),
        ("assign_bailiff", "bailiff_assigned"),
    ],
)
def test_what_was_noted_wrong_is_annulled_and_counts_no_more(
    offices: None, verb: str, event: str
) -> None:
    proceeding = initiated()
    asked = hand_in(proceeding, "petition_other")
    do(asked if verb == "record_objection" else proceeding.presentation, verb)
    annulled(proceeding, event)
    file = read(proceeding.case)
    assert hearing(file) == []
    assert [each["objections"] for each in handed_in(file, set(), set(), {})] == [[]]
    assert conducting(file)["bailiff_since"] == NEXT
    assert now(asked).state == "lodged"
    with refused("not_correctable", status=409):
        annulled(proceeding, event)


@pytest.mark.rule("COMPL-WHO-01", "TERM-COMPLAINT-10D")
def test_what_was_registered_by_mistake_was_handed_in_by_nobody(offices: None) -> None:
    proceeding = initiated()
    asked = by_both(proceeding, "initiated")
    assert term_of(proceeding, "initiated").status == "met"
    annulled(proceeding, "submitted")
    assert now(asked).state == "misrecorded"
    assert term_of(proceeding, "initiated").status == "running"
    annulled(
        proceeding,
        "submitted",
        line=proceeding.case.stream.entries.get(
            kind="submitted", seq__lt=line_of(proceeding, "submitted").seq
        ).seq,
    )
    with refused("nothing_handed_in", status=422):
        do(now(proceeding), "suspend", ground="SUSP-OPT-04", on=later(4))


def test_before_its_registration_its_answer_is_annulled(offices: None) -> None:
    proceeding = initiated()
    do(hand_in(proceeding, "petition_other"), "answer_submission")
    with refused("not_correctable", status=409):
        annulled(proceeding, "submitted")
    annulled(proceeding, "submission_answered")
    annulled(proceeding, "submitted")


@pytest.mark.rule("RECUSE-SELF-01")
def test_a_recusal_granted_by_mistake_gives_the_case_back(offices: None) -> None:
    proceeding = initiated()
    asked = challenged(proceeding)
    granted(asked, other(), on=later(1))
    with refused("recused", status=403):
        annulled(proceeding, "submission_answered", by="bailiff.ala")
    annulled(proceeding, "submission_answered")
    assert conducting(read(proceeding.case))["bailiff"] == user("bailiff.ala").full_name
    assert now(asked).state == "lodged"
    with refused("challenged", status=403):
        do(now(proceeding), "terminate", on=later(4))
    do(now(asked), "answer_submission", outcome="refused", by="senior.ala", on=later(4))
    do(now(proceeding), "terminate", on=later(4))


@pytest.mark.rule("RECUSE-APPEAL-01", "RIGHT-08")
@pytest.mark.parametrize("outcome", ["granted", "granted_in_part", "refused"])
def test_a_complaint_of_a_refused_challenge_upheld_gives_the_case_another_bailiff(
    offices: None, outcome: str
) -> None:
    proceeding = initiated()
    asked = challenged(proceeding)
    do(asked, "answer_submission", outcome="refused", by="senior.ala", on=later(1))
    appeal = complaint(proceeding, "submission_answered", on=later(3))
    told = {**COURT, "act_on": later(9), "in_force_on": later(9), "outcome": outcome}
    told |= {"by": "senior.ala", "on": later(9)}
    to = other()
    if outcome == "refused":
        do(appeal, "answer_submission", **told)
        assert now(asked).state == "refused"
        return
    with refused("evidence_missing", status=422) as found:
        do(appeal, "answer_submission", **told)
    assert {error.field for error in found.value.errors} == {"successor", "declared"}
    do(appeal, "answer_submission", **told, successor=to, declared=DECLARED)
    assert (now(appeal).state, now(asked).state) == (outcome, "granted")
    assert now(asked).court_act["number"] == COURT["act_number"]
    assert conducting(read(proceeding.case)) == {
        "bailiff": to.full_name,
        "bailiff_since": later(9),
    }
    assert kinds(proceeding.case)[-4:] == [
        *("submission_answered", "submission_reopened", "submission_answered", "bailiff_assigned")
    ]
    with refused("recused", status=403):
        do(now(proceeding), "terminate", on=later(10))
    do(now(proceeding), "terminate", on=later(10), by="bailiff.other")


@pytest.mark.rule("RECUSE-APPEAL-01")
def test_that_complaint_is_written_down_as_decided_by_a_senior_who_was_not_challenged(
    offices: None,
) -> None:
    proceeding = initiated()
    asked = challenged(proceeding)
    do(asked, "answer_submission", outcome="refused", by="senior.ala", on=later(1))
    appeal = complaint(proceeding, "submission_answered", on=later(3))
    other()
    told = {**COURT, "act_on": later(9), "in_force_on": later(9), "outcome": "refused"}
    for login, code in (("bailiff.ala", "own_recusal"), ("bailiff.other", "wrong_role")):
        with refused(code, status=403):
            do(appeal, "answer_submission", **told, by=login, on=later(9))


@pytest.mark.rule("RIGHT-03", "BAIL-DUTY-03")
def test_a_petition_whose_refusal_the_court_annulled_is_answered_anew(offices: None) -> None:
    proceeding = initiated()
    asked = hand_in(proceeding, "petition_postpone")
    do(asked, "answer_submission", outcome="refused")
    appeal = decided(complaint(proceeding, "submission_answered"), "granted", on=later(8))
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    page = desk.get(f"/cases/{proceeding.case_id}").content.decode()
    assert f"/correct_record?authority=court&amp;follows={appeal.pk}" in page
    named = {"act_number": COURT["act_number"], "act_on": later(8)}
    line = proceeding.case.stream.entries.get(seq=appeal.line)
    do(
        proceeding.presentation,
        "correct_record",
        line=line.seq,
        authority="court",
        reason="№ 1",
        on=later(8),
        **named,
    )
    assert now(asked).state == "lodged"


# --- Put right --------------------------------------------------------------------------------


def righted(asked: Submission, **given: Any) -> Submission:
    do(now(asked), "put_submission_right", **{"reason": "Теру қатесі", "on": later(2), **given})
    found: Submission = now(asked)
    return found


@pytest.mark.rule("RIGHT-03", "COMPL-WHO-01")
def test_the_wrong_person_day_or_kind_is_put_right_and_what_stood_stays(offices: None) -> None:
    proceeding = initiated()
    asked = hand_in(proceeding, "petition_postpone", on=later(1))
    claimant = person_of(proceeding.presentation, "claimant")
    found = righted(asked, what="petition_other", author=claimant, received_on=NEXT)
    told = (found.state, found.kind, str(found.author_id), found.received_on, found.text)
    assert told == ("lodged", "petition_other", claimant["id"], NEXT, asked.text)
    line, wrong = line_of(proceeding, RIGHTED), line_of(proceeding, SUBMITTED)
    assert line.corrects == wrong.seq
    assert wrong.facts["kind"] == "petition_postpone"
    assert line.evidence.get(key="was_author").text == person_of(proceeding.presentation)["kk"]
    do(found, "answer_submission", on=later(3))


@pytest.mark.rule("TERM-COMPLAINT-10D", "COMPL-WHO-01")
def test_the_term_is_reckoned_by_the_right_line_and_day(offices: None) -> None:
    proceeding = initiated()
    last = term_of(proceeding, "initiated").due_on
    asked = by_both(proceeding, "initiated", on=later(1, since=last))
    assert term_of(proceeding, "initiated").status == "expired"
    on = later(2, since=last)
    righted(asked, what="complaint_line", received_on=last, on=on)
    assert term_of(proceeding, "initiated").status == "met"
    righted(asked, what="complaint_penalty", on=on, told={"court_number": "№ 7"})
    assert term_of(proceeding, "initiated").status == "expired"
    assert now(asked).line is None
    do(now(proceeding), "suspend", ground="SUSP-MAND-05", on=on)


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("petition_postpone", {"what": "petition_postpone"}, "invalid"),
        ("petition_postpone", {"what": "petition_secure"}, "not_his_to_lodge"),
        ("petition_postpone", {"what": "complaint_line"}, "evidence_missing"),
        ("petition_postpone", {"what": "recusal"}, "evidence_missing"),
        ("petition_postpone", {"what": "recusal_self"}, "evidence_missing"),
        ("petition_postpone", {"what": "petition_other", "received_on": later(9)}, "wrong_period"),
    ],
)
def test_what_cannot_be_so_is_not_written(
    offices: None, kind: str, given: dict[str, Any], code: str
) -> None:
    asked = hand_in(initiated(), kind)
    with refused(code, status=422):
        righted(asked, **given)


def test_what_was_answered_is_put_right_only_once_its_answer_is_annulled(offices: None) -> None:
    proceeding = initiated()
    asked = hand_in(proceeding, "petition_postpone")
    do(asked, "answer_submission")
    with refused("wrong_state", status=409):
        righted(asked, what="petition_other")
    annulled(proceeding, "submission_answered", on=later(1))
    assert righted(asked, what="petition_other").kind == "petition_other"


@pytest.mark.rule("RECUSE-SELF-01")
def test_a_challenge_of_the_wrong_bailiff_is_put_right_by_another(offices: None) -> None:
    proceeding = initiated()
    to, asked = other(), challenged(proceeding)
    with refused("own_recusal", status=403):
        righted(asked, what="recusal", concerned=to)
    righted(asked, what="recusal", concerned=to, by="registrar.ala")
    do(now(proceeding), "terminate", on=later(3))

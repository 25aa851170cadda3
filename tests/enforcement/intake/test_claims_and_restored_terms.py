"""Claims that are no sum, papers that claim nothing, and terms that a court restored."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import pytest

from documents.executive_document import Unreadable
from enforcement.initiation import initiate
from enforcement.limitation import Earlier
from law.refusal import Refusal
from law.statute import statute
from tests.course import begun, do, kinds, later, now, papers
from tests.examples.papers import judged, shape
from tests.office import DAY, NEXT, act, afresh, arrive, paper, receive, refused, terms, user

OWED: Final = {"claimant": 0, "debtors": [0]}
SUM: Final = {**OWED, "amount": "1000.00"}
ALIMONY: Final = {**OWED, "periodic": {"kind": "alimony", "share": "1/4"}}
WORDS: Final = {"act_text": "Көрші учаскедегі қоршауды жылжыту"}
RESTORED: Final = {"court": "Бостандық аудандық соты", "number": "2-118", "on": "2026-03-02"}
LATE: Final = {"decision_on": "2021-01-11", "in_force_on": "2021-02-11", "issued_on": "2021-02-12"}
ON: Final = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("act_", "months"),
    [
        *((each, 4) for each in ("demolition", "technological", "valuation")),
        *((each, 4) for each in ("examination", "auction", "property_search")),
        *((each, 2) for each in ("eviction", "moving_in", "reinstatement")),
        *((each, 2) for each in ("handing_over", "child", "other")),
    ],
)
@pytest.mark.rule("TERM-EXEC-4M", "TERM-EXEC-2M")
def test_six_reasons_and_no_others_give_four_months(act_: str, months: int) -> None:
    found = judged(shape(debts=[{**OWED, "act": act_, **WORDS}]))
    assert (found.verdict, found.completion_months) == ("accept", months)
    assert found.reason == (act_ if months == 4 else None)
    assert act_ in statute("lecture").list("acts")


@pytest.mark.parametrize(
    ("debt", "field", "code"),
    [
        ({"act": "other"}, "debts[0].act_text", "required"),
        ({"act": "other", "act_text": " "}, "debts[0].act_text", "required"),
        ({"act": "divorce"}, "debts[0].act", "unknown"),
        ({}, "debts[0].amount", "required"),
    ],
)
def test_a_claim_says_what_is_claimed(debt: dict[str, Any], field: str, code: str) -> None:
    with pytest.raises(Unreadable) as found:
        shape(debts=[{**OWED, **debt}])
    assert [(each.field, each.code) for each in found.value.errors] == [(field, code)]


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        *((f"DOC-TYPE-0{n}", "defective") for n in range(1, 9)),
        ("DOC-TYPE-09", "accept"),
    ],
)
@pytest.mark.rule("WRIT-CONT-03")
def test_a_paper_that_claims_nothing_is_defective_unless_it_only_secures(
    kind: str, verdict: str
) -> None:
    found = judged(shape(type=kind, debts=[]))
    missing = ("WRIT-CONT-03",) if verdict == "defective" else ()
    assert (found.verdict, found.missing) == (verdict, missing)


def test_an_act_in_words_of_its_own_is_kept(offices: None) -> None:
    arrived = receive(paper(debts=[{**OWED, "act": "other", **WORDS}]))
    assert arrived.debts.get().act_text == WORDS["act_text"]
    [proceeding] = begun(arrived, on=ON)
    assert proceeding.completion_months == 2


# --- Each claim by itself ------------------------------------------------------------------------

EVICTION: Final = {**OWED, "act": "eviction"}


@pytest.mark.parametrize(
    ("debts", "verdict", "last", "start", "late"),
    [
        # In force on 2022-02-10, issued on 2023-03-20.
        ([SUM], "late", "2025-02-10", "PRES-START-01", []),
        ([EVICTION], "accept", "2026-03-20", "PRES-START-05", []),
        ([SUM, EVICTION], "accept", "2026-03-20", "PRES-START-05", ["debts[0]"]),
        ([EVICTION, SUM], "accept", "2026-03-20", "PRES-START-05", ["debts[1]"]),
        ([SUM, ALIMONY], "accept", "2025-02-10", "PRES-START-01", ["debts[0]"]),
        ([ALIMONY], "accept", None, None, []),
        ([ALIMONY, EVICTION], "accept", "2026-03-20", "PRES-START-05", []),
    ],
)
@pytest.mark.rule("PERIOD-01", "PRES-START-01", "PRES-START-05")
def test_each_claim_has_its_own_limit(
    debts: list[dict[str, Any]], verdict: str, last: str | None, start: str | None, late: list[str]
) -> None:
    found = judged(shape(debts=debts, in_force_on="2022-02-10", issued_on="2023-03-20"), on=ON)
    told = found.presentation_last_day and str(found.presentation_last_day)
    assert (found.verdict, told, found.start_rule) == (verdict, last, start)
    assert [each["field"] for each in found.remarks if each["code"] == "late_in_part"] == late
    assert found.disputed_day is None


# --- A restored term -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [f"DOC-TYPE-0{n}" for n in range(1, 10)])
@pytest.mark.rule("RESTORE-01", "PRES-MISSED-01", "COURT-RESTORE-01")
def test_a_late_paper_of_any_kind_is_accepted_once_a_court_restored_its_term(kind: str) -> None:
    late = judged(shape(type=kind, **LATE), on=ON)
    opened = judged(shape(type=kind, **LATE, restored=RESTORED), on=ON)
    assert (late.verdict, late.right) == ("late", "RESTORE-01")
    assert (opened.verdict, opened.restored) == ("accept", True)
    assert "RESTORE-01" in opened.rules
    assert opened.presentation_last_day == late.presentation_last_day
    assert opened.disputed_day is None


@pytest.mark.parametrize(
    ("change", "earlier", "verdict"),
    [
        ({"operative": ""}, None, "defective"),
        ({"debtors_0_city": "Тараз"}, None, "wrong_territory"),
        ({}, Earlier("01"), "already_received"),
        ({}, Earlier("01", ended_ref="01", ended_by="TERMN-07"), "already_received"),
        ({}, Earlier("01", ended_ref="01", ended_by="TERMN-01"), "already_received"),
        ({}, Earlier("01", ended_ref="01", ended_by="TERMN-04"), "accept"),
        ({"duplicate": True}, Earlier("01", ended_ref="01", ended_by="TERMN-04"), "accept"),
    ],
)
@pytest.mark.rule("RESTORE-01", "TERMN-EFF-03")
def test_a_restored_term_opens_nothing_but_what_was_late(
    change: dict[str, Any], earlier: Earlier | None, verdict: str
) -> None:
    found = judged(shape(**LATE, restored=RESTORED, **change), on=ON, earlier=earlier)
    assert found.verdict == verdict


def test_a_term_restored_in_vain_leaves_the_verdict_as_it_is() -> None:
    assert judged(shape(restored=RESTORED)) == judged(shape())


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"court": ""}, "restored.court", "required"),
        ({"number": None}, "restored.number", "required"),
        ({"on": ""}, "restored.on", "required"),
        ({"on": "02.03.2026"}, "restored.on", "format"),
        ({"on": "2026-01-14"}, "restored.on", "before_decision"),
        ({"judge": "X"}, "restored.judge", "unknown_field"),
    ],
)
def test_a_courts_act_has_court_number_and_day(
    change: dict[str, Any], field: str, code: str
) -> None:
    with pytest.raises(Unreadable) as found:
        shape(restored={**RESTORED, **change})
    assert [(each.field, each.code) for each in found.value.errors] == [(field, code)]


@pytest.mark.parametrize(("on", "opens"), [(-1, False), (0, False), (1, True)])
@pytest.mark.rule("RESTORE-01")
def test_no_court_restores_a_term_that_still_runs(on: int, opens: bool) -> None:
    last = judged(shape(**LATE), on=ON).presentation_last_day
    assert last
    restored = {**RESTORED, "on": str(last + timedelta(days=on))}
    if opens:
        assert judged(shape(**LATE, restored=restored), on=ON).verdict == "accept"
        return
    with pytest.raises(Unreadable) as found:
        judged(shape(**LATE, restored=restored), on=ON)
    errors = [(each.field, each.code) for each in found.value.errors]
    assert errors == [("restored.on", "before_term_ended")]


@pytest.mark.rule("RESTORE-01", "REPRES-01")
def test_a_refused_paper_comes_again_with_the_courts_act_and_is_initiated(offices: None) -> None:
    refused = receive(paper(1, verdict="late"))
    act(refused, "refuse_late")
    again = receive(paper(1, verdict="late", ref="T-1-again", restored=RESTORED), on=NEXT)
    assert (again.case_id, again.verdict["verdict"]) == (refused.case_id, "accept")
    assert again.document.beside["restored"] == RESTORED
    [proceeding] = begun(again, on=date(2026, 3, 12))
    assert proceeding.state == "initiated"
    assert terms(afresh(again))["PRES-3Y"][1] == "expired"


@pytest.mark.rule("TERMN-EFF-03", "TERMN-04")
def test_what_was_terminated_as_late_is_begun_anew_after_the_term_is_restored(
    offices: None,
) -> None:
    dates = {"decision_on": "2023-02-16", "in_force_on": "2023-03-16", "issued_on": "2023-03-17"}
    disputed = date(2026, 3, 17)
    arrived = receive(paper(1, **dates), on=disputed)
    initiate(arrived, on=disputed, by=user("bailiff.ala"), reason="Қатаң оқылмайды")
    proceeding = arrived.proceedings.get()
    do(proceeding, "terminate", ground="TERMN-04", on=date(2026, 3, 20))
    restored = {**RESTORED, "on": "2026-03-25"}
    again = receive(paper(1, ref="T-1-again", **dates, restored=restored), on=date(2026, 3, 26))
    assert again.verdict["verdict"] == "accept"
    [fresh] = begun(again, on=date(2026, 3, 27))
    assert (fresh.state, fresh.case_id) == ("initiated", proceeding.case_id)


@pytest.mark.rule("RESTORE-01", "COURT-RESTORE-01", "PRES-MISSED-01")
def test_a_document_refused_as_late_is_judged_anew_with_the_act_that_restored_its_term(
    offices: None,
) -> None:
    late = arrive("late")
    act(late, "refuse_late")
    on = later(20)
    told = {"court": "Үлгі аудандық соты", "number": "2-118", "ruled_on": later(18)}
    do(late, "add_restored_term", on=on, by="registrar.ala", **told)
    found = now(late)
    assert (found.state, found.verdict["verdict"], found.verdict["restored"]) == (
        *("received", "accept"),
        True,
    )
    assert found.document.beside["restored"]["number"] == "2-118"
    term = late.case.stream.deadlines.get(rule="TERM-OFFER-3D")
    assert (term.status, term.due_on) == ("running", later(3, since=on))
    [proceeding] = begun(found, on=on)
    assert proceeding.state == "initiated"
    assert [kind for kind in kinds(late.case) if kind != "expired"] == [
        *("received", "refused_late", "term_restored", "admitted", "initiated")
    ]
    assert papers(late.case)[0] == "refuse_late"


@pytest.mark.rule("RESTORE-01")
def test_the_court_ruled_after_the_day_on_which_the_paper_was_received(offices: None) -> None:
    late = receive(paper(1, verdict="late", received_on=str(DAY)), on=DAY, by="registrar.ala")
    act(late, "refuse_late")
    told = {"court": "Үлгі аудандық соты", "number": "2-118", "ruled_on": later(18)}
    do(late, "add_restored_term", on=later(20), by="registrar.ala", **told)
    assert (now(late).state, now(late).verdict["verdict"]) == ("received", "accept")
    assert now(late).handed_in["received_on"] == str(DAY)
    with refused("paper_left", status=409):
        do(now(late), "correct_intake", on=later(20))


@pytest.mark.rule("RESTORE-01")
@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"court": ""}, "court", "required"),
        ({"number": "—"}, "number", "required"),
        ({"ruled_on": later(21)}, "ruled_on", "in_future"),
        ({"ruled_on": date(2019, 1, 1)}, "ruled_on", "before_decision"),
    ],
)
def test_the_act_that_is_added_is_checked_as_on_a_new_paper(
    offices: None, given: dict[str, Any], field: str, code: str
) -> None:
    late = arrive("late")
    act(late, "refuse_late")
    told = {"court": "Үлгі соты", "number": "2-118", "ruled_on": later(18), **given}
    with pytest.raises(Refusal) as found:
        do(late, "add_restored_term", on=later(20), **told)
    assert [error.field for error in found.value.errors] == [field]
    assert now(late).state == "refused_late"

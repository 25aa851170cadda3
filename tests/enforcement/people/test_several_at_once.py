"""An intake is corrected in several values at once, and unsent papers that said it wrong are
withdrawn from the post and issued anew."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any, Final

import pytest
from django.core.management import call_command

from documents.models import Paper
from enforcement.core.rehearsal import rehearse
from enforcement.models import Outgoing, Presentation
from enforcement.people.correcting import correct_intake
from enforcement.post.sending import dispatch
from journal.models import Entry
from tests.course import begun, do, hand_in, initiated, now, papers, sound
from tests.desk import Desk
from tests.documents.reading import PaperFile, squeezed
from tests.office import NEXT, act, afresh, arrive, example, paper, receive, refused, user

LATER: Final = NEXT + timedelta(days=7)
NAME, IIN = "debtors[0].name", "debtors[0].iin"
RIGHT: Final = {NAME: "Оспанова Сәуле Ерланқызы", "decision_on": "2026-01-16", "immediate": ""}


def corrected(arrival: Presentation, values: dict[str, str], *, on: date = LATER) -> Entry:
    """Several values of one intake in one act."""
    told: dict[str, Any] = {"on": on, "by": user("registrar.ala"), "reason": "Теру қатесі"}
    entry: Entry = correct_intake(afresh(arrival), values=values, **told)
    return entry


def waiting(arrival: Presentation) -> list[Paper]:
    """The papers of the case that wait in the post, in the order of their numbers."""
    rows = Outgoing.objects.filter(paper__entry__stream=arrival.case.stream_id)
    return [row.paper for row in rows.order_by("paper__number")]


def says(issued: Paper, text: str) -> bool:
    """Whether both languages of a paper have a text."""
    files = [PaperFile(each.exact_bytes()).squeezed for each in issued.renderings.all()]
    found = {squeezed(text) in each for each in files}
    assert len(found) == 1
    return found.pop()


def test_several_values_are_one_line_and_what_stood_is_kept(offices: None) -> None:
    arrival = arrive()
    was = arrival.participants.get(role="debtor").name_kk
    entry = corrected(arrival, RIGHT)
    found = afresh(arrival)
    assert entry.facts["fields"] == [NAME, "decision_on"], "what stands is not told again"
    assert found.participants.get(role="debtor").name_kk == RIGHT[NAME]
    assert str(found.document.decision_on) == RIGHT["decision_on"]
    texts = dict(entry.evidence.values_list("key", "text"))
    assert texts[f"was.{NAME}"] == was
    assert texts["was.decision_on"] == example("01")["decision_on"]
    desk = Desk()
    desk.force_login(user("registrar.ala"))
    page = desk.get(f"/cases/{arrival.case_id}").content.decode()
    assert all(text in page for text in (was, RIGHT[NAME], "15.01.2026", "16.01.2026"))
    sound([found.case])


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({IIN: "850314300123", "decision_on": "31.02.2026"}, {IIN, "decision_on"}),
        ({"debts[0].amount": "мың теңге", NAME: "Б"}, {"debts[0].amount"}),
        ({"nothing": "1", "debtors[7].name": "Б"}, {"nothing", "debtors[7].name"}),
    ],
)
def test_each_wrong_value_is_named_and_nothing_is_written(
    offices: None, values: dict[str, str], errors: set[str]
) -> None:
    arrival = arrive()
    with refused("invalid", status=422) as caught:
        corrected(arrival, values)
    assert {each.field for each in caught.value.errors} == {f"values.{each}" for each in errors}


@pytest.mark.parametrize("values", [{}, {"immediate": "", "debts[0].amount": "1 900 659,00"}])
def test_what_changes_nothing_is_no_correction(offices: None, values: dict[str, str]) -> None:
    arrival = arrive()
    with refused("invalid", status=422) as caught:
        corrected(arrival, values)
    assert [each.code for each in caught.value.errors] == ["nothing_changed"]


def test_the_form_shows_what_stands_and_takes_what_was_typed(offices: None) -> None:
    arrival, desk = arrive(), Desk()
    desk.force_login(user("registrar.ala"))
    address = f"/cases/{arrival.case_id}/correct_intake"
    page = desk.get(address)
    form = page.context["form"]
    shown = {name: form[name].initial for name in form.fields if name.startswith("values.")}
    assert shown["values.debts[0].amount"] == "1 900 659,00"
    text = page.content.decode()
    assert 'type="date" name="values.decision_on" value="2026-01-15"' in text
    assert "debtors[0].name<" not in text, "no code stands for a word"
    typed = {f"values.{path}": value for path, value in RIGHT.items()}
    told = {"on": str(LATER), "reason": "Теру қатесі", "head": page.context["head"]}
    seen = desk.post(address, {**told, **typed}, headers={"HX-Request": "true"})
    assert seen.status_code == 200
    assert not arrival.case.stream.entries.filter(kind="intake_corrected").exists()
    answer = desk.post(address, {**told, **shown, **typed})
    assert answer.status_code == 302, answer.content.decode()
    assert afresh(arrival).participants.get(role="debtor").name_kk == RIGHT[NAME]
    entry = arrival.case.stream.entries.get(kind="intake_corrected")
    assert sorted(entry.facts["fields"]) == [NAME, "decision_on"]


# --- What waits in the post -----------------------------------------------------------------------


@pytest.mark.rule("WRIT-CONT-06", "TERM-COMPLAINT-10D")
def test_unsent_papers_are_withdrawn_and_right_ones_issued(offices: None) -> None:
    proceeding = initiated()
    arrival, wrong = proceeding.presentation, waiting(proceeding.presentation)
    old = proceeding.debtor.name_kk
    corrected(arrival, RIGHT)
    right = waiting(arrival)
    assert papers(proceeding.case) == ["initiate", "offer"] * 2
    assert [each.kind for each in right] == [each.kind for each in wrong]
    assert [each.number for each in right] == [each.number + 2 for each in wrong]
    assert all(says(each, RIGHT[NAME]) and not says(each, old) for each in right)
    assert [each.by for each in right] == [each.by for each in wrong], "the bailiff has signed it"
    told = {name["kk"] for each in right for name in each.addressees}
    assert RIGHT[NAME] in told
    assert old not in told
    line = proceeding.case.stream.entries.get(kind="papers_replaced")
    assert line.facts["replaced"] == [each.label for each in wrong]
    assert {each.facts["issued_on"] for each in right} == {str(LATER)}
    complaint = proceeding.case.stream.deadlines.filter(rule="TERM-COMPLAINT-10D")
    found = {row.started_by: (row.starts_on, row.status) for row in complaint}
    assert found == {wrong[0].entry.seq: (NEXT, "cancelled"), line.seq: (LATER, "running")}
    due = complaint.get(started_by=line.seq).due_on
    assert {each.facts["due_on"] for each in right} == {str(due)}
    sound([proceeding.case])
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    post = desk.get("/post").content.decode()
    assert RIGHT[NAME] in post
    assert old not in post
    case = desk.get(f"/cases/{arrival.case_id}")
    assert [each["void"] for each in case.context["papers"]].count(True) == len(wrong)


def test_a_paper_that_says_it_right_stays_in_the_post(offices: None) -> None:
    proceeding = initiated()
    before = waiting(proceeding.presentation)
    corrected(proceeding.presentation, {"debtors[0].workplace": "«Жылу» МКК"})
    assert waiting(proceeding.presentation) == before


def test_papers_are_replaced_again_when_intake_is_corrected_again(offices: None) -> None:
    proceeding = initiated()
    corrected(proceeding.presentation, {NAME: "Қате Есім"})
    corrected(proceeding.presentation, {NAME: RIGHT[NAME]})
    assert len(waiting(proceeding.presentation)) == 2
    assert all(says(each, RIGHT[NAME]) for each in waiting(proceeding.presentation))
    sound([proceeding.case])


def test_every_paper_of_every_debtor_says_it_right(offices: None) -> None:
    [debt] = paper()["debts"]
    joint = [debt | {"debtors": [0, 1], "joint": True}]
    both = paper(debtors=example("12")["debtors"], debts=joint)
    one, other = begun(receive(both), on=NEXT)
    do(one, "suspend")
    do(other, "secure")
    arrival = one.presentation
    kinds = [each.kind for each in waiting(arrival)]
    corrected(arrival, {"claimants[0].name_kk": "«Жаңа Үлгі» АҚ"})
    assert sorted(each.kind for each in waiting(arrival)) == sorted(kinds)
    assert all(each.facts["claimants"][0]["kk"] == "«Жаңа Үлгі» АҚ" for each in waiting(arrival))
    assert now(one).state == "suspended"
    sound([one.case])
    sent = waiting(arrival)[0]
    how = {"addressee": "Үлгі", "channel": "registered_mail", "proof": "№ 1"}
    dispatch(sent, on=LATER, by=user("bailiff.ala"), **how)
    with refused("paper_left", status=409) as caught:
        correct_intake(
            afresh(arrival),
            values={"claimants[0].name_kk": "Б"},
            reason="Теру қатесі",
            on=LATER,
            by=user("bailiff.ala"),
        )
    assert caught.value.possible == ("put_right",)


def test_a_sum_corrected_stands_in_the_papers_issued_anew(offices: None) -> None:
    proceeding = initiated()
    corrected(proceeding.presentation, {"debts[0].amount": "1 900 000,50"})
    assert {each.facts["amount"] for each in waiting(proceeding.presentation)} == {"1900000.50"}
    assert all(says(each, "1 900 000,50") for each in waiting(proceeding.presentation))


def test_who_asked_is_named_rightly_in_the_answer_issued_anew(offices: None) -> None:
    proceeding = initiated()
    do(hand_in(proceeding, "petition_other"), "answer_submission")
    corrected(proceeding.presentation, {NAME: RIGHT[NAME]})
    answer = waiting(proceeding.presentation)[-1]
    assert (answer.kind, answer.facts["author"]["kk"]) == ("submission_answered", RIGHT[NAME])
    terms = proceeding.case.stream.deadlines.filter(rule="TERM-COMPLAINT-10D")
    assert sorted(terms.values_list("status", flat=True)) == ["cancelled"] * 2 + ["running"] * 2
    sound([proceeding.case])


def test_a_paper_of_an_earlier_arrival_stays_as_it_was(offices: None) -> None:
    act(arrive("defective"), "return_defective")
    again = receive(paper(1, ref="T-1-again"), on=NEXT)
    [proceeding] = begun(again, on=NEXT)
    before = waiting(again)[0]
    corrected(again, {NAME: RIGHT[NAME]})
    assert waiting(again)[0] == before
    assert [each.kind for each in waiting(again)] == ["return_defective", "initiate", "offer"]
    assert proceeding.debtor.name_kk == RIGHT[NAME]


def test_the_command_takes_several_too(offices: None, capsys: pytest.CaptureFixture[str]) -> None:
    arrival = arrive()
    typed = [f"values.{path}={text}" for path, text in RIGHT.items()]
    call_command(
        *("act", arrival.case.label, "correct_intake", *typed, "reason=Теру қатесі"),
        *("--by", "registrar.ala", "--on", str(LATER), "--json"),
    )
    assert json.loads(capsys.readouterr().out)["entry"]["kind"] == "intake_corrected"
    assert afresh(arrival).participants.get(role="debtor").name_kk == RIGHT[NAME]


def test_what_waits_is_shown_before_signing_and_terms_move(offices: None) -> None:
    proceeding = initiated()
    given = {"values": RIGHT, "reason": "Теру қатесі"}
    arrival = afresh(proceeding.presentation)
    outcome = rehearse(correct_intake, arrival, given, on=LATER, by=user("registrar.ala"))
    assert outcome.refusal is None
    assert [each.kind for each in outcome.papers] == ["initiate", "offer"]
    assert {(each.rule, each.kind) for each in outcome.changes} == {("TERM-COMPLAINT-10D", "moves")}
    assert len(waiting(arrival)) == 2

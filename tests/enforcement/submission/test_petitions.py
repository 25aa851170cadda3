"""A petition is recorded, objected to, answered by a resolution, and opens what it asks for."""

from __future__ import annotations

from html import escape
from urllib.parse import parse_qs, unquote_plus, urlsplit

import pytest
from django.utils.translation import override

from accounts.queries import roles_in
from documents.models import Paper
from enforcement.case.file import read
from enforcement.case.submissions import handed_in
from enforcement.core.card import VERBS
from enforcement.models import Case, Proceeding, Submission
from enforcement.submission import prefill
from enforcement.today.lists import day_of
from law.statute import statute
from tests.course import do, hand_in, initiated, later, now, papers, person_of, terms_of
from tests.desk import Desk
from tests.documents.reading import PaperFile, squeezed
from tests.office import NEXT, user


def shown(case: Case, login: str = "bailiff.ala") -> list[dict[str, object]]:
    """What the case page shows of what was handed in."""
    person = user(login)
    return handed_in(read(case), roles_in(person, case.office_id, on=later(9)), set(range(99)), {})


@pytest.mark.rule("RIGHT-03", "BAIL-DUTY-03")
@pytest.mark.parametrize("outcome", ["granted", "granted_in_part", "refused"])
def test_a_petition_waits_on_today_until_a_resolution_with_reasons_answers_it(
    offices: None, outcome: str
) -> None:
    proceeding = initiated()
    asked = hand_in(proceeding, "petition_other")
    [row] = day_of(user("bailiff.ala"), today=later(2), language="kk").asked
    assert (row["received_on"], row["kind"].decides) == (NEXT, "bailiff")
    do(asked, "answer_submission", on=later(2), outcome=outcome)
    assert day_of(user("bailiff.ala"), today=later(2), language="kk").asked == []
    assert papers(proceeding.case)[-1] == "submission_answered"
    paper = Paper.objects.order_by("-number")[0]
    assert [each["key"] for each in paper.addressees] == ["claimants.0", "debtors.0"]
    [term] = proceeding.case.stream.deadlines.filter(started_by=paper.entry.seq)
    assert (term.rule, term.status) == ("TERM-COMPLAINT-10D", "running")


@pytest.mark.rule("BAIL-DUTY-03")
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_resolution_says_what_was_asked_by_whom_and_what_is_decided(
    offices: None, language: str
) -> None:
    asked = hand_in(initiated(), "petition_postpone", text="Көпір бұзылған")
    do(asked, "answer_submission", outcome="granted_in_part", reason="Көпір наурызда ашылады")
    paper = Paper.objects.get(kind="submission_answered")
    text = PaperFile(paper.renderings.get(language=language).blob.intact()).squeezed
    law = statute("lecture")
    told = (law.submissions["petition_postpone"].title, law.word("states", "granted_in_part"))
    author = now(asked).author.name(language)
    for said in (*(each.in_(language) for each in told), author, "Көпір бұзылған", "наурызда"):
        assert squeezed(said) in text, said


@pytest.mark.rule("RIGHT-07")
def test_the_other_party_s_objection_stands_beside_the_petition(offices: None) -> None:
    proceeding = initiated()
    asked = hand_in(proceeding, "petition_postpone")
    claimant = person_of(proceeding.presentation, "claimant")
    do(asked, "record_objection", author=claimant, text="Жол ашық", on=later(1))
    [told] = shown(proceeding.case)
    said = {"on": later(1), "text": "Жол ашық", "name": claimant["kk"]}
    assert told["objections"] == [said]
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    with override("kk"):
        label = str(VERBS["record_objection"].field("author").label)
    journal = squeezed(desk.get(f"/cases/{proceeding.case_id}").content.decode())
    assert squeezed(label) in journal, "the journal says who objected"
    assert now(asked).state == "lodged"


#: A kind, the step that it opens once it is granted, and what its form holds then.
OPENED = {
    "petition_postpone": ("postpone", {"initiator", "reason", "proceeding"}),
    "petition_replace": ("replace", {"initiator", "reason"}),
    "petition_lift": ("lift", {"reason"}),
    "petition_suspend": ("suspend", {"proceeding"}),
    "petition_resume": ("resume", {"proof", "proceeding"}),
    "petition_transfer": ("transfer", {"proceeding"}),
    "complaint_line": (
        "correct",
        {"line", "authority", "act_number", "act_on", "reason", "proceeding"},
    ),
}


@pytest.mark.parametrize("kind", OPENED)
def test_what_is_granted_opens_its_step_with_the_petition_in_its_form(
    offices: None, kind: str
) -> None:
    proceeding = initiated()
    if kind == "petition_resume":
        do(proceeding, "suspend")
    asked = hand_in(now(proceeding), kind)
    court = {"act_number": "№ 4", "act_on": NEXT, "in_force_on": NEXT}
    told = court if kind.startswith("complaint") else {}
    do(asked, "answer_submission", **told)
    assert opened(proceeding) == OPENED[kind]
    verb = VERBS[OPENED[kind][0]]
    assert OPENED[kind][1] <= {*verb.asks, verb.machine}


def opened(proceeding: Proceeding) -> tuple[str, set[str]]:
    """The step that the newest of what was handed in opens, with the fields it fills."""
    [found] = shown(proceeding.case)
    assert isinstance(found["opens"], dict), found
    way = urlsplit(found["opens"]["url"])
    verb, told = way.path.rpartition("/")[2], parse_qs(way.query)
    asked = Submission.objects.get(pk=told.pop("follows")[0])
    assert asked.author
    assert asked.author.name("kk") not in unquote_plus(way.query)
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    form = desk.get(found["opens"]["url"]).content.decode()
    held = prefill.held(asked, verb, statute("lecture"))
    for name, text in held.items():
        # No measure is there to be replaced.
        there = verb != "replace" and not name.endswith("on")
        assert not there or escape(text) in form, (name, text)
    return verb, {*told, *held}


def test_what_is_refused_opens_nothing(offices: None) -> None:
    proceeding = initiated()
    do(hand_in(proceeding, "petition_postpone"), "answer_submission", outcome="refused")
    [found] = shown(proceeding.case)
    assert found["opens"] is None


@pytest.mark.rule("SUSP-OPT-04")
@pytest.mark.parametrize("kind", ["complaint_inaction", "complaint_penalty"])
def test_a_complaint_that_waits_opens_the_ground_it_is(offices: None, kind: str) -> None:
    proceeding = initiated()
    hand_in(proceeding, kind)
    verb, filled = opened(proceeding)
    assert verb == "suspend"
    assert {"ground", "proceeding"} < filled


def test_no_term_runs_for_a_petition_where_the_rule_set_has_none(offices: None) -> None:
    proceeding = initiated()
    before = terms_of(proceeding)
    hand_in(proceeding, "petition_other")
    assert terms_of(proceeding) == before


@pytest.mark.rule("TERM-COMPLAINT-10D")
@pytest.mark.parametrize(("days", "in_time"), [(0, True), (1, False)])
def test_the_case_shows_whether_a_complaint_came_in_time(
    offices: None, days: int, in_time: bool
) -> None:
    proceeding = initiated()
    begun = proceeding.case.stream.entries.get(kind="initiated")
    term = proceeding.case.stream.deadlines.get(rule="TERM-COMPLAINT-10D", started_by=begun.seq)
    hand_in(proceeding, "complaint_line", on=later(days, since=term.due_on))
    [told] = shown(proceeding.case)
    assert (told["in_time"], told["last_on"]) == (in_time, term.due_on)

"""Each step is refused for a wrong state, verdict, role, office or date, and leaves nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

import clock
from enforcement.core.card import permissions
from enforcement.core.http_status import keys_of
from enforcement.models import Presentation
from law.statute import statute
from tests import arriving as intake
from tests.enforcement.core.ways import AT_ANY_TIME
from tests.office import (
    DAY,
    NEXT,
    WAYS,
    act,
    afresh,
    arrive,
    census,
    lines,
    paper,
    reach,
    receive,
    refused,
    user,
)

#: Verb -> the verdict it answers and the rule it stands on.
VERBS = {
    "return_defective": ("defective", "TERM-DEFECT-3D"),
    "refuse_late": ("late", "PRES-MISSED-01"),
    "send_on": ("wrong_territory", "TERM-TRANSFER-3D"),
    "record_already_received": ("already_received", "WRIT-ONE-01"),
}
WITH_ATTACH = sorted([*VERBS, "attach"])
PDF = b"%PDF-1.7 invented"
each_verb = pytest.mark.parametrize("verb", VERBS)


def fact(name: str, value: str, needed: str) -> dict[str, str]:
    """A fact that failed, as a refusal tells it."""
    return {"name": name, "value": value, "needed": needed}


def test_the_verbs_of_intake_are_these() -> None:
    assert set(VERBS) == set(intake.VERBS)
    assert {verb: intake.fitting(verb) for verb in VERBS} == {v: VERBS[v][0] for v in VERBS}
    assert {verb: statute("lecture").steps[verb].rule for verb in VERBS} == {
        v: VERBS[v][1] for v in VERBS
    }


#: What is possible beside that in one state alone.
OWN = {"admitted": "correct_intake", "refused_late": "add_restored_term"}


@each_verb
@pytest.mark.parametrize("state", sorted(set(WAYS) - {"received"}))
def test_a_step_from_a_wrong_state_is_refused(offices: None, state: str, verb: str) -> None:
    presentation = reach(state)
    with refused("wrong_state", status=409) as refusal:
        act(presentation, verb)
    assert keys_of(refusal.value) == {
        "code": "wrong_state",
        "status": 409,
        "rule": VERBS[verb][1],
        "facts": [fact("state", state, "received")],
        "errors": [],
        "possible": sorted(AT_ANY_TIME | {OWN[state]} if state in OWN else AT_ANY_TIME),
    }


@each_verb
@pytest.mark.parametrize("other", [*dict.fromkeys(v for v, _ in VERBS.values()), "accept"])
def test_a_step_that_answers_another_verdict_is_refused(
    offices: None, other: str, verb: str
) -> None:
    needed, rule = VERBS[verb]
    if other == needed:
        act(arrive(other), verb)
        return
    presentation = arrive(other)
    with refused("verdict_differs", status=422) as refusal:
        act(presentation, verb)
    assert keys_of(refusal.value) == {
        "code": "verdict_differs",
        "status": 422,
        "rule": rule,
        "facts": [fact("verdict", other, needed)],
        "errors": [],
        "possible": [each for each, (answered, _rule) in VERBS.items() if answered == other],
    }


@each_verb
@pytest.mark.parametrize(("login", "roles"), [("auditor.ala", "auditor"), ("clerk", "-")])
def test_who_sees_a_case_without_a_role_for_the_step_is_told_so(
    offices: None, verb: str, login: str, roles: str
) -> None:
    presentation = arrive(VERBS[verb][0])
    with refused("wrong_role", status=403) as refusal:
        act(presentation, verb, by=login)
    assert keys_of(refusal.value) == {
        "code": "wrong_role",
        "status": 403,
        "rule": VERBS[verb][1],
        "facts": [fact("role", roles, ", ".join(sorted(permissions()[verb])))],
        "errors": [],
        "possible": [],
    }


@each_verb
@pytest.mark.parametrize("login", ["bailiff.trz", "prosecutor.trz", "administrator"])
def test_for_a_stranger_the_case_does_not_exist(offices: None, verb: str, login: str) -> None:
    presentation = arrive(VERBS[verb][0])
    with refused("not_found", status=404) as refusal:
        act(presentation, verb, by=login)
    found = keys_of(refusal.value)
    assert (found["rule"], found["facts"], found["possible"]) == ("", [], [])


@each_verb
def test_a_step_cannot_be_dated_in_the_future(
    offices: None, verb: str, set_clock: Callable[[date], None]
) -> None:
    presentation = arrive(VERBS[verb][0])
    set_clock(NEXT)
    tomorrow = clock.today() + timedelta(days=1)
    with refused("date_in_future", status=422) as refusal:
        act(presentation, verb, on=tomorrow)
    assert refusal.value.rule == VERBS[verb][1]
    assert keys_of(refusal.value)["facts"] == [fact("on", "2026-03-12", "<= 2026-03-11")]
    act(presentation, verb, on=clock.today())


@each_verb
def test_a_step_cannot_be_dated_before_the_case_s_last_line(offices: None, verb: str) -> None:
    presentation = arrive(VERBS[verb][0])
    with refused("date_before_last", status=422) as refusal:
        act(presentation, verb, on=DAY - timedelta(days=1))
    assert refusal.value.rule == VERBS[verb][1]
    assert keys_of(refusal.value)["facts"] == [fact("on", "2026-03-09", ">= 2026-03-10")]
    act(presentation, verb, on=DAY)


def test_a_paper_cannot_arrive_in_the_future(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    set_clock(DAY)
    with refused("date_in_future", status=422):
        arrive(on=NEXT)


def test_a_paper_cannot_come_again_before_it_was_returned(offices: None) -> None:
    act(arrive("defective"), "return_defective", on=NEXT)
    with refused("date_before_last", status=422):
        receive(paper(verdict="defective", ref="T-2"), on=DAY)


@pytest.mark.parametrize(
    ("login", "state", "on", "code"),
    [
        ("bailiff.trz", "sent_on", DAY - timedelta(days=9), 404),
        ("auditor.ala", "sent_on", DAY - timedelta(days=9), 403),
        ("bailiff.ala", "sent_on", DAY - timedelta(days=9), 409),
        ("bailiff.ala", "received", DAY - timedelta(days=9), 422),
    ],
)
def test_a_refusal_names_the_first_thing_wrong(
    offices: None, login: str, state: str, on: date, code: int
) -> None:
    presentation = reach(state)
    names = {404: "not_found", 403: "wrong_role", 409: "wrong_state", 422: "date_before_last"}
    with refused(names[code], status=code):
        act(presentation, "refuse_late", on=on, by=login)


@pytest.mark.parametrize(
    ("login", "state", "status"),
    [
        ("bailiff.trz", "received", 404),
        ("auditor.ala", "received", 403),
        ("head.ala", "sent_on", 422),
    ],
)
def test_a_wrong_file_is_the_last_thing_said(
    offices: None, login: str, state: str, status: int
) -> None:
    presentation = reach(state)
    names = {404: "not_found", 403: "wrong_role", 422: "file_type"}
    with refused(names[status], status=status):
        attach(presentation, b"MZ no document", by=login)


def attach(presentation: Presentation, content: bytes, *, by: str = "registrar.ala") -> Any:
    """Hand a file in with the document."""
    return intake.attach(presentation, name="a.exe", content=content, on=NEXT, by=user(by))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_type"),
        (b"MZ\x90 a program", "file_type"),
        (b"<svg onload='alert(1)'/>", "file_type"),
        (b"GIF89a", "file_type"),
        (b" %PDF-1.7", "file_type"),
        (PDF + bytes(intake.LARGEST_FILE), "file_size"),
    ],
    ids=["empty", "program", "svg", "gif", "late mark", "large"],
)
def test_only_papers_and_pictures_of_a_bearable_size_are_kept(
    offices: None, content: bytes, code: str
) -> None:
    presentation = arrive()
    with refused(code, status=422) as refusal:
        attach(presentation, content)
    assert [(error.field, error.code) for error in refusal.value.errors] == [("file", code)]


def test_a_file_keeps_its_bytes_and_the_state(offices: None) -> None:
    presentation = arrive()
    entry = attach(presentation, PDF)
    kept = presentation.document.attachments.select_related("blob").get()
    assert (bytes(kept.blob.content), kept.name, kept.entry) == (PDF, "a.pdf", entry)
    assert entry.facts == {"digest": kept.blob.digest, "size": len(PDF)}
    assert afresh(presentation).state == "received"
    assert lines(presentation)[-1] == ("attached", "2026-03-11")


@pytest.mark.parametrize("verb", ["return_defective", "refuse_late", "send_on"])
def test_a_preview_shows_the_paper_and_changes_nothing(offices: None, verb: str) -> None:
    fitting, other = arrive(VERBS[verb][0]), arrive("accept", 77)
    shown = {"language": "kk", "on": NEXT, "by": user("bailiff.ala")}
    before = census()
    assert intake.preview(fitting, verb, **shown).startswith(b"%PDF-")
    assert census() == before
    with refused("verdict_differs", status=422):
        intake.preview(other, verb, **shown)

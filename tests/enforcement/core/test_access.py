"""Who may take which step in which state: the lifecycle, walked cell by cell; who sees a case."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

import clock
from accounts.models import ROLES
from enforcement.core.card import permissions
from enforcement.core.http_status import status_of
from enforcement.core.transitions import transitions
from enforcement.facts.access import visible_to
from enforcement.models import Case, Presentation
from law.refusal import Refusal
from tests import arriving as intake
from tests.office import (
    DAY,
    HOLDERS,
    NEXT,
    WAYS,
    act,
    appoint,
    arrive,
    census,
    paper,
    reach,
    receive,
    refused,
    user,
)

OFFICE = {"bailiff", "senior_bailiff", "head"}
#: Verb -> source, target and who in the office may take it; written by hand.
LIFECYCLE: dict[str, tuple[str, str, set[str]]] = {
    "receive": ("", "received", {"clerk", "registrar"} | OFFICE),
    "attach": ("admitted", "admitted", {"registrar"} | OFFICE),
    "show_file": ("admitted", "admitted", {"registrar"} | OFFICE),
    "take_statement": ("admitted", "admitted", {"registrar"} | OFFICE),
    "return_defective": ("received", "returned_defective", OFFICE),
    "refuse_late": ("received", "refused_late", OFFICE),
    "add_restored_term": ("refused_late", "received", {"registrar"} | OFFICE),
    "send_on": ("received", "sent_on", OFFICE),
    "record_already_received": ("received", "already_received", {"registrar"} | OFFICE),
    "initiate": ("received", "admitted", OFFICE),
    "annul_admission": ("admitted", "received", OFFICE),
    "correct_intake": ("admitted", "admitted", {"registrar"} | OFFICE),
    "put_right": ("admitted", "admitted", OFFICE),
    "record_address": ("admitted", "admitted", {"registrar"} | OFFICE),
    "engage": ("admitted", "admitted", {"registrar"} | OFFICE),
    "end_engagement": ("admitted", "admitted", OFFICE),
    "record_submission": ("admitted", "admitted", {"registrar"} | OFFICE),
    "supervise": ("admitted", "admitted", {"registrar", "prosecutor"} | OFFICE),
    "assign_bailiff": ("admitted", "admitted", OFFICE),
    "correct_record": ("admitted", "admitted", OFFICE),
}
#: What puts an arrival right is tried beside: it is possible from many states.
RIGHTING = {"annul_admission", "add_restored_term", "correct_intake", "put_right", "record_address"}
#: So is what participants hand in, and who takes part: it comes when it comes.
INCOMING = {
    *("record_submission", "engage", "end_engagement", "assign_bailiff", "supervise"),
    *("attach", "show_file", "take_statement", "correct_record"),
}
VERBS = sorted(set(LIFECYCLE) - {"receive"} - RIGHTING - INCOMING)
#: Verbs that change no machine's state.
OF_THE_CASE = {"dispatch", "accept_transfer"}
#: Who holds his role elsewhere than in the office: it gives him no step there.
ELSEWHERE = {"clerk", "prosecutor"}
UNSEEN = {"administrator"}
PDF = b"%PDF-1.7 invented"


@lru_cache
def told() -> list[dict[str, Any]]:
    """What `manage.py lifecycle --json` says of presentations."""
    said = io.StringIO()
    call_command("lifecycle", "--json", stdout=said)
    return [row for row in json.loads(said.getvalue()) if row["machine"] == "presentation"]


def test_the_lifecycle_is_the_one_written_down() -> None:
    found = {row["verb"]: (row["source"], row["target"], set(row["permission"])) for row in told()}
    assert found == LIFECYCLE
    shape = {"machine", "source", "verb", "target", "permission", "grounds"}
    assert {frozenset(row) for row in told()} == {frozenset(shape)}


def test_every_verb_has_its_line_of_permissions_and_every_role_is_known() -> None:
    assert {row["verb"] for row in transitions()} == set(permissions()) - OF_THE_CASE
    assert set().union(*permissions().values()) <= set(ROLES)
    assert set(HOLDERS) == set(ROLES)


def test_every_state_the_lifecycle_reaches_is_reached_here() -> None:
    assert {row["target"] for row in told()} == set(WAYS)


def take(presentation: Presentation, verb: str, login: str) -> str:
    """Take a step, undo it, and say how it ended: `done` or the refusal's status."""
    try:
        with transaction.atomic():
            if verb == "attach":
                person = user(login)
                intake.attach(presentation, name="a", content=PDF, on=NEXT, by=person)
            else:
                act(presentation, verb, by=login)
            transaction.set_rollback(True)
    except Refusal as refusal:
        return str(status_of(refusal))
    return "done"


def ending(role: str, state: str, verb: str) -> str:
    """How a step must end, by the rows of the lifecycle."""
    rows = [row for row in told() if row["verb"] == verb]
    if role in UNSEEN:
        return "404"
    if role in ELSEWHERE or role not in rows[0]["permission"]:
        return "403"
    return "done" if state in {row["source"] for row in rows} else "409"


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", sorted(WAYS))
def test_every_role_in_every_state(offices: None, state: str, verb: str) -> None:
    fitting = intake.fitting(verb) or "accept"
    presentation = arrive(fitting) if state == "received" else reach(state)
    before = census()
    ended = {role: take(presentation, verb, login) for role, login in HOLDERS.items()}
    assert ended == {role: ending(role, state, verb) for role in HOLDERS}
    assert census() == before


@pytest.mark.parametrize(
    ("login", "outcome"),
    [
        ("clerk", "done"),
        ("court.system", "done"),
        ("registrar.ala", "done"),
        ("bailiff.ala", "done"),
        ("senior.ala", "done"),
        ("head.ala", "done"),
        ("registrar.trz", "403"),
        ("head.trz", "403"),
        ("prosecutor.ala", "403"),
        ("prosecutor.system", "403"),
        ("auditor.ala", "403"),
        ("administrator", "403"),
    ],
)
@pytest.mark.parametrize("readable", [True, False], ids=["readable", "unreadable"])
def test_who_may_hand_a_paper_in(offices: None, login: str, outcome: str, readable: bool) -> None:
    data = paper() if readable else paper(debtor={"iin": "1"}, surprise=1)
    # For which office it is meant, an unreadable paper does not tell.
    elsewhere = login.endswith(".trz") and not readable
    if outcome == "403" and not elsewhere:
        with refused("wrong_role", status=403):
            receive(data, by=login)
    elif not readable:
        with refused("invalid", status=422):
            receive(data, by=login)
    else:
        assert receive(data, by=login).state == "received"


def test_a_clerk_hands_in_only_the_papers_of_his_courts(offices: None) -> None:
    appoint("clerk.eco", "clerk", "ALA-ECO", since=DAY)
    with refused("wrong_role", status=403) as refusal:
        receive(paper(issuer="ALA-BOS"), by="clerk.eco")
    assert refusal.value.keys()["facts"] == [
        {"name": "role", "value": "clerk ALA-ECO", "needed": "clerk ALA-BOS"}
    ]
    assert receive(paper(issuer="ALA-ECO"), by="clerk.eco").source.code == "ALA-ECO"
    assert receive(paper(2, issuer=None), by="clerk.eco").source.code == "ALA-ECO"


SEEN = {
    "clerk": True,
    "registrar.ala": True,
    "bailiff.ala": True,
    "senior.ala": True,
    "head.ala": True,
    "auditor.ala": True,
    "prosecutor.ala": True,
    "prosecutor.system": True,
    "administrator": False,
    "registrar.trz": False,
    "bailiff.trz": False,
    "senior.trz": False,
    "head.trz": False,
    "prosecutor.trz": False,
}


def test_who_sees_a_case_of_ala_handed_in_by_a_court(offices: None) -> None:
    case = arrive().case
    assert {login: case in visible_to(user(login)) for login in SEEN} == SEEN


def test_a_clerk_sees_only_what_his_courts_handed_in(offices: None) -> None:
    appoint("clerk.eco", "clerk", "ALA-ECO", since=DAY)
    own = receive(paper(1), by="registrar.ala")
    bostandyk = receive(paper(2))
    economic = receive(paper(3, issuer="ALA-ECO"))
    assert set(visible_to(user("clerk.eco"))) == {economic.case}
    assert set(visible_to(user("clerk"))) == {bostandyk.case, economic.case}
    assert own.case not in visible_to(user("clerk"))


def test_who_has_no_role_sees_nothing(offices: None) -> None:
    arrive()
    nobody = appoint("nobody", "bailiff", "ALA", since=date(2099, 1, 1))
    assert not visible_to(nobody).exists()
    assert Case.objects.exists()


def days(n: int) -> date:
    """The day `n` days from today."""
    return clock.today() + timedelta(days=n)


@pytest.mark.parametrize(
    ("since", "until", "sees"),
    [(-9, None, True), (-9, 1, True), (0, None, True), (-9, 0, False), (1, None, False)],
    ids=["long", "last day", "first day", "ended yesterday", "begins tomorrow"],
)
@pytest.mark.parametrize("role", sorted({"registrar", "auditor"} | OFFICE))
def test_a_role_is_worth_something_only_while_it_lasts(
    offices: None, role: str, since: int, until: int | None, sees: bool
) -> None:
    case = arrive().case
    ends = None if until is None else days(until)
    person = appoint("passer", role, "ALA", since=days(since), until=ends)
    assert (case in visible_to(user(person.login))) is sees


def test_a_bailiff_whose_office_ended_yesterday_cannot_date_an_act_back(offices: None) -> None:
    appoint("former", "bailiff", "ALA", since=days(-9), until=days(0))
    appoint("former", "auditor", "ALA", since=days(0))
    presentation = arrive("defective", on=days(-3))
    with refused("wrong_role", status=403):
        act(presentation, "return_defective", on=days(-1), by="former")


def test_a_bailiff_appointed_today_cannot_date_an_act_before_that(offices: None) -> None:
    appoint("new", "bailiff", "ALA", since=days(0))
    presentation = arrive("defective", on=days(-3))
    with refused("wrong_role", status=403):
        act(presentation, "return_defective", on=days(-1), by="new")
    act(presentation, "return_defective", on=days(0), by="new")


def test_a_clerk_who_left_yesterday_cannot_hand_in_a_paper_as_of_yesterday(offices: None) -> None:
    appoint("left", "clerk", "ALA-BOS", since=days(-9), until=days(0))
    with refused("wrong_role", status=403):
        receive(paper(), on=days(-1), by="left")

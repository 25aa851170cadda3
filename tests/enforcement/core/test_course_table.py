"""Every state x verb x role of the path, as `lifecycle --json` tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.db import transaction

from accounts.models import Office
from enforcement.core.card import VERBS
from enforcement.core.checks import sources
from enforcement.core.http_status import status_of
from enforcement.core.transitions import transitions
from enforcement.initiation import initiate
from enforcement.lifecycle.proceeding import OPEN
from enforcement.models import Proceeding
from law.refusal import Refusal
from tests import standing as corrections
from tests.breadth import at_leisure
from tests.course import PROOF, WITH_ALIMONY, do, for_verb, frozen, hand_in, initiated, later, now
from tests.office import FAULTS, HOLDERS, NEXT, WAYS, act, arrive, settle, user

#: The voluntary term of an offer delivered on NEXT is over.
ON = later(6)
#: Who sees a case of the office ALA without a role for its steps.
BLIND = {"administrator"}
PROCEEDINGS = {
    "initiated": (),
    "suspended": ("suspend",),
    "terminated": ("terminate",),
    "returned": ("return_to_claimant",),
    "transferred": ("transfer",),
    "sent_to_liquidation": ("send_to_liquidation",),
    "annulled": ("annul",),
}
MEASURES = {
    "requested": (),
    "sanctioned": ("grant_sanction",),
    "sanction_refused": ("refuse_sanction",),
    "served": ("grant_sanction", "serve_freeze"),
    "lifted": ("lift",),
    "replaced": ("grant_sanction", "serve_freeze", "replace"),
}
LETTERS = {
    "awaited": (),
    "answered": ("record_reply",),
    "unmet": ("record_breach",),
    "withdrawn": ("withdraw_letter",),
}
POSTPONEMENTS = {"requested": (), "approved": ("approve",), "declined": ("decline",)}
SUBMISSIONS: dict[str, dict[str, dict[str, str]]] = {
    "lodged": {},
    **{
        outcome: {"answer_submission": {"outcome": outcome}}
        for outcome in ("granted", "granted_in_part", "refused")
    },
    "withdrawn": {"withdraw_submission": {}},
    "file_returned": {"return_file": {}},
    "misrecorded": {"correct_record": {}},
}


def table(machine: str) -> dict[str, tuple[set[str], set[tuple[str, str]]]]:
    """Verb -> the roles that may take it, and every (source, target) it leads along."""
    found: dict[str, tuple[set[str], set[tuple[str, str]]]] = {}
    for row in transitions():
        # What only annuls another step is no verb by itself.
        if row["machine"] == machine and row["source"] and row["verb"] in VERBS:
            way = row["source"], row["target"]
            found.setdefault(row["verb"], (set(row["permission"]), set()))[1].add(way)
    return found


def moved(proceeding: Proceeding, **given: Any) -> Any:
    """A transfer needs another office."""
    there = Office.objects.get(code="TRZ")
    return do(proceeding, "transfer", office=there, address="Тараз", act_text="№ 1", **given)


def take(thing: Any, verb: str, **given: Any) -> Any:
    """Any verb of the path with what it asks."""
    if verb == "suspend" and thing.state == "suspended":
        given.setdefault("ground", "SUSP-MAND-04")
    if verb == "transfer":
        return moved(thing, **given)
    if verb == "annul":
        line = thing.case.stream.entries.get(kind="initiated", subject=thing.pk).seq
        told = {"authority": "senior", "reason": PROOF, "by": "senior.ala"}
        return do(thing, "correct", line=line, **told, **given)
    if verb == "end_ground":
        verb = "resume"
    if verb == "correct":
        found = corrections.lines(thing) or [1]
        given |= {"line": found[-1], "authority": "court", "reason": "№ 1"}
    return do(thing, verb, **given)


@contextmanager
def taken_back() -> Iterator[None]:
    """What is done inside is looked at as if committed, then taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def prepared(thing: Any, verb: str) -> None:
    """What a verb wants to find, where the state can have it."""
    if thing.state == "annulled":
        return
    if verb == "end_ground" and thing.state == "suspended":
        do(thing, "suspend", on=NEXT, ground="SUSP-MAND-04")
    if verb == "correct" and thing.state == "initiated":
        do(thing, "attempt_offer", on=NEXT)
    if verb == "foreclose" and thing.state == "initiated":
        do(thing, "deliver_offer", on=NEXT)
    if verb == "return_surplus":
        do(thing, "record_recovery", on=NEXT, amount="9999999.00")
    if verb == "correct" and thing.state == "transferred":
        do(thing, "record_recovery", on=NEXT)
    before = {"end_deferral": "record_deferral", "reimburse_cost": "record_cost"}
    if verb in before and thing.state in OPEN:
        do(thing, before[verb], on=NEXT)


def outcome(thing: Any, verb: str, login: str) -> tuple[str, Any]:
    """("done", state) or ("refused", (code, status))."""
    with taken_back():
        prepared(thing, verb)
        try:
            with transaction.atomic():
                take(now(thing), verb, on=ON, by=login)
                settle()
        except Refusal as refused:
            return "refused", (refused.code, status_of(refused))
        return "done", now(thing).state


def all_of(thing: Any, machine: str, *, but: str = "") -> None:
    """Every verb by every role on a thing as it stands."""
    every = {verb: row for verb, row in table(machine).items() if verb != but}
    for verb, (roles, ways) in every.items():
        here = {target for source, target in ways if source == thing.state}
        for role, login in HOLDERS.items():
            told = outcome(thing, verb, login)
            where = (machine, thing.state, verb, role)
            if role in BLIND:
                assert told == ("refused", ("not_found", 404)), where
            elif role not in roles:
                assert told == ("refused", ("wrong_role", 403)), where
            elif not here:
                assert told == ("refused", ("wrong_state", 409)), where
            else:
                assert told[0] == "done", (where, told)
                assert told[1] in here, (where, told)


@pytest.mark.rule("BAIL-DEC-01")
@pytest.mark.parametrize("state", at_leisure(PROCEEDINGS, but=["suspended", "terminated"]))
def test_every_verb_by_every_role_in_every_state_of_a_proceeding(offices: None, state: str) -> None:
    proceeding = for_verb("send_to_liquidation", debts=WITH_ALIMONY)
    for verb in PROCEEDINGS[state]:
        take(proceeding, verb)
    assert now(proceeding).state == state
    all_of(now(proceeding), "proceeding")


@pytest.mark.parametrize("state", at_leisure(MEASURES, but=["requested", "served"]))
@pytest.mark.rule("PROS-PWR-03", "SANCT-01", "SEC-REPL-02")
def test_every_verb_by_every_role_in_every_state_of_a_measure(offices: None, state: str) -> None:
    measure = do(initiated(), "request_freeze")
    for verb in MEASURES[state]:
        by = "prosecutor.ala" if verb.endswith("sanction") else "bailiff.ala"
        do(measure, verb, by=by)
    assert now(measure).state == state
    all_of(now(measure), "measure")


def test_what_needs_no_sanction_is_replaced_and_lifted_but_by_no_prosecutor(offices: None) -> None:
    measure = do(initiated(), "secure")
    assert now(measure).state == "served"
    ended = {
        verb: {login: outcome(measure, verb, login) for login in ("bailiff.ala", "prosecutor.ala")}
        for verb in ("replace", "lift", "grant_sanction", "serve_freeze")
    }
    role, state = ("wrong_role", 403), ("wrong_state", 409)
    assert ended["replace"] == {
        "bailiff.ala": ("done", "replaced"),
        "prosecutor.ala": ("refused", role),
    }
    assert ended["lift"] == {"bailiff.ala": ("done", "lifted"), "prosecutor.ala": ("refused", role)}
    assert ended["grant_sanction"] == {
        "bailiff.ala": ("refused", role),
        "prosecutor.ala": ("refused", state),
    }
    assert ended["serve_freeze"] == {
        "bailiff.ala": ("refused", state),
        "prosecutor.ala": ("refused", role),
    }


@pytest.mark.parametrize("state", POSTPONEMENTS)
@pytest.mark.rule("POSTP-02")
def test_every_verb_by_every_role_in_every_state_of_a_postponement(
    offices: None, state: str
) -> None:
    postponement = do(initiated(), "postpone")
    for verb in POSTPONEMENTS[state]:
        do(postponement, verb, by="senior.ala")
    assert now(postponement).state == state
    all_of(now(postponement), "postponement")


@pytest.mark.parametrize("state", SUBMISSIONS)
@pytest.mark.rule("BAIL-DUTY-03")
def test_every_verb_by_every_role_in_every_state_of_a_submission(offices: None, state: str) -> None:
    proceeding, file = initiated(), state == "file_returned"
    asked = (
        do(proceeding.presentation, "supervise") if file else hand_in(proceeding, "petition_other")
    )
    for verb, given in SUBMISSIONS[state].items():
        if verb == "correct_record":
            line = asked.case.stream.entries.get(kind="submitted").seq
            told = {"line": line, "authority": "own", "reason": PROOF}
            do(asked.presentation, verb, **told)
        else:
            do(asked, verb, **given)
    assert now(asked).state == state
    # A file comes back, the rest is answered.
    all_of(now(asked), "submission", but="" if file or state != "lodged" else "return_file")


@pytest.mark.parametrize("state", at_leisure(LETTERS, but=["awaited", "unmet"]))
@pytest.mark.rule("BAIL-BIND-01")
def test_every_verb_by_every_role_in_every_state_of_a_letter(offices: None, state: str) -> None:
    [letter] = do(initiated(), "send_letter")
    for verb in LETTERS[state]:
        do(letter, verb)
    assert now(letter).state == state
    all_of(now(letter), "letter")


def test_the_states_tried_are_all_there_are() -> None:
    known: dict[str, set[str]] = {}
    for row in transitions():
        known.setdefault(row["machine"], set()).add(row["target"])
    assert known["proceeding"] == set(PROCEEDINGS)
    assert known["measure"] == set(MEASURES)
    assert known["postponement"] == set(POSTPONEMENTS)
    assert known["submission"] == set(SUBMISSIONS)
    assert known["letter"] == set(LETTERS)


@pytest.mark.parametrize("state", [*WAYS, "admitted"])
def test_a_document_is_admitted_once_by_a_bailiff_of_its_office(offices: None, state: str) -> None:
    if state == "admitted":
        presentation = initiated().presentation
    else:
        verdict, verb = WAYS[state]
        presentation = arrive(verdict)
        if verb:
            act(presentation, verb)
    for login in HOLDERS.values():
        told = None
        with taken_back():
            try:
                initiate(presentation, on=ON, by=user(login))
            except Refusal as refused:
                told = refused.code
        may = login in {"bailiff.ala", "senior.ala", "head.ala"}
        needed = "not_found" if login == "administrator" else "wrong_role"
        assert told == (needed if not may else None if state == "received" else "wrong_state")


@pytest.mark.parametrize("verdict", [v for v in FAULTS if v != "accept"])
@pytest.mark.rule("INIT-01")
def test_only_what_the_law_accepts_is_admitted(offices: None, verdict: str) -> None:
    with pytest.raises(Refusal) as refused:
        initiate(arrive(verdict), on=ON, by=user("bailiff.ala"))
    assert (refused.value.code, status_of(refused.value)) == ("verdict_differs", 422)


@pytest.mark.parametrize("login", ["bailiff.trz", "prosecutor.trz", "head.trz"])
def test_for_strangers_there_is_no_proceeding_and_no_freeze(offices: None, login: str) -> None:
    proceeding = initiated()
    measure = frozen(proceeding)
    tried: list[Callable[[], Any]] = [
        lambda: take(proceeding, "terminate", on=ON, by=login),
        lambda: take(measure, "lift", on=ON, by=login),
        lambda: take(measure, "grant_sanction", on=ON, by=login),
    ]
    for attempt in tried:
        with pytest.raises(Refusal) as refused:
            attempt()
        assert (refused.value.code, status_of(refused.value)) == ("not_found", 404)


def test_a_refusal_says_from_which_states_the_step_is_possible(offices: None) -> None:
    proceeding = initiated()
    take(proceeding, "terminate")
    with pytest.raises(Refusal) as refused:
        take(proceeding, "suspend", on=ON)
    [fact] = refused.value.facts
    assert (fact.value, fact.needed) == ("terminated", ", ".join(sources(proceeding, "suspend")))
    assert refused.value.possible == (
        *("correct", "record_knowledge", "record_performance", "record_recovery"),
        "return_surplus",
    )
    with suppress(Refusal):
        take(proceeding, "resume", on=ON)
    assert now(proceeding).state == "terminated"

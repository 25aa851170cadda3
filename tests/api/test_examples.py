"""A court's system hands the examples in, one by one, each on its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from enforcement.models import Presentation
from tests.api.asking import Caller, problem
from tests.office import DAY, DOCUMENTS, NEXT, act, afresh, census, example, paper, received_on

#: What an `expect` says of proceedings that do not begin with the arrival.
LATER = {"completion_due_if_initiated_on"}
RECEIPT = {"id", "case", "number", "ref", "state", "verdict", "deadlines"}
DEADLINE = {
    "rule", "scope", "starts_on", "due_on", "safe_on", "status", "days_left", "provisional",
}  # fmt: skip


@pytest.mark.rule("PRES-MISSED-01", "WRIT-ONE-01", "TERM-TRANSFER-3D")
def test_every_example_gets_what_it_expects(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    court = Caller()
    for ref in DOCUMENTS:
        set_clock(received_on(ref))
        answer = court.send(example(ref))
        expected = {k: v for k, v in DOCUMENTS[ref]["expect"].items() if k not in LATER}
        found = answer.json()
        told = {key: found["verdict"].get(key) for key in expected}
        assert (ref, told) == (ref, expected)
        assert (ref, answer.status_code) == (ref, 422 if ref == "15" else 201)
        if ref != "15":
            assert set(found) == RECEIPT
            assert (found["ref"], found["state"]) == (ref, "received")
            assert all(set(term) == DEADLINE for term in found["deadlines"])


def test_an_invalid_example_is_a_problem_that_names_its_field_and_stores_nothing(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    court = Caller()
    set_clock(received_on("15"))
    before = census()
    answer = court.send(example("15"))
    found = problem(answer)
    assert (answer.status_code, found["code"]) == (422, "invalid")
    assert [(e["field"], e["code"]) for e in found["errors"]] == [("debtors[0].iin", "check_digit")]
    assert found["rule"] == "WRIT-CONT-06"
    assert census() == before


def test_a_duty_of_the_office_also_has_its_safe_date(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    set_clock(received_on("05"))
    answer = Caller().send(example("05")).json()
    (term,) = answer["deadlines"]
    assert term == {
        "rule": "TERM-DEFECT-3D",
        "scope": f"presentation:{answer['id']}",
        "starts_on": "2026-07-09",
        "due_on": "2026-07-13",
        "safe_on": "2026-07-10",
        "status": "running",
        "days_left": 4,
        "provisional": False,
    }


def test_the_same_key_and_body_again_give_the_same_answer(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    court = Caller()
    set_clock(DAY)
    first = court.send(paper(verdict="defective"))
    assert first.status_code == 201
    presentation = Presentation.objects.get()
    act(presentation, "return_defective", on=DAY)
    set_clock(NEXT)
    before = census()
    again = court.send(paper(verdict="defective"))
    assert (again.status_code, again.json()) == (200, first.json())
    assert census() == before
    assert afresh(presentation).state == "returned_defective"


def test_the_order_of_keys_in_a_body_does_not_matter(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    court = Caller()
    set_clock(DAY)
    data = paper()
    assert court.send(data).status_code == 201
    assert court.send(dict(reversed(data.items()))).status_code == 200


def test_the_same_key_with_another_body_is_a_conflict(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    court = Caller()
    set_clock(DAY)
    court.send(paper())
    before = census()
    # The key is the sender's own: the paper of another of its courts is another paper too.
    for change in ({"operative": "Басқа мәтін."}, {"issuer": "TRZ-CIV"}):
        answer = court.send(paper(**change))
        found = problem(answer)
        assert (answer.status_code, found["code"]) == (409, "ref_taken")
        assert found["facts"][0]["value"] == "T-1"
        assert [(e["field"], e["code"]) for e in found["errors"]] == [("ref", "taken")]
    assert census() == before


@pytest.mark.parametrize("login", ["prosecutor.system", "auditor.ala", "administrator"])
def test_who_hands_in_no_papers_is_told_so(
    offices: None, set_clock: Callable[[date], None], login: str
) -> None:
    caller = Caller(login)
    set_clock(DAY)
    before = census()
    for body in (paper(), paper(surprise=1), {}):
        answer = caller.send(body)
        assert (answer.status_code, problem(answer)["code"]) == (403, "wrong_role")
    assert census() == before


def test_a_registrar_s_token_registers_for_his_own_office_only(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    caller = Caller("registrar.trz")
    set_clock(DAY)
    assert caller.send(paper()).status_code == 403
    answer = caller.send(paper(office="TRZ", debtor={"city": "Тараз"}))
    assert (answer.status_code, answer.json()["number"]) == (201, "TRZ-2026-00001")


@pytest.mark.rule("INTERR-02", "RESTORE-01", "ELEM-STD-03")
def test_what_is_told_beside_a_paper_is_told_by_api_as_by_the_form(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    set_clock(DAY)
    court, office = Caller(), Caller("registrar.ala")
    proof = {"on": "2024-02-01", "proof": "№ 118 төлем тапсырмасы"}
    restored = {"court": "Бостандық аудандық соты", "number": "2-118", "on": "2026-03-02"}
    for n, told in enumerate(({}, {"interruptions": [proof]}, {"restored": restored})):
        verdict = court.send(paper(n, verdict="late", **told)).json()["verdict"]
        assert verdict["verdict"] == ("accept" if told else "late")
    applied = {"on": "2026-03-06", "channel": "claimant"}
    friday = {"received_on": "2026-03-06", "application": applied}
    refused = problem(court.send(paper(5, **friday)))
    assert [(e["field"], e["code"]) for e in refused["errors"]] == [("received_on", "office_only")]
    [term] = [
        each
        for each in office.send(paper(6, **friday)).json()["deadlines"]
        if each["rule"] == "TERM-OFFER-3D"
    ]
    assert (term["starts_on"], term["due_on"]) == ("2026-03-06", "2026-03-10")

"""Two people at one moment: one wins, the other is told so, and nobody waits for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from deadlines.actions import differences
from enforcement.core import sweep as terms
from enforcement.core.http_status import status_of
from enforcement.models import Case, Debt, Participant, Presentation
from enforcement.people.correcting import correct_intake
from journal.models import Entry
from journal.queries import verify
from law.refusal import Refusal
from parties.models import Party
from tests import arriving as intake
from tests.at_once import at_once
from tests.enforcement.core.ways import AT_ANY_TIME
from tests.office import DAY, NEXT, afresh, arrive, lines, open_offices, paper, receive, user
from tests.platform.database import FreshDatabase

PDF = b"%PDF-1.7 invented"
ROUNDS = 20


@pytest.fixture(autouse=True)
def people(fresh_database: FreshDatabase) -> None:
    """A database of the test's own with the demo's people: threads commit."""
    open_offices()


def split(ended: list[Any]) -> tuple[list[Any], list[Refusal]]:
    """Who won, and whose step was refused; anything else is a fault."""
    lost = [each for each in ended if isinstance(each, Refusal)]
    faults = [each for each in ended if isinstance(each, Exception) and each not in lost]
    assert faults == []
    return [each for each in ended if not isinstance(each, Exception)], lost


def sound() -> None:
    """The journal is whole and the terms are what it says."""
    assert verify()["faults"] == []
    assert [d for case in Case.objects.all() for d in differences(case.stream)] == []


def signs(verb: str, presentation: Presentation, login: str) -> Callable[[], Any]:
    """A step of somebody who read the file, on a screen of his own, before the others acted."""
    return partial(intake.VERBS[verb], afresh(presentation), on=NEXT, by=user(login))


@pytest.mark.parametrize(
    ("verb", "verdict"),
    [
        ("return_defective", "defective"),
        ("refuse_late", "late"),
        ("send_on", "wrong_territory"),
        ("record_already_received", "already_received"),
    ],
)
def test_of_two_who_take_the_same_step_one_wins(verb: str, verdict: str) -> None:
    for number in range(ROUNDS // 4):
        presentation = arrive(verdict, number)
        both = [signs(verb, presentation, each) for each in ("bailiff.ala", "head.ala")]
        won, lost = split(at_once(*both))
        assert len(won) == len(lost) == 1
        assert (lost[0].code, status_of(lost[0])) == ("wrong_state", 409)
        assert set(lost[0].possible) - {"add_restored_term"} == AT_ANY_TIME
        assert Entry.objects.filter(subject=presentation.pk).count() == 2
    sound()


def test_of_two_conflicting_steps_one_wins_and_the_other_is_refused() -> None:
    outcomes = set()
    for number in range(ROUNDS):
        presentation = arrive("defective", number)
        returns = signs("return_defective", presentation, "bailiff.ala")
        sends = signs("send_on", presentation, "head.ala")
        returned, sent = at_once(returns, sends)
        assert not isinstance(returned, Exception)
        assert isinstance(sent, Refusal)
        outcomes.add((sent.code, status_of(sent)))
        assert afresh(presentation).state == "returned_defective"
    assert outcomes <= {("wrong_state", 409), ("verdict_differs", 422)}
    sound()


def test_a_file_comes_before_the_decision_or_after_it() -> None:
    for number in range(ROUNDS // 2):
        presentation = arrive("defective", number)
        returns = signs("return_defective", presentation, "bailiff.ala")
        registrar = user("registrar.ala")
        attaches = partial(
            intake.attach, presentation, name="a", content=PDF, on=NEXT, by=registrar
        )
        returned, attached = at_once(returns, attaches)
        assert not isinstance(returned, Exception)
        assert not isinstance(attached, Exception)
        kinds = [kind for kind, _on in lines(presentation)]
        assert (kinds[0], set(kinds[1:])) == ("received", {"attached", "returned_defective"})
    sound()


def test_the_same_paper_sent_twice_at_once_is_registered_once() -> None:
    for number in range(ROUNDS):
        data = paper(number)
        both = [partial(intake.receive, data, on=DAY, by=user("court.system")) for _ in range(2)]
        won, lost = split(at_once(*both))
        assert lost == []
        assert sorted(receipt.created for receipt in won) == [False, True]
        assert len({receipt.presentation.pk for receipt in won}) == 1
    assert Case.objects.count() == Presentation.objects.count() == ROUNDS
    sound()


def test_two_papers_with_one_key_at_once_leave_one() -> None:
    for number in range(ROUNDS):
        papers = [paper(number, case_number=f"{number}/{n}") for n in range(2)]
        both = [partial(intake.receive, each, on=DAY, by=user("clerk")) for each in papers]
        won, lost = split(at_once(*both))
        assert len(won) == 1
        assert [(refusal.code, status_of(refusal)) for refusal in lost] == [("ref_taken", 409)]


def test_of_two_arrivals_of_one_paper_exactly_one_is_the_second() -> None:
    for number in range(ROUNDS):
        city = {"office": "TRZ", "debtor": {"city": "Тараз"}}
        papers = [
            paper(number),
            paper(number, ref=f"other {number}", **(city if number % 2 else {})),
        ]
        both = [partial(intake.receive, each, on=DAY, by=user("clerk")) for each in papers]
        won, lost = split(at_once(*both))
        assert lost == []
        verdicts = sorted(receipt.presentation.verdict["verdict"] for receipt in won)
        assert verdicts == ["accept", "already_received"]
    sound()


@pytest.mark.parametrize("other", ["arrives", "is corrected"])
def test_of_two_that_become_one_paper_at_once_exactly_one_is_the_second(other: str) -> None:
    for number in range(ROUNDS):
        wrong = [
            receive(paper(f"{number}-{n}", case_number=f"{number}/{n}"), by="registrar.ala")
            for n in range(2)
        ]
        right = f"7514-26-00-2/{number}"
        told = {"values": {"case_number": right}, "reason": "№ 1", "by": user("registrar.ala")}
        both = [partial(correct_intake, each, on=DAY, **told) for each in wrong]
        if other == "arrives":
            data = paper(f"{number}-third", case_number=right)
            both[1] = partial(intake.receive, data, on=DAY, by=user("clerk"))
        won, lost = split(at_once(*both))
        assert (len(won), lost) == (2, [])
        same = Presentation.objects.filter(document__case_number=right)
        verdicts = sorted(each.verdict["verdict"] for each in same)
        assert verdicts == ["accept", "already_received"]
        assert Debt.objects.filter(presentation__in=same).values("claim").distinct().count() == 1
    sound()


def naming(number: int, first: str, second: str, office: str) -> dict[str, Any]:
    """A paper of an office in which `first` claims and `second` owes."""
    people = {
        iin: {"kind": "natural", "name": name, "iin": iin, "city": "Ақтау", "address_kk": address}
        for iin, name, address in (
            (AKHMETOV, "Ахметов Серік Болатұлы", f"Абай даңғ., {number}-үй"),
            (OMAROV, "Омаров Дәурен Ерланұлы", f"Төле би даңғ., {number}-үй"),
        )
    }
    named = {"claimants": [people[first]], "debtors": [people[second]]}
    return paper(f"{office}-{number}", office=office, issuer="ALA-ECO", **named)


AKHMETOV, OMAROV = "850314300122", "790622301449"


@pytest.mark.parametrize("addressed", ["both", "one"])
def test_two_papers_that_name_the_same_people_crosswise_do_not_wait_for_each_other(
    addressed: str,
) -> None:
    for number in range(ROUNDS):
        on = DAY + timedelta(days=number)
        one = naming(number, AKHMETOV, OMAROV, "ALA")
        other = naming(number, OMAROV, AKHMETOV, "TRZ")
        if addressed == "one":  # whose address is not told is not moved, hence not locked
            one["debtors"][0] |= {"city": "", "address_kk": ""}
        both = [partial(intake.receive, each, on=on, by=user("clerk")) for each in (one, other)]
        won, lost = split(at_once(*both))
        assert (len(won), lost) == (2, [])
    assert Party.objects.count() == 2
    assert Participant.objects.count() == 4 * ROUNDS


def test_case_numbers_have_no_gap_however_many_arrive_at_once() -> None:
    def several(office: str, n: int) -> None:
        for m in range(5):
            receive(naming(1000 + 5 * n + m, AKHMETOV, OMAROV, office), by="clerk")

    ended = at_once(*(partial(several, office, n) for n in range(3) for office in ("ALA", "TRZ")))
    assert ended == [None] * 6
    for office in ("ALA", "TRZ"):
        numbers = Case.objects.filter(office__code=office).values_list("number", flat=True)
        assert sorted(numbers) == list(range(1, 16))


def test_a_term_that_runs_out_while_somebody_acts_is_told_once() -> None:
    late: date = DAY + timedelta(days=30)
    for number in range(ROUNDS // 2):
        presentation = arrive("defective", number)
        returns = partial(intake.return_defective, presentation, on=late, by=user("bailiff.ala"))
        sweeps = partial(terms.expire, presentation.case.stream_id, on=late)
        won, lost = split(at_once(returns, sweeps, sweeps))
        assert (len(won), lost) == (3, [])
        kinds = sorted(kind for kind, _on in lines(presentation))
        assert kinds == ["expired", "received", "returned_defective"]
        row = presentation.case.stream.deadlines.get(rule="TERM-DEFECT-3D")
        assert (str(row.due_on), row.status) == ("2026-03-13", "expired")
    sound()

"""Two systems that ask at one moment get answers, not faults."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from enforcement.models import Presentation
from journal.models import Entry
from tests.api.asking import Caller, problem
from tests.at_once import at_once
from tests.office import DAY, open_offices, paper
from tests.platform.database import FreshDatabase

ROUNDS = 10


@pytest.fixture
def courts(
    fresh_database: FreshDatabase, set_clock: Callable[[date], None]
) -> tuple[Caller, Caller]:
    """Two clients of the courts' system, on DAY."""
    open_offices()
    set_clock(DAY)
    return Caller(), Caller()


def test_the_same_paper_posted_twice_at_once_gives_one_receipt_twice(
    courts: tuple[Caller, Caller],
) -> None:
    for number in range(ROUNDS):
        answers = at_once(*(partial(court.send, paper(number)) for court in courts))
        assert sorted(answer.status_code for answer in answers) == [200, 201]
        assert answers[0].json() == answers[1].json()
    assert Presentation.objects.count() == Entry.objects.count() == ROUNDS


def test_two_papers_posted_at_once_with_one_key_give_a_receipt_and_a_conflict(
    courts: tuple[Caller, Caller],
) -> None:
    for number in range(ROUNDS):
        bodies = [paper(number, operative=text) for text in ("Бірінші.", "Екінші.")]
        sent = [partial(court.send, body) for court, body in zip(courts, bodies, strict=True)]
        answers = sorted(at_once(*sent), key=lambda answer: answer.status_code)
        assert [answer.status_code for answer in answers] == [201, 409]
        assert problem(answers[1])["code"] == "ref_taken"


@pytest.mark.rule("WRIT-ONE-01")
def test_one_paper_posted_at_once_under_two_keys_is_received_once(
    courts: tuple[Caller, Caller],
) -> None:
    for number in range(ROUNDS):
        bodies = [paper(number, ref=f"{number}-{n}") for n in range(2)]
        sent = [partial(court.send, body) for court, body in zip(courts, bodies, strict=True)]
        first, second = sorted(
            (answer.json() for answer in at_once(*sent)),
            key=lambda receipt: receipt["verdict"]["verdict"],
        )
        assert first["verdict"]["verdict"] == "accept"
        assert second["verdict"]["verdict"] == "already_received"
        assert second["verdict"]["of"] == first["ref"]
        assert second["case"] == first["case"]

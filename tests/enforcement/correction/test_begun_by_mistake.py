"""What was begun by mistake is annulled, and its document waits as before."""

from __future__ import annotations

from typing import Any

import pytest

from enforcement.models import Outgoing, Presentation, Proceeding
from tests.course import (
    PROOF,
    WITH_ALIMONY,
    begun,
    do,
    initiated,
    later,
    now,
    papers,
    sound,
    told_in_three_languages,
)
from tests.desk import Desk
from tests.office import NEXT, afresh, arrive, example, receive, received_on, refused, terms, user
from tests.standing import lines


def annul(proceeding: Proceeding, *, by: str = "senior.ala", **given: Any) -> Any:
    """Annul the line by which the proceeding began."""
    seq = proceeding.case.stream.entries.get(kind="initiated", subject=proceeding.pk).seq
    told = {"authority": "senior", "reason": "Басқа борышкерге қатысты", "on": NEXT, **given}
    return do(now(proceeding), "correct", line=seq, by=by, **told)


def test_the_arrival_waits_as_before_and_can_be_initiated_again(offices: None) -> None:
    arrival = arrive()
    before = terms(arrival)
    [proceeding] = begun(arrival, on=NEXT)
    do(proceeding, "deliver_offer")
    annul(proceeding)
    assert now(proceeding).state == "annulled"
    assert afresh(arrival).state == "received"
    assert {rule: told for rule, told in terms(arrival).items() if told[1] != "cancelled"} == before
    assert not Outgoing.objects.filter(paper__entry__subject=proceeding.pk).exists()
    sound()
    again = begun(afresh(arrival), on=NEXT)[-1]
    assert (again.ordinal, again.state, again.debtor_id) == (2, "initiated", proceeding.debtor_id)
    assert papers(arrival.case) == ["initiate", "offer"] * 2
    sound()


def test_the_page_shows_the_papers_annulled_and_the_document_waiting(offices: None) -> None:
    arrival = arrive()
    [proceeding] = begun(arrival, on=NEXT)
    annul(proceeding)
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    page = desk.get(f"/cases/{arrival.case_id}")
    assert page.context["state"] == "received"
    assert [paper["void"] for paper in page.context["papers"]] == [True, True]
    assert [each["state"] for each in page.context["earlier"]] == ["annulled"]
    assert 'data-verb="initiate" data-possible="yes"' in page.content.decode()


@pytest.mark.parametrize(
    ("steps", "says", "instead"),
    [
        (["request_freeze"], "initiation_stands.secured", ()),
        (["secure"], "initiation_stands.secured", ("lift",)),
        (["record_recovery"], "initiation_stands.paid", ("correct",)),
        (["record_cost"], "initiation_stands.spent", ("correct",)),
        (["postpone"], "initiation_stands.asked", ()),
    ],
)
def test_what_hangs_on_it_is_undone_first(
    offices: None, steps: list[str], says: str, instead: tuple[str, ...]
) -> None:
    [proceeding] = begun(arrive(), on=NEXT)
    for verb in steps:
        do(now(proceeding), verb)
    with refused("initiation_stands", status=409) as caught:
        annul(proceeding)
    assert caught.value.says == says
    told_in_three_languages(caught.value)
    assert set(instead) <= {"lift", "correct"}


def test_money_for_payments_that_come_again_hangs_on_it_too(offices: None) -> None:
    proceeding = initiated(debts=WITH_ALIMONY[1:])
    do(proceeding, "record_recovery")
    with refused("initiation_stands", status=409) as caught:
        annul(proceeding)
    assert caught.value.says == "initiation_stands.paid"


def test_once_undone_it_hinders_no_more(offices: None) -> None:
    [proceeding] = begun(arrive(), on=NEXT)
    paid = do(proceeding, "record_recovery")
    do(now(proceeding), "correct", line=paid.seq, authority="own", reason=PROOF)
    annul(proceeding)
    assert now(proceeding).state == "annulled"
    sound()


def test_what_changed_its_state_since_is_annulled_before_it(offices: None) -> None:
    [proceeding] = begun(arrive(), on=NEXT)
    stopped = do(proceeding, "suspend")
    assert lines(now(proceeding)) == [stopped.seq]
    with refused("not_correctable", status=409):
        annul(proceeding)
    do(
        now(proceeding),
        "correct",
        line=stopped.seq,
        authority="senior",
        reason="№ 1",
        by="senior.ala",
    )
    annul(proceeding)
    sound()


def test_one_of_several_debtors_leaves_the_others_and_the_arrival(offices: None) -> None:
    on = received_on("12")
    arrival: Presentation = receive(example("12"), on=on, by="clerk")
    first, second = begun(arrival, on=on)
    annul(first, on=on)
    assert afresh(arrival).state == "admitted"
    annul(second, on=on)
    assert afresh(arrival).state == "received"
    sound([arrival.case])


def test_a_bailiff_annuls_but_his_own_slip_of_the_same_day(offices: None) -> None:
    [proceeding] = begun(arrive(), on=NEXT)
    with refused("wrong_authority", status=403):
        annul(proceeding, by="bailiff.ala")
    with refused("wrong_authority", status=403):
        annul(proceeding, by="bailiff.ala", authority="own", on=later(1))
    annul(proceeding, by="bailiff.ala", authority="own")
    assert now(proceeding).state == "annulled"

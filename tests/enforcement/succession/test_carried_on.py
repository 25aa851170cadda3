"""A document goes to another office, or comes again: in whose place its parties came, and who acts
for them, goes with it."""

from __future__ import annotations

from typing import Any, Final

import pytest

from accounts.models import Office
from enforcement.facts.engaged import engaged_of
from enforcement.facts.frozen import frozen as frozen_already
from enforcement.facts.queries import people_of, read, with_facts
from enforcement.models import Engagement, Presentation, Proceeding, Succession, Transfer
from enforcement.transfer import accept_transfer
from tests import standing as money
from tests.course import PROOF, begun, do, frozen, initiated, kinds, later, now, sound
from tests.enforcement.engagement.test_representatives import entrusted
from tests.enforcement.intake.test_second_writs import SERIK
from tests.enforcement.succession.test_one_place import AGAIN, AN_HEIR, FIRM, SUM, again
from tests.enforcement.succession.test_successors import HEIR, replaced
from tests.office import NEXT, paper, receive, user

CITIES: Final = {"TRZ": "Тараз", "ALA": "Алматы"}


def moved(proceeding: Proceeding, to: str, *, days: int, by: str) -> Proceeding:
    """The document sent to another office, accepted and begun on there."""
    there, told = Office.objects.get(code=to), {"address": f"{CITIES[to]}, 1-үй"}
    on = later(days)
    do(now(proceeding), "transfer", office=there, act_text=PROOF, on=on, by=by, **told)
    sent = Transfer.objects.get(proceeding=proceeding)
    bailiff = f"bailiff.{to.lower()}"
    arrival = accept_transfer(sent, on=on, by=user(bailiff))
    [found] = begun(Presentation.objects.get(pk=arrival.pk), on=on, by=bailiff)
    return found


def before_of(thing: Any) -> list[str]:
    """In whose places the people of an arrival came."""
    found = with_facts(type(thing)).get(pk=thing.pk)
    return [each["before"]["kk"] for each in people_of(found) if each["before"]]


@pytest.mark.rule("SUCC-01", "TERM-TRANSFER-3D")
def test_another_office_knows_in_whose_place_the_debtor_came_and_who_acts(offices: None) -> None:
    proceeding = initiated()
    former, claimant = proceeding.debtor.name_kk, _claimant(proceeding)
    replaced(proceeding)
    replaced(proceeding, **FIRM)
    entrusted(proceeding, whom="debtors[0]", on=later(3))
    gone = _engaged(proceeding, entrusted(proceeding, on=later(3)))
    do(proceeding.presentation, "end_engagement", engagement=gone, on=later(3))
    there = moved(proceeding, "TRZ", days=4, by="bailiff.ala")
    assert sorted(before_of(there)) == sorted([former, claimant.name_kk])
    [agent] = Engagement.objects.filter(presentation=there.presentation)
    assert (agent.whom, agent.since) == (there.debtor, later(4))
    lines = kinds(there.case)
    assert lines[:4] == ["received", "succession_carried", "succession_carried", "engaged"]
    do(now(there), "suspend", on=later(5), by="bailiff.trz")
    sound()


def _claimant(proceeding: Proceeding) -> Any:
    return proceeding.presentation.participants.get(role="claimant")


def _engaged(proceeding: Proceeding, line: Any) -> Any:
    found = with_facts(Presentation).get(pk=proceeding.presentation_id)
    key = line.facts["engagement"]
    return next(each for each in engaged_of(found) if each.id == key)


@pytest.mark.rule("SUCC-01", "SEC-01")
@pytest.mark.parametrize("where", ["first", "second", "third"])
def test_a_freeze_two_offices_back_is_still_seen(offices: None, where: str) -> None:
    first = initiated()
    frozen(first, amount="1000.00")
    if where == "first":
        replaced(first)
    second = moved(first, "TRZ", days=3, by="bailiff.ala")
    if where == "second":
        replaced(second, on=later(4), by="bailiff.trz")
    third = moved(second, "ALA", days=5, by="bailiff.trz")
    if where == "third":
        replaced(third, on=later(6))
    third = now(third)
    assert str(frozen_already(third, read(third)).total) == "1000.00"


@pytest.mark.rule("SUCC-01", "REPRES-01")
@pytest.mark.parametrize("named", [SERIK, AN_HEIR], ids=["former", "heir"])
def test_presented_again_it_is_executed_against_the_heir_whomever_it_names(
    offices: None, named: dict[str, Any]
) -> None:
    [first] = begun(receive(paper(1, debtors=[SERIK], debts=[SUM])), on=NEXT)
    replaced(first)
    entrusted(first, whom="debtors[0]", on=later(3))
    do(now(first), "return_to_claimant", on=later(3))
    arrival = again(named)
    [second] = begun(arrival, on=AGAIN)
    assert second.debtor.name_kk == HEIR
    assert second.debtor.party == now(first).debtor.party
    assert before_of(second) == [SERIK["name"]]
    assert str(money.balance(second)) == "1000.00"
    acting = Engagement.objects.filter(whom=second.debtor)
    assert [each.name for each in acting] == [each.name for each in first.debtor.engaged.all()]
    assert now(arrival).handed_in is None
    sound()


def test_whose_power_is_over_by_then_acts_no_more(offices: None) -> None:
    [first] = begun(receive(paper(1, debtors=[SERIK], debts=[SUM])), on=NEXT)
    entrusted(first, whom="debtors[0]", authority__lasts_until=later(9))
    do(now(first), "return_to_claimant", on=later(3))
    assert later(9) < AGAIN
    arrival = again(SERIK)
    assert Engagement.objects.filter(presentation=arrival).count() == 0


def test_what_comes_again_to_another_office_shows_the_power_there_anew(offices: None) -> None:
    """Whoever is engaged there shows his power to the bailiff of that office."""
    [first] = begun(receive(paper(1, debtors=[SERIK], debts=[SUM])), on=NEXT)
    entrusted(first)
    replaced(first)
    do(now(first), "return_to_claimant", on=later(3))
    arrival = receive(
        paper(1, ref="there", debtors=[{**SERIK, "city": "Тараз"}], debts=[SUM], office="TRZ"),
        on=AGAIN,
    )
    assert Succession.objects.filter(participant__presentation=arrival).count() == 1
    assert Engagement.objects.filter(presentation=arrival).count() == 0


def test_a_second_copy_stands_for_nobody(offices: None) -> None:
    [first] = begun(receive(paper(1, debtors=[SERIK], debts=[SUM])), on=NEXT)
    replaced(first)
    copy = again(SERIK)
    assert copy.verdict["verdict"] == "already_received"
    assert before_of(copy) == []

"""A successor who is a party already: nobody owes himself, nor is proceeded against twice for one
claim (SUCC-01)."""

from __future__ import annotations

from typing import Any, Final

import pytest

from enforcement.models import Proceeding
from tests.course import begun, now, sound, told_in_three_languages
from tests.enforcement.succession.test_successors import EVENT, replaced
from tests.examples.papers import people
from tests.office import NEXT, paper, receive, refused

SERIK, VIKTOR, THIRD = ({**each, "city": "Алматы"} for each in people(3))
SUM: Final[dict[str, Any]] = {"claimant": 0, "debtors": [0], "amount": "1000.00"}
JOINT: Final = [{**SUM, "debtors": [0, 1], "joint": True}]
APART: Final = [SUM, {**SUM, "debtors": [1], "amount": "300.00"}]


def running(**told: Any) -> list[Proceeding]:
    return begun(receive(paper(1, **told)), on=NEXT)


def succeeded(proceeding: Proceeding, by: dict[str, Any], **changes: Any) -> Any:
    told = {"name_kk": by["name"], "number": by["iin"]} | changes
    return replaced(proceeding, **told)


@pytest.mark.rule("SUCC-01", "PARTY-MULTI-01")
def test_who_owes_it_jointly_already_is_not_proceeded_against_twice(offices: None) -> None:
    one, other = running(debtors=[SERIK, VIKTOR], debts=JOINT)
    with refused("owes_already", status=409) as caught:
        succeeded(one, VIKTOR)
    told_in_three_languages(caught.value)
    assert caught.value.possible == ("terminate",)
    assert now(other).state == "initiated"
    succeeded(one, THIRD)
    sound()


def test_who_owes_it_on_another_writ_of_the_decision_is_known_too(offices: None) -> None:
    [one] = running(debtors=[SERIK], debts=[{**SUM, "joint": True}])
    joint = {"debtors": [VIKTOR], "debts": [{**SUM, "joint": True}], "part": "2"}
    begun(receive(paper(1, ref="part", **joint), on=NEXT), on=NEXT)
    with refused("owes_already", status=409):
        succeeded(one, VIKTOR)


@pytest.mark.rule("SUCC-01")
def test_who_owes_another_claim_of_the_paper_can_be_the_heir(offices: None) -> None:
    one, other = running(debtors=[SERIK, VIKTOR], debts=APART)
    succeeded(one, VIKTOR)
    assert now(one).debtor.party == now(other).debtor.party


@pytest.mark.rule("SUCC-01")
@pytest.mark.parametrize("who", ["debtor", "claimant"])
def test_who_owes_and_who_is_owed_is_not_one_person(offices: None, who: str) -> None:
    claimant = {**VIKTOR, "iban": paper()["claimants"][0]["iban"]}
    [one] = running(claimants=[claimant], debtors=[SERIK], debts=[SUM])
    assigned = {"event": "assignment", "evidence": EVENT, "person": "claimants[0]"}
    with refused("confusion", status=409) as caught:
        succeeded(one, VIKTOR) if who == "debtor" else succeeded(one, SERIK, **assigned)
    told_in_three_languages(caught.value)
    assert caught.value.possible == ("terminate",)


def test_where_others_are_owed_too_the_rest_goes_on(offices: None) -> None:
    claimants = [{**VIKTOR, "iban": paper()["claimants"][0]["iban"]}, paper()["claimants"][0]]
    debts = [SUM, {**SUM, "claimant": 1, "amount": "300.00"}]
    [one] = running(claimants=claimants, debtors=[SERIK], debts=debts)
    succeeded(one, VIKTOR)
    sound()

"""Who was a party and who succeeded him are one party of the paper, whichever of them it names
when it comes again; what hung on the former one alone ends with him."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

import pytest

from enforcement.facts.frozen import frozen as frozen_already
from enforcement.facts.queries import read
from enforcement.models import Engagement, Measure, Presentation, Proceeding, Succession
from tests import standing as money
from tests.course import begun, do, frozen, initiated, kinds, later, now, sound
from tests.enforcement.engagement.test_representatives import entrusted, issued
from tests.enforcement.intake.test_second_writs import LATER, SERIK, VIKTOR, duplicate
from tests.enforcement.succession.test_successors import EVENT, HEIR, replaced
from tests.office import NEXT, paper, receive, refused, refused_by_the_database

AGAIN: Final = date(2026, 5, 11)
SUM: Final[dict[str, Any]] = {"claimant": 0, "debtors": [0], "amount": "1000.00"}
BOTH: Final = [SUM, {**SUM, "debtors": [1], "amount": "300.00"}]
SERIK_UNNUMBERED: Final = {
    **{key: told for key, told in SERIK.items() if key != "iin"},
    "iin_missing_reason": "Сот актісінде жоқ",
}
AN_HEIR: Final = {**SERIK_UNNUMBERED, "name": HEIR}
FIRM: Final[dict[str, Any]] = {
    "event": "assignment",
    "evidence": EVENT,
    "person": "claimants[0]",
    "kind": "legal",
    "name_kk": "«Жаңа Несие» ЖШС",
    "number": "150340012340",
}


def again(*debtors: dict[str, Any], **changes: Any) -> Presentation:
    """The same paper comes once more."""
    told = {"ref": "again", "debtors": list(debtors), "debts": [SUM], **changes}
    return receive(paper(1, **told), on=AGAIN)


# --- What was paid, ended, runs -------------------------------------------------------------------


@pytest.mark.rule("SUCC-01", "TERMN-07")
@pytest.mark.parametrize(
    ("who", "named"),
    [("debtor", SERIK), ("debtor", SERIK_UNNUMBERED), ("debtor", AN_HEIR), ("claimant", SERIK)],
    ids=["number", "name", "heir", "claimant"],
)
def test_what_was_paid_stays_paid_whoever_of_them_the_paper_names(
    offices: None, who: str, named: dict[str, Any]
) -> None:
    [proceeding] = begun(receive(paper(1, debtors=[SERIK], debts=[SUM])), on=NEXT)
    do(proceeding, "record_recovery", amount="400.00")
    replaced(proceeding, **(FIRM if who == "claimant" else {}))
    do(now(proceeding), "return_to_claimant", on=later(3))
    for n in range(2):
        [proceeding] = begun(again(named, ref=f"again {n}"), on=AGAIN)
        assert str(money.balance(proceeding)) == "600.00"
        do(now(proceeding), "return_to_claimant", on=AGAIN)
    sound([proceeding.case])


def test_a_replacement_annulled_makes_nobody_another(offices: None) -> None:
    [proceeding] = begun(receive(paper(1, debtors=[SERIK], debts=[SUM])), on=NEXT)
    do(proceeding, "record_recovery", amount="400.00")
    line = replaced(proceeding)
    do(now(proceeding), "correct", line=line.seq, authority="court", reason="№ 1", on=later(3))
    do(now(proceeding), "return_to_claimant", on=later(3))
    [anew] = begun(again(AN_HEIR), on=AGAIN)
    assert str(money.balance(anew)) == "1000.00"


@pytest.mark.rule("SUCC-01", "TERMN-EFF-03")
def test_what_ended_against_the_heir_is_not_begun_anew_against_the_former_party(
    offices: None,
) -> None:
    [first] = begun(receive(paper(1, debtors=[SERIK], debts=[SUM])), on=NEXT)
    do(first, "return_to_claimant")
    [second] = begun(again(SERIK), on=AGAIN)
    replaced(second, on=AGAIN)
    do(now(second), "terminate", on=AGAIN)
    third = again(SERIK, ref="a third time")
    assert (third.verdict["verdict"], third.verdict["ended_by"]) == ("already_received", "TERMN-01")


@pytest.mark.rule("SUCC-01", "TERMN-EFF-03")
def test_beside_another_debtor_only_what_was_returned_is_begun_anew(offices: None) -> None:
    both: dict[str, Any] = {"debtors": [SERIK, VIKTOR], "debts": BOTH}
    for each in begun(receive(paper(1, **both)), on=NEXT):
        do(now(each), "return_to_claimant")
    one, other = begun(again(**both), on=AGAIN)
    replaced(one, on=AGAIN)
    do(now(one), "terminate", on=AGAIN)
    do(now(other), "return_to_claimant", on=AGAIN)
    anew = begun(again(ref="a third time", **both), on=AGAIN)
    assert [each.debtor.name_kk for each in anew] == [other.debtor.name_kk]


@pytest.mark.rule("SUCC-01", "WRIT-ONE-01")
@pytest.mark.parametrize("came", ["before", "after"])
def test_no_second_office_begins_against_who_was_succeeded(offices: None, came: str) -> None:
    original = receive(paper(1))
    there = duplicate() if came == "before" else None
    [running] = begun(original, on=later(2))
    replaced(running)
    if there is None:
        assert duplicate().verdict["verdict"] == "already_received"
        return
    with refused("runs_elsewhere", status=409):
        begun(there, on=LATER, by="bailiff.trz")
    assert Proceeding.objects.count() == 1


# --- Freezes --------------------------------------------------------------------------------------


@pytest.mark.rule("SUCC-01", "TERMN-EFF-02")
@pytest.mark.parametrize("replaced_where", ["here", "there"])
def test_a_freeze_against_the_former_party_is_seen_against_the_heir(
    offices: None, replaced_where: str
) -> None:
    first = initiated()
    freeze = frozen(first)
    if replaced_where == "here":
        replaced(first, on=NEXT)
    do(now(first), "return_to_claimant")
    told = {"ref": "T-again", "office": "TRZ", "debtor": {"city": "Тараз"}}
    [second] = begun(receive(paper(1, **told), on=NEXT), on=NEXT, by="bailiff.trz")
    if replaced_where == "there":
        replaced(second, on=NEXT, by="bailiff.trz")
    already = frozen_already(now(second), read(now(second)))
    assert (already.total, already.of_others) == (Decimal("1000.00"), 0)
    with refused("secured_elsewhere", status=409):
        do(now(second), "terminate", by="bailiff.trz")
    do(now(freeze), "lift")
    do(now(second), "terminate", by="bailiff.trz")


@pytest.mark.rule("SUCC-01", "REPRES-01")
def test_what_was_frozen_before_passes_to_the_proceeding_on_the_place(offices: None) -> None:
    first = initiated()
    freeze = frozen(first)
    replaced(first)
    do(now(first), "return_to_claimant", on=later(3))
    [second] = begun(receive(paper(1, ref="again"), on=AGAIN), on=AGAIN)
    assert Measure.objects.get(pk=freeze.pk).proceeding == second


# --- Who served the former party ------------------------------------------------------------------


@pytest.mark.rule("REP-02", "SUCC-01")
def test_an_authority_ends_with_who_gave_it_and_is_back_with_him(offices: None) -> None:
    proceeding = initiated()
    entrusted(proceeding, whom="debtors[0]")
    entrusted(proceeding, whom="claimants[0]")
    line = replaced(proceeding)
    gone = Engagement.objects.get(whom=proceeding.debtor)
    assert gone.ended_on == later(2)
    assert Engagement.objects.exclude(pk=gone.pk).get().ended_on is None
    assert kinds(proceeding.case)[-2:] == ["party_replaced", "engagement_ended"]
    told = proceeding.case.stream.entries.get(kind="engagement_ended")
    assert (told.facts["engagement"], told.facts["because"]) == (str(gone.pk), "SUCC-01")
    do(now(proceeding), "suspend", on=later(3))
    own = [each for each in issued(proceeding).addressees if each["key"].startswith("debtors")]
    assert own
    assert not any("through" in each for each in own)
    do(now(proceeding), "correct", line=line.seq, authority="court", reason="№ 1", on=later(4))
    assert Engagement.objects.get(pk=gone.pk).ended_on is None
    assert kinds(proceeding.case)[-1] == "engaged"
    sound([proceeding.case])


# --- Annulled, and kept ---------------------------------------------------------------------------


@pytest.mark.parametrize("first", [0, 1])
def test_intake_is_corrected_again_once_nobody_is_a_successor(offices: None, first: int) -> None:
    proceeding = initiated()
    handed_in = proceeding.presentation.handed_in
    lines = [replaced(proceeding).seq, replaced(proceeding, **FIRM).seq]
    left = {"authority": "court", "reason": "№ 1", "on": later(4)}
    do(now(proceeding), "correct", line=lines.pop(first), **left)
    assert now(proceeding.presentation).handed_in is None
    do(now(proceeding), "correct", line=lines.pop(), **left)
    assert handed_in
    assert now(proceeding.presentation).handed_in == handed_in


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (Succession, {"was": {}}),
        (Succession, {"name_kk": "Басқа"}),
        (Engagement, {"name": "Басқа"}),
        (Engagement, {"lasts_until": AGAIN}),
    ],
    ids=lambda value: str(*value) if isinstance(value, dict) else value.__name__,
)
def test_who_he_was_and_who_acts_stay_as_they_were_written(
    offices: None, model: Any, changes: dict[str, Any]
) -> None:
    proceeding = initiated()
    entrusted(proceeding)
    replaced(proceeding)
    with refused_by_the_database("append-only"):
        model.objects.update(**changes)

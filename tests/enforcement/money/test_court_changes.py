"""What a court changes of a claim while it is executed: its sum is indexed, its method another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pytest
from django.db import transaction

from enforcement.facts.queries import read
from enforcement.models import Assessment, Debt, Evidence, Proceeding
from law.refusal import Refusal
from tests.course import WITH_ALIMONY, do, initiated, now, sound
from tests.enforcement.letters.posted import at_desk, holds, sent, shown
from tests.office import NEXT, paper, receive

CLAIMED: Final = Decimal("1900659.00")
RAISED: Final = Decimal("100000.00")
RULING: Final[dict[str, Any]] = {"court": "Бостандық аудандық соты", "number": "2-15"}


@pytest.mark.rule("COURT-DEFER-01")
def test_an_indexed_sum_is_owed_with_what_the_court_added(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "record_recovery", amount=CLAIMED)
    assert read(now(proceeding)).left == 0
    wrong = do(now(proceeding), "record_indexation")
    stands = read(now(proceeding))
    assert (stands.left, stands.account.claimed) == (RAISED, CLAIMED + RAISED)
    assert now(proceeding).debtor.debts.get().amount == CLAIMED, "the document stays as it was"
    kept = Evidence.objects.get(entry=wrong, key="amending_ruling")
    assert kept.parts == {**RULING, "on": str(NEXT)}
    told = {"line": wrong.seq, "authority": "senior", "reason": "№ 1"}
    do(now(proceeding), "correct", by="senior.ala", **told)
    assert read(now(proceeding)).left == 0
    assert Assessment.objects.get().amount == RAISED, "the wrong line is still seen"
    sound()


@pytest.mark.rule("COURT-DEFER-01")
def test_what_was_added_is_frozen_and_given_back_only_above_it(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "record_recovery", amount=CLAIMED + RAISED * 2)
    do(now(proceeding), "record_indexation")
    assert read(now(proceeding)).account.surplus == RAISED
    do(now(proceeding), "return_surplus")
    sums = read(now(proceeding)).account
    assert (sums.surplus, sums.left) == (0, 0)
    other = initiated(8)
    do(other, "record_indexation")
    assert do(now(other), "request_freeze", amount=CLAIMED + RAISED).cap == CLAIMED + RAISED
    sound()


@pytest.mark.rule("COURT-DEFER-01")
def test_only_a_sum_is_indexed(offices: None) -> None:
    proceeding = initiated(debts=WITH_ALIMONY)
    alimony = proceeding.debtor.debts.get(amount=None)
    with pytest.raises(Refusal) as caught:
        do(proceeding, "record_indexation", debt=alimony)
    [error] = caught.value.errors
    assert (caught.value.code, error.field) == ("not_a_sum", "debt")


@pytest.mark.rule("COURT-DEFER-01", "BAIL-PWR-05")
def test_an_application_granted_leads_to_the_sum_that_is_indexed(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    [letter] = sent(initiated(), "indexation")
    set_clock(NEXT)
    act = {"number": "2-15", "decided_on": NEXT}
    do(letter, "record_reply", outcome="granted", answer="Қанағаттандырылды", **act)
    address = shown(letter, "record_indexation")
    debt = letter.proceeding.debtor.debts.get().pk
    held = holds(letter, address) | {"on": f"{NEXT}", "amount": "100000", "debt": f"{debt}"}
    path = address.partition("?")[0]
    assert at_desk().post(path, held).status_code == 302
    assert read(now(letter.proceeding)).left == CLAIMED + RAISED
    page = at_desk().get(f"/cases/{letter.case_id}").content.decode()
    assert 'data-indexed="100000.00"' in page
    sound()


def known_again(proceeding: Proceeding) -> list[Debt]:
    """The claims of the same paper, presented once more after a return; then as if it had not
    been."""
    with transaction.atomic():
        do(now(proceeding), "return_to_claimant", ground="RET-01")
        again = receive(paper(ref="T-again"), on=NEXT, by="court.system")
        found = list(again.debts.all())
        transaction.set_rollback(True)
    return found


@pytest.mark.rule("COURT-DEFER-01", "BAIL-PWR-05")
def test_another_method_stands_on_the_claim_beside_the_old_wording(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    proceeding = initiated()
    do(proceeding, "record_recovery")
    [letter] = sent(now(proceeding), "change_method")
    set_clock(NEXT)
    act = {"number": "2-15", "decided_on": NEXT}
    do(letter, "record_reply", outcome="granted", answer="Қанағаттандырылды", **act)
    address = shown(letter, "record_new_method")
    debt = letter.proceeding.debtor.debts.get().pk
    method = "Көліктің орнына оның құны өндіріледі"
    held = holds(letter, address) | {"on": f"{NEXT}", "claim": f"{debt}", "method": method}
    assert at_desk().post(address.partition("?")[0], held).status_code == 302
    page = at_desk().get(f"/cases/{letter.case_id}")
    [claim] = page.context["debts"]
    assert (claim["method"], claim["amount"]) == (method, CLAIMED)
    assert [each.method for each in known_again(letter.proceeding)] == [method]
    line = letter.case.stream.entries.get(kind="method_changed").seq
    told = {"line": line, "authority": "senior", "reason": "№ 1"}
    do(now(letter.proceeding), "correct", by="senior.ala", **told)
    page = at_desk().get(f"/cases/{letter.case_id}")
    assert page.context["debts"][0]["method"] == ""
    sound()

"""How a proceeding stands, as tests ask it of the product's own read model."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import clock
from enforcement.core.next_step import next_of
from enforcement.core.subject import facts_for
from enforcement.correction import annullable
from enforcement.facts.balance import Account
from enforcement.facts.proceeding import Running
from enforcement.facts.queries import paid_back, read, with_facts
from enforcement.models import Cost, Proceeding
from law.statute import statute
from tests.office import user

#: Stands for a case nobody asks for.
NOWHERE = UUID(int=0)


def owed(running: Running) -> bool:
    """Whether anything is still owed."""
    return running.owed


def told(proceeding: Proceeding) -> Running:
    """The proceeding as pages and verbs read it."""
    return read(proceeding)


def stage(running: Running, on: date) -> str:
    """Voluntary or coercive."""
    return running.stage(on)


def inventory_due(running: Running) -> bool:
    """Whether the inventory is still to be made."""
    return running.inventory_due


def step_of(case_id: Any, running: Running, *, on: date) -> dict[str, str] | None:
    """{verb, url} of the next step; without a case its address has none."""
    step = next_of(running, law=statute("lecture"), on=on, case_id=case_id or NOWHERE)
    return step and {**step, "url": step["url"].replace(str(NOWHERE), "")}


def account(proceeding: Proceeding) -> Account:
    """All sums of the debtor."""
    return read(proceeding).account


def balance(proceeding: Proceeding) -> Decimal | None:
    """What is left of all sums, in tenge."""
    return read(proceeding).left


def lines(proceeding: Proceeding) -> list[int]:
    """The lines that can be annulled now."""
    thing = with_facts(Proceeding).get(pk=proceeding.pk)
    return annullable(facts_for(thing, user("bailiff.ala"), on=clock.today()))


def unpaid(cost: Cost) -> Decimal:
    """What of a cost was not paid back yet; nothing of one that was annulled."""
    found = Cost.objects.filter(pk=cost.pk, reversal=None).annotate(back=paid_back()).first()
    return found.amount - found.back if found else Decimal("0.00")

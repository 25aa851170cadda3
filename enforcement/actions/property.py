"""The debtor's property: the claimant's application, the act of inventory, the reason for none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from django.db import transaction

from accounts.models import User
from enforcement.actions import money, papers
from enforcement.actions.measures import FREEZE, Wanted, bear, lay, refuse_gaps
from enforcement.models import Item, Measure, Proceeding
from enforcement.queries import steps
from enforcement.steps import LONGEST, NOTHING, Given, bounded, keep, refuse_unproven, step
from journal.models import Entry
from law.refusal import Fact, FieldError, Refusal

MOVABLE: Final = "movable_property"
INVENTORY_RULE: Final = "INIT-ARREST-01"
#: As the database keeps a thing: signs of its description, digits of its value, places in a row.
SIGNS, DIGITS, PLACES = 500, 13, 999
#: Stands for the things that the line of a measure has no room for; its items name them all.
MORE: Final = "…"


@transaction.atomic
def claim_securing(proceeding: Proceeding, *, application: str, on: date, by: User) -> Entry:
    """Record that the claimant applied for securing: from then on it is a duty (SEC-DUTY-01)."""
    with step(proceeding, "claim_securing", on=on, by=by) as act:
        refuse_unproven("application", application)
        entry = act.record("securing_claimed")
        keep(entry, {"claimant_application": application})
        return entry


@transaction.atomic
def inventory(
    proceeding: Proceeding,
    *,
    place: str,
    witness_one: str,
    witness_two: str,
    storage: str,
    items: str,
    on: date,
    by: User,
) -> Measure:
    """Arrest property and list it before two witnesses, also in the voluntary term (Q10).

    INIT-ARREST-01. `storage`: where and by whom it is kept. `items`: a thing a line,
    `description; value in tenge; place the debtor wants`, the last only where he wants one
    (RIGHT-DEBT-02).
    """
    with step(proceeding, "inventory", on=on, by=by) as act:
        proof = {"place": place, "witness_one": witness_one, "witness_two": witness_two}
        proof |= {"storage": storage}
        refuse_gaps((*proof, "items"), NOTHING, own={**proof, "items": items}, rule=INVENTORY_RULE)
        for name, text in proof.items():
            bounded(name, text, LONGEST)
        refuse_one_witness(proof, INVENTORY_RULE)
        things = list(_listed(items))
        named = _named(things)
        initiator = "claimant" if steps.told(act.subject)["applied"] else "bailiff"
        wanted = Wanted(FREEZE, MOVABLE, named, "", initiator, NOTHING)
        measure, sums = lay(act, act.subject, wanted)
        listed = _kept(measure, things)
        bear(act, measure)
        told = papers.inventory(act, measure, listed, proof, sums=sums)
        act.issue("inventory", told)
        body = {"measure": str(measure.pk), "items": len(things), "value": told["items_total"]}
        keep(act.record("inventoried", **body), proof)
        return measure


def refuse_one_witness(given: Given, rule: str, *, prefix: str = "") -> None:
    """Two witnesses are two people (BAIL-PWR-09)."""
    one, two = (" ".join(given.get(f"witness_{n}", "").casefold().split()) for n in ("one", "two"))
    if one and one == two:
        raise Refusal("invalid", rule=rule, errors=(FieldError(f"{prefix}witness_two", "same"),))


@dataclass(frozen=True, slots=True)
class Thing:
    """A line of an inventory as typed."""

    description: str
    value: Decimal
    preference: int | None


def _named(things: Sequence[Thing]) -> str:
    """What the measure is laid on in one line: whole things, and a sign where the list goes on."""
    found = [thing.description for thing in things]
    while len("; ".join(found)) > LONGEST:
        found = [*found[: -2 if found[-1] == MORE else -1], MORE]
    return "; ".join(found)


def _kept(measure: Measure, things: Sequence[Thing]) -> list[Item]:
    """The things of an inventory, each a row in its place."""
    return Item.objects.bulk_create(
        Item(
            measure=measure,
            position=n,
            description=thing.description,
            value=thing.value,
            preference=thing.preference,
        )
        for n, thing in enumerate(things, start=1)
    )


def _listed(text: str) -> Iterator[Thing]:
    """The things typed, a line each; a Refusal names the line that cannot be read."""
    wanted: set[int] = set()
    for number, line in enumerate(filter(str.strip, text.splitlines()), start=1):
        try:
            thing = _thing(line)
            if thing.preference in wanted:
                raise ValueError(line)
        except (InvalidOperation, ValueError) as bad:
            error, fact = FieldError("items", "format"), Fact("item", str(number), "")
            raise Refusal("invalid", rule=INVENTORY_RULE, facts=(fact,), errors=(error,)) from bad
        wanted |= {thing.preference} if thing.preference else set()
        yield thing


def _thing(line: str) -> Thing:
    description, value, *more = (part.strip() for part in line.split(";"))
    worth = Decimal(value.replace("\u00a0", "").replace(" ", "").replace(",", "."))
    place = int(more[0]) if more and more[0] else None
    right = description and len(description) <= SIGNS and len(more) <= 1
    if not right or not worth.is_finite() or worth != worth.quantize(money.ZERO):
        raise ValueError(line)
    if worth <= 0 or worth.adjusted() >= DIGITS or (place is not None and not 0 < place <= PLACES):
        raise ValueError(line)
    return Thing(description, worth.quantize(money.ZERO), place)


@transaction.atomic
def skip_inventory(proceeding: Proceeding, *, reason: str, on: date, by: User) -> Entry:
    """Close the task of the inventory without the act, for a reason (Q10).

    Never once the claimant applied for securing (SEC-DUTY-01).
    """
    with step(proceeding, "skip_inventory", on=on, by=by) as act:
        told = steps.told(act.subject)
        if not steps.inventory_due(told):
            raise Refusal("no_inventory_due", status=409, rule=INVENTORY_RULE)
        if told["applied"]:
            instead = ("inventory",)
            raise Refusal("claimant_applied", status=409, rule="SEC-DUTY-01", possible=instead)
        refuse_unproven("reason", reason)
        entry = act.record("inventory_skipped")
        keep(entry, {"reason": reason})
        return entry

"""The debtor's property: the claimant's application, the act of inventory, the reason for none."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from enforcement.core import shared_guards
from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Annulled, Line
from enforcement.core.details import NOTHING, refuse_gaps
from enforcement.core.facts import Facts
from enforcement.core.fields import LONGEST, Given, Option, Text
from enforcement.core.parsing import amount as typed_amount
from enforcement.core.roles import BAILIFFS
from enforcement.core.verb import verb
from enforcement.core.witnesses import (
    SEATS,
    Picked,
    engaged_witnesses,
    present,
    refuse_too_few,
    spare,
)
from enforcement.core.words import reading
from enforcement.facts.balance import TIYN
from enforcement.lifecycle.proceeding import INITIATED
from enforcement.measures.lifting import lift_live
from enforcement.measures.papers import secured_paper
from enforcement.measures.securing import Wanted, create_measure, record_measure
from enforcement.models import Item, Measure, Proceeding
from journal.models import Entry
from law.refusal import Fact, FieldError, Kind, Refusal

MOVABLE: Final = "movable_property"
#: As the database keeps a thing: signs of its description, digits of its value, places in a row.
SIGNS, DIGITS, PLACES = 500, 13, 999
#: Stands for the things that the line of a measure has no room for; its items name them all.
MORE: Final = "…"


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="tray",
    asks=(Text("application", label=_("Application: number, date, what is asked")),),
    writes=(Line("securing_claimed", Annulled.ANY),),
)
def claim_securing(act: Act[Proceeding], *, application: str) -> Entry:
    """Record that the claimant applied for securing: from then on it is a duty (SEC-DUTY-01)."""
    entry = act.record("securing_claimed")
    keep_evidence(entry, {"claimant_application": application})
    return entry


@dataclass(frozen=True, kw_only=True)
class Detail(Text):
    """A text under a name of the law's list of details, which says what it is called."""

    def drawn(self, now: Facts, option: Option | None) -> dict[str, Any]:
        """The field with the law's own words."""
        found = super().drawn(now, option)
        found[self.name].label = now.law.word("details", self.name).in_(reading())
        return found


def _in_the_act(*names: str) -> tuple[Text, ...]:
    """Texts a form insists on; the verb names at once all that are missing."""
    return tuple(
        Detail(
            name,
            required=False,
            must=_must(name),
            sample=_example(name),
        )
        for name in names
    )


def _must(name: str) -> Callable[[Facts, Option | None], bool]:
    """Whether a form insists on it: not on witnesses, where some can be picked or are spare."""
    seats = set(SEATS)
    return lambda now, option: (
        name not in seats or (name not in spare(now.law) and not engaged_witnesses(now))
    )


def _example(name: str) -> Callable[[Facts, Mapping[str, Any]], str]:
    """An example of each text that is no other's: two witnesses are two people."""
    return lambda now, given: f"…{name}"


def _to_list(now: Facts) -> Mapping[str, str] | None:
    running = now.running
    due = running.state == INITIATED and running.owed and running.inventory_due
    return {} if due else None


def _release(act: Act[Proceeding], wrong: Entry, entry: Entry) -> None:
    """What was arrested by a wrong act of inventory is free again."""
    lift_live(act, Measure.objects.filter(pk=wrong.facts["measure"]))


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="pen",
    asks=(
        *_in_the_act("place"),
        Picked("witnesses", label=_("Witnesses who take part in the case"), required=False),
        *_in_the_act("witness_one", "witness_two", "storage"),
        Text(
            "items",
            label=_("Property listed"),
            hint=_(
                "A thing a line: description; value in tenge; the debtor's order, if he states "
                "one. For instance: Television; 120000; 1."
            ),
            longest=20_000,
            many_lines=True,
            required=False,
            must=lambda now, option: True,
            sample=lambda now, given: "…; 1",
        ),
    ),
    writes=(Line("inventoried", Annulled.ANY, undo=_release), Line("secured")),
    issues=("inventory",),
    unless=shared_guards.debt_paid,
    due=_to_list,
)
def inventory(
    act: Act[Proceeding],
    *,
    place: str,
    storage: str,
    items: str,
    witness_one: str = "",
    witness_two: str = "",
    witnesses: Sequence[str] = (),
) -> Measure:
    """Arrest property and list it before witnesses, also in the voluntary term (Q10).

    INIT-ARREST-01. `storage`: where and by whom it is kept. `items`: a thing a line,
    `description; value in tenge; place the debtor wants`, the last only where he wants one
    (RIGHT-DEBT-02).
    """
    rule = act.law.role("inventory")
    told = {"witness_one": witness_one, "witness_two": witness_two}
    proof = {"place": place, **present(told, witnesses), "storage": storage}
    own = {**proof, "items": items}
    refuse_gaps((*proof, "items"), NOTHING, own=own, rule=rule, optional=spare(act.law))
    refuse_too_few(act.law, proof, rule)
    things = list(_listed(items, rule))
    named = _named(things)
    initiator = "claimant" if act.running.applied else "bailiff"
    kind = act.law.role("bank_freeze")
    each = tuple(thing.description for thing in things)
    wanted = Wanted(kind, MOVABLE, named, "", initiator, NOTHING, each)
    measure = create_measure(act, act.subject, wanted)
    listed = _kept(measure, things)
    record_measure(act, measure)
    paper = _paper_of(act, measure, listed, proof)
    act.issue("inventory", paper)
    body = {"measure": str(measure.pk), "items": len(things), "value": paper["items_total"]}
    keep_evidence(act.record("inventoried", **body), proof)
    return measure


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


def _listed(text: str, rule: str) -> Iterator[Thing]:
    """The things typed, a line each; a Refusal names the line that cannot be read."""
    wanted: set[int] = set()
    for number, line in enumerate(filter(str.strip, text.splitlines()), start=1):
        try:
            thing = _thing(line)
            if thing.preference in wanted:
                raise ValueError(line)
        except ValueError as bad:
            error, fact = FieldError("items", "format"), Fact("item", str(number), "")
            raise Refusal("invalid", rule=rule, facts=(fact,), errors=(error,)) from bad
        wanted |= {thing.preference} if thing.preference else set()
        yield thing


def _thing(line: str) -> Thing:
    description, value, *more = (part.strip() for part in line.split(";"))
    worth = typed_amount(value)
    place = int(more[0]) if more and more[0] else None
    right = description and len(description) <= SIGNS and len(more) <= 1
    if not right:
        raise ValueError(line)
    if worth <= 0 or worth.adjusted() >= DIGITS or (place is not None and not 0 < place <= PLACES):
        raise ValueError(line)
    return Thing(description, worth.quantize(TIYN), place)


def _not_skipped(now: Facts) -> Refusal | None:
    """Only a task that waits is closed, never once the claimant applied for securing."""
    if not now.running.inventory_due:
        rule = now.law.role("inventory")
        return Refusal("no_inventory_due", kind=Kind.STATE, rule=rule)
    if now.running.applied:
        rule = now.law.role("claimant_applied")
        return Refusal("claimant_applied", kind=Kind.STATE, rule=rule)
    return None


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="cross",
    asks=(Text("reason", label=_("Reason")),),
    writes=(Line("inventory_skipped", Annulled.ANY),),
    unless=_not_skipped,
)
def skip_inventory(act: Act[Proceeding], *, reason: str) -> Entry:
    """Close the task of the inventory without the act, for a reason (Q10).

    Never once the claimant applied for securing (SEC-DUTY-01).
    """
    entry = act.record("inventory_skipped")
    keep_evidence(entry, {"reason": reason})
    return entry


def _paper_of(act: Act[Any], laid: Measure, items: Sequence[Item], proof: Given) -> dict[str, Any]:
    """What the act of inventory says: where, before whom, each thing with its value in tenge."""
    return {
        **secured_paper(act, laid),
        "object": "",
        "details": dict(proof),
        "items": [
            {"what": each.description, "value": str(each.value), "place": each.preference}
            for each in items
        ],
        "items_total": str(sum((each.value for each in items), Decimal("0.00"))),
    }

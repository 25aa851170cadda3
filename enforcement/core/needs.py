"""What must be so before a ground can be one, by the names the law's grounds give it.

Each is a pure guard: the page tells it before anything is typed, the verb refuses by it.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from accounts.models import Office
from accounts.queries import bailiff_offices
from enforcement.core.facts import Facts
from enforcement.core.waiting import waiting_letters, waiting_submissions
from enforcement.facts.balance import ACT, PERIODIC, SUM
from enforcement.facts.queries import people_of
from enforcement.lifecycle.measure import SERVED
from enforcement.territory import lies_in
from law.model import Ground
from law.refusal import Fact, Refusal
from parties.spelling import city_keys

CLAIMANT: Final = "claimant"
#: From what, once it is secured, a debt can be recovered.
RECOVERABLE: Final = frozenset(
    {"bank_money", "money", "securities", "movable_property", "real_estate"}
)
Need = Callable[[Facts], Refusal | None]


def everything_done(now: Facts) -> Refusal | None:
    """Every sum is paid, every payment due made, every act performed; else what is still owed."""
    owed = still_owed(now)
    if not owed:
        return None
    says = "balance_left" if owed[0].name == "balance" else "not_all_done"
    return Refusal("balance_left", facts=owed, says=says)


def still_owed(now: Facts) -> tuple[Fact, ...]:
    """What the debtor still owes: the sums together, then each claim that is no sum."""
    left = now.running.left
    sums = [Fact("balance", str(left), "0.00")] if left else []
    beside = [
        claim for claim in now.running.claims if claim.amount is None and claim.owed_on(now.on)
    ]
    told = [(claim.kind, claim.act if claim.kind == ACT else claim.periodic) for claim in beside]
    return (*sums, *(Fact(kind, what, "full") for kind, what in told))


def presentation_over(now: Facts) -> Refusal | None:
    """The document came after the last day to present it, which is found only now (Q11)."""
    arrived = now.thing.presentation
    last = arrived.verdict.get("presentation_last_day")
    fact = Fact("presentation_last_day", last or "-", f"< {arrived.received_on}")
    if arrived.verdict.get("restored"):
        return Refusal("not_over", facts=(fact,), says="term_restored")
    if last and last < str(arrived.received_on):
        return None
    return Refusal("not_over", facts=(fact,))


def searched(now: Facts) -> Refusal | None:
    """Money is owed, and the debtor's property was looked for: listed, or left out for a reason."""
    if not now.running.account.owed & {SUM, PERIODIC}:
        fact = Fact("claim", ", ".join(sorted(now.running.account.owed)), f"{SUM}, {PERIODIC}")
        return Refusal("claim_unfit", facts=(fact,), says="ground_claim_unfit")
    return Refusal("not_searched") if now.running.inventory_due else None


def nothing_held(now: Facts) -> Refusal | None:
    """No money is frozen and no property arrested from which anything could be recovered."""
    held = {each.target for each in now.running.live if each.state == SERVED} & RECOVERABLE
    if not held:
        return None
    return Refusal("property_held", facts=(Fact("secured", ", ".join(sorted(held)), "-"),))


def address_unknown(now: Facts) -> Refusal | None:
    """No new address of the debtor in another office's place is known: there the document goes
    with him (Q16)."""
    debtor, arrival = str(now.thing.debtor_id), str(now.thing.presentation_id)
    told = now.standing("address_recorded", of=arrival)
    if not any(line.facts.get("person") == debtor for line in told):
        return None
    lives = next(person["city"] for person in people_of(now.thing) if person["id"] == debtor)
    if not offices_elsewhere(lives, now.thing.case.office_id):
        return None
    return Refusal("address_known", facts=(Fact("city", lives, "-"),))


def offices_elsewhere(city: str, own: Any) -> list[Office]:
    """The offices in whose territory a place lies, where it does not lie in the own one's."""
    places = city_keys(city)
    found = [
        office
        for office in bailiff_offices()
        if any(lies_in(place, office.territory) for place in places)
    ]
    return [] if any(office.pk == own for office in found) else found


NEEDS: Final[Mapping[str, Need]] = {
    "everything_done": everything_done,
    "presentation_over": presentation_over,
    "searched": searched,
    "nothing_held": nothing_held,
    "address_unknown": address_unknown,
}


def lacking(ground: Ground, now: Facts) -> Refusal | None:
    """Why it can be no ground here and now, whatever is typed; None where nothing is lacking."""
    unmet = (NEEDS[need](now) for need in ground.needs)
    refused = (
        _other_person(ground, now)
        or next(filter(None, unmet), None)
        or _nothing_secured(ground, now)
        or _nothing_forced(ground, now)
        or _nothing_handed_in(ground, now)
        or _nothing_asked(ground, now)
    )
    if refused is not None:
        refused.rule = refused.rule or ground.rule.id
    return refused


def _other_person(ground: Ground, now: Facts) -> Refusal | None:
    """Neither the debtor nor, if he is among the roles, a claimant is such a person."""
    if not ground.befalls:
        return None
    own = str(now.thing.debtor_id)
    people = [p for p in people_of(now.thing) if p["role"] == CLAIMANT or p["id"] == own]
    if any(person["role"] in ground.befalls.get(person["kind"], ()) for person in people):
        return None
    found = sorted({person["kind"] for person in people})
    fact = Fact("person", ", ".join(found), ", ".join(ground.befalls))
    return Refusal("other_person", facts=(fact,))


def _nothing_secured(ground: Ground, now: Facts) -> Refusal | None:
    """Nothing was taken that could be meant: what is only sealed or arrested was not."""
    laid = [each for each in now.running.live if each.state == SERVED]
    listed = {line.facts.get("measure") for line in now.standing("inventoried")}
    laid_on = {
        each.target
        for each in laid
        if not ground.taken or each.kind in ground.taken or each.id in listed
    }
    if not ground.secured or laid_on & set(ground.secured):
        return None
    fact = Fact("secured", "-", ", ".join(ground.secured))
    return Refusal("nothing_secured", facts=(fact,), says="nothing_meant")


def _nothing_forced(ground: Ground, now: Facts) -> Refusal | None:
    """No such coercive act was taken."""
    taken = {line.facts.get("way") for line in now.standing("foreclosed")}
    if not ground.forced or taken & set(ground.forced):
        return None
    return Refusal("not_forced", facts=(Fact("way", "-", ", ".join(ground.forced)),))


def _nothing_handed_in(ground: Ground, now: Facts) -> Refusal | None:
    """Nothing of the kind was handed in that waits for its answer."""
    own = (None, now.running.id)
    asked = (line.facts for line in waiting_submissions(now))
    waiting = {told["kind"] for told in asked if told.get("proceeding") in own}
    if not ground.handed or waiting & set(ground.handed):
        return None
    return Refusal("nothing_handed_in")


def _nothing_asked(ground: Ground, now: Facts) -> Refusal | None:
    """Nothing of the kind was asked of others that waits for its reply (SUSP-OPT-01)."""
    if not ground.asked or waiting_letters(now) & set(ground.asked):
        return None
    return Refusal("nothing_asked")

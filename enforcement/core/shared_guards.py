"""What closes verbs of several chapters, told once."""

from enforcement.core.facts import Facts
from enforcement.facts.balance import TIYN
from enforcement.lifecycle.proceeding import INITIATED
from law.refusal import Fact, Kind, Refusal


def nothing_left(now: Facts) -> Refusal | None:
    """Money is frozen only where a sum is left, or arrears of what comes again are reckoned."""
    left = now.running.due(now.on)
    if left:
        return None
    says = "no_sum_claimed" if left is None else "nothing_left_to_pay"
    if left is None and now.running.account.periodic:
        says = "arrears_not_reckoned"
    needed = "-" if left is None else f"{TIYN} – {left}"
    fact = Fact("amount", "-", needed)
    rule = now.law.role("bank_freeze")
    return Refusal("above_balance", rule=rule, facts=(fact,), says=says)


def debt_paid(now: Facts) -> Refusal | None:
    """Nothing is secured or enforced where nothing is owed any more."""
    if now.running.owed:
        return None
    fact = Fact("balance", str(now.running.left), "> 0")
    return Refusal("debt_paid", rule=now.law.role("full_performance"), facts=(fact,))


def own_request(now: Facts, role: str) -> Refusal | None:
    """Nobody decides on his own request."""
    if now.thing.requested_by_id != now.by:
        return None
    return Refusal("own_request", kind=Kind.NOT_YOURS, rule=now.law.role(role))


def stands(now: Facts, role: str) -> Refusal | None:
    """Nothing is done by force while the proceeding stands still or after its end."""
    if now.running.state == INITIATED:
        return None
    fact = Fact("state", now.running.state, INITIATED)
    rule = now.law.role(role)
    return Refusal("proceeding_stands", kind=Kind.STATE, rule=rule, facts=(fact,))

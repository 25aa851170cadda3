"""What must be so before a ground can be one, by the names the law's grounds give it.

Each is a pure guard: the page tells it before anything is typed, the verb refuses by it.
"""

from collections.abc import Callable, Mapping
from typing import Final

from enforcement.core.facts import Facts
from enforcement.facts.balance import ACT
from law.refusal import Fact, Refusal

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
    beside = [claim for claim in now.running.claims if claim.amount is None and claim.owed]
    told = [(claim.kind, claim.act if claim.kind == ACT else claim.periodic) for claim in beside]
    return (*sums, *(Fact(kind, what, "full") for kind, what in told))


NEEDS: Final[Mapping[str, Need]] = {"everything_done": everything_done}

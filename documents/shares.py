"""How a sum is shared between those who owe it but not jointly. Pure; exact tenge.

Equal shares where the paper names none (PARTY-MULTI-01). Each share is whole tiyn, rounded down;
the tiyn that remain go one each to the first, in the order of the paper, so that the shares
together are the whole.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

TIYN: Final = 100
FRACTION: Final = re.compile(r"[0-9]{1,6}/[0-9]{1,6}")
SUM: Final = re.compile(r"[0-9]{1,13}(\.[0-9]{1,2})?")


def parts(whole: Decimal, shares: Sequence[str], among: int) -> list[Decimal]:
    """The share of each of `among` people, in tenge; ValueError where the shares named (all as
    fractions, or all as sums) are not the whole, or one of them would be nothing."""
    named = [_fraction(each, whole) for each in shares] or [Fraction(1, among)] * among
    if len({"/" in each for each in shares}) > 1 or len(named) != among or sum(named) != 1:
        raise ValueError("the shares are not the whole")
    tiyn = int(whole * TIYN)
    whole_tiyn = [int(tiyn * each) for each in named]
    for place in range(tiyn - sum(whole_tiyn)):
        whole_tiyn[place] += 1
    if not all(whole_tiyn):
        raise ValueError("a share is nothing")
    return [Decimal(each) / TIYN for each in whole_tiyn]


def _fraction(share: str, whole: Decimal) -> Fraction:
    """A share as a part of the whole."""
    numerator, slash, denominator = share.partition("/")
    if not slash:
        return Fraction(Decimal(share)) / Fraction(whole)
    if not int(denominator):
        raise ValueError("a share of nothing")
    return Fraction(int(numerator), int(denominator))

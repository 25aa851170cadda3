"""Sums, days and words as people type them: read whole, or not at all."""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from documents.executive_document import EARLIEST, LATEST
from parties.spelling import says_something, visible

#: Words nobody typed yet.
BLANK: Final = "…"
#: A sum with spaces between thousands and a comma or a point before two places of tiyn.
_SUM: Final = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?: [0-9]{3})+)(?:[.,][0-9]{1,2})?")


def amount(text: str) -> Decimal:
    """A sum in tenge; ValueError where it can be read in two ways (250,000; 100 50) or in none."""
    plain = visible(text)
    if not _SUM.fullmatch(plain):
        raise ValueError(text)
    return Decimal(plain.replace(" ", "").replace(",", "."))


def is_told(text: str) -> bool:
    """Whether it says anything, or holds the place of what nobody typed yet."""
    return text.strip() == BLANK or says_something(text)


def day(text: str) -> date:
    """A day such as 2026-03-10; ValueError for another spelling or a day no paper can have."""
    found = date.fromisoformat(text)
    if not EARLIEST <= found <= LATEST:
        raise ValueError(text)
    return found

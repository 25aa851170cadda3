"""The fields of a paper that name parts of a whole: of an income, of a sum several owe. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from documents import shares
from documents.fields import MOST_ROWS, Codes, Place, Single, Text
from parties.spelling import visible

#: A part of the whole: 1/4, 25 %, 0.25.
_FRACTION: Final = re.compile(r"([0-9]{1,4})\s*/\s*([0-9]{1,4})")
_PERCENT: Final = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,4})?)\s*(?:%|процент|пайыз|percent)")
#: A minus before a number, and no dash between two.
_MINUS: Final = re.compile(r"^[-−–]\s*(?=[0-9])|(?<![^\W_])[-−–](?=[0-9])")
_DECIMAL: Final = re.compile(r"[0-9](?:[.,][0-9]{1,6})?\Z")


def parts_of(text: str) -> list[Fraction]:
    """The parts of a whole a text names, such as a share of the income; none it cannot be read
    for."""
    plain = unicodedata.normalize("NFKC", visible(text)).replace("⁄", "/").casefold()
    found = [Fraction(int(a), int(b)) for a, b in _FRACTION.findall(plain) if int(b)]
    found += [Fraction(each.replace(",", ".")) / 100 for each in _PERCENT.findall(plain)]
    if not found and _DECIMAL.match(plain):
        found = [Fraction(plain.replace(",", "."))]
    return found


@dataclass(frozen=True, kw_only=True)
class Share(Text):
    """A part of a whole, in own words around it; no more than the whole."""

    def read(self, value: Any, at: Place) -> str:
        """The share as it was written."""
        found = super().read(value, at)
        parts = parts_of(found)
        if found and not parts:
            at.wrong("format")
        elif found and (_MINUS.search(found) or not all(0 < part <= 1 for part in parts)):
            at.wrong("out_of_range")
        return found


@dataclass(frozen=True)
class Shares(Single):
    """Shares of a sum, each a fraction such as 2/3 or a sum in tenge; absent is none named."""

    def read(self, value: Any, at: Place) -> tuple[str, ...]:
        """The shares as they were told."""
        if value is None:
            return ()
        if not isinstance(value, list) or len(value) > MOST_ROWS:
            at.wrong("format")
            return ()
        told = tuple(str(each).strip() if isinstance(each, str) else "" for each in value)
        if not all(shares.FRACTION.fullmatch(each) or shares.SUM.fullmatch(each) for each in told):
            at.wrong("format")
            return ()
        return told

    def schema(self, codes: Codes) -> dict[str, Any]:
        """Texts of fractions or sums."""
        share = {"type": "string", "pattern": f"^({shares.FRACTION.pattern}|{shares.SUM.pattern})$"}
        return {"type": "array", "items": share, "maxItems": MOST_ROWS}

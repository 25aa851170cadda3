"""Where and for what a paper asks to be paid: the rows it prints and the code a phone reads.

No format of such a code is published for payments to an account in Kazakhstan (docs/adr/0017):
it holds the rows as they are printed, one a line, so that any reader shows what is to be typed.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

import segno

from documents.wording import layout_words, plain, tenge

#: The details of an office by which it is paid.
ACCOUNT: Final = ("bin", "iban", "bank", "bic")
#: Which of the eight patterns lies over the code. Weighing all eight is four fifths of making one,
#: and phones read this one as well (docs/adr/0017).
PATTERN: Final = 2


def payment(
    facts: Mapping[str, Any], amount: str | None, *, office: str, debtors: str, language: str
) -> dict[str, Any] | None:
    """The rows and the code; None where nothing is to be paid or the office has no account."""
    details = facts.get("office_details") or {}
    if not amount or not Decimal(amount) or not details.get("iban"):
        return None
    words = layout_words(language)["payment"]
    number = facts.get("proceeding_no") or facts.get("case_number") or ""
    told = {"payee": office, **{name: details.get(name, "") for name in ACCOUNT}}
    told["sum"] = tenge(amount)
    told["purpose"] = words["for"].format(number=plain(number), debtors=debtors)
    rows = [{"label": words[name], "value": plain(text)} for name, text in told.items() if text]
    said = "\n".join(f"{row['label']}: {row['value']}" for row in rows)
    return {"title": words["title"], "rows": rows, "said": said, "code": _code(said)}


@lru_cache(maxsize=128)
def _code(said: str) -> str:
    """The QR code of a text as SVG; a fifth of it may be lost in copying. Papers of one act that
    ask for the same sum carry the same."""
    code = segno.make_qr(said.replace("\u00a0", " "), error="m", encoding="utf-8", mask=PATTERN)
    return code.svg_inline(border=2, dark="#000", light=None)

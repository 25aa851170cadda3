"""What a value of a document is called: its path in the words of a language."""

import re
from collections.abc import Mapping
from typing import Final

from law.statute import Statute

#: What one row of a list is called.
ROWS: Final = {"claimants": "claimant", "debtors": "debtor", "debts": "debt"}
_PIECE: Final = re.compile(r"([^\[\]]+)(?:\[(\d+)\])?")


def path_label(
    law: Statute, path: str, language: str, others: Mapping[str, str] | None = None
) -> str:
    """A path such as `debtors[0].iin`: whose it is, then what it is there.

    `others`: words for pieces that are no field of a document. A group without a name is left out.
    """
    known, found, inside = law.list("fields"), [], ""
    for piece in path.split("."):
        told = _PIECE.fullmatch(piece)
        name, index = (told[1], told[2]) if told else (piece, None)
        of_row = ROWS.get(name, name) if index else f"{inside}.{name}"
        word = known.get(of_row) or known.get(name)
        if word is None and f"{name}." in path and name not in (others or {}):
            inside = name
            continue
        text = word.in_(language) if word else (others or {}).get(name, name)
        found.append(f"{text} {int(index) + 1}" if index else text)
        inside = name
    return " › ".join(found)

"""The worked examples as the tests read them, and one good paper for a test to spoil."""

from __future__ import annotations

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any, Final

from documents.executive_document import Codes, DocumentShape, read
from enforcement.limitation import Earlier
from enforcement.management.commands.check_documents import verdicts
from enforcement.verdict import Verdict, judge
from law.statute import Statute, statute
from law.workdays import calendar

FOLDER: Final = Path(__file__).parent
DOCUMENTS: Final = FOLDER / "executive-documents.json"
EXAMPLES: Final[dict[str, Any]] = json.loads(DOCUMENTS.read_text(encoding="utf-8"))
TERMS: Final[list[dict[str, Any]]] = [
    json.loads(line)
    for line in (FOLDER / "terms.lecture.jsonl").read_text(encoding="utf-8").splitlines()
]
TERRITORIES: Final = {"ALA": ["Алматы"], "TRZ": ["Тараз"]}
RECEIVED_ON: Final = date(2026, 3, 10)


def law() -> Statute:
    """The rule set of the demo."""
    return statute("lecture")


def codes() -> Codes:
    """The codes a paper may use in these tests."""
    return Codes.under(law(), offices=EXAMPLES["offices"], issuers=EXAMPLES["issuers"])


def paper(**changes: Any) -> dict[str, Any]:
    """A money writ with everything in order, changed; `debtors_0_city` reaches inside a party."""
    found: dict[str, Any] = copy.deepcopy(EXAMPLES["documents"][0])
    for about in ("expect", "why", "received_on"):
        del found[about]
    for name, value in changes.items():
        inside = name.split("_0_")
        if len(inside) == 1:
            found[name] = value
        else:
            found[inside[0]][0][inside[1]] = value
    if "decision_on" not in changes:
        _decide_in_time(found, changes)
    return found


def _decide_in_time(found: dict[str, Any], changes: dict[str, Any]) -> None:
    """No paper is in force or issued before it was decided, unless a test says so."""
    days = [changes.get(name) for name in ("in_force_on", "issued_on")]
    told = [day for day in days if isinstance(day, str) and "1950" < day < "2070-12-31"]
    found["decision_on"] = min((found["decision_on"], *told))


def people(count: int) -> list[dict[str, Any]]:
    """Different debtors of the examples, as many as asked."""
    rows = [each for document in EXAMPLES["documents"] for each in document["debtors"]]
    right = {each["iin"]: each for each in rows if each.get("iin") and each["iin"][-1] != "3"}
    return copy.deepcopy(list(right.values())[:count])


def shape(**changes: Any) -> DocumentShape:
    """The good paper, changed and read."""
    return read(paper(**changes), codes())


def judged(
    document: DocumentShape,
    *,
    on: date = RECEIVED_ON,
    earlier: Earlier | None = None,
    territories: dict[str, list[str]] | None = None,
) -> Verdict:
    """The verdict on a paper that arrives on `on`."""
    return judge(
        document,
        received_on=on,
        law=law(),
        calendar=calendar(),
        territories=TERRITORIES if territories is None else territories,
        earlier=earlier,
    )


def checked(*papers: dict[str, Any]) -> list[dict[str, Any]]:
    """The answers of `check_documents` to papers of one day."""
    rows = [{"received_on": str(RECEIVED_ON), **each} for each in papers]
    return list(verdicts({**EXAMPLES, "documents": rows}, "lecture"))


def verdict_of(**changes: Any) -> tuple[str, str]:
    """The verdict on the good paper, changed, and the field that cannot be."""
    [answer] = checked(paper(**changes))
    return answer["verdict"], answer.get("field", "")

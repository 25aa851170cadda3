"""Against how many debtors and within how long a document is to be executed. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from documents.executive_document import DebtShape, DocumentShape
from enforcement.remarks import named
from law.statute import Statute


def sued(document: DocumentShape, demanded: Sequence[DebtShape]) -> int:
    """Against how many debtors it is executed: not against who owes only what is out of time."""
    owing, every = (
        {n for debt in debts for n in debt.debtors} for debts in (demanded, document.debts)
    )
    return len(document.debtors) - len(every - owing)


def completion(
    document: DocumentShape, demanded: Sequence[DebtShape], law: Statute, on: date
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Within how long it is to be executed, and by which rules: two months, four for one of six
    reasons, the term of another statute; none of payments that come again (TERM-EXEC-EXC)."""
    if demanded and all(debt.periodic for debt in demanded):
        rules = named(law, on, "no_execution_term", "periodic_payments")
        return {"completion_term": False}, rules
    exempt = law.role("no_execution_term", on)
    if document.other_execution and exempt:
        return {"completion_term": True}, (exempt,)
    reasons = law.list("reasons")
    reason = next((debt.act for debt in demanded if debt.act in reasons), None)
    months = law.role("four_months" if reason else "two_months", on)
    length = law.term(months, on=on).length if months else None
    told = {"completion_term": bool(months), "completion_months": length, "reason": reason}
    return told, (months,) if months else ()


def ends(
    presented: Mapping[str, str] | None, document: DocumentShape, law: Statute, on: date
) -> dict[str, Any]:
    """The last days that other statutes set: to present, and to execute (TERM-EXEC-EXC)."""
    found = dict(presented or {})
    term, rule = document.other_execution, law.role("no_execution_term", on)
    if rule and term and term.last_on and document.claims != {"periodic"}:
        found[rule] = term.last_on.isoformat()
    return {"ends": found} if found else {}

"""The claims of a case as its page shows them."""

from datetime import date
from typing import Any

from enforcement.case.file import CaseFile, annotated
from enforcement.core.words import reading
from enforcement.facts.balance import Account
from enforcement.facts.schedule import ONE, Instalment
from enforcement.models import Debt


def claim(debt: Debt, file: CaseFile, today: date) -> dict[str, Any]:
    """A claim with what came for it and what is left; of payments that come again every month."""
    known = file.claims[debt.pk]
    owing = sorted((file.people[pk] for pk in annotated(debt).owing), key=lambda p: p.position)
    claimant = file.people[debt.claimant_id].name(reading()) if debt.claimant_id else ""
    periodic = debt.periodic_kind and {
        "kind": debt.periodic_kind,
        "share": debt.periodic_share,
        "since": debt.periodic_since,
        "until": debt.periodic_until,
        "day": debt.periodic_day,
        "monthly": known.award.monthly,
        "late_by": known.award.late_by,
        "arrears": known.arrears(today),
        "months": [_month(each, today) for each in known.months(today)],
    }
    return {
        "claimant": claimant,
        "debtors": [person.name(reading()) for person in owing],
        "joint": debt.joint,
        "shared": debt.shared,
        "amount": debt.amount and known.amount,
        "indexed": known.indexed,
        "method": debt.method,
        "paid": known.paid,
        "left": known.left,
        "late": known.late,
        "periodic": periodic,
        "act": debt.act,
        "act_text": debt.act_text,
        "act_city": debt.act_city,
    }


def _month(each: Instalment, today: date) -> dict[str, Any]:
    """A month of payments that come again: its first and last day, what it owes, what is paid;
    whether it is out of time, or paid before it was owed."""
    told = {"since": each.since, "last": each.until - ONE, "stated": each.stated}
    days = {"late": each.late, "ahead": each.owed_on > today}
    return {**told, **days, "due": each.due, "paid": each.paid, "left": each.left}


def total(account: Account) -> dict[str, Any] | None:
    """Claimed, recovered and left of all sums together, and the payments that come again, which
    are not among them; None where no sum is claimed."""
    if account.claimed is None:
        return None
    return {name: getattr(account, name) for name in ("claimed", "paid", "left", "periodic")}

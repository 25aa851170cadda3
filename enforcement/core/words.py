"""Words of the law and of a case in the reader's language; used by screens and API alike."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Office
from law.statute import Statute


def reading() -> str:
    """The language the answer is read in."""
    return (get_language() or "kk")[:2]


def tenge(amount: Decimal | None) -> str:
    """A sum of money: 1 900 659,00 ₸."""
    if amount is None:
        return ""
    whole, _, cents = f"{amount:,.2f}".partition(".")
    return f"{whole.replace(',', chr(0xA0))},{cents}\u00a0₸"


def step_title(law: Statute, verb: str) -> str:
    """What the button of a verb says."""
    step = law.steps.get(verb)
    return step.title.in_(reading()) if step else verb


def names_of(law: Statute, words: str, keys: Iterable[str]) -> str:
    """Keys of a word list in words, one after another."""
    return ", ".join(law.word(words, key).in_(reading()) for key in keys)


def reasons(law: Statute, verdict: dict[str, Any]) -> list[dict[str, str]]:
    """Why the verdict is that: its rules with their words; dates and offices where they matter."""
    found = [
        {"rule": named, "text": rule.text.in_(reading())}
        for named in (*verdict.get("rules", ()), *verdict.get("remarks", ()))
        if (rule := law.rule_or_none(named))
    ]
    in_force = law.role("content_in_force")
    if in_force and in_force in verdict.get("missing", ()):
        found.insert(0, {"rule": in_force, "text": _("Not yet in force on the day received")})
    return found


def shown(law: Statute, verdict: dict[str, Any], *, right: str | None = None) -> dict[str, Any]:
    """A stored verdict for a page: dates as dates, with its reasons in words.

    `right`: the name of the right office, where the reader knows it already.
    """
    days = ("presentation_last_day", "presentation_start", "return_ruling_due")
    dated = {name: date.fromisoformat(verdict[name]) for name in days if name in verdict}
    if "office" in verdict and right is None:
        office = Office.objects.filter(code=verdict["office"]).first()
        right = office.name(reading()) if office else None
    named = {"office_name": right} if right else {}
    return {**verdict, **dated, **named, "reasons": reasons(law, verdict)}

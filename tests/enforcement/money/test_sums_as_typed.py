"""A sum is read alike by command, screen and intake form, or by none; the API takes digits."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.http import QueryDict

from documents.executive_document import Unreadable
from enforcement.core.form_fields import SumField
from enforcement.intake.form import document
from enforcement.models import Proceeding, Recovery
from tests.course import initiated
from tests.desk import Desk
from tests.examples.papers import shape
from tests.office import NEXT, user

#: What is typed: the sum it is, or why it is none; and whether the API takes it too.
TYPED: Final[dict[str, tuple[str, bool]]] = {
    "250,000": ("format", False),
    "250.000": ("format", False),
    "1e3": ("format", False),
    "1_000": ("format", False),
    "+5": ("format", False),
    "٣٠٠": ("format", False),
    "३००": ("format", False),
    "１０００": ("format", False),
    "1 000": ("1000.00", False),
    "1 000,50": ("1000.50", False),
    "1 000 000.5": ("1000000.50", False),
    "1\u00a0000": ("1000.00", False),
    "1\u2009000": ("1000.00", False),
    "1\u202f000": ("1000.00", False),
    "\u200b1000\u200b": ("1000.00", True),
    " 1000 ": ("1000.00", True),
    "100 50": ("format", False),
    "10 00": ("format", False),
    "1000 000": ("format", False),
    "1'000": ("format", False),
    "1.000,50": ("format", False),
    "1,000.50": ("format", False),
    "1000,": ("format", False),
    ".50": ("format", False),
    "1000.505": ("format", False),
    "NaN": ("format", False),
    "Infinity": ("format", False),
    "0x10": ("format", False),
    "1000 тг": ("format", False),
    "-5": ("out_of_range", True),
    "0": ("out_of_range", True),
    "0.00": ("out_of_range", True),
    "1000": ("1000.00", True),
    "1000.5": ("1000.50", True),
    "1000.50": ("1000.50", True),
    "1000,5": ("1000.50", False),
    "0001000": ("1000.00", True),
}


def last() -> str:
    return str(Recovery.objects.latest("entry_id").amount)


def by_act(proceeding: Proceeding, typed: str) -> str:
    """By the command: the sum that stands, or the code."""
    said = io.StringIO()
    told = ("--by", "bailiff.ala", "--on", NEXT.isoformat(), "--json")
    try:
        number = proceeding.case.label
        call_command("act", number, "record_recovery", f"amount={typed}", *told, stdout=said)
    except SystemExit:
        [error] = json.loads(said.getvalue())["errors"]
        return str(error["code"])
    return last()


def by_screen(page: Desk, proceeding: Proceeding, typed: str) -> str:
    """By the screen of the verb: the sum that stands, or nothing where it is shown again."""
    claim = str(proceeding.debtor.debts.get().pk)
    given = {"debt": claim, "amount": typed, "on": NEXT.isoformat()}
    answer = page.post(f"/cases/{proceeding.case_id}/record_recovery", given)
    if answer.status_code == 302:
        return last()
    assert answer.status_code == 422
    return ""


def by_api(typed: Any) -> str:
    """As a document names it: the sum, or the code."""
    try:
        [debt] = shape(debts=[{"claimant": 0, "debtors": [0], "amount": typed}]).debts
    except Unreadable as unreadable:
        [error] = unreadable.errors
        return error.code
    assert debt.amount is not None
    return f"{debt.amount:.2f}"


def by_form(typed: str) -> str:
    """As the intake form hands it on."""
    posted = QueryDict(mutable=True)
    posted["debts[0].amount"] = typed
    return by_api(document(posted)["debts"][0]["amount"])


def by_field(typed: str) -> str:
    """As the field of a verb reads it, at the screen and by command."""
    try:
        return f"{SumField().clean(typed):.2f}"
    except ValidationError as wrong:
        return {"invalid": "format", "min_value": "out_of_range"}[str(wrong.error_list[0].code)]


@pytest.mark.parametrize("typed", TYPED)
def test_a_sum_is_read_alike_by_every_field_or_by_none(typed: str) -> None:
    told, as_digits = TYPED[typed]
    assert (by_field(typed), by_form(typed)) == (told, told)
    assert by_api(typed) == (told if as_digits else "format")


#: What is typed at the screen and by command too; each costs an act.
SOME: Final = ("250,000", "250.000", "1e3", "1_000", "٣٠٠", "1\u2009000", "1 000,50", "-5")


def test_a_sum_is_read_alike_by_command_and_screen(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    set_clock(NEXT)
    proceeding, page = initiated(), Desk()
    page.force_login(user("bailiff.ala"))
    for typed in SOME:
        told, _as_digits = TYPED[typed]
        assert by_act(proceeding, typed) == told, typed
        assert by_screen(page, proceeding, typed) == (told if told[0].isdigit() else ""), typed

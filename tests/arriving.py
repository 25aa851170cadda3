"""The verbs of intake under the names of their chapter, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from accounts.models import User
from enforcement.core.card import VERBS as ALL
from enforcement.intake import receiving
from enforcement.intake.answering import return_defective
from enforcement.intake.attachments import LARGEST_FILE, attach
from enforcement.models import Presentation
from enforcement.signing.draft import preview as draft

ANSWERS = {
    "return_defective": "defective",
    "refuse_late": "late",
    "send_on": "wrong_territory",
    "record_already_received": "already_received",
}
VERBS = {name: ALL[name] for name in ANSWERS}

__all__ = ["LARGEST_FILE", "VERBS", "attach", "fitting", "preview", "receive", "return_defective"]


def receive(data: Mapping[str, Any], *, on: date, by: User) -> receiving.Receipt:
    """Register a document under the rule set of new documents."""
    found: receiving.Receipt = receiving.receive(data, law=receiving.receiving_law(), on=on, by=by)
    return found


def fitting(verb: str) -> str:
    """The verdict a verb answers."""
    return {**ANSWERS, "initiate": "accept"}.get(verb, "")


def preview(arrival: Presentation, verb: str, *, language: str, on: date, by: User) -> bytes:
    """The paper a step of intake would issue."""
    return draft(ALL[verb], arrival, {}, language=language, on=on, by=by)

"""Situations in which somebody waits for an answer: who handed something in, or who was asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from enforcement.models import Case
from tests.course import do, hand_in, initiated, later, now
from tests.office import user

#: A case, and the day on which it is looked at.
Built = tuple[Case, date]


def handed(kind: str, *steps: str, concerned: str = "") -> Callable[[], Built]:
    """Something of the debtor's that waits for an answer, or was given one."""

    def build() -> Built:
        proceeding = initiated()
        given = {"concerned": user(concerned)} if concerned else {}
        asked = hand_in(proceeding, kind, **given)
        for verb in steps:
            do(now(asked), verb, by="senior.ala")
        return proceeding.case, later(1)

    return build


def checked(*steps: str) -> Callable[[], Built]:
    """A file that the prosecutor took for checking."""

    def build() -> Built:
        proceeding = initiated()
        asked = do(proceeding.presentation, "supervise", by="prosecutor.ala")
        for verb in steps:
            do(now(asked), verb)
        return proceeding.case, later(1)

    return build


def written_to(*steps: str) -> Callable[[], Built]:
    """A request for information after these verbs."""

    def build() -> Built:
        [letter] = do(initiated(), "send_letter")
        for verb in steps:
            do(now(letter), verb)
        return letter.case, later(1)

    return build

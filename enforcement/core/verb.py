"""What makes a function a verb of the law: its card, and the step it is taken in."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import transaction

from enforcement.core.card import VERBS, Card, Verb
from enforcement.core.challenge import why_at_once
from enforcement.core.roles import BAILIFFS
from enforcement.core.step import take


def verb(**told: Any) -> Callable[[Callable[..., Any]], Verb]:
    """Make a function the verb that its name says; `told` is its card."""

    def made(body: Callable[..., Any]) -> Verb:
        card = Card(**told)
        if card.by & BAILIFFS and hasattr(card.on, "MACHINE"):
            card = replace(card, asks=(*card.asks, why_at_once(body.__name__)))
        found = Verb(card, body, taken=take if hasattr(card.on, "MACHINE") else _take_alone)
        if found.name in VERBS:
            raise ValueError(f"two verbs are called {found.name}")
        VERBS[found.name] = found
        return found

    return made


def _take_alone(verb: Verb, subject: Any, **given: Any) -> Any:
    """Take a verb on what has no states: it finds and locks its case by itself."""
    with transaction.atomic():
        return verb.body(subject, **given)

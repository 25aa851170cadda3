"""The paper that a verb would issue, to be read before it is signed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from accounts.models import User
from documents.rendering import render
from enforcement.core.card import Verb
from enforcement.core.rehearsal import rehearse
from law.refusal import Kind, Refusal
from law.statute import statute


def preview(
    verb: Verb, subject: Any, given: Mapping[str, Any], *, language: str, on: date, by: User
) -> bytes:
    """Its first paper, unnumbered; a Refusal where the verb would be refused or issues none."""
    outcome = rehearse(verb, subject, given, on=on, by=by)
    if outcome.refusal is not None:
        raise outcome.refusal
    if not outcome.papers:
        raise Refusal("not_found", kind=Kind.UNSEEN)
    draft = outcome.papers[0]
    facts = {**draft.facts, "number": "—"}
    law = statute(draft.rule_set)
    return render(draft.kind, facts=facts, language=language, law=law, on=draft.issued_on)

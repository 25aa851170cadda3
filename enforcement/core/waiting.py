"""What participants handed in and nobody answered yet, by the lines of the case."""

from typing import Final

from enforcement.core.facts import Facts
from journal.models import Entry

#: The line by which something is handed in, and those after which it waits no more.
SUBMITTED: Final = "submitted"
ANSWERED: Final = "submission_answered"
WITHDRAWN: Final = "submission_withdrawn"


def waiting_submissions(now: Facts) -> list[Entry]:
    """The lines by which something was handed in that nobody answered yet."""
    over = {line.subject for line in now.lines if line.kind in (ANSWERED, WITHDRAWN)}
    return [line for line in now.lines if line.kind == SUBMITTED and line.subject not in over]


def recusals(now: Facts) -> dict[str, str]:
    """Who was recused from the case for good, by key, and by which kind of challenge."""
    granted = {
        line.subject
        for line in now.lines
        if line.kind == ANSWERED and line.facts.get("decision") == "granted"
    }
    asked = (line for line in now.lines if line.kind == SUBMITTED and line.subject in granted)
    return {f["concerned"]: f["kind"] for f in (line.facts for line in asked) if "concerned" in f}


def recused(now: Facts) -> set[str]:
    """The keys of those who were recused from the case for good."""
    return set(recusals(now))

"""What participants handed in and nobody answered yet, by the lines of the case that stand."""

from collections.abc import Iterator
from typing import Final

from enforcement.core.facts import Facts
from journal.models import Entry

#: The line by which something is handed in, that by which it is put right, and those after which
#: it waits no more.
SUBMITTED: Final = "submitted"
RIGHTED: Final = "submission_put_right"
ANSWERED: Final = "submission_answered"
WITHDRAWN: Final = "submission_withdrawn"
#: The lines by which something is asked of others, and those after which it waits no more.
LETTER_SENT: Final = frozenset({"letter_sent", "court_addressed", "protocol_drawn"})
LETTER_OVER: Final = frozenset({"reply_received", "letter_unmet", "letter_withdrawn"})
#: The lines of the prosecutor's supervision, and the kinds of `submissions.toml` it is of.
SUPERVISED: Final = "supervised"
FILE_RETURNED: Final = "file_returned"
CHECK: Final = "file_check"
OF_PROSECUTOR: Final = frozenset({"supervision", CHECK})


def standing(now: Facts, *kinds: str) -> Iterator[Entry]:
    """The lines of these kinds in the case that nobody annulled, in order."""
    gone = {line.corrects for line in now.lines}
    return (line for line in now.lines if line.kind in kinds and line.seq not in gone)


def waiting_submissions(now: Facts) -> list[Entry]:
    """The lines that tell of something handed in that nobody answered yet."""
    over = {line.subject for line in standing(now, ANSWERED, WITHDRAWN)}
    return [line for line in standing(now, SUBMITTED, RIGHTED) if line.subject not in over]


def waiting_letters(now: Facts) -> set[str]:
    """The kinds of what was asked in the proceeding and nobody answered yet."""
    own, over = (None, now.running.id), {e.subject for e in standing(now, *LETTER_OVER)}
    asked = [e for e in now.lines if e.kind in LETTER_SENT and e.subject not in over]
    return {e.facts["letter"] for e in asked if e.facts.get("proceeding") in own}


def recusals(now: Facts) -> dict[str, str]:
    """Who was recused from the case for good, by key, and by which kind of challenge."""
    answered = standing(now, ANSWERED)
    granted = {line.subject for line in answered if line.facts.get("decision") == "granted"}
    asked = (line for line in standing(now, SUBMITTED, RIGHTED) if line.subject in granted)
    return {f["concerned"]: f["kind"] for f in (line.facts for line in asked) if "concerned" in f}


def recused(now: Facts) -> set[str]:
    """The keys of those who were recused from the case for good."""
    return set(recusals(now))

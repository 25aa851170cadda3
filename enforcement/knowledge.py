"""When an act became known to whom nobody told of it: from then his term for a complaint runs."""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Annulled, Line
from enforcement.core.facts import Facts
from enforcement.core.fields import Day, Option, Text, Thing
from enforcement.core.roles import BAILIFFS
from enforcement.core.verb import verb
from enforcement.core.words import reading
from enforcement.models import Proceeding
from journal.models import Entry
from law.refusal import Refusal


def _acts(now: Facts) -> list[Entry]:
    """The lines of the proceeding that stand and of which one can complain."""
    rule = now.law.role("complaint_term")
    kinds = {each.kind for each in now.lines if rule in now.law.starting(each.kind)}
    return now.standing(*sorted(kinds - {KNOWN}))


#: The line that tells when an act became known.
KNOWN = "act_became_known"


def _lines(now: Facts, option: Option | None) -> Iterator[tuple[Entry, str]]:
    """These lines as the journal tells them, newest first."""
    for line in reversed(_acts(now)):
        day = date_format(line.on, "SHORT_DATE_FORMAT")
        yield line, f"№ {line.seq} · {day} · {now.law.past(line.kind).in_(reading())}"


def _nothing_to_know(now: Facts) -> Refusal | None:
    if _acts(now):
        return None
    return Refusal("no_act_to_know", rule=now.law.role("complaint_term"))


@verb(
    on=Proceeding,
    by=BAILIFFS,
    icon="info",
    asks=(
        Thing(
            "line",
            label=_("Line of the journal"),
            among=_lines,
            key=lambda line: str(line.seq),
            belongs=lambda now, line: line in _acts(now),
        ),
        Day(
            "known_on",
            label=_("On which day it became known"),
            most=lambda now, given: now.on,
            least=lambda now, given: given["line"].on,
            rule="complaint_term",
        ),
        Text("proof", label=_("To whom, and what proves it"), rule="complaint_term"),
    ),
    writes=(Line(KNOWN, Annulled.ANY),),
    unless=_nothing_to_know,
)
def record_knowledge(act: Act[Proceeding], *, line: Entry, known_on: date, proof: str) -> Entry:
    """Record when an act became known to a person who was not told of its time and place: his ten
    days for a complaint run from that day (TERM-COMPLAINT-10D)."""
    entry = act.record(KNOWN, line=line.seq, since=str(known_on))
    keep_evidence(entry, {"proof": proof})
    return entry

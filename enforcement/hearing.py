"""What participants see and say: access to the file, explanations, arguments, materials."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from enforcement.core import papers
from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Annulled, Line
from enforcement.core.fields import Choice, Text
from enforcement.core.people import Acting, acts_through, in_evidence, in_journal
from enforcement.core.roles import REGISTERING
from enforcement.core.verb import verb
from enforcement.facts.queries import Person
from enforcement.models import Presentation
from journal.models import Entry

#: The lines by which a participant is let into the file, and by which he says something.
SHOWN: Final = "file_shown"
SAID: Final = "statement_taken"
#: The paper in which a kind of statement is taken down.
PROTOCOL: Final = "statement_{}"


@verb(
    on=Presentation,
    by=REGISTERING,
    icon="search",
    asks=(
        Acting("party", label=_("Who was let into the file")),
        Choice("access", label=_("How"), among="access_kinds"),
        Text("what", label=_("What was read or handed over, by which request"), many_lines=True),
    ),
    writes=(Line(SHOWN, Annulled.ANY, looked_over=False),),
)
def show_file(act: Act[Presentation], *, party: Person, access: str, what: str) -> Entry:
    """Record that a party, or who acts for him, read the file, made extracts or took copies
    (BAIL-DUTY-02, RIGHT-01)."""
    entry = act.record(SHOWN, access=access, party=party["id"], **in_journal(party))
    keep_evidence(entry, {**in_evidence(party, "party"), "what": what})
    return entry


@verb(
    on=Presentation,
    by=REGISTERING,
    icon="pen",
    asks=(
        Acting("party", label=_("Who says it")),
        Choice("statement", label=_("Kind"), among="statement_kinds"),
        Text("text", label=_("What is said or handed in"), many_lines=True),
    ),
    writes=(Line(SAID, Annulled.ANY, looked_over=False),),
    issues=("statement_oral",),
)
def take_statement(act: Act[Presentation], *, party: Person, statement: str, text: str) -> Entry:
    """Take what a party explains, argues or hands in (RIGHT-02, RIGHT-05, RIGHT-06).

    What is said orally is taken down in a protocol.
    """
    if (kind := PROTOCOL.format(statement)) in act.law.texts:
        told = papers.arrival(act, act.subject)
        agent = acts_through(party)
        author = papers.acting(act.law, party, agent.name if agent else "")
        act.issue(kind, {**told, "addressees": [], "author": author, "asked_text": text})
    entry = act.record(SAID, statement=statement, party=party["id"], **in_journal(party))
    keep_evidence(entry, {**in_evidence(party, "party"), "text": text})
    return entry

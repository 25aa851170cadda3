"""What participants see and say: access to the file, explanations, arguments, materials."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from enforcement.core import papers
from enforcement.core.act import Act, keep_evidence
from enforcement.core.card import Line
from enforcement.core.facts import Facts
from enforcement.core.fields import Choice, Option, Text, Thing
from enforcement.core.people import by_place, of_the_arrival
from enforcement.core.roles import REGISTERING
from enforcement.core.verb import verb
from enforcement.core.words import reading
from enforcement.facts.queries import Person, people_of
from enforcement.models import Presentation
from journal.models import Entry

#: The lines by which a participant is let into the file, and by which he says something.
SHOWN: Final = "file_shown"
SAID: Final = "statement_taken"
#: The paper in which a kind of statement is taken down.
PROTOCOL: Final = "statement_{}"


def _parties(now: Facts, option: Option | None) -> Iterator[tuple[Person, str]]:
    for person in people_of(now.thing):
        yield person, person["ru"] if reading() == "ru" else person["kk"]


def _party(label: Any) -> Thing:
    return Thing(
        "party",
        label=label,
        among=_parties,
        key=lambda person: person["id"],
        named=by_place,
        belongs=of_the_arrival,
    )


@verb(
    on=Presentation,
    by=REGISTERING,
    icon="search",
    asks=(
        _party(_("Who was let into the file")),
        Choice("access", label=_("How"), among="access_kinds"),
        Text("what", label=_("What was read or handed over, by which request"), many_lines=True),
    ),
    writes=(Line(SHOWN),),
)
def show_file(act: Act[Presentation], *, party: Person, access: str, what: str) -> Entry:
    """Record that a party read the file, made extracts or took copies (BAIL-DUTY-02, RIGHT-01)."""
    entry = act.record(SHOWN, access=access, party=party["id"])
    keep_evidence(entry, {"party": party["kk"], "what": what})
    return entry


@verb(
    on=Presentation,
    by=REGISTERING,
    icon="pen",
    asks=(
        _party(_("Who says it")),
        Choice("statement", label=_("Kind"), among="statement_kinds"),
        Text("text", label=_("What is said or handed in"), many_lines=True),
    ),
    writes=(Line(SAID),),
    issues=("statement_oral",),
)
def take_statement(act: Act[Presentation], *, party: Person, statement: str, text: str) -> Entry:
    """Take what a party explains, argues or hands in (RIGHT-02, RIGHT-05, RIGHT-06).

    What is said orally is taken down in a protocol.
    """
    if (kind := PROTOCOL.format(statement)) in act.law.texts:
        author = {"kk": party["kk"], "ru": party["ru"]}
        told = papers.arrival(act, act.subject)
        act.issue(kind, {**told, "addressees": [], "author": author, "asked_text": text})
    entry = act.record(SAID, statement=statement, party=party["id"])
    keep_evidence(entry, {"party": party["kk"], "text": text})
    return entry

"""What is done with an arrival: the step that answers the law's verdict."""

from collections.abc import Mapping
from typing import Any

from enforcement.core import papers
from enforcement.core.act import Act
from enforcement.core.card import Guard, Line
from enforcement.core.facts import Facts
from enforcement.core.roles import BAILIFFS, REGISTERING
from enforcement.core.verb import verb
from enforcement.models import Presentation
from journal.models import Entry
from law.refusal import Fact, Refusal


def another_verdict(needed: str) -> Guard:
    """The guard of a step that answers one verdict: 422 where the law's is another."""

    def guard(now: Facts) -> Refusal | None:
        given = now.thing.verdict["verdict"]
        if given == needed:
            return None
        return Refusal("verdict_differs", facts=(Fact("verdict", given, needed),))

    return guard


def answering(needed: str) -> dict[str, Any]:
    """What the cards of the steps share that answer a verdict."""
    guard = another_verdict(needed)

    def due(now: Facts) -> Mapping[str, str] | None:
        return None if guard(now) else {}

    return {"on": Presentation, "unless": guard, "due": due}


@verb(
    **answering("defective"),
    by=BAILIFFS,
    writes=(Line("returned_defective"),),
    issues=("return_defective",),
)
def return_defective(act: Act[Presentation]) -> Entry:
    """Return a document whose content is not what the law asks (TERM-DEFECT-3D, DEFECT-03)."""
    verdict = act.subject.verdict
    act.issue("return_defective", papers.arrival(act, act.subject))
    uncured = verdict.get("uncured", False)
    return act.record("returned_defective", missing=verdict["missing"], uncured=uncured)


@verb(
    **answering("late"),
    by=BAILIFFS,
    writes=(Line("refused_late"),),
    issues=("refuse_late",),
)
def refuse_late(act: Act[Presentation]) -> Entry:
    """Refuse a document presented after its term, explaining restoration (PRES-MISSED-01)."""
    act.issue("refuse_late", papers.arrival(act, act.subject))
    return act.record("refused_late", last_day=act.subject.verdict["presentation_last_day"])


@verb(
    **answering("wrong_territory"),
    by=BAILIFFS,
    writes=(Line("sent_on"),),
    issues=("send_on",),
)
def send_on(act: Act[Presentation]) -> Entry:
    """Send a document of another territory on to its office, telling sender and claimant (Q31)."""
    act.issue("send_on", papers.arrival(act, act.subject))
    return act.record("sent_on", office=act.subject.verdict["office"])


@verb(
    **answering("already_received"),
    by=REGISTERING,
    writes=(Line("already_received_recorded"),),
)
def record_already_received(act: Act[Presentation]) -> Entry:
    """Set aside a second arrival of a paper the office has (WRIT-ONE-01)."""
    return act.record("already_received_recorded", of=act.subject.verdict["of"])

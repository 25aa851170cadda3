"""What is told at intake beside what the paper shows: it moves the terms. Pure."""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Annotated, Any, Final

from documents.fields import Code, Day, Text

#: Terms that other statutes set: to present, and to execute.
OTHER_TERMS: Final = ("other_presentation", "other_execution")
#: The part that is the separate copy for the state duty, owed to the budget (ISSUE-ORDER-03).
STATE_DUTY: Final = "state_duty"
#: What is told at intake beside what the paper shows.
BESIDE: Final = ("instance", "interruptions", "restored", *OTHER_TERMS)


def plain(told: Any) -> Any:
    """A part of a document as JSON holds it, without what was left out."""
    if isinstance(told, tuple):
        return [plain(each) for each in told]
    if isinstance(told, date):
        return told.isoformat()
    if not is_dataclass(told):
        return told
    given = ((each.name, getattr(told, each.name)) for each in fields(told))
    return {name: plain(value) for name, value in given if value not in (None, "", ())}


@dataclass(frozen=True, slots=True)
class InterruptionShape:
    """What began the term of presentation anew before the document came (INTERR-02)."""

    on: Annotated[date | None, Day(counted=True, needed=True)]
    kind: Annotated[str, Code("interruptions", about="the first one where it is left out")]
    proof: Annotated[str, Text(longest=1000, needed=True, about="what shows it")]


@dataclass(frozen=True, slots=True)
class RestoredShape:
    """A court's act that restores the missed term of presentation (RESTORE-01): the parts of the
    evidence `restoring_act`."""

    court: Annotated[str, Text(needed=True)]
    number: Annotated[str, Text(longest=100, needed=True)]
    on: Annotated[date | None, Day(counted=True, needed=True)]
    in_force_on: Annotated[date | None, Day(counted=True, about="where it is told")]


@dataclass(frozen=True, slots=True)
class OtherTermShape:
    """A term that another statute sets, with its ground (PRES-1Y-COURT, TERM-EXEC-EXC)."""

    act: Annotated[str, Text(needed=True, about="the statute that sets it")]
    article: Annotated[str, Text(longest=100, needed=True)]
    last_on: Annotated[date | None, Day(counted=True, needed=True, about="its last day")]

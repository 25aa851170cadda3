"""What guards judge by: a thing on a day, for the person who would act."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from enforcement.facts.proceeding import Running
from journal.models import Entry
from law.statute import Statute


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true now, read by page and verb alike; guards ask nothing else."""

    #: The thing a verb is taken on, in its state.
    thing: Any
    law: Statute
    on: date
    #: The key of the person who would act, and his roles in the office on that day.
    by: Any
    roles: Collection[str]
    #: Every line of the case, in order.
    lines: Sequence[Entry]
    #: The thing's proceeding; None while there is none.
    proceeding: Running | None = None

    @property
    def running(self) -> Running:
        """The proceeding; a thing of intake has none to ask for."""
        assert self.proceeding is not None
        return self.proceeding

    def standing(self, *kinds: str, of: str = "") -> list[Entry]:
        """The lines of these kinds on the proceeding, or on another of the case, that nobody
        annulled, in order."""
        gone = {line.corrects for line in self.lines}
        own = of or (self.proceeding and self.proceeding.id)
        return [
            line
            for line in self.lines
            if line.kind in kinds and line.seq not in gone and str(line.subject) == own
        ]

"""Whether all but payments that come again is executed: its term of completion is met then, though
the proceeding goes on for as long as they are awarded (TERM-EXEC-2M, PERIOD-01)."""

from collections.abc import Iterable, Sequence
from typing import Final

from enforcement.core.facts import Facts
from enforcement.facts.proceeding import Running
from enforcement.facts.queries import running
from enforcement.lifecycle.proceeding import OPEN
from enforcement.models import Case, Presentation, Proceeding
from journal import actions as journal
from journal.models import Entry

#: The lines that say so, and that it is so no more.
EXECUTED: Final = "sums_executed"
OWED_AGAIN: Final = "sums_owed_again"
#: The lines after which it can be otherwise.
TOUCHING: Final = frozenset(
    {"initiated", "recovered", "sum_indexed", "performed", "corrected", "intake_corrected"}
)


def tell_executed(case: Case, now: Facts, lines: list[Entry], written: Sequence[Entry]) -> None:
    """Write down of which open proceedings of a locked case all but payments that come again is
    executed since these lines were written, or is no more; each on the day it was."""
    if not TOUCHING.intersection(line.kind for line in written) or not _comes_again(now):
        return
    found = Proceeding.objects.filter(case=case, state__in=OPEN).annotate(told=running())
    for proceeding in found.order_by("ordinal"):
        stands = Running.of(vars(proceeding)["told"])
        if (line := _told(case, proceeding, stands, lines, now)) is not None:
            lines.append(line)


def _comes_again(now: Facts) -> bool:
    """Whether anything on the arrival is payments that come again."""
    thing = now.thing
    arrival = thing if isinstance(thing, Presentation) else getattr(thing, "presentation", None)
    return bool(arrival and arrival.verdict.get("periodic"))


def _told(
    case: Case, proceeding: Proceeding, stands: Running, lines: Iterable[Entry], now: Facts
) -> Entry | None:
    """The line that is needed so that the journal says what is so; None where it says it."""
    said = _standing(proceeding, lines)
    day = stands.executed_on and max(stands.executed_on, proceeding.initiated_on)
    since = str(day) if day else None
    if since == (said and said.facts["since"]):
        return None
    return journal.record(
        case.stream,
        EXECUTED if since else OWED_AGAIN,
        on=now.on,
        by=None,
        body={"since": since} if since else {},
        machine=proceeding.MACHINE,
        subject=proceeding.pk,
        state_after=proceeding.state,
        corrects=said.seq if said else None,
    )


def _standing(proceeding: Proceeding, lines: Iterable[Entry]) -> Entry | None:
    """The line that says now that all but payments that come again is executed."""
    own = [line for line in lines if line.subject == proceeding.pk]
    gone = {line.corrects for line in own}
    said = (line for line in own if line.kind == EXECUTED and line.seq not in gone)
    return next(said, None)

"""What a day holds for a user: eleven lists, shown in short on Today and whole page by page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from accounts.models import User
from deadlines.models import Deadline
from enforcement.assignment import conducted
from enforcement.facts.access import arrivals_to, visible_to
from enforcement.facts.frozen import overpaid, unneeded
from enforcement.facts.letters import awaited
from enforcement.facts.letters import overdue as overdue_letter
from enforcement.facts.pagination import page
from enforcement.facts.queries import running
from enforcement.facts.successors import named_then
from enforcement.intake.arrived import by_urgency
from enforcement.lifecycle.proceeding import OPEN
from enforcement.lifecycle.submission import LODGED
from enforcement.models import Case, Engagement, Measure, Proceeding, Submission
from enforcement.models.measure import WAITING
from enforcement.post.sending import late, may_post, waiting
from enforcement.today.duties import (
    arriving,
    asking,
    authority,
    awaiting,
    debtor_of,
    duty,
    duty_rules,
    needless,
    replying,
    silence,
    still_owed,
    surplus,
    with_facts,
)

#: How many days ahead Today looks, and after how many days without an act a case is silent.
AHEAD: Final = 3
SILENT: Final = 14
SHOWN: Final = 20
ONE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of the day: its rows, what they are ordered by, what is told of each."""

    rows: QuerySet[Any]
    order: tuple[str, ...]
    told: Callable[[Any], Any]

    def first(self) -> list[Any]:
        """What Today shows of it."""
        return [self.told(row) for row in self.rows.order_by(*self.order)[:SHOWN]]

    def page(self, after: str) -> tuple[list[Any], str]:
        """A page of the whole list, and the cursor of the next one."""
        rows, further = page(self.rows, *self.order, after=after)
        return [self.told(row) for row in rows], further


@dataclass(frozen=True, slots=True)
class Day:
    """What a day holds for a user: overdue, needlessly live, to give back, due soon, waiting on
    others, silent, to decide."""

    overdue: list[dict[str, Any]]
    #: Where something is frozen or secured though nothing is owed (TERMN-EFF-02).
    needless: list[dict[str, Any]]
    #: Where more came than is claimed.
    surplus: list[dict[str, Any]]
    #: Letters whose reply is late (BAIL-OBSTR-01), and those that wait for one.
    unanswered: list[dict[str, Any]]
    letters: list[dict[str, Any]]
    due: list[dict[str, Any]]
    #: What participants handed in and nobody answered yet (BAIL-DUTY-03).
    asked: list[dict[str, Any]]
    waiting: list[dict[str, Any]]
    #: Whose authority ends within AHEAD days or is over (REP-04).
    authorities: list[dict[str, Any]]
    silent: list[dict[str, Any]]
    arrivals: list[dict[str, Any]]
    #: How many papers were not sent to everybody yet, and how many of them should have been;
    #: SHOWN at most (TERM-SEND-1D, Q18).
    unsent: int
    late: int


def day_of(user: User, *, today: date, language: str, mine: bool = False) -> Day:
    """The user's day, twelve queries whatever the office's size; each list SHOWN rows at most."""
    lists = listings(user, today=today, language=language, mine=mine)
    unsent, over = _post(user, today=today)
    return Day(
        **{name: each.first() for name, each in lists.items()},
        unsent=unsent,
        late=over,
    )


def _post(user: User, *, today: date) -> tuple[int, int]:
    """How many papers are unsent and how many of them late, SHOWN at most, in one query."""
    offices = may_post(user, today=today)
    unsent, overdue = (
        found.order_by("issued_on").annotate(over=Value(over)).values_list("over", flat=True)
        for found, over in ((waiting(offices), False), (late(offices, today=today), True))
    )
    told = list(unsent[:SHOWN].union(overdue[:SHOWN], all=True))
    return told.count(False), told.count(True)


def listings(user: User, *, today: date, language: str, mine: bool = False) -> dict[str, Listing]:
    """The lists of a user's day by name; `mine`: of the cases that he conducts."""
    seen = visible_to(user, on=today)
    seen = Case.objects.filter(pk__in=conducted(seen, user).values("pk")) if mine else seen
    terms = duties(seen, language=language, today=today)
    arrivals = arrivals_to(user, on=today).select_related("case__office", "case__stream")
    arrivals = by_urgency(arrivals).annotate(debtor=debtor_of("pk"))
    return {
        "overdue": terms(overdue(today)),
        "needless": Listing(
            _read(unneeded(_of(seen))),
            ("free_since", "id"),
            lambda row: needless(row, language, today=today),
        ),
        "surplus": Listing(
            _read(overpaid(_of(seen))),
            ("surplus_since", "id"),
            lambda row: surplus(row, language, today=today),
        ),
        **_letters(seen, language, today=today),
        "due": terms(Q(status="running", due_on__gte=today, due_on__lte=today + AHEAD * ONE)),
        "arrivals": Listing(
            arrivals, ("urgent_on", "id"), lambda row: arriving(row, language, today=today)
        ),
        "asked": Listing(_asked(seen), ("received_on", "id"), lambda row: asking(row, language)),
        "waiting": Listing(
            _secured(seen), ("requested_on", "id"), lambda row: awaiting(row, language)
        ),
        "authorities": Listing(
            _running_out(seen, today), ("lasts_until", "id"), lambda row: authority(row, language)
        ),
        "silent": Listing(
            silent(seen, today=today),
            ("case__last_act_on", "case_id", "ordinal"),
            lambda row: silence(row, language, today=today),
        ),
    }


def _letters(seen: QuerySet[Case], language: str, *, today: date) -> dict[str, Listing]:
    """Letters whose reply is late, and those that wait for one."""
    waits, late = awaited(seen), overdue_letter(today)
    told = partial(replying, language=language, today=today)
    return {
        "unanswered": Listing(waits.filter(late), ("due", "id"), told),
        "letters": Listing(waits.exclude(late), ("sent_on", "id"), told),
    }


def _secured(seen: QuerySet[Case]) -> QuerySet[Measure]:
    """Measures that wait: for a sanction, to be served, for the bank's answer."""
    found = Measure.objects.filter(WAITING, case__in=seen)
    return found.select_related("case__office", "case__stream", "proceeding__debtor")


def _running_out(seen: QuerySet[Case], today: date) -> QuerySet[Engagement]:
    """Who takes part in what is still open, and whose authority ends soon or is over."""
    runs = Proceeding.objects.filter(presentation=OuterRef("presentation"), state__in=OPEN)
    found = Engagement.objects.filter(
        Exists(runs),
        presentation__case__in=seen,
        ended_on=None,
        annulled_by=None,
        lasts_until__lte=today + AHEAD * ONE,
    )
    found = found.annotate(debtor=debtor_of("presentation"))
    return found.select_related("presentation__case__office", "presentation__case__stream")


def _asked(seen: QuerySet[Case]) -> QuerySet[Submission]:
    """Petitions, complaints and challenges of these cases that wait for an answer."""
    found = Submission.objects.filter(state=LODGED, case__in=seen).annotate(
        then=named_then("author")
    )
    return found.select_related("case__office", "case__stream", "concerned", "supervisor")


def _of(seen: QuerySet[Case]) -> QuerySet[Proceeding]:
    return Proceeding.objects.filter(case__in=seen)


def _read(found: QuerySet[Proceeding]) -> QuerySet[Proceeding]:
    """Proceedings with their case and as they are `running`."""
    return found.select_related("case__office", "case__stream").annotate(running=running())


def overdue(today: date) -> Q:
    """Terms that ran out with nothing done since; swept or not."""
    return Q(status="running", due_on__lt=today) | Q(status="expired", ended_on=F("due_on"))


def duties(seen: QuerySet[Case], *, language: str, today: date) -> Callable[[Q], Listing]:
    """The office's duties of these cases under a condition, nearest last day first."""
    terms = Deadline.objects.filter(stream__case__in=seen, rule__in=duty_rules())
    terms = with_facts(still_owed(terms)).select_related("stream__case__office")
    return lambda wanted: Listing(
        terms.filter(wanted), ("due_on", "id"), lambda row: duty(row, today, language)
    )


def silent(seen: QuerySet[Case], *, today: date) -> QuerySet[Proceeding]:
    """Proceedings that run in cases without an act for SILENT days, the longest silence first."""
    found = Proceeding.objects.filter(
        case__in=seen, state="initiated", case__last_act_on__lt=today - SILENT * ONE
    )
    found = found.select_related("case__office", "case__stream").annotate(running=running())
    return found.order_by("case__last_act_on", "case_id", "ordinal")

"""Until when a letter waits for its reply, of one letter and inside a query."""

from datetime import date
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from deadlines.calculator import reckon
from deadlines.models import Deadline
from enforcement.facts.successors import named_then
from enforcement.lifecycle.letter import AWAITED, WITHDRAWN
from enforcement.lifecycle.proceeding import OPEN
from enforcement.models import Case, Letter, Proceeding
from law.statute import RULE_SETS, Statute, statute
from law.workdays import calendar

#: Answered after it was prepared, not at once.
PROCESSING: Final = "processing"


def scope(letter: Any) -> str:
    """Its term in the fold."""
    return f"{Letter.MACHINE}:{letter}"


def due_of(letter: Letter, law: Statute) -> date | None:
    """The last day for the reply; None where none is known: it did not arrive yet, or none is set.

    What has to be prepared has the term of the law, from the day it arrived (TERM-INFO-3D).
    """
    known = law.letters[letter.kind]
    if letter.answer_by or not letter.received_on or letter.pace != PROCESSING or not known.term:
        return letter.answer_by
    term = law.term(known.term, on=letter.received_on)
    return reckon(term, starts_on=letter.received_on, calendar=calendar(), explain=False).due_on


def following(letter: Any) -> QuerySet[Letter]:
    """The protocols that follow a letter, of those not withdrawn."""
    return Letter.objects.filter(after=letter).exclude(state=WITHDRAWN)


def unfollowed(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Those that no protocol follows yet."""
    return letters.exclude(Exists(following(OuterRef("pk"))))


def awaited(seen: QuerySet[Case]) -> QuerySet[Letter]:
    """The letters of open proceedings that wait for a reply, with the day they are `due`."""
    found = Letter.objects.filter(state=AWAITED, case__in=seen, proceeding__state__in=OPEN)
    found = found.select_related(
        *("case__office", "case__stream", "proceeding__debtor", "to", "participant")
    )
    due = Coalesce(F("answer_by"), _by_term())
    return found.annotate(due=due, then=named_then("participant"))


def unanswered(proceeding: Proceeding, law: Statute) -> list[Letter]:
    """What nobody waits for any more once the proceeding ends: an offence is considered all the
    same."""
    found = Letter.objects.filter(proceeding=proceeding, state=AWAITED)
    found = found.select_related("to", "participant").order_by("sent_on", "id")
    return [letter for letter in found if ends_with(letter, law)]


def ends_with(letter: Letter, law: Statute) -> bool:
    """Whether its reply is wanted no more once the proceeding ends."""
    return not law.letters[letter.kind].after


def _by_term() -> Subquery:
    """The last day of the term that runs for a letter."""
    tag = Concat(Value(f"{Letter.MACHINE}:"), Cast(OuterRef("pk"), TextField()))
    rules = {k.term for name in RULE_SETS for k in statute(name).letters.values() if k.term}
    own = Deadline.objects.filter(
        stream=OuterRef("case__stream"), scope=tag, rule__in=sorted(rules)
    )
    return Subquery(own.order_by("-started_by").values("due_on")[:1])


def overdue(today: date) -> Q:
    """Those whose last day is over."""
    return Q(due__isnull=False, due__lt=today)

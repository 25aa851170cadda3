"""Outgoing post: papers that wait to be sent, until when, and the register."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from accounts.queries import offices_of
from deadlines.calculator import reckon
from documents.models import Paper
from enforcement.models import Dispatch, Outgoing
from enforcement.permissions import PERMISSIONS
from enforcement.queries import page, visible_to
from law.statute import statute
from law.workdays import calendar

#: How long a paper may wait, and which kinds of papers.
SENDING: Final = "TERM-SEND-1D"
ONE: Final = timedelta(days=1)


def may_post(user: User, *, today: date) -> list[Any]:
    """The offices whose post the user sends."""
    return offices_of(user, PERMISSIONS["dispatch"], on=today)


def send_by(kind: str, issued_on: date) -> date | None:
    """The last day to send a paper of this kind; None where the law names none (TERM-SEND-1D)."""
    term = statute().term(SENDING, on=issued_on)
    return _last_day(issued_on) if kind in term.papers else None


def _last_day(issued_on: date) -> date:
    term = statute().term(SENDING, on=issued_on)
    due = reckon(term, starts_on=issued_on, calendar=calendar(), explain=False).due_on
    assert due is not None
    return due


def waiting(offices: Collection[Any]) -> QuerySet[Outgoing]:
    """Papers that somebody still waits for."""
    return Outgoing.objects.filter(office__in=offices)


def late(offices: Collection[Any], *, today: date) -> QuerySet[Outgoing]:
    """Those of them whose last day to send is over."""
    issued = today
    while _last_day(issued) >= today:
        issued -= ONE
    kinds = statute().term(SENDING, on=issued).papers
    return waiting(offices).filter(kind__in=kinds, issued_on__lte=issued)


def unsent(offices: Collection[Any], *, after: str = "") -> tuple[list[Outgoing], str]:
    """A page of papers that somebody waits for, the oldest first, and the next page's cursor."""
    found = waiting(offices).select_related("paper__entry__stream__case__office")
    return page(found, "issued_on", "paper_id", after=after)


def register(offices: Collection[Any], *, before: str = "") -> tuple[list[Dispatch], str]:
    """A page of the register, the newest first, and the cursor of the next page."""
    found = Dispatch.objects.filter(paper__office__in=offices)
    found = found.select_related("paper__entry__stream__case__office", "entry__by")
    return page(found, "-sent_on", "-id", after=before)


def paper_of(user: User, paper_id: str) -> Paper | None:
    """A paper of a case the user sees."""
    try:
        wanted = UUID(paper_id)
    except ValueError:
        return None
    found = Paper.objects.filter(pk=wanted, entry__stream__case__in=visible_to(user))
    return found.select_related("entry__stream__case").first()

"""Outgoing post: papers that wait to be sent, and the register."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from accounts.queries import offices_of
from documents.models import Paper
from enforcement.models import Dispatch, Outgoing
from enforcement.permissions import PERMISSIONS
from enforcement.queries import PAGE, visible_to


def may_post(user: User, *, today: date) -> list[Any]:
    """The offices whose post the user sends."""
    return offices_of(user, PERMISSIONS["dispatch"], on=today)


def unsent(offices: Collection[Any]) -> list[Paper]:
    """Papers nobody sent yet, the oldest first; a page at most."""
    found = Outgoing.objects.filter(office__in=offices)
    found = found.select_related("paper__entry__stream__case__office")
    return [each.paper for each in found.order_by("issued_on", "paper")[:PAGE]]


def register(offices: Collection[Any], *, before: str = "") -> tuple[list[Dispatch], str]:
    """A page of the register, the newest first, and the cursor of the next page."""
    found = Dispatch.objects.filter(paper__office__in=offices)
    if cursor := _cursor(before):
        found = found.filter(Q(sent_on__lt=cursor[0]) | Q(sent_on=cursor[0], id__lt=cursor[1]))
    found = found.select_related("paper__entry__stream__case__office", "entry__by")
    rows = list(found.order_by("-sent_on", "-id")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], f"{last.sent_on}_{last.pk}" if last else ""


def _cursor(text: str) -> tuple[date, int] | None:
    day, _line, key = text.partition("_")
    try:
        return date.fromisoformat(day), int(key)
    except ValueError:
        return None


def paper_of(user: User, paper_id: str) -> Paper | None:
    """A paper of a case the user sees."""
    try:
        wanted = UUID(paper_id)
    except ValueError:
        return None
    found = Paper.objects.filter(pk=wanted, entry__stream__case__in=visible_to(user))
    return found.select_related("entry__stream__case").first()

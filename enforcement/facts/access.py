"""Who sees which case."""

from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

import clock
from accounts.models import (
    AUDITOR,
    BAILIFF,
    CLERK,
    HEAD,
    PROSECUTOR,
    REGISTRAR,
    SENIOR_BAILIFF,
    Office,
    User,
)
from accounts.queries import memberships
from enforcement.models import Case, Presentation

#: Roles that see every case of their office.
OFFICE_ROLES: Final = frozenset({REGISTRAR, BAILIFF, SENIOR_BAILIFF, HEAD, AUDITOR})


def visible_to(user: User, *, on: date | None = None, sent: bool = True) -> QuerySet[Case]:
    """The cases a user sees: his office's, those he supervises, those his court `sent`."""
    return Case.objects.filter(_seen_by(user, on=on, sent=sent))


def arrivals_to(user: User, *, on: date) -> QuerySet[Presentation]:
    """The arrivals of the cases a user sees, by their own office: an inbox is one index scan."""
    return Presentation.objects.filter(_seen_by(user, on=on, case="case"))


def _seen_by(user: User, *, on: date | None, case: str = "pk", sent: bool = True) -> Q:
    """What rows with an office and a case (their key `case`) the user sees."""
    held = memberships(user, on=on or clock.today())
    offices = [m.office_id for m in held if m.role in OFFICE_ROLES]
    sources = [m.office_id for m in held if m.role == CLERK]
    supervising = [m.office_id for m in held if m.role == PROSECUTOR]
    seen = Q(office_id__in=offices)
    if sources and sent:
        handed_in = Presentation.objects.filter(case=OuterRef(case), source_id__in=sources)
        seen |= Q(Exists(handed_in))
    if supervising:
        watched = Office.supervises.through.objects.filter(
            from_office_id__in=supervising, to_office_id=OuterRef("office_id")
        )
        seen |= Q(Exists(watched))
    return seen


def roles_of(user: User, *, on: date) -> set[str]:
    """The user's roles on a day, in whatever office: which pages are his."""
    return {held.role for held in memberships(user, on=on)}

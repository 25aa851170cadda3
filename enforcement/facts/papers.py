"""The papers of cases: which are void, which go to somebody's offices."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields import TextField
from django.db.models.functions import Cast

from accounts.models import CLERK, User
from accounts.queries import offices_of
from documents.models import Paper
from enforcement.facts.access import visible_to
from enforcement.lifecycle.proceeding import ANNULLED
from enforcement.models import Proceeding
from journal.models import Entry


def papers_in(cases: Iterable[Any]) -> QuerySet[Paper]:
    """The papers of these cases, each with whether it is `void`."""
    begun_by_mistake = Proceeding.objects.filter(pk=OuterRef("entry__subject"), state=ANNULLED)
    taken_back = Entry.objects.filter(
        stream=OuterRef("entry__stream"), body__contains=Cast(OuterRef("pk"), TextField())
    ).filter(body__contains='"withdrawn":')
    found = Paper.objects.filter(entry__stream__case__in=cases)
    found = found.annotate(void=Exists(begun_by_mistake) | Exists(taken_back))
    return found.select_related("entry__stream__case__office")


def addressed_to(user: User, *, on: date) -> QuerySet[Paper]:
    """The papers that go to the offices for which the user hands documents in."""
    mine = Q()
    for office in offices_of(user, {CLERK}, on=on):
        mine |= Q(addressees__contains=[{"kk": office.name_kk}])
    found = papers_in(visible_to(user, on=on).values("pk"))
    return found.filter(mine) if mine else found.none()

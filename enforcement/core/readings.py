"""What a reader may open on the screens; that he did is noted."""

from uuid import UUID

from django.http import Http404, HttpRequest

from accounts.models import User
from enforcement.facts.access import visible_to
from enforcement.models import Case
from journal import actions as journal


def seen(request: HttpRequest, case_id: UUID) -> Case:
    """The case, where the reader may see it; 404 otherwise."""
    assert isinstance(request.user, User)
    found = visible_to(request.user).select_related("office", "stream")
    case = found.filter(pk=case_id).first()
    if case is None:
        raise Http404
    return case


def note_reading(request: HttpRequest, found: Case, what: str) -> None:
    """Note that the reader saw personal data of the case."""
    assert isinstance(request.user, User)
    journal.read(found.stream, what=what, by=request.user)

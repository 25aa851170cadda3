"""What is answered where something failed that nobody asked for: a page, or a problem."""

from __future__ import annotations

import errno
import sys
from typing import Final

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader

from enforcement.core.problems import PROBLEM
from enforcement.core.refusals import refusal
from law.refusal import Refusal

#: PostgreSQL's code where it takes no writes: a copy that follows another server does not.
READ_ONLY: Final = "25006"
FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
#: In how many seconds it is worth asking again.
SOON: Final = "10"


def problem(refused: Refusal, status: int) -> HttpResponse:
    """A refusal as the API tells it, from where none of its views was reached."""
    told = refusal(refused) | {"status": status}
    return JsonResponse(told, status=status, content_type=PROBLEM)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 where the database or the disk is away, which mends itself, else 500; in either shape."""
    away = stores_are_away(sys.exc_info()[1])
    status = 503 if away else 500
    if request.path.startswith("/api/"):
        answer = problem(Refusal("unavailable" if away else "broken"), status)
    else:
        # Without the request: what every page shows would ask the database.
        answer = HttpResponse(loader.render_to_string(f"{status}.html"), status=status)
    if away:
        answer.headers["Retry-After"] = SOON
    return answer


def stores_are_away(error: BaseException | None) -> bool:
    """Whether the database cannot be reached or take what is written, or the disk is full."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    if isinstance(error, DatabaseError):
        return getattr(error.__cause__, "pgcode", None) == READ_ONLY
    return isinstance(error, OSError) and error.errno in FULL

"""Every error of the API is one refusal object: application/problem+json."""

from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.http import Http404
from rest_framework.exceptions import (
    APIException,
    AuthenticationFailed,
    MethodNotAllowed,
    NotAuthenticated,
    PermissionDenied,
)
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from enforcement.core.http_status import status_of
from enforcement.core.problems import PROBLEM
from enforcement.core.refusals import refusal
from enforcement.verdict import INVALID
from law.refusal import Kind, Refusal

UNREADABLE: Final = "bad_request"
TOO_LARGE: Final = 413
OWN: Final = {"not_authenticated": 401, "method_not_allowed": 405}


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: refusals and DRF's own errors as problem+json."""
    found = _refusal(error)
    if found is None:
        return None
    status = _status(found, error)
    answer = refusal(found) | {"status": status}
    if found.code == INVALID and found.errors:
        # The verdict of interfaces: an invalid document is judged too, and stored nowhere.
        answer["verdict"] = {"verdict": INVALID, "field": found.errors[0].field}
    response = Response(answer, status=status, content_type=PROBLEM)
    if isinstance(error, APIException) and (header := getattr(error, "auth_header", None)):
        response.headers["WWW-Authenticate"] = header
    return response


#: What the door itself refuses, by the error of the framework.
AT_THE_DOOR: Final[tuple[tuple[type[Exception], str, Kind], ...]] = (
    (Http404, "not_found", Kind.UNSEEN),
    (NotAuthenticated, "not_authenticated", Kind.NOT_YOURS),
    (AuthenticationFailed, "not_authenticated", Kind.NOT_YOURS),
    (PermissionDenied, "out_of_scope", Kind.NOT_YOURS),
    (MethodNotAllowed, "method_not_allowed", Kind.CONTENT),
)


def _refusal(error: Exception) -> Refusal | None:
    if isinstance(error, Refusal):
        return error
    for kind, code, why in AT_THE_DOOR:
        if isinstance(error, kind):
            return Refusal(code, kind=why)
    if isinstance(error, APIException | RequestDataTooBig):
        return Refusal(UNREADABLE, says=f"{UNREADABLE}.{_own_status(error)}")
    return None


def _status(found: Refusal, error: Exception) -> int:
    """What no rule refuses, but the door itself, has statuses of its own."""
    if found.code == UNREADABLE:
        return _own_status(error)
    return OWN.get(found.code) or status_of(found)


def _own_status(error: Exception) -> int:
    return int(getattr(error, "status_code", TOO_LARGE))


class UnknownAddress(APIView):
    """An address the API does not have."""

    schema = None

    def get(self, request: Request, rest: str = "") -> Response:
        """404 in the one refusal shape."""
        raise Http404

    post = put = patch = delete = options = get


#: Any other address below /api/.
not_found: Final = UnknownAddress.as_view()

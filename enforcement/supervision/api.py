"""For prosecutors: demands, protests, files taken for checking, and what became of each."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

import clock
from accounts.models import ApiToken, User
from enforcement.core.card import writing
from enforcement.core.conditional import if_match
from enforcement.core.form_fields import DayField
from enforcement.core.json_body import Parts, StrictParser, asked, fields_of
from enforcement.core.openapi import Shape
from enforcement.core.problems import PROBLEM, ProblemShape
from enforcement.core.subject import find_subject
from enforcement.core.waiting import FILE_RETURNED, SUPERVISED
from enforcement.facts.access import visible_to
from enforcement.models import Case, Submission
from enforcement.supervision.pages import TABS, WAITING, listed, note_supervision, supervised
from enforcement.supervision.shapes import (
    ReturnFileShape,
    SuperviseShape,
    SupervisionShape,
    SupervisionsShape,
    supervision,
)
from law.refusal import FieldError, Refusal

ONE = Shape(SupervisionShape)
#: Where a list goes on.
PLACE = Parts(date.fromisoformat, UUID)
REFUSALS = dict.fromkeys(
    [(403, PROBLEM), (404, PROBLEM), (409, PROBLEM), (412, PROBLEM), (422, PROBLEM)],
    Shape(ProblemShape),
)


class Supervisions(APIView):
    """What a prosecutor demands, protests against, takes for checking."""

    scope = ApiToken.Scope.SUPERVISION
    conditional = True
    parser_classes = [StrictParser]

    @extend_schema(
        operation_id="supervision_list",
        parameters=[
            OpenApiParameter("state", str, enum=TABS, description="waiting by default"),
            OpenApiParameter("after", str, description="as the `next` of a page has it"),
        ],
        responses=Shape(SupervisionsShape),
    )
    def get(self, request: Request) -> Response:
        """What the token's prosecutor may see, the oldest first."""
        assert isinstance(request.user, User)
        wanted = asked(request, state=TABS, after=PLACE)
        tab, after = wanted.get("state", WAITING), wanted.get("after", "")
        found, further = listed(request.user, tab=tab, on=clock.today(), after=after)
        onward = urlencode({"state": tab, "after": further})
        following = request.build_absolute_uri(f"{request.path}?{onward}") if further else None
        note_supervision(found, by=request.user)
        return Response({"results": [supervision(each) for each in found], "next": following})

    @extend_schema(request=Shape(SuperviseShape), responses={201: ONE, 200: ONE, **REFUSALS})
    def post(self, request: Request) -> Response:
        """Demand, protest, or take the file; the same act of the same number is answered 200."""
        assert isinstance(request.user, User)
        asked(request)
        given = fields_of(request)
        case = _case(request.user, given.pop("case", None))
        if known := _repeated(request.user, case, given):
            return _told(known, status=200)
        head = if_match(request, case.stream.head_hash)
        told = _typed(case, given)
        verb = writing(SUPERVISED)
        arrival = find_subject(case, verb, {})
        made = verb(arrival, on=clock.today(), by=request.user, head=head, **told)
        return _told(_found(request.user, made.pk), status=201)


class Supervision(APIView):
    """One act of supervision."""

    scope = ApiToken.Scope.SUPERVISION

    @extend_schema(responses={200: ONE, (404, PROBLEM): Shape(ProblemShape)})
    def get(self, request: Request, supervision_id: UUID) -> Response:
        """As it stands, answered or not."""
        assert isinstance(request.user, User)
        asked(request)
        found = _found(request.user, supervision_id)
        note_supervision([found], by=request.user)
        return _told(found, status=200)


class ReturnedFile(APIView):
    """The return of a file that was taken for checking."""

    scope = ApiToken.Scope.SUPERVISION
    conditional = True
    parser_classes = [StrictParser]

    @extend_schema(request=Shape(ReturnFileShape), responses={200: ONE, **REFUSALS})
    def post(self, request: Request, supervision_id: UUID) -> Response:
        """Give the file back, with a note of what the check found."""
        assert isinstance(request.user, User)
        asked(request)
        found = _found(request.user, supervision_id)
        given = {"note": "", **_days(fields_of(request))}
        head = if_match(request, found.case.stream.head_hash)
        verb = writing(FILE_RETURNED)
        verb(found, on=clock.today(), by=request.user, head=head, **given)
        return _told(_found(request.user, supervision_id), status=200)


def _told(found: Submission, *, status: int) -> Response:
    answer = supervision(found)
    return Response(answer, status=status, headers={"ETag": f'"{answer["head"]}"'})


def _found(user: User, key: UUID) -> Submission:
    found = supervised(user, on=clock.today()).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _case(user: User, key: Any) -> Case:
    """The case a body names; 422 where it names none, 404 for one that the user does not see."""
    try:
        wanted = UUID(str(key))
    except ValueError as strange:
        raise Refusal("invalid", errors=(FieldError("case", "format"),)) from strange
    cases = visible_to(user, sent=False).select_related("office", "stream")
    found = cases.filter(pk=wanted).first()
    if found is None:
        raise Http404
    return found


def _repeated(user: User, case: Case, given: dict[str, Any]) -> Submission | None:
    """What the same person has told before under the same number, in the same words."""
    told = given.get("told")
    number = told.get("number") if isinstance(told, dict) else None
    same = {"case": case, "recorded_by": user}
    for each in supervised(user, on=clock.today()).filter(**same) if number else ():
        own = (each.kind, each.text, each.beside.get("number"))
        if own == (given.get("what"), given.get("text"), number):
            return each
    return None


def _typed(case: Case, given: dict[str, Any]) -> dict[str, Any]:
    """A body as the verb takes it: days as days, a line by its number."""
    told = {"what": "", "text": "", **_days(given)}
    if "line" in told:
        number = told["line"]
        known = isinstance(number, int) and not isinstance(number, bool)
        line = case.stream.entries.filter(seq=number).first() if known else None
        if line is None:
            raise Refusal("invalid", errors=(FieldError("line", "unknown"),))
        told["line"] = line
    texts = told.get("told", {})
    if not isinstance(texts, dict):
        raise Refusal("invalid", errors=(FieldError("told", "format"),))
    return told


def _days(given: dict[str, Any]) -> dict[str, Any]:
    """The days of a body as days; 422 for what is none."""
    found = dict(given)
    for name in ("answer_by", "received_on", "returned_on"):
        if name in found:
            found[name] = _day(name, found[name])
    return found


def _day(name: str, value: Any) -> date:
    try:
        day: date | None = DayField().clean(value if isinstance(value, str) else "")
    except ValidationError:
        day = None
    if day is None:
        raise Refusal("invalid", errors=(FieldError(name, "format"),))
    return day

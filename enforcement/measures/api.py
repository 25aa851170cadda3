"""For prosecutors: the freezes that wait for a sanction, and the decision on each."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

import clock
from accounts.models import ApiToken, User
from enforcement.core import api_shapes
from enforcement.core.conditional import if_match
from enforcement.core.json_body import DAY, LIMIT, Parts, StrictParser, asked, fields_of
from enforcement.core.openapi import Shape
from enforcement.core.problems import PROBLEM, ProblemShape
from enforcement.lifecycle.measure import REQUESTED, SANCTION_REFUSED, SANCTIONED, STATES
from enforcement.measures.freeze import DECISIONS
from enforcement.measures.sanctions import freezes, frozen_with, in_state, note_freezes
from enforcement.models import Measure
from law.refusal import Refusal

#: What a decision made the freeze into, and how a second one is refused.
OUTCOME: Final = {"grant": SANCTIONED, "refuse": SANCTION_REFUSED}
DECIDED_BEFORE: Final = ("wrong_state", "stale")
#: What a list is asked for by, and where it stands; the place of a row in it.
AMONG: Final = {
    "office": "case__office__code",
    "since": "requested_on__gte",
    "until": "requested_on__lte",
}
DAYS: Final = {"since": DAY, "until": DAY}
PLACE: Final = Parts(date.fromisoformat, UUID)
SANCTION = Shape(api_shapes.SanctionShape)
REFUSALS = dict.fromkeys([(403, PROBLEM), (409, PROBLEM), (412, PROBLEM)], Shape(ProblemShape))


class Sanctions(APIView):
    """List the requests to sanction a freeze."""

    scope = ApiToken.Scope.SANCTIONS

    @extend_schema(
        operation_id="sanctions_list",
        parameters=[
            OpenApiParameter("state", str, enum=STATES, description="requested by default"),
            OpenApiParameter("office", str, description="code of the bailiffs' office"),
            OpenApiParameter("since", date, description="requested on that day or later"),
            OpenApiParameter("until", date, description="requested on that day or earlier"),
            OpenApiParameter("limit", int, description="rows of a page, 1 to 500; 50 by default"),
            OpenApiParameter("after", str, description="as the `next` of a page has it"),
        ],
        responses=Shape(api_shapes.SanctionsShape),
    )
    def get(self, request: Request) -> Response:
        """The freezes the token's prosecutor may see, oldest request first."""
        assert isinstance(request.user, User)
        wanted = asked(request, state=STATES, after=PLACE, limit=LIMIT, office=None, **DAYS)
        state, most = wanted.get("state") or REQUESTED, int(wanted.get("limit") or 0)
        among = {path: wanted[name] for name, path in AMONG.items() if wanted.get(name)}
        found, further = in_state(
            request.user,
            state=state,
            on=clock.today(),
            after=wanted.get("after", ""),
            most=most,
            among=among,
        )
        onward = urlencode({**wanted, "state": state, "after": further})
        following = request.build_absolute_uri(f"{request.path}?{onward}") if further else None
        note_freezes(found, by=request.user)
        results = [_shape(measure) for measure in found]
        return Response({"results": results, "next": following})


class Sanction(APIView):
    """Read a freeze."""

    scope = ApiToken.Scope.SANCTIONS

    @extend_schema(responses={200: SANCTION, (404, PROBLEM): Shape(ProblemShape)})
    def get(self, request: Request, measure_id: UUID) -> Response:
        """The freeze as it stands, decided or not."""
        assert isinstance(request.user, User)
        asked(request)
        measure = _measure(request.user, measure_id)
        note_freezes([measure], by=request.user)
        return _told(_shape(measure))


class Decision(APIView):
    """The decision on one request."""

    scope = ApiToken.Scope.DECIDE
    conditional = True
    parser_classes = [StrictParser]

    def decide(self, request: Request, measure_id: UUID, verb: str) -> Response:
        """Find the request and decide, if it is as the caller read it; once for one decision."""
        assert isinstance(request.user, User)
        measure = _measure(request.user, measure_id)
        given = dict.fromkeys(DECISIONS[verb].asks, "") | fields_of(request)
        head = if_match(request, measure.case.stream.head_hash)
        try:
            DECISIONS[verb](measure, on=clock.today(), by=request.user, head=head, **given)
        except Refusal as refused:
            if refused.code not in DECIDED_BEFORE:
                raise
            if not _repeated(_measure(request.user, measure_id), verb, given, by=request.user):
                raise
        answer = _shape(_measure(request.user, measure_id))
        return _told({**answer, "state": OUTCOME[verb]})


def _told(answer: api_shapes.SanctionShape) -> Response:
    """A freeze with what its next decision is held against."""
    return Response(answer, headers={"ETag": f'"{answer["head"]}"'})


def _repeated(measure: Measure, verb: str, given: Mapping[str, Any], *, by: User) -> bool:
    """Whether the same person has taken this decision in these words; no number asks for none."""
    name, kept = {
        "grant": ("number", measure.sanction_number),
        "refuse": ("reason", measure.refusal_reason),
    }[verb]
    said = given.get(name, "")
    if measure.decided_by_id != by.pk or not kept or not isinstance(said, str) or {*given} - {name}:
        return False
    return said.strip() == kept or (verb == "grant" and not said.strip())


def _shape(measure: Measure) -> api_shapes.SanctionShape:
    now, beside = frozen_with(measure)
    return api_shapes.sanction(measure, now.due(clock.today()), beside)


def _measure(user: User, measure_id: UUID) -> Measure:
    measure = freezes(user, on=clock.today()).filter(pk=measure_id).first()
    if measure is None:
        raise Http404
    return measure


class Grant(Decision):
    """Sanction a freeze."""

    @extend_schema(request=Shape(api_shapes.GrantShape), responses={200: SANCTION, **REFUSALS})
    def post(self, request: Request, measure_id: UUID) -> Response:
        """Sanction the freeze; without a number the office's register gives the next one."""
        return self.decide(request, measure_id, "grant")


class Refuse(Decision):
    """Refuse a freeze."""

    @extend_schema(request=Shape(api_shapes.RefuseShape), responses={200: SANCTION, **REFUSALS})
    def post(self, request: Request, measure_id: UUID) -> Response:
        """Refuse the freeze, with reasons."""
        return self.decide(request, measure_id, "refuse")

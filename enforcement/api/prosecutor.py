"""For prosecutors: the freezes that wait for a sanction, and the decision on each."""

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

import clock
from accounts.models import User
from documents.shape import CONTROL
from enforcement import queries
from enforcement.actions import measures
from enforcement.api.problems import DepthParser
from enforcement.lifecycle.measures import REQUESTED
from enforcement.models import Measure
from enforcement.serializers import shapes
from enforcement.serializers.openapi import Shape
from enforcement.serializers.problems import ProblemShape
from enforcement.steps import as_read
from law.refusal import FieldError, Refusal

PROBLEM = "application/problem+json"
SANCTION = Shape(shapes.SanctionShape)
REFUSALS = dict.fromkeys([(403, PROBLEM), (409, PROBLEM), (412, PROBLEM)], Shape(ProblemShape))


class Sanctions(APIView):
    """Requests to sanction a freeze."""

    @extend_schema(
        parameters=[OpenApiParameter("state", str, description="requested by default")],
        responses=Shape(shapes.SanctionsShape),
    )
    def get(self, request: Request) -> Response:
        """The freezes the token's prosecutor may see, oldest request first."""
        assert isinstance(request.user, User)
        state = request.query_params.get("state", REQUESTED).replace("\x00", "")
        found = queries.sanctions(request.user, state=state, on=clock.today())
        answer: shapes.SanctionsShape = {"sanctions": [shapes.sanction(each) for each in found]}
        return Response(answer)


class Decision(APIView):
    """The decision on one request."""

    parser_classes = [DepthParser]

    def decide(self, request: Request, measure_id: UUID, verb: str, **texts: str) -> Response:
        """Find the request and decide, if it is as the caller read it."""
        assert isinstance(request.user, User)
        measure = _measure(request.user, measure_id)
        decide = measures.grant_sanction if verb == "grant" else measures.refuse_sanction
        with as_read(_known(request)):
            decide(measure, on=clock.today(), by=request.user, **texts)
        return Response(shapes.sanction(_measure(request.user, measure_id)))


def _measure(user: User, measure_id: UUID) -> Measure:
    visible = queries.visible_to(user)
    found = Measure.objects.filter(pk=measure_id, case__in=visible)
    measure = found.select_related("case__stream", "case__office", "proceeding__debtor").first()
    if measure is None:
        raise Http404
    return measure


def _known(request: Request) -> str:
    """The state of the case the caller read (`If-Match`: hash of its last entry); `*` is any."""
    wanted = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    return "" if wanted == "*" else wanted


def _texts(request: Request, shape: type) -> dict[str, str]:
    """The texts of the body under the names its shape tells."""
    return {name: _text(request, name) for name in shape.__annotations__}


def _text(request: Request, name: str) -> str:
    """A text of the body; empty where there is none, a Refusal where it is something else."""
    data: Any = request.data
    value = data.get(name, "") if isinstance(data, dict) else None
    if not isinstance(value, str) or CONTROL.search(value):
        raise Refusal("invalid", errors=(FieldError(name, "format"),))
    return value


class Grant(Decision):
    """Sanction a freeze."""

    @extend_schema(request=Shape(shapes.GrantShape), responses={200: SANCTION, **REFUSALS})
    def post(self, request: Request, measure_id: UUID) -> Response:
        """Sanction the freeze; without a number the office's register gives the next one."""
        return self.decide(request, measure_id, "grant", **_texts(request, shapes.GrantShape))


class Refuse(Decision):
    """Refuse a freeze."""

    @extend_schema(request=Shape(shapes.RefuseShape), responses={200: SANCTION, **REFUSALS})
    def post(self, request: Request, measure_id: UUID) -> Response:
        """Refuse the freeze, with reasons."""
        return self.decide(request, measure_id, "refuse", **_texts(request, shapes.RefuseShape))

"""For who follows many cases: the papers that go to his court, and what happened since."""

from typing import Final
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

import clock
from accounts.models import ApiToken, User
from enforcement.case import api_shapes as told
from enforcement.core.json_body import LIMIT, Parts, Whole, asked
from enforcement.core.openapi import Shape
from enforcement.facts.access import visible_to
from enforcement.facts.pagination import page
from enforcement.facts.papers import addressed_to
from enforcement.facts.withheld import withheld
from journal import actions as journal
from journal.queries import Cursor, feed

AFTER: Final = OpenApiParameter("after", str, description="as the `next` of an answer has it")
ROWS: Final = OpenApiParameter("limit", int, description="1 to 500 rows; 100 by default")
#: What is read with each line.
BESIDE: Final = ("papers", "stream__case__office")
NUMBER: Final = Whole(0, 10**18)
#: Rows of an answer, where the caller tells none.
MOST: Final = 100


class Papers(APIView):
    """List the papers that go to the caller."""

    scope = ApiToken.Scope.CASES

    @extend_schema(
        operation_id="papers_list", parameters=[AFTER, ROWS], responses=Shape(told.PapersShape)
    )
    def get(self, request: Request) -> Response:
        """The papers addressed to the courts and bodies for which the token hands documents in."""
        assert isinstance(request.user, User)
        wanted = asked(request, after=Parts(_number, UUID), limit=LIMIT)
        papers = addressed_to(request.user, on=clock.today())
        most = int(wanted.get("limit") or MOST)
        found, further = page(papers, "entry_id", "id", after=wanted.get("after", ""), most=most)
        streams = {each.entry.stream_id: each.entry.stream for each in found}
        journal.read_all(streams.values(), what="papers", by=request.user)
        results = [told.paper(each) for each in found]
        answer: told.PapersShape = {"results": results, "next": further or None}
        return Response(answer)


class Changes(APIView):
    """Follow what happens."""

    scope = ApiToken.Scope.CHANGES

    @extend_schema(
        operation_id="changes_list", parameters=[AFTER, ROWS], responses=Shape(told.ChangesShape)
    )
    def get(self, request: Request) -> Response:
        """The lines of the journals the caller sees, in the order they were kept, none twice.

        Ask again with `next`, also where nothing came: no line is missed. Lines of one case come
        in the order of their numbers; what a court does not know of yet is left out.
        """
        assert isinstance(request.user, User)
        wanted = asked(request, after=Parts(_number, _number), limit=LIMIT)
        after = Cursor(*map(int, filter(None, wanted.get("after", "").split("_"))))
        streams = visible_to(request.user).values("stream")
        most = int(wanted.get("limit") or MOST)
        lines, behind = feed(after, limit=most, streams=streams, beside=BESIDE)
        seen = {line.stream_id: line.stream for line in lines}
        hidden = withheld(request.user, seen, on=clock.today())
        journal.read_all(seen.values(), what="changes", by=request.user)
        answer: told.ChangesShape = {
            "changes": [told.change(line) for line in lines if line.subject not in hidden],
            "next": f"{behind.xid}_{behind.id}",
            "more": len(lines) == most,
        }
        return Response(answer)


def _number(text: str) -> int:
    """A part of a cursor: a number as we wrote it."""
    if not text or text not in NUMBER:
        raise ValueError(text)
    return int(text)

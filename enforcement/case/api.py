"""For whoever may see a case: read it, its journal, its terms, its papers."""

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

import clock
from accounts.models import ApiToken, User
from documents.issuing import LANGUAGES
from enforcement.case import api_shapes as told
from enforcement.core import api_shapes
from enforcement.core.files import pdf, rendering
from enforcement.core.json_body import Whole, asked
from enforcement.core.openapi import Shape
from enforcement.core.words import reading
from enforcement.facts.access import visible_to
from enforcement.facts.papers import papers_in
from enforcement.facts.withheld import withheld
from enforcement.models import Case
from journal import actions as journal

PAGE: Final = 200
#: How a flag is written in an address, and a line of a journal.
FLAG: Final = ("0", "1", "true", "false")
LINE: Final = Whole(0, 10**18)


def _case(request: Request, case_id: UUID, *, what: str) -> Case:
    """The case the token may see, its reading noted."""
    assert isinstance(request.user, User)
    visible = visible_to(request.user).select_related("office", "stream")
    found = visible.filter(pk=case_id).first()
    if found is None:
        raise Http404
    journal.read(found.stream, what=what, by=request.user)
    return found


class CaseDetail(APIView):
    """Read a case."""

    scope = ApiToken.Scope.CASES

    @extend_schema(responses=Shape(api_shapes.CaseShape))
    def get(self, request: Request, case_id: UUID) -> Response:
        """A case with its arrivals, parties, debts and terms; `head` is its last line's hash."""
        asked(request)
        found = _case(request, case_id, what="case")
        answer = api_shapes.case(found, today=clock.today(), language=reading())
        return Response(answer, headers={"ETag": f'"{found.stream.head_hash}"'})


class CaseJournal(APIView):
    """Read the journal of a case."""

    scope = ApiToken.Scope.CASES

    @extend_schema(
        parameters=[OpenApiParameter("after", int, description="line after which to go on")],
        responses=Shape(told.JournalShape),
    )
    def get(self, request: Request, case_id: UUID) -> Response:
        """The lines of the case in their order, with their hashes; 200 at most, `next` if more.

        A line about what a court does not know of yet is `withheld`: only its place is told.
        """
        assert isinstance(request.user, User)
        after = int(asked(request, after=LINE).get("after") or 0)
        found = _case(request, case_id, what="journal")
        entries = found.stream.entries.filter(seq__gt=after).prefetch_related("papers")
        lines = list(entries.order_by("seq")[: PAGE + 1])
        hidden = withheld(request.user, [found.stream_id], on=clock.today())
        following: int | None = lines[PAGE - 1].seq if len(lines) > PAGE else None
        rows = [told.entry(line, hidden) for line in lines[:PAGE]]
        answer: told.JournalShape = {"entries": rows, "next": following}
        return Response(answer)


class CaseDeadlines(APIView):
    """Read the terms of a case."""

    scope = ApiToken.Scope.CASES

    @extend_schema(
        parameters=[OpenApiParameter("explain", bool, description="add every step of the count")],
        responses=Shape(api_shapes.DeadlinesShape),
    )
    def get(self, request: Request, case_id: UUID) -> Response:
        """The terms of the case; `explain=1` adds the ledger behind each date."""
        explained = asked(request, explain=FLAG).get("explain", "") in ("1", "true")
        found = _case(request, case_id, what="deadlines")
        rows = api_shapes.deadlines(
            found.stream, today=clock.today(), explain_in=reading() if explained else ""
        )
        answer: api_shapes.DeadlinesShape = {"deadlines": rows}
        return Response(answer)


class CasePapers(APIView):
    """List the papers of a case."""

    scope = ApiToken.Scope.CASES

    @extend_schema(responses=Shape(told.PapersShape))
    def get(self, request: Request, case_id: UUID) -> Response:
        """Every paper the office issued in the case, the oldest first, and whom each goes to."""
        asked(request)
        found = _case(request, case_id, what="papers")
        papers = papers_in([found.pk]).order_by("entry__seq", "number")
        answer: told.PapersShape = {"results": [told.paper(each) for each in papers], "next": None}
        return Response(answer)


class PdfRenderer(BaseRenderer):
    """Lets a client ask for PDF; the view answers the bytes itself."""

    media_type = "application/pdf"
    format = "pdf"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        """Never used for bytes; a refusal is JSON."""
        return JSONRenderer().render(data)


class PaperPdf(APIView):
    """Read a paper."""

    scope = ApiToken.Scope.CASES
    renderer_classes = [JSONRenderer, PdfRenderer]

    @extend_schema(
        parameters=[OpenApiParameter("lang", str, enum=["kk", "ru"])],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, paper_id: UUID) -> HttpResponse | Response:
        """The exact bytes of a paper in Kazakh (default) or Russian."""
        language = asked(request, lang=LANGUAGES).get("lang", "kk")
        found = rendering(paper_id, language)
        if found is None:
            raise Http404
        _case(request, found.paper.entry.stream.case.pk, what="paper")
        answer = pdf(found)
        answer.headers["Content-Language"] = language
        return answer

"""For courts: look at executive documents before they are handed in, hand them in, find them."""

from datetime import date
from uuid import UUID

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

import clock
from accounts.models import ApiToken, User
from documents.executive_document import DocumentShape
from enforcement.core import api_shapes
from enforcement.core.card import writing
from enforcement.core.json_body import Parts, StrictParser, asked, body, fields_of
from enforcement.core.openapi import Shape
from enforcement.core.problems import PROBLEM, ProblemShape
from enforcement.intake import api_shapes as told
from enforcement.intake.found import found_by
from enforcement.intake.receiving import Receipt, receiving_law
from journal import actions as journal
from law.refusal import FieldError, Refusal

REFUSED = dict.fromkeys([(403, PROBLEM), (409, PROBLEM), (422, PROBLEM)], Shape(ProblemShape))
PLACE = Parts(date.fromisoformat, UUID)


def _received(request: Request) -> Receipt:
    """The document of the request, received today."""
    assert isinstance(request.user, User)
    asked(request)
    found: Receipt = writing("received")(
        body(request), law=receiving_law(), on=clock.today(), by=request.user
    )
    return found


class ExecutiveDocuments(APIView):
    """Hand an executive document in."""

    scope = ApiToken.Scope.SUBMIT
    parser_classes = [StrictParser]

    @extend_schema(
        request=Shape(DocumentShape),
        responses={
            201: Shape(api_shapes.ReceiptShape),
            200: Shape(api_shapes.ReceiptShape),
            **REFUSED,
        },
    )
    def post(self, request: Request) -> Response:
        """Register a document received today and answer the law's verdict on it.

        The same `ref` with the same body gives the same answer (200), another body 409. A field
        that holds nothing (null, false, an empty text or list) is the same as one left out.
        """
        receipt = _received(request)
        answer = api_shapes.receipt(receipt.presentation)
        return Response(answer, status=201 if receipt.created else 200)


class Check(APIView):
    """Look at an executive document before it is handed in."""

    scope = ApiToken.Scope.SUBMIT
    parser_classes = [StrictParser]

    @extend_schema(
        operation_id="executive_documents_check",
        request=Shape(DocumentShape),
        responses={200: Shape(told.CheckedShape), **REFUSED},
    )
    def post(self, request: Request) -> Response:
        """Answer what handing the document in would answer now, or how it would be refused.

        It is received and taken back: nothing is kept, no number is used up.
        """
        with transaction.atomic():
            answer = told.checked(_received(request))
            transaction.set_rollback(True)
        return Response(answer)


class Find(APIView):
    """Find documents handed in."""

    scope = ApiToken.Scope.CASES
    parser_classes = [StrictParser]

    @extend_schema(
        operation_id="executive_documents_find",
        request=Shape(told.FindShape),
        responses={200: Shape(told.FoundsShape), (422, PROBLEM): Shape(ProblemShape)},
    )
    def post(self, request: Request) -> Response:
        """Find by the sender's key, by a number, or by a debtor's IIN or BIN: one of them.

        It stands in the body, so that no address and no log holds an IIN.
        """
        assert isinstance(request.user, User)
        asked(request)
        given = fields_of(request)
        after = given.pop("after", None) or ""
        if not isinstance(after, str) or after not in PLACE:
            raise Refusal("invalid", errors=(FieldError("after", "unknown"),))
        found, further = found_by(given, by=request.user, on=clock.today(), after=after)
        streams = {each.case.stream_id: each.case.stream for each in found}
        journal.read_all(streams.values(), what="found", by=request.user)
        results = [told.found(each) for each in found]
        answer: told.FoundsShape = {"results": results, "next": further or None}
        return Response(answer)

"""For courts: hand in executive documents."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

import clock
from accounts.models import User
from documents.executive_document import DocumentShape
from enforcement.core import api_shapes
from enforcement.core.card import writing
from enforcement.core.json_body import StrictParser, asked, body
from enforcement.core.openapi import Shape
from enforcement.core.problems import PROBLEM, ProblemShape
from enforcement.intake.receiving import receiving_law


class ExecutiveDocuments(APIView):
    """Executive documents handed in by a court."""

    parser_classes = [StrictParser]

    @extend_schema(
        request=Shape(DocumentShape),
        responses={
            201: Shape(api_shapes.ReceiptShape),
            200: Shape(api_shapes.ReceiptShape),
            (409, PROBLEM): Shape(ProblemShape),
            (422, PROBLEM): Shape(ProblemShape),
        },
    )
    def post(self, request: Request) -> Response:
        """Register a document received today and answer the law's verdict on it.

        The same `ref` with the same body gives the same answer (200), another body 409.
        """
        assert isinstance(request.user, User)
        asked(request)
        law = receiving_law()
        receipt = writing("received")(body(request), law=law, on=clock.today(), by=request.user)
        answer = api_shapes.receipt(receipt.presentation)
        return Response(answer, status=201 if receipt.created else 200)

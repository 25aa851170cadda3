"""The addresses of the API."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView

from enforcement.api.problems import not_found
from enforcement.case import api as case
from enforcement.intake import api as intake
from enforcement.measures import api as measures
from enforcement.supervision import api as supervision

urlpatterns = [
    path("schema", SpectacularAPIView.as_view(), name="api_schema"),
    path("executive-documents", intake.ExecutiveDocuments.as_view()),
    path("cases/<uuid:case_id>", case.CaseDetail.as_view()),
    path("cases/<uuid:case_id>/journal", case.CaseJournal.as_view()),
    path("cases/<uuid:case_id>/deadlines", case.CaseDeadlines.as_view()),
    path("papers/<uuid:paper_id>.pdf", case.PaperPdf.as_view()),
    path("sanctions", measures.Sanctions.as_view()),
    path("sanctions/<uuid:measure_id>", measures.Sanction.as_view()),
    path("sanctions/<uuid:measure_id>/grant", measures.Grant.as_view()),
    path("sanctions/<uuid:measure_id>/refuse", measures.Refuse.as_view()),
    path("supervision", supervision.Supervisions.as_view()),
    path("supervision/<uuid:supervision_id>", supervision.Supervision.as_view()),
    path("supervision/<uuid:supervision_id>/return", supervision.ReturnedFile.as_view()),
    re_path(r"^(?P<rest>.*)$", not_found),
]

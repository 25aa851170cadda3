"""The addresses of the API."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView

from enforcement.api import court, prosecutor

urlpatterns = [
    path("schema", SpectacularAPIView.as_view(), name="api_schema"),
    path("executive-documents", court.ExecutiveDocuments.as_view()),
    path("cases/<uuid:case_id>", court.CaseDetail.as_view()),
    path("cases/<uuid:case_id>/journal", court.CaseJournal.as_view()),
    path("cases/<uuid:case_id>/deadlines", court.CaseDeadlines.as_view()),
    path("papers/<uuid:paper_id>.pdf", court.PaperPdf.as_view()),
    path("sanctions", prosecutor.Sanctions.as_view()),
    path("sanctions/<uuid:measure_id>", prosecutor.Sanction.as_view()),
    path("sanctions/<uuid:measure_id>/grant", prosecutor.Grant.as_view()),
    path("sanctions/<uuid:measure_id>/refuse", prosecutor.Refuse.as_view()),
    re_path(r"^(?P<rest>.*)$", court.not_found),
]

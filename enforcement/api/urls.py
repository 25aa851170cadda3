"""The addresses of the API."""

from django.urls import path, re_path, register_converter
from django.urls.converters import UUIDConverter
from drf_spectacular.views import SpectacularAPIView

from enforcement.api.problems import not_found
from enforcement.case import api as case
from enforcement.case import following
from enforcement.intake import api as intake
from enforcement.measures import api as measures
from enforcement.supervision import api as supervision


class Key(UUIDConverter):
    """A key in small letters or capitals."""

    regex = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"


register_converter(Key, "key")

urlpatterns = [
    path("schema", SpectacularAPIView.as_view(), name="api_schema"),
    path("executive-documents", intake.ExecutiveDocuments.as_view()),
    path("executive-documents/check", intake.Check.as_view()),
    path("executive-documents/find", intake.Find.as_view()),
    path("cases/<key:case_id>", case.CaseDetail.as_view()),
    path("cases/<key:case_id>/journal", case.CaseJournal.as_view()),
    path("cases/<key:case_id>/deadlines", case.CaseDeadlines.as_view()),
    path("cases/<key:case_id>/papers", case.CasePapers.as_view()),
    path("papers", following.Papers.as_view()),
    path("papers/<key:paper_id>.pdf", case.PaperPdf.as_view()),
    path("changes", following.Changes.as_view()),
    path("sanctions", measures.Sanctions.as_view()),
    path("sanctions/<key:measure_id>", measures.Sanction.as_view()),
    path("sanctions/<key:measure_id>/grant", measures.Grant.as_view()),
    path("sanctions/<key:measure_id>/refuse", measures.Refuse.as_view()),
    path("supervision", supervision.Supervisions.as_view()),
    path("supervision/<key:supervision_id>", supervision.Supervision.as_view()),
    path("supervision/<key:supervision_id>/return", supervision.ReturnedFile.as_view()),
    re_path(r"^(?P<rest>[\s\S]*)$", not_found),
]

"""The addresses of the screens."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from enforcement import search
from enforcement.case import views as case
from enforcement.intake import pages as intake
from enforcement.measures import sanctions
from enforcement.today import views as today
from enforcement.views import approvals, post, steps, transfers, whatif


class PaperLanguage(StringConverter):
    """The languages papers are written in."""

    regex = "kk|ru"


register_converter(PaperLanguage, "lang")

urlpatterns = [
    path("", today.home, name="home"),
    path("today", today.today, name="today"),
    path("today/<slug:name>", today.whole_list, name="today_list"),
    path("sanctions", sanctions.sanctions, name="sanctions"),
    path("search", search.search, name="search"),
    path("approvals", approvals.approvals, name="approvals"),
    path("post", post.post, name="post"),
    path("inbox", intake.inbox, name="inbox"),
    path("transfers/<int:transfer_id>/accept", transfers.accept, name="accept_transfer"),
    path("intake", intake.form, name="intake"),
    path("intake/check", intake.check, name="intake_check"),
    path("intake/row", intake.row, name="intake_row"),
    path("cases/<uuid:case_id>", case.case, name="case"),
    path("cases/<uuid:case_id>/attach", case.attach, name="attach"),
    path("cases/<uuid:case_id>/deadlines/<uuid:deadline_id>", case.ledger, name="ledger"),
    path("cases/<uuid:case_id>/what-if", whatif.what_if, name="what_if"),
    path("cases/<uuid:case_id>/<slug:verb>", steps.step, name="step"),
    path(
        "cases/<uuid:case_id>/<slug:verb>/preview.<lang:language>.pdf",
        steps.preview,
        name="preview",
    ),
    path("papers/<uuid:paper_id>.<lang:language>.pdf", case.paper, name="paper"),
    path("attachments/<uuid:attachment_id>", case.attachment, name="attachment"),
]

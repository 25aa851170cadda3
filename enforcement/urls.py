"""The addresses of the screens."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from enforcement import rights, search
from enforcement.case import pages as case
from enforcement.intake import directory
from enforcement.intake import pages as intake
from enforcement.measures import sanctions
from enforcement.post import pages as post
from enforcement.signing import pages as signing
from enforcement.signing import what_if
from enforcement.supervision import pages as supervision
from enforcement.today import approvals, inbox
from enforcement.today import pages as today


class PaperLanguage(StringConverter):
    """The languages papers are written in."""

    regex = "kk|ru"


register_converter(PaperLanguage, "lang")

urlpatterns = [
    path("", today.home, name="home"),
    path("today", today.today, name="today"),
    path("today/<slug:name>", today.whole_list, name="today_list"),
    path("sanctions", sanctions.sanctions, name="sanctions"),
    path("supervision", supervision.supervision, name="supervision"),
    path("search", search.search, name="search"),
    path("approvals", approvals.approvals, name="approvals"),
    path("post", post.post, name="post"),
    path("inbox", inbox.inbox, name="inbox"),
    path("transfers/<int:transfer_id>/accept", inbox.accept, name="accept_transfer"),
    path("intake", intake.form, name="intake"),
    path("issuers", directory.directory, name="issuers"),
    path("intake/check", intake.check, name="intake_check"),
    path("intake/row", intake.row, name="intake_row"),
    path("rights", rights.rights, name="rights"),
    path("cases", search.cases, name="cases"),
    path("cases/<uuid:case_id>", case.case, name="case"),
    path("cases/<uuid:case_id>/attach", case.keep_file, name="keep_file"),
    path("cases/<uuid:case_id>/deadlines/<uuid:deadline_id>", case.ledger, name="ledger"),
    path("cases/<uuid:case_id>/what-if", what_if.what_if, name="what_if"),
    path("cases/<uuid:case_id>/<slug:verb>", signing.step, name="step"),
    path(
        "cases/<uuid:case_id>/<slug:verb>/preview.<lang:language>.pdf",
        signing.preview,
        name="preview",
    ),
    path("papers/<uuid:paper_id>.<lang:language>.pdf", case.paper, name="paper"),
    path("attachments/<uuid:attachment_id>", case.attachment, name="attachment"),
]

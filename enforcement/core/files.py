"""Files as answers: papers and attachments, named, never cached."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from documents.models import Rendering


def pdf(found: Rendering) -> HttpResponse:
    """The bytes of a rendering, named by their paper."""
    number = found.paper.label.replace("/", "-")
    return file_response(
        found.exact_bytes(), found.blob.media_type, f"{number}-{found.language}.pdf"
    )


def file_response(
    content: bytes, media_type: str, name: str, *, as_attachment: bool = False
) -> HttpResponse:
    """Bytes of a file of ours; browsers keep no copy of it."""
    response = HttpResponse(content, content_type=media_type)
    header = content_disposition_header(as_attachment, name)
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def rendering(paper_id: UUID, language: str) -> Rendering | None:
    """A paper in one language, with its file and its case."""
    found = Rendering.objects.select_related("blob", "paper__entry__stream__case")
    # The bytes come when the case is seen: whose paper it is must not be told by the time it takes.
    found = found.defer("blob__content")
    return found.filter(paper_id=paper_id, language=language).first()

"""Files as answers: papers and attachments, named, never cached."""

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

"""Files handed in with a document: of which kinds, how large, kept with a line of the journal."""

import mimetypes
from typing import Final

from documents.models import Attachment, Blob
from enforcement.core.act import Act
from enforcement.core.card import Line
from enforcement.core.roles import REGISTERING
from enforcement.core.verb import verb
from enforcement.models import Presentation
from journal.models import Entry
from law.refusal import FieldError, Refusal

LARGEST_FILE: Final = 20 * 1024 * 1024
#: What an attachment may be, by the first bytes of the file.
FILE_MARKS: Final = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}


@verb(on=Presentation, by=REGISTERING, writes=(Line("attached"),), listed=False)
def attach(act: Act[Presentation], *, name: str, content: bytes) -> Entry:
    """Keep a file handed in with the document: PDF, PNG or JPEG up to 20 MiB."""
    media_type = _media_type(content)
    [blob] = Blob.keep(content, media_type=media_type)
    entry = act.record("attached", digest=blob.digest, size=blob.size)
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0][:150] or "file"
    ending = mimetypes.guess_extension(media_type) or ""
    document = act.subject.document
    Attachment.objects.create(document=document, entry=entry, blob=blob, name=stem + ending)
    return entry


def _media_type(content: bytes) -> str:
    """What the file is by its first bytes; 422 for another kind or too many bytes."""
    media_type = next((kind for mark, kind in FILE_MARKS.items() if content.startswith(mark)), "")
    if not media_type:
        raise Refusal("file_type", errors=(FieldError("file", "file_type"),))
    if len(content) > LARGEST_FILE:
        raise Refusal("file_size", errors=(FieldError("file", "file_size"),))
    return media_type

"""On what a caller's request is conditional: the state of the case as he read it."""

import re
from typing import Final

from rest_framework.request import Request

from enforcement.core.checks import Head

#: A tag as RFC 9110 writes it, or our hash alone; behind a hash may stand the digest of an answer.
_TAG: Final = re.compile(r'\s*(?:W/)?(?:"([^".]*)(?:\.[0-9a-f]{32})?"|([0-9a-f]{64}))\s*')


def if_match(request: Request, current: str) -> Head | None:
    """The state of the case the caller read: `If-Match`, the hash of its last line.

    None where the caller sets no condition (no header, or `*`). Of several tags the one of the
    case as it stands counts. What is no tag matches no state.
    """
    told = request.headers.get("If-Match")
    if told is None or told.strip() == "*":
        return None
    found = [_TAG.fullmatch(part) for part in told.split(",")]
    tags = ["".join(filter(None, tag.groups())) for tag in found if tag]
    return Head(current if current in tags else next(iter(tags), ""))

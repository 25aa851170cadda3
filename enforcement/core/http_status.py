"""With which HTTP status each kind of refusal is answered, on screens and by the API."""

from typing import Any, Final

from law.refusal import Kind, Refusal

STATUS: Final[dict[Kind, int]] = {
    Kind.NOT_YOURS: 403,
    Kind.UNSEEN: 404,
    Kind.STATE: 409,
    Kind.STALE: 412,
    Kind.CONTENT: 422,
}


def status_of(refusal: Refusal) -> int:
    """The status a refusal is answered with."""
    return STATUS[refusal.kind]


def keys_of(refusal: Refusal) -> dict[str, Any]:
    """The refusal without words as commands print it: its keys and its status."""
    return {"code": refusal.code, "status": status_of(refusal), **refusal.keys()}

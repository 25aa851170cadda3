"""The shapes in which a document is looked at before it is handed in, and found again after."""

from typing import Annotated, Literal, NotRequired, TypedDict

from enforcement.core.api_shapes import As, Day, DeadlineShape, Judged, Key
from enforcement.core.api_shapes import receipt as shown
from enforcement.intake.receiving import Receipt
from enforcement.lifecycle.presentation import STATES
from enforcement.models import Presentation


class CheckedShape(TypedDict):
    """What handing the document in would answer now; nothing of it is kept."""

    would: Annotated[Literal["register", "repeat"], As(about="`repeat`: it was handed in before")]
    ref: str
    verdict: Judged
    deadlines: list[DeadlineShape]


class FindShape(TypedDict):
    """By what to find, one of the three; `after` is the `next` of a page."""

    ref: NotRequired[Annotated[str, As(about="the sender's own key")]]
    number: NotRequired[Annotated[str, As(about="the office's number of the case, or the court's")]]
    identifier: NotRequired[Annotated[str, As(about="IIN or BIN of a debtor")]]
    after: NotRequired[str]


class FoundShape(TypedDict):
    """An arrival of a document that the caller sees."""

    id: Key
    case: Key
    number: Annotated[str, As(about="the office's number of the case")]
    office: str
    ref: str
    state: Annotated[str, As(one_of=STATES)]
    issuer: str | None
    case_number: Annotated[str, As(about="the court's number")]
    received_on: Day


class FoundsShape(TypedDict):
    """Arrivals, the oldest first, a page at most; `next` is the cursor of the next page."""

    results: list[FoundShape]
    next: str | None


def checked(receipt: Receipt) -> CheckedShape:
    """What a receipt tells that is taken back: nothing that has a key, for none would stay."""
    told = shown(receipt.presentation)
    terms = told["deadlines"]
    return {
        "would": "register" if receipt.created else "repeat",
        "ref": told["ref"],
        "verdict": told["verdict"],
        "deadlines": [{**term, "scope": term["scope"].partition(":")[0]} for term in terms],
    }


def found(arrival: Presentation) -> FoundShape:
    """An arrival by what it is known."""
    document = arrival.document
    return {
        "id": str(arrival.pk),
        "case": str(arrival.case_id),
        "number": arrival.case.label,
        "office": arrival.case.office.code,
        "ref": arrival.ref,
        "state": arrival.state,
        "issuer": document.issuer.code if document.issuer else None,
        "case_number": document.case_number,
        "received_on": arrival.received_on.isoformat(),
    }

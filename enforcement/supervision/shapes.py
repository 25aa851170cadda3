"""What the API of supervision reads and answers."""

from typing import NotRequired, TypedDict

from enforcement.core.api_shapes import Address, Day, Key
from enforcement.models import Submission


class SupervisionShape(TypedDict):
    """What a prosecutor demanded, protested against or took for checking; `head` for If-Match.

    `line`: the line of the journal it is against; `answer_by`: the last day he named; `outcome` is
    in `state`, what was answered or found in `answer`.
    """

    id: Key
    case: Key
    number: str
    office: str
    supervisor: str
    kind: str
    state: str
    act_number: str
    text: str
    line: int | None
    received_on: Day
    answer_by: Day | None
    answer: str
    decided_on: Day | None
    head: str


class SupervisionsShape(TypedDict):
    """The oldest first, a page at most; `next` is the address of the next page."""

    results: list[SupervisionShape]
    next: Address | None


class SuperviseShape(TypedDict):
    """An act of supervision: its kind by the law's name, until when, against which line.

    `told`: what is told beside, by the law's names, as `number` of the act.
    """

    case: Key
    what: str
    text: str
    answer_by: NotRequired[Day]
    line: NotRequired[int]
    told: NotRequired[dict[str, str]]


class ReturnFileShape(TypedDict):
    """What the check found; the day the file came back, where it is not today."""

    note: str
    returned_on: NotRequired[Day]


def supervision(asked: Submission) -> SupervisionShape:
    """An act of supervision as the prosecutor's system reads it."""
    return {
        "id": str(asked.pk),
        "case": str(asked.case_id),
        "number": asked.case.label,
        "office": asked.case.office.code,
        "supervisor": asked.supervisor.code if asked.supervisor else "",
        "kind": asked.kind,
        "state": asked.state,
        "act_number": asked.beside.get("number", ""),
        "text": asked.text,
        "line": asked.line,
        "received_on": asked.received_on.isoformat(),
        "answer_by": asked.answer_by.isoformat() if asked.answer_by else None,
        "answer": asked.answer,
        "decided_on": asked.decided_on.isoformat() if asked.decided_on else None,
        "head": asked.case.stream.head_hash,
    }

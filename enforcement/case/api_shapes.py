"""The shapes in which the API tells what happened in cases and which papers they hold."""

from collections.abc import Collection
from typing import Annotated, Any, TypedDict
from uuid import UUID

from enforcement.core.api_shapes import As, Day, Instant, Key
from enforcement.core.words import reading
from journal.models import Entry
from law.statute import statute

#: What stands in the place of a line that the reader does not see.
WITHHELD = "withheld"


class NamedPaperShape(TypedDict):
    """A paper that a line filed; its bytes stand at /papers/{id}.pdf."""

    id: Key
    kind: str
    number: str


class EntryShape(TypedDict):
    """A journal line with its place in the chain.

    A line of kind `withheld` is one that the caller does not see yet: only its place is told.
    """

    seq: int
    kind: str
    on: Day
    happened_at: Instant | None
    recorded_at: Instant
    by: Key | None
    state_after: str
    body: dict[str, Any]
    papers: list[NamedPaperShape]
    corrects: int | None
    prev: str
    hash: str


class JournalShape(TypedDict):
    """Lines of a journal; `next` is the line to go on after, null at the end."""

    entries: list[EntryShape]
    next: int | None


def entry(line: Entry, hidden: Collection[UUID]) -> EntryShape:
    """A journal line with its place in the chain; of one about what is hidden only that."""
    seen = line.subject not in hidden
    return {
        "seq": line.seq,
        "kind": line.kind if seen else WITHHELD,
        "on": line.on.isoformat(),
        "happened_at": line.happened_at.isoformat() if seen and line.happened_at else None,
        "recorded_at": line.recorded_at.isoformat(),
        "by": str(line.by_id) if seen and line.by_id else None,
        "state_after": line.state_after if seen else "",
        "body": line.facts if seen else {},
        "papers": _named(line) if seen else [],
        "corrects": line.corrects if seen else None,
        "prev": line.prev,
        "hash": line.hash,
    }


def _named(line: Entry) -> list[NamedPaperShape]:
    return [
        {"id": str(paper.pk), "kind": paper.kind, "number": paper.label}
        for paper in sorted(line.papers.all(), key=lambda paper: paper.number)
    ]


# --- Papers --------------------------------------------------------------------------------------


class AddresseeShape(TypedDict):
    """Whom a paper goes to, in both languages; through whom, where he is represented."""

    kk: str
    ru: str
    through: Annotated[str, As(about="his representatives")]


class PaperShape(TypedDict):
    """A paper the office issued; its bytes stand at /papers/{id}.pdf."""

    id: Key
    case: Key
    case_number: Annotated[str, As(about="the office's number of the case")]
    kind: str
    title: Annotated[str, As(about="in the language of the answer")]
    number: str
    issued_on: Day
    line: Annotated[int, As(about="the line of the journal that issued it")]
    addressees: list[AddresseeShape]
    void: Annotated[bool, As(about="taken back since, or of what was begun by mistake")]


class PapersShape(TypedDict):
    """Papers, the oldest first, a page at most; `next` is the cursor of the next page."""

    results: list[PaperShape]
    next: str | None


def paper(found: Any) -> PaperShape:
    """A paper as facts.papers read it, with whom it goes to."""
    case = found.entry.stream.case
    return {
        "id": str(found.pk),
        "case": str(case.pk),
        "case_number": case.label,
        "kind": found.kind,
        "title": statute(found.rule_set).texts[found.kind]["title"][reading()],
        "number": found.label,
        "issued_on": found.issued_on.isoformat(),
        "line": found.entry.seq,
        "addressees": [
            {"kk": each["kk"], "ru": each["ru"], "through": each.get("through", "")}
            for each in found.addressees
        ],
        "void": found.void,
    }


# --- What happened since -------------------------------------------------------------------------


class ChangeShape(TypedDict):
    """A line of the journal of a case that the caller sees, in the order in which it was kept."""

    case: Key
    number: Annotated[str, As(about="the office's number of the case")]
    seq: int
    kind: str
    on: Day
    recorded_at: Instant
    subject: Key | None
    state_after: str
    papers: list[NamedPaperShape]


class ChangesShape(TypedDict):
    """What happened since; `next` is from where to ask again, whether or not there is more now."""

    changes: list[ChangeShape]
    next: str
    more: bool


def change(line: Entry) -> ChangeShape:
    """A line as somebody who follows many cases reads it."""
    case = line.stream.case
    return {
        "case": str(case.pk),
        "number": case.label,
        "seq": line.seq,
        "kind": line.kind,
        "on": line.on.isoformat(),
        "recorded_at": line.recorded_at.isoformat(),
        "subject": str(line.subject) if line.subject else None,
        "state_after": line.state_after,
        "papers": _named(line),
    }

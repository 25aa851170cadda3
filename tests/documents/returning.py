"""A process that returns papers at once with others: `-m tests.documents.returning ID...`."""

from __future__ import annotations

import sys

import django

django.setup()

from tests.at_once import at_once  # noqa: E402  Django had to be ready first
from tests.office import act, afresh  # noqa: E402


def return_all(presentations: list[str]) -> list[Exception]:
    """Return every paper named, each in a thread of its own; what went wrong."""
    from enforcement.models import Presentation

    waiting = [afresh(Presentation(pk=pk)) for pk in presentations]
    ended = at_once(*(lambda each=each: act(each, "return_defective") for each in waiting))
    return [each for each in ended if isinstance(each, Exception)]


if __name__ == "__main__":
    faults = return_all(sys.argv[1:])
    for fault in faults:
        print(repr(fault), file=sys.stderr)
    sys.exit(1 if faults else 0)

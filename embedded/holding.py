"""Who holds an office's servers. The kernel lets go of a lock when its holder ends, however."""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import dataclass
from typing import IO

from embedded.places import Places, make_private

SUPERVISOR = "make run"


@dataclass
class Hold:
    """The right to start and stop the servers of one var folder."""

    file: IO[str]

    def release(self) -> None:
        """Let go."""
        self.file.close()


def take(places: Places, *, what: str) -> Hold | None:
    """Take hold for a purpose, or give None where somebody else has it."""
    make_private(places.var)
    file = open(places.lock, "a+", encoding="utf-8")  # noqa: SIM115  held open on purpose
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    file.truncate(0)
    json.dump({"pid": os.getpid(), "what": what}, file)
    file.flush()
    return Hold(file)


@dataclass(frozen=True)
class Holder:
    """Who has hold, as far as the lock's file tells."""

    pid: int
    what: str


def holder(places: Places) -> Holder:
    """Say who has hold and what for."""
    try:
        kept = json.loads(places.lock.read_text(encoding="utf-8"))
        return Holder(kept["pid"], kept["what"])
    except (OSError, ValueError, KeyError):  # it has taken hold this very moment
        return Holder(0, "another command")


@dataclass
class Guest:
    """A shared mark that somebody uses servers which somebody else may be about to stop."""

    file: IO[str]

    def wait_for_others(self) -> None:
        """Wait until no other guest is left, and let no new one in."""
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def leave(self) -> None:
        """Take the mark away."""
        self.file.close()


def enter(places: Places) -> Guest:
    """Leave a mark as a guest; waits while the servers are being stopped."""
    make_private(places.var)
    file = open(places.guests, "a", encoding="utf-8")  # noqa: SIM115  held open on purpose
    fcntl.flock(file, fcntl.LOCK_SH)
    return Guest(file)

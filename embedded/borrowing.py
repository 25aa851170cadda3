"""Servers for one command: those that run already, or our own for as long as it takes."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from embedded import CannotRun, holding
from embedded.places import Places, places, read_whole
from embedded.preparation import Preparation
from embedded.servers import Addresses, Servers

_PATIENCE_SECONDS = 120


@contextmanager
def borrowed(environ: Mapping[str, str], *, what: str, migrated: bool) -> Iterator[Addresses]:
    """Give addresses for the time of one command; `migrated` brings a new database up to date."""
    where = places(environ)
    guest = holding.enter(where)
    hold = None
    try:
        hold = _hold_or_find(where, what)
        if isinstance(hold, Addresses):
            yield hold
        else:
            with _own(where, environ, guest, migrated=migrated) as addresses:
                yield addresses
    finally:
        if isinstance(hold, holding.Hold):
            hold.release()
        guest.leave()


def _hold_or_find(where: Places, what: str) -> holding.Hold | Addresses:
    """Take hold where nobody has it; else wait for the holder's servers to be there."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    told = False
    while time.monotonic() < deadline:
        hold = holding.take(where, what=what)
        if hold is not None:
            return hold
        holder = holding.holder(where)
        found = read_whole(where.servers)
        if found and found["pid"] == holder.pid:
            return Addresses(found["app"], found["owner"], found["redis"])
        if not told:
            _say(f"waiting for the servers that `{holder.what}` is starting")
            told = True
        time.sleep(0.1)
    raise CannotRun(f"`{holding.holder(where).what}` holds {where.var}, but no servers come up")


@contextmanager
def _own(
    where: Places, environ: Mapping[str, str], guest: holding.Guest, *, migrated: bool
) -> Iterator[Addresses]:
    servers = Servers(where, environ, _say)
    preparation = None
    try:
        addresses = servers.start()
        if migrated:
            preparation = Preparation(servers, addresses)
            preparation.migrate()
        yield addresses
    finally:
        guest.wait_for_others()
        if preparation is not None:
            preparation.abandon()
        servers.stop()


def _say(words: str) -> None:
    # Standard output is the command's own: a reader of its JSON must not meet us there.
    print(f"oryndau: {words}", file=sys.stderr, flush=True)

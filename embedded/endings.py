"""Ctrl-C and its like, as an exception that never falls between a child and the note of it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class AskedToEnd(BaseException):
    """Ctrl-C, or whoever started us wants us gone."""


class _Wish:
    held_back = 0
    came = False


def listen() -> None:
    """Turn the wish to end into an exception, wherever the program is."""
    for wish in _SIGNALS:
        if wish is signal.SIGHUP and signal.getsignal(wish) is signal.SIG_IGN:
            continue  # nohup
        signal.signal(wish, _hear)


def ignore() -> None:
    """Hear no more: a second Ctrl-C must not leave half of it running."""
    for wish in _SIGNALS:
        signal.signal(wish, signal.SIG_IGN)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold a wish to end back until a child that was started is also noted."""
    _Wish.held_back += 1
    try:
        yield
    finally:
        _Wish.held_back -= 1
    if _Wish.came and not _Wish.held_back:
        _Wish.came = False
        raise AskedToEnd


def _hear(_signal: int, _frame: FrameType | None) -> None:
    if _Wish.held_back:
        _Wish.came = True
    else:
        raise AskedToEnd

"""The one place that reads the clock: real time, or a demo's time shared by all its processes.

A demo's clock is an offset in a small file, so that the web, the worker, beat and commands agree
on it and time goes on from the instant set. Without a file to keep it in, time is always real.
"""

from __future__ import annotations

import json
import os
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Final

ALMATY: Final = timezone(timedelta(hours=5), "+05")


class ClockNotSettable(RuntimeError):
    """The office is not a demo, so its clock is the real one."""


class _Shift:
    """The demo's offset from real time, read again whenever its file changes."""

    def __init__(self) -> None:
        self.file: Path | None = None
        self._seen: tuple[int, int, int] | None = None
        self._offset = timedelta(0)

    def offset(self) -> timedelta:
        stamp = self._stamp()
        if stamp != self._seen:
            self._offset = self._read() if stamp else timedelta(0)
            self._seen = stamp
        return self._offset

    def _stamp(self) -> tuple[int, int, int] | None:
        if self.file is None:
            return None
        try:
            seen = os.stat(self.file)
        except FileNotFoundError:
            return None
        # A replaced file has another inode, even within one tick of mtime.
        return seen.st_mtime_ns, seen.st_ino, seen.st_size

    def _read(self) -> timedelta:
        assert self.file is not None
        try:
            kept = json.loads(self.file.read_text(encoding="utf-8"))
        except FileNotFoundError:  # reset between the look and the reading
            return timedelta(0)
        return timedelta(seconds=kept["offset_seconds"])


_shift = _Shift()


def keep_shift_in(file: Path | None) -> None:
    """Name the file of a demo's offset; None pins the clock to real time."""
    _shift.file = file
    _shift._seen = None
    _shift._offset = timedelta(0)


def now() -> datetime:
    """Give the office's present instant, aware, in UTC+5."""
    return datetime.now(ALMATY) + _shift.offset()


def today() -> date:
    """Give the office's present day."""
    return now().date()


def set_to(instant: datetime) -> None:
    """Move the demo's clock to an aware instant, from which time goes on."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its offset from UTC")
    offset = instant - datetime.now(ALMATY)
    _write(_file(), {"offset_seconds": offset.total_seconds(), "set_to": instant.isoformat()})


def reset() -> None:
    """Bring the demo's clock back to real time."""
    _file().unlink(missing_ok=True)


def is_set() -> bool:
    """Tell whether the clock is a demo's own and not the real one."""
    return _shift._stamp() is not None


def _file() -> Path:
    if _shift.file is None:
        raise ClockNotSettable("only a demo office has a clock that can be set")
    return _shift.file


def _write(file: Path, kept: dict[str, object]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    fresh.write_text(json.dumps(kept) + "\n", encoding="utf-8")
    os.replace(fresh, file)

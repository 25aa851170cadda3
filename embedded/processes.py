"""Starting and ending processes so that none outlives the one that started it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

_PR_SET_PDEATHSIG: Final = 1
_libc: Any = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Identity:
    """Whom a server runs as when root starts it."""

    uid: int
    gid: int


def start(
    command: Sequence[str],
    *,
    environ: Mapping[str, str],
    folder: Path,
    output: IO[bytes] | None = None,
    identity: Identity | None = None,
    orphaned: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own; `orphaned` is sent to it should its parent vanish.

    Ctrl-C reaches the parent alone, which then ends its children in order.
    """
    return subprocess.Popen(
        list(command),
        env=dict(environ),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
        preexec_fn=_when_orphaned(orphaned),  # noqa: PLW1509  one thread starts children
        **as_whom(identity),
    )


def as_whom(identity: Identity | None) -> dict[str, Any]:
    """Say to subprocess whom a command runs as."""
    if identity is None:
        return {}
    return {"user": identity.uid, "group": identity.gid, "extra_groups": []}


def _when_orphaned(orphaned: signal.Signals) -> Callable[[], None] | None:
    if _libc is None:
        return None
    parent = os.getpid()

    def ask_the_kernel() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(orphaned), 0, 0, 0)
        if os.getppid() != parent:  # it vanished before the kernel was asked
            os._exit(1)

    return ask_the_kernel


def end(child: subprocess.Popen[bytes], *, by: signal.Signals, seconds: float) -> None:
    """End one child and whatever it started."""
    end_all([child], by=by, seconds=seconds)


def end_all(
    children: Iterable[subprocess.Popen[bytes]], *, by: signal.Signals, seconds: float
) -> None:
    """Ask children to end, wait so many seconds for all of them, then kill what is left."""
    asked = list(children)
    for child in asked:
        if child.poll() is None:
            child.send_signal(by)
    deadline = time.monotonic() + seconds
    for child in asked:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.05, deadline - time.monotonic()))
    for child in asked:
        _kill_group(child)


def _kill_group(child: subprocess.Popen[bytes]) -> None:
    """Kill what is left of a child's session, its own children included."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    wait_for(lambda: not _group_is_alive(child.pid), seconds=2)


def _group_is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    members = Path("/proc").glob("[0-9]*/stat")
    states = [found for found in map(_state_and_group, members) if found[1] == group]
    return not states or any(state != "Z" for state, _ in states)


def is_alive(pid: int) -> bool:
    """Tell whether a process is there and is not a mere entry awaiting its parent."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return _state(pid) != "Z"


def command_of(pid: int) -> str:
    """Give a process's command line, or nothing where there is no such process."""
    if Path("/proc/self").exists():
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return ""
        return words.replace(b"\0", b" ").decode("utf-8", "replace").strip()
    asked = ["ps", "-o", "command=", "-p", str(pid)]
    found = subprocess.run(asked, capture_output=True, check=False)
    return found.stdout.decode("utf-8", "replace").strip()


def handles(pid: int, wish: signal.Signals) -> bool:
    """Tell whether a process would act on a signal by itself (where the system shows it)."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return False
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) >> (wish - 1) & 1)


def at_work_in(folder: Path) -> list[int]:
    """Find the processes whose working folder this is: PostgreSQL and Valkey move into theirs."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if os.readlink(entry) == str(folder):
                found.append(int(entry.parent.name))
        except OSError:  # it ended meanwhile, or is another user's
            continue
    return found


def end_leftovers(folder: Path, *, by: signal.Signals) -> None:
    """End what a crash left at work in a folder that is ours alone: first asked, then killed."""
    for how, seconds in ((by, 5.0), (signal.SIGKILL, 5.0)):
        left = at_work_in(folder.resolve())
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, how)
        if all(wait_until_gone(pid, seconds=seconds) for pid in left):
            return


def wait_until_gone(pid: int, *, seconds: float) -> bool:
    """Wait for a process that is not our own child."""
    return wait_for(lambda: not is_alive(pid), seconds=seconds)


def wait_for(happened: Callable[[], bool], *, seconds: float, every: float = 0.05) -> bool:
    """Look again and again until something happened, or give up after so many seconds."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True


def tail(log: Path, lines: int = 20) -> str:
    """Give the end of a log, for the message of a failure."""
    try:
        text = log.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "(no log)"
    return "\n".join(text.splitlines()[-lines:])


def _state(pid: int) -> str:
    return _state_and_group(Path(f"/proc/{pid}/stat"))[0]


def _state_and_group(stat: Path) -> tuple[str, int]:
    try:
        text = stat.read_text(encoding="utf-8", errors="replace")
    except OSError:  # it ended, or this system has no /proc
        return "", 0
    state, _parent, group = text.rpartition(")")[2].split()[:3]
    return state, int(group)

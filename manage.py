#!/usr/bin/env python3
"""Runs one command of the office, with the servers it needs and no others."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

# What reads neither database nor Redis. Everything else finds the running servers or starts them.
SERVERLESS = {
    "check",
    "check_documents",
    "clock",
    "collectstatic",
    "compile_translations",
    "diffsettings",
    "findstatic",
    "help",
    "law_coverage",
    "lifecycle",
    "makemigrations",
    "reckon",
    "screen_words",
    "spectacular",
    "startapp",
    "version",
}
# What changes tables, which only their owner may.
BY_THE_OWNER = {"migrate"}


def main(arguments: list[str]) -> int:
    """Run the command and give its exit code."""
    if not _is_set_up():
        advice = "run `make setup` first, then `.venv/bin/python manage.py ...`"
        print(f"oryndau: {advice}", file=sys.stderr)
        return 1
    from django.core.exceptions import ImproperlyConfigured

    from embedded import CannotRun

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if not os.environ.get("DATABASE_URL"):
        # The one-machine stack is a demo and never an office's own.
        os.environ.setdefault("ORYNDAU_DEMO", "1")
    _speak_utf8()
    signal.signal(signal.SIGTERM, _end)
    try:
        return _run(arguments)
    except (CannotRun, ImproperlyConfigured) as reason:
        print(f"oryndau: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _run(arguments: list[str]) -> int:
    command = arguments[1] if len(arguments) > 1 else "help"
    if command.startswith("-") or command in SERVERLESS or "--help" in arguments:
        return _django(arguments)
    from embedded.borrowing import borrowed
    from embedded.servers import refuse_half_an_address

    if command in BY_THE_OWNER:
        refuse_half_an_address(os.environ)
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return _as_whoever_may(command, arguments)
    what = f"manage.py {command}"
    with borrowed(os.environ, what=what, migrated=command not in BY_THE_OWNER) as addresses:
        for name, address in addresses.environ().items():
            os.environ[name] = os.environ.get(name) or address
        return _as_whoever_may(command, arguments)


def _as_whoever_may(command: str, arguments: list[str]) -> int:
    if command in BY_THE_OWNER:
        os.environ["DATABASE_URL"] = os.environ["DATABASE_OWNER_URL"]
    import config.celery  # noqa: F401  tasks sent by a command find their broker

    return _django(arguments)


def _django(arguments: list[str]) -> int:
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(arguments)
    except SystemExit as end:  # the servers are stopped before the command's own end is told
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    return 0


def _is_set_up() -> bool:
    try:
        import django  # noqa: F401
    except ImportError:
        return False
    return True


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream.encoding.lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding="utf-8")
    if sys.stdin and sys.stdin.encoding.lower().replace("-", "") != "utf8":
        sys.stdin.reconfigure(encoding="utf-8")


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main(sys.argv))

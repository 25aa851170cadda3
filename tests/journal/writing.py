"""A process that writes lines at once with others: `python -m tests.journal.writing SEED COUNT`.

Some of its transactions stay open for a while, some are rolled back; it prints how many lines of
its own were committed.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import date

import django

django.setup()

from django.db import transaction  # noqa: E402  Django had to be ready first

from journal import actions as journal  # noqa: E402
from journal.models import Stream  # noqa: E402

LONG, LONGEST_SECONDS = 0.05, 0.03
ROLLED_BACK = 0.15
ON = date(2026, 3, 10)


class Dropped(Exception):
    """Rolls a transaction back."""


def burst(chance: random.Random, streams: list[Stream], size: int) -> int:
    """Write some lines in one transaction; how many stay."""
    # Streams in one order, so that no two writers wait for each other.
    chosen = sorted(chance.choices(streams, k=size), key=lambda stream: str(stream.pk))
    try:
        with transaction.atomic():
            for stream in chosen:
                journal.record(stream, "attached", on=ON, by=None, body={"n": chance.random()})
            if chance.random() < LONG:
                time.sleep(chance.uniform(0, LONGEST_SECONDS))
            if chance.random() < ROLLED_BACK:
                raise Dropped
    except Dropped:
        return 0
    return size


def write(seed: int, count: int) -> int:
    """Write until `count` lines are committed."""
    chance, streams, written = random.Random(seed), list(Stream.objects.all()), 0
    while written < count:
        written += burst(chance, streams, min(chance.randint(1, 5), count - written))
    return written


if __name__ == "__main__":
    print(write(int(sys.argv[1]), int(sys.argv[2])))

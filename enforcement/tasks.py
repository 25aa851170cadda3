"""What beat asks of the cases: to look at the calendar."""

from typing import Any

from celery import shared_task

import clock
from enforcement.core import sweep as sweeping
from enforcement.today import digest


@shared_task
def remind() -> int:
    """Mail what the day holds, once a day, when people are at work."""
    now = clock.now()
    return digest.remind(on=now.date()) if now.hour in digest.WORKING_HOURS else 0


@shared_task
def sweep() -> dict[str, Any]:
    """Let every term expire whose last day is over."""
    # How many expired before is a count of a table that grows: nobody asks beat for it.
    return sweeping.sweep(on=clock.today(), count_already=False).as_json()

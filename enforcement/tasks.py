"""What beat asks of the cases: to look at the calendar."""

from typing import Any

from celery import shared_task

import clock
from enforcement.actions import terms


@shared_task
def sweep() -> dict[str, Any]:
    """Let every term expire whose last day is over."""
    return terms.sweep(on=clock.today()).as_json()

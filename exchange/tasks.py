"""What beat asks of the outbox."""

from celery import shared_task

from exchange import outbox


@shared_task
def drain() -> int:
    """Hand over what waits."""
    return outbox.drain()

"""What beat asks of the journal: the daily digest of readings."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from journal.models import Reading, ReadingDigest
from journal.queries import digest_of_readings


@shared_task
def digest_readings() -> int:
    """Digest every ended day (real time) that has readings and no digest yet; how many days."""
    today = timezone.localdate()
    kept = ReadingDigest.objects.order_by("-day").values_list("day", flat=True).first()
    first = kept + timedelta(days=1) if kept else None
    if first is None:
        oldest = Reading.objects.order_by("at").values_list("at", flat=True).first()
        first = timezone.localtime(oldest).date() if oldest else today
    days = [first + timedelta(days=n) for n in range((today - first).days)]
    for day in days:
        count, digest = digest_of_readings(day)
        ReadingDigest.objects.get_or_create(day=day, defaults={"count": count, "digest": digest})
    return len(days)

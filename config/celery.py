"""The worker's settings and the timetable of the office."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings

from config import environment

app = Celery("oryndau")
app.conf.update(
    broker_url=environment.broker(settings.REDIS_URL) if settings.REDIS_URL else "memory://",
    broker_connection_retry_on_startup=True,
    # Outcomes live in the domain's tables; nobody waits for a result.
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    # A task that a dying worker held is run again: every task may be run twice.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    timezone=settings.TIME_ZONE,
    beat_schedule_filename=str(settings.VAR / "beat-schedule"),
    beat_schedule={
        # A run that nobody fetched before the next one is due is not worth keeping.
        "sweep": {
            "task": "enforcement.tasks.sweep",
            "schedule": 30.0,
            "options": {"expires": 25},
        },
        "drain": {
            "task": "exchange.tasks.drain",
            "schedule": 10.0,
            "options": {"expires": 8},
        },
        # It mails each person once a day, at the office's working hours: soon after they begin, and
        # again later where an address was refused.
        "remind": {
            "task": "enforcement.tasks.remind",
            "schedule": 900.0,
            "options": {"expires": 800},
        },
        "digest_readings": {
            "task": "journal.tasks.digest_readings",
            "schedule": 3600.0,
            "options": {"expires": 3500},
        },
    },
)
app.autodiscover_tasks()

"""Deadline rows: the stored result of the fold, so that lists can be sorted and indexed."""

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from journal.models import Stream


class Deadline(models.Model):
    """A term of a case as folded from its journal. Never written but by `actions.refold`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stream = models.ForeignKey(Stream, models.PROTECT, related_name="deadlines")
    rule = models.CharField(max_length=32)
    scope = models.CharField(max_length=64)
    started_by = models.BigIntegerField()
    starts_on = models.DateField()
    due_on = models.DateField(null=True)
    nominal_on = models.DateField(null=True)
    safe_on = models.DateField(null=True)
    status = models.CharField(max_length=16)
    provisional = models.BooleanField(default=False)
    days_kept = models.IntegerField(null=True)
    pauses = models.JSONField(default=list)
    calendar = models.CharField(max_length=32)
    ended_on = models.DateField(null=True)
    #: The last day that another statute sets instead of the length of the rule.
    ends_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["stream", "rule", "scope", "started_by"], name="deadline_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on"], condition=Q(status="running"), name="deadline_running_due"
            ),
            models.Index(
                fields=["rule", "due_on"],
                condition=Q(status="expired", ended_on=F("due_on")),
                name="deadline_overdue",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.due_on}"

    def days_left(self, today: date) -> int | None:
        """Days from `today` to the last day (negative: overdue); kept days while paused."""
        if self.status == "running" and self.due_on:
            return (self.due_on - today).days
        return self.days_kept if self.status == "paused" else None

"""What proves a step, in words."""

from typing import ClassVar

from django.db import models

from journal.models import Entry


class Evidence(models.Model):
    """What proves a ground, in the bailiff's words; outside the hashed line, on which it hangs."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="evidence")
    key = models.CharField(max_length=48)
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "key"], name="evidence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.key}"

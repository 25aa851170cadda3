"""What proves a step: told in words, or by the parts of the thing it is."""

from typing import ClassVar

from django.db import models

from journal.models import Entry


class Evidence(models.Model):
    """What proves a line, outside the hashed line on which it hangs."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="evidence")
    key = models.CharField(max_length=48)
    #: In the words of the person who signed; empty where its parts are told.
    text = models.TextField()
    #: Court, number, day ... by the law's names (`evidence.toml`); days are ISO texts.
    parts = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "key"], name="evidence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.key}"

"""The outbox: a message is a row of the transaction that sends it."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from journal.models import Entry


class Message(models.Model):
    """A message on its way out: at least once, told apart by its id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=32)
    to = models.CharField(max_length=300)
    body = models.JSONField()
    written_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["written_at"], condition=Q(sent_at__isnull=True), name="message_unsent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

"""The journal: what happened, on what legal date, by whom, on which ground.

The database numbers, stamps and chains every entry (migration 0002) and refuses change.
Entries refer to people by key only, so that personal data can be erased while the chain stays.
"""

import json
import uuid
from typing import Any, ClassVar

from django.db import models

from accounts.models import User


class Stream(models.Model):
    """One journal; its head shows a cut tail. Written by the database alone after its insert."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=32)
    rule_set = models.CharField(max_length=32)
    head_seq = models.BigIntegerField(default=0, editable=False)
    head_hash = models.CharField(max_length=64, default="", editable=False)

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Entry(models.Model):
    """A line of a stream. `on` is the legal date, `recorded_at` always real time."""

    id = models.BigAutoField(primary_key=True)
    stream = models.ForeignKey(Stream, models.PROTECT, related_name="entries")
    seq = models.BigIntegerField(editable=False)
    kind = models.CharField(max_length=48)
    on = models.DateField()
    happened_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(editable=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    machine = models.CharField(max_length=32, blank=True)
    subject = models.UUIDField(null=True)
    state_after = models.CharField(max_length=32, blank=True)
    body = models.TextField(default="{}")
    corrects = models.BigIntegerField(null=True)
    law_digest = models.CharField(max_length=64)
    calendar = models.CharField(max_length=32)
    xid = models.BigIntegerField(editable=False)
    prev = models.CharField(max_length=64, editable=False)
    hash = models.CharField(max_length=64, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream", "seq"], name="entry_seq_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["xid", "id"], name="entry_feed"),
            models.Index(fields=["subject", "-seq"], name="entry_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.stream_id}/{self.seq} {self.kind}"

    @property
    def facts(self) -> dict[str, Any]:
        """The body as read from its canonical text."""
        found: dict[str, Any] = json.loads(self.body)
        return found


class Reading(models.Model):
    """Who read whose personal data: append-only, unchained, so that a page view locks nothing."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    stream = models.ForeignKey(Stream, models.PROTECT, related_name="+")
    what = models.CharField(max_length=48)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"], name="reading_by_instant")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.what} {self.stream_id}"


class ReadingDigest(models.Model):
    """The readings of one past day, counted and digested, so that a removal shows."""

    day = models.DateField(primary_key=True)
    count = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.day} {self.count}"

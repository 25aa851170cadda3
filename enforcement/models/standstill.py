"""Times in which a proceeding stands still: suspensions, and deferrals of a court."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from enforcement.models.proceeding import Proceeding
from journal.models import Entry


class Standstill(models.Model):
    """A time in which the clock of a proceeding stands still, until a line of the journal."""

    since = models.DateField()
    #: The journal line that ended it, so that annulling that line brings it back.
    ended_by = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


class Suspension(Standstill):
    """A ground on which a proceeding stands still, until its end event."""

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="suspensions")
    ground = models.CharField(max_length=32)
    #: The day on which it ends by itself, where one was named (Q24).
    ends_on = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proceeding", "ground"],
                condition=Q(until__isnull=True),
                name="suspension_ground_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("since")), name="suspension_ends_after_its_day"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["ends_on"],
                condition=Q(until=None, ends_on__isnull=False),
                name="suspension_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proceeding_id} {self.ground}"


class Deferral(Standstill):
    """A court's deferral or instalment, `since` the day of its ruling."""

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="deferrals")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    initiator = models.CharField(max_length=16)
    #: The day on which it ends by itself, and the one on which it ended.
    until = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proceeding"],
                condition=Q(ended_on__isnull=True),
                name="deferral_once",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=models.F("since")), name="deferral_ends_after_ruling"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["until"], condition=Q(ended_on__isnull=True), name="deferral_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proceeding_id} {self.kind}"

"""The proceeding against one debtor, and what proves its steps."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Office
from enforcement.lifecycle.course import OPEN, ProceedingLifecycle
from enforcement.models.intake import Case, Participant, Presentation
from journal.models import Entry


class Proceeding(ProceedingLifecycle):
    """The enforcement of a document against one debtor."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="proceedings")
    presentation = models.ForeignKey(Presentation, models.PROTECT, related_name="proceedings")
    debtor = models.ForeignKey(Participant, models.PROTECT, related_name="proceedings")
    ordinal = models.PositiveSmallIntegerField()
    initiated_on = models.DateField()
    #: Two or four months; none for payments that come again (TERM-EXEC-EXC).
    completion_months = models.PositiveSmallIntegerField(null=True)
    #: Whether the debtor is offered to comply first (INIT-IMM-01).
    voluntary = models.BooleanField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "ordinal"], name="proceeding_ordinal_once"),
            models.UniqueConstraint(
                fields=["presentation", "debtor"], name="proceeding_debtor_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case"], condition=Q(state__in=OPEN), name="proceeding_open"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.ordinal}"


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


class Transfer(models.Model):
    """A document on its way to the bailiff of another office, until it is accepted there."""

    proceeding = models.OneToOneField(Proceeding, models.PROTECT, related_name="transfer_out")
    to = models.ForeignKey(Office, models.PROTECT, related_name="+")
    sent_on = models.DateField()
    accepted = models.OneToOneField(
        Presentation, models.PROTECT, null=True, related_name="transferred_from"
    )

    def __str__(self) -> str:
        return f"{self.proceeding_id} -> {self.to_id}"


class Evidence(models.Model):
    """What proves a ground, in the bailiff's words; outside the hashed line, on which it hangs."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="evidence")
    key = models.CharField(max_length=48)
    text = models.CharField(max_length=1000)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "key"], name="evidence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.key}"

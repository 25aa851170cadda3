"""What is owed by a document."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from enforcement.models.participant import Participant
from enforcement.models.presentation import Presentation


class Debt(models.Model):
    """What is owed: a sum in tenge, payments that come again, or an act."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    presentation = models.ForeignKey(Presentation, models.PROTECT, related_name="debts")
    position = models.PositiveSmallIntegerField()
    claimant = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="claims")
    #: One claim on every arrival that names it: presented again, or passed on to another office.
    claim = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    #: Claims of earlier arrivals that this one names together, beside the first: what was paid of
    #: them stays paid.
    merged = ArrayField(models.UUIDField(), default=list)
    debtors = models.ManyToManyField(Participant, related_name="debts")
    joint = models.BooleanField(default=False)
    amount = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    #: Of what several owe but not jointly each has a debt of his own: the sum they share, and
    #: whose share this is, in their order from 0.
    shared = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    share = models.PositiveSmallIntegerField(default=0)
    act = models.CharField(max_length=32, blank=True)
    #: The act in words, where the paper has more of it than its kind.
    act_text = models.CharField(max_length=1000, blank=True, default="")
    #: How it is executed since a court changed the method or the order; empty where none did.
    method = models.TextField(blank=True, default="")
    #: Where the act is to be done (PLACE-03).
    act_city = models.CharField(max_length=300, blank=True, default="")
    periodic_kind = models.CharField(max_length=32, blank=True)
    periodic_share = models.CharField(max_length=300, blank=True)
    #: From this day to the day before `periodic_until`.
    periodic_since = models.DateField(null=True)
    periodic_until = models.DateField(null=True)
    #: On which day of each month it is to be paid, where the document names one.
    periodic_day = models.PositiveSmallIntegerField(null=True)
    #: The sum of each month, where the document names one.
    periodic_amount = models.DecimalField(max_digits=15, decimal_places=2, null=True)

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["merged"], name="debt_merged")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0), name="debt_above_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.presentation_id} {self.position}"

"""What is owed by a document."""

import uuid
from typing import ClassVar

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
    debtors = models.ManyToManyField(Participant, related_name="debts")
    joint = models.BooleanField(default=False)
    amount = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    act = models.CharField(max_length=32, blank=True)
    #: The act in words, where the paper has more of it than its kind.
    act_text = models.CharField(max_length=1000, blank=True, default="")
    #: Where the act is to be done (PLACE-03).
    act_city = models.CharField(max_length=300, blank=True, default="")
    periodic_kind = models.CharField(max_length=32, blank=True)
    periodic_share = models.CharField(max_length=300, blank=True)
    periodic_since = models.DateField(null=True)
    periodic_until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0), name="debt_above_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.presentation_id} {self.position}"

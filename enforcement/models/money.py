"""Money: what was recovered of a debt, in exact tenge."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from enforcement.models.course import Proceeding
from enforcement.models.intake import Debt
from journal.models import Entry


class Recovery(models.Model):
    """A sum recovered of a debt through one debtor's proceeding."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    debt = models.ForeignKey(Debt, models.PROTECT, related_name="recoveries")
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="recoveries")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=15, decimal_places=2)
    on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="recovery_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.debt_id} {self.amount}"


class Reversal(models.Model):
    """A recovery annulled: the wrong line stays, the sum counts no more."""

    recovery = models.OneToOneField(Recovery, models.PROTECT, related_name="reversal")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"reversal of {self.recovery_id}"

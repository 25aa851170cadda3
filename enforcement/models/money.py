"""Money: what was recovered of a debt, what the acts cost; in exact tenge."""

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


class Cost(models.Model):
    """A sum spent on enforcement acts; it is no part of the debt (SEARCH-COST-01)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="costs")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    amount = models.DecimalField(max_digits=15, decimal_places=2)
    on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="cost_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.proceeding_id} {self.kind} {self.amount}"


class Reimbursement(models.Model):
    """A cost paid back, whole or in part."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cost = models.ForeignKey(Cost, models.PROTECT, related_name="reimbursements")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=15, decimal_places=2)
    on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="reimbursement_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.cost_id} {self.amount}"


class Reversal(models.Model):
    """A sum annulled: the wrong line stays, the sum counts no more."""

    recovery = models.OneToOneField(Recovery, models.PROTECT, null=True, related_name="reversal")
    cost = models.OneToOneField(Cost, models.PROTECT, null=True, related_name="reversal")
    reimbursement = models.OneToOneField(
        Reimbursement, models.PROTECT, null=True, related_name="reversal"
    )
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(recovery__isnull=False, cost=None, reimbursement=None)
                | Q(recovery=None, cost__isnull=False, reimbursement=None)
                | Q(recovery=None, cost=None, reimbursement__isnull=False),
                name="reversal_of_one_sum",
            ),
        ]

    def __str__(self) -> str:
        return f"reversal of {self.recovery_id or self.cost_id or self.reimbursement_id}"

"""Money: what was recovered of a debt, what the acts cost; in exact tenge."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from enforcement.models.debt import Debt
from enforcement.models.proceeding import Proceeding
from journal.models import Entry


class Sum(models.Model):
    """An amount in tenge that a line of the journal wrote down, and the day it counts from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=15, decimal_places=2)
    on = models.DateField()

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="%(class)s_above_zero"),
        ]

    def __str__(self) -> str:
        return str(self.amount)


class Recovery(Sum):
    """A sum recovered of a debt through one debtor's proceeding."""

    debt = models.ForeignKey(Debt, models.PROTECT, related_name="recoveries")
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="recoveries")


class Cost(Sum):
    """A sum spent on enforcement acts; it is no part of the debt (SEARCH-COST-01)."""

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="costs")
    kind = models.CharField(max_length=16)


class Reimbursement(Sum):
    """A cost paid back, whole or in part."""

    cost = models.ForeignKey(Cost, models.PROTECT, related_name="reimbursements")


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

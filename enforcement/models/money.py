"""Money: what came in for a debt, what the acts cost; in exact tenge."""

import uuid
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from enforcement.models.debt import Debt
from enforcement.models.proceeding import Proceeding
from journal.models import Entry

#: The source that is the debtor himself: what he pays in part interrupts the presentation term.
BY_DEBTOR: Final = "debtor"


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
    """A sum that came in for a debt through one debtor's proceeding; `on`: its own day.

    The whole of it is kept: what of it counts to the claim, and what is above, is reckoned
    (facts/balance.py), so that the annulment of one sum puts the others right.
    """

    debt = models.ForeignKey(Debt, models.PROTECT, related_name="recoveries")
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="recoveries")
    #: From where it came, by the law's list; who paid, where it was not the debtor.
    source = models.CharField(max_length=16)
    payer = models.CharField(max_length=300, blank=True)
    #: The number of the payment document.
    document = models.CharField(max_length=100, blank=True)


class Refund(Sum):
    """What came above a claim, given back to who paid it."""

    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="refunds")


class Assessment(Sum):
    """What was reckoned of payments that come again: the sum of each month from `since` on, or,
    where `until` is given, all that was left unpaid on that day. Of a sum, what a court added to it
    from `since` on."""

    debt = models.ForeignKey(Debt, models.PROTECT, related_name="assessments")
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta(Sum.Meta):
        constraints: ClassVar = [
            *Sum.Meta.constraints,
            models.CheckConstraint(
                condition=Q(since=None, until__isnull=False) | Q(since__isnull=False, until=None),
                name="assessment_of_months_or_arrears",
            ),
        ]


class Cost(Sum):
    """A sum spent on enforcement acts; it is no part of the debt (SEARCH-COST-01)."""

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="costs")
    kind = models.CharField(max_length=16)


class Reimbursement(Sum):
    """A cost paid back, whole or in part."""

    cost = models.ForeignKey(Cost, models.PROTECT, related_name="reimbursements")


#: What can be annulled.
REVERSED: Final = ("recovery", "refund", "assessment", "cost", "reimbursement")


def _one_of(*names: str) -> Q:
    """Whether exactly one of these is named."""
    found = Q()
    for name in names:
        found |= Q(**{f"{each}__isnull": each != name for each in names})
    return found


class Reversal(models.Model):
    """A sum annulled: the wrong line stays, the sum counts no more."""

    recovery = models.OneToOneField(Recovery, models.PROTECT, null=True, related_name="reversal")
    refund = models.OneToOneField(Refund, models.PROTECT, null=True, related_name="reversal")
    assessment = models.OneToOneField(
        Assessment, models.PROTECT, null=True, related_name="reversal"
    )
    cost = models.OneToOneField(Cost, models.PROTECT, null=True, related_name="reversal")
    reimbursement = models.OneToOneField(
        Reimbursement, models.PROTECT, null=True, related_name="reversal"
    )
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=_one_of(*REVERSED),
                name="reversal_of_one_sum",
            ),
        ]

    def __str__(self) -> str:
        wrong = next(filter(None, (getattr(self, f"{name}_id") for name in REVERSED)))
        return f"reversal of {wrong}"

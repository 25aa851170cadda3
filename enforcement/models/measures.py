"""Securing measures on a target: whose money where, up to which sum."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from enforcement.lifecycle.measures import LIVE, MeasureLifecycle
from enforcement.models.course import Proceeding
from enforcement.models.intake import Case


class Measure(MeasureLifecycle):
    """A freeze of money in a bank, capped; it needs the prosecutor's sanction (SANCT-01)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="measures")
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=16)
    target = models.CharField(max_length=32)
    bank = models.CharField(max_length=300)
    account = models.CharField(max_length=34, blank=True)
    cap = models.DecimalField(max_digits=15, decimal_places=2)
    requested_on = models.DateField()
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sanction_number = models.CharField(max_length=64, blank=True)
    refusal_reason = models.CharField(max_length=1000, blank=True)
    answer = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(cap__gt=0), name="measure_cap_above_zero"),
            models.CheckConstraint(
                condition=~Q(state__in=["sanctioned", "served"]) | ~Q(sanction_number=""),
                name="measure_served_with_sanction",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("requested_by")),
                name="measure_author_never_decides",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["requested_on", "id"],
                condition=Q(state="requested"),
                name="measure_awaiting",
            ),
            models.Index(fields=["proceeding"], condition=Q(state__in=LIVE), name="measure_live"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

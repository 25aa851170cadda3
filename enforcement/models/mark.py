"""What of a proceeding waits to be done, as the day's lists find it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from enforcement.models.proceeding import Proceeding


class Mark(models.Model):
    """What was reckoned of a proceeding's money the last time that something of it moved: kept
    beside it, so that what is to be done is found by an index and not reckoned for all."""

    proceeding = models.OneToOneField(
        Proceeding, models.PROTECT, primary_key=True, related_name="mark"
    )
    #: What came above its claims and waits to be given back, in tenge, and since when.
    surplus = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    surplus_since = models.DateField(null=True)
    #: Since when something is live though nothing is owed (TERMN-EFF-02).
    free_since = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["surplus_since"],
                condition=Q(surplus_since__isnull=False),
                name="mark_surplus",
            ),
            models.Index(
                fields=["free_since"], condition=Q(free_since__isnull=False), name="mark_free"
            ),
        ]

    def __str__(self) -> str:
        return str(self.proceeding_id)

"""What one person asks for and another decides."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models import User


class Request(models.Model):
    """Asked for by one, decided by another; a list of those that wait is quick."""

    requested_on = models.DateField()
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="%(class)s_author_never_decides",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["requested_on", "id"],
                condition=Q(state="requested"),
                name="%(class)s_awaiting",
            ),
        ]

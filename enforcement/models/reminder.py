"""The digests that were mailed."""

from typing import ClassVar

from django.db import models


class Reminder(models.Model):
    """A digest mailed to a user for a day, so that a second look mails nothing twice."""

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "day"], name="reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day}"

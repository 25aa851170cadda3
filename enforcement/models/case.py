"""The case: one executive document's life in an office."""

import uuid
from typing import ClassVar

from django.db import models

from accounts.models import Office
from journal.models import Stream


class Case(models.Model):
    """One executive document's life in an office; the row every verb locks."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stream = models.OneToOneField(Stream, models.PROTECT, related_name="case")
    office = models.ForeignKey(Office, models.PROTECT, related_name="cases")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    opened_on = models.DateField()
    #: The legal date of the last act of a person: what shows inaction.
    last_act_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "year", "number"], name="case_number_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["office", "last_act_on", "id"], name="case_silence"),
            models.Index(fields=["number", "year"], name="case_number"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The number as people say it: office, year, running number."""
        return f"{self.office.code}-{self.year}-{self.number:05d}"

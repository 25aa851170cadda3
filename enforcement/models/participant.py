"""The people of a case: who claims and who owes, as the document named them."""

import uuid
from typing import ClassVar

from django.db import models

from enforcement.models.presentation import Presentation
from parties.models import Party


class Participant(models.Model):
    """A party in a role, named as the document named him then."""

    class Role(models.TextChoices):
        """What the party is in the case."""

        CLAIMANT = "claimant"
        DEBTOR = "debtor"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    presentation = models.ForeignKey(Presentation, models.PROTECT, related_name="participants")
    party = models.ForeignKey(Party, models.PROTECT, related_name="participations")
    role = models.CharField(max_length=16, choices=Role)
    position = models.PositiveSmallIntegerField()
    name_kk = models.CharField(max_length=300)
    name_ru = models.CharField(max_length=300)
    identifier = models.CharField(max_length=12, blank=True)
    as_written = models.CharField(max_length=300, blank=True)
    missing_reason = models.CharField(max_length=300, blank=True)
    city = models.CharField(max_length=300, blank=True)
    address_kk = models.CharField(max_length=300, blank=True)
    address_ru = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=254, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    workplace = models.CharField(max_length=300, blank=True)
    #: Where he works and where he has property, beside where he lives (PLACE-01, PLACE-02).
    workplace_city = models.CharField(max_length=300, blank=True, default="")
    property_city = models.CharField(max_length=300, blank=True, default="")
    birth_date = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["presentation", "role", "position"], name="participant_position_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.position}"

    def name(self, language: str) -> str:
        """The name as the document gave it: Russian for `ru`, Kazakh otherwise."""
        return self.name_ru if language.startswith("ru") else self.name_kk

    def address(self, language: str) -> str:
        """The address as the document gave it."""
        return self.address_ru if language.startswith("ru") else self.address_kk

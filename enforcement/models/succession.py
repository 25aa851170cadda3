"""A party in whose place his successor came."""

import uuid
from typing import ClassVar

from django.db import models

from enforcement.models.participant import Participant
from journal.models import Entry
from parties.models import Party


class Succession(models.Model):
    """Who somebody in a role was until a court replaced him, with all that was told of him."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="successions")
    #: The former party, and because of what he dropped out (succession.toml).
    party = models.ForeignKey(Party, models.PROTECT, related_name="succeeded")
    event = models.CharField(max_length=32)
    until = models.DateField()
    name_kk = models.CharField(max_length=300)
    name_ru = models.CharField(max_length=300)
    #: Every other column of the participant as it stood.
    was = models.JSONField()
    #: The line that annulled it.
    annulled_by = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["party"], name="succession_former")]

    def __str__(self) -> str:
        return f"{self.participant_id} until {self.until}"

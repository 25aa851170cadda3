"""Who takes part in a case beside the parties: in which role, for whom, since and until when."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from enforcement.models.participant import Participant
from enforcement.models.presentation import Presentation
from journal.models import Entry


class Engagement(models.Model):
    """A person in a role on an arrival of the document (PART-LIST-01, PARTIC-01)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    presentation = models.ForeignKey(Presentation, models.PROTECT, related_name="engagements")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")
    #: One of the law's ways to take part (participants.toml).
    role = models.CharField(max_length=32)
    #: For whom of the parties he acts.
    whom = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="engaged")
    name = models.CharField(max_length=300)
    iin = models.CharField(max_length=12, blank=True)
    address = models.CharField(max_length=300, blank=True)
    contact = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=32, blank=True)
    #: What he may do only where his authority says so.
    powers = ArrayField(models.CharField(max_length=32), default=list)
    since = models.DateField()
    #: The last day on which his authority holds, where it names one.
    lasts_until = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    #: The line that annulled it: he never took part.
    annulled_by = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["lasts_until", "id"],
                condition=Q(ended_on=None, lasts_until__isnull=False),
                name="engagement_running_out",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.presentation_id} {self.role}"

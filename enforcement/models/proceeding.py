"""The proceeding against one debtor."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from enforcement.lifecycle.proceeding import ANNULLED, OPEN, ProceedingLifecycle
from enforcement.models.case import Case
from enforcement.models.participant import Participant
from enforcement.models.presentation import Presentation


class Proceeding(ProceedingLifecycle):
    """The enforcement of a document against one debtor."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="proceedings")
    presentation = models.ForeignKey(Presentation, models.PROTECT, related_name="proceedings")
    debtor = models.ForeignKey(Participant, models.PROTECT, related_name="proceedings")
    ordinal = models.PositiveSmallIntegerField()
    initiated_on = models.DateField()
    #: Two or four months; none for payments that come again (TERM-EXEC-EXC).
    completion_months = models.PositiveSmallIntegerField(null=True)
    #: Whether the debtor is offered to comply first (INIT-IMM-01).
    voluntary = models.BooleanField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "ordinal"], name="proceeding_ordinal_once"),
            models.UniqueConstraint(
                fields=["presentation", "debtor"],
                condition=~Q(state=ANNULLED),
                name="proceeding_debtor_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case"], condition=Q(state__in=OPEN), name="proceeding_open"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.ordinal}"

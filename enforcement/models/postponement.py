"""Postponements of enforcement acts: asked for by a bailiff, approved by the senior bailiff."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from enforcement.lifecycle.postponement import REQUESTED, PostponementLifecycle
from enforcement.models.case import Case
from enforcement.models.proceeding import Proceeding
from enforcement.models.request import Request


class Postponement(Request, PostponementLifecycle):
    """Enforcement acts put off until a day; without approval it has no force (POSTP-02)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="postponements")
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="postponements")
    #: The circumstance that hinders the acts, in the bailiff's words.
    reason = models.CharField(max_length=1000)
    initiator = models.CharField(max_length=16)
    until = models.DateField()
    decline_reason = models.CharField(max_length=1000, blank=True)

    class Meta(Request.Meta):
        constraints: ClassVar = [
            *Request.Meta.constraints,
            models.UniqueConstraint(
                fields=["proceeding"],
                condition=Q(state=REQUESTED),
                name="postponement_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(state=REQUESTED) | Q(decided_by__isnull=False),
                name="postponement_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proceeding_id} until {self.until}"

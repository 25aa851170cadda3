"""Postponements of enforcement acts: asked for by a bailiff, approved by the senior bailiff."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from enforcement.lifecycle.postponements import REQUESTED, PostponementLifecycle
from enforcement.models.course import Proceeding
from enforcement.models.intake import Case


class Postponement(PostponementLifecycle):
    """Enforcement acts put off until a day; without approval it has no force (POSTP-02)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="postponements")
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="postponements")
    #: The circumstance that hinders the acts, in the bailiff's words.
    reason = models.CharField(max_length=1000)
    initiator = models.CharField(max_length=16)
    until = models.DateField()
    requested_on = models.DateField()
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decline_reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proceeding"],
                condition=Q(state=REQUESTED),
                name="postponement_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(state=REQUESTED) | Q(decided_by__isnull=False),
                name="postponement_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="postponement_author_never_decides",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["requested_on", "id"],
                condition=Q(state=REQUESTED),
                name="postponement_awaiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proceeding_id} until {self.until}"

"""What participants hand in that must be answered: petitions, complaints, challenges."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Office, User
from enforcement.lifecycle.submission import LODGED, SubmissionLifecycle
from enforcement.models.case import Case
from enforcement.models.engagement import Engagement
from enforcement.models.participant import Participant
from enforcement.models.presentation import Presentation
from enforcement.models.proceeding import Proceeding


class Submission(SubmissionLifecycle):
    """A petition, complaint, challenge or act of supervision: whose, since when, its answer.

    `kind`: as `submissions.toml` of the case's rule set names it, with who decides.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="submissions")
    presentation = models.ForeignKey(Presentation, models.PROTECT, related_name="submissions")
    #: Which proceeding it concerns; None where it concerns the document as a whole.
    proceeding = models.ForeignKey(
        Proceeding, models.PROTECT, null=True, related_name="submissions"
    )
    kind = models.CharField(max_length=48)
    #: Who lodged it; None where the bailiff did himself.
    author = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    #: Who acted for him when it was lodged.
    agent = models.ForeignKey(Engagement, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=16)
    text = models.CharField(max_length=1000)
    #: The day it was handed in; a complaint's, the day it came to the court.
    received_on = models.DateField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    #: What is told beside, by the law's names: to which court, under which number.
    beside = models.JSONField(default=dict)
    #: The prosecutor's office whose demand, protest or check it is, and the last day it names.
    supervisor = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    answer_by = models.DateField(null=True)
    #: The line of the journal that is complained of.
    line = models.PositiveIntegerField(null=True)
    #: The bailiff who is challenged.
    concerned = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=1000, blank=True)
    #: The court's act that decided it: number, day, day of entry into force.
    court_act = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=LODGED) | Q(decided_by__isnull=False),
                name="submission_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(concerned__isnull=True)
                | Q(decided_by__isnull=True)
                | ~Q(decided_by=models.F("concerned")),
                name="submission_concerned_never_decides",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["received_on", "id"],
                condition=Q(state=LODGED),
                name="submission_waiting",
            ),
            models.Index(
                fields=["received_on", "id"],
                condition=Q(supervisor__isnull=False),
                name="submission_supervised",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

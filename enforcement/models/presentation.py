"""A presentation: one arrival of the document in the office."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Office, User
from documents.models import ExecutiveDocument
from enforcement.lifecycle.presentation import PresentationLifecycle
from enforcement.models.case import Case


class Presentation(PresentationLifecycle):
    """One arrival of the document: who handed it in, when, what the law says of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="presentations")
    #: The case's office again, so that an inbox is one index scan.
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField()
    document = models.OneToOneField(ExecutiveDocument, models.PROTECT, related_name="presentation")
    received_on = models.DateField()
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    #: Whose key `ref` is: the submitting court's or the office's own.
    source = models.ForeignKey(Office, models.PROTECT, related_name="+")
    ref = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    verdict = models.JSONField()
    #: The document as it was handed in, with what was corrected; None where another office took it.
    handed_in = models.JSONField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "ref"], name="presentation_ref_once"),
            models.UniqueConstraint(fields=["case", "ordinal"], name="presentation_ordinal_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["office", "received_on", "id"],
                condition=Q(state="received"),
                name="presentation_inbox",
            ),
            models.Index(fields=["office", "-received_on", "id"], name="presentation_all"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.ordinal}"

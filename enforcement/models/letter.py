"""What a bailiff asks of somebody outside and waits for."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Office, User
from documents.models import Attachment
from enforcement.lifecycle.letter import AWAITED, LetterLifecycle
from enforcement.models.case import Case
from enforcement.models.participant import Participant
from enforcement.models.proceeding import Proceeding

#: Words of a reply, and of who is written to.
LONGEST_ADDRESSEE = 300


class Letter(LetterLifecycle):
    """A request, a demand, a summons, an application to a court, a protocol: one addressee's.

    One paper may go to many; each of them answers by himself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="letters")
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=24)
    #: To whom: somebody of the directory, a participant, or anybody as he was named.
    to = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    participant = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    addressee = models.CharField(max_length=LONGEST_ADDRESSEE, blank=True)
    #: What it says, by the law's keys.
    details = models.JSONField(default=dict)
    #: The number of its paper.
    paper = models.CharField(max_length=32, blank=True)
    #: Whether it is answered at once or has to be prepared; empty where no term tells.
    pace = models.CharField(max_length=16, blank=True)
    sent_on = models.DateField()
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    #: The day on which it reached the addressee, and the last day for the reply where no term of
    #: the law runs for it.
    received_on = models.DateField(null=True)
    answer_by = models.DateField(null=True)
    #: What came, when, under which number and of which day of the one who answered.
    outcome = models.CharField(max_length=24, blank=True)
    replied_on = models.DateField(null=True)
    number = models.CharField(max_length=64, blank=True)
    decided_on = models.DateField(null=True)
    #: The file of the reply, of those attached to the document.
    file = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    #: The letter that was not met, which a protocol follows.
    after = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(to__isnull=False, participant=None, addressee="")
                | Q(to=None, participant__isnull=False, addressee="")
                | (Q(to=None, participant=None) & ~Q(addressee="")),
                name="letter_to_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["sent_on", "id"], condition=Q(state=AWAITED), name="letter_awaited"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    def name(self, language: str) -> str:
        """To whom it went, in the reader's language."""
        known = self.to or self.participant
        return known.name(language) if known else self.addressee

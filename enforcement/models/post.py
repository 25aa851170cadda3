"""Outgoing post: which paper left to whom, how, with what proof."""

from typing import ClassVar

from django.db import models

from accounts.models import Office
from documents.models import Paper
from journal.models import Entry


class Dispatch(models.Model):
    """One sending of a paper, to one addressee or to several at once (Q18)."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="dispatches")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="dispatch")
    #: The keys of the paper's own addressees it left to, and anybody beside them as typed.
    to = models.JSONField(default=list)
    addressee = models.CharField(max_length=300, blank=True)
    #: Key -> to whom it went instead, where a court had replaced the addressee since.
    instead = models.JSONField(default=dict)
    channel = models.CharField(max_length=32)
    sent_on = models.DateField()
    proof = models.CharField(max_length=300)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-sent_on", "-id"], name="dispatch_register")]

    def __str__(self) -> str:
        return f"{self.paper_id} -> {', '.join(filter(None, [*self.to, self.addressee]))}"


class Outgoing(models.Model):
    """A paper that somebody still waits for.

    The database keeps it: a paper issued comes in with all its addressees, each sending takes
    those it names, and with the last one the paper goes.
    """

    paper = models.OneToOneField(Paper, models.PROTECT, primary_key=True, related_name="outgoing")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=32)
    issued_on = models.DateField()
    #: The addressees (Paper.addressees) it was not sent to yet.
    waiting = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["office", "issued_on", "paper"], name="outgoing_oldest"),
            models.Index(fields=["office", "kind", "issued_on"], name="outgoing_late"),
        ]

    def __str__(self) -> str:
        return str(self.paper_id)

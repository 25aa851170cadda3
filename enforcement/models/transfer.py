"""A document on its way to another office."""

from django.db import models

from accounts.models import Office
from enforcement.models.presentation import Presentation
from enforcement.models.proceeding import Proceeding


class Transfer(models.Model):
    """A document on its way to the bailiff of another office, until it is accepted there."""

    proceeding = models.OneToOneField(Proceeding, models.PROTECT, related_name="transfer_out")
    to = models.ForeignKey(Office, models.PROTECT, related_name="+")
    sent_on = models.DateField()
    #: Where the debtor lives now, as the act says.
    address = models.CharField(max_length=1000, blank=True)
    #: What goes with the document: what secures it, what was done and paid, its terms.
    carried = models.JSONField(default=dict)
    accepted = models.OneToOneField(
        Presentation, models.PROTECT, null=True, related_name="transferred_from"
    )

    def __str__(self) -> str:
        return f"{self.proceeding_id} -> {self.to_id}"

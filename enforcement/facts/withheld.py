"""What a court that sent a document does not see of its case: a freeze that is not served yet."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef

from accounts.models import User
from enforcement.facts.access import visible_to
from enforcement.models import Measure
from enforcement.models.measure import BANK_MONEY
from journal.models import Entry

#: The line by which the bank, and so the debtor, comes to know of a freeze.
SERVED: Final = "freeze_served"


def withheld(user: User, streams: Iterable[Any], *, on: date) -> frozenset[UUID]:
    """The freezes of these journals that the reader does not know of: those not served, in cases
    that he sees only because his court sent the document."""
    kept = list(streams)
    own = visible_to(user, on=on, sent=False).filter(stream__in=kept)
    served = Entry.objects.filter(subject=OuterRef("pk"), kind=SERVED)
    found = Measure.objects.filter(target=BANK_MONEY, case__stream__in=kept)
    hidden = found.exclude(case__in=own).exclude(Exists(served))
    return frozenset(hidden.values_list("pk", flat=True))

"""What came for a claim and what courts added to it, in tenge, inside a query of debts."""

from django.db.models import F, Subquery, Sum
from django.db.models.functions import Coalesce

from enforcement.facts.balance import ZERO, given_back, of_claim, standing
from enforcement.models import Assessment


def paid_of_claim() -> Coalesce:
    """What came for a debt's claim and was not given back, in tenge, inside a query of debts; it
    can be more than the claim."""
    came = of_claim(standing()).annotate(back=given_back()).values("reversal")
    total = came.annotate(all=Sum(F("amount") - F("back"))).values("all")
    return Coalesce(Subquery(total), ZERO)


def added_to_claim() -> Coalesce:
    """What courts added to a debt's claim, in tenge, inside a query of debts."""
    added = of_claim(Assessment.objects.filter(reversal=None).order_by()).values("reversal")
    return Coalesce(Subquery(added.annotate(all=Sum("amount")).values("all")), ZERO)

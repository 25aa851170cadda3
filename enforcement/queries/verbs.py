"""What a verb reads of the thing it is taken on: one query, whatever the thing."""

from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from enforcement.models import Participant, Proceeding, Suspension
from enforcement.queries import same_paper
from enforcement.verdict import ALREADY_RECEIVED

#: Where the arrival of each machine's thing is found.
ARRIVAL: Final = {
    "presentation": "pk",
    "proceeding": "presentation",
    "measure": "proceeding__presentation",
    "postponement": "proceeding__presentation",
}


def presented_again() -> Exists:
    """Whether a proceeding's document came once more after its end, to whichever office.

    Another part of the decision is another document; a second copy set aside is none.
    """
    document = "presentation__document"
    keys = (OuterRef(f"{document}__{key}") for key in ("issuer", "case_key", "decision_on"))
    later = same_paper(*keys).filter(
        document__part=OuterRef(f"{document}__part"),
        received_on__gte=OuterRef("ended_on"),
        transferred_from=None,
    )
    own = Q(pk=OuterRef("presentation")) | Q(document__case_key="")
    return Exists(later.exclude(own | Q(verdict__verdict=ALREADY_RECEIVED)))


def whole(model: Any) -> QuerySet[Any]:
    """Things of a machine with the `people` of their arrival; a proceeding with the grounds that
    hold it (`held`), the oldest first."""
    named = Participant.objects.filter(presentation=OuterRef(ARRIVAL[model.MACHINE]))
    told = JSONObject(role="role", kk="name_kk", ru="name_ru", iban="iban")
    people = ArraySubquery(named.order_by("role", "position").values(told=told))
    found = model.objects.select_related(*model.WITH).annotate(people=people)
    if model is not Proceeding:
        return found
    holding = Suspension.objects.filter(proceeding=OuterRef("pk"), until=None)
    told = JSONObject(id="pk", ground="ground", since="since")
    return found.annotate(held=ArraySubquery(holding.order_by("since", "id").values(told=told)))

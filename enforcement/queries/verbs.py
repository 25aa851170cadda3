"""What a verb reads of the thing it is taken on: one query, whatever the thing."""

from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from enforcement.models import Participant, Proceeding, Suspension

#: Where the arrival of each machine's thing is found.
ARRIVAL: Final = {
    "presentation": "pk",
    "proceeding": "presentation",
    "measure": "proceeding__presentation",
    "postponement": "proceeding__presentation",
}


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

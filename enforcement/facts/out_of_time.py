"""What of a paper was out of time when it came, as the verdict on its arrival says: inside a query
of debts."""

from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from enforcement.models import Presentation


class _Late(Func):
    """Whether a verdict's remarks say of a row that it is late where others are not."""

    template = "COALESCE(%(expressions)s)), FALSE)"
    arg_joiner = (
        " -> 'remarks' @> jsonb_build_array(jsonb_build_object('code', 'late_in_part', 'field', "
    )
    output_field = BooleanField()


def late() -> Subquery:
    """Whether a debt is out of time where others of its paper are not."""
    return _told(_Late(F("verdict"), _row()))


def late_by() -> Case:
    """By which day what a debt's payments owed was out of time."""
    told = Func(
        F("verdict"),
        Value("late_payments"),
        _row(),
        function="jsonb_extract_path_text",
        output_field=TextField(),
    )
    return Case(When(~Q(periodic_kind=""), then=_told(told)), default=Value(None))


def _row() -> Concat:
    """A debt as verdicts name it."""
    place = Cast(OuterRef("position"), TextField())
    return Concat(Value("debts["), place, Value("]"), output_field=TextField())


def _told(of_verdict: Any) -> Subquery:
    arrival: QuerySet[Presentation] = Presentation.objects.filter(pk=OuterRef("presentation"))
    return Subquery(arrival.annotate(told=of_verdict).values("told")[:1])

"""Long lists, page by page."""

from collections.abc import Sequence
from contextlib import suppress
from operator import attrgetter
from typing import Final, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

PAGE: Final = 50
Row = TypeVar("Row", bound=Model)


def page(
    rows: QuerySet[Row], *order: str, after: str, most: int | None = None
) -> tuple[list[Row], str]:
    """The rows in this order behind a cursor, `most` or a page, and the cursor of the next page.

    The last of `order` tells apart what the others do not; a cursor that is none begins anew.
    """
    most = most or PAGE
    rows = rows.order_by(*order)
    if after:
        with suppress(ValueError, ValidationError):
            behind = rows.filter(_behind_all(order, after.split("_"))).values("pk")
            # Which rows first, then what is told of them: nothing is joined to what is not shown.
            rows = rows.filter(pk__in=behind[: most + 1])
    found = list(rows[: most + 1])
    if len(found) <= most:
        return found, ""
    paths = [key.lstrip("-").replace("__", ".") for key in order]
    return found[:most], "_".join(str(attrgetter(path)(found[most - 1])) for path in paths)


def _behind_all(order: Sequence[str], values: Sequence[str]) -> Q:
    """Behind these values in this order: by the first, and where that is equal by the rest."""
    (key, *keys), (value, *others) = order, values
    name, way = key.lstrip("-"), "lt" if key.startswith("-") else "gt"
    behind = Q((f"{name}__{way}", value))
    if not keys:
        return behind
    # The bound on the first alone is what an index begins at.
    return Q((f"{name}__{way}e", value)) & (behind | Q((name, value)) & _behind_all(keys, others))

"""The chapters of the law, in the order in which what lasts in them ends; reading them fills the
register of verbs."""

from enforcement import (  # noqa: F401  (read for their cards)
    suspension,
    court,
    initiation,
    offer,
    postponement,
    money,
    performance,
    property,
    coercion,
    endings,
    transfer,
    correction,
)
from enforcement.intake import receiving, verbs  # noqa: F401
from enforcement.measures import freeze, lifting, securing  # noqa: F401
from enforcement.post import sending  # noqa: F401

"""The things of a case, by noun."""

from enforcement.models.course import Deferral, Evidence, Proceeding, Suspension, Transfer
from enforcement.models.intake import Case, Debt, Participant, Presentation, Transition
from enforcement.models.measures import Measure
from enforcement.models.money import Cost, Recovery, Reimbursement, Reversal
from enforcement.models.post import Dispatch, Outgoing, Reminder
from enforcement.models.postponements import Postponement
from enforcement.models.property import Item

#: Every thing with states; `lifecycle` and the tests walk them.
MACHINES = (Presentation, Proceeding, Measure, Postponement)

__all__ = [
    "MACHINES",
    "Case",
    "Cost",
    "Debt",
    "Deferral",
    "Dispatch",
    "Evidence",
    "Item",
    "Measure",
    "Outgoing",
    "Participant",
    "Postponement",
    "Presentation",
    "Proceeding",
    "Recovery",
    "Reimbursement",
    "Reminder",
    "Reversal",
    "Suspension",
    "Transfer",
    "Transition",
]

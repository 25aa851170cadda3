"""The things of a case, by noun."""

from enforcement.models.case import Case
from enforcement.models.debt import Debt
from enforcement.models.engagement import Engagement
from enforcement.models.evidence import Evidence
from enforcement.models.item import Item
from enforcement.models.letter import Letter
from enforcement.models.mark import Mark
from enforcement.models.measure import Measure
from enforcement.models.money import (
    Assessment,
    Cost,
    Recovery,
    Refund,
    Reimbursement,
    Reversal,
)
from enforcement.models.participant import Participant
from enforcement.models.post import Dispatch, Outgoing
from enforcement.models.postponement import Postponement
from enforcement.models.presentation import Presentation
from enforcement.models.proceeding import Proceeding
from enforcement.models.reminder import Reminder
from enforcement.models.standstill import Deferral, Suspension
from enforcement.models.submission import Submission
from enforcement.models.succession import Succession
from enforcement.models.transfer import Transfer
from enforcement.models.transition import Transition

#: Every thing with states; `lifecycle` and the tests walk them.
MACHINES = (Presentation, Proceeding, Measure, Postponement, Submission, Letter)
#: What a step is taken on: one of them.
Subject = Presentation | Proceeding | Measure | Postponement | Submission | Letter

__all__ = [
    "MACHINES",
    "Assessment",
    "Case",
    "Cost",
    "Debt",
    "Deferral",
    "Dispatch",
    "Engagement",
    "Evidence",
    "Item",
    "Letter",
    "Mark",
    "Measure",
    "Outgoing",
    "Participant",
    "Postponement",
    "Presentation",
    "Proceeding",
    "Recovery",
    "Refund",
    "Reimbursement",
    "Reminder",
    "Reversal",
    "Subject",
    "Submission",
    "Succession",
    "Suspension",
    "Transfer",
    "Transition",
]

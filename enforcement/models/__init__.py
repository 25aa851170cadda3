"""The things of a case, by noun."""

from enforcement.models.course import Evidence, Proceeding, Suspension, Transfer
from enforcement.models.intake import Case, Debt, Participant, Presentation, Transition
from enforcement.models.measures import Measure
from enforcement.models.money import Recovery, Reversal
from enforcement.models.post import Dispatch, Reminder

#: Every thing with states; `lifecycle` and the tests walk them.
MACHINES = (Presentation, Proceeding, Measure)

__all__ = [
    "MACHINES",
    "Case",
    "Debt",
    "Dispatch",
    "Evidence",
    "Measure",
    "Participant",
    "Presentation",
    "Proceeding",
    "Recovery",
    "Reminder",
    "Reversal",
    "Suspension",
    "Transfer",
    "Transition",
]

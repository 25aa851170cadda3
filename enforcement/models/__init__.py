"""The things of a case, by noun."""

from enforcement.models.intake import Case, Debt, Participant, Presentation, Transition

#: Every thing with states; `lifecycle` and the tests walk them.
MACHINES = (Presentation,)

__all__ = ["MACHINES", "Case", "Debt", "Participant", "Presentation", "Transition"]

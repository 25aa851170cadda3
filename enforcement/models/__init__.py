"""The things of a case, by noun."""

from enforcement.models.intake import Case, Debt, Participant, Presentation, Transition

__all__ = ["Case", "Debt", "Participant", "Presentation", "Transition"]

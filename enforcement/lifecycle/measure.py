"""The states of a securing measure: asked for, sanctioned, served, lifted, replaced."""

from typing import Any, Final

from django.db import models
from django_fsm import FSMField, transition

REQUESTED: Final = "requested"
SANCTIONED: Final = "sanctioned"
SANCTION_REFUSED: Final = "sanction_refused"
SERVED: Final = "served"
LIFTED: Final = "lifted"
REPLACED: Final = "replaced"
STATES: Final = (REQUESTED, SANCTIONED, SANCTION_REFUSED, SERVED, LIFTED, REPLACED)
LIVE: Final = (REQUESTED, SANCTIONED, SERVED)


def _step(verb: str) -> dict[str, Any]:
    return {"permission": f"enforcement.{verb}", "custom": {"verb": verb}}


class MeasureLifecycle(models.Model):
    """requested -> sanctioned -> served -> lifted | replaced; requested -> sanction_refused.

    Only a freeze of money in a bank is asked for; every other measure is born served.
    """

    MACHINE: Final = "measure"
    WITH: Final = (
        *("decided_by", "proceeding__debtor", "proceeding__presentation__document__issuer"),
        "sanctioned_in",
    )
    CHANGES: Final = (
        *("state", "decided_on", "decided_by", "sanction_number", "refusal_reason", "answer"),
        *("sanctioned_in", "sanction_key"),
    )
    state = FSMField(default=REQUESTED, protected=True)

    class Meta:
        abstract = True

    @transition(state, REQUESTED, SANCTIONED, **_step("grant_sanction"))
    def grant_sanction(self) -> None:
        """The prosecutor sanctions the freeze (PROS-PWR-03)."""

    @transition(state, REQUESTED, SANCTION_REFUSED, **_step("refuse_sanction"))
    def refuse_sanction(self) -> None:
        """The prosecutor refuses, with reasons."""

    @transition(state, SANCTIONED, SERVED, **_step("serve_freeze"))
    def serve_freeze(self) -> None:
        """The resolution goes to the bank (SANCT-01)."""

    @transition(state, LIVE, LIFTED, **_step("lift"))
    def lift(self) -> None:
        """The measure loses force."""

    @transition(state, SERVED, REPLACED, **_step("replace"))
    def replace(self) -> None:
        """Another kind of measure takes its place (SEC-REPL-01)."""

    @transition(state, SERVED, SERVED, **_step("record_answer"))
    def record_answer(self) -> None:
        """The bank answered."""

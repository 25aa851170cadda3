"""The states of a letter: its reply is awaited, came, did not come, or is wanted no more."""

from typing import Any, Final

from django.db import models
from django_fsm import RETURN_VALUE, FSMField, transition

AWAITED: Final = "awaited"
ANSWERED: Final = "answered"
UNMET: Final = "unmet"
WITHDRAWN: Final = "withdrawn"


def _step(verb: str) -> dict[str, Any]:
    return {"permission": f"enforcement.{verb}", "custom": {"verb": verb}}


class LetterLifecycle(models.Model):
    """awaited <-> answered | unmet | withdrawn; a reply that comes late answers what was unmet.

    Whether it is overdue is no state: its last day tells it.
    """

    MACHINE: Final = "letter"
    WITH: Final = (
        *("to", "participant", "proceeding__debtor"),
        *("proceeding__presentation__document__issuer",),
    )
    CHANGES: Final = (
        *("state", "outcome", "received_on", "answer_by", "replied_on", "number", "decided_on"),
        "file_id",
    )
    state = FSMField(default=AWAITED, protected=True)

    class Meta:
        abstract = True

    @transition(state, AWAITED, AWAITED, **_step("record_receipt"))
    def record_receipt(self) -> None:
        """It reached the addressee (BAIL-PWR-06)."""

    @transition(state, [AWAITED, UNMET], ANSWERED, **_step("record_reply"))
    def record_reply(self) -> None:
        """The reply came, in time or late (TERM-INFO-3D)."""

    @transition(state, AWAITED, UNMET, **_step("record_breach"))
    def record_breach(self) -> None:
        """Nothing came in time, nobody appeared, it was refused (BAIL-OBSTR-01)."""

    @transition(state, AWAITED, WITHDRAWN, **_step("withdraw_letter"))
    def withdraw_letter(self) -> None:
        """The office wants no reply any more."""

    @transition(
        state,
        (AWAITED, ANSWERED, UNMET, WITHDRAWN),
        RETURN_VALUE(AWAITED, UNMET),
        **_step("reopen_letter"),
    )
    def reopen_letter(self, to: str) -> str:
        """What was written of it is annulled: it is as before (Q25)."""
        return to

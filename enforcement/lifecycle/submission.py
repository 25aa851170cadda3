"""The states of what a participant handed in: it waits, is answered, or was withdrawn."""

from typing import Any, Final

from django.db import models
from django_fsm import RETURN_VALUE, FSMField, transition

LODGED: Final = "lodged"
GRANTED: Final = "granted"
GRANTED_IN_PART: Final = "granted_in_part"
REFUSED: Final = "refused"
WITHDRAWN: Final = "withdrawn"
FILE_RETURNED: Final = "file_returned"
ANSWERS: Final = (GRANTED, GRANTED_IN_PART, REFUSED)


def _step(verb: str) -> dict[str, Any]:
    return {"permission": f"enforcement.{verb}", "custom": {"verb": verb}}


class SubmissionLifecycle(models.Model):
    """lodged -> granted | granted_in_part | refused | file_returned | withdrawn."""

    MACHINE: Final = "submission"
    WITH: Final = ("author", "supervisor", "proceeding__debtor", "presentation__document__issuer")
    CHANGES: Final = ("state", "decided_on", "decided_by", "answer", "court_act")
    state = FSMField(default=LODGED, protected=True)

    class Meta:
        abstract = True

    @transition(state, LODGED, RETURN_VALUE(*ANSWERS), **_step("answer_submission"))
    def answer_submission(self, to: str) -> str:
        """Who is to decide has decided (BAIL-DUTY-03)."""
        return to

    @transition(state, LODGED, FILE_RETURNED, **_step("return_file"))
    def return_file(self) -> None:
        """The file that the prosecutor took for checking is back (PROS-PWR-02)."""

    @transition(state, LODGED, WITHDRAWN, **_step("withdraw_submission"))
    def withdraw_submission(self) -> None:
        """Who lodged it takes it back."""

    @transition(state, LODGED, LODGED, **_step("record_objection"))
    def record_objection(self) -> None:
        """Another participant objects to it (RIGHT-07)."""

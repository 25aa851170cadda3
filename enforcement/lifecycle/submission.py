"""The states of what a participant handed in: it waits, is answered, or was withdrawn; written
down by mistake it is nothing at all."""

from typing import Any, Final

from django.db import models
from django_fsm import RETURN_VALUE, FSMField, transition

LODGED: Final = "lodged"
GRANTED: Final = "granted"
GRANTED_IN_PART: Final = "granted_in_part"
REFUSED: Final = "refused"
WITHDRAWN: Final = "withdrawn"
FILE_RETURNED: Final = "file_returned"
MISRECORDED: Final = "misrecorded"
ANSWERS: Final = (GRANTED, GRANTED_IN_PART, REFUSED)


def _step(verb: str) -> dict[str, Any]:
    return {"permission": f"enforcement.{verb}", "custom": {"verb": verb}}


class SubmissionLifecycle(models.Model):
    """lodged <-> granted | granted_in_part | refused | withdrawn; lodged -> file_returned |
    misrecorded."""

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

    @transition(state, LODGED, LODGED, **_step("put_submission_right"))
    def put_submission_right(self) -> None:
        """Who lodged it, what or when is written as it is right; it waits as before."""

    @transition(state, (*ANSWERS, WITHDRAWN), LODGED, **_step("reopen_submission"))
    def reopen_submission(self, to: str) -> None:
        """Its answer, or its withdrawal, is annulled: it waits again (Q25)."""

    @transition(state, LODGED, MISRECORDED, **_step("void_submission"))
    def void_submission(self, to: str) -> None:
        """It was written down by mistake: nobody handed it in (Q25)."""

"""The states of a presentation: a document arrives and is admitted, returned, refused, sent on."""

from typing import Any, Final

from django.db import models
from django_fsm import FSMField, transition

RECEIVED: Final = "received"
RETURNED_DEFECTIVE: Final = "returned_defective"
REFUSED_LATE: Final = "refused_late"
SENT_ON: Final = "sent_on"
ALREADY_RECEIVED: Final = "already_received"
ADMITTED: Final = "admitted"
STATES: Final = (
    RECEIVED,
    RETURNED_DEFECTIVE,
    REFUSED_LATE,
    SENT_ON,
    ALREADY_RECEIVED,
    ADMITTED,
)


def _step(verb: str, *, verdict: str) -> dict[str, Any]:
    """What a transition says of itself: its verb and the verdict it answers."""
    return {"permission": f"enforcement.{verb}", "custom": {"verb": verb, "verdict": verdict}}


class PresentationLifecycle(models.Model):
    """received -> returned_defective | refused_late | sent_on | already_received."""

    MACHINE: Final = "presentation"
    WITH: Final = ("document__issuer", "transferred_from")
    CHANGES: Final = ("state",)
    state = FSMField(default=RECEIVED, protected=True)

    class Meta:
        abstract = True

    @transition(
        state, RECEIVED, RETURNED_DEFECTIVE, **_step("return_defective", verdict="defective")
    )
    def return_defective(self) -> None:
        """The content the law asks is missing (TERM-DEFECT-3D)."""

    @transition(state, RECEIVED, REFUSED_LATE, **_step("refuse_late", verdict="late"))
    def refuse_late(self) -> None:
        """The presentation term had run out (PRES-MISSED-01)."""

    @transition(state, REFUSED_LATE, RECEIVED, **_step("add_restored_term", verdict=""))
    def add_restored_term(self) -> None:
        """A court restored its term: it waits for the step of its new verdict (RESTORE-01)."""

    @transition(state, RECEIVED, SENT_ON, **_step("send_on", verdict="wrong_territory"))
    def send_on(self) -> None:
        """Another office's territory (Q31)."""

    @transition(
        state,
        RECEIVED,
        ALREADY_RECEIVED,
        **_step("record_already_received", verdict="already_received"),
    )
    def record_already_received(self) -> None:
        """The same paper came a second time (WRIT-ONE-01)."""

    @transition(state, RECEIVED, ADMITTED, **_step("initiate", verdict="accept"))
    def initiate(self) -> None:
        """The document is admitted: proceedings are opened (INIT-01)."""

    @transition(state, ADMITTED, RECEIVED, **_step("annul_admission", verdict=""))
    def annul_admission(self) -> None:
        """Every proceeding on it was begun by mistake: it waits for its step as before."""

    @transition(state, STATES, None, **_step("attach", verdict=""))
    def attach(self) -> None:
        """A file joins the document; the state stays."""

    @transition(state, (RECEIVED, ADMITTED), None, **_step("correct_intake", verdict=""))
    def correct_intake(self) -> None:
        """What was typed wrong is corrected; the state stays."""

    @transition(state, STATES, None, **_step("put_right", verdict=""))
    def put_right(self) -> None:
        """A party's name, number or contact is put right; the state stays."""

    @transition(state, STATES, None, **_step("record_address", verdict=""))
    def record_address(self) -> None:
        """A party is found elsewhere since a day; the state stays."""

    @transition(state, STATES, None, **_step("engage", verdict=""))
    def engage(self) -> None:
        """Somebody takes part beside the parties; the state stays."""

    @transition(state, STATES, None, **_step("end_engagement", verdict=""))
    def end_engagement(self) -> None:
        """Somebody takes part no more; the state stays."""

    @transition(state, STATES, None, **_step("record_submission", verdict=""))
    def record_submission(self) -> None:
        """A participant hands in what must be answered (RIGHT-03, RIGHT-09); the state stays."""

    @transition(state, STATES, None, **_step("supervise", verdict=""))
    def supervise(self) -> None:
        """The prosecutor demands, protests, takes the file (PROS-PWR-01); the state stays."""

    @transition(state, STATES, None, **_step("assign_bailiff", verdict=""))
    def assign_bailiff(self) -> None:
        """A bailiff takes the case, declaring no conflict (RECUSE-SELF-01); the state stays."""

    @transition(state, STATES, None, **_step("show_file", verdict=""))
    def show_file(self) -> None:
        """A participant reads the file or is handed copies (BAIL-DUTY-02); the state stays."""

    @transition(state, STATES, None, **_step("take_statement", verdict=""))
    def take_statement(self) -> None:
        """A participant explains, argues, hands in materials (RIGHT-05); the state stays."""

    @transition(state, STATES, None, **_step("correct_record", verdict=""))
    def correct_record(self) -> None:
        """A line of what was handed in, said, shown or assigned is annulled; the state stays."""

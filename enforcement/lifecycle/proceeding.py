"""The states of a proceeding: it runs, stands still, and comes to one of four ends."""

from typing import Any, Final

from django.db import models
from django_fsm import RETURN_VALUE, FSMField, transition

INITIATED: Final = "initiated"
SUSPENDED: Final = "suspended"
TERMINATED: Final = "terminated"
RETURNED: Final = "returned"
TRANSFERRED: Final = "transferred"
SENT_TO_LIQUIDATION: Final = "sent_to_liquidation"
ANNULLED: Final = "annulled"
OPEN: Final = (INITIATED, SUSPENDED)
ENDS: Final = (TERMINATED, RETURNED, TRANSFERRED, SENT_TO_LIQUIDATION)


def _step(verb: str) -> dict[str, Any]:
    return {"permission": f"enforcement.{verb}", "custom": {"verb": verb}}


class ProceedingLifecycle(models.Model):
    """(initiated <-> suspended) -> terminated | returned | sent_to_liquidation; what runs can also
    be transferred."""

    MACHINE: Final = "proceeding"
    WITH: Final = ("debtor", "presentation__document__issuer")
    CHANGES: Final = ("state", "completion_months", "ended_on")
    state = FSMField(default=INITIATED, protected=True)

    class Meta:
        abstract = True

    @transition(state, INITIATED, INITIATED, **_step("attempt_offer"))
    def attempt_offer(self) -> None:
        """The offer did not reach the debtor this time (Q2)."""

    @transition(state, INITIATED, INITIATED, **_step("deliver_offer"))
    def deliver_offer(self) -> None:
        """The offer reached the debtor, or counts as delivered (Q2)."""

    @transition(state, INITIATED, INITIATED, **_step("set_four_months"))
    def set_four_months(self) -> None:
        """Four months instead of two, from the same initiation (Q14)."""

    @transition(state, (*OPEN, *ENDS), None, **_step("record_recovery"))
    def record_recovery(self) -> None:
        """Money came in, whenever it came; the state stays."""

    @transition(state, (*OPEN, *ENDS), None, **_step("return_surplus"))
    def return_surplus(self) -> None:
        """What came above the claim was given back; the state stays."""

    @transition(state, OPEN, SUSPENDED, **_step("suspend"))
    def suspend(self) -> None:
        """A ground for standing still appeared; several may hold at once."""

    @transition(state, SUSPENDED, SUSPENDED, **_step("end_ground"))
    def end_ground(self) -> None:
        """One of several grounds ended; the others go on."""

    @transition(state, SUSPENDED, INITIATED, **_step("resume"))
    def resume(self) -> None:
        """The last ground ended (Q24)."""

    @transition(state, OPEN, TERMINATED, **_step("terminate"))
    def terminate(self) -> None:
        """One of eight grounds; final (TERMN-EFF-03)."""

    @transition(state, OPEN, RETURNED, **_step("return_to_claimant"))
    def return_to_claimant(self) -> None:
        """One of four grounds; a new presentation term runs (INTERR-04)."""

    @transition(state, OPEN, RETURN_VALUE(*OPEN), **_step("correct"))
    @transition(state, TERMINATED, RETURN_VALUE(*OPEN, TERMINATED), **_step("correct"))
    @transition(state, RETURNED, RETURN_VALUE(*OPEN, RETURNED), **_step("correct"))
    @transition(
        state,
        SENT_TO_LIQUIDATION,
        RETURN_VALUE(*OPEN, SENT_TO_LIQUIDATION),
        **_step("correct"),
    )
    @transition(state, TRANSFERRED, RETURN_VALUE(TRANSFERRED), **_step("correct"))
    def correct(self, to: str) -> str:
        """A line is annulled: back to the state before it (Q25), or in the same if it counted."""
        return to

    @transition(state, INITIATED, ANNULLED, **_step("annul"))
    def annul(self) -> None:
        """It was begun by mistake: its beginning is annulled, and all that hung on it (Q25)."""

    @transition(state, INITIATED, TRANSFERRED, **_step("transfer"))
    def transfer(self) -> None:
        """To the bailiff of the debtor's new residence (TERM-TRANSFER-3D); never while a ground
        holds, which nobody there would see."""

    @transition(state, OPEN, None, **_step("request_freeze"))
    def request_freeze(self) -> None:
        """A freeze is asked for; the state stays."""

    @transition(state, INITIATED, INITIATED, **_step("secure"))
    def secure(self) -> None:
        """A measure is laid on something else than money in a bank (SEC-RIGHT-01)."""

    @transition(state, OPEN, None, **_step("claim_securing"))
    def claim_securing(self) -> None:
        """The claimant applied for securing (SEC-DUTY-01)."""

    @transition(state, INITIATED, INITIATED, **_step("inventory"))
    def inventory(self) -> None:
        """Property is arrested and listed (INIT-ARREST-01)."""

    @transition(state, INITIATED, INITIATED, **_step("skip_inventory"))
    def skip_inventory(self) -> None:
        """There is a reason to list nothing (Q10)."""

    @transition(state, INITIATED, INITIATED, **_step("foreclose"))
    def foreclose(self) -> None:
        """A coercive act, once the voluntary term is over (BASIS-COERCE-01)."""

    @transition(state, INITIATED, None, **_step("postpone"))
    def postpone(self) -> None:
        """A postponement of enforcement acts is asked for; the state stays (POSTP-01)."""

    @transition(state, OPEN, None, **_step("record_deferral"))
    def record_deferral(self) -> None:
        """A court deferred the execution or let it be paid by instalments (COURT-DEFER-01)."""

    @transition(state, OPEN, None, **_step("end_deferral"))
    def end_deferral(self) -> None:
        """The court's deferral is over; the terms go on."""

    @transition(state, OPEN, None, **_step("set_monthly_sum"))
    def set_monthly_sum(self) -> None:
        """It is known what each month of payments that come again owes (PERIOD-02)."""

    @transition(state, OPEN, None, **_step("record_arrears"))
    def record_arrears(self) -> None:
        """It is known what is unpaid of payments that come again (PERIOD-02)."""

    @transition(state, OPEN, None, **_step("record_indexation"))
    def record_indexation(self) -> None:
        """A court added to a sum by indexation (COURT-DEFER-01)."""

    @transition(state, OPEN, None, **_step("record_new_method"))
    def record_new_method(self) -> None:
        """A court changed the method or the order of execution (COURT-DEFER-01)."""

    @transition(state, (*OPEN, *ENDS), None, **_step("record_performance"))
    def record_performance(self) -> None:
        """A claim that is no sum was performed, in part or in full, whenever it was (INTERR-02)."""

    @transition(state, (*OPEN, *ENDS), None, **_step("record_knowledge"))
    def record_knowledge(self) -> None:
        """An act became known to whom nobody told of it, also after the end."""

    @transition(state, OPEN, None, **_step("send_letter"))
    def send_letter(self) -> None:
        """Others are asked for information, to do something, to come (BAIL-BIND-01)."""

    @transition(state, OPEN, None, **_step("apply_to_court"))
    def apply_to_court(self) -> None:
        """The court is asked for what only it decides (BAIL-PWR-05)."""

    @transition(state, OPEN, None, **_step("draw_protocol"))
    def draw_protocol(self) -> None:
        """Somebody hindered the acts (BAIL-OBSTR-01)."""

    @transition(state, OPEN, None, **_step("record_cost"))
    def record_cost(self) -> None:
        """Money was spent on enforcement acts (SEARCH-COST-01)."""

    @transition(state, OPEN, None, **_step("reimburse_cost"))
    def reimburse_cost(self) -> None:
        """A cost was paid back."""

    @transition(state, OPEN, SENT_TO_LIQUIDATION, **_step("send_to_liquidation"))
    def send_to_liquidation(self) -> None:
        """The document goes to the liquidation commission (BAIL-DEC-01)."""

    @transition(state, OPEN, None, **_step("replace_party"))
    def replace_party(self) -> None:
        """A party is replaced by his successor by a court's ruling; the state stays (SUCC-01)."""

"""The states of a postponement of enforcement acts: asked for, approved or declined."""

from typing import Any, Final

from django.db import models
from django_fsm import FSMField, transition

REQUESTED: Final = "requested"
APPROVED: Final = "approved"
DECLINED: Final = "declined"


def _step(verb: str) -> dict[str, Any]:
    return {"permission": f"enforcement.{verb}", "custom": {"verb": verb}}


class PostponementLifecycle(models.Model):
    """requested -> approved | declined; only an approved one has force (POSTP-02)."""

    MACHINE: Final = "postponement"
    WITH: Final = (
        *("requested_by", "proceeding__debtor", "proceeding__presentation__document__issuer"),
    )
    CHANGES: Final = ("state", "decided_on", "decided_by", "decline_reason")
    state = FSMField(default=REQUESTED, protected=True)

    class Meta:
        abstract = True

    @transition(state, REQUESTED, APPROVED, **_step("approve"))
    def approve(self) -> None:
        """The senior bailiff or the head approves the resolution (POSTP-02)."""

    @transition(state, REQUESTED, DECLINED, **_step("decline"))
    def decline(self) -> None:
        """He declines it, with reasons."""

"""Who may take which step. Deny by default: a verb without a line here is nobody's."""

from collections.abc import Collection
from typing import Final

from accounts.models import (
    BAILIFF,
    CLERK,
    HEAD,
    PROSECUTOR,
    REGISTRAR,
    SENIOR_BAILIFF,
)

PERMISSIONS: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(("grant_sanction", "refuse_sanction"), frozenset({PROSECUTOR})),
    **dict.fromkeys(("approve", "decline"), frozenset({SENIOR_BAILIFF, HEAD})),
    "receive": frozenset({CLERK, REGISTRAR, BAILIFF, SENIOR_BAILIFF, HEAD}),
    "attach": frozenset({REGISTRAR, BAILIFF, SENIOR_BAILIFF, HEAD}),
    "return_defective": frozenset({BAILIFF, SENIOR_BAILIFF, HEAD}),
    "refuse_late": frozenset({BAILIFF, SENIOR_BAILIFF, HEAD}),
    "send_on": frozenset({BAILIFF, SENIOR_BAILIFF, HEAD}),
    "record_already_received": frozenset({REGISTRAR, BAILIFF, SENIOR_BAILIFF, HEAD}),
    **dict.fromkeys(
        (
            "initiate",
            "attempt_offer",
            "deliver_offer",
            "set_four_months",
            "record_recovery",
            "request_freeze",
            "serve_freeze",
            "record_answer",
            "lift",
            "secure",
            "replace",
            "claim_securing",
            "inventory",
            "skip_inventory",
            "foreclose",
            "correct",
            "dispatch",
            "transfer",
            "accept_transfer",
            "suspend",
            "end_ground",
            "resume",
            "terminate",
            "return_to_claimant",
            "send_to_liquidation",
            "postpone",
            "record_deferral",
            "end_deferral",
            "record_performance",
            "record_cost",
            "reimburse_cost",
        ),
        frozenset({BAILIFF, SENIOR_BAILIFF, HEAD}),
    ),
}


def may(verb: str, roles: Collection[str]) -> bool:
    """Whether one of `roles` may take the step `verb`."""
    return bool(PERMISSIONS.get(verb, frozenset()) & set(roles))

"""How a thing comes to where a verb can be taken on it, for the counting of queries."""

from __future__ import annotations

from typing import Final

#: The verdict that each verb of intake answers.
ARRIVING: Final = {
    "initiate": "accept",
    "return_defective": "defective",
    "refuse_late": "late",
    "send_on": "wrong_territory",
    "record_already_received": "already_received",
    "correct_intake": "accept",
    "record_address": "accept",
    "record_submission": "accept",
}
#: What was done to the thing before the verb; where nothing is named it has just begun.
BEFORE: Final[dict[str, tuple[str, ...]]] = {
    "resume": ("suspend",),
    "correct": ("suspend",),
    "serve_freeze": ("grant_sanction",),
    "record_answer": ("grant_sanction", "serve_freeze"),
    "lift": ("grant_sanction", "serve_freeze"),
    "replace": ("grant_sanction", "serve_freeze"),
    "end_deferral": ("record_deferral",),
    "reimburse_cost": ("record_cost",),
    "return_surplus": ("overpay",),
}
#: How a thing comes about that is not the proceeding itself.
BORN: Final = {"measure": "request_freeze", "postponement": "postpone", "letter": "send_letter"}
#: How that comes about which is taken on the arrival.
LODGED: Final = "submission"
#: Who decides; the bailiff does all the rest.
DECIDERS: Final = {
    **dict.fromkeys(("grant_sanction", "refuse_sanction"), "prosecutor.ala"),
    **dict.fromkeys(("approve", "decline"), "senior.ala"),
}

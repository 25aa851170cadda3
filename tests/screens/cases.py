"""The cases of the gallery: their papers, and the steps that bring them where they stand."""

from __future__ import annotations

from typing import Any, Final

from tests.office import claimants_of, example, paper

#: The day the cases of the path began, and the Wednesday on which everything is looked at: an
#: arrival of each verdict can be had on it, one of the disputed day too, and a duty is overdue.
BEGAN: Final = "2026-06-08"
DAY: Final = "2026-06-17"
PROOF: Final = "№ 5"
SIGNED: Final = f"№ 5, {claimants_of()}"
BANK: Final = "«Мысал Банкі» АҚ"
_TWO: Final = {**example("12"), "decision_on": "2026-04-08", "in_force_on": "2026-05-13"} | {
    "issued_on": "2026-05-18",
    "application": {"on": BEGAN, "channel": "claimant"},
}

#: Cases that wait on DAY, by what is asked of their bailiff.
PAPERS: Final[dict[str, dict[str, Any]]] = {
    "sound": paper("S-1", debtor={"workplace": "«Үлгі Жылу» МКК"}),
    "defective": paper("S-2", verdict="defective"),
    "late": paper("S-3", verdict="late"),
    "elsewhere": paper("S-4", verdict="wrong_territory"),
    "again": paper("S-1", ref="T-S-1-again", debtor={"workplace": "«Үлгі Жылу» МКК"}),
    "disputed": {**example("16"), "ref": "T-S-16", "case_number": "7514-23-00-2/16"},
    "alimony": {**example("02"), "ref": "T-S-2b", "case_number": "7514-26-00-2/S-22"}
    | {"office": "ALA"},
    "joint": {**_TWO, "ref": "T-S-12", "case_number": "7527-26-00-2/S-12"},
    "returned": paper("S-5", verdict="defective"),
    "refused": paper("S-6", verdict="late"),
    "sent": paper("S-7", verdict="wrong_territory"),
    "first": paper("S-8"),
    "second": paper("S-8", ref="T-S-8-again"),
}
PAPERS["alimony"]["debtors"][0]["city"] = "Алматы"
#: Cases that were initiated on the day they came.
BEGUN: Final[dict[str, dict[str, Any]]] = {
    **{
        name: paper(f"P-{name}")
        for name in (
            "begun",
            "offered",
            "still",
            "over",
            "back",
            "asked",
            "allowed",
            "frozen",
            "handed",
        )
    },
    "firm": paper("P-firm", debtors=example("18")["debtors"]),
    "both": {**_TWO, "ref": "T-P-12", "case_number": "7527-26-00-2/P-12"},
}
#: What came with them and nobody took up, so that no offer was made in time.
LEFT: Final[dict[str, dict[str, Any]]] = {"overdue": paper("P-overdue")}

COMPLAINT: Final = {"what": "complaint_line", "told.court": "Алматы қаласының мысал соты"}
#: What is done with them on DAY: the case, the verb, what its form asks.
Step = tuple[str, str, dict[str, str]]
OFFERED: Final = {"channel": "in_person", "outcome": "delivered", "proof": PROOF}
FREEZE: Final = {"bank": BANK, "amount": "1000"}
DIED: Final = {"ground": "SUSP-MAND-01", "evidence.death_record": PROOF}
STILL: Final = {**DIED, "evidence.succession_possible": PROOF}
STEPS: Final[list[Step]] = [
    ("returned", "return_defective", {}),
    ("refused", "refuse_late", {}),
    ("sent", "send_on", {}),
    ("second", "record_already_received", {}),
    *[
        (name, "deliver_offer", OFFERED)
        for name in ("begun", "still", "over", "asked", "allowed", "frozen")
    ],
    ("begun", "record_recovery", {"amount": "1000"}),
    ("still", "suspend", STILL),
    ("over", "terminate", {"ground": "TERMN-01", "evidence.waiver": SIGNED}),
    ("back", "return_to_claimant", {"ground": "RET-01", "evidence.claimant_application": SIGNED}),
    *[(name, "request_freeze", FREEZE) for name in ("asked", "allowed", "frozen")],
    *[
        (each, "grant_sanction", {"number": f"7-{n}"})
        for n, each in enumerate(("allowed", "frozen"))
    ],
    ("frozen", "serve_freeze", {}),
    ("both", "suspend", {"proceeding": "1", **STILL}),
    ("handed", "record_submission", {"what": "petition_postpone", "text": "Емделіп жатырмын"}),
    ("handed", "terminate", {"ground": "TERMN-01", "evidence.waiver": SIGNED}),
    ("handed", "record_submission", {**COMPLAINT, "text": "Қол қойған жоқпын"}),
]
#: Who signs what a bailiff does not.
BY: Final = {"grant_sanction": "prosecutor.ala"}

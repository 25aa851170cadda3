"""What the papers of measures say."""

from typing import Any

from accounts.models import PROSECUTOR
from enforcement.core import papers
from enforcement.core.act import Act
from enforcement.models import Measure


def paper_of(act: Act[Any], asked: Measure) -> dict[str, Any]:
    """What the papers of a measure say."""
    prosecutor = asked.decided_by
    offices = prosecutor.memberships.select_related("office") if prosecutor else []
    named = next((m.office for m in offices if m.role == PROSECUTOR), None)
    return {
        **papers.proceeding(act, asked.proceeding),
        "bank": asked.bank,
        "account": asked.account,
        "cap": papers.text_of(asked.cap),
        "above_because": asked.above_because,
        "sanction_no": asked.sanction_number,
        "sanction_on": asked.decided_on and asked.decided_on.isoformat(),
        "prosecutor_office": named and papers.both(named),
        "measure": asked.kind,
        "target": asked.target,
        "object": asked.object,
        "addressee": asked.holder,
        "details": asked.details,
        "initiator": asked.initiator,
    }


def secured_paper(act: Act[Any], laid: Measure) -> dict[str, Any]:
    """What the papers say that lay a measure, with the application it is laid on (SEC-DUTY-01)."""
    return {**paper_of(act, laid), "application": _application(act, laid)}


def _application(act: Act[Any], laid: Measure) -> str:
    """The claimant's last application for securing, in the words it was recorded by."""
    asked = laid.initiator == "claimant"
    lines = act.now.standing("securing_claimed") if asked else []
    return lines[-1].evidence.get().text if lines else ""


def replacement_paper(
    act: Act[Any], old: Measure, fresh: Measure, *, reason: str
) -> dict[str, Any]:
    """What the ruling says that puts one measure in the place of another."""
    return {
        **paper_of(act, fresh),
        "old_measure": old.kind,
        "old_target": old.target,
        "old_object": old.object or old.account,
        "old_addressee": old.holder,
        "reason": reason,
    }

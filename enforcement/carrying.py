"""What goes with a document to another office: what secures it, what was done, its terms."""

from typing import Any

from enforcement.core.act import Act
from enforcement.core.papers import both, text_of
from enforcement.lifecycle.measure import LIVE
from enforcement.models import Proceeding


def history(act: Act[Proceeding]) -> dict[str, Any]:
    """What the other office is told of the proceeding as it stands; days ISO, sums decimal text."""
    running, sums = act.running, act.running.account
    return {
        "office": both(act.case.office),
        "case": act.case.label,
        "ordinal": running.ordinal,
        "initiated_on": act.subject.initiated_on.isoformat(),
        "recovered": str(sums.recovered),
        "left": text_of(sums.left),
        "measures": _measures(act),
        "done": _done(act),
        "terms": _terms(act),
    }


def _measures(act: Act[Proceeding]) -> list[dict[str, Any]]:
    """What is in force or asked for."""
    live = act.subject.measures.filter(state__in=LIVE).order_by("requested_on", "id")
    return [
        {
            "kind": each.kind,
            "target": each.target,
            "name": each.name,
            "cap": text_of(each.cap),
            "state": each.state,
            "since": each.requested_on.isoformat(),
        }
        for each in live
    ]


def _done(act: Act[Proceeding]) -> list[dict[str, str]]:
    """What happened in it and was not annulled, in order."""
    gone = {line.corrects for line in act.lines}
    own = [line for line in act.lines if line.subject == act.subject.pk]
    stands = [line for line in own if line.seq not in gone and line.corrects is None]
    return [{"kind": line.kind, "on": line.on.isoformat()} for line in stands]


def _terms(act: Act[Proceeding]) -> list[dict[str, Any]]:
    """Its terms as they ran by then: from which day, until when, whether they were met."""
    own = act.case.stream.deadlines.filter(scope=act.running.scope).order_by("started_by", "rule")
    return [
        {
            "rule": each.rule,
            "since": each.starts_on.isoformat(),
            "due_on": each.due_on and each.due_on.isoformat(),
            "status": each.status,
        }
        for each in own
    ]

"""The step that what was handed in opens, and what that step's form holds of it."""

from collections.abc import Mapping
from typing import Final

from django.utils.formats import date_format

from enforcement.core.words import reading
from enforcement.lifecycle.submission import GRANTED, GRANTED_IN_PART, LODGED
from enforcement.models import Submission
from law.model import SubmissionKind
from law.statute import Statute

#: After which answers what was asked for is done.
YES: Final = frozenset({GRANTED, GRANTED_IN_PART})

#: What of a way names the step: on a proceeding, or on what is beside it.
STEPS: Final = frozenset({"verb", "beside"})


def way_of(state: str, kind: SubmissionKind) -> Mapping[str, str]:
    """The step it opens while it waits, or once it is granted; empty where it opens none."""
    if state == LODGED:
        return kind.meanwhile
    return kind.granted if state in YES else {}


def held(asked: Submission, verb: str, law: Statute) -> dict[str, str]:
    """What the form of that step holds, by its fields; nothing for another step."""
    kind = law.submissions[asked.kind]
    way, told = way_of(asked.state, kind), _told(asked, kind)
    if verb not in (way.get("verb"), way.get("beside")):
        return {}
    found = {field: text.format_map(told) for field, text in way.items() if field not in STEPS}
    return {field: text for field, text in found.items() if text}


def _told(asked: Submission, kind: SubmissionKind) -> dict[str, str]:
    """What a form can be filled with, by the names the law's data uses."""
    day, language = date_format(asked.received_on, "SHORT_DATE_FORMAT"), reading()
    himself = asked.concerned.full_name if asked.concerned else ""
    known = asked.author or asked.supervisor
    name = known.name(language) if known else himself
    office = asked.supervisor.name(language) if asked.supervisor else ""
    return {
        "role": asked.author.role if asked.author else "",
        "named": f"{kind.title.in_(language)}, {day}, {name}",
        "court": asked.beside.get("court", ""),
        "supervisor": office,
        "number": asked.beside.get("number", ""),
        "court_number": asked.beside.get("court_number", ""),
        "on": asked.received_on.isoformat(),
        "line": str(asked.line or ""),
        "act_number": asked.court_act.get("number", ""),
        "act_on": asked.court_act.get("on", ""),
    }

"""Refusals, verdicts and acts in words of the reader's language; used by screens and API alike."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Office, User
from accounts.queries import roles_in
from documents.models import Rendering
from enforcement.actions.intake import VERBS, fitting
from enforcement.models import Presentation
from enforcement.permissions import PERMISSIONS, may
from enforcement.queries import meant
from enforcement.steps import possible_verbs
from enforcement.verdict import IN_FORCE_RULE
from law.refusal import FieldError, Refusal
from law.statute import Statute, statute


def reading() -> str:
    """The language the answer is read in."""
    return (get_language() or "kk")[:2]


def titles() -> dict[str, str]:
    """What each refusal is called."""
    return {
        "invalid": _("Some values cannot be right"),
        "not_found": _("There is no such file here"),
        "wrong_role": _("This step is not yours to take"),
        "wrong_state": _("The document's state does not allow this step"),
        "verdict_differs": _("The law's verdict on this document is another one"),
        "date_in_future": _("The date lies in the future"),
        "date_before_last": _("The date lies before the last entry of the file"),
        "ref_taken": _("This number already belongs to another document"),
        "file_type": _("Only PDF, PNG and JPEG files are kept"),
        "file_size": _("The file is larger than 20 MB"),
        "not_authenticated": _("A valid token is needed"),
        "bad_request": _("The request cannot be read"),
        "method_not_allowed": _("This address does not answer such requests"),
        "stale": _("The file has changed since it was read"),
    }


def faults() -> dict[str, str]:
    """What can be wrong with a value."""
    return {
        "check_digit": _("the check digit is wrong: compare the number with the paper"),
        "format": _("this is not a well-formed value"),
        "birth_date": _("the number holds no possible birth date"),
        "unknown": _("no such code"),
        "required": _("needed to register the document"),
        "too_long": _("too long"),
        "out_of_range": _("out of range"),
        "unknown_field": _("no such field"),
        "taken": _("already used for another document"),
        "file_type": _("only PDF, PNG and JPEG"),
        "file_size": _("larger than 20 MB"),
    }


def fact_names() -> dict[str, str]:
    """The names of facts a refusal shows."""
    return {
        "role": _("Role"),
        "state": _("State"),
        "verdict": _("Verdict"),
        "on": _("Date"),
        "ref": _("Number"),
    }


def _value(name: str, text: str, law: Statute) -> str:
    """Codes inside a fact as words: states, verdicts, roles, dates."""
    lists = {"state": "states", "verdict": "verdicts", "role": "roles"}
    known = law.list(lists.get(name, ""))
    words = [
        known[part].in_(reading()) if part in known else part for part in text.split(", ") if part
    ]
    return ", ".join(words)


def field_label(path: str) -> str:
    """A path such as `debtors[0].iin` in words."""
    fields = statute().list("fields")
    parts = []
    for piece in path.split("."):
        name, _bracket, index = piece.partition("[")
        label = fields[name].in_(reading()) if name in fields else name
        parts.append(f"{label} {int(index[:-1]) + 1}" if index[:-1].isdigit() else label)
    return " › ".join(parts)


def field_errors(errors: Sequence[FieldError]) -> dict[str, str]:
    """Path -> what is wrong there, in words."""
    told = faults()
    return {e.field: f"{field_label(e.field)}: {told.get(e.code, e.code)}" for e in errors}


def refusal(found: Refusal, *, case_id: UUID | None = None) -> dict[str, Any]:
    """The refusal object of interfaces: {title, status, code, rule, article, detail, ...}."""
    law = statute()
    names = fact_names()
    rule = law.rule(found.rule) if found.rule else None
    messages = field_errors(found.errors)
    return {
        "type": f"urn:oryndau:refusal:{found.code}",
        "title": titles().get(found.code, found.code),
        "status": found.status,
        "code": found.code,
        "rule": found.rule or None,
        "article": rule.article if rule else None,
        "detail": "; ".join(messages.values()) or (rule.text.in_(reading()) if rule else ""),
        "facts": [
            {
                "name": names.get(fact.name, fact.name),
                "value": _value(fact.name, fact.value, law),
                "needed": _value(fact.name, fact.needed, law),
            }
            for fact in found.facts
        ],
        "errors": [
            {"field": e.field, "code": e.code, "message": messages[e.field]} for e in found.errors
        ],
        "possible": [_possible(verb, case_id) for verb in found.possible if verb in VERBS],
    }


def _possible(verb: str, case_id: UUID | None) -> dict[str, str]:
    """A step that is possible instead; on screens with the way to it."""
    way = {"url": f"/cases/{case_id}/{verb}"} if case_id else {}
    return {"verb": verb, "title": step_title(verb), **way}


def step_title(verb: str) -> str:
    """What the button of a verb says."""
    step = statute().steps.get(verb)
    return step.title.in_(reading()) if step else verb


def reasons(verdict: dict[str, Any]) -> list[dict[str, str]]:
    """Why the verdict is that: its rules with their words; dates and offices where they matter."""
    law = statute()
    found = [
        {"rule": rule, "text": law.rule(rule).text.in_(reading())}
        for rule in (*verdict.get("rules", ()), *verdict.get("remarks", ()))
    ]
    if IN_FORCE_RULE in verdict.get("missing", ()):
        found.insert(0, {"rule": IN_FORCE_RULE, "text": _("Not yet in force on the day received")})
    return found


def shown(verdict: dict[str, Any]) -> dict[str, Any]:
    """A stored verdict for a page: dates as dates, with its reasons in words."""
    days = ("presentation_last_day", "presentation_start", "return_ruling_due")
    dated = {name: date.fromisoformat(verdict[name]) for name in days if name in verdict}
    office = Office.objects.filter(code=verdict["office"]).first() if "office" in verdict else None
    named = {"office_name": office.name(reading())} if office else {}
    return {**verdict, **dated, **named, "reasons": reasons(verdict)}


def acts(arrivals: list[Presentation], user: User, *, today: date) -> list[dict[str, Any]]:
    """What can be done now with a case; for what cannot be, why and what would open it."""
    roles = roles_in(user, arrivals[-1].office_id, on=today)
    law = statute()
    found = []
    for verb in VERBS:
        arrival = meant(arrivals, fitting(verb))
        why, opens = _closed(arrival, verb, roles, possible_verbs(arrival), law)
        found.append(
            {
                "verb": verb,
                "title": step_title(verb),
                "possible": not why,
                "url": f"/cases/{arrival.case_id}/{verb}",
                "rule": law.steps[verb].rule,
                "why": why or law.steps[verb].effect.in_(reading()),
                "opens": opens,
            }
        )
    return sorted(found, key=lambda act: not act["possible"])


def _closed(
    arrival: Presentation, verb: str, roles: set[str], open_verbs: list[str], law: Statute
) -> tuple[str, str]:
    """Why the verb is not possible and what would open it; ("", "") when it is."""
    if verb not in open_verbs:
        state = law.word("states", arrival.state).in_(reading())
        return _("The document is already: %(state)s.") % {"state": state}, ""
    needed = law.word("verdicts", fitting(verb)).in_(reading())
    if arrival.verdict["verdict"] != fitting(verb):
        now = law.word("verdicts", arrival.verdict["verdict"]).in_(reading())
        return (
            _("The verdict on the document is: %(verdict)s.") % {"verdict": now},
            _("the verdict «%(verdict)s»") % {"verdict": needed},
        )
    if not may(verb, roles):
        holders = ", ".join(
            law.word("roles", role).in_(reading()) for role in sorted(PERMISSIONS[verb])
        )
        return _("This step is not yours to take."), holders
    return "", ""


def pdf(found: Rendering) -> HttpResponse:
    """The bytes of a rendering, named by their paper."""
    number = found.paper.label.replace("/", "-")
    content = bytes(found.blob.content)
    return file_response(content, found.blob.media_type, f"{number}-{found.language}.pdf")


def file_response(
    content: bytes, media_type: str, name: str, *, as_attachment: bool = False
) -> HttpResponse:
    """Bytes of a file of ours; browsers keep no copy of it."""
    response = HttpResponse(content, content_type=media_type)
    header = content_disposition_header(as_attachment, name)
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response

"""Why a button is closed, in one sentence of the reader's language, and what opens it."""

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from enforcement.core.refusal_titles import title
from enforcement.core.refusals import law_of, value_of
from enforcement.core.words import step_title
from law.refusal import Refusal
from law.statute import Statute


def why(found: Refusal, machine: str) -> tuple[str, str]:
    """Why a verb is closed, and what opens it, of the refusal that taking it would meet."""
    law = law_of(found)
    facts = {fact.name: fact for fact in found.facts}
    if found.code == "wrong_state":
        state = value_of("state", facts["state"].value, law)
        return _as_it_stands(machine) % {"state": state}, value_of(
            "state", facts["state"].needed, law
        )
    if found.code == "verdict_differs":
        verdict = facts["verdict"]
        said, needed = (value_of("verdict", each, law) for each in (verdict.value, verdict.needed))
        return (
            _("The verdict on the document is: %(verdict)s.") % {"verdict": said},
            _("the verdict «%(verdict)s»") % {"verdict": needed},
        )
    said = title(found)
    return f"{said}.", _opened_by(found, law)


def _as_it_stands(machine: str) -> str:
    return {
        "presentation": _("The document is already: %(state)s."),
        "measure": _("The measure is: %(state)s."),
        "postponement": _("The postponement is: %(state)s."),
        "submission": _("The petition or complaint is: %(state)s."),
        "letter": _("The letter is: %(state)s."),
    }.get(machine, _("The proceedings are: %(state)s."))


def _opened_by(found: Refusal, law: Statute) -> str:
    """A day that has to come, a role, or the steps that are possible instead."""
    facts = {fact.name: fact for fact in found.facts}
    if waits := _waits_for().get(found.code):
        words, name = waits
        day = parse_date(facts[name].value) if name in facts else None
        return f"{words}: {date_format(day, 'SHORT_DATE_FORMAT')}" if day else words
    if "role" in facts:
        return value_of("role", facts["role"].needed, law)
    if "state" in facts:
        return value_of("state", facts["state"].needed, law)
    return ", ".join(step_title(law, verb) for verb in found.possible)


def _waits_for() -> dict[str, tuple[str, str]]:
    """What has to be over first, and the fact that says until when."""
    return {
        "execution_deferred": (_("the end of the court's deferral"), "until"),
        "acts_postponed": (_("the end of the postponement"), "until"),
        "voluntary_stage": (_("the end of the voluntary term"), "last_day"),
    }

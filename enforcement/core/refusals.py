"""A refusal in words of the reader's language: its title, what failed, what is possible instead."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Office
from enforcement.core.card import VERBS
from enforcement.core.http_status import status_of
from enforcement.core.labels import path_label
from enforcement.core.problems import PossibleShape, ProblemShape, WayShape
from enforcement.core.refusal_titles import title
from enforcement.core.words import reading, step_title, tenge
from law.refusal import FieldError, Refusal
from law.statute import Statute, statute


def advice() -> dict[str, str]:
    """What to do about a refusal that neither a field nor a rule explains."""
    return {
        "stale": _(
            "Nothing was written this time. Look at what was written since: only if the step is "
            "still to be taken, take it again."
        ),
        "unavailable": _(
            "Nothing of what you sent was kept by halves: either the act is in the file's journal "
            "or it did not happen. Look there before you repeat it."
        ),
        **_advice_at_the_door(),
    }


def _advice_at_the_door() -> dict[str, str]:
    """What a program does about a request that no rule refuses, but the door itself."""
    return {
        "bad_request": _("The body has to be one object that can be read."),
        "bad_request.406": _("This address answers in another format."),
        "bad_request.411": _("The length of the body has to be told."),
        "bad_request.413": _("A body has 2.5 MB at most."),
        "bad_request.415": _("The body has to come in another format."),
        "not_found": _("Nothing that you may see stands at this address."),
        "not_authenticated": _(
            "Every request sends a token that holds; the administrator of the office gives it."
        ),
        "out_of_scope": _(
            "Its scopes do not name it: another token is asked of the administrator."
        ),
        "method_not_allowed": _("The answer names the methods that this address knows."),
    }


def faults() -> dict[str, str]:
    """What can be wrong with a value."""
    return {
        "check_digit": _("the check digit is wrong: compare the number with the paper"),
        "format": _("this is not a well-formed value"),
        "birth_date": _("the number holds no possible birth date"),
        "unknown": _("no such code"),
        "required": _("must be filled in"),
        "too_long": _("too long"),
        "out_of_range": _("out of range"),
        "unknown_field": _("no such field"),
        "repeated": _("given twice"),
        "one_of_these": _("one of these is asked, and only one"),
        "nothing_changed": _("nothing is another than it stands"),
        "in_future": _("that day has not come yet"),
        "office_only": _("only the office that receives the document tells it"),
        "known": _("an issuer of this name stands in the list already"),
        "taken": _("already used for another document"),
        "number_taken": _("another sanction of this year has this number"),
        "file_type": _("only PDF, PNG and JPEG"),
        "file_size": _("larger than 20 MB"),
        "wrong": _("wrong"),
        "sanction": _("only with the prosecutor's sanction"),
        "same": _("the same person twice"),
        "not_each": _("not signed by every claimant who is still owed"),
        **_faults_beside_another(),
    }


def _faults_beside_another() -> dict[str, str]:
    """What can be wrong with a value as another one stands."""
    return {
        "not_whole": _("the shares do not make the whole sum"),
        "to_come": _("the day has not come yet"),
        "bin_structure": _("no company has such a number: compare it with the paper"),
        "other_kind": _("the number is of another kind of person"),
        "other_birth": _("the IIN tells another date of birth"),
        "own_debtor": _("nobody owes himself: the claimant is the debtor of this claim"),
        "before_since": _("ends before it begins"),
        "not_with_him": _("not another one of the same side"),
        "barred": _("the law lets no such person represent a party on this basis"),
        "no_authority": _("no authority for it on that day"),
        "other_way": _("what came of it does not come of that way"),
        "own_row": _("one claim in a row: put it in a row of its own"),
        "before_term_ended": _("earlier than the end of the term that it restores"),
        "other_territory": _("no place of execution is told to lie in its territory"),
        "after_receipt": _("later than the day the document was received"),
    }


def fact_names() -> dict[str, str]:
    """The names of facts a refusal shows."""
    return {
        **_fact_names(),
        "channel": _("How it was sent"),
        "barred": _("Who he is"),
        "power": _("Power"),
    }


def _fact_names() -> dict[str, str]:
    return {
        "role": _("Role"),
        "state": _("State"),
        "verdict": _("Verdict"),
        "on": _("Date"),
        "ref": _("Number"),
        "ground": _("Ground"),
        "balance": _("Left of the debt, tenge"),
        "amount": _("Sum, tenge"),
        "frozen": _("Frozen already, tenge"),
        "voluntary_term": _("Voluntary term"),
        "completion_months": _("Months of execution"),
        "line": _("Line of the journal"),
        "authority": _("By whose authority"),
        "file": _("File"),
        "kind": _("Securing measure"),
        "target": _("On what it is laid"),
        "secured": _("What is secured"),
        "claim": _("Claim"),
        "stage": _("Stage"),
        "last_day": _("Last day of the voluntary term"),
        "item": _("Line of the list"),
        "ruled_on": _("Day of the court's ruling"),
        "until": _("Until the day"),
        "delivered_on": _("On which day it reached the debtor"),
        "since": _("Written since then"),
        "received_on": _("Day on which the money came"),
        "person": _("Person"),
        "act_on": _("Day of that act"),
        "act": _("Act to be performed"),
        "presentation_last_day": _("Last day to present the document"),
        "way": _("Coercive act"),
        "known_on": _("On which day it became known"),
        "periodic": _("Periodic payment"),
        "city": _("City or settlement"),
        "claimant": _("Claimant"),
        "party": _("Who handed it in"),
    }


#: What is needed of a claim that is no sum.
BESIDE: Final = {"act": "extents", "periodic": "extents"}
_BETWEEN: Final = re.compile(r"(,? )")
#: Facts that are sums, and a sum in one.
SUMS: Final = frozenset({"amount", "balance", "cap", "frozen"})
_SUM: Final = re.compile(r"\d+\.\d\d\b")


def value_of(name: str, text: str, law: Statute) -> str:
    """Codes inside a fact as words: states, verdicts, roles, grounds, dates."""
    parts = [part for part in text.split(", ") if part]
    if name == "office":
        named = {each.code: each.name(reading()) for each in Office.objects.filter(code__in=parts)}
        return ", ".join(named.get(part, part) for part in parts)
    return ", ".join(_part(name, part, law) for part in parts)


def _part(name: str, part: str, law: Statute) -> str:
    lists = {"state": "states", "verdict": "verdicts", "role": "roles", "claim": "claims"}
    lists |= {
        "target": "targets",
        "secured": "targets",
        "stage": "stages",
        "person": "fields",
        "authority": "authorities",
        "act": "acts",
        "periodic": "periodic_kinds",
        "power": "parts",
        "party": "initiators",
        "channel": "channels_of_delivery",
    }
    if name in ("ground", "kind") and part in law.ids():
        return law.rule(part).title.in_(reading())
    if name == "way" and part in law.coercive:
        return law.coercive[part].title.in_(reading())
    if name == "since" and part in (past := law.by_event()):
        return past[part].past.in_(reading())
    if name == "voluntary_term":
        return _("yes") if part == "yes" else _("no")
    part = f"kind.{part}" if name == "person" else part
    part = _SUM.sub(lambda sum_: tenge(Decimal(sum_[0])), part) if name in SUMS else part
    if part == "another ref":
        return _("another number")
    known = {**law.list(lists.get(name, "")), **law.list(BESIDE.get(name, "")), **law.choices(name)}
    # A role may be followed by its office.
    parts = _BETWEEN.split(part)
    words = [known[part].in_(reading()) if part in known else part for part in parts]
    return "".join(words)


def field_label(path: str, law: Statute, *, verb: str = "") -> str:
    """A path such as `debtors[0].iin`, or a field of a verb, in words."""
    known = VERBS.get(verb)
    if known and (own := known.field(path)) and own.label:
        return str(own.label)
    if path in (named := _beside_the_fields()):
        return named[path]
    key = path.rpartition(".")[2]
    if path.count(".") == 2 and path.startswith("evidence."):
        _words, whole, part = path.split(".")
        both = (law.word("evidence", whole), law.word("parts", part))
        return " › ".join(each.in_(reading()) for each in both)
    for words in ("evidence", "details", "told"):
        if key in law.list(words) and path in (f"{words}.{key}", key):
            return law.word(words, key).in_(reading())
    return path_label(law, path.removeprefix("values."), reading(), fact_names())


def _beside_the_fields() -> dict[str, str]:
    """What a form asks beside the fields of its verb."""
    things = {"presentation": _("Document"), "proceeding": _("Proceedings against")}
    things |= {"measure": _("Securing measure"), "postponement": _("Postponement")}
    things |= {"submission": _("Petition or complaint")}
    things |= {"channel": _("How it was sent")}
    things |= {"to": _("Addressee"), "addressee": _("Addressee"), "proof": _("What proves it")}
    things |= {"evidence": _("What proves it"), "details": _("Details"), "told": _("Details")}
    things |= {"content": _("File")}
    things |= {"letter": _("Letter")}
    things |= {
        "number": _("Number"),
        "identifier": _("IIN or BIN"),
        "after": _("Place in the list"),
    }
    things |= {"limit": _("Rows of a page")}
    return {**things, "password": _("Your password again"), "head": _("Last entry as shown")}


def field_errors(errors: Sequence[FieldError], law: Statute, *, verb: str = "") -> dict[str, str]:
    """Path -> what is wrong there, in words."""
    told = faults()
    return {
        e.field: f"{field_label(e.field, law, verb=verb)}: {told.get(e.code, e.code)}"
        for e in errors
    }


def law_of(found: Refusal) -> Statute:
    """The rule set a refusal speaks of; before a case is known, that of new documents."""
    return statute(found.rule_set or settings.ORYNDAU_RULE_SET)


def refusal(found: Refusal, *, case_id: UUID | None = None) -> ProblemShape:
    """The refusal in the reader's words."""
    law = law_of(found)
    names = fact_names()
    rule = law.rule_or_none(found.rule)
    messages = field_errors(found.errors, law, verb=found.verb)
    told = advice()
    said = (
        told.get(found.says) or told.get(found.code) or (rule.text.in_(reading()) if rule else "")
    )
    return {
        "type": f"urn:oryndau:refusal:{found.code}",
        "title": title(found),
        "status": status_of(found),
        "code": found.code,
        "rule": found.rule or None,
        "article": rule.article if rule else None,
        "detail": "; ".join(messages.values()) or said,
        "facts": [
            {
                "name": names.get(fact.name) or field_label(fact.name, law),
                "value": value_of(fact.name, fact.value, law),
                "needed": value_of(fact.name, fact.needed, law),
            }
            for fact in found.facts
        ],
        "errors": [
            {"field": e.field, "code": e.code, "message": messages[e.field]} for e in found.errors
        ],
        "possible": [_possible(verb, law, case_id) for verb in found.possible],
    }


def _possible(verb: str, law: Statute, case_id: UUID | None) -> PossibleShape:
    """A step that is possible instead; on screens with the way to it."""
    found: WayShape = {"verb": verb, "title": step_title(law, verb)}
    if case_id:
        found["url"] = reverse("step", args=[case_id, verb])
    return found

"""Refusals, verdicts and acts in words of the reader's language; used by screens and API alike."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Office
from documents.models import Rendering
from enforcement.actions.verbs import VERBS
from enforcement.verdict import IN_FORCE_RULE
from law.refusal import FieldError, Refusal
from law.statute import Statute, statute


def reading() -> str:
    """The language the answer is read in."""
    return (get_language() or "kk")[:2]


def tenge(amount: Decimal | None) -> str:
    """A sum of money: 1 900 659,00 ₸."""
    if amount is None:
        return ""
    whole, _, cents = f"{amount:,.2f}".partition(".")
    return f"{whole.replace(',', chr(0xA0))},{cents}\u00a0₸"


def titles() -> dict[str, str]:
    """What each refusal is called."""
    return {
        "invalid": _("Some values cannot be right"),
        "not_found": _("There is no such file here"),
        "wrong_role": _("This step is not yours to take"),
        "wrong_state": _("The state does not allow this step"),
        "verdict_differs": _("The law's verdict on this document is another one"),
        "date_in_future": _("The date lies in the future"),
        "date_before_last": _("The date lies before the last entry of the file"),
        "ref_taken": _("This number already belongs to another document"),
        "file_type": _("Only PDF, PNG and JPEG files are kept"),
        "file_size": _("The file is larger than 20 MB"),
        "not_authenticated": _("A valid token is needed"),
        "bad_request": _("The request cannot be read"),
        "unavailable": _("The office's stores do not answer"),
        "broken": _("Something broke on our side"),
        "method_not_allowed": _("This address does not answer such requests"),
        "stale": _("The file has changed since it was read"),
        **_titles_of_the_course(),
    }


def _titles_of_the_course() -> dict[str, str]:
    """What the refusals of the path are called."""
    return {
        "ground_unknown": _("The law knows no such ground for this step"),
        "evidence_missing": _("What proves this is missing"),
        "reason_needed": _("The day can be read in two ways: a reason is needed"),
        "other_person": _("The ground befalls another kind of person"),
        "ground_holds": _("The proceedings stand still on this ground already"),
        "ground_not_held": _("The proceedings do not stand still on this ground"),
        "no_voluntary_term": _("The document is executed at once: there is no offer"),
        "offer_delivered": _("The offer was delivered already"),
        "not_two_months": _("The term of execution is not two months"),
        "balance_left": _("The debt is not paid in full"),
        "nothing_left": _("Nothing is left of the debt: there is nothing to return"),
        "above_balance": _("The sum is not within what is left of the debt"),
        "no_sum": _("The claim is not a sum of money"),
        "own_request": _("Nobody decides on his own request"),
        "proceeding_stands": _("The proceedings stand still or have ended"),
        "not_correctable": _("This line cannot be annulled now"),
        "wrong_authority": _("This authority cannot annul the line"),
        "already_accepted": _("The document was accepted already"),
        "ordered_already": _("The bank was ordered already to pay this"),
        "secured_elsewhere": _("A measure of the office the document came from is still in force"),
        "nothing_there": _("There is nothing yet to take this step on"),
        "which_one": _("Several are possible: choose one"),
        "password": _("The password is wrong"),
        "password_rest": _("Too many attempts: try again in 15 minutes."),
        "postponed_already": _("The acts are postponed already, or the request waits"),
        "deferred_already": _("The court's deferral goes on already"),
        "not_deferred": _("The court has not deferred the execution"),
        "wrong_period": _("The days do not fit together"),
        "is_sum": _("The claim is a sum of money: record a recovery"),
        "performed_already": _("The claim was performed in full already"),
        "above_cost": _("The sum is not within what is left of the cost"),
        **_titles_of_measures(),
    }


def _titles_of_measures() -> dict[str, str]:
    """What the refusals of securing and of coercion are called."""
    return {
        "sanction_needed": _("This needs the prosecutor's sanction: it is asked for first"),
        "target_unfit": _("This kind of measure is not laid on that"),
        "same_kind": _("A measure is replaced by one of another kind"),
        "no_bank": _("No bank carries this measure out"),
        "debt_paid": _("Nothing is left of the debt: there is nothing to enforce"),
        "no_inventory_due": _("No inventory waits to be made here"),
        "claimant_applied": _("The claimant applied for securing: the inventory is a duty"),
        "voluntary_stage": _("The debtor may still comply by himself"),
        "execution_deferred": _("The court has deferred the execution"),
        "acts_postponed": _("The enforcement acts are postponed"),
        "claim_unfit": _("This act does not fit the claim"),
        "only_secures": _("The document only secures a claim: nothing is recovered by it"),
        "nothing_secured": _("Nothing is secured that this act could rest on"),
    }


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
        "taken": _("already used for another document"),
        "file_type": _("only PDF, PNG and JPEG"),
        "file_size": _("larger than 20 MB"),
        "wrong": _("wrong"),
        "sanction": _("only with the prosecutor's sanction"),
        "same": _("the same person twice"),
    }


def fact_names() -> dict[str, str]:
    """The names of facts a refusal shows."""
    return {
        "role": _("Role"),
        "state": _("State"),
        "verdict": _("Verdict"),
        "on": _("Date"),
        "ref": _("Number"),
        "ground": _("Ground"),
        "balance": _("Left of the debt, tenge"),
        "amount": _("Sum, tenge"),
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
        "person": _("Person"),
        "act_on": _("Day of that act"),
    }


def authorities() -> dict[str, str]:
    """By whose authority a line is annulled (Q25)."""
    return {
        "own": _("my own slip of today"),
        "senior": _("the senior bailiff"),
        "court": _("a court"),
        "prosecutor": _("a prosecutor"),
    }


_BETWEEN: Final = re.compile(r"(,? )")
#: Facts that are sums, and a sum in one.
SUMS: Final = frozenset({"amount", "balance", "cap"})
_SUM: Final = re.compile(r"\d+\.\d\d\b")


def _value(name: str, text: str, law: Statute) -> str:
    """Codes inside a fact as words: states, verdicts, roles, grounds, dates."""
    return ", ".join(_part(name, part, law) for part in text.split(", ") if part)


def _part(name: str, part: str, law: Statute) -> str:
    lists = {"state": "states", "verdict": "verdicts", "role": "roles", "claim": "claims"}
    lists |= {"target": "targets", "secured": "targets", "stage": "stages", "person": "fields"}
    if name in ("ground", "kind") and part in law.ids():
        return law.rule(part).title.in_(reading())
    if name == "since" and part in (past := law.by_event()):
        return past[part].past.in_(reading())
    if name == "authority":
        return authorities().get(part, part)
    if name == "voluntary_term":
        return _("yes") if part == "yes" else _("no")
    part = f"kind.{part}" if name == "person" else part
    part = _SUM.sub(lambda sum_: tenge(Decimal(sum_[0])), part) if name in SUMS else part
    if part == "another ref":
        return _("another number")
    known = law.list(lists.get(name, ""))
    # A role may be followed by its office.
    parts = _BETWEEN.split(part)
    words = [known[part].in_(reading()) if part in known else part for part in parts]
    return "".join(words)


def course_fields() -> dict[str, str]:
    """What the arguments of the verbs of the path are called."""
    return {
        "ground": _("Ground"),
        "reason": _("Reason"),
        "proof": _("What proves it"),
        "bank": _("Bank"),
        "account": _("Bank account (IBAN)"),
        "amount": _("Sum, tenge"),
        "debt": _("Claim"),
        "outcome": _("What came of it"),
        "delivered_on": _("On which day it reached the debtor"),
        "number": _("Number of the sanction"),
        "answer": _("What the bank answered"),
        "commission": _("Liquidation commission, address"),
        "decision": _("Decision on liquidation: number, date"),
        "address": _("New address of the debtor"),
        "act_text": _("Act: number, date, what it states"),
        "line": _("Line of the journal"),
        "authority": _("By whose authority"),
        "act_number": _("Act of the court or prosecutor: number"),
        "act_on": _("Day of that act"),
        "password": _("Your password again"),
        "proceeding": _("Proceedings against"),
        "measure": _("Securing measure"),
        "addressee": _("Addressee"),
        "postponement": _("Postponement"),
        "until": _("Until the day"),
        "ruling": _("Court's ruling: number, court"),
        "ruled_on": _("Day of the court's ruling"),
        "claim": _("Claim"),
        "extent": _("To what extent"),
        "what": _("What was done"),
        "cost": _("Cost"),
        "kind": _("Kind"),
        **_fields_of_measures(),
    }


def _fields_of_measures() -> dict[str, str]:
    """What the arguments of securing and of coercion are called."""
    return {
        "target": _("On what it is laid"),
        "object": _("Which property or right"),
        "initiator": _("Proposed by"),
        "application": _("Application: number, date, what is asked"),
        "items": _("Property listed"),
        "way": _("Coercive act"),
    }


def field_label(path: str) -> str:
    """A path such as `debtors[0].iin` in words."""
    fields, others = statute().list("fields"), fact_names()
    own, key = course_fields(), path.rpartition(".")[2]
    if path in own:
        return own[path]
    for words in ("evidence", "details"):
        known = statute().list(words)
        if key in known and path in (f"{words}.{key}", key):
            return known[key].in_(reading())
    parts = []
    for piece in path.split("."):
        name, _bracket, index = piece.partition("[")
        label = fields[name].in_(reading()) if name in fields else others.get(name, name)
        parts.append(f"{label} {int(index[:-1]) + 1}" if index[:-1].isdecimal() else label)
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
    said = advice().get(found.code) or (rule.text.in_(reading()) if rule else "")
    return {
        "type": f"urn:oryndau:refusal:{found.code}",
        "title": titles().get(found.code, found.code),
        "status": found.status,
        "code": found.code,
        "rule": found.rule or None,
        "article": rule.article if rule else None,
        "detail": "; ".join(messages.values()) or said,
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


def shown(verdict: dict[str, Any], *, right: str | None = None) -> dict[str, Any]:
    """A stored verdict for a page: dates as dates, with its reasons in words.

    `right`: the name of the right office, where the reader knows it already.
    """
    days = ("presentation_last_day", "presentation_start", "return_ruling_due")
    dated = {name: date.fromisoformat(verdict[name]) for name in days if name in verdict}
    if "office" in verdict and right is None:
        office = Office.objects.filter(code=verdict["office"]).first()
        right = office.name(reading()) if office else None
    named = {"office_name": right} if right else {}
    return {**verdict, **dated, **named, "reasons": reasons(verdict)}


def pdf(found: Rendering) -> HttpResponse:
    """The bytes of a rendering, named by their paper."""
    number = found.paper.label.replace("/", "-")
    return file_response(
        found.exact_bytes(), found.blob.media_type, f"{number}-{found.language}.pdf"
    )


def file_response(
    content: bytes, media_type: str, name: str, *, as_attachment: bool = False
) -> HttpResponse:
    """Bytes of a file of ours; browsers keep no copy of it."""
    response = HttpResponse(content, content_type=media_type)
    header = content_disposition_header(as_attachment, name)
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response

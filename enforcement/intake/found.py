"""A document handed in is found again: by its key, by a number, by the debtor."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db.models import Q

from accounts.models import User
from documents.fields import CONTROL
from enforcement.facts.access import arrivals_to
from enforcement.facts.pagination import page
from enforcement.models import Presentation
from law.refusal import FieldError, Refusal
from parties.identifiers import bin_fault, iin_fault
from parties.spelling import identifier_key, number_key

#: By what a document is found, and how much of it there can be.
BY: Final = {"ref": 64, "number": 100, "identifier": 40}
DEBTORS: Final = "participants__party__wordings__number"


def found_by(
    given: Mapping[str, Any], *, by: User, on: date, after: str = ""
) -> tuple[list[Presentation], str]:
    """The arrivals the user sees that fit, a page at most, and the cursor of the next page."""
    name, text = _only(given)
    seen = arrivals_to(by, on=on).filter(pk__in=Presentation.objects.filter(_fits(name, text)))
    seen = seen.select_related("case__office", "case__stream", "document__issuer")
    return page(seen, "received_on", "id", after=after)


def _only(given: Mapping[str, Any]) -> tuple[str, str]:
    """The one value to find by; a Refusal for none, several, or what is none."""
    errors = [FieldError(name, "unknown_field") for name in given if name not in BY]
    told = [name for name in BY if given.get(name) is not None]
    errors += [FieldError(name, "one_of_these") for name in (told[1:] if told else BY)]
    for name in told[:1]:
        value = given[name]
        if not isinstance(value, str) or CONTROL.search(value) or not value.strip():
            errors.append(FieldError(name, "format"))
        elif len(value) > BY[name]:
            errors.append(FieldError(name, "too_long"))
        elif name == "identifier" and (fault := _fault(identifier_key(value))):
            errors.append(FieldError(name, fault))
    if errors:
        raise Refusal("invalid", errors=tuple(errors))
    return told[0], given[told[0]].strip()


def _fault(number: str) -> str:
    """What is wrong with what is neither an IIN nor a BIN."""
    person, company = iin_fault(number), bin_fault(number)
    return person if person and company else ""


def _numbered(text: str) -> Q:
    """By the office's number of the case, or by the court's."""
    found = Q(document__case_key=number_key(text)) if number_key(text) else Q(pk=None)
    code, _, number = text.rpartition("-")
    office, _, year = code.rpartition("-")
    if all(part.isascii() and part.isdigit() and len(part) < 10 for part in (year, number)):
        own = {"case__year": int(year), "case__number": int(number)}
        found |= Q(case__office__code__iexact=office, **own)
    return found


def _fits(name: str, text: str) -> Q:
    """Where an arrival is the one meant."""
    if name == "identifier":
        return Q((DEBTORS, identifier_key(text)), participants__role="debtor")
    return _numbered(text) if name == "number" else Q(ref=text)

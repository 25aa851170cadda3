"""What the court wrote and what was told beside it, as the page of its case shows it."""

from typing import Any, Final

from documents.told_at_intake import OTHER_TERMS
from enforcement.case.timeline import day_of, written
from enforcement.core.words import reading
from enforcement.models import Presentation
from law.evidence import in_words
from law.statute import Statute

#: Whether it is a duplicate, or a part of several writs.
COPY: Final = ("duplicate", "part")
#: The court's act that restored a term, as the piece of evidence it is.
RESTORING_ACT: Final = "restoring_act"


def document_of(arrival: Presentation, law: Statute) -> dict[str, Any]:
    """The document of an arrival, with the name of its issuer."""
    document = arrival.document
    plain = ("kind", "case_number", "decision_on", "in_force_on", "issued_on", "deferred_until")
    found = {name: getattr(document, name) for name in (*plain, "operative", "language", *COPY)}
    issuer = document.issuer.name(reading()) if document.issuer else ""
    beside = _beside(document.beside, law)
    return {**found, "issuer": issuer, "immediate": document.immediate, **beside}


def _beside(told: dict[str, Any], law: Statute) -> dict[str, Any]:
    """What was told at intake beside the paper, its days as days."""
    broken = [{**each, "on": day_of(each["on"])} for each in told.get("interruptions", ())]
    terms = [
        {"name": name, **told[name], "last_on": day_of(told[name]["last_on"])}
        for name in OTHER_TERMS
        if name in told
    ]
    opened = _restored(told["restored"], law) if "restored" in told else ""
    return {**told, "interruptions": broken, "restored": opened, "other_terms": terms}


def _restored(act: dict[str, str], law: Statute) -> str:
    """The act that restored the term, its parts by their names where the law names them."""
    said = in_words(law, RESTORING_ACT, act, reading(), written)
    return said or ", ".join(act.values())

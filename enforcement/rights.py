"""The page of rights and duties: who enforces, what parties, representatives and marshals may and
must, in the words of the law."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enforcement.core.law_in_templates import Spoken
from enforcement.core.words import reading
from law.rights import sections
from law.statute import statute


@login_required
def rights(request: HttpRequest) -> HttpResponse:
    """Show it as the rule set of new documents has it; it says so where that has none."""
    law = statute(settings.ORYNDAU_RULE_SET)
    found = sections(law.name)
    language = reading()
    told = [
        {
            "id": section.id,
            "title": section.title.in_(language),
            "rules": [
                {
                    "id": rule.id,
                    "title": rule.title.in_(language),
                    "text": rule.text.in_(language),
                }
                for rule in section.rules
            ],
        }
        for section in found
    ]
    context = {"sections": told, "law": Spoken(law)}
    return render(request, "enforcement/rights.html", context)

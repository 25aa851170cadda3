"""What every page shows: the office, who reads, where to go, the demo's clock."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

import clock
from accounts.queries import memberships
from accounts.views import GUIDE
from config.menu import INTAKE_ROLES, menu
from enforcement.core.law_in_templates import Spoken
from law.statute import statute


def reader(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    language = get_language() or settings.LANGUAGE_CODE
    context: dict[str, Any] = {"demo_clock": clock.now() if settings.DEMO else None}
    law = statute(settings.ORYNDAU_RULE_SET)
    # Where no case is in sight; the page of a case hands down its own.
    context["law"] = Spoken(law)
    context["guide_open"] = settings.DEMO and request.COOKIES.get(GUIDE) != "0"
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return context
    held = memberships(user, on=clock.today())
    words = law.list("roles")
    roles = sorted({m.role for m in held})
    # A clerk may serve several courts: then none of them stands for all.
    own = held[0].office if len({m.office_id for m in held}) == 1 else None
    context["office"] = own and {"code": own.code, "name": own.name(language)}
    context["role_words"] = [words[role].in_(language) if role in words else role for role in roles]
    context["may_receive"] = bool(set(roles) & INTAKE_ROLES)
    context["may_search"] = bool(held)
    context["nav"] = menu(set(roles), at=request.path)
    return context

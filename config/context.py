"""What every page shows: the office, who reads, where to go, the demo's clock."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

import clock
from accounts.models import BAILIFF, CLERK, HEAD, PROSECUTOR, REGISTRAR, SENIOR_BAILIFF
from accounts.queries import memberships
from accounts.views import GUIDE
from enforcement.core.law_in_templates import Spoken
from law.statute import statute

INTAKE_ROLES = {CLERK, REGISTRAR, BAILIFF, SENIOR_BAILIFF, HEAD}
AT_WORK = {BAILIFF, SENIOR_BAILIFF, HEAD}
LOOKING_AFTER = {SENIOR_BAILIFF, HEAD}


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
    context["nav"] = _nav(request, set(roles))
    return context


def _nav(request: HttpRequest, roles: set[str]) -> list[dict[str, Any]]:
    items = [("today", _("Today"))] if roles & AT_WORK else []
    if roles & (AT_WORK | {PROSECUTOR}):
        items.append(("sanctions", _("Sanctions")))
    items.append(("inbox", _("Received documents")))
    if roles & INTAKE_ROLES:
        items.append(("intake", _("Register a document")))
    if roles & AT_WORK:
        items.append(("post", _("Outgoing post")))
    if roles & LOOKING_AFTER:
        items.append(("approvals", _("To look over")))
    addresses = [(reverse(name), title) for name, title in items]
    return [
        {"url": url, "title": title, "current": request.path.startswith(url)}
        for url, title in addresses
    ]

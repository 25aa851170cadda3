"""The menu: which pages somebody is led to, by his roles."""

from collections.abc import Set
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import (
    ADMINISTRATOR,
    BAILIFF,
    CLERK,
    HEAD,
    PROSECUTOR,
    REGISTRAR,
    SENIOR_BAILIFF,
)
from enforcement.intake.directory import ADDING

INTAKE_ROLES: Final = frozenset({CLERK, REGISTRAR, BAILIFF, SENIOR_BAILIFF, HEAD})
AT_WORK: Final = frozenset({BAILIFF, SENIOR_BAILIFF, HEAD})
LOOKING_AFTER: Final = frozenset({SENIOR_BAILIFF, HEAD})


def menu(roles: Set[str], *, at: str) -> list[dict[str, Any]]:
    """The entries for these roles, the one of the page `at` marked."""
    items = [("today", _("Today"))] if roles & AT_WORK else []
    if roles & (AT_WORK | {PROSECUTOR}):
        items.append(("sanctions", _("Sanctions")))
        items.append(("supervision", _("Prosecutor's supervision")))
    items.append(("inbox", _("Received documents")))
    if roles & INTAKE_ROLES:
        items.append(("intake", _("Register a document")))
    if roles & ADDING:
        items.append(("issuers", _("Issuers and addressees")))
    if roles & AT_WORK:
        items.append(("post", _("Outgoing post")))
    if roles & LOOKING_AFTER:
        items.append(("approvals", _("To look over")))
    if ADMINISTRATOR in roles:
        items.append(("tokens", _("API tokens")))
    addresses = [(reverse(name), title) for name, title in items]
    return [{"url": url, "title": title, "current": at.startswith(url)} for url, title in addresses]

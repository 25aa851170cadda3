"""The digest of a day, mailed once to everybody whom the day holds something for."""

import logging
from datetime import date
from typing import Final

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from enforcement.models import Reminder
from enforcement.today.lists import day_of

#: Between these hours of the office's clock mail may come: a digest of midnight is read by nobody.
WORKING_HOURS: Final = range(8, 18)

_log = logging.getLogger(__name__)


def remind(*, on: date) -> int:
    """Mail every user with an address what the day holds, once a day; how many mails.

    Whose address is refused hinders nobody behind him, and is tried again the next time.
    """
    sent = 0
    for user in User.objects.filter(is_active=True).exclude(email="").order_by("login"):
        try:
            sent += _mail(user, on=on)
        except OSError as refused:  # of the mail server too: SMTPException is one
            _log.warning("no digest for %s: %s", user.pk, type(refused).__name__)
    return sent


@transaction.atomic
def _mail(user: User, *, on: date) -> bool:
    """One digest in Kazakh and Russian; nothing where the day holds nothing."""
    _reminder, fresh = Reminder.objects.get_or_create(user=user, day=on)
    if not fresh:
        return False
    day = day_of(user, today=on, language="kk")
    if not (day.overdue or day.needless or day.surplus or day.due):
        return False
    parts = []
    for language in ("kk", "ru"):
        with translation.override(language):
            parts.append(render_to_string("enforcement/today/digest.txt", {"day": day, "on": on}))
    with translation.override("kk"):
        subject = _("Oryndau: what the day holds")
    send_mail(subject, "\n\n".join(parts), None, [user.email])
    return True

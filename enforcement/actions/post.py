"""Outgoing post and reminders: what leaves the office by hand, by mail."""

import logging
from collections.abc import Collection
from datetime import date

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from documents.models import Paper
from enforcement.models import Dispatch, Reminder
from enforcement.queries.today import day_of
from enforcement.steps import allow, bounded, lines_of, locked, refuse_stale, refuse_wrong_date
from journal import actions as journal
from journal.models import Entry
from law.refusal import FieldError, Refusal
from law.statute import statute

_log = logging.getLogger(__name__)


@transaction.atomic
def dispatch(
    paper: Paper,
    *,
    to: Collection[str] = (),
    addressee: str = "",
    channel: str,
    proof: str,
    on: date,
    by: User,
) -> Entry:
    """Record that a paper left, with one proof of sending (TERM-SEND-1D, Q18).

    `to`: keys of the paper's own addressees; `addressee`: anybody beside them. Sending again to
    the same is another record.
    """
    case = locked(paper.entry.stream.case.pk, by=by)
    allow("dispatch", by=by, office_id=case.office_id, rule="BAIL-PWR-01", on=on)
    lines = lines_of(case)
    refuse_stale(lines)
    refuse_wrong_date(lines, on=on)
    if channel not in statute(case.stream.rule_set).list("channels_of_delivery"):
        raise Refusal("invalid", errors=(FieldError("channel", "unknown"),))
    addressee, proof = bounded("addressee", addressee, 300), bounded("proof", proof, 300)
    keys = _keys(paper, to)
    for name, given in (("addressee", keys or addressee), ("proof", proof)):
        if not given:
            raise Refusal("evidence_missing", errors=(FieldError(name, "required"),))
    body = {"paper": str(paper.pk), "number": paper.label, "channel": channel, "to": keys}
    entry = journal.record(case.stream, "dispatched", on=on, by=by, body=body)
    sent = {"to": keys, "addressee": addressee, "channel": channel, "proof": proof}
    Dispatch.objects.create(paper=paper, entry=entry, sent_on=on, **sent)
    case.last_act_on = max(case.last_act_on, on)
    case.save(update_fields=["last_act_on"])
    return entry


def _keys(paper: Paper, to: Collection[str]) -> list[str]:
    """The keys in the paper's order; 422 for one that is no addressee of it."""
    known = [each["key"] for each in paper.addressees]
    if set(to) - set(known):
        raise Refusal("invalid", errors=(FieldError("addressee", "unknown"),))
    return [key for key in known if key in to]


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
    if not (day.overdue or day.due):
        return False
    parts = []
    for language in ("kk", "ru"):
        with translation.override(language):
            parts.append(render_to_string("enforcement/digest.txt", {"day": day, "on": on}))
    with translation.override("kk"):
        subject = _("Oryndau: what the day holds")
    send_mail(subject, "\n\n".join(parts), None, [user.email])
    return True

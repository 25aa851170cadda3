"""Outgoing post and reminders: what leaves the office by hand, by mail."""

from datetime import date

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from documents.models import Paper
from enforcement import queries
from enforcement.models import Dispatch, Reminder
from enforcement.steps import allow, bounded, lines_of, locked, refuse_stale, refuse_wrong_date
from journal import actions as journal
from journal.models import Entry
from law.refusal import FieldError, Refusal
from law.statute import statute


@transaction.atomic
def dispatch(
    paper: Paper, *, addressee: str, channel: str, proof: str, on: date, by: User
) -> Entry:
    """Record that a paper left to an addressee, with the proof of sending (Q18)."""
    case = locked(paper.entry.stream.case.pk, by=by)
    allow("dispatch", by=by, office_id=case.office_id, rule="BAIL-PWR-01", on=on)
    lines = lines_of(case)
    refuse_stale(lines)
    refuse_wrong_date(lines, on=on)
    law = statute(case.stream.rule_set)
    if channel not in law.list("channels_of_delivery"):
        raise Refusal("invalid", errors=(FieldError("channel", "unknown"),))
    addressee, proof = bounded("addressee", addressee, 300), bounded("proof", proof, 300)
    for name, text in (("addressee", addressee), ("proof", proof)):
        if not text.strip():
            raise Refusal("evidence_missing", errors=(FieldError(name, "required"),))
    body = {"paper": str(paper.pk), "number": paper.label, "channel": channel}
    entry = journal.record(case.stream, "dispatched", on=on, by=by, body=body)
    Dispatch.objects.create(
        paper=paper,
        entry=entry,
        addressee=addressee.strip()[:300],
        channel=channel,
        sent_on=on,
        proof=proof.strip()[:300],
    )
    case.last_act_on = max(case.last_act_on, on)
    case.save(update_fields=["last_act_on"])
    return entry


def remind(*, on: date) -> int:
    """Mail every user with an address what the day holds, once a day; how many mails."""
    people = User.objects.filter(is_active=True).exclude(email="")
    return sum(_mail(user, on=on) for user in people)


@transaction.atomic
def _mail(user: User, *, on: date) -> bool:
    """One digest in Kazakh and Russian; nothing where the day holds nothing."""
    _reminder, fresh = Reminder.objects.get_or_create(user=user, day=on)
    if not fresh:
        return False
    day = queries.day(user, today=on, language="kk")
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

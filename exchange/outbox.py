"""The one door out: post a message with a step, hand it over afterwards."""

import json
import logging
import os
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from exchange.models import Message
from journal.models import Entry

BATCH = 100
_log = logging.getLogger(__name__)


def post(entry: Entry, *, kind: str, to: str, body: Mapping[str, Any]) -> Message:
    """Put a message into the outbox, in the transaction of the step that sends it."""
    return Message.objects.create(entry=entry, kind=kind, to=to, body=dict(body))


def drain() -> int:
    """Hand over unsent messages, those that never failed first; how many left.

    Two drains never take the same one, and one that cannot leave holds up its own case only.
    """
    taken: list[UUID] = []
    sent = 0
    while len(taken) < BATCH and (message := _take_one(taken)) is not None:
        taken.append(message.pk)
        sent += message.sent_at is not None
    return sent


@transaction.atomic
def _take_one(taken: Sequence[UUID]) -> Message | None:
    """Try to hand over the next message; what became of it is kept either way."""
    message = _waiting().exclude(pk__in=taken).first()
    if message is None:
        return None
    message.tries += 1
    try:
        hand_over(message)
    except Exception as hindrance:  # whatever a gateway dies of, the others go on
        _log.warning("message %s has not left: %s", message.pk, type(hindrance).__name__)
    else:
        message.sent_at = timezone.now()
    message.save(update_fields=["tries", "sent_at"])
    return message


def _waiting() -> QuerySet[Message]:
    """What may leave now: of each case the oldest messages, for a lift follows its freeze."""
    unsent = Message.objects.filter(sent_at=None)
    before = unsent.filter(
        entry__stream=OuterRef("entry__stream"), entry_id__lt=OuterRef("entry_id")
    )
    free = unsent.filter(~Exists(before)).order_by("tries", "written_at", "id")
    return free.select_for_update(skip_locked=True, of=("self",))


def hand_over(message: Message) -> None:
    """Give a message to the gateway: a file named by its id, so that a second copy is no second
    message. A gateway of the bank's network reads the folder."""
    folder = settings.OUTBOX
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".{message.pk}.new"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(_told(message), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())  # what is marked as sent must outlive a crash
    fresh.replace(folder / f"{message.pk}.json")


def _told(message: Message) -> dict[str, Any]:
    """The envelope and the body beside it; words of the body that the envelope uses lie inside."""
    envelope = {"id": str(message.pk), "kind": message.kind, "to": message.to}
    inside = {name: message.body[name] for name in envelope if name in message.body}
    return {**envelope, **message.body, **envelope, **({"body": inside} if inside else {})}

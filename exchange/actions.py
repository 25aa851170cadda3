"""The one door out: post a message with a step, hand it over afterwards."""

import json
import os
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from exchange.models import Message
from journal.models import Entry

BATCH = 100


def post(entry: Entry, *, kind: str, to: str, body: Mapping[str, Any]) -> Message:
    """Put a message into the outbox, in the transaction of the step that sends it."""
    return Message.objects.create(entry=entry, kind=kind, to=to, body=dict(body))


def drain() -> int:
    """Hand over unsent messages, oldest first; how many. Two drains never take the same one."""
    sent = 0
    while _hand_over_one():
        sent += 1
        if sent >= BATCH:
            break
    return sent


@transaction.atomic
def _hand_over_one() -> bool:
    waiting = Message.objects.select_for_update(skip_locked=True).filter(sent_at=None)
    message = waiting.order_by("written_at", "id").first()
    if message is None:
        return False
    message.tries += 1
    hand_over(message)
    message.sent_at = timezone.now()
    message.save(update_fields=["tries", "sent_at"])
    return True


def hand_over(message: Message) -> None:
    """Give a message to the gateway: a file named by its id, so that a second copy is no second
    message. A gateway of the bank's network reads the folder."""
    folder = settings.OUTBOX
    folder.mkdir(parents=True, exist_ok=True)
    told = {"id": str(message.pk), "kind": message.kind, "to": message.to, **message.body}
    fresh = folder / f".{message.pk}.new"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(told, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())  # what is marked as sent must outlive a crash
    fresh.replace(folder / f"{message.pk}.json")

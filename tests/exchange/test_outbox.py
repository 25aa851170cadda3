"""What leaves the office: one file a message, and one that cannot leave holds up no other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from exchange.models import Message
from exchange.outbox import drain
from tests.course import do, frozen, initiated, now, outgoing

RENT: dict[str, Any] = {
    "kind": "SEC-07",
    "target": "third_party_obligations",
    "object": "Жалдау ақысы",
    "addressee": "«Үлгі» ЖШС",
    "details": {},
}


@pytest.fixture(autouse=True)
def outbox(offices: None) -> Iterator[Path]:
    """Give the gateway's folder, emptied of what a test left there."""
    yield settings.OUTBOX
    for left in settings.OUTBOX.glob("*") if settings.OUTBOX.exists() else ():
        left.rmdir() if left.is_dir() else left.unlink()


def handed_over(message: Message) -> dict[str, Any]:
    """What the gateway reads of a message."""
    text = (settings.OUTBOX / f"{message.pk}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def hindered(message: Message) -> Path:
    """Stand something in the way of a message: a folder where its file is to be."""
    place: Path = settings.OUTBOX / f"{message.pk}.json"
    place.mkdir(parents=True)
    return place


def waiting() -> set[Message]:
    """The messages that have not left."""
    return set(Message.objects.filter(sent_at=None))


def test_a_message_says_what_it_is_whatever_its_body_calls_so() -> None:
    do(initiated(), "secure", **RENT)
    assert drain() == 1
    message = Message.objects.get()
    told = handed_over(message)
    assert told | {"id": "", "measure": "", "paper": "", "number": ""} == {
        "id": "",
        "kind": "secure",
        "to": "«Үлгі» ЖШС",
        "measure": "",
        "paper": "",
        "number": "",
        "target": "third_party_obligations",
        "object": "Жалдау ақысы",
        "body": {"kind": "SEC-07"},
    }
    assert told["id"] == str(message.pk)


def test_a_body_without_a_word_of_the_envelope_lies_beside_it_as_ever() -> None:
    frozen(initiated())
    assert drain() == 1
    message = Message.objects.get()
    envelope = {"id": str(message.pk), "kind": "freeze", "to": message.to}
    assert handed_over(message) == {**envelope, **message.body}


def test_a_message_that_cannot_leave_holds_up_no_other_case() -> None:
    frozen(initiated("first"))
    first = Message.objects.get()
    frozen(initiated("second"))
    second = Message.objects.exclude(pk=first.pk).get()
    place = hindered(first)
    assert drain() == 1
    assert waiting() == {first}
    assert handed_over(second)["kind"] == "freeze"
    assert [drain() for _ in "ab"] == [0, 0]
    assert (now(first).tries, now(second).tries) == (3, 1)
    place.rmdir()
    assert drain() == 1
    assert (waiting(), now(first).tries) == (set(), 4)
    assert handed_over(first)["kind"] == "freeze"


def test_what_never_failed_goes_before_what_did(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exchange.outbox.BATCH", 2)
    for number in range(3):
        frozen(initiated(f"hindered {number}"))
    for message in waiting():
        hindered(message)
    assert [drain() for _ in "ab"] == [0, 0]
    frozen(initiated("fresh"))
    assert drain() == 1


def test_messages_of_one_case_keep_their_order() -> None:
    """A bank that is told to lift a freeze has been told to lay it."""
    proceeding = initiated()
    frozen(proceeding)
    freeze = Message.objects.get()
    do(now(proceeding), "terminate")
    assert outgoing(proceeding.case) == ["freeze", "lift"]
    place = hindered(freeze)
    assert drain() == 0
    assert len(waiting()) == 2
    place.rmdir()
    assert drain() == 2

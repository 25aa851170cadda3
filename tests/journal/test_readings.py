"""Who read whose file is noted once a reading, and a past day's notes are digested once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine

from journal import actions as journal
from journal.models import Reading, ReadingDigest, Stream
from journal.queries import digest_of_readings, verify
from journal.tasks import digest_readings
from tests.office import user


def read_at(stream: Stream, instant: datetime) -> None:
    """Let the auditor read at an instant."""
    with time_machine.travel(instant, tick=False):
        journal.read(stream, what="case", by=user("auditor.ala"))


def digests() -> dict[str, int]:
    """The days digested and how many readings each holds."""
    kept = ReadingDigest.objects.order_by("day")
    return {each.day.isoformat(): each.count for each in kept}


@pytest.fixture
def stream(offices: None) -> Stream:
    """An empty stream."""
    return Stream.objects.create(kind="case", rule_set="lecture")


def test_every_ended_day_is_digested_once(stream: Stream) -> None:
    read_at(stream, datetime(2026, 3, 2, 5, tzinfo=UTC))
    read_at(stream, datetime(2026, 3, 4, 5, tzinfo=UTC))
    with time_machine.travel(datetime(2026, 3, 5, 5, tzinfo=UTC), tick=False):
        read_at(stream, datetime(2026, 3, 5, 5, tzinfo=UTC))
        assert digest_readings() == 3
        assert digest_readings() == 0
    assert digests() == {"2026-03-02": 1, "2026-03-03": 0, "2026-03-04": 1}
    with time_machine.travel(datetime(2026, 3, 7, 5, tzinfo=UTC), tick=False):
        assert digest_readings() == 2
    assert digests() | {"2026-03-05": 1, "2026-03-06": 0} == digests()
    assert verify()["faults"] == []


def test_a_day_is_a_day_in_almaty(stream: Stream) -> None:
    read_at(stream, datetime(2026, 3, 2, 18, 59, 59, tzinfo=UTC))
    read_at(stream, datetime(2026, 3, 2, 19, 0, 0, tzinfo=UTC))
    assert digest_of_readings(date(2026, 3, 2))[0] == 1
    assert digest_of_readings(date(2026, 3, 3))[0] == 1


def test_nothing_is_digested_before_anything_was_read(offices: None) -> None:
    assert digest_readings() == 0
    assert digests() == {}


def test_a_reading_locks_no_stream_and_writes_no_line(stream: Stream) -> None:
    journal.read(stream, what="paper", by=user("auditor.ala"))
    noted = Reading.objects.get()
    assert (noted.what, noted.user.login, noted.stream) == ("paper", "auditor.ala", stream)
    stream.refresh_from_db()
    assert stream.head_seq == 0

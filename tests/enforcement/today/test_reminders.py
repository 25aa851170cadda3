"""The daily digest: at working hours, to each once a day, whoever's address is refused."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

import pytest
from django.core import mail
from django.test import override_settings

import clock
from accounts.models import User
from config.celery import app
from enforcement.tasks import remind as beat
from enforcement.today.digest import remind
from tests.office import NEXT, arrive, set_clock

__all__ = ["set_clock"]
AT_WORK = ("bailiff.ala", "head.ala", "senior.ala")


@pytest.fixture(autouse=True)
def duties(offices: None, set_clock: Any) -> None:
    """Three people with an address and something due."""
    set_clock(NEXT)
    arrive("accept")
    for login in AT_WORK:
        User.objects.filter(login=login).update(email=f"{login}@office.example")


@pytest.mark.parametrize(
    ("at", "mails"),
    [(time(0), 0), (time(7, 59), 0), (time(8), 3), (time(17, 59), 3), (time(18), 0)],
)
def test_the_digest_comes_while_the_office_works(at: time, mails: int) -> None:
    clock.set_to(datetime.combine(NEXT, at, clock.ALMATY))
    assert beat() == mails
    assert len(mail.outbox) == mails
    assert beat() == 0


def test_beat_asks_often_enough_to_meet_the_morning() -> None:
    told = app.conf.beat_schedule["remind"]
    assert told["task"] == "enforcement.tasks.remind"
    assert told["schedule"] <= 3600


class Post(socketserver.StreamRequestHandler):
    """A mail server that does not know the bailiff."""

    got: list[str] = []
    knows_everybody = False

    def handle(self) -> None:
        self._say("220 office.example")
        reading = False
        for line in (raw.decode().strip() for raw in self.rfile):
            if reading:
                reading = line != "."
                if not reading:
                    self._say("250 kept")
            elif line[:4].upper() == "RCPT":
                known = self.knows_everybody or "bailiff" not in line
                self.got += [line] if known else []
                self._say("250 known" if known else "550 nobody of that name")
            elif line.upper() == "DATA":
                reading = True
                self._say("354 go on")
            elif line.upper() == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 well")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def server() -> Iterator[type[Post]]:
    """Give the server, which mail is sent to."""
    Post.got, Post.knows_everybody = [], False
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post) as listening:
        listening.daemon_threads = True
        thread = threading.Thread(target=listening.serve_forever, args=[0.05])
        thread.start()
        address = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": listening.server_address[1]}
        backend = "django.core.mail.backends.smtp.EmailBackend"
        with override_settings(EMAIL_BACKEND=backend, **address):
            yield Post
        listening.shutdown()
        thread.join()


def test_an_address_refused_holds_up_nobody_and_is_tried_again(server: type[Post]) -> None:
    assert remind(on=NEXT) == 2
    assert [line.partition("<")[2].partition("@")[0] for line in server.got] == [
        "head.ala",
        "senior.ala",
    ]
    assert remind(on=NEXT) == 0
    server.knows_everybody = True
    assert remind(on=NEXT) == 1
    assert "bailiff.ala" in server.got[-1]


def test_without_a_mail_server_the_digest_waits() -> None:
    nowhere = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 9}
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", **nowhere):
        assert remind(on=NEXT) == 0
    assert remind(on=NEXT) == 3

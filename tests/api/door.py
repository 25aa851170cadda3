"""How tests ask a running office over the wire: nothing of ours stands between, CSRF is checked."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from tests.platform.live import LiveOffice

BASE: Final = "/api/v1"
PROBLEM: Final = "application/problem+json"


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers by their names in small letters, bytes."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.content)

    def problem(self) -> dict[str, Any]:
        """The body as a refusal, which every refusal is."""
        assert self.headers.get("content-type") == PROBLEM, (self.status, self.content[:200])
        found: dict[str, Any] = self.json()
        assert found["status"] == self.status
        assert found["title"]
        assert found["detail"]
        assert "set-cookie" not in self.headers
        return found

    def says(self) -> tuple[int, str]:
        """Its status and the code of the refusal."""
        return self.status, self.problem()["code"]


class Door:
    """The door of a running office, asked as a system with one of its tokens."""

    def __init__(self, office: LiveOffice) -> None:
        self.office = office
        place = urlsplit(office["url"])
        self.host, self.port = place.hostname or "", place.port or 80

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        who: str = "prosecutor",
        base: str = BASE,
        **headers: str,
    ) -> Answer:
        """Ask as `who`: a name of the office's tokens, a secret, or "" for nobody."""
        secret = self.office["tokens"].get(who, who)
        told = {"Accept-Language": "en", **{k.replace("_", "-"): v for k, v in headers.items()}}
        if secret:
            told.setdefault("Authorization", f"Bearer {secret}")
        if body is not None and not isinstance(body, bytes):
            told.setdefault("Content-Type", "application/json")
            body = json.dumps(body).encode()
        connection = http.client.HTTPConnection(self.host, self.port, timeout=20)
        try:
            connection.request(method, base + path, body=body, headers=told)
            found = connection.getresponse()
            names = {name.lower(): value for name, value in found.getheaders()}
            return Answer(found.status, names, found.read())
        finally:
            connection.close()

    def get(self, path: str, **given: str) -> Answer:
        """Read."""
        return self.ask("GET", path, **given)

    def post(self, path: str, body: Any = None, **given: str) -> Answer:
        """Send."""
        return self.ask("POST", path, body, **given)

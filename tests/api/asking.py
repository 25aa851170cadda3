"""How tests ask the API: as a system with a token, in a language."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse

from tests.api.described import Described
from tests.office import token

BASE = "/api/v1"
JSON = "application/json"
PROBLEM = "application/problem+json"


class Caller:
    """A system that asks the API with a token of somebody's; "" asks without one."""

    def __init__(self, login: str = "court.system", *, language: str = "en") -> None:
        self.secret = token(login) if login else ""
        self.language = language
        # A fault of ours shows as the caller sees it.
        self.client = Described(raise_request_exception=False)

    def _headers(self, headers: dict[str, str]) -> dict[str, str]:
        found = {"Accept-Language": self.language, **headers}
        if self.secret:
            found.setdefault("Authorization", f"Bearer {self.secret}")
        return found

    def get(self, path: str, **headers: str) -> HttpResponse:
        """Ask for an address below /api/v1."""
        return self.client.get(BASE + path, headers=self._headers(headers))

    def post(self, path: str, body: Any, **headers: str) -> HttpResponse:
        """Send JSON to an address below /api/v1."""
        return self.client.post(
            BASE + path, data=json.dumps(body), content_type=JSON, headers=self._headers(headers)
        )

    def send(self, body: Any, *, content_type: str = JSON, **headers: str) -> HttpResponse:
        """Hand a document in: a mapping as JSON, bytes as they are."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.post(
            f"{BASE}/executive-documents",
            data=content,
            content_type=content_type,
            headers=self._headers(headers),
        )


def problem(answer: HttpResponse) -> dict[str, Any]:
    """The refusal in an answer, whose shape is checked."""
    assert answer["Content-Type"] == PROBLEM
    found: dict[str, Any] = answer.json()
    shape = {"type", "title", "status", "code", "rule", "article", "detail", "facts", "errors"}
    assert set(found) - {"verdict"} == shape | {"possible"}
    assert found["status"] == answer.status_code
    assert found["type"] == f"urn:oryndau:refusal:{found['code']}"
    assert found["title"]
    for fact in found["facts"]:
        assert set(fact) == {"name", "value", "needed"}
    for error in found["errors"]:
        assert set(error) == {"field", "code", "message"}
    for step in found["possible"]:
        assert set(step) == {"verb", "title"}
    return found

"""What docs/openapi.yaml says, and whether an answer is as it says: nothing more, nothing less."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from law.statute import DEFAULT_RULE_SET

OPENAPI: Final[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "docs/openapi.yaml").read_text(encoding="utf-8")
)
PROBLEM: Final = "application/problem+json"
JSON: Final = "application/json"
#: The description itself is not told in itself.
UNTOLD: Final = ("/api/v1/schema",)


def strictly(schema: Any) -> Any:
    """A schema in which what is not described may not be there."""
    if isinstance(schema, list):
        return [strictly(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: strictly(value) for key, value in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        found.setdefault("additionalProperties", False)
    return found


SCHEMAS: Final = {"components": strictly(OPENAPI["components"])}


@cache
def _validator(reference: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": reference, **SCHEMAS}, format_checker=FormatChecker())


def faults_of(schema: dict[str, Any], value: Any) -> list[str]:
    """Where a value is not what a schema by reference says."""
    found = _validator(schema["$ref"]).iter_errors(value)
    return [f"{error.json_path}: {error.message}" for error in found]


def faults(name: str, value: Any) -> list[str]:
    """Where a value is not what the schema of that name says."""
    return faults_of({"$ref": f"#/components/schemas/{name}Schema"}, value)


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation: its method, its address as a pattern, what is told of it."""
    for address, methods in OPENAPI["paths"].items():
        for method, told in methods.items():
            yield method.upper(), address, told


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(address))), address)
        for address in OPENAPI["paths"]
    ]


def operation(method: str, path: str) -> dict[str, Any] | None:
    """What is told of an operation; a fixed address before one with a key in it."""
    fits = [address for pattern, address in _patterns() if pattern.fullmatch(path)]
    for address in sorted(fits, key=lambda each: each.count("{")):
        found: dict[str, Any] | None = OPENAPI["paths"][address].get(method.lower())
        return found
    return None


def check(method: str, path: str, answer: HttpResponse, sent: Any = None) -> None:
    """The answer of an operation is one that it describes; what was taken is described too."""
    if not path.startswith("/api/v1/") or path in UNTOLD or method not in ("GET", "POST"):
        return
    told = operation(method, path)
    media = answer.headers.get("Content-Type", "").partition(";")[0]
    if told is None:
        assert answer.status_code in (401, 404, 405, 413, 415), (method, path, answer.status_code)
        assert (media, faults("Problem", answer.json())) == (PROBLEM, [])
        return
    described = told["responses"].get(str(answer.status_code))
    assert described is not None, (method, path, answer.status_code, "is not described")
    if answer.status_code == 304:
        assert not answer.content
        return
    assert media in described["content"], (method, path, answer.status_code, media)
    if media != "application/pdf":
        wrong = faults_of(described["content"][media]["schema"], answer.json())
        assert wrong == [], (method, path, answer.status_code, wrong)
    if answer.status_code == 200 and method == "GET":
        assert answer.headers["ETag"]
    # The codes it lists are those of the rule set that documents have unless told otherwise.
    told_of = settings.ORYNDAU_RULE_SET == DEFAULT_RULE_SET and sent not in (None, b"", b"{}")
    if method == "POST" and answer.status_code < 300 and told_of:
        body = told["requestBody"]["content"][JSON]["schema"]
        assert faults_of(body, sent) == [], (path, sent)


class Described(Client):
    """A client of the API whose every answer is held against the description."""

    def request(self, **request: Any) -> HttpResponse:
        """Ask; the answer must be one that is described."""
        body = request.get("wsgi.input")
        content = body.read() if body is not None else b""
        if body is not None:
            request["wsgi.input"] = type(body)(content)
        answer = super().request(**request)
        try:
            sent = json.loads(content) if content else None
        except (ValueError, RecursionError):
            sent = None
        check(request.get("REQUEST_METHOD", "GET"), request.get("PATH_INFO", ""), answer, sent)
        return answer

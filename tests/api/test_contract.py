"""The contract is whole: a linter of the trade finds nothing, bodies made from it are answered."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

import pytest
from drf_spectacular.validation import validate_schema

from tests.api.asking import Caller
from tests.api.described import OPENAPI, faults_of, operations
from tests.course import do, initiated
from tests.office import DAY

TOLD = list(operations())
IDS = [f"{method} {address}" for method, address, _told in TOLD]


def test_it_is_openapi_3_1_without_an_error() -> None:
    assert OPENAPI["openapi"] == "3.1.0"
    assert OPENAPI["info"]["license"]["identifier"] == "MIT"
    assert OPENAPI["servers"]
    validate_schema(OPENAPI)


@pytest.mark.parametrize(("method", "address", "told"), TOLD, ids=IDS)
def test_an_operation_is_told_whole(method: str, address: str, told: dict[str, Any]) -> None:
    groups = {tag["name"]: tag["description"] for tag in OPENAPI["tags"]}
    assert told["summary"] not in ("", told["description"])
    assert not told["summary"].endswith(".")
    assert told["description"]
    assert all(groups[tag] and groups[tag] != tag for tag in told["tags"])
    assert told["security"] == [{"bearer": []}]
    statuses = set(told["responses"])
    assert statuses & {"200", "201"}
    assert statuses >= {"401", "403", "404", "406", "422", "500", "503"}
    assert (method == "GET") == ("304" in statuses)
    if method == "POST":
        assert statuses >= {"400", "409", "411", "412", "413", "415"}
    for answer in told["responses"].values():
        assert answer["description"]
    named = set(re.findall(r"\{(\w+)\}", address))
    assert named == {each["name"] for each in told.get("parameters", ()) if each["in"] == "path"}


def test_no_operation_is_called_as_another_and_no_schema_is_told_in_vain() -> None:
    names = [told["operationId"] for _method, _address, told in TOLD]
    assert len(names) == len(set(names))
    text = str(OPENAPI["paths"]) + str(OPENAPI["components"])
    unused = [each for each in OPENAPI["components"]["schemas"] if f"schemas/{each}'" not in text]
    assert unused == []
    assert "nullable" not in text


# --- Bodies made from it ------------------------------------------------------------------------

TEXTS: Final = ("ALA", "x", "Үлгі", "2026-03-01", "С-1", "850314300122", "1/4", " ", "ﷺ" * 9)


class Maker:
    """Makes values of a schema by chance, always the same ones."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def of(self, schema: dict[str, Any], depth: int = 0) -> Any:
        """A value that the schema allows."""
        if "$ref" in schema:
            return self.of(
                OPENAPI["components"]["schemas"][schema["$ref"].rpartition("/")[2]], depth
            )
        for several in ("anyOf", "oneOf"):
            if several in schema:
                return self.of(self.chance.choice(schema[several]), depth)
        if "enum" in schema:
            return self.chance.choice(schema["enum"])
        kind = schema.get("type", "string")
        kind = self.chance.choice(kind) if isinstance(kind, list) else kind
        made: Callable[[dict[str, Any], int], Any] = getattr(self, f"_{kind}")
        return made(schema, depth)

    def _null(self, schema: dict[str, Any], depth: int) -> None:
        return None

    def _boolean(self, schema: dict[str, Any], depth: int) -> bool:
        return self.chance.random() < 0.5

    def _integer(self, schema: dict[str, Any], depth: int) -> int:
        return self.chance.randint(schema.get("minimum", 0), schema.get("maximum", 3))

    def _string(self, schema: dict[str, Any], depth: int) -> str:
        if schema.get("format") == "date":
            return (DAY - timedelta(days=self.chance.randint(0, 3000))).isoformat()
        if schema.get("format") == "uuid":
            return "00000000-0000-4000-8000-000000000000"
        if "pattern" in schema:
            fits = [t for t in ("1", "15.50", "1/4", "10%") if re.search(schema["pattern"], t)]
            return self.chance.choice(fits)
        return self.chance.choice(TEXTS)[: schema.get("maxLength", 99)]

    def _array(self, schema: dict[str, Any], depth: int) -> list[Any]:
        return [self.of(schema["items"], depth + 1) for _ in range(self.chance.randint(0, 2))]

    def _object(self, schema: dict[str, Any], depth: int) -> dict[str, Any]:
        needed = schema.get("required", ())
        return {
            name: self.of(told, depth + 1)
            for name, told in schema.get("properties", {}).items()
            if name in needed or self.chance.random() < 0.6
        }


BODIES: Final = {
    "/executive-documents": "court.system",
    "/executive-documents/check": "court.system",
    "/executive-documents/find": "court.system",
    "/sanctions/{measure_id}/grant": "prosecutor.system",
    "/sanctions/{measure_id}/refuse": "prosecutor.system",
    "/supervision": "prosecutor.system",
    "/supervision/{supervision_id}/return": "prosecutor.system",
}


def test_every_operation_with_a_body_is_tried() -> None:
    assert {f"/api/v1{path}" for path in BODIES} == {a for m, a, _t in TOLD if m == "POST"}


@pytest.mark.parametrize("many", [12, pytest.param(300, marks=pytest.mark.prove)])
def test_a_body_made_from_the_contract_is_taken_or_refused_as_it_says(
    offices: None, set_clock: Callable[[date], None], many: int
) -> None:
    measure = do(initiated(), "request_freeze")
    set_clock(DAY + timedelta(days=1))
    for path, login in BODIES.items():
        caller = Caller(login)
        schema = OPENAPI["paths"][f"/api/v1{path}"]["post"]["requestBody"]["content"]
        schema = schema["application/json"]["schema"]
        address = path.format(measure_id=measure.pk, supervision_id=measure.pk)
        for seed in range(many):
            body = Maker(seed).of(schema)
            assert faults_of(schema, body) == [], "made as it says"
            answer = caller.post(address, body)
            # What is described can be read: only what it says can be refused, never how.
            assert answer.status_code in (200, 201, 403, 404, 409, 422), (path, body)

"""How drf-spectacular describes our shapes: from the very types that are read and answered.

What comes in tells its fields in documents.executive_document, what goes out in core/api_shapes.
"""

from dataclasses import MISSING, dataclass, fields
from datetime import date
from inspect import cleandoc
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Final,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import build_bearer_security_scheme_object
from drf_spectacular.utils import Direction

from documents.fields import MOST_ROWS, Codes, Field, Inner, Rows, Single, fields_of
from enforcement.core.api_shapes import As
from enforcement.verdict import Verdict
from law.statute import statute

Schema = dict[str, Any]
PLAIN: Final[dict[Any, Schema]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    Any: {},
}


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the documentation describes our tokens."""

    target_class = "accounts.authentication.BearerTokenAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """A bearer token in the Authorization header."""
        found: dict[str, str] = build_bearer_security_scheme_object("Authorization", "Bearer")
        return found


@dataclass(frozen=True)
class Shape:
    """A shape as a view names it in `extend_schema`: a dataclass that is read, a TypedDict that is
    answered."""

    of: type


class ShapeExtension(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Describes a shape as a component of its name."""

    target_class = Shape
    target: Shape

    def get_name(self, auto_schema: AutoSchema, direction: Direction) -> str:
        """CaseShape is CaseSchema."""
        return self.target.of.__name__.removesuffix("Shape") + "Schema"

    def get_identity(self, auto_schema: AutoSchema, direction: Direction) -> Any:
        """One component for one shape."""
        return self.target.of

    def map_serializer(self, auto_schema: AutoSchema, direction: Direction) -> Schema:
        """An object with its properties."""
        shape = self.target.of
        properties, needed = _Walk(auto_schema, direction).properties(shape)
        about = {"type": "object", "description": cleandoc(shape.__doc__ or "")}
        return about | {"properties": properties} | ({"required": needed} if needed else {})


class _Walk:
    """Goes through the fields of a shape; shapes inside it become components of their own."""

    def __init__(self, auto_schema: AutoSchema, direction: Direction) -> None:
        self.auto_schema, self.direction = auto_schema, direction
        self.codes = Codes.under(statute(settings.ORYNDAU_RULE_SET))

    def properties(self, shape: type) -> tuple[dict[str, Schema], list[str]]:
        """The fields of a shape, and which of them are always there."""
        if is_typeddict(shape):
            hints = get_type_hints(shape, include_extras=True)
            needed = {name for name, hint in hints.items() if get_origin(hint) is not NotRequired}
            return {name: self.value(hint) for name, hint in hints.items()}, sorted(needed)
        if shape is Verdict:
            return self._verdict()
        known = fields_of(shape)
        needed = {name for name, field in known.items() if field.needed}
        return {name: self._field(field) for name, field in known.items()}, sorted(needed)

    def _verdict(self) -> tuple[dict[str, Schema], list[str]]:
        """A verdict is told without what does not apply."""
        told = {name: self.value(given(hint)) for name, hint in get_type_hints(Verdict).items()}
        return told, [each.name for each in fields(Verdict) if each.default is MISSING]

    def _field(self, field: Field) -> Schema:
        if isinstance(field, Inner):
            return self.component(field.shape)
        if isinstance(field, Rows):
            rows = {"type": "array", "items": self.component(field.shape)}
            return rows | {"maxItems": MOST_ROWS}
        if not isinstance(field, Single):
            raise TypeError(field)
        schema = field.schema(self.codes)
        if not field.needed:
            schema = nothing_too(schema)
        return schema | _given(description=field.about)

    def value(self, hint: Any) -> Schema:
        """A value of an answer by its type."""
        kind, inside = get_origin(hint), get_args(hint)
        if kind is Annotated:
            return self._annotated(*inside)
        if kind in (Union, UnionType):
            return nothing_too(self.value(given(hint)))
        if kind is Literal:
            return {"type": "string", "enum": list(inside)}
        return self._holding(kind, inside) if kind else self._plain(hint)

    def _annotated(self, hint: Any, told: As) -> Schema:
        if told.shape:
            return self.component(told.shape)
        schema = self.value(hint)
        if told.one_of:
            schema |= {"enum": [*told.one_of, *([None] if "null" in schema["type"] else [])]}
        return schema | _given(format=told.format, description=told.about)

    def _holding(self, kind: Any, inside: tuple[Any, ...]) -> Schema:
        if kind is NotRequired:
            return self.value(inside[0])
        if kind is dict:
            return {"type": "object", "additionalProperties": self.value(inside[1])}
        return {"type": "array", "items": self.value(inside[0])}

    def _plain(self, hint: Any) -> Schema:
        return dict(PLAIN[hint]) if hint in PLAIN else self.component(hint)

    def component(self, shape: type) -> Schema:
        """A shape of its own."""
        described: Any = Shape(shape)
        found = self.auto_schema.resolve_serializer(described, self.direction)
        return dict(found.ref)


def given(hint: Any) -> Any:
    """The type of a value where it is there."""
    inside = [each for each in get_args(hint) if each is not NoneType]
    return inside[0] if get_origin(hint) in (Union, UnionType) and len(inside) == 1 else hint


def nothing_too(schema: Schema) -> Schema:
    """The same value or null, as OpenAPI 3.1 tells it."""
    if "enum" in schema:
        return {**schema, "type": [schema["type"], "null"], "enum": [*schema["enum"], None]}
    if isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"], "null"]}
    if "oneOf" in schema:
        return {**schema, "oneOf": [*schema["oneOf"], {"type": "null"}]}
    return {"anyOf": [schema, {"type": "null"}]} if schema else schema


def _given(**told: str | list[str]) -> Schema:
    return {name: value for name, value in told.items() if value}

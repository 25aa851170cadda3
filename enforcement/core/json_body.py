"""What a program sends: a body of JSON that says one thing, and the parameters an address knows."""

from collections.abc import Callable, Container, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import IO, Any, Final

from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.utils import json

from law.refusal import FieldError, Refusal


class StrictParser(JSONParser):
    """JSON; refused where a key stands twice, unreadable where it is nested too deep."""

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The body as Python values; ParseError where there is none, Refusal for a key twice."""
        encoding = (parser_context or {}).get("encoding") or "utf-8"
        try:
            text = stream.read().decode(encoding)
            return json.loads(text, parse_constant=json.strict_constant, object_pairs_hook=_once)
        except (ValueError, RecursionError) as unreadable:
            raise ParseError from unreadable


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; a Refusal where a key stands twice, since one of the two is lost."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Refusal("invalid", errors=(FieldError(key, "repeated"),))
        found[key] = value
    return found


class LengthRequired(APIException):
    """A body that comes in pieces of untold length is not read."""

    status_code = 411


def body(request: Request) -> Any:
    """What was posted; LengthRequired where its length is not told, since it would be dropped."""
    if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
        raise LengthRequired
    return request.data


def fields_of(request: Request) -> dict[str, Any]:
    """The fields posted, by name; none in an empty body, ParseError where it is no object."""
    data = body(request)
    if not isinstance(data, Mapping):
        raise ParseError
    return {str(name): value for name, value in data.items()}


@dataclass(frozen=True)
class Whole:
    """Whole numbers as an address writes them, from the least to the most; nothing is none told."""

    least: int
    most: int

    def __contains__(self, text: object) -> bool:
        """Whether the text is such a number."""
        if not isinstance(text, str) or not (text.isascii() and text.isdigit()):
            return text == ""
        return len(text) <= len(str(self.most)) and self.least <= int(text) <= self.most


class Parts:
    """A value of parts between underscores, such as the place at which a list goes on."""

    def __init__(self, *parts: Callable[[str], Any]) -> None:
        self.parts = parts

    def __contains__(self, text: object) -> bool:
        """Whether each part can be read; nothing is the beginning."""
        if not isinstance(text, str) or not text:
            return text == ""
        told = text.split("_")
        with suppress(ValueError):
            return len(told) == len(self.parts) and all(
                read(part) is not None for read, part in zip(self.parts, told, strict=True)
            )
        return False


#: A day of the calendar.
DAY: Final = Parts(date.fromisoformat)
#: How many rows a page may have.
LIMIT: Final = Whole(1, 500)


def asked(request: Request, **known: Container[str] | None) -> dict[str, str]:
    """The parameters of the address that were given, by name; those not `known` are refused.

    `known`: the values a parameter may have, None for any. 422 for another or one given twice.
    """
    errors = []
    for name, values in request.query_params.lists():
        if name not in known:
            errors.append(FieldError(name, "unknown_field"))
        elif len(values) > 1:
            errors.append(FieldError(name, "repeated"))
        elif (among := known[name]) is not None and values[0] not in among:
            errors.append(FieldError(name, "unknown"))
        elif not values[0].isprintable():
            errors.append(FieldError(name, "format"))
    if errors:
        raise Refusal("invalid", errors=tuple(errors))
    return {name: str(value) for name, value in request.query_params.items()}

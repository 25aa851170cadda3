"""The shape of a refusal, told once; core/refusals.py puts it into words."""

from typing import Final, NotRequired, TypedDict

from enforcement.core.api_shapes import Judged

#: What a refusal is sent as, and how it is described.
PROBLEM: Final = "application/problem+json"


class FactShape(TypedDict):
    """A fact that failed."""

    name: str
    value: str
    needed: str


class FieldErrorShape(TypedDict):
    """A value that cannot be."""

    field: str
    code: str
    message: str


class PossibleShape(TypedDict):
    """A step that is possible instead."""

    verb: str
    title: str


class WayShape(PossibleShape):
    """The same on a screen, with the way to it."""

    url: NotRequired[str]


class ProblemShape(TypedDict):
    """A refusal: application/problem+json in the language of Accept-Language."""

    type: str
    title: str
    status: int
    code: str
    rule: str | None
    article: str | None
    detail: str
    facts: list[FactShape]
    errors: list[FieldErrorShape]
    possible: list[PossibleShape]
    verdict: NotRequired[Judged]

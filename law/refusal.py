"""The one refusal: what was asked, which rule forbids it, what is possible instead.

Keys and facts only; the words are put in at the edge, in the reader's language.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """Why it is refused: what was asked itself, or who asked, when, of what."""

    UNSEEN = "unseen"
    NOT_YOURS = "not_yours"
    STATE = "state"
    STALE = "stale"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that failed: its name, its value now, the value needed."""

    name: str
    value: str
    needed: str


@dataclass(frozen=True, slots=True)
class FieldError:
    """A value that cannot be: the path of the field and a code (`check_digit`, `unknown`...)."""

    field: str
    code: str


class Refusal(Exception):
    """A loud and kind no."""

    def __init__(
        self,
        code: str,
        *,
        kind: Kind = Kind.CONTENT,
        rule: str = "",
        facts: tuple[Fact, ...] = (),
        errors: tuple[FieldError, ...] = (),
        possible: tuple[str, ...] = (),
        says: str = "",
    ) -> None:
        super().__init__(code)
        self.code = code
        self.kind = kind
        self.rule = rule
        self.facts = facts
        self.errors = errors
        self.possible = possible
        #: A title more exact than that of the code.
        self.says = says or code
        #: The verb that was refused and its rule set, once they are known.
        self.verb = ""
        self.rule_set = ""

    def __repr__(self) -> str:
        """Code and rule, for logs: never a personal datum."""
        return f"Refusal({self.code!r}, kind={self.kind}, rule={self.rule!r})"

    def keys(self) -> dict[str, Any]:
        """The refusal without words, for commands and tests."""
        return {
            "code": self.code,
            "rule": self.rule,
            "facts": [{"name": f.name, "value": f.value, "needed": f.needed} for f in self.facts],
            "errors": [{"field": e.field, "code": e.code} for e in self.errors],
            "possible": list(self.possible),
        }

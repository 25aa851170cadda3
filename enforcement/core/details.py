"""What a measure, a coercive act or a letter asks in words: nothing missing, nothing strange."""

from collections.abc import Collection, Sequence
from typing import Final

from enforcement.core.fields import LONGEST, Given, bounded
from enforcement.core.parsing import is_told
from law.refusal import FieldError, Refusal
from law.statute import Statute

NOTHING: Final[Given] = {}


def refuse_gaps(
    asked: tuple[str, ...],
    details: Given,
    *,
    rule: str,
    own: Given = NOTHING,
    optional: Collection[str] = (),
) -> None:
    """422 naming each thing asked that is missing, and each detail nobody asks."""
    path = {key: key if key in own else f"details.{key}" for key in (*asked, *details)}
    given = {**details, **own}
    needed = [key for key in asked if key not in optional]
    gone = [key for key in needed if not is_told(given.get(key, ""))]
    lacking = [FieldError(path[key], "required") for key in gone]
    strange = [FieldError(path[key], "unknown_field") for key in details if key not in asked]
    if lacking or strange:
        raise Refusal("invalid", rule=rule, errors=(*lacking, *strange))


def refuse_unknown_choice(
    law: Statute, texts: str, asks: Sequence[str], said: Given, *, rule: str
) -> None:
    """422 where what is chosen from a list of the law is none of it."""
    wrong = tuple(
        FieldError(f"{texts}.{key}", "unknown")
        for key in asks
        if said.get(key) and law.choices(key) and said[key] not in law.choices(key)
    )
    if wrong:
        raise Refusal("invalid", rule=rule, errors=wrong)


def bounded_texts(name: str, given: Given) -> dict[str, str]:
    """Texts under the law's keys, each as it is kept; a Refusal names the one that is too long."""
    return {key: bounded(f"{name}.{key}", text, LONGEST) for key, text in given.items()}

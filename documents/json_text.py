"""A file of JSON as other programs write it: with a BOM, in other encodings, with values that
cannot be read; such a value spoils its own place, not the file. Pure."""

import json
import re
from typing import Any, Final

#: Nested deeper than any document is; no reader follows there.
DEEPEST: Final = 60
#: Digits of the largest whole number that is read as one.
LONGEST_NUMBER: Final = 300
#: Stands where a value could not be read: no field takes a control character.
UNREADABLE: Final = "\x00"
_SIGN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{\]}]', re.DOTALL)


def json_of(content: bytes) -> Any:
    """The value a file holds; ValueError where it is no JSON."""
    encoding = json.detect_encoding(content)
    return json.loads(_cut(content.decode(encoding, "surrogateescape")), parse_int=_whole)


def _whole(text: str) -> int | str:
    return int(text) if len(text) <= LONGEST_NUMBER else UNREADABLE


def _cut(text: str) -> str:
    """The text with all that is nested too deep replaced by what no field takes."""
    depth, kept, start = 0, [], 0
    for sign in _SIGN.finditer(text):
        if sign[0] in "[{":
            depth += 1
            if depth == DEEPEST:
                kept.append(text[start : sign.start()] + json.dumps(UNREADABLE))
        elif sign[0] in "]}":
            depth -= 1
            if depth == DEEPEST - 1:
                start = sign.end()
    return "".join((*kept, text[start:] if depth < DEEPEST else ""))

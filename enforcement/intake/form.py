"""The intake form: flat names such as `claimants[0].iban` to the JSON shape and back."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django.http import QueryDict

from documents.told_at_intake import OTHER_TERMS
from enforcement.core.parsing import amount

ROWS: Final = ("claimants", "debtors", "debts", "interruptions")
_ROW: Final = re.compile(rf"({'|'.join(ROWS)})\[(\d{{1,3}})\]\.(.+)\Z")
_AROUND_SLASH: Final = re.compile(r"\s*/\s*")
_INDEX: Final = re.compile(r"[0-9]{1,3}\Z")
FLAGS: Final = frozenset({"immediate", "sealed", "no_objection", "joint"})
SUMS: Final = frozenset({"amount", "periodic.amount"})
NESTED: Final = frozenset({"application", "periodic", "restored", *OTHER_TERMS})
TOP: Final = frozenset(
    [
        "ref",
        "received_on",
        "office",
        "type",
        "issuer",
        "case_number",
        "decision_on",
        "instance",
        "in_force_on",
        "issued_on",
        "deferred_until",
        "immediate",
        "sealed",
        "no_objection",
        "duplicate",
        "part",
        "language",
        "operative",
        "application.on",
        "application.channel",
        "restored.court",
        "restored.number",
        "restored.on",
        "restored.in_force_on",
        *(f"{term}.{name}" for term in OTHER_TERMS for name in ("act", "article", "last_on")),
    ]
)


def document(posted: QueryDict) -> dict[str, Any]:
    """The JSON shape of what was typed: as the API takes it, empty fields left out."""
    found: dict[str, Any] = {}
    rows: dict[str, dict[int, dict[str, Any]]] = {name: {} for name in ROWS}
    for name in posted:
        if match := _ROW.match(name):
            row = rows[match[1]].setdefault(int(match[2]), {})
            _put(row, match[3], posted, name)
        elif name in TOP:
            _put(found, name, posted, name)
    places: dict[str, dict[int, int]] = {}
    for name in ("claimants", "debtors"):
        typed = [(n, own) for n in sorted(rows[name]) if _typed(own := _own(rows[name][n], name))]
        places[name] = {before: after for after, (before, _row) in enumerate(typed)}
        found[name] = [own for _before, own in typed]
    told = {name: [row for _n, row in sorted(rows[name].items()) if _typed(row)] for name in ROWS}
    found["debts"] = [_moved(row, places) for row in told["debts"]]
    if told["interruptions"]:
        found["interruptions"] = told["interruptions"]
    return found


def _moved(debt: dict[str, Any], places: dict[str, dict[int, int]]) -> dict[str, Any]:
    """A debt whose parties keep their persons though empty rows before them fell out.

    An index of a row that fell out points beyond the parties, so that it is refused, not guessed.
    """
    moved = dict(debt)
    if "claimant" in debt:
        moved["claimant"] = places["claimants"].get(debt["claimant"], len(places["claimants"]))
    if "debtors" in debt:
        beyond = len(places["debtors"])
        moved["debtors"] = [places["debtors"].get(n, beyond) for n in debt["debtors"]]
    return moved


def _put(row: dict[str, Any], path: str, posted: QueryDict, name: str) -> None:
    # The tick of the copy for the state duty and the words of a part are one field.
    told = [text for text in map(str.strip, posted.getlist(name)) if text]
    value = told[0] if name == "part" and told else posted.get(name, "").strip()
    if path in SUMS:
        value = _sum(value)
    if path == "debtors":
        row[path] = [int(text) for text in posted.getlist(name) if _INDEX.match(text)]
    elif path == "claimant":
        if _INDEX.match(value):
            row[path] = int(value)
    elif path in FLAGS:
        row[path] = value not in ("", "false", "off", "0")
    elif path == "shares" and value:
        row[path] = shares_of(value)
    elif value and (inside := path.partition("."))[0] in NESTED:
        row.setdefault(inside[0], {})[inside[2]] = value
    elif value:
        row[path] = value


def _sum(typed: str) -> str:
    """A sum as the API takes it; what can be read in two ways or in none stays as it was typed,
    so that it is refused, not guessed."""
    try:
        return str(amount(typed))
    except ValueError:
        return typed


def shares_of(typed: str) -> list[str]:
    """Shares as the API takes them: fractions with any sign between them, or sums with a
    semicolon, since a sum can hold a comma and spaces."""
    plain = _AROUND_SLASH.sub("/", typed)
    told = re.split(r"[;,\s]+" if "/" in plain else ";", plain)
    return [_sum(each.strip()) for each in told if each.strip()]


def _own(row: dict[str, Any], name: str) -> dict[str, Any]:
    """Only the fields of the row's own kind: what the form hides is not handed in."""
    other = {"natural": ("bin", "bin_as_written", "name_kk", "name_ru"), "legal": ("iin", "name")}
    hidden = other.get(row.get("kind", ""), ())
    if row.get("kind") == "legal":
        hidden = (*hidden, "birth_date", "workplace", "workplace_city")
        if written := row.pop("iin_as_written", ""):
            row["bin_as_written"] = written
    return {key: value for key, value in row.items() if key not in hidden}


def _typed(row: Mapping[str, Any]) -> bool:
    """Whether anything was typed: a row of nothing but defaults is no party and no debt."""
    defaults = {"kind", "claimant", "debtors", "joint"}
    return any(value for key, value in row.items() if key not in defaults)


def numbered(rows: list[dict[str, Any]], least: int = 1) -> list[dict[str, Any]]:
    """Rows for the template, at least `least` of them."""
    padded = rows + [{}] * (least - len(rows))
    return [{"index": index, "values": values} for index, values in enumerate(padded)]

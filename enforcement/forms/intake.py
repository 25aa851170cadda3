"""The intake form: flat names such as `claimants[0].iban` to the JSON shape and back."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

_ROW: Final = re.compile(r"(claimants|debtors|debts)\[(\d{1,2})\]\.(.+)\Z")
FLAGS: Final = {"immediate", "sealed", "no_objection", "joint"}
TOP: Final = frozenset(
    [
        "ref",
        "office",
        "type",
        "issuer",
        "case_number",
        "decision_on",
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
    ]
)


class StepForm(forms.Form):
    """The legal date of a step."""

    on = forms.DateField(
        label=_("Date of the act"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def document(posted: QueryDict) -> dict[str, Any]:
    """The JSON shape of what was typed: as the API takes it, empty fields left out."""
    found: dict[str, Any] = {}
    rows: dict[str, dict[int, dict[str, Any]]] = {"claimants": {}, "debtors": {}, "debts": {}}
    for name in posted:
        if match := _ROW.match(name):
            row = rows[match[1]].setdefault(int(match[2]), {})
            _put(row, match[3], posted, name)
        elif name in TOP:
            _put(found, name, posted, name)
    for name, numbered in rows.items():
        filled = [_own(numbered[index], name) for index in sorted(numbered)]
        found[name] = [row for row in filled if _typed(row, name)]
    return found


def _put(row: dict[str, Any], path: str, posted: QueryDict, name: str) -> None:
    value = posted.get(name, "").strip()
    if path == "debtors":
        row[path] = [int(text) for text in posted.getlist(name) if text.isdigit()]
    elif path == "claimant":
        if value.isdigit():
            row[path] = int(value)
    elif path in FLAGS:
        row[path] = value not in ("", "false", "off", "0")
    elif path == "amount" and value:
        row[path] = value.replace("\u00a0", "").replace(" ", "").replace(",", ".")
    elif value and "." in path:
        outer, inner = path.split(".", 1)
        row.setdefault(outer, {})[inner] = value
    elif value:
        row[path] = value


def _own(row: dict[str, Any], name: str) -> dict[str, Any]:
    """Only the fields of the row's own kind: what the form hides is not handed in."""
    if name == "debts":
        return row
    other = {"natural": ("bin", "bin_as_written", "name_kk", "name_ru"), "legal": ("iin", "name")}
    hidden = other.get(row.get("kind", ""), ())
    if row.get("kind") == "legal":
        hidden = (*hidden, "birth_date", "workplace")
        if written := row.pop("iin_as_written", ""):
            row["bin_as_written"] = written
    return {key: value for key, value in row.items() if key not in hidden}


def _typed(row: Mapping[str, Any], name: str) -> bool:
    """Whether anything was typed: a row of nothing but defaults is no party and no debt."""
    defaults = {"kind", "claimant", "debtors", "joint"}
    return any(value for key, value in row.items() if key not in defaults)


def numbered(rows: list[dict[str, Any]], least: int = 1) -> list[dict[str, Any]]:
    """Rows for the template, at least `least` of them."""
    padded = rows + [{}] * (least - len(rows))
    return [{"index": index, "values": values} for index, values in enumerate(padded)]

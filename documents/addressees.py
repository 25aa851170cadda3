"""Whom a paper goes to: those its text in the law names, then whom the step named."""

import re
from collections.abc import Mapping
from typing import Any, Final

#: The placeholder of an addressee's line, and those that name people.
_ADDRESSEE: Final = re.compile(r"\{(\w+)\}")
PEOPLE: Final = frozenset({"claimants", "debtors"})


def addressees(text: Mapping[str, Any], facts: Mapping[str, Any]) -> list[dict[str, str]]:
    """Whom a paper goes to: those its text names, then any other the step named, each once.

    A key stays the same whatever the language. Two people of one name are two addressees.
    """
    found: list[dict[str, str]] = []
    people: set[str] = set()
    names = [_ADDRESSEE.search(block["kk"]) for block in text["addressees"]]
    for name in [*(each[1] for each in names if each), "addressees"]:
        for key, pair in _named(name, facts):
            kk, ru = pair.get("kk") or pair.get("ru"), pair.get("ru") or pair.get("kk")
            known = {each["kk"] for each in found} - (people if name in PEOPLE else set())
            if kk and ru and kk not in known:
                found.append({"key": key, "kk": kk, "ru": ru, **_through(pair)})
                people |= {kk} if name in PEOPLE else set()
    return found


def _through(pair: Mapping[str, Any]) -> dict[str, str]:
    """The representatives who get what is sent to their principal (REP-01)."""
    names = [each["name"] for each in pair.get("through", ())]
    return {"through": "; ".join(names)} if names else {}


def _named(name: str, facts: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """What a placeholder stands for as (key, names): people, an office, or a text as typed."""
    own = name.removeprefix("detail_")
    value = facts.get(name) if own == name else (facts.get("details") or {}).get(own)
    if isinstance(value, str):
        return [(name, {"kk": value, "ru": value})]
    if isinstance(value, Mapping):
        return [(name, value)]
    return [(f"{name}.{n}", each) for n, each in enumerate(value or ())]

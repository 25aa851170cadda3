"""Blocks of the law's files as what they are: acts, rules, terms, kinds, grounds, measures."""

import tomllib
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from law.model import (
    EVENTS,
    LANGUAGES,
    Act,
    ContentRule,
    Dated,
    DocumentKind,
    Ground,
    Happening,
    LawError,
    MeasureKind,
    PresentationStart,
    Rule,
    Term,
    Unit,
    Words,
)

FOLDER: Final = Path(__file__).parent
#: What a block of the law can be.
Item = Rule | Term | PresentationStart | ContentRule | DocumentKind | Ground | MeasureKind


def read(path: Path) -> dict[str, Any]:
    """A file of the law; empty where a rule set has none of that name."""
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def words(table: Any, where: str) -> Words:
    """Three languages or a LawError."""
    if not isinstance(table, dict) or set(table) != set(LANGUAGES):
        raise LawError(f"{where}: kk, ru and en are needed")
    if not all(isinstance(v, str) and v.strip() for v in table.values()):
        raise LawError(f"{where}: a language is empty")
    return Words(**table)


@lru_cache
def acts() -> dict[str, Act]:
    """All normative acts, by id."""
    found = {}
    for key, blocks in read(FOLDER / "acts.toml").items():
        for block in blocks:
            if set(block) - {"number", "adopted", "title"}:
                raise LawError(f"acts.toml [{key}]: unknown key")
            title = words(block["title"], key)
            found[key] = Act(key, block["number"], block.get("adopted"), title)
    return found


def rule_of(key: str, block: dict[str, Any], where: str) -> Rule:
    """One wording of a rule; LawError where its act, article or first day is missing."""
    if not isinstance(block.get("article"), str):
        raise LawError(f"{where}: the article must be text")
    if block.get("act") not in acts():
        raise LawError(f"{where}: unknown act {block.get('act')!r}")
    if not isinstance(block.get("since"), date):
        raise LawError(f"{where}: `since` must be a date")
    return Rule(
        id=key,
        act=block["act"],
        article=block["article"],
        since=block["since"],
        until=block.get("until"),
        title=words(block.get("title"), f"{where}.title"),
        text=words(block.get("text"), f"{where}.text"),
        translation=block.get("translation", False),
    )


def _happening(row: dict[str, Any] | str, where: str) -> Happening:
    row = {"event": row} if isinstance(row, str) else row
    if set(row) - {"event", "when", "from"}:
        raise LawError(f"{where}: unknown key in {row}")
    if row["event"] not in EVENTS:
        raise LawError(f"{where}: unknown event {row['event']!r}")
    return Happening(row["event"], row.get("when", {}), row.get("from", ""))


def _events(block: dict[str, Any], key: str, where: str) -> frozenset[str]:
    found = frozenset(block.get(key, ()))
    if found - EVENTS:
        raise LawError(f"{where}: unknown events {sorted(found - EVENTS)}")
    return found


def _pauses(block: dict[str, Any], where: str) -> tuple[tuple[str, str], ...]:
    """Pairs of events: from the first to the second the term stands still."""
    pairs = tuple((begin, end) for begin, end in block.get("pauses", ()))
    if unknown := {event for pair in pairs for event in pair} - EVENTS:
        raise LawError(f"{where}: unknown events {sorted(unknown)}")
    return pairs


def _term(rule: Rule, block: dict[str, Any], where: str) -> Term:
    return Term(
        rule=rule,
        unit=Unit(block["unit"]),
        length=block["length"],
        duty=block.get("duty", False),
        elapsed=block.get("elapsed", False),
        scope=block.get("scope", "case"),
        starts=tuple(_happening(row, where) for row in block.get("starts", ())),
        pauses=_pauses(block, where),
        met=tuple(_happening(row, where) for row in block.get("met", ())),
        cancelled=_events(block, "cancelled", where),
        passes_on=_events(block, "passes_on", where),
        papers=tuple(block.get("papers", ())),
    )


def _document(rule: Rule, block: dict[str, Any], where: str) -> Item:
    if "basis" in block:
        return PresentationStart(rule, tuple(block["basis"]), block["disputed"])
    if "fields" in block:
        return ContentRule(rule, tuple(block["fields"]))
    if "presentation" not in block:
        return rule
    return DocumentKind(
        rule=rule,
        code=block.get("code", ""),
        content=tuple(block["content"]),
        content_unless_immediate=tuple(block.get("content_unless_immediate", ())),
        presentation=block["presentation"],
        start=block["start"],
        start_immediate=block.get("start_immediate", block["start"]),
        immediate=block.get("immediate", False),
        secures=block.get("secures", False),
    )


def _ground(rule: Rule, block: dict[str, Any], where: str) -> Rule | Ground:
    if "verb" not in block:
        return rule
    return Ground(
        rule,
        block["verb"],
        block.get("kind", ""),
        tuple(block.get("evidence", ())),
        block.get("ends_on", ""),
        Dated(block.get("dated", "")),
        {kind: tuple(roles) for kind, roles in block.get("befalls", {}).items()},
    )


def _measure(rule: Rule, block: dict[str, Any], where: str) -> MeasureKind:
    targets, asks = tuple(block.get("targets", ())), tuple(block.get("asks", ()))
    return MeasureKind(rule, targets, block.get("by", ""), asks)


BUILDERS: Final[dict[str, Callable[[Rule, dict[str, Any], str], Item]]] = {
    "rules": lambda rule, block, where: rule,
    "terms": _term,
    "documents": _document,
    "grounds": _ground,
    "measures": _measure,
}

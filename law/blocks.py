"""Blocks of the law's files as what they are: acts, rules, terms, kinds, grounds, measures."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from law.model import (
    LANGUAGES,
    Act,
    CoerciveAct,
    ContentRule,
    Dated,
    DocumentKind,
    Dropout,
    EvidenceKind,
    Ground,
    Happening,
    LawError,
    MeasureKind,
    Nature,
    Part,
    Participation,
    PresentationStart,
    Rule,
    Step,
    SubmissionKind,
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


def taken_out(data: dict[str, Any], name: str) -> dict[str, tuple[str, ...]]:
    """A table of lists, by key, taken out of a file."""
    return {key: tuple(listed) for key, listed in data.pop(name, {}).items()}


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


@lru_cache
def events() -> frozenset[str]:
    """What may be written into the journal: what a step of a rule set writes, and a list beside."""
    tables = [read(path) for path in sorted(FOLDER.glob("*/steps.toml"))]
    steps = [block for table in tables for blocks in table.values() for block in blocks]
    named = {block["event"] for block in steps if isinstance(block, dict) and "event" in block}
    return frozenset(named) | frozenset(read(FOLDER / "events.toml")["events"])


@lru_cache
def shared_words() -> dict[str, dict[str, Words]]:
    """Word lists of the system itself, for every rule set that has none of that name."""
    lists = read(FOLDER / "words.toml").items()
    return {
        name: {key: words(value, f"words.toml [{name}]") for key, value in table.items()}
        for name, table in lists
    }


def dates_of(block: dict[str, Any], where: str) -> dict[str, Any]:
    """From when to when a block that is no rule is in force; always, where it does not say."""
    found: dict[str, Any] = {key: block[key] for key in ("since", "until") if key in block}
    if not all(isinstance(on, date) for on in found.values()):
        raise LawError(f"{where}: `since` and `until` must be dates")
    return found


def step_of(verb: str, block: dict[str, Any], where: str) -> Step:
    """One wording of a step; LawError where it has an unknown key or event."""
    known = {"rule", "event", "title", "past", "effect", "translation", "initiators"}
    if unknown := set(block) - known - {"since", "until"}:
        raise LawError(f"{where}: unknown keys {sorted(unknown)}")
    title, past = words(block["title"], where), words(block["past"], where)
    effect = words(block["effect"], where) if "effect" in block else title
    event = block.get("event", "")
    if event and event not in events():
        raise LawError(f"{where}: unknown event {event!r}")
    initiators = tuple(block.get("initiators", ()))
    return Step(verb, block.get("rule", ""), event, title, past, effect, initiators)


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
    if set(row) - {"event", "when", "from", "anew"}:
        raise LawError(f"{where}: unknown key in {row}")
    if row["event"] not in events():
        raise LawError(f"{where}: unknown event {row['event']!r}")
    told = (row["event"], row.get("when", {}), row.get("from", ""), row.get("anew", False))
    return Happening(*told)


def _events(block: dict[str, Any], key: str, where: str) -> frozenset[str]:
    found = frozenset(block.get(key, ()))
    if found - events():
        raise LawError(f"{where}: unknown events {sorted(found - events())}")
    return found


def _pauses(block: dict[str, Any], where: str) -> tuple[tuple[str, str], ...]:
    """Pairs of events: from the first to the second the term stands still."""
    pairs = tuple((begin, end) for begin, end in block.get("pauses", ()))
    if unknown := {event for pair in pairs for event in pair} - events():
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
        cancelled=tuple(_happening(row, where) for row in block.get("cancelled", ())),
        passes_on=_events(block, "passes_on", where),
        nature=Nature(block.get("nature", Nature.DUTY)),
        papers=tuple(block.get("papers", ())),
    )


def _document(rule: Rule, block: dict[str, Any], where: str) -> Item:
    if "basis" in block:
        claims = tuple(block.get("claims", ()))
        return PresentationStart(rule, tuple(block["basis"]), block["disputed"], claims)
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
        start_otherwise=block.get("start_otherwise", block["start"]),
        immediate=block.get("immediate", False),
        secures=block.get("secures", False),
    )


def evidence_of(key: str, block: dict[str, Any], where: str) -> EvidenceKind:
    """A kind of evidence; LawError where it has an unknown key, or names a part it has not."""
    if unknown := set(block) - {"of", "grounds", "parts", "optional", "after"}:
        raise LawError(f"{where}: unknown keys {sorted(unknown)}")
    parts = {name: Part(kind) for name, kind in block["parts"].items()}
    optional, after = frozenset(block.get("optional", ())), dict(block.get("after", {}))
    if strange := (optional | {*after, *after.values()}) - set(parts):
        raise LawError(f"{where}: unknown parts {sorted(strange)}")
    of, grounds = tuple(block["of"]), tuple(block.get("grounds", ()))
    return EvidenceKind(key, of, grounds, parts, optional, after)


def participation_of(key: str, block: dict[str, Any], rule: Rule, where: str) -> Participation:
    """A way to take part; LawError where it has an unknown key or rests on no rule."""
    known = {"rule", "title", "asks", "whom", "serves", "among", "barred", "personal", "least"}
    known |= {"freed"}
    if unknown := set(block) - known:
        raise LawError(f"{where}: unknown keys {sorted(unknown)}")
    return Participation(
        id=key,
        rule=rule,
        title=words(block["title"], where),
        asks=tuple(block["asks"]),
        whom=block.get("whom", ""),
        serves=block.get("serves", False),
        among=block.get("among", False),
        barred=tuple(block.get("barred", ())),
        freed=tuple(block.get("freed", ())),
        personal=tuple(block.get("personal", ())),
        least=block.get("least", 0),
    )


def dropout_of(key: str, block: dict[str, Any], rule: Rule, where: str) -> Dropout:
    """Because of what a party is replaced; LawError where it has an unknown key."""
    if unknown := set(block) - {"rule", "title", "befalls", "roles", "asks"}:
        raise LawError(f"{where}: unknown keys {sorted(unknown)}")
    return Dropout(
        id=key,
        rule=rule,
        title=words(block["title"], where),
        befalls=tuple(block["befalls"]),
        roles=tuple(block.get("roles", ("claimant", "debtor"))),
        asks=tuple(block["asks"]),
    )


def submission_of(key: str, block: dict[str, Any], rule: Rule, where: str) -> SubmissionKind:
    """A kind of what participants hand in; LawError where it has an unknown key."""
    known = {"of", "rule", "title", "by", "decides", "outcomes", "line", "asks", "optional"}
    known |= {"may_line", "dated", "power"}
    if unknown := set(block) - known - {"paper", "meanwhile", "granted"}:
        raise LawError(f"{where}: unknown keys {sorted(unknown)}")
    if not all("verb" in block.get(name, {"verb"}) for name in ("meanwhile", "granted")):
        raise LawError(f"{where}: what it opens names no verb")
    return SubmissionKind(
        id=key,
        of=block["of"],
        rule=rule,
        title=words(block["title"], where),
        by=tuple(block["by"]),
        decides=block["decides"],
        outcomes=tuple(block["outcomes"]),
        line=block.get("line", False),
        may_line=block.get("may_line", False),
        dated=block.get("dated", False),
        asks=tuple(block.get("asks", ())),
        optional=frozenset(block.get("optional", ())),
        power=block.get("power", ""),
        paper=block.get("paper", ""),
        meanwhile=dict(block.get("meanwhile", {})),
        granted=dict(block.get("granted", {})),
    )


def coercive_act(way: str, block: dict[str, Any], rule: Rule, where: str) -> CoerciveAct:
    """A coercive act; LawError where it has an unknown key or lacks one."""
    if set(block) - {"optional", "together"} != {"rule", "claims", "secured", "asks", "title"}:
        raise LawError(f"{where}: unknown or missing keys in {sorted(block)}")
    return CoerciveAct(
        id=way,
        rule=rule,
        claims=tuple(block["claims"]),
        secured=tuple(block["secured"]),
        asks=tuple(block["asks"]),
        title=words(block["title"], where),
        optional=frozenset(block.get("optional", ())),
        together=dict(block.get("together", {})),
    )


def words_of_people(
    ways: Mapping[str, Participation], dropouts: Mapping[str, Dropout], grounds: Iterable[Ground]
) -> list[tuple[str, tuple[str, ...]]]:
    """The words that ways to take part, dropouts and powers use, by the lists they stand in."""
    asking = [each.asks for each in ways.values()] + [each.asks for each in dropouts.values()]
    return [
        *(("evidence", asks) for asks in asking),
        *(("acts", each.personal) for each in ways.values()),
        ("parts", tuple(each.power for each in grounds if each.power)),
    ]


def _ground(rule: Rule, block: dict[str, Any], where: str) -> Rule | Ground:
    if "verb" not in block:
        return rule
    lists = {
        name: tuple(block.get(name, ()))
        for name in (
            *("needs", "secured", "forced", "taken", "by_each", "by_claimant"),
            *("handed", "asked"),
        )
    }
    return Ground(
        rule,
        block["verb"],
        block.get("kind", ""),
        tuple(block.get("evidence", ())),
        block.get("ends_on", ""),
        Dated(block.get("dated", "")),
        {kind: tuple(roles) for kind, roles in block.get("befalls", {}).items()},
        **lists,
        power=block.get("power", ""),
        succeeds=block.get("succeeds", False),
        finds_successor=block.get("finds_successor", ""),
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

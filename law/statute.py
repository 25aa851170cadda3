"""The statute of one rule set: loads and checks its data, answers by rule id."""

import hashlib
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

from law.model import (
    EVENTS,
    LANGUAGES,
    Act,
    ContentRule,
    DocumentKind,
    Ground,
    LawError,
    MeasureKind,
    PresentationStart,
    Rule,
    Start,
    Step,
    Term,
    Unit,
    UnknownRule,
    Words,
)

FOLDER: Final = Path(__file__).parent
RULE_SETS: Final = ("lecture", "in_force")
DEFAULT_RULE_SET: Final = "lecture"
RULE_KEYS: Final = {"act", "article", "since", "until", "title", "text", "translation"}
#: Keys each file may add to those of a rule.
FILES: Final[dict[str, frozenset[str]]] = {
    "rules": frozenset(),
    "terms": frozenset(
        ("unit", "length", "duty", "pauses", "elapsed", "scope", "starts", "met", "cancelled")
        + ("passes_on",)
    ),
    "documents": frozenset(
        {"code", "content", "content_unless_immediate", "presentation", "start", "start_immediate"}
        | {"immediate", "fields", "basis", "disputed"}
    ),
    "grounds": frozenset(("verb", "kind", "evidence", "ends_on")),
    "measures": frozenset(("targets", "by")),
}
T = TypeVar("T")


class UnknownRuleSet(KeyError):
    """A rule set that does not exist."""


def _read(path: Path) -> dict[str, Any]:
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
    for key, blocks in _read(FOLDER / "acts.toml").items():
        for block in blocks:
            if set(block) - {"number", "adopted", "title"}:
                raise LawError(f"acts.toml [{key}]: unknown key")
            title = words(block["title"], key)
            found[key] = Act(key, block["number"], block.get("adopted"), title)
    return found


def _rule(key: str, block: dict[str, Any], where: str) -> Rule:
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


def _start(row: dict[str, Any], where: str) -> Start:
    if set(row) - {"event", "when", "from"}:
        raise LawError(f"{where}: unknown key in starts {row}")
    if row["event"] not in EVENTS:
        raise LawError(f"{where}: unknown event {row['event']!r}")
    return Start(row["event"], row.get("when", {}), row.get("from", ""))


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
        starts=tuple(_start(row, where) for row in block.get("starts", ())),
        pauses=_pauses(block, where),
        met=_events(block, "met", where),
        cancelled=_events(block, "cancelled", where),
        passes_on=_events(block, "passes_on", where),
    )


def _document(rule: Rule, block: dict[str, Any], where: str) -> Any:
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
    )


def _ground(rule: Rule, block: dict[str, Any], where: str) -> Any:
    if "verb" not in block:
        return rule
    return Ground(
        rule,
        block["verb"],
        block.get("kind", ""),
        tuple(block.get("evidence", ())),
        block.get("ends_on", ""),
    )


def _measure(rule: Rule, block: dict[str, Any], where: str) -> Any:
    return MeasureKind(rule, tuple(block.get("targets", ())), block.get("by", ""))


BUILDERS: Final[dict[str, Callable[[Rule, dict[str, Any], str], Any]]] = {
    "rules": lambda rule, block, where: rule,
    "terms": _term,
    "documents": _document,
    "grounds": _ground,
    "measures": _measure,
}


class Statute:
    """One rule set: ask it by rule id and date, never assume."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._wordings: dict[str, list[tuple[Rule, Any]]] = {}
        self._lists: dict[str, dict[str, Words]] = {}
        for file, extra in FILES.items():
            self._load(folder / f"{file}.toml", file, extra)
        steps = _read(folder / "steps.toml")
        self.steps = {verb: self._step(verb, b) for verb, b in self._blocks(steps, "steps")}
        self.texts = dict(self._blocks(_read(folder / "texts.toml"), "texts"))
        self._check_references()
        self.digest = _digest(folder)

    def _load(self, path: Path, file: str, extra: frozenset[str]) -> None:
        for key, block in self._blocks(_read(path), file):
            where = f"{self.name}/{file}.toml [{key}]"
            if unknown := set(block) - RULE_KEYS - extra:
                raise LawError(f"{where}: unknown keys {sorted(unknown)}")
            rule = _rule(key, block, where)
            try:
                item = BUILDERS[file](rule, block, where)
            except (KeyError, TypeError, ValueError) as wrong:
                raise LawError(f"{where}: {wrong!r}") from wrong
            self._add(rule, item, where)

    def _blocks(self, data: dict[str, Any], file: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield rule blocks; plain tables are word lists and are kept by their name."""
        for key, value in data.items():
            if isinstance(value, dict):
                where = f"{self.name}/{file}.toml [{key}]"
                known = self._lists.setdefault(key, {})
                known.update({k: words(v, f"{where}.{k}") for k, v in _flat(value)})
            else:
                yield from ((key, block) for block in value)

    def _add(self, rule: Rule, item: Any, where: str) -> None:
        wordings = self._wordings.setdefault(rule.id, [])
        for other, _ in wordings:
            if _overlap(rule, other):
                raise LawError(f"{where}: two wordings are in force at once")
        wordings.append((rule, item))

    def _step(self, verb: str, block: dict[str, Any]) -> Step:
        where = f"{self.name}/steps.toml [{verb}]"
        if unknown := set(block) - {"rule", "event", "title", "past", "effect", "translation"}:
            raise LawError(f"{where}: unknown keys {sorted(unknown)}")
        title, past = words(block["title"], where), words(block["past"], where)
        effect = words(block["effect"], where) if "effect" in block else title
        event = block.get("event", "")
        if event and event not in EVENTS:
            raise LawError(f"{where}: unknown event {event!r}")
        return Step(verb, block.get("rule", ""), event, title, past, effect)

    def _check_references(self) -> None:
        for kind in self.kinds():
            content = (*kind.content, *kind.content_unless_immediate)
            for ref in (*content, kind.presentation, kind.start, kind.start_immediate):
                if ref not in self._wordings:
                    raise LawError(f"{self.name}: {kind.rule.id} names unknown {ref}")
        for step in self.steps.values():
            if step.rule and step.rule not in self._wordings:
                raise LawError(f"{self.name}: step {step.verb} names unknown {step.rule}")

    # -- answers ---------------------------------------------------------------------------

    def ids(self) -> list[str]:
        """Every rule id of the set, sorted."""
        return sorted(self._wordings)

    def _pick(self, rule_id: str, on: date | None) -> tuple[Rule, Any]:
        wordings = self._wordings.get(rule_id)
        if not wordings:
            raise UnknownRule(rule_id)
        if on is not None:
            for rule, item in wordings:
                if rule.since <= on and (rule.until is None or on < rule.until):
                    return rule, item
        return max(wordings, key=lambda pair: pair[0].since)

    def rule(self, rule_id: str, *, on: date | None = None) -> Rule:
        """The wording in force on `on`; without a date, or before the first, the newest."""
        return self._pick(rule_id, on)[0]

    def _typed(self, rule_id: str, kind: type[T], on: date | None) -> T:
        item = self._pick(rule_id, on)[1]
        if not isinstance(item, kind):
            raise UnknownRule(rule_id)
        return item

    def term(self, rule_id: str, *, on: date | None = None) -> Term:
        """The term with this id; UnknownRule when the id names none in this rule set."""
        return self._typed(rule_id, Term, on)

    def terms(self) -> list[Term]:
        """All terms, newest wordings."""
        return self._all(Term)

    def kind(self, rule_id: str) -> DocumentKind:
        """The kind of executive document with this id."""
        return self._typed(rule_id, DocumentKind, None)

    def kinds(self) -> list[DocumentKind]:
        """All kinds of executive documents."""
        return self._all(DocumentKind)

    def content(self, rule_id: str) -> ContentRule:
        """The content rule with this id."""
        return self._typed(rule_id, ContentRule, None)

    def start(self, rule_id: str) -> PresentationStart:
        """The rule naming the date a presentation term runs from."""
        return self._typed(rule_id, PresentationStart, None)

    def ground(self, rule_id: str, *, on: date | None = None) -> Ground:
        """The ground with this id."""
        return self._typed(rule_id, Ground, on)

    def grounds(self, verb: str = "") -> list[Ground]:
        """All grounds, or those of one verb."""
        return [g for g in self._all(Ground) if not verb or g.verb == verb]

    def measures(self) -> list[MeasureKind]:
        """All securing measures and sanctions."""
        return self._all(MeasureKind)

    def _all(self, kind: type[T]) -> list[T]:
        items = (self._pick(rule_id, None)[1] for rule_id in self.ids())
        return [item for item in items if isinstance(item, kind)]

    def by_event(self) -> dict[str, Step]:
        """The steps by the event their verb writes into the journal."""
        return {step.event: step for step in self.steps.values() if step.event}

    def list(self, name: str) -> dict[str, Words]:
        """A word list (`states`, `verdicts`, `fields`, `acts`...) by its name."""
        return self._lists.get(name, {})

    def word(self, name: str, key: str) -> Words:
        """One word of a list; the key itself where the list has none."""
        return self.list(name).get(key) or Words(key, key, key)


def _flat(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Word lists may nest (`application.on`): yield dotted keys with their three languages."""
    for key, value in table.items():
        if isinstance(value, dict) and not set(LANGUAGES) & set(value):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def _overlap(one: Rule, other: Rule) -> bool:
    latest = max(one.since, other.since)
    ends = [rule.until for rule in (one, other) if rule.until is not None]
    return not ends or latest < min(ends)


def _digest(folder: Path) -> str:
    """The digest of a rule set's files: the journal names the law a line was written under."""
    sha = hashlib.sha256()
    for path in sorted([*folder.glob("*.toml"), FOLDER / "acts.toml"]):
        sha.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return sha.hexdigest()


@lru_cache
def statute(rule_set: str = DEFAULT_RULE_SET) -> Statute:
    """The loaded rule set (`lecture` or `in_force`)."""
    if rule_set not in RULE_SETS:
        raise UnknownRuleSet(rule_set)
    return Statute(rule_set, FOLDER / rule_set)


@lru_cache
def ledger_words() -> dict[str, Words]:
    """Why a day of a term counts or does not, in words (ledger.toml)."""
    table = _read(FOLDER / "ledger.toml")["why"]
    return {key: words(value, f"ledger.toml [{key}]") for key, value in table.items()}

"""The statute of one rule set: loads and checks its data, answers by rule id."""

import hashlib
from collections.abc import Iterator
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

from law.blocks import BUILDERS, FOLDER, read, rule_of, words
from law.model import (
    EVENTS,
    LANGUAGES,
    CoerciveAct,
    ContentRule,
    DocumentKind,
    Ground,
    LawError,
    MeasureKind,
    PresentationStart,
    Rule,
    Step,
    Term,
    UnknownRule,
    Words,
)

RULE_SETS: Final = ("lecture", "in_force")
DEFAULT_RULE_SET: Final = "lecture"
RULE_KEYS: Final = {"act", "article", "since", "until", "title", "text", "translation"}
#: Keys each file may add to those of a rule.
FILES: Final[dict[str, frozenset[str]]] = {
    "rules": frozenset(),
    "terms": frozenset(
        {"unit", "length", "duty", "pauses", "elapsed", "scope"}
        | {"starts", "met", "cancelled", "passes_on", "papers"}
    ),
    "documents": frozenset(
        {"code", "content", "content_unless_immediate", "presentation", "start", "start_immediate"}
        | {"immediate", "secures", "fields", "basis", "disputed"}
    ),
    "grounds": frozenset(("verb", "kind", "evidence", "ends_on", "dated", "befalls")),
    "measures": frozenset(("targets", "by", "asks")),
}
#: What a measure may ask that is an argument of its verb, not a detail.
OWN_ARGUMENTS: Final = frozenset({"object", "addressee"})
T = TypeVar("T")


class UnknownRuleSet(KeyError):
    """A rule set that does not exist."""


class Statute:
    """One rule set: ask it by rule id and date, never assume."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._wordings: dict[str, list[tuple[Rule, Any]]] = {}
        self._lists: dict[str, dict[str, Words]] = {}
        for file, extra in FILES.items():
            self._load(folder / f"{file}.toml", file, extra)
        steps = read(folder / "steps.toml")
        self.steps = {verb: self._step(verb, b) for verb, b in self._blocks(steps, "steps")}
        coercion = self._blocks(read(folder / "coercion.toml"), "coercion")
        self.coercive = {way: self._coercive(way, block) for way, block in coercion}
        self.texts = dict(self._blocks(read(folder / "texts.toml"), "texts"))
        self._check_references()
        self.digest = _digest(folder)

    def _load(self, path: Path, file: str, extra: frozenset[str]) -> None:
        for key, block in self._blocks(read(path), file):
            where = f"{self.name}/{file}.toml [{key}]"
            if unknown := set(block) - RULE_KEYS - extra:
                raise LawError(f"{where}: unknown keys {sorted(unknown)}")
            rule = rule_of(key, block, where)
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
                if key in self._lists:
                    raise LawError(f"{where}: this word list stands in another file too")
                self._lists[key] = {k: words(v, f"{where}.{k}") for k, v in _flat(value)}
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
        known = {"rule", "event", "title", "past", "effect", "translation", "initiators"}
        if unknown := set(block) - known:
            raise LawError(f"{where}: unknown keys {sorted(unknown)}")
        title, past = words(block["title"], where), words(block["past"], where)
        effect = words(block["effect"], where) if "effect" in block else title
        event = block.get("event", "")
        if event and event not in EVENTS:
            raise LawError(f"{where}: unknown event {event!r}")
        initiators = tuple(block.get("initiators", ()))
        return Step(verb, block.get("rule", ""), event, title, past, effect, initiators)

    def _coercive(self, way: str, block: dict[str, Any]) -> CoerciveAct:
        where = f"{self.name}/coercion.toml [{way}]"
        if set(block) != {"rule", "claims", "secured", "asks", "title"}:
            raise LawError(f"{where}: unknown or missing keys in {sorted(block)}")
        if block["rule"] not in self._wordings:
            raise LawError(f"{where}: unknown rule {block['rule']}")
        return CoerciveAct(
            id=way,
            rule=self.rule(block["rule"]),
            claims=tuple(block["claims"]),
            secured=tuple(block["secured"]),
            asks=tuple(block["asks"]),
            title=words(block["title"], where),
        )

    def _check_references(self) -> None:
        for kind in self.kinds():
            content = (*kind.content, *kind.content_unless_immediate)
            for ref in (*content, kind.presentation, kind.start, kind.start_immediate):
                if ref not in self._wordings:
                    raise LawError(f"{self.name}: {kind.rule.id} names unknown {ref}")
        for step in self.steps.values():
            if step.rule and step.rule not in self._wordings:
                raise LawError(f"{self.name}: step {step.verb} names unknown {step.rule}")
        used = [("initiators", step.initiators) for step in self.steps.values()]
        for measure in self.measures():
            used.append(("targets", measure.targets))
            used.append(("details", tuple(set(measure.asks) - OWN_ARGUMENTS)))
        for way in self.coercive.values():
            used += [("claims", way.claims), ("targets", way.secured), ("details", way.asks)]
        chosen = {each.rpartition(".")[0] for each in self.list("choices")}
        used.append(("evidence", (*chosen, *(e for each in self.grounds() for e in each.evidence))))
        used.append(("ends", tuple(each.ends_on for each in self.grounds() if each.ends_on)))
        for term in self.terms():
            if unknown := set(term.papers) - set(self.texts):
                raise LawError(f"{self.name}: {term.id} names unknown papers {sorted(unknown)}")
        for name, keys in used:
            if unknown := set(keys) - set(self.list(name)):
                raise LawError(f"{self.name}: unknown {name} {sorted(unknown)}")

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

    def securing(self) -> dict[str, MeasureKind]:
        """The securing measures by id, without the sanctions."""
        return {each.rule.id: each for each in self.measures() if not each.by}

    def sanction(self, target: str) -> str:
        """The rule that asks a sanction for a measure on this target; empty where none does."""
        asking = (each.rule.id for each in self.measures() if each.by and target in each.targets)
        return next(asking, "")

    def starting(self, event: str) -> list[str]:
        """The ids of the terms that an event of this kind starts in some wording."""
        return self._starting.get(event, [])

    @cached_property
    def _starting(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for rule_id in self.ids():
            terms = [item for _, item in self._wordings[rule_id] if isinstance(item, Term)]
            for event in dict.fromkeys(start.event for term in terms for start in term.starts):
                found.setdefault(event, []).append(rule_id)
        return found

    def _all(self, kind: type[T]) -> list[T]:
        return [item for item in self._newest if isinstance(item, kind)]

    @cached_property
    def _newest(self) -> list[Any]:
        return [self._pick(rule_id, None)[1] for rule_id in self.ids()]

    def by_event(self) -> dict[str, Step]:
        """The steps by the event their verb writes into the journal."""
        return {step.event: step for step in self.steps.values() if step.event}

    def list(self, name: str) -> dict[str, Words]:
        """A word list (`states`, `verdicts`, `fields`, `acts`...) by its name."""
        return self._lists.get(name, {})

    def choices(self, key: str) -> dict[str, Words]:
        """What a piece of evidence is chosen from, by code; empty where it is told in own words."""
        listed = (each.rpartition(".") for each in self.list("choices"))
        return {
            code: self.word("choices", f"{name}.{code}") for name, _, code in listed if name == key
        }

    def told(self, key: str, text: str) -> Words:
        """A piece of evidence in words: the choice a code stands for, or the own words."""
        return self.choices(key).get(text.strip()) or Words(text, text, text)

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
    table = read(FOLDER / "ledger.toml")["why"]
    return {key: words(value, f"ledger.toml [{key}]") for key, value in table.items()}

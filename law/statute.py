"""The statute of one rule set: loads and checks its data, answers by rule id."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

from law.blocks import (
    BUILDERS,
    FOLDER,
    coercive_act,
    dates_of,
    dropout_of,
    evidence_of,
    participation_of,
    read,
    rule_of,
    shared_words,
    step_of,
    submission_of,
    taken_out,
    words,
    words_of_people,
)
from law.letters import letter_kind
from law.model import (
    LANGUAGES,
    ContentRule,
    DocumentKind,
    EvidenceKind,
    Ground,
    LawError,
    MeasureKind,
    Part,
    PresentationStart,
    Rule,
    Step,
    Term,
    UnknownRule,
    Words,
)
from law.wordings import Wordings

RULE_SETS: Final = ("lecture", "in_force")
#: Of the setting and of the commands; whoever asks for a case asks for its own.
DEFAULT_RULE_SET: Final = "lecture"
RULE_KEYS: Final = {"act", "article", "since", "until", "title", "text", "translation"}
#: Keys each file may add to those of a rule.
FILES: Final[dict[str, frozenset[str]]] = {
    "rules": frozenset(),
    "terms": frozenset(
        {"unit", "length", "duty", "nature", "pauses", "elapsed", "scope"}
        | {"starts", "met", "cancelled", "passes_on", "papers"}
    ),
    "documents": frozenset(
        {"code", "content", "content_unless_immediate", "presentation", "start", "start_immediate"}
        | {"start_otherwise", "immediate", "secures", "fields", "basis", "disputed", "claims"}
    ),
    "grounds": frozenset(
        {"verb", "kind", "evidence", "ends_on", "dated"}
        | {"befalls", "needs", "secured", "forced", "taken", "by_each", "by_claimant"}
        | {"power", "succeeds", "finds_successor", "handed", "asked"}
    ),
    "measures": frozenset(("targets", "by", "asks")),
}
#: What a measure may ask that is an argument of its verb, not a detail.
OWN_ARGUMENTS: Final = frozenset({"object", "addressee"})
T = TypeVar("T")
#: What makes of a block with the rule it names what it is, or a LawError.
Ruled = Callable[[str, dict[str, Any], Rule, str], T]


class UnknownRuleSet(KeyError):
    """A rule set that does not exist."""


class Statute:
    """One rule set: ask it by rule id and date, never assume."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._wordings: Wordings[tuple[Rule, Any]] = Wordings()
        self._steps: Wordings[Step] = Wordings()
        self._texts: Wordings[dict[str, Any]] = Wordings()
        self._lists: dict[str, dict[str, Words]] = {}
        for file, extra in FILES.items():
            self._load(folder / f"{file}.toml", file, extra)
        steps = read(folder / "steps.toml")
        #: What opens a step or is possible instead, by the code of the refusal.
        self.instead = taken_out(steps, "instead")
        self.while_challenged = taken_out(steps, "while_challenged")
        self.ways_of_delivery = taken_out(steps, "ways_of_delivery")
        for verb, block in self._blocks(steps, "steps"):
            where = f"{name}/steps.toml [{verb}]"
            step = step_of(verb, block, where)
            self._steps.add(verb, step, where=where, **dates_of(block, where))
        self.coercive = self._ruled(folder, "coercion", coercive_act)
        #: What a bailiff asks of others and waits for, by kind.
        self.letters = self._ruled(folder, "letters", letter_kind)
        self.participations = self._ruled(folder, "participants", participation_of)
        self.dropouts = self._ruled(folder, "succession", dropout_of)
        evidence = self._blocks(read(folder / "evidence.toml"), "evidence")
        self.evidence = [evidence_of(k, b, f"{name}/evidence.toml [{k}]") for k, b in evidence]
        #: What participants hand in that must be answered, by its kind.
        self.submissions = self._ruled(folder, "submissions", submission_of)
        for kind, block in self._blocks(read(folder / "papers.toml"), "papers"):
            where = f"{name}/papers.toml [{kind}]"
            dates = dates_of(block, where)
            text = {key: value for key, value in block.items() if key not in dates}
            self._texts.add(kind, text, where=where, **dates)
        #: The newest wordings, the steps in the order in which one is due before another.
        self.steps, self.texts = self._steps.newest(), self._texts.newest()
        self._roles: dict[str, str] = read(folder / "roles.toml")
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
            self._wordings.add(key, (rule, item), where=where, since=rule.since, until=rule.until)

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

    def _ruled(self, folder: Path, file: str, build: Ruled[T]) -> dict[str, T]:
        """The blocks of a file by their names, each with the rule that it names."""
        found = {}
        for key, block in self._blocks(read(folder / f"{file}.toml"), file):
            where, rule = f"{self.name}/{file}.toml [{key}]", block.get("rule", "")
            if rule not in self._wordings:
                raise LawError(f"{where}: unknown rule {rule}")
            found[key] = build(key, block, self.rule(rule), where)
        return found

    def _check_references(self) -> None:
        for kind in self._every(DocumentKind):
            starts = (kind.presentation, kind.start, kind.start_immediate, kind.start_otherwise)
            for ref in (*kind.content, *kind.content_unless_immediate, *starts):
                if ref not in self._wordings:
                    raise LawError(f"{self.name}: {kind.rule.id} names unknown {ref}")
        steps = [step for verb in self._steps for step in self._steps.every(verb)]
        for step in steps:
            if step.rule and step.rule not in self._wordings:
                raise LawError(f"{self.name}: step {step.verb} names unknown {step.rule}")
        for role, rule in self._roles.items():
            if rule not in self._wordings:
                raise LawError(f"{self.name}/roles.toml: {role} names unknown {rule}")
        for code, verbs in {**self.instead, **self.while_challenged}.items():
            if unknown := set(verbs) - set(self.steps):
                raise LawError(f"{self.name}: {code} opens unknown steps {sorted(unknown)}")
        self._check_lists(steps)

    def _check_lists(self, steps: list[Step]) -> None:
        used = [("initiators", step.initiators) for step in steps]
        for start in self._every(PresentationStart):
            used.append(("acts", tuple(set(start.claims) - set(self.list("claims")))))
        for measure in self.measures():
            used.append(("targets", measure.targets))
            used.append(("details", tuple(set(measure.asks) - OWN_ARGUMENTS)))
        for way in self.coercive.values():
            used += [("claims", way.claims), ("targets", way.secured), ("details", way.asks)]
        for letter in self.letters.values():
            used += [("addressee_kinds", letter.to), ("details", letter.asks)]
            used.append(
                ("replies", (*letter.replies, *letter.failures, *letter.after, *letter.leads))
            )
            if unknown := {letter.paper, letter.reply_paper} - {*self.texts, ""}:
                raise LawError(f"{self.name}: {letter.id} names unknown papers {sorted(unknown)}")
        chosen = {each.rpartition(".")[0] for each in self.list("choices")}
        used.append(("evidence", tuple(chosen - {*self.list("details"), *self.list("told")})))
        used += [("evidence", (*each.evidence, *each.by_claimants)) for each in self.grounds()]
        used += words_of_people(self.participations, self.dropouts, self.grounds())
        used += [("parts", (each.power,)) for each in self.submissions.values() if each.power]
        used += [("targets", each.secured) for each in self.grounds()]
        used += [("told", each.asks) for each in self.submissions.values()]
        pieces = [(("evidence", each.of), ("parts", tuple(each.parts))) for each in self.evidence]
        used += [pair for pairs in pieces for pair in pairs]
        parts = {pair for each in self.evidence for pair in each.parts.items()}
        if len(parts) > len({part for part, _kind in parts}):
            raise LawError(f"{self.name}/evidence.toml: a part is of two kinds")
        used.append(("ends", tuple(each.ends_on for each in self.grounds() if each.ends_on)))
        for handed in self.submissions.values():
            ways = (handed.meanwhile, handed.granted)
            opened = {way[name] for way in ways for name in ("verb", "beside") if name in way}
            if unknown := (opened - set(self.steps)) | ({handed.paper} - {*self.texts, ""}):
                raise LawError(f"{self.name}: {handed.id} names unknown {sorted(unknown)}")
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

    def rule(self, rule_id: str, *, on: date | None = None) -> Rule:
        """The wording in force on `on`; without a date, or before the first, the newest."""
        return self._wordings.pick(rule_id, on)[0]

    def rule_or_none(self, rule_id: str, *, on: date | None = None) -> Rule | None:
        """The rule, or None where this rule set knows no such id."""
        return self.rule(rule_id, on=on) if rule_id in self._wordings else None

    def since(self, rule_id: str) -> date:
        """The day on which the first wording of a rule came into force."""
        return min(rule.since for rule, _ in self._wordings.every(rule_id))

    def role(self, name: str, on: date | None = None) -> str:
        """The rule that plays a part in this rule set; empty where none does, or no more."""
        rule_id = self._roles.get(name, "")
        gone = rule_id and on is not None and self._wordings.over(rule_id, on)
        return "" if gone else rule_id

    def step(self, verb: str, *, on: date | None = None) -> Step:
        """The wording of a step; UnknownRule where this rule set has no such step."""
        return self._steps.pick(verb, on)

    def rule_of(self, verb: str) -> str:
        """The rule that a step carries out; empty where this rule set has no such step."""
        step = self.steps.get(verb)
        return step.rule if step else ""

    def past(self, event: str) -> Words:
        """What the journal says of a line of this kind, whether or not a step writes it here."""
        step = self.by_event().get(event)
        return step.past if step else self.word("past", event)

    def text(self, kind: str, *, on: date | None = None) -> dict[str, Any]:
        """The text of a paper; UnknownRule where this rule set has no such paper."""
        return self._texts.pick(kind, on)

    def _typed(self, rule_id: str, kind: type[T], on: date | None) -> T:
        item = self._wordings.pick(rule_id, on)[1]
        if not isinstance(item, kind):
            raise UnknownRule(rule_id)
        return item

    def term(self, rule_id: str, *, on: date | None = None) -> Term:
        """The term with this id; UnknownRule when the id names none in this rule set."""
        return self._typed(rule_id, Term, on)

    def terms(self) -> list[Term]:
        """All terms, newest wordings."""
        return self._all(Term)

    def kind(self, rule_id: str, *, on: date | None = None) -> DocumentKind:
        """The kind of executive document with this id."""
        return self._typed(rule_id, DocumentKind, on)

    def kinds(self) -> list[DocumentKind]:
        """All kinds of executive documents."""
        return self._all(DocumentKind)

    def content(self, rule_id: str, *, on: date | None = None) -> ContentRule:
        """The content rule with this id."""
        return self._typed(rule_id, ContentRule, on)

    def start(self, rule_id: str, *, on: date | None = None) -> PresentationStart:
        """The rule naming the date a presentation term runs from."""
        return self._typed(rule_id, PresentationStart, on)

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
            terms = [item for _, item in self._wordings.every(rule_id) if isinstance(item, Term)]
            for event in dict.fromkeys(start.event for term in terms for start in term.starts):
                found.setdefault(event, []).append(rule_id)
        return found

    @cached_property
    def presentation_terms(self) -> frozenset[str]:
        """The terms of presentation: which of them runs is told by the document's arrival."""
        return frozenset(
            term.id
            for term in self._every(Term)
            if any("presentation_term" in start.when for start in term.starts)
        )

    def _every(self, kind: type[T]) -> list[T]:
        wordings = (item for rule_id in self.ids() for _, item in self._wordings.every(rule_id))
        return [item for item in wordings if isinstance(item, kind)]

    def _all(self, kind: type[T]) -> list[T]:
        return [item for item in self._newest if isinstance(item, kind)]

    @cached_property
    def _newest(self) -> list[Any]:
        return [self._wordings.pick(rule_id, None)[1] for rule_id in self.ids()]

    def by_event(self) -> dict[str, Step]:
        """The steps by the event their verb writes into the journal."""
        return {step.event: step for step in self.steps.values() if step.event}

    def list(self, name: str) -> dict[str, Words]:
        """A word list (`states`, `verdicts`, `fields`, `acts`...) by its name."""
        return self._lists.get(name) or shared_words().get(name, {})

    def choices(self, key: str) -> dict[str, Words]:
        """What a piece of evidence is chosen from, by code; empty where it is told in own words."""
        listed = (each.rpartition(".") for each in self.list("choices"))
        return {
            code: self.word("choices", f"{name}.{code}") for name, _, code in listed if name == key
        }

    def evidence_kind(self, key: str, ground: str) -> EvidenceKind | None:
        """Of what a piece of evidence consists on a ground; None where it is told in own words."""
        known = [each for each in self.evidence if key in each.of]
        own = [each for each in known if ground in each.grounds]
        return next(iter(own or (each for each in known if not each.grounds)), None)

    def part(self, name: str) -> Part:
        """What a part of a piece of evidence is: the same in every kind that has it."""
        return next((each.parts[name] for each in self.evidence if name in each.parts), Part.TEXT)

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


def _digest(folder: Path) -> str:
    """The digest of a rule set's files: the journal names the law a line was written under."""
    sha = hashlib.sha256()
    for path in sorted([*folder.glob("*.toml"), FOLDER / "acts.toml", FOLDER / "words.toml"]):
        sha.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return sha.hexdigest()


@lru_cache
def statute(rule_set: str) -> Statute:
    """The loaded rule set (`lecture` or `in_force`)."""
    if rule_set not in RULE_SETS:
        raise UnknownRuleSet(rule_set)
    return Statute(rule_set, FOLDER / rule_set)


@lru_cache
def ledger_words() -> dict[str, Words]:
    """Why a day of a term counts or does not, in words (ledger.toml)."""
    table = read(FOLDER / "ledger.toml")["why"]
    return {key: words(value, f"ledger.toml [{key}]") for key, value in table.items()}

"""The shapes of the law: acts, rules, terms, kinds of documents, grounds, measures, steps."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

LANGUAGES = ("kk", "ru", "en")


class Unit(StrEnum):
    """In what a term is counted."""

    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    YEAR = "year"
    HOUR = "hour"


class Nature(StrEnum):
    """What the last day of a term means: something is done by it, lasts no longer, or may be done
    only once it is over."""

    DUTY = "duty"
    CAP = "cap"
    NOT_BEFORE = "not_before"


class Dated(StrEnum):
    """Whether a ground of suspension ends on a date given beforehand (Q24)."""

    NEVER = ""
    OPTIONAL = "optional"
    REQUIRED = "required"


class Coverage(StrEnum):
    """How far the software carries a rule out (interfaces.md, `law_coverage`)."""

    ENFORCED = "enforced"
    SUPPORTED = "supported"
    SHOWN = "shown"
    ABSENT = "absent"


class LawError(ValueError):
    """The law data contradicts itself; the message names the file, the key and the fault."""


class UnknownRule(KeyError):
    """A rule id that the rule set does not know."""


@dataclass(frozen=True, slots=True)
class Words:
    """One meaning in the three languages."""

    kk: str
    ru: str
    en: str

    def in_(self, language: str) -> str:
        """The words in `language`; an unknown language gets Kazakh."""
        return {"kk": self.kk, "ru": self.ru, "en": self.en}.get(language[:2], self.kk)


@dataclass(frozen=True, slots=True)
class Act:
    """A normative act the rules cite."""

    id: str
    number: str
    adopted: date | None
    title: Words


@dataclass(frozen=True, slots=True)
class Rule:
    """One wording of one rule, in force [since, until)."""

    id: str
    act: str
    article: str
    since: date
    until: date | None
    title: Words
    text: Words
    translation: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that starts or meets a term: its kind, the values its body must hold, where the
    date a term starts from is."""

    event: str
    when: dict[str, Any] = field(default_factory=dict)
    date_from: str = ""
    #: Whether it starts anew a term that runs on the same thing, and breaks it off.
    anew: bool = False

    def matches(self, kind: str, body: dict[str, Any]) -> bool:
        """Whether a journal line of this kind and body is meant."""
        return kind == self.event and all(body.get(k) == v for k, v in self.when.items())


@dataclass(frozen=True, slots=True)
class Term:
    """A statutory term: how long, counted how, started, paused and ended by what."""

    rule: Rule
    unit: Unit
    length: int
    duty: bool
    elapsed: bool
    scope: str
    starts: tuple[Happening, ...]
    pauses: tuple[tuple[str, str], ...]
    met: tuple[Happening, ...]
    cancelled: tuple[Happening, ...]
    #: Events by which a term of an arrival runs on for each proceeding opened on it.
    passes_on: frozenset[str]
    nature: Nature
    #: Kinds of papers that must leave within the term, counted from the day of the paper.
    papers: tuple[str, ...] = ()

    def is_met(self, kind: str, body: dict[str, Any]) -> bool:
        """Whether a journal line of this kind and body meets the term."""
        return any(each.matches(kind, body) for each in self.met)

    def is_cancelled(self, kind: str, body: dict[str, Any]) -> bool:
        """Whether a journal line of this kind and body leaves nothing to do within the term."""
        return any(each.matches(kind, body) for each in self.cancelled)

    @property
    def pausable(self) -> bool:
        """Whether anything makes the term stand still."""
        return bool(self.pauses)

    @property
    def id(self) -> str:
        """The rule id, which is the term's name everywhere."""
        return self.rule.id


@dataclass(frozen=True, slots=True)
class PresentationStart:
    """From which date a presentation term runs (PRES-START-01..05)."""

    rule: Rule
    basis: tuple[str, ...]
    disputed: bool
    #: The claims it speaks of: `sum`, `periodic`, or an act; all of them where it is empty.
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContentRule:
    """A part of the content a document must show (WRIT-CONT-01..06)."""

    rule: Rule
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of executive document: what it must contain, how long it can be presented."""

    rule: Rule
    code: str
    content: tuple[str, ...]
    content_unless_immediate: tuple[str, ...]
    presentation: str
    start: str
    start_immediate: str
    #: From when it runs where `start` does not speak of what the paper claims.
    start_otherwise: str
    immediate: bool
    #: Whether it only secures a claim, so that nothing is recovered by it.
    secures: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground for suspension, termination or return, with the evidence it needs."""

    rule: Rule
    verb: str
    kind: str
    evidence: tuple[str, ...]
    ends_on: str
    dated: Dated
    #: Whom it can befall: a natural or a legal person, in these roles; anybody where it is empty.
    befalls: dict[str, tuple[str, ...]]
    #: What must be so before it can be a ground, by the names of `core/needs.py`; on what a measure
    #: must be in force, and which coercive act must have been taken.
    needs: tuple[str, ...]
    secured: tuple[str, ...]
    forced: tuple[str, ...]
    #: By which measures it must have been taken, where an act of inventory did not list it; and
    #: what every claimant who is still owed must have signed.
    taken: tuple[str, ...]
    by_each: tuple[str, ...]
    #: Evidence that a claimant signed, be it one of several.
    by_claimant: tuple[str, ...]
    #: What a representative's authority must name for him to sign the evidence.
    power: str
    #: Whether the court then replaces the party, and by which rule his successor is looked for.
    succeeds: bool
    finds_successor: str
    #: What must have been handed in and wait, by the kinds of `submissions.toml`.
    handed: tuple[str, ...]
    #: What must have been asked and not answered yet, by the kinds of `letters.toml`.
    asked: tuple[str, ...]

    @property
    def by_claimants(self) -> tuple[str, ...]:
        """The evidence that claimants sign: each of them, or one."""
        return self.by_each + self.by_claimant


class Part(StrEnum):
    """What a part of a piece of evidence is."""

    TEXT = "text"
    DAY = "day"
    AHEAD = "ahead"
    MARK = "mark"
    LASTS = "lasts"


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """Of what a kind of evidence consists: its parts in order, which may be left out, which is no
    earlier than which."""

    id: str
    of: tuple[str, ...]
    grounds: tuple[str, ...]
    parts: dict[str, Part]
    optional: frozenset[str]
    after: dict[str, str]


@dataclass(frozen=True, slots=True)
class MeasureKind:
    """A securing measure, or a sanction a target needs (SEC-01..07, SANCT-01)."""

    rule: Rule
    targets: tuple[str, ...]
    by: str
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoerciveAct:
    """A way to enforce by force: on which claims, on what secured before, what it asks."""

    id: str
    rule: Rule
    claims: tuple[str, ...]
    secured: tuple[str, ...]
    asks: tuple[str, ...]
    title: Words
    #: What may be left out, and what is needed once another is told.
    optional: frozenset[str] = frozenset()
    together: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Participation:
    """A way to take part in enforcement beside the parties (PART-LIST-01, PARTIC-01)."""

    id: str
    rule: Rule
    title: Words
    #: The evidence it asks.
    asks: tuple[str, ...]
    #: Whether one of the parties `must` or `may` be named for whom he acts.
    whom: str
    #: Whether the party's papers go to him, and whether he is one of the parties himself.
    serves: bool
    among: bool
    #: On which bases even some of those can be it who are otherwise barred from it, and which.
    barred: tuple[str, ...]
    freed: tuple[str, ...]
    #: Acts that nobody but the debtor can do.
    personal: tuple[str, ...]
    #: At least how many are present at an act that asks for them.
    least: int


@dataclass(frozen=True, slots=True)
class Dropout:
    """Because of what a party drops out and is replaced by his successor (SUCC-01)."""

    id: str
    rule: Rule
    title: Words
    #: Whom it can befall: a natural or a legal person, in these roles.
    befalls: tuple[str, ...]
    roles: tuple[str, ...]
    #: The evidence it asks.
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubmissionKind:
    """What a participant hands in that must be answered: who may, who decides, what it opens."""

    id: str
    #: petition, complaint, recusal, or of the prosecutor: supervision, file_check.
    of: str
    rule: Rule
    title: Words
    #: The parties that may lodge it, or the bailiff himself; who decides.
    by: tuple[str, ...]
    decides: str
    outcomes: tuple[str, ...]
    #: Whether it is against a line of the journal, or may be.
    line: bool
    may_line: bool
    #: Whether it names the last day for its answer.
    dated: bool
    asks: tuple[str, ...]
    optional: frozenset[str]
    #: What the authority of a representative who lodges it must name; empty where nothing.
    power: str
    #: The kind of the resolution that answers it; empty where a court's act does.
    paper: str
    #: The step it opens while it waits and once it is granted: `verb`, and what its form holds.
    meanwhile: dict[str, str]
    granted: dict[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """A verb's rule and words: what the button says, what the journal says, what it effects."""

    verb: str
    rule: str
    event: str
    title: Words
    past: Words
    effect: Words
    initiators: tuple[str, ...] = ()

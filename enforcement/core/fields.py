"""What a verb asks, told once: each field draws itself on a form, reads what is typed there, by
API or by command, and accepts the value where the verb is taken.

A field that is not drawn in some case (`when`) is not asked there.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django import forms

from documents.executive_document import CONTROL
from enforcement.core.facts import Facts
from enforcement.core.form_fields import (
    MANY_LINES,
    DayField,
    SumField,
    ThingField,
    example_of,
    part_field,
)
from enforcement.core.parsing import BLANK, is_told
from enforcement.core.words import reading
from enforcement.facts.balance import TIYN
from law.model import Dated, EvidenceKind, Words
from law.refusal import Fact, FieldError, Kind, Refusal
from law.statute import OWN_ARGUMENTS, Statute

#: Texts under the law's keys: what proves a ground, what a measure or a coercive act asks.
Given = Mapping[str, Any]
ONE: Final = timedelta(days=1)
#: Signs a text can have, where nothing else is told.
LONGEST: Final = 1000
#: What makes several lines of a text.
LINES: Final = re.compile(r"[\r\n\v\f\x85\u2028\u2029]")
#: The largest sum that has a place, in tenge.
LARGEST: Final = Decimal("9999999999999.99")


@dataclass(frozen=True, slots=True)
class Option:
    """A ground, a measure or a coercive act: chosen first, since it says what else is asked."""

    id: str
    rule: str
    title: Words
    text: Words
    #: Where the texts it asks are kept: `evidence` or `details`.
    texts: str
    asks: tuple[str, ...]
    kind: str = ""
    ends_on: str = ""
    dated: Dated = Dated.NEVER
    #: What it needs to be secured before, by the law's targets.
    secured: tuple[str, ...] = ()
    #: Of what the pieces of evidence it asks consist, as far as they are no own words.
    pieces: Mapping[str, EvidenceKind] = field(default_factory=dict)
    #: What of it may be left out, and what a claimant has to sign.
    optional: Collection[str] = ()
    signed: Collection[str] = ()

    def fields(self) -> dict[str, str]:
        """What it asks: the name of each field and the law's key for its words."""
        return {ask if ask in OWN_ARGUMENTS else f"{self.texts}.{ask}": ask for ask in self.asks}


Asked = Mapping[str, Any]
Whole = Collection[str]
When = Callable[[Facts, Option | None], bool]


def always(now: Facts, option: Option | None) -> bool:
    """Asked in every case."""
    return True


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing asked, named as the verb's argument."""

    name: str = field(kw_only=False)
    label: Any = ""
    #: Words beside the field, or what tells them of the case as it stands.
    hint: Any = ""
    required: bool = True
    when: When = always
    #: Whether a form insists on it, where that hangs on what was chosen.
    must: When | None = None
    #: An example where nothing was typed, to see what the verb would do.
    sample: Callable[[Facts, "Asked"], Any] | None = None
    #: Whether it is no field that a person sees: a program tells it.
    hidden: bool = False
    #: Whether of all it draws only what is told counts.
    partly: bool = False

    def draw(self, now: Facts, option: Option | None) -> forms.Field:
        """The field of a form; it reads what is typed."""
        raise AssertionError(f"{type(self)} is not drawn by itself")

    def drawn(self, now: Facts, option: Option | None) -> dict[str, forms.Field]:
        """The fields of a form by name; none where it is not asked."""
        return {self.name: self.draw(now, option)} if self.when(now, option) else {}

    def titles(self, now: Facts) -> dict[str, str]:
        """What several of its fields are under, by the name that theirs begin with."""
        return {}

    def accept(self, value: Any, now: Facts, given: Asked) -> Any:
        """The value as the verb takes it; a Refusal where it cannot be."""
        return value

    def example(self, now: Facts, given: Asked) -> Any:
        """The example of such a field, where it has none of its own."""
        return None

    def examples(self, now: Facts, given: Asked) -> dict[str, Any]:
        """The arguments it gives where nothing was typed."""
        if self.name in given or not self.when(now, None):
            return {}
        found = self.sample(now, given) if self.sample else self.example(now, given)
        return {} if found is None else {self.name: found}

    def _told(self, now: Facts, option: Option | None) -> dict[str, Any]:
        must = self.must(now, option) if self.must else self.required
        hint = self.hint(now) if callable(self.hint) else self.hint
        told = {"label": self.label, "help_text": hint, "required": must}
        return {**told, "widget": forms.HiddenInput()} if self.hidden else told

    def wrong(self, code: str) -> FieldError:
        """What is wrong with this field."""
        return FieldError(self.name, code)


@dataclass(frozen=True, kw_only=True)
class Text(Field):
    """Words of the person who signs."""

    longest: int = LONGEST
    many_lines: bool = False
    #: What it is called when it is missing, and the part the rule plays that asks for it.
    code: str = "evidence_missing"
    rule: str = ""

    def draw(self, now: Facts, option: Option | None) -> forms.Field:
        """A line, or several, of no more signs than have a place."""
        rows = {"rows": 5}
        widget = forms.Textarea(attrs=rows) if self.many_lines else forms.TextInput()
        told = {"widget": widget, **self._told(now, option)}
        return forms.CharField(max_length=self.longest, **told)

    def accept(self, value: Any, now: Facts, given: Asked) -> str:
        """The text without blanks around it; a Refusal where it is missing, says nothing, is too
        long or unfit."""
        text = bounded(self.name, value, self.longest, many_lines=self.many_lines)
        if self.required and not is_told(text) and self.when(now, None):
            rule = now.law.role(self.rule) if self.rule else ""
            raise Refusal(self.code, rule=rule, errors=(self.wrong("required"),))
        return text

    def example(self, now: Facts, given: Asked) -> str:
        """Words nobody typed yet."""
        return BLANK if self.required else ""


def bounded(name: str, value: Any, longest: int, *, many_lines: bool = True) -> str:
    """A text without signs no paper can bear and no longer than its place, or a Refusal."""
    if not isinstance(value, str):
        raise Refusal("invalid", errors=(FieldError(name, "format"),))
    text = value.strip()
    if CONTROL.search(text) or (not many_lines and LINES.search(text)):
        raise Refusal("invalid", errors=(FieldError(name, "format"),))
    if len(text) > longest:
        raise Refusal("invalid", errors=(FieldError(name, "too_long"),))
    return text


#: What a choice is among: a word list of the law by its name, or words by key as they stand now.
Words_ = str | Callable[[Facts, Option | None], Mapping[str, Words]]


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One key of a list."""

    among: Words_
    #: Whether nothing is chosen before somebody chooses.
    named: bool = False
    #: Whether the verb itself says what is wrong with a key that is not in the list.
    judged: bool = False
    #: The key that is meant where none is told.
    default: str = ""

    def known(self, now: Facts, option: Option | None = None) -> Mapping[str, Words]:
        """The keys that can be chosen, with their words."""
        return now.law.list(self.among) if isinstance(self.among, str) else self.among(now, option)

    def draw(self, now: Facts, option: Option | None) -> forms.Field:
        """The keys in words, after a blank where nothing is chosen before somebody chooses."""
        found = [(k, words.in_(reading())) for k, words in self.known(now, option).items()]
        blank = [("", "—")] if self.named or not self.required else []
        told = self._told(now, option)
        if self.default:
            told |= {"required": False, "initial": self.default}
        return forms.ChoiceField(choices=[*blank, *found], **told)

    def accept(self, value: Any, now: Facts, given: Asked) -> Any:
        """The key; a Refusal where the list has none such."""
        value = value or self.default
        if not self.judged and value not in self.known(now) and (value or self.required):
            raise Refusal("invalid", errors=(self.wrong("unknown"),))
        return value

    def example(self, now: Facts, given: Asked) -> str:
        """The first key of the list."""
        return next(iter(self.known(now)), "")


Bound = Callable[[Facts, Asked], date]


@dataclass(frozen=True, kw_only=True)
class Day(Field):
    """A day beside the legal date: from `least` to `most`, both days with it."""

    least: Bound | None = None
    most: Bound | None = None
    #: The part the rule plays that the day is refused by.
    rule: str = ""

    def draw(self, now: Facts, option: Option | None) -> forms.Field:
        """The browser's own field for a day."""
        return DayField(**self._told(now, option))

    def accept(self, value: Any, now: Facts, given: Asked) -> date | None:
        """The day; a Refusal where it is missing or out of its bounds."""
        rule = now.law.role(self.rule) if self.rule else ""
        if value is None:
            if self.required and self.when(now, None):
                raise Refusal("evidence_missing", rule=rule, errors=(self.wrong("required"),))
            return None
        day: date = value
        if self.most and day > (last := self.most(now, given)):
            raise wrong_period(self.name, day, f"<= {last}", rule=rule)
        if self.least and day < (first := self.least(now, given)):
            raise wrong_period(self.name, day, f">= {first}", rule=rule)
        return day

    def example(self, now: Facts, given: Asked) -> date | None:
        """The earliest day there can be, where one is needed."""
        if not self.required:
            return None
        return self.least(now, given) if self.least else now.on


def wrong_period(name: str, day: date, needed: str, *, rule: str = "") -> Refusal:
    """The refusal of a day that does not fit the others."""
    error = FieldError(name, "out_of_range")
    return Refusal(
        "wrong_period", rule=rule, facts=(Fact(name, str(day), needed),), errors=(error,)
    )


@dataclass(frozen=True, kw_only=True)
class Sum(Field):
    """A sum of whole tiyn above nothing, up to `most`."""

    most: Callable[[Facts, Asked], Decimal | None]
    code: str = "invalid"
    #: The part the rule plays that bounds it.
    rule: str = ""
    #: Whether the verb itself says what is wrong with it.
    judged: bool = False

    def draw(self, now: Facts, option: Option | None) -> forms.Field:
        """A field that reads a sum as papers print it."""
        return SumField(**self._told(now, option))

    def accept(self, value: Any, now: Facts, given: Asked) -> Any:
        """The sum; a Refusal where it is not within its bounds."""
        if value is None and not self.required:
            return None
        if self.judged:
            return Decimal(value)
        most, amount = self.most(now, given), Decimal(value)
        if most is None or not within(amount, most):
            needed = f"{TIYN} – {most}" if most is not None else "-"
            fact = Fact(self.name, str(amount), needed)
            rule = now.law.role(self.rule) if self.rule else ""
            raise Refusal(self.code, rule=rule, facts=(fact,), errors=(self.wrong("out_of_range"),))
        return amount

    def example(self, now: Facts, given: Asked) -> Decimal | None:
        """The smallest sum there is, where one is needed."""
        return TIYN if self.required else None


def within(amount: Decimal, most: Decimal) -> bool:
    """Whether a sum is of whole tiyn, above nothing and no more than `most`."""
    return amount.is_finite() and 0 < amount <= most and amount == amount.quantize(TIYN)


@dataclass(frozen=True, kw_only=True)
class Thing(Field):
    """One of the things there are: a debt, a cost, a measure, an office, a line."""

    #: The things with what they are called, as they stand now.
    among: Callable[[Facts, Option | None], Iterable[tuple[Any, str]]]
    #: The key a thing is chosen by.
    key: Callable[[Any], str] = lambda thing: str(thing.pk)
    #: Other names a command may use; the thing meant where it names none.
    named: Callable[[Facts, str], Any] | None = None
    #: Whether a thing is one of the case at all; a stranger's is found by nobody (404).
    belongs: Callable[[Facts, Any], bool] = lambda now, thing: True
    #: What the verb takes of it: the thing itself, or its number.
    taken: Callable[[Any], Any] = lambda thing: thing

    def draw(self, now: Facts, option: Option | None) -> forms.Field:
        """The things by what they are called."""
        pairs = list(self.among(now, option))
        return ThingField(self, now, pairs, **self._told(now, option))

    def example(self, now: Facts, given: Asked) -> Any:
        """The first thing there is."""
        return next((self.taken(thing) for thing, _name in self.among(now, None)), None)


@dataclass(frozen=True, kw_only=True)
class Chosen(Field):
    """What is chosen before the rest is asked: a ground, a kind of measure, a coercive act.

    `texts`: the argument under which the words it asks are given, by the law's keys.
    """

    texts: str
    among: Callable[[Statute, str], Iterable[Option]]
    #: Whether an option is one for this thing now.
    fits: Callable[[Facts, Option], bool] = lambda now, option: True
    #: Why an option cannot be chosen now, whatever is typed.
    closed: Callable[[Facts, Option], Refusal | None] = lambda now, option: None
    #: Examples of what cannot be any words, in place of those found.
    better: Callable[[Facts, Option, Asked], Asked] = lambda now, option, found: {}

    def options(self, law: Statute, verb: str) -> dict[str, Option]:
        """What can be chosen, by id."""
        return {each.id: each for each in self.among(law, verb)}

    def drawn(self, now: Facts, option: Option | None) -> dict[str, forms.Field]:
        """The choice itself, hidden, once it was made."""
        if option is None:
            return {}
        return {self.name: forms.CharField(widget=forms.HiddenInput, initial=option.id)}

    def examples(self, now: Facts, given: Asked) -> dict[str, Any]:
        """The words the choice asks, as far as nobody typed them."""
        option = self.options(now.law, "").get(given.get(self.name, ""))
        if option is None:
            return {}
        said, found = given.get(self.texts, {}), dict[str, Any]()
        for n, key in enumerate(k for name, k in option.fields().items() if name != k):
            parts = {path: said[path] for path in said if path.startswith(f"{key}.")}
            whole = said.get(key) or next(iter(now.law.choices(key)), f"{BLANK}{n}")
            piece = option.pieces.get(key)
            found |= example_of(key, piece, parts, now.on) if piece and parts else {key: whole}
        return {self.texts: {**found, **self.better(now, option, found)}}

    def asked_by(self, option: Option, law: Statute, whole: Whole = ()) -> dict[str, forms.Field]:
        """What the option asks: words, one of a list, the parts of what is not told `whole`."""
        words, found = law.list(self.texts), dict[str, forms.Field]()
        # What bears its own name is an argument of the verb, which has a field of its own.
        for name, key in ((n, k) for n, k in option.fields().items() if n != k):
            label, called = words[key].in_(reading()), law.list("parts")
            if (piece := option.pieces.get(key)) and name not in whole:
                parts = {p: part_field(piece, p, called[p].in_(reading())) for p in piece.parts}
                found |= {f"{name}.{part}": each for part, each in parts.items()}
            elif choices := law.choices(key):
                pairs = [(code, each.in_(reading())) for code, each in choices.items()]
                found[name] = forms.ChoiceField(label=label, choices=[("", "—"), *pairs])
            else:
                rows = forms.Textarea(attrs={"rows": 5}) if key in MANY_LINES else None
                told: dict[str, Any] = {"label": label, "required": key not in option.optional}
                found[name] = forms.CharField(max_length=LONGEST, widget=rows, **told)
        return found


def refuse_unknown(law: Statute, value: str, words: str, name: str) -> None:
    """422 unless a word list of the law has the value."""
    if value not in law.list(words):
        raise Refusal("invalid", errors=(FieldError(name, "unknown"),))


def not_found(name: str) -> Refusal:
    """404: no such thing here."""
    return Refusal("not_found", kind=Kind.UNSEEN, errors=(FieldError(name, "unknown"),))

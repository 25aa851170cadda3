"""The card of a verb: all that is told of it, at its function.

Registry, permission, form, page, API, command and the listing of the lifecycle read the card;
what the button says and which rule it carries out stands in the law's data.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from inspect import Parameter, Signature, signature
from typing import Any, Final, Protocol

from deadlines.fold import Event
from enforcement.core.facts import Facts
from enforcement.core.fields import Field
from journal.models import Entry
from law.refusal import Refusal

#: What closes a verb that the state allows; None where nothing does.
Guard = Callable[[Facts], Refusal | None]


class Annulled(StrEnum):
    """When a line can be annulled (Q25)."""

    NEVER = ""
    #: While the proceeding is open, whatever came after.
    ANY = "any"
    #: As ANY, and after the end what was written down since: money comes when it comes.
    COUNTING = "counting"
    #: Only as the last line of the case's proceeding that changed its state.
    LAST_OF_STATE = "last of state"
    #: Only as the last line of its chapter that a person wrote.
    LAST_OF_CHAPTER = "last of chapter"


class Undo(Protocol):
    """Takes back what a wrong line did beside the state and the terms; `entry` annuls it.

    `act`: the step that annuls, as every callable of a card has it (core/act.py).
    """

    def __call__(self, act: Any, wrong: Entry, entry: Entry, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Line:
    """A line a verb writes into the journal: its event, and how it is annulled."""

    event: str
    annulled: Annulled = Annulled.NEVER
    undo: Undo | None = None
    #: The state its annulment brings back, where it changed the state.
    back: Callable[[Any, Entry], str] | None = None
    #: Why it cannot be annulled now though others of its kind could: the facts, the line, and the
    #: lines of the proceeding that stand.
    stays: Callable[[Facts, Entry, Sequence[Entry]], bool] | None = None
    #: Whether it is the beginning of a thing: annulled, the thing is void.
    born: bool = False
    #: What ends a case for good is annulled by a court or a prosecutor alone.
    final: bool = False
    #: Whether a senior bailiff is shown it among the lines to look over.
    looked_over: bool = True


def never(now: Facts) -> Refusal | None:
    """Nothing closes the verb but state and role."""
    return None


@dataclass(frozen=True, slots=True)
class Card:
    """What a verb is taken on, by whom, what it asks, writes, issues, and why it is closed."""

    #: The thing it is taken on; None where the thing is only made by it.
    on: Any
    by: frozenset[str]
    asks: tuple[Field, ...] = ()
    icon: str = ""
    writes: tuple[Line, ...] = ()
    #: The kinds of papers it can issue.
    issues: tuple[str, ...] = ()
    unless: Guard = never
    #: When it is the next lawful step, and what its form then holds; the law's steps.toml says
    #: which one comes first.
    due: Callable[[Facts], Mapping[str, str] | None] | None = None
    #: Which transition of the machine it is, where that hangs on the facts or on what is asked.
    becomes: Callable[[Facts, Mapping[str, Any]], str] | None = None
    also: tuple[str, ...] = ()
    #: The thing it brings into being, and the state that is born in.
    makes: tuple[Any, str] | None = None
    #: What time will do later because of it.
    afterwards: Callable[[Any, Mapping[str, Any]], Iterable[Event]] | None = None
    #: Of which things of its machine it is, where not of all.
    only_on: Callable[[Any], bool] = lambda thing: True
    #: What it asks of the day of a fact that can be older than the case's last line; where it is
    #: left out, that is the day it was taken on, and the line stands on the last line's day.
    own_day: str = ""
    #: What nobody else does meanwhile, by keys of the thing and of what is asked; waited for before
    #: the case is, in the order in which a paper that arrives waits.
    alone: Callable[[Any, Mapping[str, Any]], Iterable[str]] | None = None
    #: It ends the case here: it stands apart and asks for the password again.
    ends: bool = False
    #: It stands in the list of what can be done now and is signed on the page of its form.
    listed: bool = True


class Verb:
    """A verb of the law: its card and its function, called in one transaction.

    Taken on a thing: `suspend(proceeding, on=day, by=user, head=read, **asked)`.
    """

    def __init__(self, card: Card, body: Callable[..., Any], *, taken: Callable[..., Any]) -> None:
        self.card = card
        self.body = body
        #: How it is taken: in the step that every verb shares.
        self.taken = taken
        self.name = body.__name__
        self.__name__ = body.__name__
        self.__doc__ = body.__doc__
        #: The names that its function takes.
        self.own = frozenset(signature(body).parameters)
        self.signature: Signature = _asking(signature(body), card)

    @property
    def machine(self) -> str:
        """The machine of the thing it is taken on."""
        return str(getattr(self.card.on, "MACHINE", ""))

    @property
    def asks(self) -> list[str]:
        """The names of what it asks beside the thing, the day and the person."""
        return [name for name in list(self.signature.parameters)[1:] if name not in ("on", "by")]

    def requires(self, name: str) -> bool:
        """Whether it cannot be called without this argument."""
        return self.signature.parameters[name].default is Parameter.empty

    def field(self, name: str) -> Field | None:
        """The field it asks under this name."""
        return next((each for each in self.card.asks if each.name == name), None)

    def __call__(self, subject: Any, **given: Any) -> Any:
        """Take it; a Refusal leaves everything as it was."""
        return self.taken(self, subject, **given)

    def __repr__(self) -> str:
        return f"<verb {self.name}>"


def _asking(body: Signature, card: Card) -> Signature:
    """What a verb can be called with: what its function takes, and what every verb asks."""
    named = [each.name for each in card.asks if each.name not in body.parameters]
    beside = [Parameter(name, Parameter.KEYWORD_ONLY, default="") for name in named]
    return body.replace(parameters=[*body.parameters.values(), *beside])


#: Every verb by its name, filled as the chapters are read.
VERBS: Final[dict[str, Verb]] = {}


def of_machine(machine: str) -> list[Verb]:
    """The verbs taken on things of a machine."""
    return [each for each in VERBS.values() if each.machine == machine]


def permissions() -> dict[str, frozenset[str]]:
    """Who may take which step, the outcomes of a verb with it; nobody what stands not here."""
    return {name: each.card.by for each in VERBS.values() for name in (each.name, *each.card.also)}


def lines() -> dict[str, tuple[Verb, Line]]:
    """Every line of the journal that a verb writes, by its event, as it is annulled."""
    every = [(each, line) for each in VERBS.values() for line in each.card.writes]
    every.sort(key=lambda known: known[1].annulled is not Annulled.NEVER)
    return {line.event: (each, line) for each, line in every}


def writing(event: str) -> Verb:
    """The verb that writes a line of this event."""
    return lines()[event][0]

"""What a bailiff asks of others and waits for, as the law's data tells it (letters.toml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from law.blocks import words
from law.model import LawError, Rule, Words

#: What a step asks beforehand, by the names of its fields: `verb` is the step itself.
Way = Mapping[str, str]
NEEDED: Final = {"verb", "rule", "paper", "to", "asks", "replies", "title"}
LISTS: Final = ("to", "asks", "replies", "failures", "optional", "initiators", "after")
#: Who asks in his own name.
BAILIFF: Final = "bailiff"


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A kind of letter that waits for a reply: of whom what is asked, what can come of it."""

    id: str
    rule: Rule
    verb: str
    paper: str
    title: Words
    #: Kinds of addressees, and what it says, by the law's keys.
    to: tuple[str, ...]
    asks: tuple[str, ...]
    replies: tuple[str, ...]
    #: What comes instead of a reply and can be an offence.
    failures: tuple[str, ...]
    #: What of it may be left out.
    optional: tuple[str, ...]
    #: Who may ask.
    initiators: tuple[str, ...]
    #: The failures that it can follow.
    after: tuple[str, ...]
    #: Whether one paper may go to many, and whether the bailiff names the last day himself.
    several: bool
    dated: bool
    #: The term in which what has to be prepared is answered; empty where none is told.
    term: str
    #: The paper drawn up with the reply.
    reply_paper: str
    #: The step it is a ground for while the reply is awaited, and those its replies lead to.
    opens: Way
    leads: Mapping[str, Way]

    @property
    def by_bailiff(self) -> bool:
        """Whether the bailiff may ask it."""
        return BAILIFF in self.initiators


def letter_kind(key: str, block: dict[str, Any], rule: Rule, where: str) -> LetterKind:
    """One kind of letter; LawError where it has an unknown key or lacks one."""
    known = NEEDED | {*LISTS, "several", "due", "term", "reply_paper", "opens", "leads"}
    if (unknown := set(block) - known) or NEEDED - set(block):
        raise LawError(f"{where}: unknown or missing keys in {sorted(unknown or block)}")
    if block.get("due", "day") != "day":
        raise LawError(f"{where}: `due` is 'day' or left out")
    lists: dict[str, Any] = {name: tuple(block.get(name, ())) for name in LISTS}
    lists["initiators"] = lists["initiators"] or (BAILIFF,)
    return LetterKind(
        id=key,
        rule=rule,
        title=words(block["title"], where),
        several=bool(block.get("several")),
        dated="due" in block,
        opens=dict(block.get("opens", {})),
        leads={reply: dict(way) for reply, way in block.get("leads", {}).items()},
        **{name: block.get(name, "") for name in ("verb", "paper", "term", "reply_paper")},
        **lists,
    )

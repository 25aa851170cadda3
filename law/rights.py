"""The sections of the page of rights and duties, as a rule set tells them (rights.toml)."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from law.blocks import read, words
from law.model import LawError, Rule, Words
from law.statute import statute


@dataclass(frozen=True, slots=True)
class Section:
    """What binds somebody: the rules in their order, under an anchor and a title."""

    id: str
    title: Words
    rules: tuple[Rule, ...]


@lru_cache
def sections(rule_set: str) -> tuple[Section, ...]:
    """Every section of a rule set; none where it has no such page. LawError for an unknown rule."""
    law, found = statute(rule_set), []
    path = Path(__file__).parent / rule_set / "rights.toml"
    for key, blocks in read(path).items():
        where = f"{rule_set}/rights.toml [{key}]"
        for block in blocks:
            if unknown := {*block} - {"rules", "title"} | {*block["rules"]} - {*law.ids()}:
                raise LawError(f"{where}: unknown {sorted(unknown)}")
            rules = tuple(law.rule(rule) for rule in block["rules"])
            found.append(Section(key, words(block["title"], where), rules))
    return tuple(found)

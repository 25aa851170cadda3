"""The law as templates ask it: `{{ rule|law_title:law }}`, `{{ state|word:law.states }}`.

A page hands down the law of its case as `law`; a list, that of each row.
"""

from dataclasses import dataclass

from law.statute import Statute


@dataclass(frozen=True, slots=True)
class Listed:
    """One word list of a rule set, by its name."""

    law: Statute
    name: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A rule set; its word lists are looked up by name."""

    law: Statute

    def __getitem__(self, name: str) -> Listed:
        """The word list of this name: `law.states`."""
        return Listed(self.law, name)

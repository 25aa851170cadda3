"""The chapters of the law. Reading them fills the register of verbs, and tells in which order what
lasts in them comes to its end."""

from importlib import import_module
from typing import Final

CHAPTERS: Final = (
    "suspension",
    "court",
    "intake.receiving",
    "intake.verbs",
    "initiation",
    "offer",
    "postponement",
    "measures.freeze",
    "measures.securing",
    "measures.lifting",
    "property",
    "coercion",
    "money",
    "performance",
    "endings",
    "transfer",
    "correction",
    "post.sending",
)


def read() -> None:
    """Read them all."""
    for name in CHAPTERS:
        import_module(f"enforcement.{name}")

"""The chapters of the law. Reading them fills the register of verbs, and tells in which order what
lasts in them comes to its end."""

from importlib import import_module
from typing import Final

CHAPTERS: Final = (
    "enforcement.suspension",
    "enforcement.deferral",
    "enforcement.intake.receiving",
    "enforcement.intake.answering",
    "enforcement.intake.attachments",
    "enforcement.initiation",
    "enforcement.offer",
    "enforcement.postponement",
    "enforcement.measures.freeze",
    "enforcement.measures.securing",
    "enforcement.measures.lifting",
    "enforcement.letters.sending",
    "enforcement.letters.replying",
    "enforcement.inventory",
    "enforcement.coercion",
    "enforcement.money.receipts",
    "enforcement.money.periodic",
    "enforcement.money.amending",
    "enforcement.money.costs",
    "enforcement.performance",
    "enforcement.endings",
    "enforcement.succession",
    "enforcement.transfer",
    "enforcement.knowledge",
    "enforcement.hearing",
    "enforcement.assignment",
    "enforcement.submission.lodging",
    "enforcement.submission.answering",
    "enforcement.submission.righting",
    "enforcement.supervision.demanding",
    "enforcement.people.addresses",
    "enforcement.people.correcting",
    "enforcement.people.restoring",
    "enforcement.engagement",
    "enforcement.correction",
    "enforcement.post.sending",
)


def read() -> None:
    """Read them all."""
    for name in CHAPTERS:
        import_module(name)

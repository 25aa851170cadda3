"""Who was let into the file, and what participants said, as the case page shows it."""

from typing import Any, Final

from enforcement.case.file import CaseFile, annotated
from enforcement.core.words import reading
from enforcement.hearing import SAID, SHOWN

#: Under which key a line keeps its kind, the words for it, and what was told.
TOLD: Final = {
    SHOWN: ("access", "access_kinds", "what"),
    SAID: ("statement", "statement_kinds", "text"),
}


def hearing(file: CaseFile) -> list[dict[str, Any]]:
    """Each access and each statement: whose, of which kind, on which day, noted by whom."""
    found, gone = [], {line.corrects for line in file.lines}
    for line in file.entries:
        if line.kind in TOLD and line.seq not in gone:
            key, words, text = TOLD[line.kind]
            kept = {each["key"]: each["text"] for each in annotated(line).proof}
            found.append(
                {
                    "kind": line.kind,
                    "title": file.law.word(words, line.facts[key]).in_(reading()),
                    "party": kept["party"],
                    "agent": kept.get("representative", ""),
                    "text": kept[text],
                    "on": line.on,
                    "line": line.seq,
                    "by": line.by.full_name if line.by else "",
                }
            )
    return found

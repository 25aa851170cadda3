"""The one door for a paper: its number, its text in both languages, its exact bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from accounts.models import Office, User
from documents.addressees import addressees
from documents.models import Blob, Paper, Register, Rendering
from documents.rendering import render
from journal.models import Entry
from law.statute import statute

LANGUAGES: Final = ("kk", "ru")
PDF: Final = "application/pdf"
_COUNT_UP: Final = """
UPDATE documents_register SET last = last + 1
WHERE office_id = %s AND kind = %s AND year = %s RETURNING last
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper rendered and numbered, waiting for the journal line it hangs on."""

    kind: str
    office: Office
    rule_set: str
    number: int
    issued_on: date
    by: User
    facts: Mapping[str, Any]
    blobs: Mapping[str, Blob]

    def in_journal(self) -> dict[str, Any]:
        """What the journal line says of the paper: its number and the digests of its bytes."""
        digests = {language: blob.digest for language, blob in self.blobs.items()}
        label = f"{self.number}/{self.issued_on.year}"
        return {"kind": self.kind, "number": label, "digests": digests}


def next_number(office: Office, kind: str, *, year: int) -> int:
    """The next number of an office's register in a year: gapless, since its row stays locked
    until the transaction ends."""
    if number := _counted_up(office, kind, year):
        return number
    fresh = Register(office=office, kind=kind, year=year)
    Register.objects.bulk_create([fresh], ignore_conflicts=True)
    return _counted_up(office, kind, year)


def _counted_up(office: Office, kind: str, year: int) -> int:
    """The register's new last number; 0 where the year has no register yet."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_UP, [office.pk, kind, year])
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def draft(
    kind: str,
    *,
    office: Office,
    rule_set: str,
    facts: Mapping[str, Any],
    on: date,
    by: User,
    rehearsed: bool = False,
) -> Draft:
    """Number and render a paper inside the transaction of the verb that issues it.

    `rehearsed`: only its facts are wanted; it takes no number of the register and has no bytes.
    """
    if rehearsed:
        whole = {**facts, "number": "", "issued_on": on.isoformat()}
        return Draft(kind, office, rule_set, 0, on, by, whole, {})
    number = next_number(office, "paper", year=on.year)
    whole = {**facts, "number": f"{number}/{on.year}", "issued_on": on.isoformat()}
    blobs = {}
    for language in LANGUAGES:
        pdf = render(kind, facts=whole, language=language, law=statute(rule_set), on=on)
        blobs[language] = Blob.of(pdf, media_type=PDF)
    return Draft(kind, office, rule_set, number, on, by, whole, blobs)


def file(drafts: Sequence[Draft], *, entry: Entry) -> list[Paper]:
    """Store the papers on the journal line that issued them, in three queries or none; rehearsed
    ones are stored nowhere."""
    if not drafts:
        return []
    papers = [_paper(each, entry) for each in drafts]
    blobs = [blob for each in drafts for blob in each.blobs.values()]
    if not blobs:
        return papers
    Blob.objects.bulk_create(blobs, ignore_conflicts=True)
    Paper.objects.bulk_create(papers)
    Rendering.objects.bulk_create(
        Rendering(paper=paper, language=language, blob=blob)
        for paper, each in zip(papers, drafts, strict=True)
        for language, blob in each.blobs.items()
    )
    return papers


def _paper(draft: Draft, entry: Entry) -> Paper:
    text = statute(draft.rule_set).text(draft.kind, on=draft.issued_on)
    return Paper(
        entry=entry,
        office=draft.office,
        kind=draft.kind,
        rule_set=draft.rule_set,
        year=draft.issued_on.year,
        number=draft.number,
        issued_on=draft.issued_on,
        by=draft.by,
        facts=draft.facts,
        addressees=addressees(text, draft.facts),
    )

"""The papers of a case with whom they went to, and the files handed in with it."""

from datetime import date
from typing import Any

from django.urls import reverse

from documents.issuing import LANGUAGES
from enforcement.case.file import CaseFile, annotated
from enforcement.core.words import reading
from enforcement.facts.engaged import engaged_of
from enforcement.lifecycle.proceeding import ANNULLED
from enforcement.post.sending import sent_to


def papers_of(file: CaseFile) -> list[dict[str, Any]]:
    """The papers issued, each with where it was sent."""
    found = []
    void = _void(file)
    agents = [each for arrival in file.arrivals for each in engaged_of(arrival)]
    withdrawn = {key for line in file.entries for key in line.facts.get("withdrawn", ())}
    for paper in file.papers:
        sent = []
        for each in annotated(paper).sent:
            on = date.fromisoformat(each["on"])
            sent.append({**each, "on": on, "addressee": sent_to(paper, each, agents, on=on)})
        found.append(
            {
                "id": paper.pk,
                "entry_id": paper.entry_id,
                "number": paper.label,
                "kind": paper.kind,
                "title": file.law.texts[paper.kind]["title"][reading()],
                "issued_on": paper.issued_on,
                "sent": sent,
                "void": paper.entry_id in void or str(paper.pk) in withdrawn,
                "urls": {lang: reverse("paper", args=[paper.pk, lang]) for lang in LANGUAGES},
            }
        )
    return found


def _void(file: CaseFile) -> set[Any]:
    """The lines of proceedings that were begun by mistake."""
    gone = {each.pk for each in file.proceedings if each.state == ANNULLED}
    return {entry.pk for entry in file.entries if entry.subject in gone}


def attachments_of(file: CaseFile) -> list[dict[str, Any]]:
    """The files handed in, the oldest first."""
    found = []
    for entry in reversed(file.entries):
        files = annotated(entry).files
        found += [{**each, "url": reverse("attachment", args=[each["id"]])} for each in files]
    return found

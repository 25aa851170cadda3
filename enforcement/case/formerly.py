"""What was told of a party before: what was put right, and in whose place he came."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from enforcement.case.file import CaseFile, annotated
from enforcement.core.words import reading
from enforcement.models import Participant
from enforcement.people.paths import person_of


def was(person: Participant, file: CaseFile) -> Iterator[dict[str, str]]:
    """What was told of a person before it was put right, the oldest first; then whom he succeeded,
    with the day until which that one was the party."""
    for line in file.lines:
        path = line.facts.get("field", "")
        if line.subject != person.presentation_id or not path:
            continue
        if person_of(path) == (person.role, person.position):
            kept = {each["key"]: each["text"] for each in annotated(line).proof}
            label = file.law.word("fields", path.rpartition(".")[2]).in_(reading())
            yield {"label": label, "text": kept.get("was", "")}
    for each in annotated(person).former:
        name = each["ru" if reading() == "ru" else "kk"]
        text = f"{name}, {each['number']}" if each["number"] else name
        yield {"label": _("Former party, until %(day)s") % {"day": each["until"]}, "text": text}

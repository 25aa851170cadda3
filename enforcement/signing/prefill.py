"""What a form holds of the letter, of what was handed in or of the party that it follows: the
address tells only its key, so that no name stands in it."""

from typing import Final
from uuid import UUID

from enforcement.core.card import Verb, writing
from enforcement.letters import prefill as of_a_letter
from enforcement.models import Case, Letter, Participant, Submission
from enforcement.submission import prefill as of_a_submission
from enforcement.transfer import told_of
from law.statute import Statute

#: The part of the address that tells the key.
FOLLOWS: Final = "follows"


def held_of(case: Case, verb: Verb, key: str, law: Statute) -> dict[str, str]:
    """What the form of a verb holds of the thing of the case with that key; nothing of another."""
    try:
        own = {"case": case, "pk": UUID(key)}
    except ValueError:
        return {}
    if verb is writing("transferred"):
        moved = Participant.objects.filter(presentation__case=case, pk=UUID(key)).first()
        return told_of(moved) if moved else {}
    letter = Letter.objects.filter(**own).select_related("to", "participant").first()
    if letter is not None:
        return of_a_letter.held(letter, verb.name, law)
    known = Submission.objects.filter(**own).select_related("author", "concerned", "supervisor")
    asked = known.first()
    return of_a_submission.held(asked, verb.name, law) if asked else {}

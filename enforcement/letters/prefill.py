"""The step that a letter opens or leads to, and what that step's form holds of it."""

from typing import Final

from enforcement.core.words import reading
from enforcement.lifecycle.letter import ANSWERED, AWAITED, UNMET
from enforcement.models import Letter
from law.letters import Way
from law.statute import Statute

#: What the form of a protocol holds of the letter that was not met.
MET_NOT: Final = {"details.offender": "{to}", "details.offence_proof": "{title}: {paper}"}


def way_of(letter: Letter, law: Statute) -> Way:
    """The step it is a ground for while its reply is awaited, or that its reply leads to; of what
    was not met, the protocol. Empty where it leads to none."""
    kind = law.letters[letter.kind]
    found = {
        AWAITED: kind.opens,
        ANSWERED: kind.leads.get(letter.outcome, {}),
        UNMET: _protocol(letter, law),
    }
    return found.get(letter.state, {})


def _protocol(letter: Letter, law: Statute) -> Way:
    kind = next((each for each in law.letters.values() if letter.outcome in each.after), None)
    if kind is None:
        return {}
    return {"verb": kind.verb, "kind": kind.id, "after": str(letter.pk), **MET_NOT}


def held(letter: Letter, verb: str, law: Statute) -> dict[str, str]:
    """What the form of that step holds, by its fields; nothing for another step."""
    way = way_of(letter, law)
    if way.get("verb") != verb:
        return {}
    number = f"№ {letter.number or letter.paper}"
    day = letter.decided_on or letter.replied_on or letter.sent_on
    name = letter.name(reading())
    told = {
        "to": name,
        "title": law.letters[letter.kind].title.in_(reading()),
        "paper": letter.paper,
        "number": letter.number,
        "sent_on": str(letter.sent_on),
        "decided_on": str(letter.decided_on or ""),
        "proof": f"{number}, {day:%d.%m.%Y}, {name}",
    }
    return {field: text.format(**told) for field, text in way.items() if field != "verb"}

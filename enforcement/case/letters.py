"""What the page of a case tells of its letters: to whom, until when, what came, what follows."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from enforcement.case.file import CaseFile, annotated
from enforcement.case.terms import ledger_url
from enforcement.core.card import VERBS, lines, writing
from enforcement.core.checks import closed
from enforcement.core.facts import Facts
from enforcement.core.words import reading, step_title
from enforcement.facts.letters import due_of, ends_with, scope
from enforcement.letters.prefill import way_of
from enforcement.lifecycle.letter import AWAITED, UNMET
from enforcement.lifecycle.proceeding import OPEN
from enforcement.models import Letter, Proceeding
from law.letters import Way

DAYS: Final = ("sent_on", "received_on", "answer_by", "replied_on", "decided_on")
#: What is done with a letter, by the lines it writes.
DONE: Final = ("letter_received", "reply_received", "letter_unmet", "letter_withdrawn")
PROTOCOL: Final = "protocol_drawn"
Told = Mapping[str, Any]


def addressee_of(told: Told) -> str:
    """To whom a letter went, in the reader's language."""
    language = "ru" if reading() == "ru" else "kk"
    names = told["names"]
    name = names[f"to_{language}"] or names[f"participant_{language}"]
    return str(name or told["addressee"])


def letters_of(proceeding: Proceeding) -> list[Letter]:
    """The letters of a proceeding as the case file read them."""
    return [_letter(told) for told in annotated(proceeding).asked]


def _letter(told: Told) -> Letter:
    plain = ("state", "kind", "addressee", "paper", "pace", "outcome", "number")
    days = {name: told[name] and date.fromisoformat(told[name]) for name in DAYS}
    return Letter(pk=UUID(told["id"]), **{name: told[name] for name in plain}, **days)


def letters(
    proceeding: Proceeding, file: CaseFile, now: Facts | None, *, today: date
) -> list[dict[str, Any]]:
    """The letters of a proceeding, those that wait first; `now`: for who may act on it."""
    ended = proceeding.state not in OPEN
    asked = annotated(proceeding).asked
    found = [_row(told, file, today, closed_with=ended) for told in asked]
    for row in found if now else ():
        assert now is not None
        row["ways"] = [*_ways(row, proceeding, file, now)]
    return sorted(found, key=lambda row: row["state"] != AWAITED)


def _row(told: Told, file: CaseFile, today: date, *, closed_with: bool) -> dict[str, Any]:
    letter, law = _letter(told), file.law
    kind, due = law.letters[letter.kind], due_of(letter, law)
    over = letter.state == AWAITED and closed_with and ends_with(letter, law)
    own = next((row for row in file.terms if row.scope == scope(told["id"])), None)
    choices = {key: law.told(key, text) for key, text in told["details"].items() if text}
    return {
        **told,
        **{name: getattr(letter, name) for name in DAYS},
        "addressee": addressee_of(told),
        "title": kind.title.in_(reading()),
        "rule": kind.rule.id,
        "due": due,
        "term": own.rule if own else "",
        "ledger_url": ledger_url(file.case.pk, own) if own else "",
        "over": over,
        "late": letter.state == AWAITED and not over and due is not None and due < today,
        "outcome_words": law.word("replies", letter.outcome).in_(reading()),
        "told": [
            {"label": law.word("details", key).in_(reading()), "text": words.in_(reading())}
            for key, words in choices.items()
        ],
        "file_url": told["file"] and reverse("attachment", args=[told["file"]]),
        "ways": [],
    }


# --- What can be done with it ---------------------------------------------------------------------


def _ways(
    row: dict[str, Any], proceeding: Proceeding, file: CaseFile, now: Facts
) -> Iterator[dict[str, str]]:
    """The steps on the letter that are possible, then the one it opens or leads to."""
    case_id, law = file.case.pk, file.law
    here = Facts(_letter(row | {n: row[n] and str(row[n]) for n in DAYS}), *_beside(now))
    for event in DONE:
        verb = writing(event)
        if verb.name in law.steps and verb.card.by & set(now.roles) and not closed(verb, here):
            url = f"{reverse('step', args=[case_id, verb.name])}?{Letter.MACHINE}={row['id']}"
            yield {"verb": verb.name, "title": step_title(law, verb.name), "url": url}
    followed = row["state"] == UNMET and row["followed"]
    way = {} if followed else way_of(here.thing, law)
    if way and _still_to_take(way, row, proceeding, file, now):
        yield _address(way, row, proceeding, file)


def _beside(now: Facts) -> tuple[Any, ...]:
    return now.law, now.on, now.by, now.roles, now.lines, now.proceeding


def _still_to_take(way: Way, row: Told, proceeding: Proceeding, file: CaseFile, now: Facts) -> bool:
    """Whether the reader may take the step, and nobody has since."""
    verb = VERBS.get(way["verb"])
    if verb is None or verb.name not in file.law.steps or not verb.card.by & set(now.roles):
        return False
    own = {event for event, (of, _line) in lines().items() if of is verb}
    told = [e.seq for e in file.entries if str(e.subject) == str(row["id"])]
    since = max(told, default=0)
    taken = any(
        e.seq > since and e.kind in own and e.subject == proceeding.pk for e in file.entries
    )
    return not taken and not closed(verb, now)


def _address(way: Way, row: Told, proceeding: Proceeding, file: CaseFile) -> dict[str, str]:
    """The form of a step, filled by the key of the letter: no name stands in an address."""
    plain = {name: text for name, text in way.items() if name != "verb" and "{" not in text}
    address = reverse("step", args=[file.case.pk, way["verb"]])
    query = urlencode({Proceeding.MACHINE: proceeding.pk, **plain, "follows": row["id"]})
    title = step_title(file.law, way["verb"])
    return {"verb": way["verb"], "title": title, "url": f"{address}?{query}"}

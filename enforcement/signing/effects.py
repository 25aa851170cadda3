"""What a person reads before he signs: the terms that move, what is lifted, who gets a paper."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from documents.addressees import addressees
from documents.issuing import Draft
from enforcement.core.parsing import BLANK
from enforcement.core.rehearsal import Change, Outcome
from enforcement.core.words import reading
from enforcement.models import Letter, Measure, Proceeding
from law.statute import Statute


def effects(outcome: Outcome, law: Statute) -> dict[str, Any]:
    """The outcome of a rehearsal for the page."""
    return {
        "changes": rows(outcome.changes),
        "lifted": [_lifted(each) for each in outcome.lifted],
        "unanswered": [_letter(each, law) for each in outcome.unanswered],
        "papers": [_paper(each, law) for each in outcome.papers],
        "left": outcome.left,
        "same_as": outcome.same_as,
        "earlier_than": outcome.earlier_than,
    }


def _lifted(measure: Measure) -> dict[str, Any]:
    return {
        "name": measure.name,
        "bank": measure.bank,
        "cap": measure.cap,
        "state": measure.state,
        "paper": measure.state == "served",
    }


def _letter(letter: Letter, law: Statute) -> dict[str, str]:
    title = law.letters[letter.kind].title.in_(reading())
    return {"name": letter.name(reading()), "title": title, "number": letter.paper}


def _paper(draft: Draft, law: Statute) -> dict[str, Any]:
    """A paper and to whom it goes, as its text names them; nobody whom nobody typed yet."""
    text, language = law.texts[draft.kind], "ru" if reading() == "ru" else "kk"
    going = addressees(text, draft.facts)
    to = []
    for block in text["addressees"]:
        label, _colon, wanted = block[language].rstrip(".").partition(": ")
        name = wanted.strip("{}")
        own = [each for each in going if each["key"].partition(".")[0] == name]
        names = [each[language] for each in own if not each[language].startswith(BLANK)]
        if own:
            to.append({"label": label, "names": names})
    return {"kind": draft.kind, "title": text["title"][language], "to": to}


def rows(found: list[Change], names: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """Changes of terms for a table: the rule, the last day before and after, what happens.

    `names`: what to say of a scope, where a rule alone would not tell two terms apart.
    """
    return [
        {
            "kind": each.kind,
            "rule": each.rule,
            "whose": (names or {}).get(each.scope, ""),
            "due_before": each.due_before,
            "due_after": each.due_after,
            "status_after": each.after.status if each.after else "",
            "moved": each.moved,
            "kept": each.after.reckoning.days_left if each.after else None,
            "kept_before": each.before.reckoning.days_left if each.before else None,
            "was": bool(each.before),
        }
        for each in found
    ]


def whose(case_id: UUID) -> dict[str, str]:
    """Scope of a proceeding -> its debtor, where the case has several."""
    found = list(Proceeding.objects.filter(case=case_id).select_related("debtor"))
    if len(found) < 2:
        return {}
    return {f"proceeding:{each.pk}": each.debtor.name(reading()) for each in found}

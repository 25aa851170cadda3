"""What participants handed in, as the case page shows it: answered or not, in time or late."""

from collections.abc import Iterable, Mapping, Set
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse

from deadlines.fold import CANCELLED
from enforcement.assignment import ASSIGNED
from enforcement.case.file import CaseFile, annotated
from enforcement.case.timeline import day_of
from enforcement.core.card import VERBS, Verb
from enforcement.core.checks import wrong_state
from enforcement.core.words import reading
from enforcement.correction import RECORDS
from enforcement.lifecycle.submission import LODGED
from enforcement.models import Proceeding, Submission
from enforcement.submission.lodging import OBJECTED
from enforcement.submission.prefill import STEPS, way_of
from journal.models import Entry
from law.model import SubmissionKind

Told = dict[str, Any]
#: Where a form holds the line that something is against.
LINE: Final = "{line}"


def conducting(file: CaseFile) -> Told:
    """Who conducts the case and since when: to whom it was assigned, or who began on it."""
    gone = {line.corrects for line in file.lines}
    for line in file.entries:
        if line.kind == ASSIGNED and line.seq not in gone:
            kept = {each["key"]: each["text"] for each in annotated(line).proof}
            return {"bailiff": kept["bailiff"], "bailiff_since": line.on}
    begun = next((line for line in file.lines if line.kind == "initiated" and line.by), None)
    if begun is None:
        return {}
    assert begun.by is not None
    return {"bailiff": begun.by.full_name, "bailiff_since": begun.on}


def apart(acts: Iterable[Told]) -> tuple[list[Told], dict[str, list[Told]]]:
    """The acts on the case, and apart from them those on what was handed in, each under its key."""
    of_case, own = [], dict[str, list[Told]]()
    for act in acts:
        if VERBS[act["verb"]].machine == Submission.MACHINE:
            own.setdefault(act["url"].rpartition("=")[2], []).append(act)
        else:
            of_case.append(act)
    return of_case, own


def handed_in(
    file: CaseFile, roles: Set[str], annullable: Set[int], acts: Mapping[str, list[Told]]
) -> list[Told]:
    """Every petition, complaint and challenge of the case, what waits first, then the newest."""
    told = [each for arrival in file.arrivals for each in annotated(arrival).handed]
    shown = [_shown(each, file, roles, annullable) for each in reversed(told)]
    shown = [{**each, "acts": acts.get(each["id"], [])} for each in shown]
    return sorted(shown, key=lambda each: each["state"] != LODGED)


def _shown(told: Told, file: CaseFile, roles: Set[str], annullable: Set[int]) -> Told:
    kind = file.law.submissions[told["kind"]]
    language = "ru" if reading() == "ru" else "kk"
    found = {
        **told,
        "name": told[language] or told[f"office_{language}"] or told["concerned_name"],
        "answer_by": day_of(told["answer_by"]),
        "agent": told["agent"] or "",
        "title": kind.title.in_(reading()),
        "rule": kind.rule.id,
        "of": kind.of,
        "waits_on": kind.decides if told["state"] == LODGED else "",
        "received_on": day_of(told["received_on"]),
        "decided_on": day_of(told["decided_on"]),
        "beside": [
            {
                "label": file.law.word("told", name).in_(reading()),
                "text": _in_words(file, name, told["beside"][name]),
            }
            for name in kind.asks
            if name in told["beside"]
        ],
        "act": {**told["court_act"], "on": day_of(told["court_act"].get("on"))},
        "objections": [_objection(line) for line in _objections(file, told["id"])],
        "in_time": None,
    }
    if told["line"]:
        found |= _timely(file, told["line"], told["received_on"])
    found["opens"] = _opened(found, kind, file, roles, annullable)
    return found


def _in_words(file: CaseFile, name: str, text: str) -> str:
    """What was told beside; of a list of the law its words."""
    chosen = file.law.choices(name).get(text)
    return chosen.in_(reading()) if chosen else text


def _objections(file: CaseFile, key: str) -> list[Entry]:
    gone = {line.corrects for line in file.lines}
    own = (line for line in file.lines if line.kind == OBJECTED and line.seq not in gone)
    return [line for line in own if str(line.subject) == key]


def _objection(line: Entry) -> Told:
    kept = {each["key"]: each["text"] for each in annotated(line).proof}
    names = [kept[key] for key in ("author", "representative") if kept.get(key)]
    return {"on": line.on, "text": kept.get("text", ""), "name": ", ".join(names)}


def _timely(file: CaseFile, line: int, came: str) -> Told:
    """Whether a complaint came in time, by the last day there was; a line without a term has
    none (Q19)."""
    about = {line, *(each.seq for each in file.entries if _of_the_same(each, line))}
    rule = file.law.role("complaint_term")
    own = (t for t in file.terms if t.rule == rule and t.started_by in about)
    ends = [t.due_on for t in own if t.due_on and t.status != CANCELLED]
    words = next((file.law.past(e.kind).in_(reading()) for e in file.entries if e.seq == line), "")
    last = max(ends, default=None)
    return {"about": words, "last_on": last, "in_time": last and came <= last.isoformat()}


def _of_the_same(entry: Entry, line: int) -> bool:
    """Whether by this line the act became known to another, or its papers were set anew."""
    told = entry.facts
    return told.get("line") == line or ("withdrawn" in told and told.get("act") == line)


def _opened(
    told: Told, kind: SubmissionKind, file: CaseFile, roles: Set[str], annullable: Set[int]
) -> Told | None:
    """The step it opens, its form filled with what was handed in; None where there is none now."""
    named = way_of(told["state"], kind)
    own = "beside" if _beside(told["line"], file) else "verb"
    verb = VERBS.get(named.get(own, named.get("verb", "")))
    if verb is None or not verb.card.by & roles or (told["line"] and not _open(told, annullable)):
        return None
    if LINE in named.values() and not told["line"]:
        return None
    if any(wrong_state(each, verb, law=file.law) for each in _meant(told, verb, file)):
        return None
    # What is told of people stands in no address: the form is filled by the key.
    form = {name: text for name, text in named.items() if name not in STEPS and "{" not in text}
    form["follows"] = told["id"]
    for each in _meant(told, verb, file):
        form[each.MACHINE] = str(each.pk)
    query = urlencode(form)
    title = file.law.steps[verb.name].title.in_(reading())
    return {"title": title, "url": f"{reverse('step', args=[file.case.pk, verb.name])}?{query}"}


def _beside(line: int | None, file: CaseFile) -> bool:
    """Whether the line is of the document or of what was handed in."""
    return any(each.seq == line and each.machine in RECORDS for each in file.lines)


def _meant(told: Told, verb: Verb, file: CaseFile) -> list[Proceeding]:
    """The proceeding on which the step is taken, where it is one's own."""
    own = told["proceeding"] if verb.card.on is Proceeding else ""
    return [each for each in file.proceedings if str(each.pk) == own]


def _open(told: Told, annullable: Set[int]) -> bool:
    """While it waits anything can be done; decided, only what is still to be put right."""
    return told["state"] == LODGED or told["line"] in annullable

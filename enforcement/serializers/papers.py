"""The journal of a case in words, with the papers and proofs that hang on its lines."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from documents.models import Paper
from enforcement.models.measures import known_by
from enforcement.queries.case import CaseFile
from enforcement.serializers.verbs import annullable
from enforcement.serializers.words import authorities, course_fields, reading, tenge
from journal.models import Entry
from law.statute import Statute, statute

#: Facts of a line that are codes, with the list their words stand in.
CODES = (
    *(("channel", "channels_of_delivery"), ("outcome", "delivery_outcomes"), ("reason", "reasons")),
    *(("kind", "deferral_kinds"), ("kind", "cost_kinds"), ("target", "targets")),
    ("initiator", "initiators"),
)
SUMS = ("amount", "cap", "value")
#: Lines whose earlier day is that of a delivery.
OFFERED = frozenset({"offer_delivered", "offer_attempted"})


class Timeline:
    """The lines of one case, newest first."""

    def __init__(self, file: CaseFile, papers: list[dict[str, Any]], *, may_correct: bool) -> None:
        self.file = file
        self.law: Statute = statute(file.case.stream.rule_set)
        self.past = self.law.by_event()
        self.papers = papers
        self.names = _names(file)
        self.may_correct = may_correct
        self.annullable: set[int] = set()
        if may_correct:
            for proceeding in file.proceedings:
                self.annullable |= annullable(file, proceeding)

    def rows(self) -> list[dict[str, Any]]:
        """Every line of the journal."""
        corrected = {entry.corrects for entry in self.file.entries}
        return [self._row(entry, corrected) for entry in self.file.entries]

    def _row(self, entry: Entry, corrected: set[int | None]) -> dict[str, Any]:
        told: Any = entry
        facts = entry.facts
        step = self.past.get(entry.kind)
        correct = ""
        if entry.seq in self.annullable:
            correct = (
                f"/cases/{self.file.case.pk}/correct?proceeding={entry.subject}&line={entry.seq}"
            )
        return {
            "seq": entry.seq,
            "on": entry.on,
            "recorded_at": entry.recorded_at,
            "kind": entry.kind,
            "words": self._words(entry, facts),
            "by": entry.by.full_name if entry.by else "",
            "rule": facts.get("rule") or self._own_rule(facts) or (step.rule if step else ""),
            "ground": facts.get("ground"),
            "about": self.names.get(str(entry.subject), ""),
            "facts": self._facts(entry.kind, facts),
            "proof": [_proof(each, self.law) for each in told.proof],
            "files": told.files,
            "corrects": entry.corrects,
            "corrected": entry.seq in corrected,
            "papers": [paper for paper in self.papers if paper["entry_id"] == entry.pk],
            "correct_url": correct,
        }

    def _own_rule(self, facts: dict[str, Any]) -> str:
        """The rule that names the kind of cost, which may be another than the verb's."""
        named = facts["kind"] if "cost" in facts else ""
        return named if named in self.law.ids() else ""

    def _words(self, entry: Entry, facts: dict[str, Any]) -> str:
        step, language = self.past.get(entry.kind), reading()
        words = step.past.in_(language) if step else self.law.word("past", entry.kind).in_(language)
        if "rule" in facts:
            return f"{words}: {self.law.rule(facts['rule']).title.in_(language)}"
        if "verdict" in facts:
            return f"{words}: {self.law.word('verdicts', facts['verdict']).in_(language)}"
        return words

    def _facts(self, kind: str, facts: dict[str, Any]) -> list[str]:
        """What the line says beside its name."""
        language = reading()
        found = [
            self.law.word(words, facts[name]).in_(language)
            for name, words in CODES
            if facts.get(name) and facts[name] in self.law.list(words)
        ]
        if facts.get("kind") in self.law.securing():
            found.insert(0, self.law.rule(facts["kind"]).title.in_(language))
        if facts.get("way") in self.law.coercive:
            found.insert(0, self.law.coercive[facts["way"]].title.in_(language))
        found += [tenge(Decimal(facts[name])) for name in SUMS if facts.get(name)]
        days = _days(kind).items()
        found += [text for name, words in days if (text := _day(words, facts.get(name)))]
        if facts.get("number"):
            found.append(f"№ {facts['number']}")
        if kind == "corrected" and facts.get("by") in authorities():
            found.append(authorities()[facts["by"]])
        because = facts.get("because")
        if because and because in self.law.ids():
            found.append(self.law.rule(because).title.in_(language))
        return found


def _days(kind: str) -> dict[str, str]:
    """Days inside a line, with the words before them."""
    if kind in OFFERED:
        return {"since": _("On which day it reached the debtor") + ":"}
    return {"since": _("since:"), "until": _("until:")}


def _day(words: str, text: str | None) -> str:
    return f"{words} {date_format(date.fromisoformat(text), 'SHORT_DATE_FORMAT')}" if text else ""


def _names(file: CaseFile) -> dict[str, str]:
    """Whom a line concerns: the debtor where there are several, the bank of a measure."""
    found = {}
    several = len(file.proceedings) > 1
    for proceeding in file.proceedings:
        told: Any = proceeding
        if several:
            found[str(proceeding.pk)] = file.people[proceeding.debtor_id].name(reading())
            found |= dict.fromkeys((each["id"] for each in told.put_off), found[str(proceeding.pk)])
        found |= {measure["id"]: known_by(measure) for measure in told.secured}
    return found


def _proof(kept: dict[str, str], law: Statute) -> dict[str, str]:
    labels = course_fields() | {"act": _("Act: number, date, what it states")}
    known = {**law.list("details"), **law.list("evidence")}
    key = kept["key"]
    label = known[key].in_(reading()) if key in known else labels.get(key, "")
    day = day_of(kept["text"]) if key == "act_on" else None
    text = date_format(day, "SHORT_DATE_FORMAT") if day else kept["text"]
    return {"label": label, "text": law.told(key, text).in_(reading())}


def day_of(text: str | None) -> date | None:
    """A day as the database's JSON gives it."""
    return date.fromisoformat(text) if text else None


def papers_of(file: CaseFile, law: Statute) -> list[dict[str, Any]]:
    """The papers issued, each with where it was sent."""
    found = []
    for paper in file.papers:
        told: Any = paper
        sent = [
            {**each, "on": day_of(each["on"]), "addressee": sent_to(paper, each)}
            for each in told.sent
        ]
        found.append(
            {
                "id": paper.pk,
                "entry_id": paper.entry_id,
                "number": paper.label,
                "kind": paper.kind,
                "title": law.texts[paper.kind]["title"][reading()],
                "issued_on": paper.issued_on,
                "sent": sent,
                "urls": {lang: f"/papers/{paper.pk}.{lang}.pdf" for lang in ("kk", "ru")},
            }
        )
    return found


def sent_to(paper: Paper, sent: Mapping[str, Any]) -> str:
    """Whom one sending of a paper went to: of those it names, and anybody else."""
    language = "ru" if reading() == "ru" else "kk"
    names = [each[language] for each in paper.addressees if each["key"] in sent["to"]]
    return "; ".join(filter(None, [*names, sent["addressee"]]))


def attachments_of(file: CaseFile) -> list[dict[str, Any]]:
    """The files handed in, the oldest first."""
    found = []
    for entry in reversed(file.entries):
        told: Any = entry
        found += [{**each, "url": f"/attachments/{each['id']}"} for each in told.files]
    return found

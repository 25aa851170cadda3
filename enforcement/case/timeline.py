"""The journal of a case in words: what happened, with its sums, days and proofs."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Office
from accounts.queries import issuers
from enforcement.case.file import CaseFile, annotated
from enforcement.case.letters import addressee_of
from enforcement.core.card import lines, writing
from enforcement.core.labels import path_label
from enforcement.core.waiting import RIGHTED, SUBMITTED
from enforcement.core.words import reading, tenge
from enforcement.correction import RECORDS
from enforcement.models.measure import known_by
from enforcement.people.correcting import TOLD
from enforcement.people.paths import told as told_paths
from enforcement.people.typed import shown
from journal.models import Entry
from law.evidence import in_words
from law.statute import Statute

#: Facts of a line that are codes, with the list their words stand in.
CODES: Final = (
    *(("channel", "channels_of_delivery"), ("outcome", "delivery_outcomes"), ("reason", "reasons")),
    *(("kind", "deferral_kinds"), ("kind", "cost_kinds"), ("target", "targets")),
    *(("initiator", "initiators"), ("source", "sources"), ("decision", "states")),
    *(("access", "access_kinds"), ("statement", "statement_kinds")),
    *(("pace", "paces"), ("outcome", "replies")),
)
SUMS: Final = ("amount", "cap", "value")
#: Under which keys a line keeps what stood before it, and what stands since.
WAS, NOW = "was", "value"
#: Lines whose earlier day is that of a delivery.
OFFERED: Final = frozenset({"offer_delivered", "offer_attempted"})

#: Lines whose earlier day is that of a letter or its reply.
LETTERS: Final = frozenset({"letter_received", "reply_received"})

#: Lines whose earlier day is that on which something was handed in.
HANDED_IN: Final = frozenset({SUBMITTED, RIGHTED})

#: Lines whose earlier day is that of money.
RECEIVED: Final = frozenset({"recovered"})


class Timeline:
    """The lines of one case, newest first."""

    def __init__(
        self, file: CaseFile, papers: list[dict[str, Any]], annullable: Collection[int]
    ) -> None:
        self.file = file
        self.law = file.law
        self.past = file.law.by_event()
        self.written = lines()
        self.papers = papers
        self.names = _names(file)
        #: The lines that the reader can annul now.
        self.annullable = annullable

    @cached_property
    def offices(self) -> dict[str, Office]:
        """The issuers by their codes, once one is named."""
        return {each.code: each for each in issuers()}

    def rows(self) -> list[dict[str, Any]]:
        """Every line of the journal."""
        corrected = {entry.corrects for entry in self.file.entries}
        return [self._row(entry, corrected) for entry in self.file.entries]

    def _row(self, entry: Entry, corrected: set[int | None]) -> dict[str, Any]:
        told, facts, step = annotated(entry), entry.facts, self.past.get(entry.kind)
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
            "proof": [self._proof(each, entry) for each in told.proof],
            "files": told.files,
            "corrects": entry.corrects,
            "corrected": entry.seq in corrected,
            "papers": [paper for paper in self.papers if paper["entry_id"] == entry.pk],
            "correct_url": self._correcting(entry),
        }

    def _correcting(self, entry: Entry) -> str:
        """Where the line is annulled; empty where it cannot be."""
        if entry.seq not in self.annullable:
            return ""
        beside = entry.machine in RECORDS
        verb = writing("record_corrected" if beside else "corrected")
        address = reverse("step", args=[self.file.case.pk, verb.name])
        which = "" if beside else f"proceeding={entry.subject}&"
        return f"{address}?{which}line={entry.seq}"

    def _own_rule(self, facts: dict[str, Any]) -> str:
        """The rule that names the kind of cost, which may be another than the verb's."""
        named = facts["kind"] if "cost" in facts else ""
        return named if self.law.rule_or_none(named) else ""

    def _words(self, entry: Entry, facts: dict[str, Any]) -> str:
        language = reading()
        words = self.law.past(entry.kind).in_(language)
        if "rule" in facts:
            return f"{words}: {self._title(facts['rule'])}"
        if facts.get("kind") in self.law.submissions:
            return f"{words}: {self.law.submissions[facts['kind']].title.in_(language)}"
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
            found.insert(0, self._title(facts["kind"]))
        if facts.get("dropout") in self.law.dropouts:
            found.insert(0, self.law.dropouts[facts["dropout"]].title.in_(language))
        if facts.get("part") in self.law.participations:
            found.insert(0, self.law.participations[facts["part"]].title.in_(language))
        if facts.get("letter") in self.law.letters:
            found.insert(0, self.law.letters[facts["letter"]].title.in_(language))
        if facts.get("way") in self.law.coercive:
            found.insert(0, self.law.coercive[facts["way"]].title.in_(language))
        found += [tenge(Decimal(facts[name])) for name in SUMS if facts.get(name)]
        days = _days(kind, self.law).items()
        found += [text for name, words in days if (text := _day(words, facts.get(name)))]
        if facts.get("number"):
            found.append(f"№ {facts['number']}")
        if kind in HANDED_IN and facts.get("act"):
            found.append(_("line № %(line)s of the journal") % {"line": facts["act"]})
        found += _of_money(facts)
        if facts.get("by") in self.law.list("authorities"):
            found.append(self.law.word("authorities", facts["by"]).in_(language))
        if facts.get("field"):
            found.append(path_label(self.law, facts["field"], language))
        if facts.get("verdict_was"):
            was = self.law.word("verdicts", facts["verdict_was"]).in_(language)
            found.append(_("the verdict before: %(verdict)s") % {"verdict": was})
        if facts.get("replaced"):
            found.append(_("instead of: № %(numbers)s") % {"numbers": ", ".join(facts["replaced"])})
        because = facts.get("because")
        if because and self.law.rule_or_none(because):
            found.append(self._title(because))
        return found

    def _proof(self, kept: dict[str, Any], entry: Entry) -> dict[str, str]:
        """What proves a line, under the words by which it was asked for."""
        key, text, kind = kept["key"], kept["text"], entry.kind
        if key == "act_on":
            text = written(date.fromisoformat(text))
        if told := self._corrected(key, text, entry):
            return told
        said = in_words(self.law, key, kept["parts"] or text, reading(), written)
        return {"label": self._label(key, kind), "text": said}

    def _corrected(self, key: str, text: str, entry: Entry) -> dict[str, str] | None:
        """What stood at a path of the document, or stands there since; None of anything else."""
        which, _point, path = key.partition(".")
        paths = told_paths(entry.facts)
        if which not in (WAS, NOW) or not paths or not (path or len(paths) == 1):
            return None
        label = path_label(self.law, path, reading()) if path else ""
        known = _("Was") if which == WAS else "" if path else self._label(NOW, entry.kind)
        named = ": ".join(filter(None, (known, label)))
        return {"label": named, "text": self._shown(path or paths[0], text)}

    def _shown(self, path: str, text: str) -> str:
        """A value as it stood; issuers are read once for the whole journal."""
        return shown(self.law, path, text, offices=self.offices) or "—"

    def _label(self, key: str, kind: str) -> str:
        if key.startswith(WAS):
            return _("Was")
        lists = ("details", "told", "evidence")
        known = {key: words for name in lists for key, words in self.law.list(name).items()}
        if key in known:
            return known[key].in_(reading())
        written = self.written.get(kind)
        field = written and (written[0].field(key) or written[0].field(f"{key}_text"))
        return str(field.label) if field else ""

    def _title(self, rule_id: str) -> str:
        rule = self.law.rule_or_none(rule_id)
        return rule.title.in_(reading()) if rule else rule_id


def same_payment(line: int) -> str:
    """What is said of a sum that was written down before: a bank may pay twice, a person err."""
    return _("the same payment as in line № %(line)s of the journal") % {"line": line}


def _of_money(facts: Mapping[str, Any]) -> Iterator[str]:
    """What is to be looked at of a sum that came."""
    if facts.get("same_as"):
        yield same_payment(facts["same_as"])
    if facts.get("earlier_than"):
        yield _early_payment(facts["earlier_than"])


def _early_payment(than: str) -> str:
    """What is said of a sum that came before the paper could be executed."""
    if than == "decision_on":
        return _("came before the day of the decision")
    return _("came before the decision was in force")


def written(day: date) -> str:
    """A day as it is shown."""
    return date_format(day, "SHORT_DATE_FORMAT")


def _days(kind: str, law: Statute) -> dict[str, str]:
    """Days inside a line, with the words before them."""
    if kind in TOLD:
        return {"since": law.word("fields", "received_on").in_(reading()) + ":"}
    if kind in OFFERED:
        return {"since": _("On which day it reached the debtor") + ":"}
    if kind in HANDED_IN:
        return {"since": _("handed in:")}
    if kind in RECEIVED:
        return {"since": _("Day on which the money came") + ":"}
    if kind in LETTERS:
        return {"since": _("Day:")}
    return {"since": _("since:"), "until": _("until:")}


def _day(words: str, text: str | None) -> str:
    return f"{words} {written(date.fromisoformat(text))}" if text else ""


def _names(file: CaseFile) -> dict[str, str]:
    """Whom a line concerns: the debtor where there are several, the bank of a measure."""
    found = {}
    several = len(file.proceedings) > 1
    for proceeding in file.proceedings:
        told = annotated(proceeding)
        if several:
            found[str(proceeding.pk)] = file.people[proceeding.debtor_id].name(reading())
            found |= dict.fromkeys((each["id"] for each in told.put_off), found[str(proceeding.pk)])
        found |= {measure["id"]: known_by(measure) for measure in told.secured}
        found |= {letter["id"]: addressee_of(letter) for letter in told.asked}
    language = "ru" if reading() == "ru" else "kk"
    for arrival in file.arrivals:
        found |= {each["id"]: each[language] or "" for each in annotated(arrival).handed}
    return found


def day_of(text: str | None) -> date | None:
    """A day as the database's JSON gives it."""
    return date.fromisoformat(text) if text else None

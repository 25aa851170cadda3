"""A paper's exact bytes: facts and the law's texts in, an archival and accessible PDF out.

Pure: no clock, no database, no network, no fonts of the machine. What is data stays data: names
reach the layout as JSON and are never read as markup.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final

from documents.addressees import PEOPLE
from documents.payment import payment
from documents.pdf import press
from documents.wording import (
    citation,
    described,
    layout_words,
    letterhead,
    listed,
    plain,
    sent_through,
    tenge,
    title_lines,
    written,
)
from law.blocks import acts
from law.evidence import Kept, in_words
from law.model import LawError, Rule
from law.statute import Statute

LANGUAGES: Final = ("kk", "ru")
#: What «Заң»/«Закон» means in the texts.
ENFORCEMENT_LAW: Final = "Z980000253_"
#: Facts every paper rests on; a text may name more in `needs`.
NEEDED: Final = ("number", "issued_on", "office", "bailiff", "received_on", "document_kind")

#: Rules whose texts print the article beside them, or need none.
UNCITED: Final = frozenset({"measure", "ground"})

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}(\.?)")
_ROW: Final = re.compile(r"(?P<label>[^:.{}]+):\s*\{(?P<name>\w+)\}\.?\Z")


class MissingFact(ValueError):
    """A paper cannot be written without this fact."""


def render(kind: str, *, facts: Mapping[str, Any], language: str, law: Statute, on: date) -> bytes:
    """The paper as PDF/A-2a and PDF/UA-1 at once; equal input gives equal bytes."""
    return typeset(compose(kind, facts=facts, language=language, law=law, on=on), on=on)


def compose(
    kind: str, *, facts: Mapping[str, Any], language: str, law: Statute, on: date
) -> dict[str, Any]:
    """Everything the layout shows, in words of `language`, as the law has them on `on`."""
    if language not in LANGUAGES:
        raise ValueError(f"papers are written in {LANGUAGES}, not in {language!r}")
    if kind not in law.texts:
        raise LawError(f"{law.name}/papers.toml: no paper {kind!r}")
    return _Composer(kind, facts, language, law, on).content()


def typeset(content: Mapping[str, Any], *, on: date) -> bytes:
    """The layout filled with `content`; RenderingFailed when it cannot be."""
    return press.print(content, on=on)


class _Composer:
    """One paper in one language."""

    def __init__(
        self, kind: str, facts: Mapping[str, Any], language: str, law: Statute, on: date
    ) -> None:
        self.kind, self.facts, self.language = kind, facts, language
        self.law, self.on = law, on
        self.text = law.text(kind, on=on)
        self.words = layout_words(language)

    def content(self) -> dict[str, Any]:
        """What the layout shows, part by part."""
        self._refuse_gaps()
        title = self._said("title")
        number = self._value("number")
        return {
            "language": self.language,
            "full_title": f"{title}. {number}",
            "title": list(title_lines(title)),
            "rules": list(self.text["rules"]),
            "number": number,
            **{name: self._value(name) for name in ("issued_on", "office", "role", "bailiff")},
            "letterhead": letterhead(self.facts.get("office_details") or {}, self.language),
            "place": " ".join(self.values["place"]),
            "preamble": self._said("preamble"),
            "established_label": self._said("established_label"),
            "established": self._established(),
            "resolved_label": self._said("resolved_label"),
            "resolved": [
                self._fill(point[self.language])
                for point in self.text["resolved"]
                if self._stands(point)
            ],
            "payment": self._payment(),
            "explained": list(self._explained()),
            "remarks": self._said("remarks") if "remarks" in self.text else "",
            "signers": list(
                filter(None, map(self._row, filter(self._stands, self.text.get("signers", ()))))
            ),
            "approval": self._approval(),
            "addressees_label": self.words["addressees"],
            "addressees": self._addressees(),
            "notice": self._said("notice") if "notice" in self.text else "",
        }

    # -- values: every fact as the words that stand for it; none where it is absent -------------

    @cached_property
    def values(self) -> dict[str, list[str]]:
        """What each placeholder stands for."""
        facts = self.facts
        names = ("office", "place", "issuer", "right_office")
        days = ("issued_on", "received_on", "decision_on", "document_issued_on")
        terms = ("last_day", "start_on", "due_on")
        role = self.law.word("roles", facts.get("bailiff_role") or "bailiff")
        number = plain(str(facts.get("number") or ""))
        return {
            **{name: self._names([facts.get(name)]) for name in names},
            **{name: self._names(facts.get(name) or ()) for name in ("claimants", "debtors")},
            **{name: self._day(facts.get(name)) for name in (*days, *terms)},
            "number": [f"№\u00a0{number}"] if number else [],
            "case_number": _some(plain(facts.get("case_number") or "")),
            "bailiff": _some(plain(facts.get("bailiff") or "")),
            "role": [role.in_(self.language)],
            "document_kind": self._title_of(facts.get("document_kind"), cited=False),
            "presentation_term": self._title_of(facts.get("presentation_term"), cited=True),
            "start_rule": self._title_of(facts.get("start_rule"), cited=True),
            "missing": list(facts.get("missing") or ()),
            **self._course_values(),
            **self._measure_values(),
            **self._letter_values(),
        }

    def _course_values(self) -> dict[str, list[str]]:
        """What the papers of a proceeding say beside those of intake."""
        facts, law = self.facts, self.law
        texts: tuple[str, ...]
        days: tuple[str, ...]
        texts = ("case_no", "proceeding_no", "bank", "account", "sanction_no", "commission")
        texts += ("new_address", "addressee", "days_left", "circumstance", "approved_by")
        texts += ("application", "new_presentation_provisional", "above_because")
        texts += ("asked_text", "asked_number", "answer", "concerned", "successor")
        days = ("initiated_on", "completion_due", "suspended_on", "resumed_on", "sanction_on")
        days += ("new_presentation_due", "voluntary_until", "postponed_until", "suspended_until")
        days += ("asked_on",)
        sums = ("amount", "balance", "recovered", "paid_before", "cap")
        flags = ("periodic", "immediate", "recovered_in_part", "measures_kept")
        rules = ("ground", "completion_term", "voluntary_term", "measure", "lifted_because")
        ground = facts.get("ground")
        evidence: Mapping[str, Kept] = facts.get("evidence") or {}
        words = {"ends_on": "ends", "target": "targets", "old_target": "targets"}
        words |= {"initiator": "initiators", "approver_role": "roles", "decision": "states"}
        handed = law.submissions.get(facts.get("asked") or "")
        return {
            **{name: _some(plain(str(facts.get(name) or ""))) for name in texts},
            **{name: self._day(facts.get(name)) for name in days},
            **{name: ["+"] if facts.get(name) else [] for name in flags},
            **{name: _some(tenge(facts.get(name))) for name in sums},
            **{name: self._title_of(facts.get(name), cited=name not in UNCITED) for name in rules},
            **{
                name: _some(law.word(words[name], facts[name]).in_(self.language))
                if facts.get(name)
                else []
                for name in words
            },
            "ground_text": [self._rule(ground).text.in_(self.language)] if ground else [],
            "ground_article": self._where(ground) if ground else [],
            "prosecutor_office": self._names([facts.get("prosecutor_office")]),
            "participant": self._names([facts.get("participant")]),
            "author": self._names([facts.get("author")]),
            "asked": _some(handed.title.in_(self.language) if handed else ""),
            "evidence": [self._proof(key, kept) for key, kept in evidence.items() if kept],
        }

    def _measure_values(self) -> dict[str, list[str]]:
        """What the papers of securing and coercion say beside those of a proceeding."""
        facts, law = self.facts, self.law
        measure, way = facts.get("measure"), law.coercive.get(facts.get("way") or "")
        details: Mapping[str, str] = facts.get("details") or {}
        items = facts.get("items") or ()
        lines = {
            f"detail_{key}": law.told(key, details.get(key, "")).in_(self.language)
            for key in law.list("details")
        }
        lines |= {name: facts.get(name) or "" for name in ("object", "old_object", "reason")}
        return {
            **{
                name: [plain(each) for each in text.splitlines() if each.strip()]
                for name, text in lines.items()
            },
            **{f"by_{each}": ["+"] if way and way.id == each else [] for each in law.coercive},
            **{name: _some(tenge(facts.get(name))) for name in ("ordered", "items_total")},
            "measure_text": [self._rule(measure).text.in_(self.language)] if measure else [],
            "old_measure": self._title_of(facts.get("old_measure"), cited=False),
            "old_addressee": _some(plain(facts.get("old_addressee") or "")),
            "way": [way.title.in_(self.language)] if way else [],
            "way_rule": self._title_of(facts.get("way_rule"), cited=True),
            "claimant_accounts": list(facts.get("claimant_accounts") or ()),
            "items": [listed(each, self.language) for each in items],
            "preferred": ["+"] if any(each["place"] for each in items) else [],
        }

    def _letter_values(self) -> dict[str, list[str]]:
        """What letters say that wait for a reply (letters.toml)."""
        facts, law = self.facts, self.law
        known, outcome = law.letters.get(facts.get("letter") or ""), facts.get("outcome") or ""
        texts = {name: plain(facts.get(name) or "") for name in ("found", "unmet_letter")}
        return {
            **{name: _some(text) for name, text in texts.items()},
            **{name: self._day(facts.get(name)) for name in ("answer_by", "replied_on")},
            **{pace: ["+"] if facts.get("pace") == pace else [] for pace in law.list("paces")},
            "recipients": self._names(facts.get("recipients") or ()),
            "letter_kind": [known.title.in_(self.language)] if known else [],
            "letter_rule": self._title_of(known.rule.id if known else None, cited=True),
            "outcome": [law.word("replies", outcome).in_(self.language)] if outcome else [],
        }

    def _proof(self, key: str, kept: Kept) -> str:
        """What a piece of evidence is, where the law has a word for it, and what is kept of it."""
        said = plain(in_words(self.law, key, kept, self.language, self._written))
        named = (self.law.list(words).get(key) for words in ("evidence", "ends"))
        label = next(filter(None, named), None)
        return f"{label.in_(self.language)}: {said}" if label else said

    def _names(self, pairs: Sequence[Mapping[str, str] | None]) -> list[str]:
        """Names in the paper's language, or in the other where there is none."""
        other = LANGUAGES[1 - LANGUAGES.index(self.language)]
        known = [plain(pair.get(self.language) or pair.get(other) or "") for pair in pairs if pair]
        return [name for name in known if name]

    def _written(self, day: date) -> str:
        return written(day, self.language)

    def _day(self, value: str | None) -> list[str]:
        return [self._written(date.fromisoformat(value))] if value else []

    def _rule(self, rule_id: str) -> Rule:
        return self.law.rule(rule_id, on=self.on)

    def _title_of(self, rule_id: str | None, *, cited: bool) -> list[str]:
        if not rule_id:
            return []
        rule = self._rule(rule_id)
        title, where = rule.title.in_(self.language), citation(rule, self.language)
        return [f"{title} ({where})" if cited and where else title]

    def _where(self, rule_id: str) -> list[str]:
        """The rule's article; with its act, where that is not the enforcement law."""
        rule = self._rule(rule_id)
        article = citation(rule, self.language)
        if not article or rule.act == ENFORCEMENT_LAW:
            return _some(article)
        return [f"{acts()[rule.act].title.in_(self.language)}, {article}"]

    def _refuse_gaps(self) -> None:
        for name in (*NEEDED, *self.text.get("needs", ())):
            if not self._values_of(name):
                raise MissingFact(f"{self.kind}: {name}")

    # -- texts ----------------------------------------------------------------------------------

    def _values_of(self, name: str) -> list[str]:
        if name not in self.values:
            raise LawError(f"{self.law.name}/papers.toml [{self.kind}]: unknown {{{name}}}")
        return self.values[name]

    def _value(self, name: str) -> str:
        """The value within a sentence: several stand in a row, an absent one is said to be so."""
        return "; ".join(self._values_of(name)) or self.words["absent"]

    def _fill(self, text: str) -> str:
        """Put the values in, once: a value is never searched for placeholders of its own."""

        def put(found: re.Match[str]) -> str:
            value, stop = self._value(found[1]), found[2]
            return value if value.endswith(".") else value + stop  # "2026 г." ends a sentence too

        return _PLACEHOLDER.sub(put, text)

    def _said(self, key: str) -> str:
        return self._fill(self.text[key][self.language])

    def _established(self) -> list[dict[str, Any]]:
        """Paragraphs, rows (`Label: {value}`; neighbours share a table) and the list of defects."""
        blocks: list[dict[str, Any]] = []
        for block in filter(self._stands, self.text["established"]):
            if row := self._row(block):
                row["details"] = self._details(block)
                if not blocks or blocks[-1]["kind"] != "rows":
                    blocks.append({"kind": "rows", "rows": []})
                blocks[-1]["rows"].append(row)
            elif block[self.language] == "{missing}":
                blocks.append(self._defects())
            else:
                blocks.append(_paragraph(self._fill(block[self.language])))
        if self.facts.get("uncured"):
            blocks.append(_paragraph(self._said("uncured")))
        if urgency := plain(self.facts.get("urgency") or ""):
            blocks.append(_paragraph(f"{self.words['urgency']}: {urgency}"))
        return blocks

    def _stands(self, block: Mapping[str, Any]) -> bool:
        """Whether the facts a block is `when` about are there, and none of its `unless`."""
        there = all(self._values_of(name) for name in block.get("when", ()))
        return there and not any(self._values_of(name) for name in block.get("unless", ()))

    def _row(self, block: Mapping[str, Any]) -> dict[str, Any] | None:
        found = _ROW.match(block[self.language])
        if not found:
            return None
        values = self._values_of(found["name"])
        if len(values) > 1 and "many" in block:
            found = _ROW.match(block["many"][self.language]) or found
        absent = not values
        return {
            "label": found["label"],
            "values": values or [self.words["absent"]],
            "absent": absent,
        }

    def _details(self, block: Mapping[str, Any]) -> list[str]:
        """By what else the people of a row are known, each beside his name."""
        found = _ROW.match(block[self.language])
        people = self.facts.get(found["name"]) if found and found["name"] in PEOPLE else ()
        return [described(each, self.language) for each in people or () if self._names([each])]

    def _defects(self) -> dict[str, Any]:
        """The requirements not met, under the act each stands in (TERM-DEFECT-3D, DEFECT-03)."""
        groups: dict[str, list[dict[str, str]]] = {}
        wrong = {each["rule"]: each["code"] for each in self.facts.get("impossible") or ()}
        for rule in map(self._rule, self.values["missing"]):
            title, text = rule.title.in_(self.language), rule.text.in_(self.language)
            if code := wrong.get(rule.id):
                text += f" {self.law.word('impossible_days', code).in_(self.language)}."
            item = {"title": title, "text": text, "citation": citation(rule, self.language)}
            groups.setdefault(rule.act, []).append(item)
        listed, first = [], 1
        for act, items in groups.items():
            name = acts()[act].title.in_(self.language)
            listed.append({"act": name, "first": first, "items": items})
            first += len(items)
        return {"kind": "requirements", "groups": listed}

    def _explained(self) -> Iterator[dict[str, Any]]:
        """Rights the paper must explain (RESTORE-01, BAIL-DUTY-03B, TERM-COMPLAINT-10D)."""
        if "restoration" in self.text:
            yield self._section("restoration", ["restoration"])
        due = "complaint_due" in self.text and self.values["due_on"]
        yield self._section("complaint", ["complaint", *(["complaint_due"] if due else [])])

    def _section(self, label: str, keys: Sequence[str]) -> dict[str, Any]:
        return {"label": self.words[label], "paragraphs": [self._said(key) for key in keys]}

    def _payment(self) -> dict[str, Any] | None:
        """Where the debtor pays the sum that the paper asks of him, if it asks any."""
        if "payment" not in self.text:
            return None
        amount = self.facts.get(self.text["payment"])
        said = {name: self._value(name) for name in ("office", "debtors")}
        return payment(self.facts, amount, **said, language=self.language)

    def _approval(self) -> dict[str, str] | None:
        """Who approved the paper, where it has no force without that (POSTP-02)."""
        if "approval" not in self.text:
            return None
        told = {name: self._value(name) for name in ("approver_role", "approved_by")}
        return {"label": self._said("approval"), **told}

    def _addressees(self) -> list[dict[str, Any]]:
        """Who gets the paper: those the text names, then any other the step named."""
        rows = [row for block in self.text["addressees"] if (row := self._row(block))]
        rows = [row for row in rows if not row["absent"]]
        named = {name for row in rows for name in row["values"]}
        others = self._names(self.facts.get("addressees") or ())
        if left := [name for name in dict.fromkeys(others) if name not in named]:
            label = self.words["others" if len(left) > 1 else "other"]
            rows.append({"label": label, "values": left, "absent": False})
        said = sent_through(self.facts, self._names, self.language)
        return [{**row, "values": [said.get(each, each) for each in row["values"]]} for row in rows]


def _paragraph(text: str) -> dict[str, str]:
    return {"kind": "paragraph", "text": text}


def _some(text: str) -> list[str]:
    return [text] if text else []

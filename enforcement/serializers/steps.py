"""What a person reads before he signs a step: its grounds, its effects, who gets a paper."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from enforcement.actions import coercion, intake
from enforcement.actions.money import account
from enforcement.actions.verbs import Option, Verb, chosen_by, options
from enforcement.models import Case, Measure, Postponement, Presentation, Proceeding
from enforcement.serializers import whatif
from enforcement.serializers.verbs import ENDS
from enforcement.serializers.whatif import Change
from enforcement.serializers.words import field_label, reading, reasons, step_title
from law.statute import Statute

#: The paper of each verb that issues one.
PAPERS: Final = {"serve_freeze": "freeze", "approve": "postpone", "postpone": ""}
#: Ends that lift the measures; a transfer and a liquidation commission take them over.
LIFTING: Final = frozenset({"terminate", "return_to_claimant"})
#: Who gets a paper only where there is such a one.
SOMETIMES: Final = frozenset({"bank", "addressee", "old_addressee", "detail_employer"})


class Signing:
    """One verb on one thing of a case, as it would be signed on a day."""

    def __init__(
        self,
        case: Case,
        verb: Verb,
        law: Statute,
        subject: Any,
        option: Option | None,
        *,
        on: date,
    ) -> None:
        self.case, self.verb, self.law = case, verb, law
        self.subject, self.option, self.on = subject, option, on

    def page(self, given: dict[str, str]) -> dict[str, Any]:
        """What the template of a verb asks for, beside its form."""
        name = self.verb.name
        # With several grounds the first resumption only ends one of them.
        told = "end_ground" if name == "resume" and self.subject and self._silent() else name
        words = self.law.steps[told]
        return {
            "case": {"id": self.case.pk, "number": self.case.label},
            "verb": name,
            "title": step_title(told),
            "effect": words.effect.in_(reading()),
            "rule": words.rule,
            "on": self.on,
            "option": self.option and self._option(self.option),
            "options": self._options(),
            "chosen_by": chosen_by(self.verb),
            "subject": self._subject(),
            "reasons": self._reasons(),
            "changes": self._changes(given),
            "lifted": self._lifted(),
            "sent": self._sent(),
            "paper_preview_urls": self._previews(),
            "ends": name in ENDS,
            "instead": self._instead(),
        }

    def _option(self, option: Option) -> dict[str, Any]:
        own = f"?{self.subject.MACHINE}={self.subject.pk}" if self.subject else "?"
        return {
            "rule": option.rule,
            "title": option.title.in_(reading()),
            "kind": option.kind,
            "text": option.text.in_(reading()),
            "ends_on": option.ends_on,
            "asks": [*self._secured(option), *map(field_label, option.fields())],
            "url": f"{own}&{chosen_by(self.verb)}={option.id}",
            "others_url": own,
        }

    def _options(self) -> list[dict[str, Any]]:
        """What is chosen first, while nothing is: what the law makes mandatory before the rest."""
        if self.option or self.subject is None:
            return []
        taken = getattr(self.subject, "kind", "")  # a measure is replaced by another kind
        known = options(self.verb, self.law).values()
        found = [self._option(each) for each in known if each.id != taken and self._fits(each)]
        return sorted(found, key=lambda each: each["kind"] == "optional")

    def _fits(self, option: Option) -> bool:
        """Whether a coercive act is one for a claim still owed here; of the rest all are shown."""
        way = self.law.coercive.get(option.id)
        return way is None or bool(account(self.subject).owed & set(way.claims))

    def _secured(self, option: Option) -> list[str]:
        """What a coercive act needs to be secured before."""
        way = self.law.coercive.get(option.id)
        targets = way.secured if way else ()
        words = [self.law.word("targets", each).in_(reading()) for each in targets]
        return [_("Measure in force: %(targets)s") % {"targets": ", ".join(words)}] if words else []

    def _subject(self) -> str:
        """Which debtor's proceeding, or which bank's freeze."""
        if isinstance(self.subject, Proceeding):
            return _("Debtor: %(name)s") % {"name": self.subject.debtor.name(reading())}
        if isinstance(self.subject, Measure):
            if self.subject.bank:
                return _("Bank: %(name)s") % {"name": self.subject.bank}
            kind = self.law.rule(self.subject.kind).title.in_(reading())
            return f"{kind}: {self.subject.name}"
        if isinstance(self.subject, Postponement):
            return self.subject.reason
        return ""

    def _reasons(self) -> list[dict[str, str]]:
        return reasons(self.subject.verdict) if isinstance(self.subject, Presentation) else []

    def _changes(self, given: dict[str, str]) -> list[dict[str, Any]]:
        if self.subject is None or (chosen_by(self.verb) and self.option is None):
            return []
        supposed = whatif.events(self.verb.name, self.subject, given, on=self.on)
        return rows(whatif.changes(self.case, supposed)) if supposed else []

    def _lifted(self) -> list[dict[str, Any]]:
        """The measures that end with the proceeding."""
        if self.verb.name not in LIFTING or not isinstance(self.subject, Proceeding):
            return []
        return [
            {
                "name": each.name,
                "bank": each.bank,
                "cap": each.cap,
                "state": each.state,
                "paper": each.state == "served",
            }
            for each in whatif.lifted(self.subject)
        ]

    def _sent(self) -> dict[str, Any] | None:
        """The paper the step issues, and to whom it goes."""
        kind = PAPERS.get(self.verb.name, self.verb.name)
        if kind not in self.law.texts or self.subject is None or self._silent():
            return None
        text, language = self.law.texts[kind], reading()
        names = self._names(language)
        to = []
        for block in text.get("addressees", ()):
            words = block.get(language) or block["kk"]
            label, _colon, wanted = words.rstrip(".").partition(": ")
            name = wanted.strip("{}")
            if name in names or name not in SOMETIMES:
                to.append({"label": label, "names": names.get(name, [])})
        return {"title": text["title"].get(language, text["title"]["kk"]), "to": to}

    def _silent(self) -> bool:
        """Whether the step issues no paper this time."""
        if self.verb.name == "lift":
            return bool(self.subject.state != "served")
        if self.verb.name == "resume":
            return bool(self.subject.suspensions.filter(until=None).count() > 1)
        return False

    def _names(self, language: str) -> dict[str, list[str]]:
        running = getattr(self.subject, "proceeding", self.subject)
        arrival = getattr(running, "presentation", running)
        people = list(arrival.participants.order_by("position"))
        named = {
            f"{role}s": [p.name(language) for p in people if p.role == role]
            for role in ("claimant", "debtor")
        }
        if isinstance(running, Proceeding):
            named["debtors"] = [running.debtor.name(language)]
        issuer = arrival.document.issuer
        named["issuer"] = [issuer.name(language)] if issuer else []
        return named | self._others()

    def _others(self) -> dict[str, list[str]]:
        """Who beside the parties gets the paper, as far as it is known by now."""
        if isinstance(self.subject, Measure):
            whose = "old_addressee" if self.verb.name == "replace" else "addressee"
            found = {"bank": self.subject.bank, whose: self.subject.holder}
            return {name: [text] for name, text in found.items() if text}
        way = self.law.coercive.get(self.option.id) if self.option else None
        if way is None:
            return {}
        banks = [each.bank for each in coercion.resting(self.subject, way) if each.bank]
        payer: dict[str, list[str]] = {"detail_employer": []} if "employer" in way.asks else {}
        return payer | ({"bank": banks} if banks else {})

    def _previews(self) -> dict[str, str] | None:
        name = self.verb.name
        if name not in intake.VERBS or name not in self.law.texts or self.subject is None:
            return None
        if self.subject.verdict["verdict"] != intake.fitting(name):
            return None
        base = f"/cases/{self.case.pk}/{name}/preview"
        return {language: f"{base}.{language}.pdf" for language in ("kk", "ru")}

    def _instead(self) -> dict[str, str] | None:
        """The step that a final one is most often mistaken for."""
        if self.verb.name not in ENDS or not isinstance(self.subject, Proceeding):
            return None
        url = f"/cases/{self.case.pk}/suspend?proceeding={self.subject.pk}"
        return {"title": step_title("suspend"), "url": url}


def rows(found: list[Change], names: dict[str, str] | None = None) -> list[dict[str, Any]]:
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

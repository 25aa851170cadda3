"""Forms of the verbs: their arguments as fields, named as the arguments are."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _

from accounts.queries import bailiff_offices
from enforcement.actions import corrections
from enforcement.actions.money import debts_of, left
from enforcement.forms.intake import StepForm
from law.model import Ground, Words
from law.statute import Statute


class CourseForm(StepForm):
    """The legal date and what else the verb asks."""


def build(
    verb: str,
    *,
    law: Statute,
    language: str,
    subject: Any,
    ground: Ground | None = None,
    reason_needed: bool = False,
    password: bool = False,
    authorities: Mapping[str, str] | None = None,
) -> type[CourseForm]:
    """The form class of a verb; `ground` is the one chosen before, whose evidence is asked."""
    fields = _fields(verb, law, language, subject)
    if "authority" in fields:
        chosen: Any = fields["authority"]
        chosen.choices = list((authorities or {}).items())
    if verb == "initiate" and reason_needed:
        fields["reason"] = _text(_("Why the document is accepted on the disputed day"))
    if ground:
        fields["ground"] = forms.CharField(widget=forms.HiddenInput, initial=ground.rule.id)
        known = law.list("evidence")
        fields |= {f"evidence.{key}": _text(known[key].in_(language)) for key in ground.evidence}
    if subject is not None and subject.MACHINE != "presentation":
        hidden = forms.CharField(widget=forms.HiddenInput, initial=str(subject.pk), required=False)
        fields[subject.MACHINE] = hidden
    if password:
        fields["password"] = forms.CharField(
            label=_("Your password again"),
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )
    return type("Form", (CourseForm,), fields)


def _fields(verb: str, law: Statute, language: str, subject: Any) -> dict[str, forms.Field]:
    """What each verb asks beside the day."""

    def choice(label: Any, words: dict[str, Words]) -> forms.ChoiceField:
        pairs = [(key, word.in_(language)) for key, word in words.items()]
        return forms.ChoiceField(label=label, choices=pairs)

    if verb in WORDS:
        return {name: _text(label) for name, label in WORDS[verb].items()}
    return {
        "deliver_offer": lambda: {
            "channel": choice(_("How it was sent"), law.list("channels_of_delivery")),
            "outcome": choice(_("What came of it"), law.list("delivery_outcomes")),
            "proof": _text(_("What proves it")),
        },
        "set_four_months": lambda: {"reason": choice(_("Reason"), law.list("reasons"))},
        "record_recovery": lambda: {
            "debt": _debts(subject, language),
            "amount": _sum(_("Sum recovered, tenge")),
        },
        "request_freeze": _freeze,
        "resume": lambda: {
            "ground": choice(_("Ground"), _held(subject, law)),
            "proof": _text(_("What proves its end")),
        },
        "transfer": lambda: {
            "office": forms.ChoiceField(
                label=_("To the office"), choices=_offices(subject, language)
            ),
            "address": _text(_("New address of the debtor")),
            "act_text": _text(_("Act: number, date, what it states")),
        },
        "correct": lambda: _correction(subject, law, language),
    }.get(verb, dict)()


#: Verbs that ask nothing but words.
WORDS: Final = {
    "grant_sanction": {"number": _("Number of the sanction")},
    "refuse_sanction": {"reason": _("Reasons")},
    "lift": {"reason": _("Reason")},
    "record_answer": {"answer": _("What the bank answered")},
    "send_to_liquidation": {
        "commission": _("Liquidation commission, address"),
        "decision": _("Decision on liquidation: number, date"),
    },
}


def _freeze() -> dict[str, forms.Field]:
    return {
        "bank": _text(_("Bank")),
        "account": forms.CharField(label=_("Bank account (IBAN)"), max_length=34, required=False),
        "amount": _sum(_("Up to the sum of, tenge")),
    }


def _offices(subject: Any, language: str) -> list[tuple[str, str]]:
    """The bailiffs' offices but the case's own."""
    own = subject.case.office_id if subject else None
    return [
        (office.code, office.name(language)) for office in bailiff_offices() if office.pk != own
    ]


def _correction(subject: Any, law: Statute, language: str) -> dict[str, forms.Field]:
    return {
        "line": forms.ChoiceField(
            label=_("Line of the journal"), choices=_lines(subject, law, language)
        ),
        "authority": forms.ChoiceField(label=_("By whose authority"), choices=[]),
        "reason": _text(_("Reason, or the act: number and date")),
    }


def _lines(subject: Any, law: Statute, language: str) -> list[tuple[int, str]]:
    """The lines that can be annulled now, as the journal tells them, newest first."""
    if subject is None:
        return []
    past = law.by_event()
    known = subject.case.stream.entries.filter(seq__in=corrections.lines(subject))
    return [
        (line.seq, f"№ {line.seq} · {date_format(line.on, 'SHORT_DATE_FORMAT')} · {words}")
        for line in known.order_by("-seq")
        if (words := past[line.kind].past.in_(language))
    ]


def _text(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=1000)


def _sum(label: Any) -> forms.DecimalField:
    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    least = Decimal("0.01")
    return forms.DecimalField(label=label, min_value=least, decimal_places=2, widget=widget)


def _debts(subject: Any, language: str) -> forms.ChoiceField:
    owed = [each for each in debts_of(subject) if each.amount is not None] if subject else []
    pairs = [
        (
            str(d.pk),
            f"{d.claimant.name(language)} · {_('left:')} {_grouped(left(d))}",
        )
        for d in owed
        if d.claimant
    ]
    return forms.ChoiceField(label=_("Claim"), choices=pairs)


def _grouped(amount: Decimal | None) -> str:
    return number_format(amount or 0, 2, force_grouping=True)


def _held(subject: Any, law: Statute) -> dict[str, Words]:
    """The grounds that hold now, by id."""
    holding = [each["ground"] for each in subject.held] if subject else []
    return {ground: law.rule(ground).title for ground in holding}

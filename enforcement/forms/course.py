"""Forms of the verbs: their arguments as fields, named as the arguments are."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.queries import bailiff_offices
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
) -> type[CourseForm]:
    """The form class of a verb; `ground` is the one chosen before, whose evidence is asked."""
    fields = _fields(verb, law, language, subject)
    if verb == "initiate" and reason_needed:
        fields["reason"] = _text(_("Why the document is accepted on the disputed day"))
    if ground:
        fields["ground"] = forms.CharField(widget=forms.HiddenInput, initial=ground.rule.id)
        known = law.list("evidence")
        fields |= {f"evidence.{key}": _text(known[key].in_(language)) for key in ground.evidence}
    if subject is not None and verb != "initiate":
        hidden = forms.CharField(widget=forms.HiddenInput, initial=str(subject.pk))
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
        "request_freeze": lambda: {
            "bank": _text(_("Bank")),
            "account": forms.CharField(label="IBAN", max_length=34, required=False),
            "amount": _sum(_("Up to the sum of, tenge")),
        },
        "resume": lambda: {
            "ground": choice(_("Ground"), _held(subject, law)),
            "proof": _text(_("What proves its end")),
        },
        "grant_sanction": lambda: {"number": _text(_("Number of the sanction"))},
        "refuse_sanction": lambda: {"reason": _text(_("Reasons"))},
        "lift": lambda: {"reason": _text(_("Reason"))},
        "record_answer": lambda: {"answer": _text(_("What the bank answered"))},
        "send_to_liquidation": lambda: {
            "commission": _text(_("Liquidation commission, address")),
            "decision": _text(_("Decision on liquidation: number, date")),
        },
        "transfer": lambda: {
            "office": forms.ChoiceField(label=_("To the office"), choices=_offices(language)),
            "address": _text(_("New address of the debtor")),
            "act_text": _text(_("Act: number, date, what it states")),
        },
        "correct": _correction,
    }.get(verb, dict)()


def _offices(language: str) -> list[tuple[str, str]]:
    return [(office.code, office.name(language)) for office in bailiff_offices()]


def _correction() -> dict[str, forms.Field]:
    authorities = [
        ("own", _("my own slip of today")),
        ("senior", _("the senior bailiff")),
        ("court", _("a court")),
        ("prosecutor", _("a prosecutor")),
    ]
    return {
        "line": forms.IntegerField(label=_("Line of the journal"), min_value=1),
        "authority": forms.ChoiceField(label=_("By whose authority"), choices=authorities),
        "reason": _text(_("Reason, or the act: number and date")),
    }


def _text(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=1000)


def _sum(label: Any) -> forms.DecimalField:
    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    least = Decimal("0.01")
    return forms.DecimalField(label=label, min_value=least, decimal_places=2, widget=widget)


def _debts(subject: Any, language: str) -> forms.ChoiceField:
    owed = subject.debtor.debts.exclude(amount=None).order_by("position") if subject else []
    pairs = [(str(d.pk), f"{d.claimant.name(language)}: {d.amount}") for d in owed if d.claimant]
    return forms.ChoiceField(label=_("Claim"), choices=pairs)


def _held(subject: Any, law: Statute) -> dict[str, Words]:
    """The grounds that hold now, by id."""
    holding = subject.suspensions.filter(until=None).order_by("since") if subject else []
    return {each.ground: law.rule(each.ground).title for each in holding}

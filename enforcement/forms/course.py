"""Forms of the course: each verb's arguments as fields, named as the arguments are."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enforcement.forms.intake import StepForm
from enforcement.models import Proceeding
from law.model import Ground, Words
from law.statute import Statute


class CourseForm(StepForm):
    """The legal date and what else the verb asks."""

    def values(self) -> dict[str, Any]:
        """The verb's arguments: `evidence.<key>` fields become one mapping."""
        plain = {k: v for k, v in self.cleaned_data.items() if not k.startswith("evidence.")}
        evidence = {
            name.partition(".")[2]: value
            for name, value in self.cleaned_data.items()
            if name.startswith("evidence.")
        }
        if "ground" in plain and "proof" not in plain:
            plain["evidence"] = evidence
        return plain


def build(
    verb: str,
    *,
    law: Statute,
    language: str,
    proceeding: Proceeding | None = None,
    ground: Ground | None = None,
    reason_needed: bool = False,
) -> type[CourseForm]:
    """The form class of a verb; `ground` is the one chosen before, whose evidence is asked."""
    fields: dict[str, forms.Field] = {}
    if verb == "initiate" and reason_needed:
        fields["reason"] = _text(_("Why the document is accepted on the disputed day"))
    if verb == "deliver_offer":
        fields["channel"] = _choice(
            _("How it was sent"), law.list("channels_of_delivery"), language
        )
        fields["outcome"] = _choice(_("What came of it"), law.list("delivery_outcomes"), language)
        fields["proof"] = _text(_("What proves it"))
    if verb == "set_four_months":
        fields["reason"] = _choice(_("Reason"), law.list("reasons"), language)
    if verb == "record_recovery" and proceeding:
        fields["debt"] = forms.ModelChoiceField(
            proceeding.debtor.debts.exclude(amount=None).order_by("position"),
            label=_("Claim"),
            empty_label=None,
        )
        fields["amount"] = forms.DecimalField(
            label=_("Sum recovered, tenge"), min_value=Decimal("0.01"), decimal_places=2
        )
    if verb == "resume" and proceeding:
        fields["ground"] = _held(proceeding, law, language)
        fields["proof"] = _text(_("What proves that the ground has ended"))
    if ground:
        fields["ground"] = forms.CharField(widget=forms.HiddenInput, initial=ground.rule.id)
        known = law.list("evidence")
        fields |= {f"evidence.{key}": _text(known[key].in_(language)) for key in ground.evidence}
    return type("Form", (CourseForm,), fields)


def _text(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=1000)


def _choice(label: Any, words: dict[str, Words], language: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[(key, word.in_(language)) for key, word in words.items()]
    )


def _held(proceeding: Proceeding, law: Statute, language: str) -> forms.ChoiceField:
    holding = proceeding.suspensions.filter(until=None).order_by("since")
    choices = [(held.ground, law.rule(held.ground).title.in_(language)) for held in holding]
    return forms.ChoiceField(label=_("Ground"), choices=choices)

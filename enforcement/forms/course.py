"""Forms of the verbs: their arguments as fields, named as the arguments are."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _

from accounts.queries import bailiff_offices
from enforcement.actions import coercion, corrections
from enforcement.actions.costs import unpaid
from enforcement.actions.money import debts_of, left
from enforcement.actions.verbs import Option
from enforcement.forms.intake import StepForm
from law.model import Dated, Words
from law.statute import Statute

Fields = Callable[[], dict[str, forms.Field]]


class CourseForm(StepForm):
    """The legal date and what else the verb asks."""


def build(
    verb: str,
    *,
    law: Statute,
    language: str,
    subject: Any,
    option: Option | None = None,
    reason_needed: bool = False,
    password: bool = False,
    authorities: Mapping[str, str] | None = None,
) -> type[CourseForm]:
    """The form class of a verb; `option` is what was chosen before and says what else is asked."""
    fields = _fields(verb, law, language, subject)
    if "authority" in fields:
        chosen: Any = fields["authority"]
        chosen.choices = list((authorities or {}).items())
    if verb == "initiate" and reason_needed:
        fields["reason"] = _text(_("Why the document is accepted on the disputed day"))
    if option:
        fields |= _chosen(option, verb, law, language, subject)
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


def _chosen(
    option: Option, verb: str, law: Statute, language: str, subject: Any
) -> dict[str, forms.Field]:
    """The choice itself, hidden, and what it asks."""
    if option.texts == "evidence":
        chosen, found = "ground", _dated(option)
    elif verb == "foreclose":
        chosen, found = "way", _resting(option, law, subject)
    else:
        chosen, found = "kind", _measure(option, verb, law, language)
    known = law.list(option.texts)
    for name, key in option.fields().items():
        if name in found:
            found[name].required = True
        elif choices := law.choices(key):
            found[name] = _named(known[key].in_(language), choices, language)
        else:
            lines = key in MANY_LINES
            found[name] = _text(known[key].in_(language), lines=lines)
    return {chosen: forms.CharField(widget=forms.HiddenInput, initial=option.id), **found}


def _dated(option: Option) -> dict[str, forms.Field]:
    """The day a suspension ends on, where its ground ends on one (Q24)."""
    if option.dated is Dated.NEVER:
        return {}
    must = option.dated is Dated.REQUIRED
    hint = "" if must else _("Empty: until you resume the proceedings yourself.")
    return {"until": _day(_("The proceedings go on from"), required=must, hint=hint)}


#: Details that are lists, a thing a line.
MANY_LINES: Final = frozenset({"documents", "acts"})


def _measure(option: Option, verb: str, law: Statute, language: str) -> dict[str, forms.Field]:
    """What every measure asks: on what, who must obey, by whose will."""
    targets = [each for each in law.securing()[option.id].targets if not law.sanction(each)]
    initiators = law.steps[verb].initiators
    return {
        "target": _choice(_("On what it is laid"), law.list("targets"), targets, language),
        "object": _text(_("Which property or right"), required=False),
        "addressee": _text(
            _("Who must obey it, address"), required=False, hint=_("Empty: the debtor himself.")
        ),
        "initiator": _choice(_("Proposed by"), law.list("initiators"), initiators, language),
        **({"reason": _text(_("Reason"))} if verb == "replace" else {}),
    }


def _resting(option: Option, law: Statute, subject: Any) -> dict[str, forms.Field]:
    """The measure a coercive act rests on, where it rests on one."""
    way = law.coercive[option.id]
    if not way.secured or subject is None:
        return {}
    pairs = [(str(each.pk), each.name) for each in coercion.resting(subject, way)]
    if not pairs:
        return {}  # the verb says what is missing
    return {"measure": forms.ChoiceField(label=_("Securing measure"), choices=pairs)}


def _choice(
    label: Any, words: Mapping[str, Words], keys: Iterable[str], language: str
) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[(key, words[key].in_(language)) for key in keys])


def _named(label: Any, words: Mapping[str, Words], language: str) -> forms.ChoiceField:
    """A fact that is named: none stands there before somebody chooses it."""
    found = _choice(label, words, words, language)
    found.choices = [("", "—"), *found.choices]
    return found


def _fields(verb: str, law: Statute, language: str, subject: Any) -> dict[str, forms.Field]:
    """What each verb asks beside the day."""
    if verb in WORDS:
        return {name: _text(label) for name, label in WORDS[verb].items()}
    found = _of_course(law, language, subject) | _of_waiting(law, language, subject)
    return found.get(verb, dict)()


def _of_course(law: Statute, language: str, subject: Any) -> dict[str, Fields]:
    """What the verbs of the course and of its measures ask."""

    def choice(label: Any, words: dict[str, Words]) -> forms.ChoiceField:
        return _choice(label, words, words, language)

    return {
        "deliver_offer": lambda: {
            "channel": choice(_("How it was sent"), law.list("channels_of_delivery")),
            "outcome": choice(_("What came of it"), law.list("delivery_outcomes")),
            "proof": _text(_("What proves it")),
            "delivered_on": _day(
                _("On which day it reached the debtor"),
                required=False,
                hint=_("Empty: on the day of this record."),
            ),
        },
        "set_four_months": lambda: {"reason": choice(_("Reason"), law.list("reasons"))},
        "record_recovery": lambda: {
            "debt": _debts(subject, language),
            "amount": _sum(_("Sum recovered, tenge")),
        },
        "request_freeze": _freeze,
        "grant_sanction": _grant,
        "inventory": lambda: _inventory(law, language),
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
    }


def _of_waiting(law: Statute, language: str, subject: Any) -> dict[str, Fields]:
    """What is asked of what puts acts off, and of what stands beside the debt."""

    def choice(label: Any, name: str) -> forms.ChoiceField:
        return _choice(label, law.list(name), law.list(name), language)

    return {
        "postpone": lambda: {
            "reason": _text(_("What hinders the acts")),
            "initiator": choice(_("Proposed by"), "initiators"),
            "until": _day(_("Until the day")),
        },
        "record_deferral": lambda: {
            "kind": choice(_("Kind"), "deferral_kinds"),
            "initiator": choice(_("Proposed by"), "initiators"),
            "ruling": _text(_("Court's ruling: number, court")),
            "ruled_on": _day(_("Day of the court's ruling")),
            "until": _day(_("Until the day")),
        },
        "record_performance": lambda: {
            "claim": _claims(subject, law, language),
            "extent": choice(_("To what extent"), "extents"),
            "what": _text(_("What was done")),
        },
        "record_cost": lambda: {
            "kind": choice(_("Kind"), "cost_kinds"),
            "amount": _sum(_("Sum, tenge")),
            "proof": _text(_("What proves it")),
        },
        "reimburse_cost": lambda: {
            "cost": _costs(subject, law, language),
            "amount": _sum(_("Sum, tenge")),
            "proof": _text(_("What proves it")),
        },
    }


#: Verbs that ask nothing but words.
WORDS: Final = {
    "refuse_sanction": {"reason": _("Reasons")},
    "lift": {"reason": _("Reason")},
    "claim_securing": {"application": _("Application: number, date, what is asked")},
    "skip_inventory": {"reason": _("Reason")},
    "decline": {"reason": _("Reasons")},
    "end_deferral": {"proof": _("Court's act or the day that came: what proves the end")},
    "record_answer": {"answer": _("What the bank answered")},
    "send_to_liquidation": {
        "commission": _("Liquidation commission, address"),
        "decision": _("Decision on liquidation: number, date"),
    },
}


def _grant() -> dict[str, forms.Field]:
    hint = _("Empty: the next number of the office's register.")
    return {"number": _text(_("Number of the sanction"), required=False, hint=hint)}


def _freeze() -> dict[str, forms.Field]:
    return {
        "bank": _text(_("Bank")),
        "account": forms.CharField(label=_("Bank account (IBAN)"), max_length=34, required=False),
        "amount": _sum(_("Up to the sum of, tenge")),
    }


def _inventory(law: Statute, language: str) -> dict[str, forms.Field]:
    asked = {key: law.list("details")[key].in_(language) for key in IN_THE_ACT}
    hint = _(
        "A thing a line: description; value in tenge; the debtor's order, if he states one. "
        "For instance: Television; 120000; 1."
    )
    return {
        **{key: _text(label) for key, label in asked.items()},
        "items": _text(_("Property listed"), lines=True, hint=hint, longest=20_000),
    }


#: Where an act was done, before whom, who keeps what it lists; as the law's data call it.
IN_THE_ACT: Final = ("place", "witness_one", "witness_two", "storage")


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
        "reason": _text(_("Reason")),
        "act_number": _text(
            _("Act of the court or prosecutor: number"),
            required=False,
            hint=_("Needed where a court or a prosecutor annuls the line; so is its day."),
        ),
        "act_on": _day(_("Day of that act"), required=False),
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


def _text(
    label: Any, *, required: bool = True, lines: bool = False, hint: Any = "", longest: int = 1000
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 5}) if lines else forms.TextInput()
    return forms.CharField(
        label=label, max_length=longest, required=required, widget=widget, help_text=hint
    )


def _sum(label: Any) -> forms.DecimalField:
    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    return _Sum(label=label, min_value=Decimal("0.01"), decimal_places=2, widget=widget)


class _Sum(forms.DecimalField):
    """A sum, typed as papers print it too: with spaces between thousands, a comma before tiyn."""

    def to_python(self, value: Any) -> Decimal | None:
        """The sum; ValidationError where it is none."""
        text = "".join(str(value or "").split()).replace(",", ".")
        found: Decimal | None = super().to_python(text)
        return found


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


def _day(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required, help_text=hint)


def _claims(subject: Any, law: Statute, language: str) -> forms.ChoiceField:
    """The debtor's claims that are no sum."""
    owed = subject.debtor.debts.filter(amount=None).order_by("position") if subject else []
    pairs = []
    for debt in owed:
        words, key = ("acts", debt.act) if debt.act else ("periodic_kinds", debt.periodic_kind)
        claimant = f"{debt.claimant.name(language)} · " if debt.claimant else ""
        pairs.append((str(debt.pk), claimant + law.word(words, key).in_(language)))
    return forms.ChoiceField(label=_("Claim"), choices=pairs)


def _costs(subject: Any, law: Statute, language: str) -> forms.ChoiceField:
    """The costs not paid back yet."""
    spent = subject.costs.order_by("on", "entry__seq") if subject else []
    pairs = [
        (
            str(cost.pk),
            f"{_('left:')} {_grouped(waits)} · "
            f"{law.word('cost_kinds', cost.kind).in_(language)} · "
            f"{date_format(cost.on, 'SHORT_DATE_FORMAT')}",
        )
        for cost in spent
        if (waits := unpaid(cost))
    ]
    return forms.ChoiceField(label=_("Cost"), choices=pairs)


def _grouped(amount: Decimal | None) -> str:
    return number_format(amount or 0, 2, force_grouping=True)


def _held(subject: Any, law: Statute) -> dict[str, Words]:
    """The grounds that hold now, by id."""
    holding = [each["ground"] for each in subject.held] if subject else []
    return {ground: law.rule(ground).title for ground in holding}

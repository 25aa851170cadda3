"""The form of a verb: its fields as its card tells them, read the same from screen and command."""

from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from enforcement.core.authority import AUTHOR, claimants, signing_for_claimants
from enforcement.core.card import Verb
from enforcement.core.facts import Facts
from enforcement.core.fields import Choice, Chosen, Option, Text
from enforcement.core.form_fields import DayField
from enforcement.core.words import reading
from law.refusal import FieldError, Refusal
from law.statute import Statute

#: What a form says is wrong, as a refusal says it.
CODES: Final = {
    "required": "required",
    "invalid": "format",
    "invalid_choice": "unknown",
    "max_length": "too_long",
    "min_value": "out_of_range",
    "null_characters_not_allowed": "format",
}


class VerbForm(forms.Form):
    """The legal date and what else the verb asks."""

    on = DayField(label=_("Date of the act"))
    #: What several fields are under, such as a piece of evidence, by what their names begin with.
    pieces: Mapping[str, str] = MappingProxyType({})
    #: Of which arguments only what was told counts.
    partly: frozenset[str] = frozenset()

    def sections(self) -> list[tuple[str, list[forms.BoundField], bool]]:
        """The fields in order, the parts of a piece of evidence under what it is called; whether
        they are folded: what may be left out and of which nothing stands."""
        ordered = [(self.pieces.get(f.name.rpartition(".")[0], ""), f) for f in self]
        found = [
            (title, [field for _title, field in fields])
            for title, fields in groupby(ordered, key=itemgetter(0))
        ]
        return [(title, fields, self._nothing_in(fields)) for title, fields in found]

    def _nothing_in(self, fields: list[forms.BoundField]) -> bool:
        partly = all(field.name.partition(".")[0] in self.partly for field in fields)
        return partly and not any(field.value() or field.errors for field in fields)

    def arguments(self) -> dict[str, Any]:
        """What was typed, by the verb's arguments."""
        found: dict[str, Any] = {}
        for name, value in self.cleaned_data.items():
            whole, _point, key = name.partition(".")
            if whole in self.partly and name not in self.data:
                continue
            if key:
                found.setdefault(whole, {})[key] = value
            else:
                found[name] = value
        return found


def chosen_by(verb: Verb) -> Chosen | None:
    """What is chosen before the rest is asked."""
    return next((each for each in verb.card.asks if isinstance(each, Chosen)), None)


def option_of(verb: Verb, law: Statute, given: Mapping[str, str]) -> Option | None:
    """The ground, measure or act that was chosen."""
    first = chosen_by(verb)
    return first.options(law, verb.name).get(given.get(first.name, "")) if first else None


def build(
    verb: Verb, now: Facts, option: Option | None, given: Mapping[str, str]
) -> type[VerbForm]:
    """The form class of a verb on a thing; `option`: what was chosen before, with which a piece
    of evidence `given` whole is asked whole."""
    fields: dict[str, Any] = {"pieces": {}}
    for asked in verb.card.asks:
        fields |= asked.drawn(now, option)
        fields["pieces"] |= asked.titles(now)
    fields["partly"] = frozenset(each.name for each in verb.card.asks if each.partly)
    if option is not None and (first := chosen_by(verb)):
        whole = [name for name, text in given.items() if text.strip()]
        fields |= first.asked_by(option, now.law, whole)
        _say_who_signs(fields, now, option)
        words = now.law.list(first.texts)
        fields["pieces"] |= {
            name: words[key].in_(reading()) for name, key in option.fields().items() if name != key
        }
    return type("Form", (VerbForm,), fields)


def _say_who_signs(fields: Mapping[str, Any], now: Facts, option: Option) -> None:
    """Name beside the author of what a claimant signs those who can have signed it (REP-04)."""
    own = [person["kk"] for person in claimants(now)]
    agents = [each.name for each in signing_for_claimants(now)]
    for key in option.signed:
        if author := fields.get(f"{option.texts}.{key}.{AUTHOR}"):
            told = {"claimants": "; ".join(own), "agents": "; ".join(agents)}
            words = _("Claimants: %(claimants)s. Representatives: %(agents)s.")
            words = words if agents else _("Claimants: %(claimants)s.")
            author.help_text = words % told


def refuse_unknown(
    verb: Verb, now: Facts, given: Mapping[str, str], selectors: frozenset[str]
) -> None:
    """422 naming what was typed that the verb does not ask and that names no thing of the case."""
    option, known = option_of(verb, now.law, given), set(selectors)
    for asked in verb.card.asks:
        known |= {asked.name, *asked.drawn(now, option)}
    first = chosen_by(verb)
    beside = f"{first.texts}." if first else None
    unknown = [name for name in given if name not in known]
    unknown = [name for name in unknown if not (beside and name.startswith(beside))]
    if unknown:
        errors = tuple(FieldError(name, "unknown_field") for name in unknown)
        raise Refusal("invalid", errors=errors)


def read(verb: Verb, now: Facts, given: Mapping[str, str]) -> dict[str, Any]:
    """The arguments of a verb from typed words, for a command; a Refusal names what cannot be.

    A text or a choice that is missing or unknown is left to the verb, which says by which rule.
    """
    option, errors = option_of(verb, now.law, given), []
    found: dict[str, Any] = {}
    for asked in verb.card.asks:
        if isinstance(asked, Text | Choice | Chosen):
            if asked.name in given or verb.requires(asked.name):
                found[asked.name] = given.get(asked.name, "")
            continue
        for name, field in asked.drawn(now, option).items():
            if asked.partly and name not in given:
                continue
            try:
                value = field.clean(given.get(name, ""))
            except forms.ValidationError as bad:
                # What a validator refuses has its codes inside: the first one is told.
                code = str(bad.error_list[0].code)
                errors.append(FieldError(name, CODES.get(code, "format")))
            else:
                if asked.partly:
                    found.setdefault(asked.name, {})[name.partition(".")[2]] = value
                elif value is not None:
                    found[name] = value
    if errors:
        raise Refusal("invalid", errors=tuple(errors))
    if first := chosen_by(verb):
        found[first.texts] = {
            name.partition(".")[2]: text
            for name, text in given.items()
            if name.startswith(f"{first.texts}.")
        }
    return found

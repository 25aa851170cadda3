"""The fields of forms that read days, sums and parts of evidence as people type them."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from enforcement.core import parsing
from enforcement.facts.balance import TIYN
from law.model import EvidenceKind, Part

#: Details that are lists, a thing a line.
MANY_LINES: Final = frozenset({"documents", "acts"})


class DayField(forms.DateField):
    """A day as the browser's own field types it."""

    def __init__(self, **told: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **told)

    def to_python(self, value: Any) -> date | None:
        """The day; ValidationError where it is none, or one no paper can have."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            return parsing.day(str(value).strip())
        except ValueError as bad:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from bad


class SumField(forms.DecimalField):
    """A sum, typed as papers print it: with spaces between thousands, a comma before tiyn."""

    def __init__(self, **told: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(min_value=TIYN, decimal_places=2, widget=widget, **told)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """The sum; ValidationError where it is none or can be read in two ways."""
        if value in self.empty_values or isinstance(value, Decimal):
            return value or None
        try:
            return parsing.amount(str(value))
        except ValueError as bad:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from bad


def part_field(kind: EvidenceKind, part: str, label: str) -> forms.Field:
    """A part of a piece of evidence: a day, a mark that must be set, or words."""
    told: dict[str, Any] = {"label": label, "required": part not in kind.optional}
    match kind.parts[part]:
        case Part.MARK:
            return forms.BooleanField(**told)
        case Part.TEXT:
            return forms.CharField(max_length=LONGEST_PART, **told)
    return DayField(**told)


#: Signs a part of a piece of evidence can have.
LONGEST_PART: Final = 300


def example_of(key: str, kind: EvidenceKind, parts: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The parts of a piece that were typed, with an example of each that is still missing."""
    whole = {Part.TEXT: "…", Part.DAY: on, Part.MARK: "yes"}
    missing = {
        f"{key}.{part}": whole[of]
        for part, of in kind.parts.items()
        if part not in kind.optional and of in whole
    }
    return {**missing, **{path: value for path, value in parts.items() if value}}


class ThingField(forms.ChoiceField):
    """A thing chosen from a list, by its key."""

    def __init__(self, asked: Any, now: Any, pairs: Iterable[tuple[Any, str]], **told: Any) -> None:
        self.things = {asked.key(thing): thing for thing, _name in pairs}
        names = [(key, name) for key, (_thing, name) in zip(self.things, pairs, strict=True)]
        # What may be left out is not chosen for anybody.
        names = names if told.get("required", True) else [("", "—"), *names]
        self.asked, self.now = asked, now
        super().__init__(choices=names, **told)

    def clean(self, value: Any) -> Any:
        """The thing; ValidationError where there is none of that key."""
        text = str(value or "").strip()
        if text in self.things:
            return self.asked.taken(self.things[text])
        if self.asked.named and (found := self.asked.named(self.now, text)) is not None:
            return found
        if not text and not self.required:
            return None
        code = "invalid_choice" if text else "required"
        words = self.error_messages[code]
        raise ValidationError(words, code=code, params={"value": text})

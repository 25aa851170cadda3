"""A field of which several can be chosen at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from enforcement.core.facts import Facts
from enforcement.core.fields import Asked, Field, Option
from law.refusal import Refusal


def keys_of(value: Any) -> list[str]:
    """Keys one after another, as a form posts them, a command types them, an address names them."""
    told = [value] if isinstance(value, str) else list(value or ())
    keys = (key.strip() for each in told for key in str(each).split(","))
    return list(dict.fromkeys(filter(None, keys)))


class SeveralField(forms.MultipleChoiceField):
    """Boxes to tick; a text with commas between is read the same."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> list[str]:
        """What is ticked."""
        return keys_of(value)

    def to_python(self, value: Any) -> list[str]:
        """The keys that were chosen."""
        return keys_of(value)

    def validate(self, value: Any) -> None:
        """ValidationError for a key that stands not in the list, or where one is needed."""
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
        pairs: Any = self.choices
        known = {str(key) for key, _name in pairs}
        for key in value:
            if key not in known:
                words = self.error_messages["invalid_choice"]
                raise ValidationError(words, code="invalid_choice", params={"value": key})


@dataclass(frozen=True, kw_only=True)
class Several(Field):
    """Some of the things there are, by their keys."""

    #: The keys with what they are called, as they stand now.
    among: Callable[[Facts, Option | None], Iterable[tuple[str, str]]]
    #: What is chosen where nothing was typed, to see what the verb would do.
    first: Callable[[Facts, Asked], Any]

    def draw(self, now: Facts, option: Option | None) -> forms.Field:
        """The things by what they are called."""
        return SeveralField(choices=list(self.among(now, option)), **self._told(now, option))

    def accept(self, value: Any, now: Facts, given: Asked) -> tuple[str, ...]:
        """The keys, each once; the verb says what is wrong with one that is none."""
        keys = keys_of(value)
        if self.required and not keys:
            raise Refusal("evidence_missing", errors=(self.wrong("required"),))
        return tuple(keys)

    def example(self, now: Facts, given: Asked) -> Any:
        """The first there is."""
        return self.first(now, given)

"""The fields of forms that read days and sums as people type them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from enforcement.core import parsing
from enforcement.facts.balance import TIYN


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

"""The forms of the door and of tokens."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiToken, User


class SignInForm(forms.Form):
    """Login and password."""

    login = forms.CharField(
        label=_("Login"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, login: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"login": login})
        super().__init__(*args, **kwargs)
        # Where the login is known already the password is what is asked.
        first = "password" if login else "login"
        self.fields[first].widget.attrs["autofocus"] = True


def scope_words() -> dict[str, str]:
    """What each scope opens."""
    return {
        ApiToken.Scope.SUBMIT: gettext("hand documents in"),
        ApiToken.Scope.CASES: gettext("read cases and papers"),
        ApiToken.Scope.CHANGES: gettext("follow what happens"),
        ApiToken.Scope.SANCTIONS: gettext("read requests for a sanction"),
        ApiToken.Scope.DECIDE: gettext("decide on sanctions"),
        ApiToken.Scope.SUPERVISION: gettext("demand, protest, check files"),
    }


class TokenForm(forms.Form):
    """A token for a system: what it is called, what for, until when."""

    system = forms.ModelChoiceField(User.objects.none(), label=_("System"))
    name = forms.CharField(label=_("Called"), max_length=100)
    scopes = forms.MultipleChoiceField(
        label=_("For what"),
        help_text=_("Nothing chosen: for whatever the system may."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    until = forms.DateField(
        label=_("Void from the day"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, systems: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known: Any = self.fields
        known["system"].queryset = User.objects.filter(pk__in=[each.pk for each in systems])
        known["system"].label_from_instance = lambda user: user.full_name
        known["scopes"].choices = list(scope_words().items())

    def clean_name(self) -> str:
        """No sign that a line cannot bear."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        if not name.isprintable():
            raise forms.ValidationError(_("this is not a well-formed value"))
        return name

    def clean_until(self) -> datetime | None:
        """The instant it ends, on a day that has not come."""
        try:
            return ApiToken.midnight(self.cleaned_data["until"])
        except ValueError as over:
            raise forms.ValidationError(_("The day has come already")) from over

"""The form of the door."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


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

"""Sign in: slow guessing down, keep every attempt."""

from datetime import timedelta
from typing import Final

from django.contrib.auth import authenticate
from django.utils import timezone

from accounts.models import SignInAttempt, User
from law.refusal import Kind, Refusal

#: After so many failures within the window a login rests until the window is over.
FAILURES: Final = 5
WINDOW: Final = timedelta(minutes=15)
#: No login is longer, though lower case may be longer than what was typed.
LONGEST: Final = 150


def sign_in(*, login: str, password: str, address: str | None) -> User:
    """The user with this login and password; Refusal `sign_in` or `sign_in_rest` otherwise."""
    login = login.strip().lower()[:LONGEST]
    since = timezone.now() - WINDOW
    recent = SignInAttempt.objects.filter(login=login, at__gte=since).order_by("-at")
    failures = 0
    for succeeded in recent.values_list("succeeded", flat=True)[:FAILURES]:
        if succeeded:
            break
        failures += 1
    if failures >= FAILURES:
        raise Refusal("sign_in_rest", kind=Kind.NOT_YOURS)
    user = authenticate(username=login, password=password)
    SignInAttempt.objects.create(login=login, address=address, succeeded=user is not None)
    if not isinstance(user, User):
        raise Refusal("sign_in", kind=Kind.NOT_YOURS)
    return user

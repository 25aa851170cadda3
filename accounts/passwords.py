"""Ask for a password, at the door or over an act: slow guessing down, keep every attempt."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.contrib.auth import authenticate
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import SignInAttempt, User
from law.refusal import FieldError, Kind, Refusal

#: After so many failures within the window a login rests until the window is over.
FAILURES: Final = 5
WINDOW: Final = timedelta(minutes=15)
#: No login is longer, though lower case may be longer than what was typed.
LONGEST: Final = 150


class Resting(Exception):
    """Too many wrong passwords lately: no further one is looked at."""


def sign_in(*, login: str, password: str, address: str | None) -> User:
    """The user with this login and password; Refusal `sign_in` or `sign_in_rest` otherwise."""
    login = login.strip().lower()[:LONGEST]
    found: list[User] = []

    def opens() -> bool:
        user = authenticate(username=login, password=password)
        found.extend([user] if isinstance(user, User) else [])
        return bool(found)

    try:
        _attempt(SignInAttempt.Purpose.SIGN_IN, login, opens, address)
    except Resting as resting:
        raise Refusal("sign_in_rest", kind=Kind.NOT_YOURS) from resting
    if not found:
        raise Refusal("sign_in", kind=Kind.NOT_YOURS)
    return found[0]


def confirm_password(user: User, password: str, *, address: str | None = None) -> None:
    """Make sure that who signs an act is the user; Refusal `password` or `password_rest` otherwise.

    Wrong passwords here never count at the door, nor those at the door here: a stranger who knows
    a login can hinder nobody from signing. Called outside of a step's transaction, for a failure
    is kept though nothing else is.
    """
    wrong = (FieldError("password", "wrong"),)
    try:
        signs = _attempt(
            SignInAttempt.Purpose.SIGN_ACT,
            user.login,
            lambda: bool(password) and user.check_password(password),
            address,
        )
    except Resting as resting:
        raise Refusal("password_rest", kind=Kind.NOT_YOURS, errors=wrong) from resting
    if not signs:
        raise Refusal("password", kind=Kind.NOT_YOURS, errors=wrong)


@transaction.atomic(durable=True)
def _attempt(purpose: str, login: str, succeeds: Callable[[], bool], address: str | None) -> bool:
    """Whether the attempt succeeds; kept either way. Of one login's attempts one at a time."""
    with connection.cursor() as cursor:
        key = f"{purpose}:{login}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    known = SignInAttempt.objects.filter(login=login, purpose=purpose)
    recent = known.filter(at__gte=timezone.now() - WINDOW).order_by("-at", "-id")
    last = list(recent.values_list("succeeded", flat=True)[:FAILURES])
    if len(last) == FAILURES and not any(last):
        raise Resting
    succeeded = succeeds()
    SignInAttempt.objects.create(purpose=purpose, login=login, address=address, succeeded=succeeded)
    return succeeded

"""`manage.py api_token`: the keys of a system or a person to the API: list, issue, revoke."""

from argparse import ArgumentParser
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import ApiToken, User


class Command(BaseCommand):
    """A secret is printed once, when it is issued; two tokens hold while one replaces the other."""

    help = "api_token LOGIN [--issue NAME [--until DATE]] [--revoke PREFIX]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("login")
        parser.add_argument("--issue", metavar="NAME", help="a new token; prints its secret")
        parser.add_argument("--until", type=date.fromisoformat, help="the first day it is void")
        parser.add_argument("--revoke", metavar="PREFIX", help="end a token at once")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(login=options["login"].lower()).first()
        if user is None:
            raise CommandError(f"no such user: {options['login']}")
        if options["revoke"]:
            self._revoke(user, options["revoke"])
        if options["issue"]:
            _token, secret = ApiToken.issue(
                user, name=options["issue"], expires_at=_midnight(options["until"])
            )
            self.stdout.write(secret)
        if not (options["issue"] or options["revoke"]):
            for token in user.tokens.order_by("created_at"):
                self.stdout.write(_line(token))

    def _revoke(self, user: User, prefix: str) -> None:
        found = list(user.tokens.filter(prefix=prefix, revoked_at=None))
        if len(found) != 1:
            raise CommandError(f"{len(found)} tokens that hold begin with {prefix}")
        found[0].revoke()


def _midnight(until: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(until, time())) if until else None


def _line(token: ApiToken) -> str:
    """A token in a line: how its secret begins, its name, since when and until when."""
    days = [token.created_at, token.revoked_at or token.expires_at]
    since, until = (f"{timezone.localtime(day):%Y-%m-%d}" if day else "" for day in days)
    state = "revoked" if token.revoked_at else "until" if token.expires_at else ""
    return f"{token.prefix}  {token.name}  since {since}  {state} {until}".rstrip()

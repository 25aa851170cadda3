"""`manage.py api_token`: the keys of a system or a person to the API: list, issue, revoke."""

from argparse import ArgumentParser
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import SCOPES, ApiToken, User


class Command(BaseCommand):
    """A secret is printed once, when it is issued; two tokens hold while one replaces the other."""

    help = "api_token LOGIN [--issue NAME [--until DATE] [--scope SCOPE ...]] [--replace PREFIX]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("login")
        parser.add_argument("--issue", metavar="NAME", help="a new token; prints its secret")
        parser.add_argument("--until", type=date.fromisoformat, help="the first day it is void")
        parser.add_argument("--scope", action="append", choices=SCOPES, help="what it is for alone")
        parser.add_argument("--replace", metavar="PREFIX", help="another in its place; prints it")
        parser.add_argument("--days", type=int, default=7, help="for which the old one still holds")
        parser.add_argument("--revoke", metavar="PREFIX", help="end a token at once")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(login=options["login"].lower()).first()
        if user is None:
            raise CommandError(f"no such user: {options['login']}")
        if options["revoke"]:
            _held(user, options["revoke"]).revoke()
        if options["replace"]:
            old = _held(user, options["replace"])
            self.stdout.write(old.renew(after=timedelta(days=options["days"]))[1])
        if options["issue"]:
            limits = {"expires_at": midnight(options["until"]), "scopes": options["scope"] or []}
            self.stdout.write(ApiToken.issue(user, name=options["issue"], **limits)[1])
        if not (options["issue"] or options["revoke"] or options["replace"]):
            for token in user.tokens.order_by("created_at"):
                self.stdout.write(_line(token))


def _held(user: User, prefix: str) -> ApiToken:
    """The one token of a user that holds and begins so."""
    found = list(user.tokens.filter(prefix__startswith=prefix, revoked_at=None))
    if len(found) != 1:
        raise CommandError(f"{len(found)} tokens that hold begin with {prefix}")
    return found[0]


def midnight(until: date | None) -> datetime | None:
    """When a token ends that is void from a day on."""
    return timezone.make_aware(datetime.combine(until, time())) if until else None


def _line(token: ApiToken) -> str:
    """A token in a line: how its secret begins, its name, since when and until when, for what."""
    days = [token.created_at, token.revoked_at or token.expires_at, token.used_at]
    since, until, used = (f"{timezone.localtime(day):%Y-%m-%d}" if day else "" for day in days)
    state = "revoked" if token.revoked_at else "until" if token.expires_at else ""
    told = [token.prefix, token.name, f"since {since}", f"{state} {until}".strip()]
    told += [f"used {used}" if used else "", " ".join(token.scopes)]
    return "  ".join(filter(None, told))

"""`manage.py create_user`: a person and what he is where; or one more membership."""

from argparse import ArgumentParser
from datetime import date
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import ROLES, ApiToken, Membership, Office, User
from accounts.passwords import LONGEST


class Command(BaseCommand):
    """The password is asked for, never an argument; with --token a secret is printed once."""

    help = "create_user LOGIN ROLE OFFICE --since DATE [--until DATE] [--full-name ...] [--token]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("login")
        parser.add_argument("role", choices=ROLES)
        parser.add_argument("office", metavar="OFFICE")
        parser.add_argument("--since", type=date.fromisoformat, required=True)
        parser.add_argument("--until", type=date.fromisoformat)
        parser.add_argument("--full-name", default="")
        parser.add_argument("--token", metavar="NAME", help="a system: an API token, no password")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        office = Office.objects.filter(code=options["office"]).first()
        if office is None:
            raise CommandError(f"no such office: {options['office']}")
        if len(options["login"].lower()) > LONGEST:
            raise CommandError(f"a login has {LONGEST} signs at most")
        user = User.objects.filter(login=options["login"].lower()).first() or self._new(options)
        held = {"user": user, "office": office, "role": options["role"], "since": options["since"]}
        if Membership.objects.filter(**held).exists():
            raise CommandError("holds this role since that day already; for a token: api_token")
        Membership.objects.create(**held, until=options["until"])
        if options["token"]:
            _token, secret = ApiToken.issue(user, name=options["token"])
            self.stdout.write(secret)

    def _new(self, options: dict[str, Any]) -> User:
        if not options["full_name"]:
            raise CommandError("a new user needs --full-name")
        password = None if options["token"] else getpass("Password: ")
        if password is not None:
            try:
                validate_password(password)
            except ValidationError as weak:
                raise CommandError(" ".join(weak.messages)) from weak
        return User.objects.create_user(options["login"], password, full_name=options["full_name"])

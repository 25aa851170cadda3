"""`manage.py demo_office`: two invented offices with people, tokens and two hundred histories."""

import json
import os
import secrets
import subprocess
import sys
from argparse import ArgumentParser
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

import clock
from accounts.models import DETAILS, ApiToken, Membership, Office, User
from enforcement.core import sweep as terms
from enforcement.core.card import VERBS
from enforcement.intake.receiving import receive, receiving_law
from enforcement.management import histories

DEMO: Final = Path(__file__).parent / "demo_office.json"
SINCE: Final = date(2020, 1, 1)


class Command(BaseCommand):
    """Safe to run again: what is there stays, secrets are made once."""

    help = "Fill an empty database with the demo office; writes var/demo.json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--histories", metavar="OFFICE", help="only live this office's")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("not a demo: set ORYNDAU_DEMO=1 for an invented office")
        file = settings.VAR / "demo.json"
        data = json.loads(DEMO.read_text(encoding="utf-8"))
        if options["histories"]:
            histories.tell(clock.today(), office=options["histories"])
            return
        if not Office.objects.exists():
            fill(data)
            _live_through(data)
        if not file.exists():
            _keep(file, sign_ins(data))
        if options["json"] and file.exists():
            self.stdout.write(file.read_text(encoding="utf-8"))


def _live_through(data: dict[str, Any]) -> None:
    """The histories of every office, each in a process of its own, then a look at the calendar."""
    codes = [code for code, about in data["offices"].items() if about["kind"] == "bailiff"]
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "demo_office", "--histories"]
    lives = [subprocess.Popen([*command, code]) for code in codes]
    try:
        failed = [life.args for life in lives if life.wait()]
    finally:
        for life in lives:
            life.terminate()  # where this process was told to end first
    if failed:
        raise CommandError(f"a history could not be told: {failed}")
    terms.sweep(on=clock.today())


def _keep(file: Path, secrets_made: dict[str, Any]) -> None:
    """Write the sign-ins where only this user reads them."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump(secrets_made, out, ensure_ascii=False, indent=1)
    fresh.replace(file)


@transaction.atomic
def fill(data: dict[str, Any]) -> None:
    """Offices, people and arrivals."""
    offices = {code: _office(code, about) for code, about in data["offices"].items()}
    for code, about in data["offices"].items():
        offices[code].supervises.set(offices[each] for each in about.get("supervises", ()))
    for person in data["users"]:
        _user(person, offices)
    today = clock.today()
    for arrival in data["arrivals"]:
        _arrive(arrival, today)


@transaction.atomic
def sign_ins(data: dict[str, Any]) -> dict[str, Any]:
    """Make everybody's password and the systems' tokens, once; lost ones are made anew."""
    users = [_password(person) for person in data["users"] if not person.get("by_token")]
    tokens = {}
    for name, login in data["tokens"].items():
        user = User.objects.get(login=login)
        user.tokens.filter(revoked_at=None).update(revoked_at=timezone.now())
        _token, tokens[name] = ApiToken.issue(user, name=f"demo {name}")
    return {"users": users, "tokens": tokens}


def _office(code: str, about: dict[str, Any]) -> Office:
    known: tuple[str, ...] = (
        "kind",
        "name_kk",
        "name_ru",
        "place_kk",
        "place_ru",
        "territory",
        "online",
    )
    known += DETAILS
    return Office.objects.create(
        code=code, **{name: about[name] for name in known if name in about}
    )


def _user(person: dict[str, Any], offices: dict[str, Office]) -> None:
    user = User.objects.create_user(person["login"], None, full_name=person["full_name"])
    Membership.objects.bulk_create(
        Membership(user=user, office=offices[code], role=person["role"], since=SINCE)
        for code in person["offices"]
    )


def _password(person: dict[str, Any]) -> dict[str, str]:
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    user = User.objects.get(login=person["login"])
    user.set_password(password)
    user.save(update_fields=["password"])
    return {
        "role": person["role"],
        "login": person["login"],
        "password": password,
        "office": person["offices"][0],
    }


def _arrive(arrival: dict[str, Any], today: date) -> None:
    """Receive a paper some days ago and take the steps it names; its dates move with today."""
    on = today - timedelta(days=arrival["days_ago"])
    paper = dict(arrival["document"])
    for name, days in arrival.get("dates", {}).items():
        paper[name] = (on - timedelta(days=days)).isoformat()
    paper["application"] = {"on": on.isoformat(), "channel": "claimant"}
    clerk = User.objects.get(login=arrival["by"])
    receipt = receive(paper, law=receiving_law(), on=on, by=clerk)
    for verb, login, days in arrival.get("steps", ()):
        user = User.objects.get(login=login)
        later = today - timedelta(days=days)
        VERBS[verb](receipt.presentation, on=later, by=user)

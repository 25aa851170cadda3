"""The demo's histories are lawful, the same every time, in every state, and told quickly."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest

import clock
from accounts.models import ApiToken, User
from documents.models import Paper
from enforcement.core.sweep import recompute, sweep
from enforcement.core.transitions import transitions
from enforcement.lifecycle.proceeding import ANNULLED
from enforcement.management import histories, invented
from enforcement.models import Case, Measure, Presentation, Proceeding
from journal.models import Entry
from journal.queries import verify
from parties.identifiers import bin_fault, iban_fault, iin_fault
from parties.models import Party
from tests.office import census, open_offices
from tests.platform.database import FreshDatabase

ROOT = Path(__file__).parents[2]


def lived(today: date) -> int:
    open_offices()
    told = sum(histories.tell(today, office=office) for office in ("ALA", "TRZ"))
    sweep(on=today)
    return told


def states(machine: type[Presentation] | type[Proceeding] | type[Measure]) -> Counter[str]:
    return Counter(machine.objects.values_list("state", flat=True))


def command(database: FreshDatabase) -> None:
    """As `make run` does on its first run."""
    program = [sys.executable, "manage.py", "demo_office"]
    subprocess.run(program, cwd=ROOT, env=database.environ, check=True)


@pytest.mark.prove
def test_two_hundred_histories_in_every_state_of_two_offices_told_once(
    fresh_database: FreshDatabase, tmp_path: Path
) -> None:
    fresh_database.environ["ORYNDAU_VAR"] = str(tmp_path)
    file = tmp_path / "demo.json"
    command(fresh_database)
    known = {(row["machine"], row["target"]) for row in transitions()}
    for machine in (Presentation, Proceeding, Measure):
        # What was begun by mistake has no history of its own among them.
        wanted = {state for name, state in known if name == machine.MACHINE} - {ANNULLED}
        assert set(states(machine)) == wanted, machine
    offices = Counter(Case.objects.values_list("office__code", flat=True))
    assert set(offices) == {"ALA", "TRZ"}
    assert min(offices.values()) >= 100
    lawful(clock.today())
    signs_in(file)
    before, made = census(), file.read_text(encoding="utf-8")
    command(fresh_database)
    assert (census(), file.read_text(encoding="utf-8")) == (before, made)


def signs_in(file: Path) -> None:
    """Everybody's password and the systems' tokens stand where only this user reads them."""
    assert file.stat().st_mode & 0o077 == 0
    made = json.loads(file.read_text(encoding="utf-8"))
    assert set(made) == {"users", "tokens"}
    assert all({"role", "login", "password"} <= set(person) for person in made["users"])
    person = made["users"][0]
    assert User.objects.get(login=person["login"]).check_password(person["password"])
    digest = ApiToken.digest_of(made["tokens"]["court"])
    assert ApiToken.objects.filter(digest=digest, user__login="court.system").exists()
    assert set(made["tokens"]) == {"court", "prosecutor"}


def lawful(today: date) -> None:
    """The journal is whole, the terms are what it says, numbers and digits are right."""
    assert recompute(check=True)["differences"] == []
    assert verify()["faults"] == []
    assert not Entry.objects.filter(on__gt=today).exists()
    assert Entry.objects.filter(kind="expired").exists()
    for office in ("ALA", "TRZ"):
        papers = Paper.objects.filter(office__code=office).values_list("year", "number")
        for year in {year for year, _number in papers}:
            numbers = sorted(number for of, number in papers if of == year)
            assert numbers == list(range(1, len(numbers) + 1))
    for party in Party.objects.all():
        assert not (party.iin and iin_fault(party.iin))
        assert not (party.bin and bin_fault(party.bin))


@pytest.mark.prove
@pytest.mark.parametrize("today", [date(2026, 1, 5), date(2026, 3, 22), date(2026, 5, 9)])
def test_on_whatever_day_the_demo_is_made_its_histories_are_lawful(
    fresh_database: FreshDatabase, set_clock: Callable[[date], None], today: date
) -> None:
    set_clock(today)
    assert lived(today) == 200
    lawful(today)


def test_accounts_and_names_are_invented_and_right() -> None:
    chance = Random(1)
    for _ in range(50):
        person, firm = (
            invented.natural(chance, "Алматы"),
            invented.legal(chance, "Тараз", invented.FIRMS[0]),
        )
        assert iin_fault(person["iin"]) == bin_fault(firm["bin"]) == iban_fault(firm["iban"]) == ""
        first = person["name"].split()[0]
        assert first.startswith((*invented.STEMS, *invented.RUSSIAN))

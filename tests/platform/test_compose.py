"""The office in Docker is the office of `make run`: same commands, same names, same database."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from embedded import commands
from embedded.places import PG_MAJOR, ROOT
from embedded.postgres import INITDB_ARGS, QUIET_LOG
from tests.platform.database import FreshDatabase

SERVICES: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))[
    "services"
]
OFFICE = {"web", "worker", "beat", "migrate"}
IMAGE = (ROOT / "Dockerfile").read_text("utf-8")
BIND = "0.0.0.0:8000"


@pytest.mark.parametrize(
    ("service", "command"),
    [
        ("web", commands.web(BIND)),
        ("worker", commands.WORKER),
        ("beat", commands.BEAT),
        ("migrate", commands.MIGRATE),
    ],
)
def test_compose_starts_what_make_run_starts(service: str, command: list[str]) -> None:
    assert SERVICES[service]["command"] == ["python", *command]


def test_the_image_serves_pages_by_itself() -> None:
    told = re.search(r"^CMD (.+)$", IMAGE, re.MULTILINE)
    assert told
    assert json.loads(told[1]) == ["python", *commands.web(BIND)]


def test_settings_read_the_names_that_are_declared_and_no_others() -> None:
    settings = (ROOT / "config" / "settings.py").read_text("utf-8")
    read = set(re.findall(r"environ(?:\.get\(|, )\"([A-Z_]+)\"", settings))
    keys = (ROOT / "config" / "environment.py").read_text("utf-8")
    read |= set(re.findall(r"environ\.get\(\"([A-Z_]+)\"", keys))
    assert read | {"DATABASE_OWNER_URL"} == set(commands.ENVIRONMENT)


@pytest.mark.parametrize("service", sorted(OFFICE))
def test_services_of_the_office_get_all_they_read_and_nothing_else(service: str) -> None:
    # Only migrations know the owner's password.
    owner = {"DATABASE_OWNER_URL"}
    expected = set(commands.ENVIRONMENT) - (set() if service == "migrate" else owner)
    assert set(SERVICES[service]["environment"]) == expected


def test_the_cluster_is_made_with_the_same_arguments_and_roles() -> None:
    postgres = SERVICES["postgres"]
    assert postgres["image"] == f"postgres:{PG_MAJOR}"
    assert postgres["environment"]["POSTGRES_INITDB_ARGS"].split() == list(INITDB_ARGS)
    assert any(mount.startswith("./embedded/roles.sql:") for mount in postgres["volumes"])
    given = dict(word.split("=") for word in postgres["command"][2::2])
    assert given == QUIET_LOG


def test_no_secret_has_a_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    for name, default in re.findall(r"\$\{(\w+)(.*?)\}", text):
        assert default.startswith(":?") or default == ":-" or name == "ORYNDAU_PORT", name


def test_every_server_is_watched_and_only_the_web_can_be_reached_from_this_machine() -> None:
    for name, service in SERVICES.items():
        assert ("healthcheck" in service) != (name == "migrate"), name
        published = service.get("ports", [])
        assert all(name == "web" and port.startswith("127.0.0.1:") for port in published)


def test_the_image_is_locked_and_does_not_run_as_root() -> None:
    assert "--require-hashes -r requirements/base.txt" in IMAGE
    assert re.search(r"^USER (?!root)\w+$", IMAGE, re.MULTILINE)
    assert "compile_translations" in IMAGE
    assert "collectstatic" in IMAGE


def real_office(database: FreshDatabase, var: Path) -> dict[str, str]:
    """Give the environment of a real office, as compose does."""
    return {
        **database.environ,
        "PATH": os.defpath,
        "ORYNDAU_VAR": str(var),
        "ORYNDAU_DEMO": "0",
        "ORYNDAU_SECRET_KEY": "a1b2c3d4e5" * 6,
        "ORYNDAU_ALLOWED_HOSTS": "office.example",
    }


def run(environ: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python at the project's root."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_real_office_passes_the_checks_for_deployment(
    fresh_database: FreshDatabase, tmp_path: Path
) -> None:
    arguments = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    done = run(real_office(fresh_database, tmp_path), *arguments)
    assert done.returncode == 0, done.stderr


def test_a_real_office_speaks_https_only_and_cannot_move_its_clock(
    fresh_database: FreshDatabase, tmp_path: Path
) -> None:
    ask = """
import django; django.setup()
from django.test import Client
plain = Client(headers={"host": "office.example"}).get("/sign-in")
print(plain.status_code, plain["Location"])
print(Client().get("/healthz", headers={"host": "127.0.0.1"}).status_code)
safe = Client(headers={"host": "office.example", "x-forwarded-proto": "https"}).get("/healthz")
print(safe.status_code, safe["Strict-Transport-Security"])
"""
    environ = real_office(fresh_database, tmp_path)
    done = run(environ, "-W", "ignore", "-c", ask)
    assert done.stdout.splitlines() == [
        "301 https://office.example/sign-in",
        "200",
        "200 max-age=31536000; includeSubDomains",
    ], done.stderr
    refused = run(environ, "manage.py", "clock", "2026-03-10")
    assert refused.returncode != 0
    assert "refused" in refused.stderr

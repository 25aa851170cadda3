"""The example client lives a court's and a prosecutor's day against a running office."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import clock
from tests.platform.live import LiveOffice

CLIENT = Path(__file__).parents[2] / "docs/examples/client.py"


def day(office: LiveOffice, who: str) -> str:
    """What the client says of a day."""
    done = subprocess.run(
        [sys.executable, "-I", str(CLIENT), who, office["tokens"][who], office["url"]],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def acted(office: LiveOffice, number: str, verb: str, **told: Any) -> Any:
    """A step of the bailiff, today."""
    values = [f"{name}={value}" for name, value in told.items()]
    on = clock.today().isoformat()
    return office.answer("act", number, verb, *values, "--by", "bailiff.ala", "--on", on)


@pytest.mark.prove
def test_a_new_integrator_gets_a_freeze_sanctioned(live_office: LiveOffice) -> None:
    said = day(live_office, "court")
    assert "it would be: register accept" in said
    assert "refused: [('debtors[0].iin', 'check_digit')]" in said
    [number] = [line.split()[1] for line in said.splitlines() if line.startswith("case ")]
    acted(live_office, number, "initiate")
    acted(live_office, number, "request_freeze", bank="«Үлгі Банкі» АҚ", amount="612400.00")
    decided = day(live_office, "prosecutor")
    assert f"{number} sanctioned" in decided
    assert acted(live_office, number, "serve_freeze")["state"] == "served"
    assert day(live_office, "prosecutor") == ""

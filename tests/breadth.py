"""Long tables: a few rows are tried by every run, the rest is proved at leisure (`make prove`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def at_leisure(rows: Iterable[Any], *, but: Iterable[Any]) -> list[Any]:
    """The rows of a table, marked `prove` but for some."""
    rows, always = list(rows), list(but)
    assert all(row in rows for row in always), "a row that is tried always is none of the table"
    return [row if row in always else pytest.param(row, marks=pytest.mark.prove) for row in rows]

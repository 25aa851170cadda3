"""Offices and people for the tests of the API."""

from tests.office import offices, set_clock
from tests.platform.papers import papers_once

__all__ = ["offices", "papers_once", "set_clock"]

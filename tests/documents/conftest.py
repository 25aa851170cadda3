"""Offices and people for the tests of papers."""

from tests.office import offices, set_clock

__all__ = ["offices", "set_clock"]

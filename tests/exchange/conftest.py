"""Offices and people for the tests of what leaves the office."""

from tests.office import offices, set_clock

__all__ = ["offices", "set_clock"]

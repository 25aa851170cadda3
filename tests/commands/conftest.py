"""A clock for the tests of commands."""

from tests.office import set_clock

__all__ = ["set_clock"]

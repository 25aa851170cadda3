"""Offices and people for the tests of papers."""

from tests.office import offices

__all__ = ["offices"]

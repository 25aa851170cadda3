"""Ratios between two ways on this machine; prepared before Django is read, as the tests are."""

from tests.conftest import STAGE

__all__ = ["STAGE"]

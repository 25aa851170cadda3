"""Dates and numbers in the language `ru`."""

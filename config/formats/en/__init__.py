"""Dates and numbers in the language `en`."""

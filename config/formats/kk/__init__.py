"""Dates and numbers in the language `kk`."""

"""Screens: they translate and make one call."""

"""Securing measures: freezes with the prosecutor's sanction, and those that need none."""

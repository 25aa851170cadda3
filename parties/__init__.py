"""Claimants, debtors and others: identifiers, names, addresses with their history."""

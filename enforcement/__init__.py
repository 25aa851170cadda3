"""The case: from the arrival of an executive document to its lawful end."""

"""How a case leaves the system: as JSON (case), as words in the reader's language (words)."""

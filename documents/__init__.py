"""Executive documents as the court wrote them, and the papers an office issues."""

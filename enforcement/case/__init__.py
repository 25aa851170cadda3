"""A case on one page: its file as read, what is shown of it, the ledger behind every date."""

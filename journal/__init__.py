"""What happened: streams of entries, chained by the database, append-only."""

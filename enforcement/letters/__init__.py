"""What a bailiff asks of others outside the office and waits for: sent, received, answered."""
